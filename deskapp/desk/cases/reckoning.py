"""Reckoning: the last day of an application that is in no register, from the days that somebody names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from deskapp.clock import Clock
from deskapp.desk.cases.board import STATUS_NAMES
from deskapp.law.clock_events import ClockEvent, Corrected, CorrectionRequested, Extended, Received
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.periods import period
from deskapp.law.wall import Wall, wall
from deskapp.register.journal import Journal
from deskapp.typed import Typed

NOTHING = "没有算。"


class ReckonDraft(BaseModel):
    """The days as they are typed: of receipt, of a 补正告知 and of what came upon it, of an extension; empty for what was not."""

    received_on: str = ""
    asked_on: str = ""
    corrected_on: str = ""
    extended_on: str = ""


@dataclass(frozen=True)
class Reckoned:
    """A clock that stands for no case: its deadline, and its days as a wall calendar."""

    deadline: Deadline
    wall: Wall

    @property
    def lines(self) -> list[str]:
        """What it says, a line each."""
        return deadline_lines(self.deadline)


class Reckoning:
    """The moment somebody asks which day would be the last."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def of(self, draft: ReckonDraft) -> Reckoned:
        """The clock of these days, by the holidays and the first day of this office. Raises DeskError for what is no day, or none that can
        follow the others."""
        events = list(_events(draft, self._clock.today()))
        today = max([self._clock.today(), *(event.on for event in events)])
        calendar = self._journal.calendar()
        deadline = evaluate(events, today, calendar, self._journal.unit(self._clock.today()).first_day)
        return Reckoned(deadline, wall(deadline, events, today, calendar))


LABELS = {
    "received_on": "收到日期",
    "asked_on": "发出补正告知的日期",
    "corrected_on": "收到补正的日期",
    "extended_on": "决定延期的日期",
}
AFTER = {"asked_on": "received_on", "corrected_on": "asked_on", "extended_on": "received_on"}


def _events(draft: ReckonDraft, today: date) -> Iterable[ClockEvent]:
    typed = Typed(draft, today, NOTHING)
    days = {key: typed.day_if_any(key, label, "near") for key, label in LABELS.items()}
    if days["received_on"] is None:
        raise typed.refuse("没有填收到日期。", "请填哪天收到的申请。", "received_on")
    for key, before in AFTER.items():
        day, first = days[key], days[before]
        if day and first is None:
            raise typed.refuse(f"没有填{LABELS[before]}。", f"填了{LABELS[key]}的，两天都要填。", before)
        if day and first and day < first:
            raise typed.refuse(f"{LABELS[key]}{day}早于{LABELS[before]}{first}。", "请核对日期。", key)
    yield Received(on=days["received_on"])
    if asked := days["asked_on"]:
        yield CorrectionRequested(on=asked, sent_on=asked)
    if corrected := days["corrected_on"]:
        yield Corrected(on=corrected)
    if extended := days["extended_on"]:
        yield Extended(on=extended, sent_on=extended, working_days=period("extension", extended).value)


def deadline_lines(deadline: Deadline) -> list[str]:
    """What a deadline says: how it stands, the last day, the safe one, what is left, what is provisional or wrong."""
    lines = [f"状态：{STATUS_NAMES[deadline.status]}"]
    if deadline.due_on:
        lines += [f"最后一日：{deadline.due_on}", f"稳妥日期：{deadline.safe_on}（收到当日也算一天）"]
    if deadline.wait_until:
        lines.append(f"等待至：{deadline.wait_until}")
    if deadline.in_time is not None:
        lines.append("送达：" + ("按期" if deadline.in_time else "超期"))
    if deadline.working_days_left is not None:
        left = deadline.working_days_left
        lines.append(f"还有 {left} 个工作日" if left >= 0 else f"已逾期 {-left} 个工作日")
    if deadline.provisional:
        lines.append("注意：涉及还没有公布放假安排的年份，日期是暂定的，公布后可能提前或者推后。")
    return lines + [f"问题：{finding.message}（{finding.article}）" for finding in deadline.findings]
