"""Tables that are made to do harm: a sentence in a few seconds, and nothing taken."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange import apart
from tests.exchange.test_tables import HEAD, book, row

pytestmark = pytest.mark.apart
MOST_S = (
    3.0  # of the processor, on a machine that does other work; alone each takes one or less, half of it the start
)
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def with_part(folder: Path, change: Callable[[bytes], bytes], part: str = SHEET) -> Path:
    before = book(folder / "a.xlsx", {"台账": [HEAD, row(1), row(2)]})
    made = io.BytesIO()
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    before.write_bytes(made.getvalue())
    return before


def texts(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def one_cell(text: bytes) -> bytes:
    return b'<row r="9"><c r="C9" t="inlineStr"><is><t>' + text + b"</t></is></c></row>" + END


def in_sheet(content: bytes) -> Callable[[Path], Path]:
    """A workbook with something more at the end of its rows."""
    return lambda folder: with_part(folder, lambda part: part.replace(END, content))


def text_file(name: str, content: bytes) -> Callable[[Path], Path]:
    return lambda folder: texts(folder, name, content)


def entities(folder: Path) -> Path:
    names = [b'<!ENTITY a "' + b"x" * 1000 + b'">', b'<!ENTITY b0 "' + b"&a;" * 10 + b'">']
    names += [b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 10)]
    head = b"<!DOCTYPE l [" + b"".join(names) + b"]>"
    return with_part(folder, lambda part: head + part.replace(END, one_cell(b"&b9;")))


def shared_texts(folder: Path, texts: bytes) -> Path:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="' + space + b'">' + texts + b"</sst>"
    return with_part(folder, lambda _: strings, "xl/sharedStrings.xml")


def ods(folder: Path, text: bytes, between: bytes = b"") -> Path:
    """An .ods of one cell, other rows before it."""
    space = b"urn:oasis:names:tc:opendocument:xmlns:"
    names = b"".join(b' xmlns:%s="%s%s:1.0"' % (name, space, name) for name in (b"office", b"table", b"text"))
    sheet = (
        b"<table:table>"
        + between
        + b"<table:table-row><table:table-cell><text:p>"
        + text
        + b"</text:p></table:table-cell></table:table-row></table:table>"
    )
    body = b"<office:body><office:spreadsheet>" + sheet + b"</office:spreadsheet></office:body>"
    with zipfile.ZipFile(folder / "a.ods", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", b"<office:document-content" + names + b">" + body + b"</office:document-content>")
    return folder / "a.ods"


MANY_CELLS = b'<row r="9">' + b'<c t="inlineStr"><is><t>x</t></is></c>' * 300_000 + b"</row>" + END
MERGES = END + b"<mergeCells>" + b'<mergeCell ref="A2:XFD1048576"/>' * 300_000 + b"</mergeCells>"
OVERLAPPING = END + b"<mergeCells>" + b'<mergeCell ref="A2:D1048576"/>' * 1000 + b"</mergeCells>"
SPANS = b"<table><tr>" + b"<td rowspan=99999 colspan=99999>x" * 50 + b"</tr></table>"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 400
HARMFUL: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a cell of 300 MB": (lambda folder: in_sheet(one_cell(b"A" * 300_000_000))(folder), "有一格超过一百万字"),
    "a name of a cell of 300 MB": (
        lambda folder: in_sheet(b'<row><c r="' + b"A" * 300_000_000 + END)(folder),
        "有一格超过",
    ),
    "a remark of 300 MB of brackets": (
        lambda folder: in_sheet(b"<!--" + b"<" * 300_000_000 + END)(folder),
        "全是尖括号",
    ),
    "300,000 columns": (in_sheet(MANY_CELLS), "有一行超过16384列"),
    "two million rows": (in_sheet(b"<row><c><v>1</v></c></row>" * 2_000_000 + END), "1048576行以上"),
    "ranges upon ranges": (in_sheet(OVERLAPPING), "互相重叠"),
    "a text of 300 MB": (lambda folder: shared_texts(folder, b"<si><t>" + b"A" * 300_000_000), "有一格超过一百万字"),
    "eight million texts": (lambda folder: shared_texts(folder, b"<si><t>A</t></si>" * 8_000_000), "不同的内容"),
    "formats of 300 MB": (
        lambda folder: with_part(folder, lambda x: x + b"A" * 300_000_000, "xl/styles.xml"),
        "解开以后太大",
    ),
    "an .ods with a cell of 300 MB": (lambda folder: ods(folder, b"A" * 300_000_000), "有一格超过一百万字"),
    "a cell far below": (
        lambda folder: ods(folder, b"x", b'<table:table-row table:number-rows-repeated="1048525"/>'),
        "隔着十万行以上",
    ),
    "a page with 100,000 columns": (text_file("a.xls", b"<table><tr>" + b"<td>x" * 100_000), "有一行超过500列"),
    "entities upon entities": (
        entities,
        "读不下去|打不开",
    ),  # where a package that refuses entities is installed, too
    "300,000 merged ranges": (in_sheet(MERGES), "合并的单元格超过200000处"),
    "texts of a gigabyte": (lambda folder: shared_texts(folder, b"<si><t>" + b"A" * 1_000_000_000), "解开以后太大"),
    "300,000 names": (text_file("a.csv", ",".join(f"c{n}" for n in range(300_000)).encode()), "一行太长"),
    "a line of 40 MB": (lambda folder: texts(folder, "a.csv", "收到日期,".encode() + b"x" * 40_000_000), "一行太长"),
    "two million quotes": (text_file("a.csv", ",".join(HEAD).encode() + b"\n" + b'"' * 2_000_000), "一行太长"),
    "tables in tables": (text_file("a.xls", b"<table>" * 100_000 + b"<tr><td>x"), "没有找到列名"),
    "cells over a thousand rows": (text_file("a.xls", SPANS), "有一行超过500列"),
    "a broken old workbook": (text_file("a.xls", OLD), "旧的 xls"),
}


def _spent() -> float:
    """Seconds of the processor that readers have used, whoever else works on this machine meanwhile."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", sorted(HARMFUL))
