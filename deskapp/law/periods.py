"""The periods of the law as dated values, looked up by the day of receipt; those of disputes by the day the copy came in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from deskapp.law.dated import Frozen, Sourced, in_force, load

PeriodKey = Literal[
    "reply", "extension", "correction_notice", "correction_answer", "party_opinion", "agency_opinion", "payment",
    "review_answer", "review_answer_simple", "suit_answer",
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


@lru_cache(maxsize=1)
def first_day_of_law() -> date:
    """The day the first Regulation came into force: no application is older."""
    values: tuple[Period, ...] = load(PeriodFile, "periods.toml").period
    return min(value.valid_from for value in values)


def period(key: PeriodKey, received_on: date) -> Period:
    """The period ``key`` for an application received on that day. Raises LawError before 2008-05-01."""
    values: tuple[Period, ...] = load(PeriodFile, "periods.toml").period
    named = [value for value in values if value.key == key]
    return in_force(named, received_on, named[0].name)
