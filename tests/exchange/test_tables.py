"""Tables as offices and other programs make them: read whole, or refused by name; every line of a file is accounted for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.desk import Desk
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.errors import DeskError
from deskapp.exchange.days import day_of
from deskapp.exchange.ledger import Ledger, LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.mapping import read_mapping
from deskapp.exchange.tables.reading import TableFile
from tests.conftest import DATA, DAY

TABLES = DATA / "tables"
HEAD = ["收到日期", "收到方式", "申请人", "申请人类别", "申请内容"]


def row(n: int = 0, **changes: str) -> list[str]:
    values = {
        "收到日期": "2026-03-05",
        "收到方式": "当面",
        "申请人": f"张{n}",
        "申请人类别": "自然人",
        "申请内容": f"预算{n}",
    }
    return [{**values, **changes}[name] for name in HEAD]


def book(
    path: Path, sheets: dict[str, list[list[Any]]], change: Callable[[openpyxl.Workbook], None] | None = None
) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]  # a new book has a sheet
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for cells in lines:
            sheet.append(cells)
    if change:
        change(made)
    made.save(path)
    return path


def edited(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A workbook with one of its parts changed, as other programs write it."""
    before = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for info in before.infolist():
            content = before.read(info)
            box.writestr(info.filename, change(content) if info.filename == part else content)
    return path


def whole(done: Imported) -> bool:
    """Whether every line is accounted for."""
    good = done.taken or len(done.good_lines)
    return done.rows == good + len(done.left_out) + done.bad_lines


TRIED: dict[str, tuple[int, int, str]] = {  # taken, bad lines, what is said
    "ansi_lost.csv": (0, 2, "问号多半是存成别的编码时丢掉的字"),
    "date_format_31.xlsx": (1, 0, ""),
    "dim_small.xlsx": (30, 0, ""),
    "excel_15digits.xlsx": (0, 2, "15位以后的数字已经丢了"),
    "formula.xlsx": (0, 4, "公式"),
    "l17_hidden_first.xlsx": (1, 0, "没有读隐藏的表【旧】（2行）"),
    "l1_title_merged.xlsx": (0, 4, "【申请时间】当作【收到日期】"),
    "l20_strict.xlsx": (9, 0, ""),
    "l3_platform.csv": (2, 0, ""),
    "l6_dim_small.xlsx": (9, 0, ""),
    "other.csv": (0, 3, "申请人撤回申请、不属于政府信息"),
    "quote_two.csv": (0, 1, "引号可能没有关上"),
    "sqm.csv": (1, 0, ""),
    "wenhao_brackets.csv": (3, 0, ""),
    "x_case.csv": (2, 0, ""),
}


@pytest.mark.parametrize("name", sorted(TRIED))
def test_the_tables_that_were_tried(desk: Desk, name: str) -> None:
    taken, bad, says = TRIED[name]
    done = desk.ledgers.take(TABLES / name)
    assert (done.taken, done.bad_lines) == (taken, bad)
    assert says in "".join([*done.warnings, *(cell.right for cell in done.bad)])
    assert whole(done)


def test_several_sheets_are_asked_about_and_each_counted(desk: Desk) -> None:
    with pytest.raises(DeskError, match="【台账】（1行）、【2026年】（1行）") as asked:
        desk.ledgers.take(TABLES / "two_sheets.xlsx")
    assert "--sheet" in asked.value.todo
    one = desk.ledgers.take(TABLES / "two_sheets.xlsx", options=LedgerOptions(sheet="2026年"))
    assert [(x.name, x.lines, x.taken, x.chosen) for x in one.sheets] == [
        ("2026年", 1, 1, True),
        ("台账", 2, 0, False),
    ]
    assert "没有读表【台账】（2行）。" in one.warnings
    both = desk.ledgers.take(TABLES / "two_sheets.xlsx", options=LedgerOptions(every=True))
    assert (both.taken, [(cell.sheet, cell.line) for cell in both.bad]) == (0, [("2026年", 2)]), "one is here already"
    again = desk.ledgers.take(
        TABLES / "two_sheets.xlsx", options=LedgerOptions(every=True), known=KnownLines("again")
    )
    assert [(x.name, x.taken) for x in again.sheets] == [("台账", 1), ("2026年", 1)]
    with pytest.raises(DeskError, match="没有【无】这张表"):
        desk.ledgers.take(TABLES / "two_sheets.xlsx", options=LedgerOptions(sheet="无"))


