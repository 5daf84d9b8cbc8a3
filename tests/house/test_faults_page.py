"""The page of faults names tests that there are, and one at least for each fault."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/faults.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def lines() -> list[list[str]]:
    """The cells of the table of faults without its head."""
    rows = [line for line in PAGE.partition("## Figures")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert named
    assert PAGE.count("tests/") - PAGE.count("`tests/house/test_faults_page.py`") - PAGE.count(
        "`tests/faults/layer`"
    ) == len(named)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file()
        or not re.search(rf"^(?:async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.M)
    ]
    assert missing == []


def test_every_fault_says_what_was_wrong_what_holds_and_what_holds_it() -> None:
    assert len(lines()) >= 28
    for cells in lines():
        assert len(cells) == 3, cells
        assert all(cells), cells
        assert NAMED.search(cells[2]), cells[0]


def test_what_no_test_holds_is_said() -> None:
    assert "- " in PAGE.partition("\n## What no test holds\n")[2]
