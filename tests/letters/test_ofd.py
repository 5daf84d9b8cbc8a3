"""The OFD of a letter, read back by two readers that know nothing of how it was made: ofdkit, and one written here from the standard."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import ofdkit
import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from letters.catalogue import TemplateCatalogue
from letters.compose import compose
from letters.document import Document, Line, Page, Paper, Plot, Span
from letters.errors import PressError
from letters.example import example_facts
from letters.facts import read_facts
from letters.ofd import NAMESPACE, print_ofd
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_document
from letters.typeset.layout import lay_out

DAY = date(2026, 11, 6)
O = f"{{{NAMESPACE}}}"  # noqa: E741  # the prefix of every name
CLOSE = 0.01  # mm
KINDS = ("granted", "partial", "correction_notice", "registration_sheet", "envelope")


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(system=False)


def document(kind: str, paper: Paper | None = None, practice: bool = False) -> Document:
    source = TemplateCatalogue().template(kind)
    made = compose(source, read_facts(source, example_facts(source)))
    return replace(made, paper=paper or made.paper, practice=practice)


def made(kind: str, fonts: FontBook, paper: Paper | None = None, practice: bool = False) -> tuple[bytes, bytes]:
    """The OFD and the PDF of a letter."""
    letter = document(kind, paper, practice)
    pages = lay_out(letter, fonts)
    return print_ofd(letter, pages, fonts, DAY), print_document(letter, pages, fonts, DAY).pdf


@dataclass(frozen=True)
class Sign:
    """A character and where it begins, mm."""

    char: str
    x: float
    y: float


def numbers(text: str) -> list[float]:
    return [float(value) for value in text.split()]


def read_signs(ofd: bytes) -> list[list[Sign]]:
    """The characters of each page by GB/T 33190: from the root through the document to its pages; a text's places are its own within its
    boundary (11.3), DeltaX is the way from one character to the next. What is turned (CTM) is passed over."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        root = ElementTree.fromstring(packed.read("OFD.xml"))
        start = root.findtext(f"{O}DocBody/{O}DocRoot") or ""
        folder = start.rpartition("/")[0]
        tree = ElementTree.fromstring(packed.read(start))
        pages = [
            ElementTree.fromstring(packed.read(f"{folder}/{page.get('BaseLoc')}"))
            for page in tree.iterfind(f"{O}Pages/{O}Page")
        ]
    return [
        [sign for text in page.iter(f"{O}TextObject") if not text.get("CTM") for sign in _signs(text)]
        for page in pages
    ]


def _signs(text: ElementTree.Element) -> list[Sign]:
    left, top, _, _ = numbers(text.get("Boundary") or "")
    signs = []
    for code in text.iter(f"{O}TextCode"):
        x, y = left + float(code.get("X") or 0), top + float(code.get("Y") or 0)
        deltas = [*numbers(code.get("DeltaX") or ""), 0.0]
        said = code.text or ""
        assert len(deltas) == len(said), "one step between two characters"
        for sign, delta in zip(said, deltas, strict=True):
            signs.append(Sign(sign, x, y))
            x += delta
    return signs


