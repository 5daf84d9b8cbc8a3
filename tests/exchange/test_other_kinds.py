"""Files that are tables of a kind that is not read are called what they are; hidden rows are told where they can be."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_process import LedgerApart
from deskapp.exchange.tables.ods_besides import of_ods
from deskapp.exchange.tables.other_books import _line, _text
from deskapp.exchange.tables.web import WebPage, tables_of, text_of_page
from tests.conftest import DAY
from tests.fuzz import seeds

ODF = '<o:d xmlns:o="urn:o" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">{}</o:d>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "【XML 表格 2003】，这里读不了"),
        ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "fods"),
        ('<?xml version="1.0"?><a/>', "XML 文件，不是表格"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\n", "单个文件网页"),
        ("From: <Saved by WPS>\r\nSubject: a\r\n b\r\nMIME-Version: 1.0\r\n\r\n", "单个文件网页"),
    ],
)  # fmt: skip
def test_what_a_file_is(desk: Desk, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError, match=said):
        desk.ledgers.take(path)


def test_rows_of_an_open_document_that_are_not_seen(tmp_path: Path) -> None:
    rows = (
        "<table:table-row/><table:table-row table:visibility='filter' table:number-rows-repeated='2'/>"
        "<table:table-row-group table:display='false'><table:table-row/></table:table-row-group>"
        "<table:table-row/><table:table-row table:visibility='collapse'/>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr(
            "content.xml",
            ODF.format(f"<table:table>{rows}</table:table><table:table><table:table-row/></table:table>"),
        )
    assert of_ods(path, 0).hidden_rows == ((1, 2), (3, 3), (5, 5))
    assert of_ods(path, 1).hidden_rows == ()


def test_merged_cells_of_an_open_document(tmp_path: Path) -> None:
    def cell(of: str = "", inside: str = "") -> str:
        return f"<table:table-cell {of}>{inside}</table:table-cell>"

    down, right = "table:number-rows-spanned='3'", "table:number-columns-spanned='2'"
    inner = f"<table:table><table:table-row>{cell(right)}</table:table-row></table:table>"
    first = (
        f"<table:table-column/><table:table-row>{cell()}{cell(down)}{cell('', inner)}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='4'>{cell()}</table:table-row>"
        f"<table:table-row>{cell('table:number-columns-repeated=' + repr('3'))}"
        f"<table:covered-table-cell/>{cell(f'{down} {right}')}</table:table-row>"
    )
    second = f"<table:table-row>{cell()}{cell()}{cell(right)}</table:table-row>"
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr(
            "content.xml", ODF.format("".join(f"<table:table>{rows}</table:table>" for rows in (first, second)))
        )
    assert of_ods(path, 0).merges == ((0, 2, 1, 1), (5, 7, 4, 5))
    assert of_ods(path, 1).merges == ((0, 0, 2, 3),)
    assert of_ods(path, 2).merges == ()


PAGE = """<p>全年收到申请3件，<b>办结</b>3件。</p><script>var a = "不要，";</script><style>b，</style>
<table hidden><tr><th rowspan=2>编号</th><th colspan=2>申请</th></tr><tr style="display:none"><td>甲</td><td>乙<br>丙</td></tr>
<tr hidden><td>1</td><td>2</td><td><table><tr><td>内</td></tr><tr><td>层</td></tr></table></td></tr></table><div>完。</div>
<table><tr><td>一行</td></tr></table>"""


def test_the_tables_of_a_page_and_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    assert tables_of(path) == [
        [["编号", "申请", "申请"], ["编号", "甲", "乙 丙"], ["1", "2", ""]], [["内"], ["层"]], [["一行"]],
    ]  # fmt: skip
    page = WebPage(path)
    assert [sheet.name for sheet in page.sheets] == ["第1个表", "第2个表"]
    assert [(line.number, line.hidden) for line in page.lines(0)] == [(1, False), (2, True), (3, True)]
    assert text_of_page(path) == "全年收到申请3件，办结3件。\n完。"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (True, ("TRUE", "这一格是TRUE，不是文字，请改正")), (datetime(2026, 3, 5, 23, 59), ("2026-03-05", "")),
        (date(2026, 3, 5), ("2026-03-05", "")), (time(8, 30), ("08:30:00", "")), (timedelta(hours=30), ("1 day, 6:00:00", "")),
        (3.0, ("3", "")), (12, ("12", "")), ("#REF!", ("#REF!", "这一格是错误值 #REF!，请改正")), ("文字", ("文字", "")), ("", ("", "")),
    ],
)  # fmt: skip
def test_what_a_cell_of_another_workbook_says(value: object, read: tuple[str, str]) -> None:
    assert _text(value) == read


def test_a_line_of_another_workbook_begins_where_its_sheet_does() -> None:
    line = _line(7, 2, ["甲", False, ""], True, {})
    assert (line.number, line.cells, list(line.lost), line.hidden) == (7, ("", "", "甲", "FALSE", ""), [3], True)


@pytest.mark.parametrize(
    "end", ["</table:table>", "</table:table-row></table:table>", "</office:body>", "</office:spreadsheet>"]
)
def test_an_open_document_whose_text_does_not_end_is_called_damaged(tmp_path: Path, end: str) -> None:
    """The library that reads it looks for the end of a table for ever."""
    whole, path = seeds.ledger_ods(), tmp_path / "2026年.ods"
    text = seeds.parts_of(whole)[1]
    assert end.encode() in text
    path.write_bytes(seeds.with_part(whole, text[0], text[1:].replace(end.encode(), b"<t/able>")))
    with pytest.raises(DeskError, match="打不开，可能已经损坏"):
        list(LedgerApart(path, DAY, LedgerOptions()))