@pytest.mark.long
def test_a_sentence_soon_and_within_bounds(desk: Desk, tmp_path: Path, name: str) -> None:
    make, says = HARMFUL[name]
    path = make(tmp_path)
    began = _spent()
    with pytest.raises(DeskError, match=says):
        desk.ledgers.take(path)
    assert _spent() - began < MOST_S
    assert desk.lookup.search("") == []


def test_what_is_large_and_harmless_is_read(desk: Desk, tmp_path: Path) -> None:
    dimension = with_part(
        tmp_path, lambda x: x.replace(END, b'<row r="1048576"><c r="XFD1048576" s="0"/></row>' + END)
    )
    assert desk.ledgers.take(dimension).taken == 2
    empty = texts(tmp_path, "b.csv", "\n".join([",".join(HEAD), ",".join(row(5)), *[",,,,"] * 200_000]).encode())
    assert desk.ledgers.take(empty).taken == 1


def hungry() -> list[int]:
    return [len(bytearray(apart.MEMORY * 2))]


def endless() -> list[int]:
    while True:
        pass


def printing() -> list[int]:
    print("in the way")  # noqa: T201  # what a library may do
    return [1, 2]


@pytest.mark.long
def test_another_process_ends_where_it_swells_or_hangs() -> None:
    with pytest.raises(DeskError, match="太大"):
        list(apart.Apart("tests.exchange.test_hostile_tables:hungry"))
    with pytest.raises(DeskError, match="读得太久"):
        list(apart.Apart("tests.exchange.test_hostile_tables:endless"))
    assert list(apart.Apart("tests.exchange.test_hostile_tables:printing")) == [1, 2]
