"""A span of days that figures are asked for: a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from deskapp.law.errors import LawError

QUARTER = 3  # months
WRITTEN = "请写成 2026-10（一个月）、2026Q3（一个季度）、2026（一年），或者 2026-01-01..2026-06-30。"


@dataclass(frozen=True)
class DaySpan:
    """From the first day to the last, both with it, and what people call it."""

    first: date
    last: date
    name: str

    @property
    def a_year_before(self) -> DaySpan:
        """The same span of the year before; the last day of a month stays that."""
        whole_months = self.first.day == 1 and (self.last + timedelta(1)).day == 1
        first = _year_before(self.first)
        last = _year_before(self.last + timedelta(1)) - timedelta(1) if whole_months else _year_before(self.last)
        return DaySpan(first, last, f"{first}至{last}")


def _year_before(day: date) -> date:
    """The same day of the year before; of 29 February the day before the first of March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def month_of(day: date) -> DaySpan:
    """The month that a day is in."""
    return _months(day.year, day.month, 1, f"{day.year}年{day.month}月")


def _months(year: int, month: int, count: int, name: str) -> DaySpan:
    first = date(year, month, 1)
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return DaySpan(first, after - timedelta(1), name)


def span_of(text: str) -> DaySpan:
    """The span that a text names: 2026-10, 2026Q3, 2026, 2026-01-01..2026-06-30. Raises LawError for anything else."""
    plain = text.strip().upper()
    try:
        if found := re.fullmatch(r"(2[0-9]{3})-([0-9]{1,2})", plain):
            return _months(int(found[1]), int(found[2]), 1, f"{found[1]}年{int(found[2])}月")
        if found := re.fullmatch(r"(2[0-9]{3})Q([1-4])", plain):
            return _months(
                int(found[1]),
                (int(found[2]) - 1) * QUARTER + 1,
                QUARTER,
                f"{found[1]}年第{'一二三四'[int(found[2]) - 1]}季度",
            )
        if re.fullmatch("2[0-9]{3}", plain):
            return _months(int(plain), 1, 12, f"{plain}年")
        if found := re.fullmatch(r"(2[0-9]{3}-[0-9]{2}-[0-9]{2})\.\.(2[0-9]{3}-[0-9]{2}-[0-9]{2})", plain):
            first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
            if first <= last:
                return DaySpan(first, last, f"{first}至{last}")
    except ValueError:
        pass
    raise LawError(f"【{text[:40]}】不是一段时间，{WRITTEN}")