def test_an_office_s_own_table_with_its_mapping(desk: Desk, tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["柳河镇2025年度政府信息公开申请登记表"], ["填报单位：柳河镇", "", "", "2025年"],
        ["序号", "申请情况", "", "", "", "", "答复情况", ""],
        ["", "申请\n时间", "申请人姓名", "申请人身份（必填）", "申请方式", "申请公开内容", "答复类型", "答复日期"],
        [1, "1月5日", "张三", "公民", "EMS", "预算", "不存在", "1月20号"],
        [2, datetime(2025, 2, 6, 9, 30), "李四", "公民", "信函", "决算", "公开", "2025/2/20 0:00"],
        ["合计", 2], [], ["注：以上均按期答复"], ["审核人：王五", "", "制表人：赵六"],
    ]  # fmt: skip

    def merge(made: openpyxl.Workbook) -> None:
        sheet = made["2025年"]
        for where in ("A1:H1", "B3:F3", "G3:H3", "A3:A4"):
            sheet.merge_cells(where)

    path = book(tmp_path / "登记表.xlsx", {"2025年": lines}, merge)
    asked = desk.ledgers.take(path)
    assert (asked.taken, asked.bad_lines, [x.why for x in asked.left_out]) == (
        0, 2, ["列名上面的标题", "列名上面的标题", "列名上面的标题", "合计、小计", "注或者填报栏", "注或者填报栏"],
    )  # fmt: skip
    columns, words = desk.ledgers.propose(path, tmp_path / "map.toml", LedgerOptions())
    assert (columns, words) == (8, 5)
    text = (tmp_path / "map.toml").read_text(encoding="utf-8")
    assert '"公民" = "自然人"  # 2处' in text
    assert '"信函" = ""  # 1处，可能是挂号邮寄、平信' in text, (
        "which of the two decides from which day the period runs"
    )
    (tmp_path / "map.toml").write_text(text.replace('"信函" = ""', '"信函" = "平信"'), encoding="utf-8")
    mapping = read_mapping(tmp_path / "map.toml", COLUMNS)
    done = desk.ledgers.take(path, options=LedgerOptions(mapping=mapping))
    assert (done.bad, done.taken) == ((), 2)
    assert whole(done)
    first = desk.lookup.case_by_no("LH-2025-0001")
    assert (first.received.on, first.received.channel, first.category, first.closed_on) == (
        date(2025, 1, 5), "registered_mail", "not_held", date(2025, 1, 20),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[columns]\n"时间" = "没有的列"\n', "没有这样的列：没有的列"), ("[columns", "不是能读的 TOML"),
        ("[columns]\n\"a\" = 1\n", "写法不对"), ("[other]\n", "写法不对"), ('[words]\n"x" = "y"\n', "写法不对"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_none(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "m.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DeskError, match=says):
        read_mapping(tmp_path / "m.toml", COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "，"])
def test_texts_with_any_sign_between_in_any_encoding(desk: Desk, tmp_path: Path, encoding: str, sign: str) -> None:
    content = "甲，乙；丙" if sign == "," else "甲,乙;丙" if sign == "\t" else "甲乙"
    lines = [HEAD, *(row(n, 申请内容=content) for n in range(3))]
    (tmp_path / "台账.csv").write_bytes("\r\n".join(sign.join(cells) for cells in lines).encode(encoding))
    done = desk.ledgers.take(tmp_path / "台账.csv")
    assert (done.taken, done.bad) == (3, ())
    assert desk.lookup.case_by_no("LH-2026-0001").received.content == content


def test_a_web_page_under_the_name_of_a_workbook(desk: Desk, tmp_path: Path) -> None:
    cells = "".join(f"<tr><td rowspan=2>2026-03-0{n}</td><td>当面</td><td>张&amp;{n}</td><td>自然人</td><td>预<br>算</td></tr>"
                    f"<tr><td>网络</td><td>李{n}</td><td>自然人</td><td>决算</td></tr>" for n in range(1, 4))  # fmt: skip
    head = "".join(f"<th>{name}</th>" for name in HEAD)
    page = (
        f"<html><meta charset=gbk><table><tr><td>菜单</td></tr></table><table><tr>{head}</tr>{cells}</table></html>"
    )
    (tmp_path / "导出.xls").write_bytes(page.encode("gb18030"))
    done = desk.ledgers.take(tmp_path / "导出.xls")
    assert (done.taken, done.bad) == (6, ())
    assert desk.lookup.case_by_no("LH-2026-0001").received.content == "预 算"
    assert desk.lookup.case_by_no("LH-2026-0002").received.on == date(2026, 3, 1)


@pytest.mark.parametrize("dimension", [b"A1:C2", b"A1", b"1:10", b"A1:XFD1048576", b""])
def test_what_a_workbook_says_of_its_size_is_not_believed(desk: Desk, tmp_path: Path, dimension: bytes) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, *(row(n) for n in range(9))]})
    there = b'<dimension ref="' + dimension + b'"/>' if dimension else b""
    edited(path, "xl/worksheets/sheet1.xml", lambda part: re.sub(rb"<dimension[^>]*>", there, part))
    assert zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").count(b"<dimension") == bool(dimension)
    assert desk.ledgers.take(path).taken == 9


