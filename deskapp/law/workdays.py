"""Working days: weekends, the days off and the make-up days of each year's official notice, and local holidays.

One file a year under ``data/calendar/``; a unit may bring further years and the holidays of its own place
(:mod:`deskapp.law.calendar_file`). In a year without a notice the days of leave that the law itself names are holidays, all
else counts as a working day from Monday to Friday; the notice that is still to come moves such dates both ways (days off
later, make-up days earlier), so every result that touches such a year is provisional.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from deskapp.law.dated import DATA, Frozen, Sourced, in_force, load, parse, read_toml, remembered
from deskapp.law.errors import LawError

DayKind = Literal["work", "rest", "holiday", "makeup"]
Confidence = Literal["verified", "unverified"]
FIRST, LAST = date(2006, 1, 1), date(2049, 12, 31)  # of the days that people may write
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


class _Arranged(NamedTuple):
    """Days off and days worked instead that touch a year."""

    off: frozenset[date]
    makeup: frozenset[date]


class Calendar:
    """Working days, each year's in their order, made when the year is first asked for: most questions touch one or two."""

    def __init__(
        self, years: Mapping[int, CalendarYear] | Iterable[CalendarYear], local: Iterable[LocalHolidays] = ()
    ) -> None:
        self.years = years if isinstance(years, Mapping) else {year.year: year for year in years}
        self.local = tuple(local)
        self._moving = load(
            LeaveFile, "festivals.toml"
        ).moving  # of the law that is in use now, whenever a year is asked for
        self._arranged: dict[int, _Arranged] = {}
        self._work: dict[int, list[date]] = {}

    def _of(self, year: int) -> _Arranged:
        """What is arranged for the days of a year: by its own notice, and by those of the years beside it, which may reach into it; without
        one of its own, what the law itself names."""
        found = self._arranged.get(year)
        if found is None:
            near = [self.years[n] for n in (year - 1, year, year + 1) if n in self.years]
            holidays = [*chain.from_iterable(each.holiday for each in (*near, *self.local))]
            by_law = [] if year in self.years else [item for item in self._moving if item.year == year]
            found = self._arranged[year] = _Arranged(
                frozenset(chain(*(holiday.off for holiday in holidays), *(item.days_of_leave() for item in by_law))),
                frozenset(chain.from_iterable(holiday.makeup for holiday in holidays)),
            )
        return found

    def _working(self, year: int) -> list[date]:
        """The working days of a year; none before 2006 and in times nobody lives to see."""
        found = self._work.get(year)
        if found is None:
            found = self._work[year] = self._counted(year) if FIRST.year <= year <= FARTHEST else []
        return found

    def _counted(self, year: int) -> list[date]:
        arranged = self._of(year)
        days = map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
        # what kind() says, without a call for each day: a start of the desk waits for it
        return [
            day for day in days if day in arranged.makeup or (day.weekday() < SATURDAY and day not in arranged.off)
        ]

    def kind(self, day: date) -> DayKind:
        """What sort of day it is: work 工作日, rest 周末, holiday 放假, makeup 调休上班."""
        arranged = self._of(day.year)
        if day in arranged.makeup:
            return "makeup"
        if day in arranged.off:
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
        return self._at(day.year, bisect_right(self._inside(day), day) + n - 1)

    def next_working(self, day: date) -> date:
        """``day`` if it is a working day, else the next one."""
        return self._at(day.year, bisect_left(self._inside(day), day))

    def previous_working(self, day: date) -> date:
        """``day`` if it is a working day, else the last one before it."""
        return self._at(day.year, bisect_right(self._inside(day), day) - 1)

    def between(self, after: date, until: date) -> int:
        """Working days after ``after`` up to and including ``until``; negative when ``until`` lies before."""
        if until < after:
            return -self.between(until, after)
        whole = sum(len(self._working(year)) for year in _years(after, until))
        return whole + bisect_right(self._working(until.year), until) - bisect_right(self._working(after.year), after)

    def working_days(self, after: date, until: date) -> list[date]:
        """The working days after ``after`` up to and including ``until``, in their order."""
        days = chain.from_iterable(self._working(year) for year in (*_years(after, until), until.year))
        return [day for day in days if after < day <= until]

    def _at(self, year: int, index: int) -> date:
        """The working day at a place counted from the first one of a year, on into the years beside it."""
        while index < 0 and year > FIRST.year:
            year -= 1
            index += len(self._working(year))
        while index >= len(self._working(year)) and year < FARTHEST:
            index -= len(self._working(year))
            year += 1
        if not 0 <= index < len(self._working(year)):
            raise LawError(BEYOND.format("日期"))
        return self._working(year)[index]

    def _inside(self, day: date) -> list[date]:
        """The working days of the year of a day that can be counted from."""
        if not FIRST <= day < date(FARTHEST, 1, 1):
            raise LawError(BEYOND.format(f"日期 {day.isoformat()} "))
        return self._working(day.year)


def _years(after: date, until: date) -> range:
    """The years of which days can be counted, from that of a day up to, but without, that of a later one."""
    return range(max(after.year, FIRST.year), min(until.year, FARTHEST + 1))


@cache
def _files() -> dict[int, Path]:
    return {int(file.stem): file for file in sorted((DATA / "calendar").glob("*.toml"))}


@cache
def _shipped(year: int) -> CalendarYear:
    file = _files()[year]
    return parse(CalendarYear, read_toml(file), file.name)


class Years(Mapping[int, CalendarYear]):
    """The years that are shipped, each read when it is first wanted, since twenty files are a good part of a start; a unit's ``own`` take
    the place of those."""

    def __init__(self, own: Iterable[CalendarYear] = ()) -> None:
        self._own = {year.year: year for year in own}

    def __getitem__(self, year: int) -> CalendarYear:
        return self._own[year] if year in self._own else _shipped(year)

    def __contains__(self, year: object) -> bool:
        return year in self._own or year in _files()

    def __iter__(self) -> Iterator[int]:
        return iter(sorted({*_files(), *self._own}))

    def __len__(self) -> int:
        return len({*_files(), *self._own})


@remembered
def official_calendar() -> Calendar:
    """The calendar of the shipped years, one for a process."""
    return Calendar(Years())


def calendar_with(years: Iterable[CalendarYear], local: Iterable[LocalHolidays]) -> Calendar:
    """The shipped calendar with a unit's own years (they take the place of shipped ones) and local holidays."""
    return Calendar(Years(years), local)


def days_by_law(year: int) -> set[date]:
    """The days of leave that the law itself names for a year: the fixed ones, and those of the festivals that move where their days are
    known."""
    moving = [item for item in load(LeaveFile, "festivals.toml").moving if item.year == year]
    return fixed_days(year).union(*(item.days_of_leave() for item in moving))


def leave_in(year: int) -> Leave:
    """The leave of all citizens in ``year``. Raises LawError before 2008."""
    values: tuple[Leave, ...] = load(LeaveFile, "festivals.toml").leave
    return in_force(values, date(year, 1, 1), "全体公民放假的节日")
