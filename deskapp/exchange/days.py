"""Days as tables have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from deskapp.errors import DeskError
from deskapp.parsing import NUMERALS, half_width, in_digits, parse_day

_CLOCK = (
    r"[0-9]{1,2}(?:[:：时点][0-9]{1,2}(?:[:：分][0-9]{1,2}(?:\.[0-9]+)?秒?|分)?|[时点](?:整|半)?)(?:AM|PM|am|pm)?"
)
_PART = r"(?:上午|下午|中午|晚上|凌晨)"
_WEEKDAY = r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
# What stands behind a whole day and says nothing of it: behind a blank, or directly where nothing can be confused.
_BEHIND_BLANK = re.compile(rf"[\s　]+(?:{_WEEKDAY}|{_PART})?[\s　]*(?:{_PART})?[\s　]*(?:{_CLOCK})?$")
_ATTACHED = re.compile(
    rf"(?:(?<=[0-9日号)）])(?:{_WEEKDAY}|{_PART}|[Tt]{_CLOCK})|(?<=[日号])(?:{_PART})?{_CLOCK}|(?<=[午晨上]){_CLOCK}|(?<=[日号])收(?:到|件)?)+$"
)
_MONTH_IN_NUMERALS = re.compile(f"(?<=[0-9]年){NUMERALS}{{1,2}}(?=月)|(?<=月){NUMERALS}{{1,3}}(?=[日号])")
# A moment that says where its clock stands: programs write the world's time, in which a day here begins at 16:00 of the one before.
_MOMENT = re.compile(
    r"(?P<day>.*[0-9])(?:[Tt]|\s+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?\s*"
    r"(?:[Zz]|(?:UTC|GMT)(?=$|[-+−])|(?=[-+−]))(?:(?P<sign>[-+−])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?"
)
LONGEST_DAY = 100  # signs, with weekday and time
OURS, HOUR, DAY = 8 * 60, 60, 24 * 60  # minutes: how far our clock is before the world's
_PARTED = re.compile(r"\d\s+\d")  # 2026.3.1 5 may be the 1st, the 5th or the 15th
_IN_PARTS = re.compile(r"([0-9]{4})\s+([0-9]{1,2})\s+([0-9]{1,2})")
_BETWEEN = re.compile(r"(?<=[0-9])[、—–－/．.·・•](?=[0-9])")
_CHINESE = re.compile(
    "(?:[〇零○一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九]?十?[一二三四五六七八九]?)[日号]?"
)
_NUMERALS = re.compile(f"{NUMERALS}+")
_SHORT_YEAR = re.compile("([0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
# What somebody has noted behind a day and that does not make it another one: how it came or went, that it was entered later.
_NOTE = re.compile(
    r"(?:[\s　]+|(?<=[0-9日号])(?=[（(【\[A-Za-z]))[（(【\[]?(?P<note>补登|补录|补记|收到?|收件|EMS|ems|挂号信?|邮寄|快递|信函|平信|网上|网络|平台|当面"
    r"|现场|窗口|传真|口头)[）)】\]]?$"
)
NEAR_YEARS = 1  # how far a year of two digits may lie from that of the sheet
FIRST_SERIAL, LAST_SERIAL = 39569, 54789  # 2008-05-01 to 2050-01-01, as a table program counts days
BEFORE_FIRST = date(1899, 12, 30)
LATER_1904 = 1462  # days by which a book that counts from 1904 counts less (ECMA-376, 18.17.4.1)


def since_1904(text: str) -> str:
    """The number that a book from 1904 on has for a day as the one that others have; any other text as it is."""
    serial = int(text) + LATER_1904 if re.fullmatch("[0-9]{5}", text) else 0
    return str(serial) if FIRST_SERIAL <= serial <= LAST_SERIAL else text


@lru_cache(maxsize=8192)  # the same days come again and again
def day_of(text: str, year: int = 0) -> date | None:
    """A day in a table, with its year: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日 or 号, also with a time, a weekday or
    a full stop behind it, and as the number that a table program counts; 3月15日 and 26/3/15 only where the ``year`` of the sheet is known. A moment
    with Z or an offset is the day that it is here. None otherwise, also for what is longer than any day with its time."""
    text = " ".join(text.split())
    if len(text) > LONGEST_DAY:
        return None
    if moment := _MOMENT.fullmatch(text):
        return _here(moment, year)
    plain = _IN_PARTS.sub(r"\1-\2-\3", _BEHIND_BLANK.sub("", text))
    if _PARTED.search(plain):
        return None
    plain = half_width(plain)
    if _CHINESE.match(plain):
        plain = _NUMERALS.sub(lambda found: in_digits(found[0]), plain)
    plain = _MONTH_IN_NUMERALS.sub(lambda found: in_digits(found[0]), plain)
    plain = _ATTACHED.sub("", plain).rstrip(".。").replace("号", "日")
    plain = _BETWEEN.sub("-", plain)
    if re.fullmatch("[0-9]{5}", plain) and FIRST_SERIAL <= int(plain) <= LAST_SERIAL:
        return BEFORE_FIRST + timedelta(days=int(plain))
    if re.fullmatch(r"[0-9]{1,2}\.[123]", text):
        return None  # 3.1 may be the 10th of March, of which a table program took the end
    if short := _SHORT_YEAR.fullmatch(plain):
        plain = _with_century(short, year)
    elif not re.match("[0-9]{4}", plain) and year and re.match(r"[0-9]{1,2}[-月]", plain):
        plain = f"{year}-{plain.replace('月', '-').removesuffix('日')}"
    if not re.match("[0-9]{4}", plain):
        return None
    with suppress(DeskError):
        return parse_day(plain, date.min)
    return None


def _with_century(short: re.Match[str], year: int) -> str:
    """26/3/15 with its century where the year of the sheet makes one reading of it; empty otherwise: 25/12/26 may be of either year."""
    first, month, last = (int(part) for part in short.groups())
    backwards = 2000 + last == year and first <= 31 and first != last
    if not year or abs(2000 + first - year) > NEAR_YEARS or backwards:
        return ""
    return f"{2000 + first}-{month}-{last}"


def has_short_year(text: str) -> bool:
    """Whether a day is written with two digits of its year: 26/3/15."""
    return len(text) <= LONGEST_DAY and _SHORT_YEAR.fullmatch(half_width(text.strip())) is not None


def without_note(text: str) -> tuple[str, str]:
    """A day without what is noted behind it, and that note; the text and nothing where there is none, or one that may say that the day is
    another."""
    if len(text) > LONGEST_DAY:
        return text, ""
    found = _NOTE.search(text)
    return (text[: found.start()], found["note"]) if found else (text, "")


def _here(moment: re.Match[str], year: int) -> date | None:
    """The day of a moment by our clock; None for one that no clock shows."""
    hour, minute, hours, minutes = (int(moment[part] or 0) for part in ("hour", "minute", "hours", "minutes"))
    day = day_of(moment["day"], year)
    if day is None or hour >= DAY // HOUR or minute >= HOUR or hours > 14 or minutes >= HOUR:
        return None
    offset = (hours * HOUR + minutes) * (1 if moment["sign"] == "+" else -1)
    with suppress(OverflowError):
        return day + timedelta(days=(hour * HOUR + minute - offset + OURS) // DAY)
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
