"""What an old workbook has beside its cells: told as of any other, or said that it cannot be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deskapp.exchange.ledger import Ledger
from deskapp.exchange.noticed import CLOSED_BOOK
from deskapp.exchange.tables.besides import NOT_TOLD, Aside, Besides
from deskapp.exchange.tables.xls_besides import OldBesides
from tests.conftest import DATA, DAY

# Saved by LibreOffice from a workbook with one hidden row, one hidden column, two remarks and two formats that add something.
OLD = DATA / "tables" / "beside_cells.xls"
NUMBERS = {(n, 7): f"柳信公〔2026〕{n + 11}号" for n in range(1, 5)}


def test_what_lies_beside_the_cells() -> None:
    assert OldBesides(OLD).of("台账") == Besides(
        hidden_rows=((3, 3),),
        shown=NUMBERS | {(n, 0): f"00{n}" for n in range(1, 5)},
        aside=Aside(frozenset({9}), 2),
    )
    assert OldBesides(OLD).of("说明").aside == Aside()


def test_a_ledger_in_an_old_workbook_is_read_as_it_is_shown() -> None:
    ledger = Ledger(OLD, DAY)
    assert [(line.cells["申请人"], line.cells["文号"]) for line in ledger] == [
        (name, number) for name, number in zip(("张三", "李四", "王五", "赵六"), NUMBERS.values(), strict=True)
    ]
    assert ledger.tally.warnings == (
        "有8格的数字照表格里显示的样子读（格式里加了字，或者在前面补了0）。",
        "有1行在表格里是隐藏的（筛选或者折叠），也读了。",
        "【备注】在表格里是隐藏的列，也读了。",
        "有2格带批注，批注没有读。",
        "没有读表【说明】（1行）。",
    )


def test_without_the_second_library_it_is_said_that_nothing_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    ledger = Ledger(OLD, DAY)
    assert [line.cells["文号"] for line in ledger] == ["12", "13", "14", "15"]
    assert CLOSED_BOOK in ledger.tally.warnings


@pytest.mark.parametrize("cut", [0, 100, 513, 3000, 7000])
def test_of_a_damaged_one_nothing_is_told_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cut: int
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(OLD.read_bytes()[:cut])
    assert OldBesides(path).of("台账") == Besides(aside=NOT_TOLD)
    assert capsys.readouterr() == ("", "")
