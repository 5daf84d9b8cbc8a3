"""What is measured of the shipped faces and of page numbers: stems, widths of marks, places."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from letters.document import Document, Paragraph
from letters.fonts import build
from letters.pdf.fonts import SHIPPED, FontBook
from letters.pdf.press import print_pages
from letters.typeset.layout import lay_out
from letters.typeset.linebreak import break_lines
from letters.typeset.marks import LATIN_GAP, WIDEST_GAP
from letters.typeset.typesetting import glyphs_of
from tests.letters.conftest import KINDS, composed
from tests.letters.geometry import BLOCK_HEIGHT, BLOCK_LEFT, BLOCK_TOP, BLOCK_WIDTH, MM


class Edges(BasePen):  # type: ignore[misc]  # the library has no types
    """The outline of a glyph as short straight lines."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
        self.at = self.start = (0.0, 0.0)

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.start = self.at = pt

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.lines.append((self.at, pt))
        self.at = pt

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:  # quadratic curves come as cubic ones
        begin = self.at
        for step in range(1, 13):
            t = step / 12
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            points = (begin, pt1, pt2, pt3)
            self._lineTo(
                (
                    sum(w * p[0] for w, p in zip(weights, points, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, points, strict=True)),
                )
            )

    def _closePath(self) -> None:
        if self.at != self.start:
            self._lineTo(self.start)


def stem(file: str, char: str, height: float) -> float:
    """The narrowest stroke that a level line at that height crosses, 1/1000 em."""
    font = TTFont(SHIPPED / file)
    glyphs = font.getGlyphSet()
    pen = Edges(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    y = height * font["head"].unitsPerEm / 1000
    xs = sorted(a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in pen.lines if (a[1] <= y) != (b[1] <= y))
    widths = [b - a for a, b in zip(xs[::2], xs[1::2], strict=True)]
    return float(min(widths)) * 1000 / float(font["head"].unitsPerEm)


def test_a_digit_is_hardly_heavier_than_an_upright_of_the_body() -> None:
    upright = stem("fangsong.ttf", "十", 600)
    assert upright == pytest.approx(44, abs=3)
    assert stem("song.ttf", "1", 350) <= 1.4 * upright
    assert stem("song.ttf", "0", 370) <= 1.5 * upright


def test_the_body_face_is_made_of_the_source_that_lies_beside_it() -> None:
    """The licence of Fandol asks for the source of what was changed; what is made of it is what is shipped, point by point."""
    text = "政府信息公开申请答复书〇“”‘’，。"
    made, shipped = build.fangsong(text), TTFont(SHIPPED / "fangsong.ttf")
    for sign in text:
        one, other = (font["glyf"][font.getBestCmap()[ord(sign)]] for font in (made, shipped))
        assert one.coordinates == other.coordinates, sign
        assert one.endPtsOfContours == other.endPtsOfContours, sign
    assert set(map(ord, text)) <= set(TTFont(build.FANDOL).getBestCmap()), "all from there"


def test_a_title_is_heavier_than_the_body_and_no_poster() -> None:
    upright = stem("fangsong.ttf", "十", 600)
    assert 2 * upright <= stem("title.ttf", "十", 600) <= 2.5 * upright


@pytest.mark.parametrize("mark", "“”‘’")
def test_quotation_marks_of_the_body_are_half_an_em_wide(mark: str, fonts: FontBook) -> None:
    assert (fonts.face_for(mark), fonts.advance("fangsong", mark)) == ("fangsong", 500)


def test_page_numbers_measured_on_the_page(fonts: FontBook) -> None:
    """7.5: odd ones end one character from the right, even ones begin one from the left; their line lies 7 mm under the block."""
    body = tuple(Paragraph("一行文字。") for _ in range(70))
    document = Document("x", "1", "plain", "某机关", "标题", "", "", body)
    pdf = print_pages(lay_out(document, fonts), fonts, title="标题", author="某机关")
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        assert len(pages.pages) == 4
        for number, page in enumerate(pages.pages, 1):
            foot = [c for c in page.chars if c["top"] / MM > BLOCK_TOP + BLOCK_HEIGHT and c["text"].strip()]
            assert "".join(c["text"] for c in foot) == f"—{number}—"
            left, right = min(c["x0"] for c in foot) / MM, max(c["x1"] for c in foot) / MM
            one = BLOCK_WIDTH / 28
            if number % 2:
                assert right == pytest.approx(BLOCK_LEFT + BLOCK_WIDTH - one, abs=0.6)
            else:
                assert left == pytest.approx(BLOCK_LEFT + one, abs=0.1)
            baseline = (page.height - foot[0]["matrix"][5]) / MM
            line_above = 0.268 * 14 / MM * 31 / 32  # how high the line of an em lies over the baseline
            assert baseline - line_above - (BLOCK_TOP + BLOCK_HEIGHT) == pytest.approx(7, abs=0.7)


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_of_any_kind_is_blown_apart(kind: str, fonts: FontBook) -> None:
    """Between two characters of a filled line lies no more than beside a Latin word; before a number that stays whole, an eighth of an em."""
    width, cell = BLOCK_WIDTH * MM, BLOCK_WIDTH * MM / 28
    document = composed(kind, content="关于“三公”经费，申请号BY-2026-0006的决算表")
    wide = []
    for paragraph in (block for block in document.body if isinstance(block, Paragraph) and block.text):
        glyphs = glyphs_of(paragraph.text, fonts, document.names)
        lines = break_lines(glyphs, width, cell, paragraph.first, paragraph.rest)
        for line, after in pairwise(lines):
            gaps = sorted(b.x - a.x - a.glyph.width for a, b in pairwise(line))
            assert gaps[-1] <= WIDEST_GAP * cell + 0.01
            if gaps[len(gaps) // 2] > LATIN_GAP * cell + 0.01:
                wide.append("".join(placed.glyph.char for placed in after)[:6])
    assert all(re.match("[〔（《“]?[0-9A-Za-z]", word) for word in wide)
