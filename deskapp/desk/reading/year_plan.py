"""The year's calendar of duties: what an office has to do once a year, until when, and whether it was done.

It begins with what is shipped; an office changes days and words, adds its own and drops what it does not have. What is done is noted
with its day; a training or publicity that stands in the point's log counts as done.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.errors import DeskError
from deskapp.parsing import half_width
from deskapp.register.register import Register
from deskapp.typed import Typed

if TYPE_CHECKING:
    from deskapp.desk.reading.point_log import PointNote
    from deskapp.desk.sheets.loose import LooseSheet, Sheets

SOURCE = Path(__file__).parents[2] / "year_plan.toml"
CHANGED, DONE = "year_duty", "year_done"
NEAR, LONG_PAST = timedelta(days=15), timedelta(days=10)  # from when, and until when, the board names one
BY = re.compile(r"(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?")
LEAP = 2024  # a year in which every month and day there is may be
NOT_DONE = "没有记下。"
LEAST_ROWS, SHARES = 14, (2.0, 6.0, 4.0, 2.5, 4.0)  # of the paper: lines, widths of its columns


class ShippedDuty(BaseModel):
    """One duty as it is shipped; ``by`` is month and day, ``log`` the kind of the point's log that does it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    by: str
    about: str
    document: str
    article: str
    log: str = ""


class DutyNote(BookRecord):
    """A duty of the office's own, or other words and another day for one that is shipped."""

    name: str
    by: str
    about: str = ""


class DoneNote(BookRecord):
    """That a duty was done, on which day, and how."""

    how: str = ""


class DutyDraft(BaseModel):
    """The form of a duty as it is typed."""

    model_config = ConfigDict(extra="ignore")

    name: str = ""
    by: str = ""
    about: str = ""


@dataclass(frozen=True)
class YearDuty:
    """One duty in one year: until when, on whose word, on which day it was done and how."""

    key: str
    name: str
    due_on: date
    about: str
    source: str
    done_on: date | None = None
    how: str = ""

    def state(self, today: date) -> str:
        """How it stands, in words."""
        if self.done_on:
            return f"{self.done_on:%m-%d}做了"
        left = (self.due_on - today).days
        return f"还有{left}天" if left > 0 else "就是今天" if left == 0 else f"过了{-left}天"


@cache
def shipped() -> tuple[ShippedDuty, ...]:
    """What every office begins with."""
    with SOURCE.open("rb") as stream:
        return tuple(ShippedDuty.model_validate(item) for item in tomllib.load(stream)["duty"])


