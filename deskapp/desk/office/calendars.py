"""Calendars: a year of holidays, or local ones, comes in; which open cases move, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.exchange.calendar_in import read_arrangement
from deskapp.law.calendar_file import (
    Arrangement,
    Differences,
    advice,
    differences,
    joined,
    lost_days,
)
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.workdays import Calendar, CalendarYear, LocalHolidays, calendar_with
from deskapp.register.journal import Journal

FEWER = "fewer"  # the code of a refusal
SHOWN = 8  # days that a sentence names
NOTHING_NEW = Differences((), (), ())


@dataclass(frozen=True)
class Move:
    """An open case whose last day an arrangement moves."""

    case_no: str
    applicant: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class CalendarPreview:
    """What taking an arrangement in would do: its name, what looks incomplete, the cases it moves; the days off and make-up days that are
    there now and would be there no more. ``news``: what differs, day by day. Local days are added to those that there are; ``instead`` is the
    plan that puts the file in their place, where that would lose some."""

    arrangement: Arrangement
    name: str
    replaces: bool
    advice: tuple[str, ...]
    moves: tuple[Move, ...]
    lost: tuple[str, ...] = ()
    news: Differences = NOTHING_NEW
    instead: CalendarPreview | None = None

    @property
    def told(self) -> list[str]:
        """What differs, a sentence for each kind."""
        kinds = (("添上", self.news.added), ("改了", self.news.changed), ("去掉", self.news.lost))
        return [f"{word}{len(days)}天：{_listed(days)}。" for word, days in kinds if days]

    @property
    def less(self) -> str:
        """What the one in its place has that this has not, in words; empty where it has all of it."""
        return f"{self.name}比现在用的少了{len(self.lost)}天：{_listed(self.lost)}。" if self.lost else ""


class Calendars:
    """The moment the year's holidays become known."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def known(self) -> tuple[list[CalendarYear], tuple[LocalHolidays, ...]]:
        """The years and the local holidays that this desk counts with."""
        calendar = self._journal.calendar()
        return [calendar.years[year] for year in sorted(calendar.years)], calendar.local

    def read(self, path: Path, title: str = "", number: str = "", place: str = "") -> CalendarPreview:
        """The plan for a file (.toml, or a table); nothing is kept yet. Raises DeskError when the file is of no use."""
        found = read_arrangement(path, self._clock.today(), title, number, place)
        plan, old = self._plan(found, tuple(advice(found))), _in_place_of(found, self._journal.calendar())
        if not (isinstance(found, LocalHolidays) and isinstance(old, LocalHolidays)):
            return plan
        return replace(self._plan(joined(old, found), plan.advice), instead=plan if plan.lost else None)

    def _plan(self, found: Arrangement, advised: tuple[str, ...]) -> CalendarPreview:
        """What putting an arrangement in its place would do."""
        before, after = self._journal.calendar(), self._with(found)
        old = _in_place_of(found, before)
        name = f"{found.year}年放假安排" if isinstance(found, CalendarYear) else f"{found.place}假日"
        lost = tuple(lost_days(old, found)) if old else ()
        moves = tuple(self._moves(before, after))
        return CalendarPreview(found, name, old is not None, advised, moves, lost, differences(old, found))

    def take(self, plan: CalendarPreview, fewer: bool = False) -> None:
        """Keep the arrangement of a plan; every date is counted with it from now on. ``fewer``: also where days are lost, which somebody
        has seen. Raises DeskError where nobody has."""
        old = _in_place_of(plan.arrangement, self._journal.calendar())
        now = replace(plan, lost=tuple(lost_days(old, plan.arrangement)) if old else ())
        if now.lost and not (fewer and set(now.lost) <= set(plan.lost)):
            raise DeskError(
                now.less,
                "没有导入，还按现在的安排计算。",
                "多半是文件不全，请补全以后再导入；确实不放假、不调休了，命令里加上 --fewer，画面上看过以后选【照新的】。",
                code=FEWER,
            )
        self._journal.records.save_calendar(plan.arrangement)

    def _with(self, found: Arrangement) -> Calendar:
        """The desk's calendar as it would be with an arrangement."""
        now = self._journal.calendar()
        years, local = dict(now.years), {item.place: item for item in now.local}
        if isinstance(found, CalendarYear):
            years[found.year] = found
        else:
            local[found.place] = found
        return calendar_with(years.values(), local.values())

    def _moves(self, before: Calendar, after: Calendar) -> list[Move]:
        """Open cases whose last day differs between two calendars, earliest new date first."""
        today = self._clock.today()
        first_day = self._journal.unit(today).first_day
        found = []
        for case in self._journal.queries.not_answered():
            events = case.clock_events
            old, new = (evaluate(events, today, calendar, first_day) for calendar in (before, after))
            if _last(old) != _last(new):
                found.append(Move(case.case_no, case.who, _last(old), _last(new)))
        return sorted(found, key=lambda move: (move.after or date.max, move.case_no))


def _listed(days: Sequence[str]) -> str:
    return "、".join(days[:SHOWN]) + ("等" if len(days) > SHOWN else "")


def _in_place_of(found: Arrangement, calendar: Calendar) -> Arrangement | None:
    """What an arrangement would take the place of."""
    if isinstance(found, CalendarYear):
        return calendar.years.get(found.year)
    return next((item for item in calendar.local if item.place == found.place), None)


def _last(deadline: Deadline) -> date | None:
    """The day a case must not miss: the last day, or the end of what it waits for."""
    return deadline.due_on or deadline.wait_until
