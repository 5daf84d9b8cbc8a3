"""Lookup: the board of the day, search, and one case with its clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deskapp.clock import Clock
from deskapp.law.annual_report import Route
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.disputes import answer_due
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.workdays import Calendar
from deskapp.register.backup import REMINDER_DAYS, last_outside
from deskapp.register.case import Case
from deskapp.register.event_words import describe, name_of
from deskapp.register.journal import Journal
from deskapp.register.projection import clock_of
from deskapp.register.search import search
from deskapp.register.store import Row
from deskapp.typed import one_line
from deskapp.unit import UnitProfile

LONGEST_SEARCH = 200  # characters; more is nobody's search
SOON = 3  # working days
MATTER_SOON = 20  # days before the last day of an answer in a dispute
WINDOW = 2  # working days before the seventh
GROUPS: dict[str, str] = {
    "overdue": "已逾期",
    "due_today": "今天必须发出",
    "due_soon": "三个工作日内",
    "correction_window": "补正第七日将到",
    "waiting": "等待他人",
    "to_serve": "待送达",
    "to_archive": "待归档",
    "others": "正在办理",
}
STATUS_NAMES = {
    "running": "办理中",
    "paused": "征求意见",
    "awaiting_correction": "等待补正",
    "awaiting_payment": "等待缴费",
    "lapsed": "申请人逾期",
    "withdrawn": "已撤回",
    "answered": "已答复",
    "archived": "已归档",
}


@dataclass(frozen=True)
class BoardRow:
    """One open case on the board; dates are None while the clock stands."""

    case_id: str
    case_no: str
    applicant: str
    content: str
    due_on: date | None
    safe_on: date | None
    next_act: str
    left: int | None = None
    provisional: bool = False

    def as_contract(self) -> dict[str, Any]:
        """The keys of a row of ``deskapp today --json``."""
        return {
            "case_no": self.case_no,
            "applicant": self.applicant,
            "content": self.content,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "safe_on": self.safe_on.isoformat() if self.safe_on else None,
            "next_act": self.next_act,
        }


@dataclass(frozen=True)
class OpenMatter:
    """A 复议 or 诉讼 whose answer is not handed in yet: its last day, the days left, the article."""

    case_no: str
    route: Route
    due_on: date
    left: int
    cite: str

    @property
    def sentence(self) -> str:
        """What to do, and by when."""
        what = "书面答复" if self.route == "review" else "答辩状和证据"
        when = f"还有{self.left}天" if self.left > 0 else "就是今天" if self.left == 0 else f"已经过了{-self.left}天"
        return f"{self.case_no}{ROUTE_NAMES[self.route][:4]}：{what}最迟{self.due_on}提交（{when}）。"


@dataclass(frozen=True)
class Board:
    """The open cases by urgency, and sentences that concern the whole desk."""

    today: date
    groups: dict[str, list[BoardRow]] = field(default_factory=dict)
    banners: list[str] = field(default_factory=list)

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp today --json``."""
        listed = {key: [row.as_contract() for row in self.groups[key]] for key in GROUPS if key != "others"}
        return {**listed, "banners": self.banners}


@dataclass(frozen=True)
class Found:
    """One row of a search."""

    case_id: str
    case_no: str
    applicant: str
    content: str
    received_on: str
    status: str
    due_on: str | None
    archived: bool = False
    answered: bool = False

    @property
    def status_name(self) -> str:
        """The status in Chinese; a file that was put away says so."""
        if self.answered and self.status in ("running", "paused"):
            return "等送达"
        return STATUS_NAMES["archived" if self.archived else self.status]

    def as_contract(self) -> dict[str, Any]:
        """The keys of a row of ``deskapp search --json``."""
        names = ("case_no", "applicant", "content", "received_on", "status", "due_on")
        return {name: getattr(self, name) for name in names}


