"""What people type, made sense of: dates in every usual form, full-width digits, pasted lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from deskapp.errors import DeskError

WEEKDAYS = "一二三四五六日"  # by date.weekday()
LONGEST_CELL, LONGEST_TEXT = 200, 5000  # characters of one fact of a registration; of the content and the remark
# What nobody sees or what steers a terminal or the direction of writing: controls of both blocks, marks of direction, joiners, fillers,
# blanks that are letters, tags, half characters. Variation selectors stay: the names of people are written with them.
UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    r"\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
CONTROL = re.compile(f"[{UNSEEN}]")
STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
NO_INK = (
    "Mn",
    "Me",
    "Mc",
    "Zs",
    "Zl",
    "Zp",
    "Cc",
    "Cf",
    "Cs",
    "Cn",
)  # kinds of characters that print nothing by themselves
# Radicals that stand for whole characters, as texts copied out of PDF files have them (Unicode, EquivalentUnifiedIdeograph); those of the
# other block, U+2F00 to U+2FD5, by NFKC.
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_WHOLE = (
    "⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺗心⺜日⺝月⺟母⺠民⺧牛⺩王⺫目⺬示⺴冗⺶羊⺻聿⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻏邑⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_CHARACTERS = dict(zip(map(ord, _WHOLE[::2]), _WHOLE[1::2], strict=True)) | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_HAN = "[\u3400-\u9fff〇\U00020000-\U0003ffff]"
_PARTED_NAME = rf"{_HAN}(?:\s+{_HAN}){{1,3}}"  # made a pattern when it is first wanted: that takes 3 ms
DAY_FORMS = (
    re.compile(r"^(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$"),
    re.compile(r"^(?P<y>[0-9]{4})[-/.年](?P<m>[0-9]{1,2})[-/.月](?P<d>[0-9]{1,2})日?$"),
    re.compile(r"^(?P<m>[0-9]{1,2})[-/.月](?P<d>[0-9]{1,2})日?$"),
)


LOST_SIGN = "\ufffd"  # stands where a sign was lost in copying or converting


def one_line(text: str) -> str:
    """Text on one line: line ends and tabs become spaces, what nobody sees goes, edges are trimmed, radicals that stand for characters
    become these. What would print nothing is nothing."""
    if text.isascii() and text.isprintable():  # most cells of a table: a sign of ASCII that can be printed has ink
        return text.strip()
    if not text.isprintable():  # most texts need nothing of this
        text = re.sub(r"\s*[\r\n\t]+\s*", " ", text)
    text = CONTROL.sub("", text).strip()
    if _RADICAL.search(text):
        text = text.translate(_CHARACTERS)
    if text and not text[0].isalnum() and all(unicodedata.category(char) in NO_INK for char in text):
        return ""
    return text


def person_name(text: str) -> str:
    """A name on one line; the blanks by which lists align 李　明 with names of three characters are none of it."""
    plain = one_line(text)
    parted = "".join(plain.split())
    return parted if parted != plain and re.fullmatch(_PARTED_NAME, plain) else plain


def safe_to_show(text: str) -> str:
    """Text of an older register as a terminal may get it: what would steer it is shown as U+FFFD; line ends stay."""
    return text if text.isprintable() else STEERING.sub(LOST_SIGN, text)


def half_width(text: str) -> str:
    """Full-width digits and letters as half-width ones (NFKC), without spaces: for numbers only, never for names."""
    if text.isascii() and text.isprintable():
        return text.replace(" ", "")
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", one_line(text)))


LONG_NUMBER = 15  # signs of an identity number of the old form; the shorter ones are those of passports and the like
_FULL = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D)
}


def plain_digits(text: str) -> str:
    """A text in which digits, letters and the dash typed full width are the usual ones, everything else as it is: an address."""
    return text.translate(_FULL)


DIGITS = 9  # of a number; more is a slip of the hand


def whole_number(text: str) -> int | None:
    """A number written with the digits 0 to 9, of at most ``DIGITS``; None for anything else. Signs that only count as digits somewhere, ²
    or ٣, are none, and a number of thousands of digits is none that anybody means."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


