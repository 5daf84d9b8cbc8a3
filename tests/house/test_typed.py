"""What people type, made sense of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.errors import DeskError
from deskapp.parsing import half_width, one_line, parse_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "20261102",
        "2026-11-02",
        "2026/11/2",
        "2026.11.2",
        "2026年11月2日",
        "11-2",
        "11/02",
        "11月2日",
        "２０２６－１１－０２",
        " 2026-11-02\n",
    ],
)
def test_every_usual_form_of_a_day(text: str) -> None:
    assert parse_day(text, TODAY) == date(2026, 11, 2)


def test_today_in_words() -> None:
    assert parse_day("今天", TODAY) == TODAY


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "2026-02-30", "1730505600", "20261", "2026-11-02-03", "②"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(DeskError, match="不是日期"):
        parse_day(text, TODAY)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert not set(line) & set("\r\n\t\x00\x1b\u202e\u200b")
    assert line == line.strip()


@given(st.text())
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = parse_day(text, TODAY)
    except DeskError:
        return
    assert day.year >= 1


def test_full_width_numbers() -> None:
    assert half_width("ＸＡ１２３ ４５６") == "XA123456"
