"""An invented example made to fit an office: its own name and place in the place of the invented ones, days that agree with each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from deskapp.unit import UnitProfile
from letters.example import UNIT as INVENTED

SEAT = "人民政府"
PLACE = re.compile(r"^(?P<county>.+?[县市区旗])(?P<town>.+?(?:镇|乡|街道|苏木))")
ISO = re.compile(r"(?<![0-9])(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")
CHINESE = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
EXAMPLE_DAY = date(2026, 11, 6)  # on which the examples are issued


def fitted(facts: dict[str, Any], profile: UnitProfile, today: date) -> dict[str, Any]:
    """The facts as they would be of this office, issued on ``today``: every day in them as far from it as it was from the day of the
    example."""
    words, shift = _words(profile), today - EXAMPLE_DAY
    made: dict[str, Any] = _through(facts, words, shift)
    return made


def _words(profile: UnitProfile) -> list[tuple[str, str]]:
    """Invented words and what stands in their place, the longest first. An office that is no town has no place of its own in the story:
    the invented one goes without anything in its place."""
    found = PLACE.match(profile.name)
    county = found["county"] if found else _county(profile)
    town = found["town"] if found else ""
    invented = str(INVENTED["name"])
    pairs = [
        (invented, profile.name), (invented.removesuffix(SEAT), f"{county}{town}"), (str(INVENTED["review_body"]), profile.review_body),
        (str(INVENTED["court"]), profile.court), (str(INVENTED["address"]), profile.address), (str(INVENTED["phone"]), profile.phone),
        ("柳河镇", town), ("青山县", county), ("柳政依复", profile.letter_word),
    ]  # fmt: skip
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _county(profile: UnitProfile) -> str:
    """The county or city that the office is of, by its own name or that of the body above it."""
    found = re.match(r"^.+?[县市区旗]", profile.name) or re.match(r"^.+?[县市区旗]", profile.review_body)
    return found[0] if found else ""


def _through(value: Any, words: list[tuple[str, str]], shift: timedelta) -> Any:
    """A value with all texts in it put into other words and days."""
    if isinstance(value, dict):
        return {key: _through(item, words, shift) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_through(item, words, shift) for item in value]
    if not isinstance(value, str):
        return value
    pattern = re.compile("|".join(re.escape(old) for old, _ in words))
    told = pattern.sub(lambda found: dict(words)[found[0]], value)
    told = ISO.sub(lambda found: (date(*map(int, found.groups())) + shift).isoformat(), told)
    return CHINESE.sub(lambda found: _chinese(date(*map(int, found.groups())) + shift), told)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
