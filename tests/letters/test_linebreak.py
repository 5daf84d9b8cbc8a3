"""The line breaker on open input: nothing lost, nothing outside, no forbidden mark at either end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.typeset.grid import CELL, WIDTH
from letters.typeset.linebreak import NO_END, NO_START, Glyph, Placed, break_lines

HAN = st.text("中华人民共和国政府信息公开条例申请答复柳河镇桥头村𠮷𬭚", min_size=1, max_size=30)
LATIN = st.text("abcXYZ0123456789", min_size=1, max_size=12)
PUNCTUATION = st.sampled_from(
    [*"，。、；：？！", "”。", "》，", "（", "）", "《", "》", "“", "”", "……", "——", " ", "〔2026〕12号", "）。"]
)
TEXTS = st.lists(st.one_of(HAN, HAN, HAN, LATIN, PUNCTUATION), min_size=1, max_size=40).map("".join)


def glyphs(text: str) -> list[Glyph]:
    return [Glyph(c, "face", CELL if ord(c) >= 0x2000 else CELL / 2) for c in text]


def broken(text: str, first: float = 2) -> list[list[Placed]]:
    return break_lines(glyphs(text), WIDTH, CELL, first, 0)


def run_of_marks(text: str) -> int:
    """The longest run of characters that may not be parted."""
    longest = run = 1
    for a, b in itertools.pairwise(text):
        run = run + 1 if b in NO_START or a in NO_END or b == " " else 1
        longest = max(longest, run)
    return longest


@pytest.mark.long
@settings(max_examples=10_000, deadline=None)
@given(TEXTS)
def test_any_paragraph(text: str) -> None:
    lines = broken(text)
    seen = ["".join(p.glyph.char for p in line) for line in lines]
    assert "".join("".join(seen).split()) == "".join(text.split())
    for n, line in enumerate(lines):
        assert line[0].x >= -CELL / 2 - 0.01
        assert line[-1].x + line[-1].glyph.width <= WIDTH + CELL / 2 + 0.01
        assert all(b.x > a.x + 3 for a, b in itertools.pairwise(line))
        if run_of_marks(text) <= 6:
            assert n == 0 or seen[n][0] not in NO_START
            assert n == len(lines) - 1 or seen[n][-1] not in NO_END


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_full_lines_end_at_the_right_edge(text: str) -> None:
    for line in broken(text)[:-1]:
        if len(line) > 1:
            right = line[-1].x + line[-1].glyph.width
            assert right <= WIDTH + CELL / 2 + 0.01
            assert right >= WIDTH - 0.02 or line[-1].glyph.char in NO_START


def test_closing_punctuation_is_taken_in_by_squeezing() -> None:
    lines = broken("一" * 14 + "，" + "一" * 13 + "。" + "二" * 5, first=0)
    assert "".join(p.glyph.char for p in lines[0]).endswith("。")
    assert len(lines[0]) == 29


def test_without_room_the_last_character_goes_with_its_mark() -> None:
    lines = broken("一" * 28 + "！" + "二" * 5, first=0)
    assert len(lines[0]) == 27
    assert "".join(p.glyph.char for p in lines[1]) == "一！二二二二二"


def test_a_space_after_an_opening_mark_does_not_part_it_from_its_word() -> None:
    lines = broken("中" * 17 + "0000（ 000000000000")
    assert not "".join(p.glyph.char for p in lines[0]).rstrip().endswith("（")


def test_words_numbers_and_double_marks_stay_whole() -> None:
    text = "一" * 26 + "2026年" + "二" * 26 + "……" + "三"
    seen = ["".join(p.glyph.char for p in line) for line in broken(text, first=0)]
    assert any("2026" in line for line in seen)
    assert any("……" in line for line in seen)


def test_a_web_address_may_be_broken() -> None:
    lines = broken("见https://www.example.gov.cn/" + "a" * 120 + "。", first=0)
    assert all(line[-1].x + line[-1].glyph.width <= WIDTH + CELL for line in lines)