def test_hidden_rows_and_merged_cells_are_read_and_said(desk: Desk, tmp_path: Path) -> None:
    def change(made: openpyxl.Workbook) -> None:
        sheet = made["台账 "]
        sheet.row_dimensions[3].hidden = True
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B3")

    lines: list[list[Any]] = [HEAD, row(0), *([None, None, *row(n)[2:]] for n in (1, 2))]
    lines[3][1] = "网络"
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"封面": [["说明"]], "台账 ": lines}, change))
    assert (done.taken, done.bad) == (3, ())
    assert "有1行在表格里是隐藏的（筛选或者折叠），也读了。" in done.warnings
    assert "没有读表【封面】（1行）。" in done.warnings
    assert {desk.lookup.case_by_no(f"LH-2026-000{n}").received.on for n in (1, 2, 3)} == {date(2026, 3, 5)}


def test_cells_that_are_no_text(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "证件号码", "联系电话", "备注"]
    lines: list[list[Any]] = [
        [*row(0), 330102199001011237, 13905550123, "x"], [*row(1), "3.30102E+17", "1.39E+10", ""],
        [*row(2), "'330102199001011237", "０５７１－８８８８００００", True], [*row(3, 申请人="=A1"), "", "", "乙\ufffd丙"],
    ]  # fmt: skip
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [head, *lines]}))
    assert [(cell.line, cell.column) for cell in done.bad] == [
        (2, "证件号码"), (3, "证件号码"), (3, "联系电话"), (4, "备注"), (5, "申请人"), (5, "备注"),
    ]  # fmt: skip
    good = desk.ledgers.take(
        book(
            tmp_path / "b.xlsx", {"台账": [head, [*row(2), "'33010219900101123x", "０５７１－８８８８００００", ""]]}
        )
    )
    assert good.taken == 1
    received = desk.lookup.case_by_no("LH-2026-0001").received
    assert (received.id_number, received.phone) == ("33010219900101123X", "0571-88880000")


def test_numbers_that_are_on_paper_are_never_given_again(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "答复日期", "文号"]
    forms = ("柳政依复[2026]1号", "柳政依复（2026）２号", "柳政依复【2026】第3号", "柳政依复〔2026〕 4 号")
    lines = [[*row(n), "信息不存在", "2026-03-20", form] for n, form in enumerate(forms)]
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [head, *lines]})).taken == 4
    assert [desk.lookup.case_by_no(f"LH-2026-000{n}").number for n in range(1, 5)] == [
        f"柳政依复〔2026〕{n}号" for n in range(1, 5)
    ]
    assert desk._journal.numbers.next_letter_no("柳政依复", 2026) == "柳政依复〔2026〕5号"


