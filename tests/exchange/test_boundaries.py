"""Files at their edges: every bad cell with line, column, value; the tables of the report box by box as the form draws them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.exchange.heading import BadCell
from deskapp.exchange.report_form import CORNER, Form, table_four, table_three
from deskapp.register import events as ev
from deskapp.register.events import BY_LEDGER
from tests.conftest import register
from tests.exchange.test_ledger import GOOD, write_csv

LONG, LONGER = "长" * 200, "长" * 5000


def bad(desk: Desk, folder: Path, **changes: str) -> list[BadCell]:
    """What is wrong with the second line of a ledger."""
    return list(
        desk.ledgers.take(write_csv(folder / "a.csv", [GOOD, {**GOOD, **changes}]), known=KnownLines("again")).bad
    )


@pytest.mark.parametrize(
    ("changes", "column", "value", "right"),
    [
        ({"收到日期": "去年"}, "收到日期", "去年", "应当是日期，写成 2026-11-21"),
        ({"送达日期": "2030-01-01"}, "送达日期", "2030-01-01", "日期还没有到"),
        ({"收到日期": "2008-04-30"}, "收到日期", "2008-04-30", "早于条例施行的2008-05-01"),
        ({"答复日期": "2026-10-11"}, "答复日期", "2026-10-11", "早于收到日期2026-10-12"),
        ({"送达日期": "2026-10-19"}, "送达日期", "2026-10-19", "早于答复日期2026-10-20"),
        ({"答复类型": "随便"}, "答复类型", "随便", "应当是答复类型的名称，或者年报表三的行名，例如 予以公开、3.属于国家秘密"),
        ({"申请人": ""}, "申请人", "", "这一列必须填写"),
        ({"送达方式": ""}, "送达方式", "", "填了送达日期就要填送达方式"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_whole(
    desk: Desk, tmp_path: Path, changes: dict[str, str], column: str, value: str, right: str
) -> None:
    assert bad(desk, tmp_path, **changes) == [BadCell(3, column, value, right)]


@pytest.mark.parametrize(
    ("column", "fits"), [("申请人", LONG), ("联系电话", LONG), ("申请内容", LONGER), ("备注", LONGER)]
)
def test_how_long_a_cell_may_be(desk: Desk, tmp_path: Path, column: str, fits: str) -> None:
    assert bad(desk, tmp_path, **{column: fits}) == []
    (told,) = bad(desk, tmp_path, **{column: fits + "长"})
    assert (told.line, told.column, told.right) == (3, column, f"太长，最多{len(fits)}个字")
    assert told.value.startswith("长长长")
    assert len(told.value) < 60


def test_answered_and_delivered_on_the_day_of_receipt(desk: Desk, tmp_path: Path) -> None:
    assert bad(desk, tmp_path, 答复日期="2026-10-12", 送达日期="2026-10-12") == []


def test_what_a_ledger_tells_is_noted_as_told_by_it(desk: Desk, tmp_path: Path) -> None:
    line = {**GOOD, "复议结果": "维持", "诉讼类型": "复议后", "诉讼结果": "未审结"}
    withdrawn = {**GOOD, "答复类型": "申请人撤回申请", "送达方式": "", "送达日期": "", "凭证号": ""}
    undecided = {**GOOD, "答复类型": "", "答复日期": "", "送达方式": "", "送达日期": "", "凭证号": ""}
    assert desk.ledgers.take(write_csv(tmp_path / "a.csv", [line, withdrawn, undecided])).taken == 3
    histories = [desk.lookup.case_by_no(f"LH-2026-000{n}").history for n in (1, 2, 3)]
    assert [[event.act for event in history] for history in histories] == [
        ["received", "answered", "served", "disputed", "disputed"], ["received", "withdrawn"], ["received"],
    ]  # fmt: skip
    assert {event.by for history in histories for event in history} == {BY_LEDGER}
    disputes = [event for event in histories[0] if isinstance(event, ev.Disputed)]
    assert [(d.route, d.outcome, d.dated) for d in disputes] == [
        ("review", "upheld", False),
        ("suit_after_review", "pending", False),
    ]


def test_a_heading_with_stars_and_a_mark_of_byte_order(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "\ufeff\ufeff收到日期*,收到方式*,申请人**,申请人类别*,申请内容*,*\r\n2026-10-12,当面,张三,自然人,预算,\r\n".encode()
    )
    result = desk.ledgers.take(path)
    assert (result.taken, result.warnings) == (1, ())


def test_numbers_of_a_table_are_written_as_they_are_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["收到日期", "收到方式", "申请人", "申请人类别", "申请内容", "联系电话"])
    sheet.append([date(2026, 10, 12), "当面", "张三", "自然人", 12.5, 13905550123.0])
    book.save(path)
    assert desk.ledgers.take(path).taken == 1
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.content, case.phone) == ("12.5", "13905550123")


# -- the report ----------------------------------------------------------------------------------------------------


def test_the_head_of_table_three_box_by_box(desk: Desk) -> None:
    heads = [f for f in table_three(desk.reporting.report(2026)).fields if f.row < 3]
    assert [(f.row, f.column, f.rows, f.columns, f.value, f.head) for f in heads] == [
        (0, 0, 3, 3, CORNER, True),
        (0, 3, 1, 7, "申请人情况", True),
        (1, 3, 2, 1, "自然人", True),
        (1, 4, 1, 5, "法人或其他组织", True),
        (2, 4, 1, 1, "商业企业", True),
        (2, 5, 1, 1, "科研机构", True),
        (2, 6, 1, 1, "社会公益组织", True),
        (2, 7, 1, 1, "法律服务机构", True),
        (2, 8, 1, 1, "其他", True),
        (1, 9, 2, 1, "总计", True),
    ]


def test_the_xlsx_has_every_box_at_its_place_with_its_border(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    report = desk.reporting.report(2026)
    desk.reporting.save_report(2026, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["表二", "表三", "表四", "文字和核对"]
    assert book.properties.title == "青山县柳河镇人民政府2026年政府信息公开工作年度报告（表二至表四）"
    for name, form in (("表三", table_three(report)), ("表四", table_four(report))):
        drawn(book[name], form)
    lines = [row[0] for row in book["文字和核对"].iter_rows(values_only=True)]
    assert lines[0] == "文字部分引用的数"
    assert "勾稽关系" in lines
    assert book["文字和核对"].column_dimensions["A"].width > 100


def drawn(sheet: Any, form: Form) -> None:
    """Compare a sheet with the boxes of its form: places, spans, values, borders, alignment, widths."""
    assert sheet["A1"].value == f"青山县柳河镇人民政府2026年　{form.title}"
    assert (sheet["A1"].font.bold, sheet["A1"].font.size) == (True, 14)
    spans = {(r.min_row - 2, r.min_col - 1): (r.size["rows"], r.size["columns"]) for r in sheet.merged_cells.ranges}
    for field in form.fields:
        cell = sheet.cell(field.row + 2, field.column + 1)
        assert cell.value == field.value
        assert spans.pop((field.row, field.column), (1, 1)) == (field.rows, field.columns)
        border = cell.border
        assert {border.left.style, border.right.style, border.top.style, border.bottom.style} == {"thin"}
        centred = field.head or isinstance(field.value, int)
        assert (cell.alignment.horizontal, cell.alignment.vertical) == ("center" if centred else "left", "center")
        assert isinstance(field.value, int) or cell.alignment.wrap_text
        assert not isinstance(field.value, int) or cell.number_format == "0"
    assert spans == {}
    widths = {n: found.width for found in sheet.column_dimensions.values() for n in range(found.min, found.max + 1)}
    scale = 156 / sum(form.shares) / 1.6
    for n, share in enumerate(form.shares, 1):
        assert widths[n] == pytest.approx(max(6.0, share * scale), abs=1.0)