class Lookup:
    """The moment somebody looks something up."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def unit(self) -> UnitProfile:
        """The unit's particulars today."""
        return self._journal.unit(self._clock.today())

    def today(self) -> date:
        """The day at the counter."""
        return self._clock.today()

    def case(self, case_id: str) -> Case:
        """A case by its identifier."""
        return self._journal.case(case_id)

    def case_by_no(self, case_no: str) -> Case:
        """A case by its registration number."""
        return self._journal.case_by_no(case_no)

    def entries(self, case_id: str) -> list[tuple[date, str, str]]:
        """The journal of a case in words: day, act, detail."""
        return [(event.on, name_of(event), describe(event)) for event in self._journal.history(case_id)]

    def deadline(self, case: Case) -> Deadline:
        """The clock of a case today, with its working."""
        return self._journal.deadline(case)

    # -- board -------------------------------------------------------------------------------------------------

    def board(self) -> Board:
        """All cases that are not put away, each in one group, most urgent first."""
        board = Board(self._clock.today(), {key: [] for key in GROUPS}, self._banners())
        first_day, calendar = self.unit().first_day, self._journal.calendar()
        for row in self._journal.store.query("SELECT * FROM cases WHERE archived_on = '' AND void = 0"):
            clock = evaluate(clock_of(row), board.today, calendar, first_day)
            group, act = place(row, clock, board.today, calendar)
            board.groups[group].append(
                BoardRow(
                    row["case_id"],
                    row["case_no"],
                    row["applicant"],
                    row["content"],
                    clock.due_on,
                    clock.safe_on,
                    act,
                    clock.working_days_left,
                    clock.provisional,
                )
            )
        for rows in board.groups.values():
            rows.sort(key=lambda r: (r.due_on or date.max, r.case_no))
        return board

    def _banners(self) -> list[str]:
        """What concerns the whole desk: no calendar for next year, no recent backup."""
        today = self._clock.today()
        banners = []
        if today.month >= 11 and today.year + 1 not in self._journal.calendar().years:
            banners.append(f"{today.year + 1}年放假安排还没有收录，跨年的日期都是暂定的。")
        went_back = self._journal.clock_went_back()
        if went_back:
            banners.append(
                f"电脑的时钟（{self._clock.now():%Y-%m-%d %H:%M}）比最后一条记录（{went_back:%Y-%m-%d %H:%M}）还早，"
                "请先校正电脑的时间，再登记。"
            )
        banners += [matter.sentence for matter in self.matters() if matter.left <= MATTER_SOON]
        last = last_outside(self._journal.store)
        if last is None:
            banners.append("还没有做过备份，请管理员备份到U盘（deskapp backup）。")
        elif (today - last).days > REMINDER_DAYS:
            banners.append(f"上次备份是{last}，请再备份一次。")
        return banners

    def matters(self) -> list[OpenMatter]:
        """The 复议 and 诉讼 that still wait for the office's answer, the most urgent first."""
        rows = self._journal.store.query(
            "SELECT case_no, route, opened_on FROM matters JOIN cases USING (case_id)"
            " WHERE decided_on = '' AND answered_on = '' AND dated = 1 AND void = 0"
        )
        today, calendar = self._clock.today(), self._journal.calendar()
        found = []
        for row in rows:
            due = answer_due(row["route"], date.fromisoformat(row["opened_on"]), calendar)
            left = (due.due_on - today).days
            found.append(OpenMatter(row["case_no"], row["route"], due.due_on, left, due.period.cite))
        return sorted(found, key=lambda matter: (matter.due_on, matter.case_no))

    # -- search ------------------------------------------------------------------------------------------------

    def search(self, words: str, limit: int = 50) -> list[Found]:
        """Cases that hold every word: in name, initials, number, phone or content; newest first."""
        first_day = self.unit().first_day
        today = self._clock.today()
        wanted = one_line(words)[:LONGEST_SEARCH]
        calendar = self._journal.calendar()
        return [self._found(row, today, first_day, calendar) for row in search(self._journal.store, wanted, limit)]

    @staticmethod
    def _found(row: Row, today: date, first_day: Any, calendar: Calendar) -> Found:
        clock = evaluate(clock_of(row), today, calendar, first_day)
        due = clock.due_on.isoformat() if clock.due_on else None
        names = {key: row[key] for key in ("case_id", "case_no", "applicant", "content", "received_on")}
        return Found(
            **names,
            status=clock.status,
            due_on=due,
            archived=bool(row["archived_on"]),
            answered=bool(row["closed_on"]),
        )


def place(row: Row, clock: Deadline, today: date, calendar: Calendar) -> tuple[str, str]:
    """The group of the board a case stands in, and the next act as a verb."""
    answered = bool(row["closed_on"])
    if answered and (clock.status == "withdrawn" or row["served_on"]):
        return ("to_serve", "送达文书") if row["unserved"] else ("to_archive", "归档")
    if answered and not row["unserved"]:
        return "to_serve", "补记送达"  # answered outside: its letter is not in this register
    if clock.status in ("awaiting_correction", "awaiting_payment"):
        until = f"至{clock.wait_until:%m-%d}" if clock.wait_until else ""
        what = "等补正" if clock.status == "awaiting_correction" else "等缴费"
        return ("to_serve", "送达补正告知") if row["unserved"] else ("waiting", what + until)
    if clock.status == "lapsed":
        return ("to_serve", "告知还没有送达") if row["unserved"] else ("waiting", "申请人逾期，结案")
    left = clock.working_days_left
    act = "送达答复" if answered else "作出答复"
    if left is not None and clock.due_on and today > clock.due_on:
        return "overdue", "立即" + act
    if clock.due_on == today:
        return "due_today", act
    if clock.status == "paused":
        return "waiting", f"等意见至{clock.wait_until:%m-%d}" if clock.wait_until else "等意见"
    if left is not None and left <= SOON:
        return "due_soon", act
    if answered:
        return "to_serve", act
    seventh = calendar.between(today, clock.correction_by)
    if 0 <= seventh <= WINDOW and clock.counted_from == clock.received_on:
        return "correction_window", "看清要不要补正"
    return "others", act


def group_rows(board: Board) -> Iterable[tuple[str, list[BoardRow]]]:
    """The groups of the board that hold anything, with their Chinese names, in order of urgency."""
    return ((GROUPS[key], rows) for key, rows in board.groups.items() if rows)
