"""The line breaker on open input: nothing lost, nothing outside, no forbidden mark at either end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.typeset.grid import CELL, WIDTH
from letters.typeset.linebreak import NO_END, NO_START, Glyph, Placed, break_lines
from letters.typeset.marks import LATIN_GAP, WIDEST_GAP

HAN_CHARS = "中华人民共和国政府信息公开条例申请答复柳河镇桥头村𠮷𬭚"
HAN = st.text(HAN_CHARS, min_size=1, max_size=30)
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
def test_full_lines_end_at_the_right_edge_and_none_is_blown_apart(text: str) -> None:
    """A line that a long word leaves too short is not spread further than an eighth of an em between two characters."""
    for line in broken(text)[:-1]:
        if len(line) > 1:
            right = line[-1].x + line[-1].glyph.width
            gaps = [b.x - a.x - a.glyph.width for a, b in itertools.pairwise(line)]
            assert right <= WIDTH + CELL / 2 + 0.01
            assert max(gaps) <= max(WIDEST_GAP, LATIN_GAP) * CELL + 0.01
            full = right >= WIDTH - 0.02 or line[-1].glyph.char in NO_START
            assert full or max(gaps) >= WIDEST_GAP * CELL - 0.01


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_at_most_three_marks_of_a_line_give_up_at_most_a_quarter(text: str) -> None:
    """Beyond the blank half that one of two touching marks always gives up."""
    for line in broken(text):
        squeezed = [
            a.glyph.width - (b.x - a.x)
            for a, b in itertools.pairwise(line)
            if b.x - a.x < a.glyph.width - 0.01
            and not {a.glyph.char, b.glyph.char} & set("”“")
            and b.glyph.char in HAN_CHARS
        ]
        assert len(squeezed) <= 3
        assert all(loss <= CELL / 4 + 0.01 for loss in squeezed)


def test_a_closing_mark_is_taken_in_by_squeezing() -> None:
    lines = broken("一，" * 12 + "一" + "a" * 5 + "。" + "二" * 5, first=0)
    assert "".join(p.glyph.char for p in lines[0]).endswith("a。")
    assert lines[0][-1].x + lines[0][-1].glyph.width <= WIDTH + CELL / 4 + 0.01


def test_what_does_not_fit_squeezed_goes_to_the_next_line() -> None:
    lines = broken("一" * 14 + "，" + "一" * 13 + "。" + "二" * 5, first=0)
    assert "".join(p.glyph.char for p in lines[0]) == "一" * 14 + "，" + "一" * 12


def test_a_quotation_after_a_colon_takes_an_em_and_a_half() -> None:
    line = broken("信息是：“柳河”。公开", first=0)[0]
    at = {p.glyph.char: p.x for p in line}
    assert at["柳"] - at["："] == pytest.approx(1.5 * CELL)
    assert at["公"] - at["”"] == pytest.approx(1.5 * CELL)


def test_chinese_and_digits_stand_a_little_apart_but_not_at_the_edges_of_a_line() -> None:
    line = broken("一12一", first=0)[0]
    assert line[0].x == 0
    assert line[1].x - line[0].x - CELL == pytest.approx(LATIN_GAP * CELL)
    assert line[3].x - line[2].x - CELL / 2 == pytest.approx(LATIN_GAP * CELL)
    assert broken("12一", first=0)[0][0].x == 0


def test_a_long_number_is_parted_after_its_hyphen_where_the_line_would_be_blown_apart() -> None:
    lines = broken("一" * 20 + "申请号BY-2026-0006是" + "二" * 9, first=0)
    assert "".join(p.glyph.char for p in lines[0]).endswith("BY-2026-")
    assert "".join(p.glyph.char for p in lines[1]).startswith("0006")


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
