"""The acts of a day: what everybody at the desk did, person by person, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.clock import Clock
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.errors import DeskError
from deskapp.parsing import WEEKDAYS
from deskapp.register.journal import Journal
from deskapp.register.noted import Noted, noted_on

NOBODY = "没有写是谁"
COLUMNS, SHARES = ("经办", "时间", "登记号", "办了什么", "内容"), (12, 8, 18, 18, 44)
A_PAGE = 28  # rows


@dataclass(frozen=True)
class DayOfActs:
    """A day: whoever did something, with what he did, in the order of the day."""

    day: date
    people: tuple[tuple[str, tuple[Noted, ...]], ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        when = f"{self.day} 星期{WEEKDAYS[self.day.weekday()]}"
        if not self.people:
            return f"{when}：没有办过什么。"
        each = "、".join(f"{name}{len(acts)}件" for name, acts in self.people)
        return f"{when}：共{sum(len(acts) for _, acts in self.people)}件事，{each}。{self._versions}"

    @property
    def _versions(self) -> str:
        """The versions of the program that made the day's entries, in their order; empty where only records were noted."""
        known = dict.fromkeys(one.version for _, acts in self.people for one in acts if one.version)
        return f"由程序 {'、'.join(known)} 记下。" if known else ""


class DayActs:
    """The moment somebody asks who did what on a day."""

    def __init__(self, journal: Journal, clock: Clock, loose: Sheets) -> None:
        self._journal, self._clock, self._sheets = journal, clock, loose

    def of(self, day: date) -> DayOfActs:
        """What was noted on that day. Raises DeskError for a day that is still to come."""
        if day > self._clock.today():
            raise DeskError(f"{day}还没有到。", "没有可看的。", "请写今天或者以前的日子。", "day")
        found: dict[str, list[Noted]] = {}
        for one in noted_on(self._journal.store, day):
            found.setdefault(one.by or NOBODY, []).append(one)
        return DayOfActs(day, tuple((name, tuple(acts)) for name, acts in found.items()))

    def sheet(self, day: date) -> LooseSheet:
        """The day on paper. Raises DeskError for a day on which nothing was done."""
        from deskapp.desk.sheets.loose import blank_rows

        found = self.of(day)
        rows = [(name, one.time, one.case_no, one.what, one.detail) for name, acts in found.people for one in acts]
        if not rows:
            raise DeskError(f"{day}没有办过什么。", "没有印。", "请换一天。")
        title = ("办理日志", found.sentence)
        pages = [rows[n : n + A_PAGE] for n in range(0, len(rows), A_PAGE)]
        sheets = [blank_rows(COLUMNS, page, len(page), SHARES, title) for page in pages]
        return self._sheets.ruled(f"办理日志{day}", sheets)
