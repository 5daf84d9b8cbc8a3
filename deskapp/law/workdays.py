"""Working days: weekends, the days off and the make-up days of each year's official notice, and local holidays.

One file a year under ``data/calendar/``; a unit may bring further years and the holidays of its own place
(:mod:`deskapp.law.calendar_file`). In a year without a notice the days of leave that the law itself names are holidays, all
else counts as a working day from Monday to Friday; the notice that is still to come moves such dates both ways (days off
later, make-up days earlier), so every result that touches such a year is provisional.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from deskapp.law.dated import DATA, Frozen, Sourced, in_force, load, parse, read_toml, remembered
from deskapp.law.errors import LawError

DayKind = Literal["work", "rest", "holiday", "makeup"]
Confidence = Literal["verified", "unverified"]
FIRST, LAST = date(2006, 1, 1), date(2049, 12, 31)  # of the table as it is built; it grows when it has to
FARTHEST = 2998
BEYOND = "{}超出了可以计算的范围（2006年至2997年），请核对年份。"
SATURDAY = 5


class Holiday(Frozen):
    """One holiday of a year: its days off and the weekend days worked instead."""

    name: str
    off: tuple[date, ...]
    makeup: tuple[date, ...] = ()


class CalendarYear(Frozen):
    """The official arrangement of one year, with the notice it comes from and the later ones that changed it."""

    year: int
    title: str
    number: str
    also: tuple[str, ...] = ()
    number_confidence: Confidence
    days_confidence: Confidence
    checked_on: date
    holiday: tuple[Holiday, ...]


class LocalHolidays(Frozen):
    """The holidays of one place (全国年节及纪念日放假办法 4), with the notice they come from."""

    place: str
    title: str
    number: str
    checked_on: date
    holiday: tuple[Holiday, ...]


class Leave(Sourced):
    """The days of leave of all citizens in a year and the festivals they belong to."""

    days: int
    festivals: tuple[str, ...]


SECOND_OF_MAY = 2025  # the year from which 5月2日 is a day of leave (办法 2024 第二条)


def fixed_days(year: int) -> set[date]:
    """The days of leave of a year that are the same in every one (全国年节及纪念日放假办法 2: 元旦, 劳动节, 国庆节)."""
    fixed = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3), *([(5, 2)] if year >= SECOND_OF_MAY else []))
    return {date(year, month, day) for month, day in fixed}


class MovingFestivals(Sourced):
    """The days of a year's festivals whose day moves: 正月初一, 清明, 端午, 中秋."""

    year: int
    spring: date
    qingming: date
    dragon_boat: date
    mid_autumn: date

    def days_of_leave(self) -> set[date]:
        """Every day of leave that the law itself names for the year (全国年节及纪念日放假办法 2)."""
        return {
            *fixed_days(self.year),
            *(self.spring + timedelta(n) for n in range(-1, 3)),
            self.qingming,
            self.dragon_boat,
            self.mid_autumn,
        }


class LeaveFile(Frozen):
    """The content of festivals.toml."""

    leave: tuple[Leave, ...]
    moving: tuple[MovingFestivals, ...]