When = Literal["past", "ahead", "near"]
"""What a day is about: what has happened, what is to come, what may be either."""
SLIP = timedelta(
    days=31
)  # a day without a year that is as near in the future is no day of last year that somebody means


def parse_day(text: str, today: date, what: str = "日期", when: When = "past", field: str = "") -> date:
    """The day that was typed: 20261121, 2026-11-21, 2026/11/21, 2026年11月21日, 11-21, 今天.

    One without a year is, of what has happened, the last such day up to ``today``; of what is to come, the first from ``today`` on; else
    the nearest. Raises DeskError, with the key of the form's ``field``, when it is no day, or one that is only about to come and should have been.
    """
    plain = half_width(text)
    if plain in ("今天", "今日"):
        return today
    for form in DAY_FORMS:
        if found := form.match(plain):
            parts = found.groupdict()
            month, day = int(parts["m"]), int(parts["d"])
            days = _days_of(
                month, day, [int(parts["y"])] if parts.get("y") else range(today.year - 1, today.year + 2)
            )
            if parts.get("y") and days:
                return days[0]
            if chosen := _chosen(days, today, when):
                return _no_slip(chosen, days, today, what, field) if when == "past" else chosen
    written = f"请写成 {today}、{today:%Y%m%d} 或者 {today:%m-%d}。"
    raise DeskError(f"{what}【{one_line(text)}】不是日期。", "", written, field)


def moment_of(text: str) -> datetime | None:
    """A moment as the program writes it; None for anything else. One without a zone is taken for the world's time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _days_of(month: int, day: int, years: Iterable[int]) -> list[date]:
    """That day in these years, where there is one."""
    found = []
    for year in years:
        with suppress(ValueError):
            found.append(date(year, month, day))
    return found


def _chosen(days: list[date], today: date, when: When) -> date | None:
    """The one of these days that is meant."""
    if when == "past":
        return max((day for day in days if day <= today), default=None)
    if when == "ahead":
        return min((day for day in days if day >= today), default=None)
    return min(days, key=lambda day: abs(day - today), default=None)


def _no_slip(chosen: date, days: list[date], today: date, what: str, field: str) -> date:
    """``chosen``, a day that has been, unless the same day is about to come: a slip of the hand must not go a year back unseen."""
    for day in days:
        if today < day <= today + SLIP:
            todo = f"请核对日期；是{chosen.year}年的，请写成{chosen}。"
            raise DeskError(f"{what}{day}还没有到（今天是{today}）。", "", todo, field)
    return chosen


NUMERALS = "[〇零○一二三四五六七八九十百]"
_NUMERAL = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def in_digits(numeral: str) -> str:
    """二〇二四 as 2024, 十 as 10, 二十一 as 21, 一百零五 as 105; digits as they are."""
    if not re.search("[十百]", numeral):
        return "".join(str(_NUMERAL.get(sign, sign)) for sign in numeral)
    total, last = 0, -1
    for sign in numeral:
        if sign in "十百":
            total += (last if last >= 0 else 1) * (10 if sign == "十" else 100)
            last = -1
        else:
            last = _NUMERAL.get(sign, -1) or -1  # 零 only parts
    return str(total + max(last, 0))


def masked(number: str) -> str:
    """An identity number as it may stand on paper and screens: its middle hidden, more than half of it, however short it is."""
    ends = min(len(number) // 5, 4) if len(number) < LONG_NUMBER else 4
    return f"{number[:ends]}{'*' * (len(number) - 2 * ends)}{number[len(number) - ends :]}"


LOCAL_PHONE = 8  # digits


def hidden(phone: str) -> str:
    """A telephone number as it may stand in a list: 139****0123; of a short one, as it is called from next door, its first two signs."""
    if len(phone) <= LOCAL_PHONE:
        return phone[:2] + "*" * (len(phone) - 2)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
