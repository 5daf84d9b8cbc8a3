"""Days as tables have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from deskapp.errors import DeskError
from deskapp.parsing import NUMERALS, half_width, in_digits, parse_day

_CLOCK = r"[0-9]{1,2}[:：时][0-9]{1,2}(?:[:：分][0-9]{1,2}(?:\.[0-9]+)?秒?|分)?(?:AM|PM|am|pm|Z|\+08:00)?"
_PART = r"(?:上午|下午|中午|晚上|凌晨)"
_WEEKDAY = r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
# What stands behind a whole day and says nothing of it: behind a blank, or directly where nothing can be confused.
_BEHIND_BLANK = re.compile(rf"[\s　]+(?:{_WEEKDAY}|{_PART})?[\s　]*(?:{_PART})?[\s　]*(?:{_CLOCK})?$")
_ATTACHED = re.compile(rf"(?:(?<=[0-9日号])(?:{_WEEKDAY}|{_PART}|[Tt]{_CLOCK})|(?<=[日号])(?:{_PART})?{_CLOCK})+$")
_BETWEEN = re.compile(r"(?<=[0-9])[、—–－/．.](?=[0-9])")
_CHINESE = re.compile(
    "(?:[〇零○一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九]?十?[一二三四五六七八九]?)[日号]?"
)
_NUMERALS = re.compile(f"{NUMERALS}+")
FIRST_SERIAL, LAST_SERIAL = 39569, 54789  # 2008-05-01 to 2050-01-01, as a table program counts days
BEFORE_FIRST = date(1899, 12, 30)


@lru_cache(maxsize=8192)  # the same days come again and again
def day_of(text: str, year: int = 0) -> date | None:
    """A day in a table, with its year: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日 or 号, also with a time, a weekday or
    a full stop behind it, and as the number that a table program counts; 3月15日 only where the ``year`` of the sheet is known. None
    otherwise."""
    plain = half_width(_BEHIND_BLANK.sub("", text.strip()))
    if _CHINESE.match(plain):
        plain = _NUMERALS.sub(lambda found: in_digits(found[0]), plain)
    plain = _ATTACHED.sub("", plain).rstrip(".。").replace("号", "日")
    plain = _BETWEEN.sub("-", plain)
    if re.fullmatch("[0-9]{5}", plain) and FIRST_SERIAL <= int(plain) <= LAST_SERIAL:
        return BEFORE_FIRST + timedelta(days=int(plain))
    if re.fullmatch(r"[0-9]{1,2}\.[123]", text.strip()):
        return None  # 3.1 may be the 10th of March, of which a table program took the end
    if not re.match("[0-9]{4}", plain) and year and re.match(r"[0-9]{1,2}[-月]", plain):
        plain = f"{year}-{plain.replace('月', '-').removesuffix('日')}"
    if not re.match("[0-9]{4}", plain):
        return None
    with suppress(DeskError):
        return parse_day(plain, date.min)
    return None


def days_in_order(cells: dict[str, str], columns: Sequence[str], year: int) -> list[str]:
    """Make the days of a line ISO where they can be read, in the order in which they follow each other; the columns whose day was taken for
    the next year's, because it has no year of its own and would lie before the one that it follows: 12月18日 received, 1月12日 answered."""
    turned, last = [], date.min
    for column in columns:
        text = cells[column]
        if not text or (day := day_of(text, year)) is None:
            continue
        if day < last:
            later = [found for turn in (last.year, last.year + 1) if (found := day_of(text, turn)) and found >= last]
            if later:  # it has no year of its own
                turned.append(column)
                day = later[0]
        cells[column], last = day.isoformat(), max(last, day)
    return turned