def test_the_same_lines_are_asked_about_before_anything_is_written(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1), row(1), row(2)]})
    assert desk.ledgers.take(path).taken == 3, "two on one day may be two"
    again = desk.ledgers.take(path)
    assert (again.taken, again.bad_lines) == (0, 3)
    assert "都一样" in again.bad[0].right
    assert desk.ledgers.take(path, known=KnownLines("again")).taken == 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-5", date(2026, 3, 5)), ("２０２６－３－５", date(2026, 3, 5)), ("2026-03-05 10:22:33", date(2026, 3, 5)),
        ("2026/3/5 0:00", date(2026, 3, 5)), ("2025/2/20 0:00", date(2025, 2, 20)), ("2026-11-21 1:05", date(2026, 11, 21)),
        ("2026-03-0510:22", None), ("2026年3月5日 下午3:20", date(2026, 3, 5)), ("2026年3月5日10时20分", date(2026, 3, 5)),
        ("2026-03-05 周四", date(2026, 3, 5)), ("46086", date(2026, 3, 5)), ("2026年3月5号", date(2026, 3, 5)),
        ("2026年3月5日上午", date(2026, 3, 5)), ("2026/03/05星期四", date(2026, 3, 5)), ("2026-03-05（星期四）", date(2026, 3, 5)),
        ("2026.3.20.", date(2026, 3, 20)), ("2026、3、5", date(2026, 3, 5)), ("2026—3—5", date(2026, 3, 5)),
        ("2026-03-05T10:00:00", date(2026, 3, 5)), ("26.3.5", None), ("3/5", None), ("2026年3月", None), ("=DATE(2026,3,5)", None),
        ("20260305123000", None), ("99999", None), ("昨天", None), ("2026-02-30", None),
    ],
)  # fmt: skip
def test_days_as_offices_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_day_without_a_year_is_of_the_year_of_its_sheet() -> None:
    assert day_of("3月15日", 2025) == day_of("3-15", 2025) == day_of("3.15", 2025) == date(2025, 3, 15)
    assert day_of("13月1日", 2025) is None


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"%PDF-1.7\n", "PDF 文件"), (b"\x89PNG\r\n", "图片"), (b"SQLite format 3\0", "登记簿"), (b"\0" * 100, "不是表格，也不是文字"),
        (b"PK\x03\x04" + b"x" * 50, "打不开"), (b"{\\rtf1", "RTF 文档"), (b"<?xml version='1.0'?><a/>", "XML 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧的 Word 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "旧的 xls"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_what_is_no_table_is_called_what_it_is(desk: Desk, tmp_path: Path, head: bytes, says: str, name: str) -> None:
    (tmp_path / name).write_bytes(head)
    with pytest.raises(DeskError, match=says):
        desk.ledgers.take(tmp_path / name)


def test_a_document_in_a_zip_and_an_open_document(desk: Desk, tmp_path: Path) -> None:
    for part, says in (("word/document.xml", "Word 文档"), ("x.txt", "压缩包")):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as box:
            box.writestr(part, "x")
        with pytest.raises(DeskError, match=says):
            desk.ledgers.take(tmp_path / "a.xlsx")
    cells = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in line)
        + "</table:table-row>" for line in [HEAD, row(1), row(2)]
    )  # fmt: skip
    names = " ".join(
        f'xmlns:{x}="urn:oasis:names:tc:opendocument:xmlns:{x}:1.0"' for x in ("office", "table", "text")
    )
    table = f'<table:table table:name="台账">{cells}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{body}</office:document-content>"
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", content)
        box.writestr("META-INF/manifest.xml", "<x/>")
    assert desk.ledgers.take(tmp_path / "b.ods").taken == 2


def test_without_the_extra_an_old_workbook_is_called_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    with pytest.raises(DeskError, match=r"旧的 xls.*deskapp\[books\]"):
        TableFile(tmp_path / "a.xls")


NOISE = st.sampled_from(
    ["合计", "小计", "注：略", "", "填报人：李", "第1页", "2026年度台账", "甲", "自然人", "2026-03-05", "0", "?"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    above=st.lists(st.lists(NOISE, max_size=3), max_size=3), lines=st.lists(st.lists(NOISE, max_size=7), max_size=12),
    good=st.lists(st.integers(0, 11), max_size=4), ending=st.sampled_from(["xlsx", "csv"]), seed=st.integers(0, 99),
)  # fmt: skip
def test_every_line_of_any_table_is_accounted_for(
    tmp_path: Path, above: list[list[str]], lines: list[list[str]], good: list[int], ending: str, seed: int
) -> None:
    placed = [*lines]
    for at in good:
        placed.insert(at % (len(placed) + 1), row(seed))
    path = tmp_path / f"t.{ending}"
    if ending == "xlsx":
        book(path, {"台账": [*above, HEAD, *placed]})
    else:
        path.write_text("\n".join(",".join(cells) for cells in [*above, HEAD, *placed]), encoding="utf-8")
    ledger = Ledger(path, DAY)
    found = list(ledger)
    tally = ledger.tally
    held = [
        n
        for n, cells in enumerate([*above, HEAD, *placed], 1)
        if any(cell.strip() for cell in cells) and n != len(above) + 1
    ]
    assert sorted([*(line.line for line in found), *(left.line for left in tally.left_out)]) == held
    assert [x.lines for x in tally.sheets] == [len(held)]
    assert sum(not line.bad for line in found) >= len(good)
