"""Calendars: a year of holidays, or local ones, comes in; which open cases move, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.law.calendar_file import Arrangement, advice, from_csv, from_toml
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.errors import LawError
from deskapp.law.workdays import Calendar, CalendarYear, LocalHolidays, calendar_with
from deskapp.register.journal import Journal

LARGEST = 1_000_000  # bytes; a year of holidays is about two thousand


@dataclass(frozen=True)
class Move:
    """An open case whose last day an arrangement moves."""

    case_no: str
    applicant: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class CalendarPreview:
    """What taking an arrangement in would do: its name, what looks incomplete, the cases it moves."""

    arrangement: Arrangement
    name: str
    replaces: bool
    advice: tuple[str, ...]
    moves: tuple[Move, ...]


class Calendars:
    """The moment the year's holidays become known."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def known(self) -> tuple[list[CalendarYear], tuple[LocalHolidays, ...]]:
        """The years and the local holidays that this desk counts with."""
        calendar = self._journal.calendar()
        return [calendar.years[year] for year in sorted(calendar.years)], calendar.local

    def read(self, path: Path, title: str = "", number: str = "", place: str = "") -> CalendarPreview:
        """The plan for a file (.toml or .csv); nothing is kept yet. Raises DeskError when the file is of no use."""
        text, today = _text(path), self._clock.today()
        try:
            is_csv = path.suffix.lower() == ".csv"
            found = from_csv(text, today, title, number, place) if is_csv else from_toml(text, today)
        except LawError as error:
            raise DeskError(str(error), "没有导入。", "") from error
        before, after = self._journal.calendar(), self._with(found)
        if isinstance(found, CalendarYear):
            name, replaces = f"{found.year}年放假安排", found.year in before.years
        else:
            name, replaces = f"{found.place}假日", any(item.place == found.place for item in before.local)
        return CalendarPreview(found, name, replaces, tuple(advice(found)), tuple(self._moves(before, after)))

    def take(self, plan: CalendarPreview) -> None:
        """Keep the arrangement of a plan; every date is counted with it from now on."""
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


def _last(deadline: Deadline) -> date | None:
    """The day a case must not miss: the last day, or the end of what it waits for."""
    return deadline.due_on or deadline.wait_until


def _text(path: Path) -> str:
    """The text of a file, UTF-8 or GB18030. Raises DeskError."""
    if path.suffix.lower() not in (".toml", ".csv"):
        raise DeskError(f"{path.name} 不是 .toml 或者 .csv 文件。", "没有导入。", "请把放假安排存成其中一种。")
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise DeskError(f"文件 {path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请检查文件。") from error
    if len(raw) > LARGEST:
        raise DeskError(f"文件 {path.name} 太大，不像放假安排。", "没有导入。", "请核对文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DeskError(f"文件 {path.name} 的编码不认识。", "没有导入。", "请另存为 UTF-8。")
