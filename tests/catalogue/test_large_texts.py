"""Full texts that are large or made to do harm: no more is read than is kept, and what will not end is a bad cell, in bounded time."""

from __future__ import annotations

import io
import resource
import zipfile
from pathlib import Path
from time import process_time

import pytest
from pypdf import PageObject, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from deskapp.catalogue.full_text import LARGEST, LONGEST, text_of
from deskapp.desk import Desk
from tests.catalogue.test_catalogue import ROAD, table

MOST_S = 20.0  # of the processor; alone each takes less than three
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(path: Path, content: bytes, pages: int = 1) -> Path:
    """A PDF whose pages all have this content."""
    made = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(content)
    there = made._add_object(stream.flate_encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    for _ in range(pages):
        page = made.add_blank_page(200, 200)
        page[NameObject("/Contents")] = there
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): named})}
        )
    made.write(path)
    return path


def docx(path: Path, paragraphs: int) -> Path:
    from docx import Document

    whole = io.BytesIO()
    Document().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != "word/document.xml":
                new.writestr(info.filename, old.read(info))
        body = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * paragraphs
        head = f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
        new.writestr("word/document.xml", head + body + b"</w:body></w:document>")
    return path


def test_of_a_yearbook_no_more_pages_are_read_than_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "a.pdf", b"BT /F1 9 Tf 9 9 Td (" + b"yearbook " * 2500 + b") Tj ET", pages=300)
    read: list[object] = []
    extract = PageObject.extract_text

    def counted(page: PageObject) -> str:
        read.append(page)
        return extract(page)

    monkeypatch.setattr(PageObject, "extract_text", counted)
    assert len(text_of(path)) == LONGEST
    assert 5 < len(read) < 20


def test_a_long_plain_text_is_not_read_beyond_what_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全文\x01很长。" * 2_900_000, encoding="utf-8")
    assert LARGEST * 0.8 < (tmp_path / "a.txt").stat().st_size < LARGEST
    began, before = process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = text_of(tmp_path / "a.txt")
    assert text.startswith("全文很长。")
    assert len(text) <= LONGEST
    assert process_time() - began < 3
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    )  # kilobytes; it was a gigabyte and a half


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.apart
@pytest.mark.parametrize("name", ["operators.pdf", "stack.pdf", "paragraphs.docx"])
@pytest.mark.long
def test_a_text_that_is_made_to_do_harm_ends_soon(desk: Desk, tmp_path: Path, name: str) -> None:
    if name == "operators.pdf":
        pdf(tmp_path / name, b"q 1 0 0 1 0 0 cm Q\n" * 1_000_000)
    elif name == "stack.pdf":
        pdf(tmp_path / name, b"q " * 2_000_000)
    else:
        docx(tmp_path / name, 5_000_000)
    began = _spent()
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": name}))
    assert _spent() - began < MOST_S
    assert len(done.bad) + done.new == 1
    assert desk.catalogue.count == done.new
    if name == "paragraphs.docx":
        assert [cell.column for cell in done.bad] == ["全文文件"]
