"""Pages as rows of text, as the desk shows them before anything is printed."""

import re
from itertools import pairwise

import pytest

from letters.catalogue import shipped
from letters.compose import compose
from letters.document import Page
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.typeset.layout import as_rows, lay_out

FONTS = FontBook()
KINDS = sorted(shipped().templates)


def pages(kind: str) -> list[Page]:
    source = shipped().template(kind)
    return lay_out(compose(source, read_facts(source, example_facts(source))), FONTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_stands_whole_in_its_row(kind: str) -> None:
    for page in pages(kind):
        rows = "\n".join(re.sub(r"[\s　│]", "", row) for row in as_rows(page))
        for line in page.lines:
            for span in line.spans:
                number = re.fullmatch(r"— \d+ —", span.text)  # the desk says the page over it
                assert line.red or number or re.sub(r"[\s　]", "", span.text) in rows


@pytest.mark.parametrize("kind", KINDS)
def test_two_lines_of_a_cell_are_two_rows(kind: str) -> None:
    for page in pages(kind):
        labels = [line for line in page.lines if line.row is None and not line.red]
        shown = as_rows(page)
        for above, below in pairwise(labels):
            if 0 < below.y - above.y < 28 and abs(below.spans[0].x - above.spans[0].x) < 60:
                assert not [
                    row for row in shown if f"{below.text}{above.text}" in row or f"{above.text}{below.text}" in row
                ]


def test_what_justifying_spreads_is_no_gap() -> None:
    shown = [row for page in pages("third_party_consultation") for row in as_rows(page)]
    assert "    本机关收到政府信息公开申请一件，登记号为LH-2026-" in shown
    assert [row[:6].strip("│ ") for row in shown].count("同意") == 1