class YearPlan:
    """The moment somebody asks what the year still wants. ``logged`` gives what stands in the point's log of a year, ``sheets`` make paper."""

    def __init__(
        self, register: Register, clock: Clock, logged: Callable[[int], list[PointNote]], sheets: Callable[[], Sheets]
    ) -> None:
        self._clock, self._logged, self._sheets = clock, logged, sheets
        self._begun_on = register.records.begun_on
        self._changed = RecordBook(register, clock, CHANGED, DutyNote)
        self._done = RecordBook(register, clock, DONE, DoneNote)

    def year(self, year: int) -> list[YearDuty]:
        """The duties of a year by their days."""
        changed, gone, done = self._changed.all(), self._changed.taken_back(), self._done.all()
        logged = self._done_by_log(year)
        found = []
        for item in shipped():
            if item.key in gone:
                continue
            note = changed.pop(item.key, None)
            source = f"{item.document}{item.article}" if item.article else item.document
            one = self._duty(
                item.key, note or DutyNote(on="", name=item.name, by=item.by, about=item.about), year, source
            )
            found.append((one, logged.get(item.log)))
        found += [(self._duty(key, note, year, "本机关添的"), None) for key, note in changed.items()]
        told = [self._with_done(duty, done.get(f"{year}:{duty.key}"), day) for duty, day in found]
        return sorted(told, key=lambda duty: (duty.due_on, duty.key))

    def _done_by_log(self, year: int) -> dict[str, date]:
        """The first day in a year on which the point's log has each of its kinds."""
        first: dict[str, date] = {}
        for note in self._logged(year):
            first.setdefault(note.kind, date.fromisoformat(note.on))
        return first

    @staticmethod
    def _duty(key: str, note: DutyNote, year: int, source: str) -> YearDuty:
        month, day = map(int, note.by.split("-"))
        try:
            due = date(year, month, day)
        except ValueError:  # the 29th of February
            due = date(year, month, day - 1)
        return YearDuty(key, note.name, due, note.about, source)

    @staticmethod
    def _with_done(duty: YearDuty, note: DoneNote | None, logged: date | None) -> YearDuty:
        on, how = (date.fromisoformat(note.on), note.how) if note else (logged, "工作记事" if logged else "")
        return YearDuty(duty.key, duty.name, duty.due_on, duty.about, duty.source, on, how)

    def _find(self, year: int, key: str) -> YearDuty:
        found = next((duty for duty in self.year(year) if duty.key == key), None)
        if found is None:
            raise DeskError("没有这一件年度事项，可能在另一个窗口里停用了。", NOT_DONE, "请回到上一屏看一看。")
        return found

    def mark(self, year: int, key: str, on: str = "", how: str = "") -> YearDuty:
        """Note that a duty of a year was done, today or on the day that is typed. Raises DeskError for no day, or one to come."""
        self._find(year, key)
        typed = Typed({"on": on, "how": how}, self._clock.today())
        self._done.put(
            DoneNote(on=typed.day("on", "日期").isoformat(), how=typed.text("how", "怎样做的")), f"{year}:{key}"
        )
        return self._find(year, key)

    def unmark(self, year: int, key: str) -> None:
        """That a duty was done was noted by mistake. Raises DeskError where nobody noted it."""
        if f"{year}:{key}" not in self._done.all():
            raise DeskError("这一件没有记过做了。", NOT_DONE, "工作记事里有的，到【工作记事】里撤回。")
        self._done.take_back(f"{year}:{key}", "误记")

    def draft_of(self, key: str) -> DutyDraft:
        """A duty as a form. Raises DeskError when it is not there."""
        duty = self._find(self._clock.today().year, key)
        return DutyDraft(name=duty.name, by=f"{duty.due_on:%m-%d}", about=duty.about)

    def change(self, draft: DutyDraft, key: str = "") -> None:
        """Write down a duty of the office's own, or another day and other words for one. Raises DeskError for no name or no day."""
        typed = Typed(draft, self._clock.today())
        name = typed.needed("name", "做什么", "请用一句话写要做什么。")
        note = DutyNote(
            on=self._clock.today().isoformat(), name=name, by=_by(typed), about=typed.text("about", "说明")
        )
        self._changed.put(note, key)

    def drop(self, key: str) -> None:
        """This office has no such duty; what was done of it stays noted. Raises DeskError when it is not there."""
        duty = self._find(self._clock.today().year, key)
        note = DutyNote(
            on=self._clock.today().isoformat(), name=duty.name, by=f"{duty.due_on:%m-%d}", about=duty.about
        )
        self._changed.put(note.model_copy(update={"gone": True, "why": "停用"}), key)

    def near(self) -> list[str]:
        """What the board says, in one sentence: duties of this year that are near or just past and were not done; nothing for none, nor of
        those whose day was over when this office began to use the desk: whether they were done is not known here."""
        today, begun_on = self._clock.today(), self._begun_on()
        waiting = [
            f"{duty.name}，最迟{duty.due_on:%m-%d}（{duty.state(today)}）"
            for duty in self.year(today.year)
            if duty.done_on is None and duty.due_on >= begun_on and -LONG_PAST <= duty.due_on - today <= NEAR
        ]
        return [f"年度事项：{'；'.join(waiting)}。做了在【年度事项】里记下（Ctrl+P）。"] if waiting else []

    def sheet(self, year: int) -> LooseSheet:
        """The year on paper: each duty, until when, what it rests on, when it was done."""
        title = f"{year}年政府信息公开年度事项"
        rows = [
            (f"{duty.due_on:%m-%d}", duty.name, duty.source, str(duty.done_on or ""), duty.how)
            for duty in self.year(year)
        ]
        from deskapp.desk.sheets.loose import blank_rows  # the board asks what is near, and waits for no press

        table = blank_rows(("哪天以前", "做什么", "依据", "哪天做的", "怎样做的"), rows, LEAST_ROWS, SHARES, (title,))
        return self._sheets().ruled(title, [table])


def _by(typed: Typed) -> str:
    """A month and a day as it was typed. Raises DeskError for none."""
    text = half_width(typed.needed("by", "每年哪天以前", "请写成 11-30。"))
    found = BY.fullmatch(text)
    if found:
        try:
            return date(LEAP, int(found["month"]), int(found["day"])).strftime("%m-%d")
        except ValueError:
            pass
    raise typed.refuse(f"【{text}】不是几月几日。", "请写成 11-30。", "by")
