"""Several people of one application, each in a line of its own: one case where a merged cell numbers them, else said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.exchange.ledger import Ledger, LedgerLine
from deskapp.exchange.table_record import LeftOut
from tests.conftest import DAY
from tests.exchange.test_tables import book

HEAD = ["序号", "收到日期", "收到方式", "申请人", "申请人类别", "联系电话", "通信地址", "申请内容"]
FIRST = [1, "2026-03-05", "当面", "张三", "自然人", "13905550123", "桥头村1号", "台账"]
LAST = [2, "2026-03-06", "当面", "赵六", "自然人", "", "", "预算"]


def merged(*ranges: str) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        for of in ranges:
            made.worksheets[0].merge_cells(of)

    return change


def read(path: Path) -> tuple[list[LedgerLine], tuple[str, ...], tuple[LeftOut, ...]]:
    ledger = Ledger(path, DAY)
    lines = list(ledger)
    return lines, ledger.tally.warnings, ledger.tally.left_out


def made(folder: Path, lines: Sequence[Sequence[Any]], *ranges: str) -> Path:
    return book(folder / "a.xlsx", {"台账": [HEAD, FIRST, *[list(line) for line in lines], LAST]}, merged(*ranges))


def test_one_number_over_three_people_is_one_application(desk: Desk, tmp_path: Path) -> None:
    more = [[None, None, None, "李四", None, "13905550124"], [None, None, None, "王五", "自然人", "", "桥头村3号"]]
    path = made(tmp_path, more, "A2:A4", "B2:B4", "H2:H4")
    lines, said, left = read(path)
    assert [(line.line, line.cells["一起申请的人"], line.bad) for line in lines] == [
        (2, "李四｜｜13905550124；王五｜｜｜桥头村3号", ()),
        (5, "", ()),
    ]
    assert said[-1] == "第3行、第4行和上一行的编号是合并的一格，申请人不同：当作一件，收作一起申请的人，请核对。"
    assert left == (
        LeftOut(3, "和第2行是一件，申请人收作一起申请的人"),
        LeftOut(4, "和第2行是一件，申请人收作一起申请的人"),
    )
    done = desk.ledgers.take(path)
    assert (done.taken, len(done.left_out), done.rows) == (2, 2, 4)
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert [person.name for person in case.received.others] == ["李四", "王五"]


@pytest.mark.parametrize(
    "line",
    [
        [None, None, None, "李四", None, "", "", "另一份材料"],
        [None, date(2026, 3, 7), None, "李四", "自然人"],
        [None, None, None, "张三"],
        [None, None, None, "李四｜330722198001011234"],
        [None, None, None, "李四", None, 1.2e17],
    ],
    ids=["another content", "another day", "the same person", "parted by hand", "a number that lost its end"],
)
def test_what_differs_in_more_than_the_person_stays_a_line(tmp_path: Path, line: list[Any]) -> None:
    lines, said, _ = read(made(tmp_path, [line], "A2:A3"))
    assert [found.line for found in lines] == [2, 3, 4]
    assert lines[0].cells["一起申请的人"] == ""
    assert not any("当作一件" in sentence for sentence in said)


def test_a_registration_number_over_two_people(tmp_path: Path) -> None:
    head = ["登记号", *HEAD[1:]]
    lines: list[list[Any]] = [
        head,
        ["LH-2026-0007", *FIRST[1:]],
        [None, None, None, "李四"],
        ["LH-2026-0008", *LAST[1:]],
    ]
    ranges = ("A2:A3", "B2:B3", "C2:C3", "E2:E3", "F2:F3", "G2:G3", "H2:H3")
    found, _, _ = read(book(tmp_path / "a.xlsx", {"台账": lines}, merged(*ranges)))
    assert [(line.cells["登记号"], line.cells["一起申请的人"], line.bad) for line in found] == [
        ("LH-2026-0007", "李四｜｜13905550123｜桥头村1号", ()),
        ("LH-2026-0008", "", ()),
    ]


def test_one_day_and_content_over_two_people_without_a_number_is_said(tmp_path: Path) -> None:
    line = [2, None, None, "李四", "自然人", "", "", None]
    lines, said, left = read(made(tmp_path, [line], "B2:B3", "C2:C3", "H2:H3"))
    assert [found.line for found in lines] == [2, 3, 4]
    assert left == ()
    assert (
        "第3行和上一行的日期、内容合并成一格，申请人不同：各算一件。是一起申请的，请写成一行，把别人写进【一起申请的人】。"
        in said
    )


def test_days_merged_over_other_applications_say_nothing(tmp_path: Path) -> None:
    line = [2, None, "当面", "李四", "自然人", "", "", "另一份"]
    lines, said, _ = read(made(tmp_path, [line], "B2:B3"))
    assert [found.cells["收到日期"] for found in lines] == ["2026-03-05", "2026-03-05", "2026-03-06"]
    assert said == ()


PERSON = (
    "这一行没有编号，日期、内容也空着，只有申请人：和上面一件一起申请的，请写进那一行的【一起申请的人】，删去这一行；"
    "另是一件的，请填全"
)


@pytest.mark.parametrize("number", ["序号", "登记号", "编号"])
@pytest.mark.parametrize(
    "line",
    [
        [None, None, None, "李四"],
        [None, None, None, "李四", None, "13905550124"],
        [None, None, "当面", "李四", "自然人", "13905550124", "桥头村3号"],
    ],
    ids=["a name", "a name and a telephone", "all of a person"],
)
def test_a_person_below_an_application_without_merged_cells_is_asked_about(
    tmp_path: Path, number: str, line: list[Any]
) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[number, *HEAD[1:]], FIRST, line, line, LAST]})
    lines, _, left = read(path)
    asked = [(cell.column, cell.value, cell.right) for found in lines for cell in found.bad if found.line in (3, 4)]
    assert asked == [("申请人", "李四", PERSON)] * 2
    assert ([found.line for found in lines], left) == ([2, 3, 4, 5], ())


@pytest.mark.parametrize("name", ["二月", "第三季度", "2026年3月", "下半年", "12月份"])
def test_a_month_above_its_lines_is_nobody(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, FIRST, [None, None, None, name], LAST]})
    lines, _, left = read(path)
    assert [found.line for found in lines] == [2, 4]
    assert [leaf.why for leaf in left] == [f"不像一行记录：【{name}】"]


def test_a_person_below_an_application_in_a_table_that_numbers_nothing_is_left_out_with_a_word(
    tmp_path: Path,
) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD[1:], FIRST[1:], [None, None, "李四"], LAST[1:]]})
    assert [leaf.why for leaf in read(path)[2]] == ["不像一行记录：【李四】"]


@pytest.mark.parametrize("number", ["编号", "流水号", "登记号", "登记编号"])
def test_a_merged_number_under_a_name_that_is_left_open_joins_as_well(tmp_path: Path, number: str) -> None:
    head = [number, *HEAD[1:]]
    lines, said, left = read(
        book(
            tmp_path / "a.xlsx",
            {"台账": [head, FIRST, [None, None, None, "李四"], [None, None, None, "王五"], LAST]},
            merged("A2:A4", "B2:B4", "C2:C4", "E2:E4", "H2:H4"),
        )
    )
    assert [line.cells["一起申请的人"] for line in lines] == ["李四；王五", ""]
    assert "第3行、第4行和上一行的编号是合并的一格，申请人不同：当作一件，收作一起申请的人，请核对。" in said
    assert len(left) == 2


@pytest.mark.parametrize("number", ["编号", "登记号", "序号", "案号"])
def test_a_line_begun_with_a_number_is_a_record_whatever_the_number_is_called(tmp_path: Path, number: str) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[number, *HEAD[1:]], FIRST, [8, None, None, "吴敏"], LAST]})
    lines, _, left = read(path)
    assert [(found.line, len(found.bad)) for found in lines] == [(2, 0), (3, 4), (4, 0)]
    assert left == ()
