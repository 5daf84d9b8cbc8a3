"""测试申请: applications that the county sent itself to see how they are dealt with; found again in what the point reports, and judged by
its days.

What a point reports names no applicant and no content: an application is known by the point, by the way it was sent and by the days after
it, or, without any doubt, by the number on its receipt. Where several would fit nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import CountyHome
from deskapp.county.points import Point, Points
from deskapp.county.shelf import TaskShelf
from deskapp.county.tasking import TRIAL
from deskapp.errors import DeskError
from deskapp.law.annual_report import row_label
from deskapp.law.clock_events import Day
from deskapp.law.receipt import Channel
from deskapp.parsing import one_line
from deskapp.register.ids import new_id

ARRIVES = timedelta(days=15)  # within which an application that was sent is registered
Fault = Literal["", "unregistered", "overdue", "late", "misdated"]


class Trial(BaseModel):
    """One application of the county's own: to whom, sent on which day by which way, what was asked; the number on its receipt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    point: str
    sent_on: Day
    channel: Channel
    asked: str = Field(min_length=1, max_length=2000)
    case_no: str = Field("", max_length=40)


@dataclass(frozen=True)
class SeenCase:
    """What is read of a case that may be one of ours."""

    case_no: str
    received_on: date
    due_on: date | None
    served_on: date | None
    in_time: bool | None
    working_days: int | None
    row: str


@dataclass(frozen=True)
class TriedCase:
    """What became of one: the case that it is, or those that it may be; the verdict in words, and what is wrong."""

    trial: Trial
    name: str
    case: SeenCase | None
    maybe: tuple[str, ...]
    fault: Fault
    verdict: str

    def as_contract(self) -> dict[str, Any]:
        """The keys of a trial of ``deskapp county trial --json``."""
        found = self.case.case_no if self.case else None
        return {
            **self.trial.model_dump(mode="json"), "name": self.name, "found": found, "maybe": list(self.maybe), "fault": self.fault,
            "verdict": self.verdict,
        }  # fmt: skip


