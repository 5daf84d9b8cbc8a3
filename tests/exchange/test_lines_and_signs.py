"""What a workbook writes in place of signs, and lines that lack most of a record."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from deskapp.desk import Desk
from deskapp.exchange.tables.reading import TableFile
from deskapp.exchange.tables.workbook import unescaped
from tests.exchange.test_tables import HEAD, book, row


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("甲_x000D_\n乙", "甲\r\n乙"), ("_x0041_b", "Ab"), ("_x005F_x0041_", "_x0041_"), ("_xD83D__xDE00_", "😀"), ("a_x12_b", "a_x12_b"),
        ("_xZZZZ_", "_xZZZZ_"), ("x_y", "x_y"), ("_x0041", "_x0041"),
    ],
)  # fmt: skip
def test_signs_that_a_workbook_spells(written: str, meant: str) -> None:
    assert unescaped(written) == meant


def test_breaks_of_other_programs_are_breaks(desk: Desk, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", {"台账": [HEAD, row(1, 申请内容="第一项预算_x000D_\n第二项决算", 申请人="_x674E_明")]}
    )
    assert desk.ledgers.take(path).taken == 1
    received = desk.lookup.case_by_no("LH-2026-0001").received
    assert (received.content, received.applicant) == ("第一项预算 第二项决算", "李明")


def test_what_a_writer_spelled_comes_back(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    made.add_worksheet("台账").write_string(0, 0, "编号_x0041_")
    made.close()
    assert next(TableFile(tmp_path / "a.xlsx").lines(0)).cells == ("编号_x0041_",)


def test_a_day_and_a_name_are_a_line_that_lacks_the_rest(desk: Desk, tmp_path: Path) -> None:
    lines = [HEAD, row(1), ["2026-03-06", "", "李四"], ["2026-03-07", "当面"], ["", "", "制表人"], ["2026-03-08"]]
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines}))
    assert (done.taken, done.bad_lines) == (0, 2)
    assert {cell.line for cell in done.bad} == {3, 4}
    assert [left.line for left in done.left_out] == [5, 6]
