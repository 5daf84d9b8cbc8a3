"""Who may load whom, seen in a fresh process; the contracts themselves are checked by import-linter in `make check`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a statement loads in a fresh interpreter."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


ALL_LETTERS = "import letters.pdf.press, letters.preflight, letters.pdf.fonts, letters.example"
ALL_LAW = (
    "import deskapp.law.deadline, deskapp.law.categories, deskapp.law.remedies, deskapp.law.delivery, deskapp.law.fees,"
    " deskapp.law.annual_report, deskapp.law.receipt"
)


def test_letters_loads_neither_desk_nor_screens() -> None:
    modules = loaded_by(ALL_LETTERS)
    assert "letters.pdf.press" in modules
    assert not [m for m in modules if m.split(".")[0] in ("deskapp", "textual", "sqlite_utils", "sqlite3")]


def test_law_loads_only_the_standard_library_and_pydantic() -> None:
    allowed = {"deskapp", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}
    outside = {
        m.split(".")[0]
        for m in loaded_by(ALL_LAW)
        if m.split(".")[0] not in sys.stdlib_module_names and m.split(".")[0] not in allowed
    }
    start = {m.split(".")[0] for m in loaded_by("pass")}
    assert {name for name in outside - start if not name.startswith("_sysconfigdata")} == set()


@pytest.mark.parametrize("module", ["deskapp.register.journal", "deskapp.desk", "deskapp.__main__"])
def test_nothing_below_the_screens_loads_textual(module: str) -> None:
    assert not [m for m in loaded_by(f"import {module}") if m.split(".")[0] == "textual"]


def test_slow_packages_are_not_loaded_at_start() -> None:
    modules = loaded_by("import deskapp.app")
    assert "textual" in modules
    assert not modules & {"pypinyin", "openpyxl", "xlsxwriter"}
