"""What a table shows that its cells do not hold, and what hangs on them: words of formats, noughts, hidden columns, remarks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from deskapp.exchange.ledger_columns import LEDGER
from deskapp.exchange.table import OpenTable
from deskapp.exchange.tables.besides import Aside, Besides
from deskapp.exchange.tables.number_words import shown_by
from deskapp.exchange.tables.ods_besides import of_ods
from tests.exchange.test_tables import HEAD, book, row


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"柳信公〔2026〕"0"号"', "柳信公〔2026〕12号"), ('"LH-2026-"0000', "LH-2026-0012"), ("000000", "000012"), (r"0\号", "12号"),
        ('General"件"', "12件"), ('[DBNum1][$-804]0"件"', "12件"), ('#,##0"件";[Red]-0', "12件"), ('"甲;乙"0', "甲;乙12"), ("第0号", "第12号"),
    ],
)  # fmt: skip
def test_what_a_format_adds(code: str, shown: str) -> None:
    found = shown_by(code)
    assert found is not None
    assert found.of("12") == shown


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00", "#,##0", "#,##0.00", "0%", '0.0"%"', "0.00E+00", '"¥"#,##0', "0_);(0)", "@", "yyyy-mm-dd", 'yyyy"年"m"月"',
        '000"-"0000', '_ * #,##0_ ;_ * "-"_ ;_ @_ ', "# ?/?", "",
    ],
)  # fmt: skip
def test_formats_that_only_set_a_number_out_add_nothing(code: str) -> None:
    assert shown_by(code) is None


def test_numbers_that_are_none_are_left_as_they_are() -> None:
    words, noughts = shown_by('"甲"0"号"'), shown_by("000000")
    assert words is not None
    assert noughts is not None
    assert [words.of(text) for text in ("-3", "1.5", "1E+17", "7")] == ["-3", "甲1.5号", "1E+17", "甲7号"]
    assert [noughts.of(text) for text in ("1.5", "31000", "1234567")] == ["1.5", "031000", "1234567"]


def dressed(made: openpyxl.Workbook) -> None:
    sheet = made.worksheets[0]
    for line in (2, 3):
        sheet.cell(line, 6).number_format = "000000"
        sheet.cell(line, 9).number_format = '"柳信公〔2026〕"0"号"'
    sheet.column_dimensions["F"].hidden = True
    sheet.column_dimensions["Z"].hidden = True  # nothing stands there
    sheet["C2"].comment = Comment("核对过", "李")
    sheet["E3"].comment = Comment("两次", "李")


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    head = [*HEAD, "邮政编码", "答复类型", "答复日期", "文号"]
    lines = [[*row(n), 31000, "予以公开", "2026-03-10", 11 + n] for n in (1, 2)]
    path = book(tmp_path / "a.xlsx", {"台账": [head, *lines]}, dressed)
    table = OpenTable(path, LEDGER)
    found = [(record.cells["邮政编码"], record.cells["文号"]) for record in table.records()]
    assert found == [("031000", "柳信公〔2026〕12号"), ("031000", "柳信公〔2026〕13号")]
    assert table.warnings == (
        "有4格的数字照表格里显示的样子读（格式里加了字，或者在前面补了0）。",
        "【邮政编码】在表格里是隐藏的列，也读了。",
        "有2格带批注，批注没有读。",
    )


def test_a_number_that_lost_its_end_is_told_with_its_words(tmp_path: Path) -> None:
    def words(made: openpyxl.Workbook) -> None:
        made.worksheets[0]["F2"].number_format = '"证"0'

    path = book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "证件号码"], [*row(1), 330722198001011234]]}, words)
    (record,) = OpenTable(path, LEDGER).records()
    assert "15位以后的数字已经丢了" in record.lost["证件号码"]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    "<table:table><table:table-column/></table:table><table:table>"
    '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    '<table:table-column/><table:table-column table:visibility="filter"/>{}</table:table></office:document-content>'
)
NUMBER = '<table:table-cell {} office:value-type="{}" office:value="12">{}<text:p>{}</text:p></table:table-cell>'


def test_an_open_document_tells_the_same(tmp_path: Path) -> None:
    remark = "<office:annotation><text:p>核对过</text:p></office:annotation>"
    cells = (
        NUMBER.format('table:number-columns-repeated="2"', "float", remark, "第12号"),
        NUMBER.format("", "float", "", "12"), NUMBER.format("", "float", remark, "0012"), NUMBER.format("", "float", "", "1,200.50"),
        NUMBER.format("", "percentage", "", "12%"), NUMBER.format("", "string", "", "甲"),
    )  # fmt: skip
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr(
            "content.xml", ODS.format(f"<table:table-row/><table:table-row>{''.join(cells)}</table:table-row>")
        )
    assert of_ods(path, 1).aside == Aside(frozenset({2, 3, 5}), 2)
    assert of_ods(path, 0).aside == Aside()
    assert of_ods(path, 1).shown == {(1, 0): "第12号", (1, 1): "第12号", (1, 3): "0012"}
    assert of_ods(path, 0).shown == {}
    path.write_bytes(b"none")
    assert of_ods(path, 0) == Besides(aside=Aside())
