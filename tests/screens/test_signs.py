"""No sign of uncertain width in the program's own words: some consoles draw them two cells wide, and everything behind them shifts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import deskapp
from deskapp.widgets.cells import PLAIN
from tests.screens.every import uncertain

CODE = Path(deskapp.__file__).parent
# What is no word on a screen, and why.
NOT_SHOWN: dict[str, str] = {
    "catalogue/lettered.py": "what people type", "catalogue/lists.py": "what tables write for nothing",
    "catalogue/offices.py": "signs between words that are searched", "catalogue/pinyin.py": "tones", "catalogue/standards.py": "ticks of tables",
    "county/holding.py": "the sign of what was left out, in the database", "register/numbers.py": "how numbers are written",
    "county/summary.py": "no number, also on paper",
    "county/verdicts.py": "a stray byte", "desk/cases/fees.py": "a fact of a letter", "desk/cases/letter_clock.py": "a letter that is not there yet",
    "desk/reading/materials.py": "a sheet of paper", "desk/reading/satisfaction.py": "no number, also on paper",
    "desk/reporting/periods.py": "no number, also on paper", "desk/training/practice_reading.py": "texts of an office", "errors.py": "a stray byte",
    "telling.py": "what people write for nothing",
    "exchange/boxes.py": "ticks of tables", "exchange/days.py": "how days are written", "exchange/ledger.py": "what tables write for nothing",
    "exchange/ledger_faults.py": "what names are masked with",
    "desk/cases/read_form.py": "specks that are read as signs", "exchange/report_tables.py": "signs of reports",
    "law/report_text.py": "signs of reports", "redaction/choosing.py": "what people type",
    "exchange/report_draft.py": "the report on paper", "exchange/sheet_records.py": "signs of tables",
    "exchange/tables/grid.py": "a stray byte", "law/period_figures.py": "no number, also on paper", "law/report_published.py": "signs of reports",
    "desk/cases/folder_plan.py": "page numbers on paper", "desk/office/passing.py": "a number still to come",
    "desk/office/year_lists.py": "a list on paper", "redaction/numbers.py": "signs in numbers", "redaction/places.py": "how places are typed",
    "redaction/proposing.py": "signs in names",
    "desk/sheets/translations.py": "what stands on paper", "redaction/reading.py": "a stray byte", "unit.py": "signs of telephone numbers",
    "parsing.py": "a stray byte", "register/facts.py": "the sign of what was left out", "register/heads.py": "how a check is written",
    "register/recovery.py": "how a key is typed", "register/tokens.py": "signs between words that are searched", "terminal.py": "a stray byte",
    "widgets/cells.py": "what is replaced", "widgets/large_type.py": "pictures of characters", "widgets/prose.py": "where lines may break",
}  # fmt: skip


def words(path: Path) -> Iterator[tuple[int, str]]:
    """The constant texts of a module, but for what explains the code."""
    tree = ast.parse(path.read_text("utf-8"))
    explained = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.lineno, node.value


def test_the_words_of_the_program_have_no_sign_of_uncertain_width() -> None:
    """Commands are read by other programs, and nothing stands behind their lines."""
    found = {}
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        signs = [f"{line}: {uncertain(text)}" for line, text in words(path) if uncertain(text)]
        if signs and not name.startswith("cli/"):
            found[name] = signs
    assert {name: signs for name, signs in found.items() if name not in NOT_SHOWN} == {}
    assert set(NOT_SHOWN) - set(found) == set(), "nothing is left out that needs not be"


def test_what_is_replaced_is_replaced_by_what_every_console_knows() -> None:
    assert uncertain("".join(map(chr, PLAIN))) == "".join(map(chr, PLAIN))
    assert uncertain("".join(str(value) for value in PLAIN.values())) == ""
