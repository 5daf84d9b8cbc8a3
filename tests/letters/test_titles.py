"""Titles broken by meaning: words whole, 梯形 or 菱形, nothing outside the block; headings in their own faces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.document import Document, Paragraph
from letters.pdf.fonts import FontBook
from letters.typeset.layout import lay_out
from letters.typeset.titles import WORDS, break_title
from tests.letters.conftest import KINDS, composed, template

ROOM = 20.0  # a line holds twenty characters of the title


def lines_of(title: str) -> list[str]:
    return break_title(title, len, ROOM)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("政府信息公开申请答复书", ["政府信息公开申请答复书"]),
        (
            "青山县柳河镇人民政府关于张三政府信息公开申请的答复书",
            ["青山县柳河镇人民政府关于张三", "政府信息公开申请的答复书"],
        ),
        (
            "青山县柳河镇人民政府关于延长政府信息公开申请答复期限的告知书",
            ["青山县柳河镇人民政府关于延长", "政府信息公开申请答复期限的告知书"],
        ),
    ],
)
def test_titles_are_broken_between_words(title: str, lines: list[str]) -> None:
    assert lines_of(title) == lines


TITLES = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text("甲乙丙丁的和关于（）《》", min_size=1, max_size=4)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=500, deadline=None)
@given(TITLES.map("".join))
def test_any_title_keeps_its_words_and_stays_in_the_block(title: str) -> None:
    lines = lines_of(title)
    assert "".join(lines) == title
    assert all(len(line) <= ROOM for line in lines)
    if 2 <= len(lines) <= 3 and len(title) < 55:
        assert all(line[0] not in "的和）》" for line in lines[1:])
        assert all(line[-1] not in "（《" for line in lines[:-1])


def test_a_long_title_of_three_lines_is_widest_in_its_middle() -> None:
    widths = [len(line) for line in lines_of("政府信息公开" * 8)]
    assert len(widths) == 3
    assert widths[1] == max(widths)


@pytest.mark.parametrize("kind", KINDS)
def test_the_titles_of_all_kinds_fit_one_line(kind: str, fonts: FontBook) -> None:
    page = lay_out(composed(kind), fonts)[0]
    title = template(kind).title
    assert [line.text for line in page.lines].count(title) == (1 if template(kind).titled else 0)


def test_headings_stand_in_hei_and_kai_and_never_at_the_foot_of_a_page(fonts: FontBook) -> None:
    for filler in range(1, 16):
        body = [Paragraph("正文" * 20)] * filler
        body += [
            Paragraph("一、标题", style="heading"),
            Paragraph("（一）小标题", style="subheading"),
            Paragraph("正文。"),
        ]
        document = Document("x", "1", "plain", "某机关", "标题", "", "", tuple(body))
        pages = lay_out(document, fonts)
        for page in pages:
            texts = [line.text for line in page.lines if line.row is not None]
            assert not texts[-1].endswith("标题")
        faces = {line.text: {span.face for span in line.spans} for page in pages for line in page.lines}
        assert faces["一、标题"] == {"hei"}
        assert faces["（一）小标题"] == {"kai"}
