"""The periods of the law as dated values, looked up by the day of receipt; those of disputes by the day the copy came in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from deskapp.law.dated import Frozen, Sourced, in_force, load, remembered
from deskapp.law.errors import LawError

PeriodKey = Literal[
    "reply", "extension", "correction_notice", "correction_answer", "party_opinion", "agency_opinion", "payment",
    "review_answer", "review_answer_simple", "suit_answer", "publication",
]  # fmt: skip


class Period(Sourced):
    """One period: ``value`` counted in ``unit``."""

    key: PeriodKey
    name: str
    value: int
    unit: Literal["working_days", "days", "months"]


class PeriodFile(Frozen):
    """The content of periods.toml."""

    period: tuple[Period, ...]

    @cached_property
    def by_key(self) -> dict[PeriodKey, list[Period]]:
        """The values of each period, of whatever time."""
        found: dict[PeriodKey, list[Period]] = {}
        for value in self.period:
            found.setdefault(value.key, []).append(value)
        return found


@remembered
def first_day_of_law() -> date:
    """The day the first Regulation came into force: no application is older."""
    values: tuple[Period, ...] = load(PeriodFile, "periods.toml").period
    return min(value.valid_from for value in values)


NUMERALS = "零一二三四五六七八九"
IN_CHARACTERS = "字"  # as the format of a period in braces: {reply:字} is 二十


class Count(int):
    """A number of days that can be written in Chinese characters (up to 99)."""

    def __format__(self, spec: str) -> str:
        if spec != IN_CHARACTERS:
            return super().__format__(spec)
        tens, ones = divmod(self, 10)
        if not 0 < self < 100:
            raise LawError(f"{int(self)}不能写成汉字。")
        return ("十" if tens == 1 else f"{NUMERALS[tens]}十" if tens else "") + (NUMERALS[ones] if ones else "")


class _Spelled(dict[str, Count]):
    def __init__(self, on: date) -> None:
        super().__init__()
        self._on = on

    def __missing__(self, key: str) -> Count:
        known: tuple[PeriodKey, ...] = get_args(PeriodKey)
        found = next((name for name in known if name == key), None)
        if found is None:
            raise LawError(f"没有【{key}】这个期限。")
        return Count(period(found, self._on).value)


def periods_on(on: date) -> dict[str, int]:
    """All periods as they are on that day, by their keys; those that the day does not know yet are left out."""
    found: dict[str, int] = {}
    keys: tuple[PeriodKey, ...] = get_args(PeriodKey)
    for key in keys:
        with suppress(LawError):
            found[key] = period(key, on).value
    return found


def spelled(text: str, on: date) -> str:
    """A sentence with the periods that it names in braces, such as {reply} or {reply:字}, as they are on that day. Raises LawError
    for an unknown one. What is in no braces stays as it is."""
    return text.format_map(_Spelled(on)) if "{" in text else text


def period(key: PeriodKey, received_on: date) -> Period:
    """The period ``key`` for an application received on that day. Raises LawError before 2008-05-01."""
    named: list[Period] = load(PeriodFile, "periods.toml").by_key[key]
    return in_force(named, received_on, named[0].name)
