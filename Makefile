# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DEMO_HOME ?= $(CURDIR)/.demo

.PHONY: demo test check lint lock pictures walk bench clean

demo: $(READY)
	@$(BIN)/deskapp demo --at "$(DEMO_HOME)"

# The tests start many processes: what one of them has compiled the others need not compile again.
test: $(READY)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

check: lint test

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@cd letters/fonts && ../../$(BIN)/mypy --config-file ../../pyproject.toml build.py
	@$(BIN)/lint-imports

walk: $(READY)
	@$(BIN)/python -m scripts.handbook_page
	@$(BIN)/python -m scripts.walk

pictures: $(READY)
	@$(BIN)/python -m scripts.pictures

bench: $(READY)
	@$(BIN)/python -m benchmarks

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; try: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Needs the tool uv; run when a dependency changes, and commit the result.
lock:
	uv pip compile pyproject.toml --group dev --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
