"""What people type, made sense of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.errors import DeskError
from deskapp.parsing import When, half_width, one_line, parse_day

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


@pytest.mark.parametrize(
    ("when", "text", "today", "day"),
    [
        ("past", "12-30", date(2027, 1, 2), date(2026, 12, 30)),
        ("past", "1-2", date(2027, 1, 2), date(2027, 1, 2)),
        ("past", "12-22", date(2026, 11, 20), date(2025, 12, 22)),
        ("past", "2-29", date(2025, 1, 5), date(2024, 2, 29)),
        ("ahead", "1-15", date(2026, 11, 20), date(2027, 1, 15)),
        ("ahead", "11-20", date(2026, 11, 20), date(2026, 11, 20)),
        ("ahead", "2-29", date(2027, 3, 1), date(2028, 2, 29)),
        ("near", "11-1", date(2026, 11, 20), date(2026, 11, 1)),
        ("near", "1-1", date(2026, 11, 20), date(2027, 1, 1)),
        ("past", "2027-01-15", date(2026, 11, 20), date(2027, 1, 15)),
    ],
)
def test_a_day_without_a_year_is_the_one_that_is_meant(when: When, text: str, today: date, day: date) -> None:
    assert parse_day(text, today, when=when) == day


@pytest.mark.parametrize("text", ["11-21", "12-21"])
def test_a_slip_of_the_hand_does_not_go_a_year_back(text: str) -> None:
    with pytest.raises(DeskError, match=r"还没有到.*是2025年的，请写成2025-1"):
        parse_day(text, TODAY)


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