class Trials:
    """The county's own applications over one database, as of a day."""

    def __init__(self, db: Database, home: CountyHome, points: Points, clock: Clock) -> None:
        self._db, self._home, self._points, self._clock = db, home, points, clock

    def note(self, point: Point, sent_on: date, channel: Channel, asked: str) -> Trial:
        """Note that one was sent; the same again is that one. Raises DeskError without words, or for a day to come."""
        text, today = one_line(asked), self._clock.today()
        if not text:
            raise DeskError("没有写申请公开什么。", "没有记下。", "请用 --asked 写明。", code="no_text")
        if sent_on > today:
            raise DeskError(f"发出的日期{sent_on}还没有到。", "没有记下。", "请核对日期。", code="day")
        made = Trial(id=new_id(self._clock.now()), point=point.point, sent_on=sent_on, channel=channel, asked=text)
        same = [each for each in self._kept() if each.model_copy(update={"id": made.id, "case_no": ""}) == made]
        if same:
            return same[0]
        self._write(made)
        return made

    def match(self, trial: str, case_no: str) -> Trial:
        """Note which number the receipt has. Raises DeskError for a trial that is not there."""
        known = next((each for each in self._kept() if each.id == trial), None)
        if known is None:
            raise DeskError("没有这一件测试申请。", "没有记下。", "请照 county trial 列出的号写。", code="no_trial")
        made = known.model_copy(update={"case_no": one_line(case_no)})
        self._check_number(made)
        self._write(made)
        return made

    def _check_number(self, trial: Trial) -> None:
        """Raises DeskError for a number that no receipt of this point could have, or of a case that was there before it was sent."""
        point, number = self._points.named(trial.point), trial.case_no
        what = "SELECT max(received_on) FROM cases WHERE point = %s AND case_no = %s"
        received = self._db.value(what, [trial.point, number])
        if received is None and not re.fullmatch(rf"{re.escape(point.site_code)}-\d{{4}}-\d+", number, re.ASCII):
            raise DeskError(
                f"{point.called}没有登记号{number}，也不是它的写法（{point.site_code}-{trial.sent_on.year}-0001）。",
                "没有记下。", "请照回执核对：是数字0还是字母O，是不是别的登记点的。", code="case_no",
            )  # fmt: skip
        if received is not None and received < trial.sent_on:
            raise DeskError(
                f"{number}在{received}就收到了，测试申请{trial.sent_on}才发出。",
                "没有记下：不是这一件。",
                "请照回执核对。",
                code="case_no",
            )

    def withdraw(self, trial: str, why: str) -> None:
        """Take back one that was noted wrongly; it stays with the reason, and counts nowhere. Raises DeskError."""
        TaskShelf(self._db, self._home).withdraw(trial, [TRIAL], why, self._clock.today())

    def _write(self, trial: Trial) -> None:
        until = trial.sent_on + ARRIVES
        row = (trial.id, trial.point, TRIAL, trial.sent_on, until, trial.model_dump_json())
        TaskShelf(self._db, self._home).put([row])

    def _kept(self) -> list[Trial]:
        rows = self._db.rows("SELECT body FROM tasks WHERE kind = %s ORDER BY given_on, task", [TRIAL])
        return [Trial.model_validate_json(body) for (body,) in rows]

    def all(self) -> list[TriedCase]:
        """Every one with what became of it, the oldest first."""
        kept, points = self._kept(), {each.point: each for each in self._points.all()}
        named = {(each.point, each.case_no) for each in kept if each.case_no}
        found = []
        for trial in kept:
            rivals = [each for each in kept if each.point == trial.point and not each.case_no]
            found.append(self._tried(trial, points[trial.point], named, rivals))
        return found

    def _tried(self, trial: Trial, point: Point, named: set[tuple[str, str]], rivals: Sequence[Trial]) -> TriedCase:
        seen = self._seen(trial)
        if trial.case_no:
            fitting = [case for case in seen if case.case_no == trial.case_no]
        else:
            fitting = [case for case in seen if (trial.point, case.case_no) not in named]
        shared = [
            each for each in rivals if each.channel == trial.channel and abs(each.sent_on - trial.sent_on) <= ARRIVES
        ]
        if len(fitting) == 1 and (trial.case_no or len(shared) < 2):
            fault, words = judged(fitting[0], trial, self._clock.today())
            return TriedCase(
                trial,
                point.called,
                fitting[0],
                (),
                fault,
                f"{trial.sent_on}的测试申请（{fitting[0].case_no}）{words}",
            )
        if fitting and trial.case_no:
            words = f"{trial.sent_on}的测试申请的登记号{trial.case_no}有{len(fitting)}件申请都在用，请登记点核对"
            return TriedCase(trial, point.called, None, (trial.case_no,), "", words)
        if fitting:
            maybe = tuple(case.case_no for case in fitting)
            words = f"{trial.sent_on}的测试申请可能是{'、'.join(maybe)}，请照回执写明登记号"
            return TriedCase(trial, point.called, None, maybe, "", words)
        heard = point.heard_at[:10]
        missed = bool(heard) and date.fromisoformat(heard) > trial.sent_on + ARRIVES
        words = f"{trial.sent_on}的测试申请{'没有登记' if missed else '还没有报来'}"
        return TriedCase(trial, point.called, None, (), "unregistered" if missed else "", words)

    def _seen(self, trial: Trial) -> list[SeenCase]:
        """The cases of a point that may be this one: the number, or the way and the days."""
        where = (
            "case_no = %s AND received_on >= %s"
            if trial.case_no
            else "received_on >= %s AND received_on <= %s AND channel = %s"
        )
        values = (
            [trial.case_no, trial.sent_on]
            if trial.case_no
            else [trial.sent_on, trial.sent_on + ARRIVES, trial.channel]
        )
        rows = self._db.rows(
            "SELECT case_no, received_on, coalesce(first_due_on, due_on), first_served_on, in_time, working_days, report_row FROM cases"
            f" WHERE point = %s AND NOT void AND {where} ORDER BY received_on, case_no",
            [trial.point, *values],
        )
        return [SeenCase(no, on, due, served, kept, days, row or "") for no, on, due, served, kept, days, row in rows]


def judged(case: SeenCase, trial: Trial, today: date) -> tuple[Fault, str]:
    """What is wrong with how a case was dealt with, and all of it in words. What was handed in is received on that day (条例第三十一条第一项)."""
    misdated = trial.channel == "in_person" and case.received_on != trial.sent_on
    noted = f"；当面交的，收到的日期应当是{trial.sent_on}，登记成{case.received_on}" if misdated else ""
    other: Fault = "misdated" if misdated else ""
    if case.served_on is not None:
        took = f"{case.received_on}登记，{case.served_on}答复，{case.working_days}个工作日"
        outcome = f"，{row_label(case.row)}" if case.row else ""
        late = case.in_time is False
        return "late" if late else other, f"{'超期' if late else '按期'}：{took}{outcome}{noted}"
    if case.due_on is not None and case.due_on < today:
        return "overdue", f"逾期没有答复：{case.received_on}登记，最后一日{case.due_on}{noted}"
    return other, f"在办：{case.received_on}登记" + (f"，最后一日{case.due_on}" if case.due_on else "") + noted
