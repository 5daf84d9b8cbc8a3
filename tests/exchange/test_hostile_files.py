"""Fifty more files made to do harm, for every reader: a sentence or a harmless result, within bounds of the processor and of memory."""

from __future__ import annotations

import io
import json
import os
import resource
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from deskapp.catalogue.full_text import text_of
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange import apart
from deskapp.exchange.report_in import read_report
from deskapp.law.calendar_file import from_toml
from deskapp.law.errors import LawError
from deskapp.law.report_published import read_published
from deskapp.register.opening import open_store
from deskapp.register.packed import slots_for
from deskapp.unit import load_unit_toml
from letters.catalogue import parse_template
from letters.errors import PressError
from tests.conftest import DATA, DAY
from tests.exchange.test_hostile_tables import END, in_sheet, with_part
from tests.exchange.test_tables import HEAD, row
from tests.fuzz import seeds

pytestmark = pytest.mark.apart
MOST_S, MOST_MB = 5.0, 500  # of memory the reading process is given no more than its limit
Make = Callable[[Path], Path]
Read = Callable[[Desk, Path], Any]
LINE = ",".join(HEAD) + "\n" + ",".join(row(1)) + "\n"


def raw(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def boxed(name: str, parts: dict[str, bytes], more: Callable[[zipfile.ZipFile], object] | None = None) -> Make:
    """A zip file of parts."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as box:
            for part, content in parts.items():
                box.writestr(part, content)
            if more:
                more(box)
        return folder / name

    return make


def of_seed(name: str, seed: Callable[[], bytes], change: Callable[[bytes], bytes]) -> Make:
    return lambda folder: raw(name, change(seed()))(folder)


def part_of(name: str, seed: Callable[[], bytes], part: str, change: Callable[[bytes], bytes]) -> Make:
    """A well-made zip file with another content in one part."""

    def changed(whole: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(whole)) as box:
            number = box.namelist().index(part)
            return seeds.with_part(whole, number, change(box.read(part)))

    return of_seed(name, seed, changed)


def in_ods(old: bytes, new: bytes) -> Make:
    return part_of("a.ods", seeds.ledger_ods, "content.xml", lambda x: x.replace(old, new, 1))


def in_docx(change: Callable[[bytes], bytes]) -> Make:
    return part_of("a.docx", seeds.report_docx, "word/document.xml", change)


def many_names(box: zipfile.ZipFile) -> None:
    for n in range(20_000):
        box.writestr(f"xl/worksheets/sheet{n}.xml", b"")


def ledger(desk: Desk, path: Path) -> object:
    return desk.ledgers.take(path, dry_run=True)


def words(desk: Desk, path: Path) -> object:
    return text_of(path)


def report(desk: Desk, path: Path) -> object:
    return read_published(read_report(path), 2023)


def register(desk: Desk, path: Path) -> object:
    open_store(path, for_work=False).close()
    return None


def template(desk: Desk, path: Path) -> object:
    return parse_template(path.read_text(encoding="utf-8"), path.name, {})


def body(text: str) -> Make:
    head, fence = (seeds.template("granted").decode().split("+++")[1], "+++")
    return raw("granted.md", f"{fence}{head}{fence}\n{text}".encode())


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.csv")
    return folder / "a.csv"


def circle(folder: Path) -> Path:
    (folder / "a.xlsx").symlink_to(folder / "a.xlsx")
    return folder / "a.xlsx"


REPEATED = b'table:number-rows-repeated="2000000000"'
WIDE = b'table:number-columns-repeated="2000000000"'
LAUGH = b'<!DOCTYPE x [<!ENTITY a "' + b"h" * 5000 + b'">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, (b"&a%s;" % (str(n - 1).encode() if n else b"")) * 20) for n in range(8)) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MERGED = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
NAMED = b'<row><c t="inlineStr"><is><t>&a;</t></is></c></row>' + END
LOOP_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>"
FILES: dict[str, tuple[Make, Read]] = {
    "nothing": (raw("a.csv", b""), ledger),
    "a mark of byte order": (raw("a.csv", b"\xff\xfe"), ledger),
    "half a character": (raw("a.csv", LINE.encode("utf-16")[:-1]), ledger),
    "zero bytes": (raw("a.csv", b"\0" * 1_000_000), ledger),
    "lone returns": (raw("a.csv", LINE.replace("\n", "\r").encode() * 1000), ledger),
    "a hundred thousand commas": (raw("a.csv", LINE.encode() + b"," * 100_000), ledger),
    "three hundred thousand empty lines": (raw("a.csv", b"\n" * 300_000 + LINE.encode()), ledger),
    "a fifo": (pipe, ledger),
    "a link to itself": (circle, ledger),
    "a folder": (lambda folder: folder, ledger),
    "twenty thousand sheets": (boxed("a.xlsx", {"xl/workbook.xml": b"<x/>"}, many_names), ledger),
    "a workbook without its parts": (boxed("a.xlsx", {"xl/workbook.xml": b""}), ledger),
    "a workbook that is cut off": (of_seed("a.xlsx", seeds.ledger_xlsx, lambda x: x[: len(x) // 2]), ledger),
    "names that leave the folder": (boxed("a.xlsx", {"../../xl/workbook.xml": b"<x/>", "/etc/x": b""}), ledger),
    "a row beyond all rows": (in_sheet(b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>' + END), ledger),
    "a row before the first": (in_sheet(b'<row r="-5"><c r="A-5"><v>1</v></c></row>' + END), ledger),
    "a column beyond all columns": (in_sheet(b'<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>' + END), ledger),
    "no number": (in_sheet(b'<row r="9"><c r="A9"><v>nan</v></c><c r="B9"><v>1e400</v></c></row>' + END), ledger),
    "a day of no calendar": (in_sheet(b'<row r="9"><c r="A9" s="1"><v>1e12</v></c></row>' + END), ledger),
    "a text that is not there": (in_sheet(b'<row r="9"><c r="A9" t="s"><v>99999999</v></c></row>' + END), ledger),
    "merged over everything": (in_sheet(END + MERGED), ledger),
    "rows in rows": (in_sheet(b"<row>" * 50_000 + END), ledger),
    "entities from outside": (lambda folder: with_part(folder, lambda x: OUTSIDE + x.replace(END, NAMED)), ledger),
    "rows without end (ods)": (in_ods(b"<table:table-row>", b"<table:table-row " + REPEATED + b">"), ledger),
    "columns without end (ods)": (in_ods(b"<table:table-cell ", b"<table:table-cell " + WIDE + b" "), ledger),
    "a workbook without a sheet (ods)": (in_ods(b"table:table ", b"table:none "), ledger),
    "an old workbook that is cut off": (of_seed("a.xls", seeds.ledger_xls, lambda x: x[:2000]), ledger),
    "an old workbook with other numbers": (of_seed("a.xls", seeds.ledger_xls, lambda x: x[:600] + b"\xff" * 64 + x[664:]), ledger),
    "three hundred thousand open boxes": (raw("a.xls", b"<table><tr>" + b"<div>" * 300_000), ledger),
    "a page with an endless word": (raw("a.xls", b"<table><tr><td a='" + b"x" * 5_000_000), ledger),
    "an enormous rowspan": (raw("a.xls", b"<table><tr><td rowspan=" + b"9" * 5000 + b">x</td></tr></table>"), ledger),
    "a document of entities": (in_docx(lambda x: LAUGH + x.replace(b"</w:body>", b"<w:p><w:r><w:t>&a7;</w:t></w:r></w:p></w:body>")), words),
    "a document without its text": (boxed("a.docx", {"[Content_Types].xml": b"<x/>"}), words),
    "a document in a document": (in_docx(lambda x: x.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 30_000)), words),
    "pages that are their own parent": (raw("a.pdf", LOOP_PDF), words),
    "a pdf of brackets": (raw("a.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"trailer<</Root 1 0 R>>"), words),
    "a pdf with a long stream": (raw("a.pdf", b"%PDF-1.4\n1 0 obj<</Length 99999999999>>stream\nx\nendstream endobj trailer<</Root 1 0 R>>"), words),
    "a pdf that is cut off": (of_seed("a.pdf", seeds.letter_pdf, lambda x: x[: len(x) // 3]), words),
    "fifty megabytes of text": (raw("a.txt", "字".encode() * 16_000_000), words),
    "a report of brackets": (raw("a.json", b"[" * 1_000_000), report),
    "a report with an endless number": (raw("a.json", b'{"table3": [{"key": "new", "values": [' + b"9" * 100_000 + b"]}]}"), report),
    "a report without end": (raw("a.json", json.dumps({"table3": [{"key": "new", "values": [0] * 7}] * 50_000}).encode()), report),
    "a report of entities": (in_docx(lambda x: LAUGH + x), report),
    "a pdf report without pages": (raw("a.pdf", LOOP_PDF), report),
    "a page without tables": (raw("a.html", b"<p>" * 200_000), report),
    "holidays of brackets": (raw("a.toml", b"x = " + b"[" * 50_000), lambda desk, path: from_toml(path.read_text(), DAY)),
    "holidays of no year": (raw("a.toml", b"year = 99999999999999999999"), lambda desk, path: from_toml(path.read_text(), DAY)),
    "a unit of brackets": (raw("u.toml", b"name = " + b"[" * 50_000), lambda desk, path: load_unit_toml(path)),
    "three thousand questions in one another": (body("{% if you %}" * 3000), template),
    "a loop in a template": (body("{% for a in range(10**9) %}{% for b in range(10**9) %}x{% endfor %}{% endfor %}"), template),
    "three thousand million signs": (body("{{ 'a' * 3000000000 }}"), template),
    "a wide format": (body("{{ '%999999999d' % 1 }}"), template),
    "an unknown filter": (body("{{ you|length5 }}"), template),
    "keys without end": (boxed("a.db", {"register.db": b"x", **{f"钥匙/{n}.age": b"x" * 20_000 for n in range(1500)}}), lambda desk, path: slots_for(path)),
    "a backup of nothing": (boxed("a.db", {}), lambda desk, path: slots_for(path)),
    "a register of a head only": (raw("register.db", b"SQLite format 3\0" + b"\xff" * 5000), register),
    "a register that is cut off": (lambda folder: raw("register.db", (DATA / "registers/0007.db").read_bytes()[:9000])(folder), register),
}  # fmt: skip


def spent() -> float:
    """Seconds of the processor, of this process and of what it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.each(8)
def test_a_sentence_or_a_harmless_result_within_bounds(desk: Desk, tmp_path: Path, name: str) -> None:
    make, read = FILES[name]
    path = make(tmp_path)
    began = spent()
    with suppress(DeskError, LawError, PressError):  # whose text is a sentence; nothing else may come out
        read(desk, path)
    assert spent() - began < MOST_S
    assert desk.lookup.search("") == [], "nothing comes in by looking"


def test_there_are_sixty_of_them() -> None:
    from tests.exchange.test_hostile_tables import HARMFUL

    assert len(FILES) + len(HARMFUL) >= 60
    assert apart.MEMORY <= MOST_MB * 1_000_000
