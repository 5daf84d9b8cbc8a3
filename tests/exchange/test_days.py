"""A cell of a day with a great deal of nothing in it is read at once."""

from datetime import date

import pytest

from deskapp.exchange.days import LONGEST_DAY, day_of

BLANKS = " " * 40_000


@pytest.mark.parametrize(
    "text", [f"2026-03-05{BLANKS}10:30", f"{BLANKS}2026-03-05{BLANKS}", f"2026-03-05{BLANKS}星期四"]
)
def test_blanks_are_no_part_of_a_day(text: str) -> None:
    assert day_of(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", [f"2026-03-05{BLANKS}x", "2026-03-05" + " 1" * 20_000, "1" * 40_000, "T" * 40_000])
def test_what_is_longer_than_any_day_is_none(text: str) -> None:
    assert day_of(text) is None
    assert len("2026年11月21日（星期六）上午10时30分15秒") < LONGEST_DAY


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日9时", "2026年3月5日14点30分", "2026年3月5日（周四）上午", "2026·3·5", "2026年三月5日", "2026年3月五日", "2026年3月5日收",
        "2026年3月5日收到", "2026年3月5日上午9时", "2026年3月5日（星期四）下午3时20分", "2026年3月5日下午3点半", "2026-03-05 9时",
    ],
)  # fmt: skip
def test_a_day_that_is_plain_to_a_reader(text: str) -> None:
    assert day_of(text) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "text", ["收2026年3月5日", "2026.3.5-3.7", "2026年3月5日9", "2026年三月廿五", "2026年3月5日收费", "·2026·3·5"]
)
def test_a_day_that_is_not_plain(text: str) -> None:
    assert day_of(text) is None
