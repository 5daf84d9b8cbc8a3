"""Files that are well made, of every kind that is read: where a fuzzer starts from."""

from __future__ import annotations

import io
import json
import tempfile
import tomllib
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl

from deskapp.clock import FixedClock
from deskapp.exchange.mapping_file import mapping_text
from deskapp.law.annual_report import report_file
from letters.catalogue import TEMPLATES, shipped
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_letter
from tests.conftest import DATA, DAY, make_desk
from tests.conftest import register as register_case

HEAD = [
    "登记号",
    "收到日期",
    "收到方式",
    "申请人",
    "申请人类别",
    "证件号码",
    "申请内容",
    "答复类型",
    "答复日期",
    "文号",
    "备注",
]
LINES = [
    ["LH-2026-0001", "2026-03-02", "当面", "张三", "自然人", "110101199003070011", "道路招标文件", "予以公开", "2026-03-20", "柳政依复〔2026〕1号", ""],
    ["", "2026年3月5日", "信函", "青山有限公司", "法人", "91330000MA27XXXX00", "预算，含明细", "", "", "", "=A1"],
    ["合计", "2", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def ledger_csv() -> bytes:
    """A ledger as text."""
    return "\r\n".join(",".join(line) for line in [["2026年台账"], HEAD, *LINES]).encode("utf-8-sig")


@cache
def ledger_xlsx() -> bytes:
    """A workbook with a title over merged cells, two sheets, one of them hidden, a hidden row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for line in [["政府信息公开申请台账（2026年）"], HEAD, *LINES]:
        sheet.append(line)
    sheet.merge_cells("A1:K1")
    sheet.row_dimensions[4].hidden = True
    other = book.create_sheet("说明 ")
    other.append(["填表说明"])
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ledger_html() -> bytes:
    """A web page that calls itself .xls."""
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan=1>{cell}</td>" for cell in line) + "</tr>" for line in [HEAD, *LINES]
    )
    return f"<html><meta charset=gb2312><table border=1>{rows}</table></html>".encode("gb18030")


@cache
def ledger_ods() -> bytes:
    """A workbook of the open format."""
    rows = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in line)
        + "</table:table-row>" for line in [HEAD, *LINES]
    )  # fmt: skip
    names = " ".join(
        f'xmlns:{x}="urn:oasis:names:tc:opendocument:xmlns:{x}:1.0"' for x in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        box.writestr("META-INF/manifest.xml", "<x/>")
    return out.getvalue()


def ledger_xls() -> bytes:
    """An old workbook, as LibreOffice saves one."""
    return (DATA / "tables" / "saved_by_libreoffice.xls").read_bytes()


def parts_of(packed: bytes) -> list[bytes]:
    """Each part of a zip file behind its number."""
    with zipfile.ZipFile(io.BytesIO(packed)) as box:
        return [bytes([n]) + box.read(item) for n, item in enumerate(box.infolist())]


def with_part(packed: bytes, number: int, content: bytes) -> bytes:
    """The zip file with another content in one part, which is not compressed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as box, zipfile.ZipFile(out, "w") as made:
        items = box.infolist()
        for n, item in enumerate(items):
            made.writestr(item.filename, content if n == number % len(items) else box.read(item))
    return out.getvalue()


def catalogue_csv() -> bytes:
    """A list of what is published."""
    return "索引号,名称,文号,发布机构,公开日期,全文文件\r\nA-1,预算公开,柳政〔2026〕1号,柳河镇,2026-02-01,a.txt\r\n".encode()


def mapping_toml() -> bytes:
    """What an office's columns and words stand for."""
    return mapping_text({"来信日期": "收到日期"}, {"收到方式": Counter({"信函": 2})}, {}).encode()


@cache
def report_docx() -> bytes:
    """A published report as a document of text and two tables."""
    raw = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    labels = {row.key: row.label for row in report_file().row}
    book = docx.Document()
    book.add_paragraph("一、总体情况")
    table = book.add_table(rows=0, cols=8)
    for row in raw["table3"]:
        for cell, text in zip(table.add_row().cells, [labels[row["key"]], *row["values"]], strict=True):
            cell.text = str(text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def report_html() -> bytes:
    """The same as a page."""
    from tests.exchange.test_report_in import PUBLISHED, as_page

    return as_page(PUBLISHED).encode()


@cache
def letter_pdf() -> bytes:
    """A letter of ours."""
    source = shipped().template("granted")
    return print_letter(source, read_facts(source, example_facts(source)), FontBook()).pdf


def calendars() -> list[bytes]:
    """Holidays of a year as shipped, and of a place."""
    from deskapp.law import dated

    folder = Path(dated.__file__).parent / "data" / "calendar"
    return [(folder / "2026.toml").read_bytes()]


def toml(table: dict[str, Any]) -> bytes:
    """A flat table as TOML."""
    text = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())
    assert tomllib.loads(text) == table
    return text.encode()


def histories() -> list[Any]:
    """Lists of events."""
    cases = json.loads((DATA / "deadline_cases.json").read_text(encoding="utf-8"))
    more = [
        {"on": "2026-03-02", "act": "received"}, {"on": "2026-03-05", "act": "correction_requested", "respond_by": "2026-03-20", "sent_on": None},
        {"on": "2026-03-10", "act": "corrected"}, {"on": "2026-03-12", "act": "party_consulted", "party": "甲"},
        {"on": "2026-03-20", "act": "party_answered", "party": "甲"}, {"on": "2026-03-25", "act": "extended", "working_days": 20},
        {"on": "2026-04-25", "act": "served", "by": "registered_mail"},
        {"on": "2026-06-01", "act": "redo_ordered", "by": "review", "number": "1", "working_days": 10},
    ]  # fmt: skip
    return [*(case["events"] for case in cases), more]


def template(kind: str) -> bytes:
    """A shipped template."""
    return (TEMPLATES / f"{kind}.md").read_bytes()


def typed() -> list[bytes]:
    """What is typed into a field."""
    words = [
        "2026年11月21日 星期六",
        "46347",
        "后天",
        "110101199003070011",
        "91330000MA27XXXX00",
        "张三｜110101199003070011｜139｜a",
        "柳政依复[2026]第7号",
    ]
    return [word.encode() for word in words]


@cache
def packed() -> bytes:
    """A backup of an encrypted register, as far as its keys are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("register.db", b"x" * 2000)
        box.writestr("钥匙/甲.age", b"age-encryption.org/v1\n-> scrypt a 18\n")
    return out.getvalue()


@cache
def register() -> bytes:
    """A register with a case and its answer."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder) / "home", FixedClock(DAY))
        register_case(desk)
        desk.close()
        return (Path(folder) / "home" / "register.db").read_bytes()
