"""PDF/A-2b (ISO 19005-2), entry by entry, and copies of a frozen letter."""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as ET
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdftypes import stream_value

from letters.errors import PressError
from letters.pdf.archive import PROFILE
from letters.pdf.copies import mark_copy
from letters.pdf.fonts import FontBook
from letters.pdf.truetype import TrueType
from tests.letters.conftest import KINDS, printed
from tests.letters.geometry import faults, solved

NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed("partial", FontBook(system=False), applicant__name="吴𬭚").pdf


@pytest.fixture(scope="module")
def catalog(pdf: bytes) -> Any:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return document.doc.catalog


def packet(catalog: Any) -> ET.Element:
    return ET.fromstring(stream_value(catalog["Metadata"]).get_data().decode("utf-8").strip("\ufeff"))


def test_the_header_names_a_version_and_a_line_of_high_bytes(pdf: bytes) -> None:
    first, second = pdf.split(b"\n")[:2]
    assert first == b"%PDF-1.7"
    assert second.startswith(b"%")
    assert all(byte > 127 for byte in second[1:5])


def test_the_trailer_has_an_identifier_of_two_halves_and_no_encryption(pdf: bytes) -> None:
    trailer = pdf[pdf.rindex(b"trailer") :]
    halves = re.search(rb"/ID \[<([0-9A-F]{32})> <([0-9A-F]{32})>\]", trailer)
    assert halves
    assert halves[1] == halves[2]
    assert b"/Encrypt" not in trailer
    assert pdf.endswith(b"%%EOF\n")


def test_the_metadata_say_part_two_level_b(catalog: Any) -> None:
    root = packet(catalog)
    assert root.findtext(".//pdfaid:part", namespaces=NAMES) == "2"
    assert root.findtext(".//pdfaid:conformance", namespaces=NAMES) == "B"
    metadata = stream_value(catalog["Metadata"])
    assert "Filter" not in metadata.attrs


def test_the_metadata_agree_with_the_document_information(pdf: bytes, catalog: Any) -> None:
    root = packet(catalog)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        info = document.metadata
    assert root.findtext(".//dc:title//rdf:li", namespaces=NAMES) == info["Title"]
    assert root.findtext(".//dc:creator//rdf:li", namespaces=NAMES) == info["Author"] == "青山县柳河镇人民政府"
    assert root.findtext(".//dc:description//rdf:li", namespaces=NAMES) == info["Subject"]
    assert root.findtext(".//xmp:CreatorTool", namespaces=NAMES) == info["Creator"]
    assert root.findtext(".//pdf:Producer", namespaces=NAMES) == info["Producer"]
    assert root.findtext(".//xmp:CreateDate", namespaces=NAMES) == "2026-11-06T00:00:00+08:00"
    assert info["CreationDate"] == info["ModDate"] == "D:20261106000000+08'00'"


def test_the_language_is_chinese(catalog: Any) -> None:
    assert catalog["Lang"] == b"zh-CN"
    assert packet(catalog).findtext(".//dc:language//rdf:li", namespaces=NAMES) == "zh-CN"


def test_the_output_intent_carries_the_shipped_srgb_profile(catalog: Any) -> None:
    intent = solved(solved(catalog["OutputIntents"])[0])
    assert intent["S"].name == "GTS_PDFA1"
    profile = stream_value(intent["DestOutputProfile"])
    assert profile.attrs["N"] == 3
    assert profile.get_data() == PROFILE.read_bytes()
    assert PROFILE.read_bytes()[36:40] == b"acsp"
    assert PROFILE.read_bytes()[16:20] == b"RGB "