def pdf_signs(pdf: bytes) -> list[list[Sign]]:
    k = 25.4 / 72
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [
            [
                Sign(c["text"], c["x0"] * k, 297 - c["matrix"][5] * k)
                for c in page.chars
                if c["text"].strip() and c["upright"]
            ]
            for page in opened.pages
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_stands_where_the_pdf_has_it(kind: str, fonts: FontBook) -> None:
    ofd, pdf = made(kind, fonts)
    ours, theirs = read_signs(ofd), pdf_signs(pdf)
    assert len(ours) == len(theirs)
    for page, other in zip(ours, theirs, strict=True):
        assert [sign.char for sign in page] == [sign.char for sign in other]
        assert max(abs(a.x - b.x) for a, b in zip(page, other, strict=True)) < CLOSE
        assert max(abs(a.y - b.y) for a, b in zip(page, other, strict=True)) < CLOSE


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_of_others_finds_the_same_text_at_the_same_places(
    kind: str, fonts: FontBook, tmp_path: Path
) -> None:
    ofd, _ = made(kind, fonts)
    (tmp_path / "a.ofd").write_bytes(ofd)
    opened = ofdkit.open(str(tmp_path / "a.ofd"))
    for page, ours in zip(opened.pages, read_signs(ofd), strict=True):
        assert (page.width, page.height) == (210.0, 297.0)
        runs = list(page.runs() if callable(page.runs) else page.runs)
        assert "".join(run.text for run in runs) == "".join(sign.char for sign in ours)
        starts, at = [], 0
        for run in runs:
            starts.append(ours[at])
            at += len(run.text)
        assert max(abs(run.x - sign.x) for run, sign in zip(runs, starts, strict=True)) < CLOSE
        assert max(abs(run.y - sign.y) for run, sign in zip(runs, starts, strict=True)) < CLOSE


def test_rules_stand_where_the_pdf_has_them(fonts: FontBook) -> None:
    ofd, pdf = made("registration_sheet", fonts)
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        page = ElementTree.fromstring(packed.read("Doc_0/Pages/Page_0/Content.xml"))
    found = []
    for path in page.iter(f"{O}PathObject"):
        left, top, _, _ = numbers(path.get("Boundary") or "")
        x0, y0, x1, y1 = (
            float(value) for value in re.findall(r"-?[0-9.]+", path.findtext(f"{O}AbbreviatedData") or "")
        )
        found.append((left + x0, top + y0, left + x1, top + y1))
    k = 25.4 / 72
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        wanted = [
            (line["x0"] * k, line["top"] * k, line["x1"] * k, line["bottom"] * k) for line in opened.pages[0].lines
        ]
    assert len(found) == len(wanted) > 20
    for ours, theirs in zip(sorted(found), sorted(wanted), strict=True):
        assert ours == pytest.approx(theirs, abs=CLOSE)


def test_the_same_letter_gives_the_same_bytes_and_its_number_is_its_own(fonts: FontBook) -> None:
    first, again, other = (
        made("granted", fonts)[0],
        made("granted", FontBook(system=False))[0],
        made("partial", fonts)[0],
    )
    assert first == again
    numbers_ = [re.search(r"<ofd:DocID>([0-9a-f]{32})<", _part(ofd, "OFD.xml")) for ofd in (first, again, other)]
    found = [match[1] for match in numbers_ if match]
    assert len(found) == 3
    assert found[0] == found[1] != found[2]


def _part(ofd: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        return packed.read(name).decode()


def test_fonts_stand_by_themselves_and_draw_what_the_press_draws(fonts: FontBook) -> None:
    ofd, _ = made("partial", fonts, "red_head")
    used = {sign.char for page in read_signs(ofd) for sign in page}
    known: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        for name in packed.namelist():
            if name.endswith(".ttf"):
                font = TTFont(io.BytesIO(packed.read(name)), checkChecksums=2)
                map_ = font.getBestCmap()
                known |= {chr(code) for code in map_}
                assert len(font.getGlyphOrder()) >= len(map_) + 1
                assert all(
                    font["glyf"][glyph].numberOfContours != 0
                    for code, glyph in map_.items()
                    if chr(code).strip("·　 ")
                )
    assert used <= known


def test_identifiers_are_told_apart_and_below_the_highest(fonts: FontBook) -> None:
    ofd, _ = made("partial", fonts, practice=True)
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    named = [
        int(value) for value in re.findall(r'<ofd:(?:TextObject|PathObject|Layer|Font|ColorSpace) ID="(\d+)"', text)
    ]
    named += [int(value) for value in re.findall(r'<ofd:Page ID="(\d+)"', text)]
    assert len(named) == len(set(named))
    highest = re.search(r"<ofd:MaxUnitID>(\d+)<", text)
    assert highest is not None
    assert max(named) == int(highest[1])


def test_practice_lies_under_every_page_inside_of_its_boundary(fonts: FontBook) -> None:
    with zipfile.ZipFile(io.BytesIO(made("partial", fonts, practice=True)[0])) as packed:
        pages = [
            ElementTree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith("Content.xml")
        ]
    for page in pages:
        first = next(page.iter(f"{O}Layer"))
        assert first.get("Type") == "Background"
        (text,) = first.iter(f"{O}TextObject")
        left, top, wide, high = numbers(text.get("Boundary") or "")
        a, b, c, d, e, f = numbers(text.get("CTM") or "")
        (code,) = text.iter(f"{O}TextCode")
        x, y, size = float(code.get("X") or 0), float(code.get("Y") or 0), float(text.get("Size") or 0)
        step = numbers(code.get("DeltaX") or "")[0]
        corners = [
            (px * a + py * c + e, px * b + py * d + f)
            for px in (x, x + 2 * step)
            for py in (y - 0.88 * size, y + 0.2 * size)
        ]
        assert all(-1 <= px <= wide + 1 and -1 <= py <= high + 1 for px, py in corners)
        middle = (left + sum(px for px, _ in corners) / 4, top + sum(py for _, py in corners) / 4)
        assert middle == pytest.approx((105, 148.5), abs=12), "about the middle of the page, as the press has it"


def test_signs_beyond_the_first_plane_stand_alone(fonts: FontBook) -> None:
    page = Page((Line(100, (Span("张𠮷 三", "kai", 16.0, 80.0, 0.2),)),))
    ofd = print_ofd(document("granted"), [page], fonts, DAY)
    texts = re.findall(r"<ofd:TextCode[^>]*>([^<]*)<", _part(ofd, "Doc_0/Pages/Page_0/Content.xml"))
    assert texts == ["张", "𠮷", "三"]
    advance = [fonts.advance("kai", sign) * 16 / 1000 + 0.2 for sign in "张𠮷 "]
    assert [sign.x for sign in read_signs(ofd)[0]] == pytest.approx(
        [(80 + sum(advance[:n])) / 72 * 25.4 for n in (0, 1, 3)], abs=CLOSE
    )


def test_a_plot_is_refused(fonts: FontBook) -> None:
    with pytest.raises(PressError, match="存成 PDF"):
        print_ofd(document("granted"), [Page((), plots=(Plot(0, 0, 10, 10, (), ()),))], fonts, DAY)