class Calendar:
    """Working days as a sorted table; look-ups by bisection."""

    def __init__(self, years: Iterable[CalendarYear], local: Iterable[LocalHolidays] = ()) -> None:
        self.years = {year.year: year for year in years}
        self.local = tuple(local)
        holidays = [*chain.from_iterable(year.holiday for year in self.years.values())]
        holidays += chain.from_iterable(place.holiday for place in self.local)
        self._off = {day for holiday in holidays for day in holiday.off}
        expected = load(LeaveFile, "festivals.toml").moving
        self._off |= {day for item in expected if item.year not in self.years for day in item.days_of_leave()}
        self._makeup = {day for holiday in holidays for day in holiday.makeup}
        self._work: list[date] = []
        self._until = FIRST - timedelta(1)
        self._reach(LAST)

    def _reach(self, day: date) -> None:
        """Continue the table through the year after a day. Nobody works so far ahead: such days come from a clock that was set wrong,
        and a case that has one must still be counted, if provisionally, to be opened and put right."""
        if day <= self._until:
            return
        first, end = self._until + timedelta(1), date(min(day.year + 1, FARTHEST), 12, 31)
        days = map(date.fromordinal, range(first.toordinal(), end.toordinal() + 1))
        off, makeup = self._off, self._makeup
        # what kind() says, without a call for each of 16,000 days: every start of the desk waits for this table
        self._work += [day for day in days if day in makeup or (day.weekday() < SATURDAY and day not in off)]
        self._until = end

    def kind(self, day: date) -> DayKind:
        """What sort of day it is: work 工作日, rest 周末, holiday 放假, makeup 调休上班."""
        if day in self._makeup:
            return "makeup"
        if day in self._off:
            return "holiday"
        return "rest" if day.weekday() >= SATURDAY else "work"

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return self.kind(day) in ("work", "makeup")

    def covers(self, first: date, last: date) -> bool:
        """Whether every year from ``first`` to ``last`` has an official calendar."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def nth_after(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (n >= 1). Raises LawError before 2006, and in times nobody lives to see."""
        return self._at(bisect_right(self._work, self._inside(day)) + n - 1)

    def next_working(self, day: date) -> date:
        """``day`` if it is a working day, else the next one."""
        return self._at(bisect_left(self._work, self._inside(day)))

    def previous_working(self, day: date) -> date:
        """``day`` if it is a working day, else the last one before it."""
        return self._at(bisect_right(self._work, self._inside(day)) - 1)

    def between(self, after: date, until: date) -> int:
        """Working days after ``after`` up to and including ``until``; negative when ``until`` lies before."""
        self._reach(min(max(after, until), date(FARTHEST, 12, 31)))
        return bisect_right(self._work, until) - bisect_right(self._work, after)

    def working_days(self, after: date, until: date) -> list[date]:
        """The working days after ``after`` up to and including ``until``, in their order."""
        self._reach(min(until, date(FARTHEST, 12, 31)))
        return self._work[bisect_right(self._work, after) : bisect_right(self._work, until)]

    def _at(self, index: int) -> date:
        while index >= len(self._work) and self._until.year < FARTHEST:
            self._reach(self._until + timedelta(1))
        if not 0 <= index < len(self._work):
            raise LawError(BEYOND.format("日期"))
        return self._work[index]

    def _inside(self, day: date) -> date:
        if not FIRST <= day < date(FARTHEST, 1, 1):
            raise LawError(BEYOND.format(f"日期 {day.isoformat()} "))
        self._reach(day)
        return day


@remembered
def official_calendar() -> Calendar:
    """The calendar of the shipped years, built once a process."""
    files = sorted((DATA / "calendar").glob("*.toml"))
    return Calendar(parse(CalendarYear, read_toml(file), file.name) for file in files)


def calendar_with(years: Iterable[CalendarYear], local: Iterable[LocalHolidays]) -> Calendar:
    """The shipped calendar with a unit's own years (they take the place of shipped ones) and local holidays."""
    return Calendar((official_calendar().years | {year.year: year for year in years}).values(), local)


def days_by_law(year: int) -> set[date]:
    """The days of leave that the law itself names for a year: the fixed ones, and those of the festivals that move where their days are
    known."""
    moving = [item for item in load(LeaveFile, "festivals.toml").moving if item.year == year]
    return fixed_days(year).union(*(item.days_of_leave() for item in moving))


def leave_in(year: int) -> Leave:
    """The leave of all citizens in ``year``. Raises LawError before 2008."""
    values: tuple[Leave, ...] = load(LeaveFile, "festivals.toml").leave
    return in_force(values, date(year, 1, 1), "全体公民放假的节日")