def test_fonts_are_embedded_subsets_with_their_widths_and_unicode(pdf: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        fonts = solved(solved(document.pages[0].page_obj.resources)["Font"])
        for reference in fonts.values():
            font = solved(reference)
            assert re.fullmatch(r"[A-Z]{6}\+Press[A-Z][a-z]+", font["BaseFont"].name)
            assert font["Encoding"].name == "Identity-H"
            assert b"beginbfchar" in stream_value(font["ToUnicode"]).get_data()
            inner = solved(solved(font["DescendantFonts"])[0])
            assert inner["CIDToGIDMap"].name == "Identity"
            program = stream_value(solved(inner["FontDescriptor"])["FontFile2"]).get_data()
            assert program[:4] == b"\0\1\0\0"


@pytest.mark.parametrize(
    "forbidden", [b"/JavaScript", b"/Launch", b"/EmbeddedFiles", b"/SMask", b"/LZWDecode", b"/AA"]
)
def test_nothing_that_an_archive_forbids(pdf: bytes, forbidden: bytes) -> None:
    assert forbidden not in pdf


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(4)
def test_the_width_a_font_declares_is_the_width_its_glyphs_have(kind: str, tmp_path: Path, fonts: FontBook) -> None:
    with pdfplumber.open(io.BytesIO(printed(kind, fonts).pdf)) as document:
        named = solved(solved(document.pages[0].page_obj.resources)["Font"])
        for n, reference in enumerate(named.values()):
            inner = solved(solved(solved(reference)["DescendantFonts"])[0])
            path = tmp_path / f"{n}.ttf"
            path.write_bytes(stream_value(solved(inner["FontDescriptor"])["FontFile2"]).get_data())
            first, widths = inner["W"]
            assert widths == [_advance(path, glyph) for glyph in range(first, first + len(widths))]


def _advance(path: Path, glyph: int) -> int:
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    return int(font["hmtx"][font.getGlyphName(glyph)][0] * 1000 / font["head"].unitsPerEm + 0.5)


# -- copies ---------------------------------------------------------------------------------------------------------


def test_a_copy_says_so_on_every_page_and_leaves_the_original_alone(pdf: bytes, fonts: FontBook) -> None:
    before = hashlib.sha256(pdf).hexdigest()
    copy = mark_copy(pdf, fonts)
    assert hashlib.sha256(pdf).hexdigest() == before
    assert copy != pdf
    assert faults(copy, "吴𬭚") == []
    with pdfplumber.open(io.BytesIO(copy)) as made, pdfplumber.open(io.BytesIO(pdf)) as original:
        assert len(made.pages) == len(original.pages)
        for page in made.pages:
            assert "副本" in (page.extract_text() or "")
        assert "副本" not in (original.pages[0].extract_text() or "")


def test_a_copy_is_the_same_bytes_each_time(pdf: bytes, fonts: FontBook) -> None:
    assert mark_copy(pdf, fonts) == mark_copy(pdf, fonts)


def test_what_is_no_pdf_cannot_be_copied(fonts: FontBook) -> None:
    with pytest.raises(PressError, match="不是完好的 PDF"):
        mark_copy(b"hello", fonts)


# -- font files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"OTTO" + b"\0" * 100, b"\0\1\0\0" + b"\0" * 100, b"not a font"])
def test_a_file_without_truetype_outlines_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.ttf").write_bytes(content)
    with pytest.raises(PressError, match=r"x\.ttf 不是 TrueType"):
        TrueType(tmp_path / "x.ttf")


@pytest.mark.parametrize("role", ["fangsong", "title", "hei", "song", "kai"])
def test_characters_widths_and_outlines_agree_with_another_reader(role: str, fonts: FontBook, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    mine, other = fonts.faces[role].font, TTFont(fonts.faces[role].path)
    numbers = {name: n for n, name in enumerate(other.getGlyphOrder())}
    assert mine.codes == {code: numbers[name] for code, name in other.getBestCmap().items()}
    names = list(other.getBestCmap().values())[::40]
    assert [mine.advance(numbers[n]) for n in names] == [
        round(other["hmtx"][n][0] * 1000 / mine.units) for n in names
    ]
    (tmp_path / "s.ttf").write_bytes(zlib.decompress(mine.subset([numbers[name] for name in names]).stream))
    small = TTFont(tmp_path / "s.ttf")
    for n, name in enumerate(names, 1):
        glyph = small["glyf"][small.getGlyphName(n)]
        assert list(glyph.getCoordinates(small["glyf"])[0]) == list(
            other["glyf"][name].getCoordinates(other["glyf"])[0]
        )


def test_the_day_stands_in_the_file_and_nothing_else_changes_with_the_clock(fonts: FontBook) -> None:
    assert b"20261106" in printed("granted", fonts).pdf
    assert date.today().strftime("%Y%m%d").encode() not in printed("granted", fonts).pdf
