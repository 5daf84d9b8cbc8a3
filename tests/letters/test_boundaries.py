"""The measures at their edges: where a page number stands, how long a paragraph is short, how long a word is one word."""

from __future__ import annotations

import pytest

from letters.document import Document, Paragraph
from letters.pdf.fonts import FontBook
from letters.typeset.grid import CELL, FOOT, HEIGHT, LEFT, TOP, WIDTH
from letters.typeset.layout import lay_out
from letters.typeset.page_frame import page_number
from letters.typeset.tables import _rows_for_label
from letters.typeset.typesetting import width_of
from tests.letters.test_linebreak import broken
from tests.letters.test_titles import lines_of

SIGNATURE = "青山县柳河镇人民政府"


@pytest.mark.parametrize("n", [1, 2, 3, 4, 11, 12])
def test_a_page_number_is_one_cell_in_on_the_right_of_odd_pages_and_on_the_left_of_even_ones(
    n: int, fonts: FontBook
) -> None:
    """GB/T 9704-2012, 7.5: 单页码居右空一字，双页码居左空一字."""
    spans = page_number(n, fonts).spans
    assert "".join(span.text for span in spans).replace(" ", "") == f"—{n}—"
    if n % 2:
        end = max(span.x + width_of(span.text, FOOT, fonts) for span in spans)
        assert end == pytest.approx(LEFT + WIDTH - CELL, abs=2)
    else:
        assert min(span.x for span in spans) == pytest.approx(LEFT + CELL, abs=0.1)
    assert page_number(n, fonts).y > TOP + HEIGHT + FOOT


def pages_of_last(rows: int, before: int, fonts: FontBook) -> set[int]:
    """On how many pages the last paragraph, of so many rows, stands after ``before`` paragraphs of one row."""
    last = "末" * (28 * rows - 10)
    body = (*(Paragraph("一行的文字。") for _ in range(before)), Paragraph(last))
    document = Document(
        "x", "1", "plain", "某机关", "标题", "", "", body, signature=SIGNATURE, date_text="2026年11月6日"
    )
    pages = lay_out(document, fonts)
    return {n for n, page in enumerate(pages) for line in page.lines if any("末" in span.text for span in line.spans)}


def test_a_paragraph_of_six_rows_goes_whole_to_the_signature_and_one_of_seven_is_divided(fonts: FontBook) -> None:
    where_only_the_signature_does_not_fit = (19, 20)  # rows of text, and set closer all of it still does not
    for rows in where_only_the_signature_does_not_fit:
        assert len(pages_of_last(6, rows - 6, fonts)) == 1, rows
        assert pages_of_last(7, rows - 7, fonts) == {0, 1}, rows


@pytest.mark.parametrize(("letters", "whole"), [(19, True), (20, True), (21, False), (24, False)])
def test_a_run_of_ten_cells_is_one_word_and_a_longer_one_may_be_broken(letters: int, whole: bool) -> None:
    lines = broken("一" * 20 + "a" * letters + "二", first=0)
    first = "".join(placed.glyph.char for placed in lines[0])
    assert ("a" not in first) == whole


@pytest.mark.parametrize(("lines", "rows"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4)])
def test_three_lines_of_a_label_fit_into_two_rows(lines: int, rows: int) -> None:
    assert _rows_for_label(lines) == rows


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("回执卷内第三方关于政府信息第三方处理呈批表", ["回执卷内第三方", "关于政府信息第三方处理呈批表"]),
        ("行政查询收费确认征求意见书登记表回执卷内记录", ["行政查询收费确认", "征求意见书登记表回执卷内记录"]),
    ],
)
def test_of_two_lines_the_lower_one_is_rather_longer(title: str, lines: list[str]) -> None:
    """梯形: the shape that GB/T 9704-2012, 7.3.1 asks for, before an even one with its longer line above."""
    assert lines_of(title) == lines
