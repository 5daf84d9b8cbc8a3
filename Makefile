# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DEMO_HOME ?= $(CURDIR)/.demo

.PHONY: demo test long check lint audit lock pictures walk walk-long recount county-demo county-pictures law-version faults layer fuzz fresh fresh-test kit kit-test kit-windows kit-windows-test kit-arm64 imports mutants bench clean

demo: $(READY)
	@$(BIN)/deskapp demo --at "$(DEMO_HOME)"

# The tests start many processes: what one of them has compiled the others need not compile again.
test: $(READY)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

# The others: hundreds of kills, whole days, stretched passwords, every call of a disk, and of many cases alike those that are left
# out above; CI runs these too.
long: $(READY)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -m long

check: lint test long

# What the project depends on, compared with known advisories; needs no network.
audit: $(READY)
	@$(BIN)/python -m scripts.audit

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@cd letters/fonts && ../../$(BIN)/mypy --config-file ../../pyproject.toml build.py
	@$(BIN)/lint-imports --no-cache

# The two commands in a room with nothing but what the README names, as an ordinary user; needs root and debootstrap.
fresh:
	@scripts/fresh demo $(SUITE)

fresh-test:
	@scripts/fresh test $(SUITE)

# The program with a Python of its own, for computers without Python or network, into build/kit (docs/kit.md); needs root and debootstrap.
kit: $(READY)
	@nice scripts/kit/build

# The kit in clean rooms without Python, as an ordinary user without network: make kit-test SUITES="bullseye trixie"
kit-test: $(READY)
	@nice scripts/kit/try $(SUITES)

# The installer for Windows, from a Python for Windows that a person puts into vendor/; says which and where it is (docs/kit.md).
kit-windows: $(READY)
	@nice scripts/kit/windows

# The installer under Wine; needs root, debootstrap and nsis.
kit-windows-test: $(READY)
	@nice scripts/kit/try-windows

# The wheels for arm64, tried in a room of that processor under qemu; needs root, debootstrap and qemu-user-static. Half an hour.
kit-arm64: $(READY)
	@nice scripts/kit/arm64

# A walk at random over every screen, as many seeds as wanted: make walk-long WALKS=2000 WALK_FROM=100
walk-long: WALKS ?= 500
walk-long: WALK_FROM ?= 0
walk-long: $(READY)
	@rm -rf .walks && mkdir .walks
	@WALKS=$(WALKS) WALK_FROM=$(WALK_FROM) WALK_NOTES="$(CURDIR)/.walks" $(BIN)/python -m pytest tests/walk
	@$(BIN)/python -m tests.walk .walks

# A disk that refuses at every single call of every act that writes a file; make test tries each eighth.
faults: layer
	@FAULTS_EVERY=1 $(BIN)/python -m pytest tests/faults -n0

# Whole acts on a disk that fails at a call, and on one whose power goes after a call; tests/faults/layer.
layer: FAULTS ?= 20000
layer: CUTS ?= 6000
layer: $(READY)
	@$(BIN)/python -m tests.faults.layer --faults $(FAULTS) --cuts $(CUTS)

# Every reader of what others write, each for so many minutes: make fuzz MINUTES=60 READERS="csv xlsx"
fuzz: MINUTES ?= 60
fuzz: $(READY)
	@$(BIN)/python -m tests.fuzz $(READERS) --minutes $(MINUTES)

# Whole towns played through the desk and counted again by a program that knows nothing of it: make recount RECOUNT_TOWNS=3 RECOUNT_PAPERS=100
recount: RECOUNT_TOWNS ?= 10
recount: RECOUNT_PAPERS ?= 320
recount: $(READY)
	@RECOUNT_TOWNS=$(RECOUNT_TOWNS) RECOUNT_PAPERS=$(RECOUNT_PAPERS) $(BIN)/python -m tests.recount

# A practice county of 33 points over three months, in a PostgreSQL of its own; opens its screen.
county-demo: $(READY)
	@$(BIN)/python -m tests.county.demo

county-pictures: $(READY)
	@$(BIN)/python -m scripts.county_pictures

# After a change of the law data: their version is today's, or law data that a county sent down would stay in force.
law-version: $(READY)
	@$(BIN)/python -m scripts.law_version

walk: $(READY)
	@$(BIN)/python -m scripts.handbook_page
	@$(BIN)/python -m scripts.commands_page
	@$(BIN)/python -m scripts.walk

imports: $(READY)
	@$(BIN)/python -m scripts.imports_page

# One thing is changed at a time, and a test must notice: make mutants ROOM=law (law, register, letters, exchange). Hours for all; each fifth: ONLY="*[37]"
mutants: $(READY)
	@$(BIN)/python -m scripts.mutants $(ROOM) $(if $(ONLY),--only '$(ONLY)')

pictures: $(READY)
	@$(BIN)/python -m scripts.pictures
	@$(BIN)/python -m scripts.paper_pictures

bench: $(READY)
	@$(BIN)/python -m benchmarks

$(READY): pyproject.toml requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). Debian, Ubuntu, UOS, Kylin: sudo apt install python3-venv; Fedora, openEuler: sudo dnf install python3; macOS: brew install python" >&2; exit 1; }
	@$(PYTHON) scripts/ready.py
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Needs the tool uv; run when a dependency changes, and commit the result.
lock:
	uv pip compile pyproject.toml --group dev --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group kit --extra word --extra cipher --extra pdf --extra papers --extra books --extra locked \
		--extra bundle --constraint requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --output-file scripts/kit/kit.lock

clean:
	rm -rf $(VENV) .demo .walks .mutants .fuzz .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
