"""A plot on a page: columns as high as their numbers, a round axis, words in the press's own fonts."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from letters.document import Page, Plot
from letters.pdf.fonts import FontBook
from letters.pdf.plot import drawn
from letters.pdf.press import print_pages

PLOT = Plot(100, 300, 400, 150, ("1月", "2月", "3月"), (("问卷", (10, 5, 0)), ("满意", (8, 4, 0))))


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook()


def columns(marks: list[str]) -> list[tuple[str, float]]:
    """The grey and the height of each column; the squares before the names are not among them."""
    found = (re.fullmatch(r"(\S+) g \S+ \S+ \S+ (\S+) re f", mark) for mark in marks)
    return [(m[1], float(m[2])) for m in found if m][: -len(PLOT.series)]


def test_columns_are_as_high_as_their_numbers(fonts: FontBook) -> None:
    marks, lines = drawn(PLOT, fonts)
    assert columns(marks) == [("0.25", 150), ("0.25", 75), ("0.7", 120), ("0.7", 60)], "nothing for nought"
    words = [line.text for line in lines]
    assert words[-2:] == ["问卷", "满意"]
    assert {"1月", "3月", "0", "2", "10"} <= set(words)


@pytest.mark.parametrize(("most", "top"), [(0, "5"), (5, "5"), (6, "10"), (174, "250"), (99_999, "100000")])
def test_the_axis_ends_at_a_round_number(fonts: FontBook, most: int, top: str) -> None:
    _, lines = drawn(Plot(100, 300, 400, 150, ("一",), (("甲", (most,)),)), fonts)
    assert top in [line.text for line in lines]


def test_every_font_of_a_page_with_a_plot_is_embedded(fonts: FontBook) -> None:
    pdf = print_pages([Page((), (), (PLOT,))], fonts, title="表", author="单位")
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert "问卷" in page.extract_text()
    faces = page["/Resources"]["/Font"].values()  # type: ignore[index]  # the library gives any object of a PDF
    for face in faces:
        assert "/FontFile2" in face.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    assert pdf == print_pages([Page((), (), (PLOT,))], fonts, title="表", author="单位")
