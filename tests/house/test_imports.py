"""Who may load whom, seen in a fresh process; the contracts themselves are checked by import-linter in `make check`."""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.screens.frame.places import PLACES
from tests.conftest import DAY, make_desk

ROOT = Path(__file__).parents[2]


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
    """What the first picture does not need is read after it: pydantic alone is a third of the time until then."""
    modules = loaded_by("import deskapp.__main__, deskapp.running, deskapp.desk, deskapp.screens.cases.board")
    assert "textual" in modules
    assert not modules & {
        "pydantic",
        "sqlite_utils",
        "reportlab",
        "jinja2",
        "pypinyin",
        "openpyxl",
        "xlsxwriter",
        "click",
        "deskapp.county.hall",
    }


def loaded_by_board(home: Path, asks: str) -> set[str]:
    make_desk(home, FixedClock(DAY)).close()
    opened = "from datetime import date; from pathlib import Path; from deskapp.clock import FixedClock; from deskapp.desk import Desk"
    return loaded_by(
        f"{opened}; Desk.open(Path({str(home)!r}), FixedClock(date.fromisoformat({DAY.isoformat()!r}))).work.{asks}()"
    )


def test_the_board_is_read_without_what_migrates_prints_or_speaks_to_the_network(tmp_path: Path) -> None:
    modules = loaded_by_board(tmp_path / "home", "board")
    assert {"deskapp.register.queries", "deskapp.desk.reading.year_plan"} <= modules
    assert not modules & {
        "sqlite_utils",
        "http.client",
        "letters.document",
        "letters.template",
        "deskapp.register.integrity",
        "deskapp.register.journal",
        "deskapp.register.events",
        "deskapp.unit",
    }


def test_its_list_does_not_wait_for_what_is_noted_besides(tmp_path: Path) -> None:
    modules = loaded_by_board(tmp_path / "home", "listed")
    assert "deskapp.register.queries" in modules
    assert "deskapp.desk.reading.year_plan" not in modules


SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|WITH)\s")
HOLD_SQL = ("deskapp/register/", "deskapp/catalogue/", "deskapp/county/")  # the last over PostgreSQL


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_only_register_and_catalogue_hold_sql() -> None:
    """Rows leave them as typed values: nobody else writes a statement or asks the store."""
    for path in python_files("deskapp", "letters"):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(HOLD_SQL):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.match(node.value), f"{where}:{node.lineno} {node.value[:40]}"
            asks_by_name = (
                isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "row"
            )
            if asks_by_name and where.startswith(("deskapp/desk/", "deskapp/screens/", "deskapp/forms/")):
                assert isinstance(node, ast.Subscript)
                of_a_name = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
                assert not of_a_name, f"{where}:{node.lineno} reads a row of a table"
            if isinstance(node, ast.Attribute) and node.attr in ("query", "value", "each", "execute"):
                of_store = isinstance(node.value, ast.Attribute) and node.value.attr in ("store", "_store")
                assert not of_store, f"{where}:{node.lineno} asks the store"


def test_every_way_between_screens_leads_somewhere() -> None:
    """What ``go`` names is in the list of places, and what it hands over is what that screen is made with."""
    found = 0
    for path in python_files("deskapp/screens"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "go":
                name, *given = node.args
                assert isinstance(name, ast.Constant), f"{path.name}:{node.lineno}"
                place = PLACES[str(name.value)]
                made = getattr(import_module(f"deskapp.screens.{place.module}"), place.screen)
                inspect.signature(made).bind(*given)
                found += 1
    assert found > 30
