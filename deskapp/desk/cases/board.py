"""The board: its groups in order of urgency, its rows, where a case stands on it and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deskapp.law.annual_report import Route
from deskapp.law.categories import category
from deskapp.law.deadline import Deadline
from deskapp.law.periods import Count, spelled
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.workdays import Calendar
from deskapp.register.queries import CaseRow

SOON = Count(3)  # working days
MATTER_SOON = 20  # days before the last day of an answer in a dispute
WINDOW = 2  # working days before the seventh
GROUPS: dict[str, str] = {  # with the periods of today in braces
    "overdue": "已逾期",
    "due_today": "今天必须发出",
    "due_soon": f"{SOON:字}个工作日内",
    "correction_window": "补正第{correction_notice:字}日将到",
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
VOID = "已作废"  # how a case stands whose number was given up
CORRECT_BY, ASK = "补正最迟", "看要不要补正"
SHORT_GROUPS = dict(
    zip(GROUPS, ("逾期", "今天", f"{SOON:字}日", "补正", "等待", "送达", "归档", "在办"), strict=True)
)


@dataclass(frozen=True)
class BoardRow:
    """One open case on the board; dates are None while the clock stands. ``act`` is the next act without its day, which the column of days
    says, ``next_act`` the same with it."""

    case_id: str
    case_no: str
    applicant: str
    content: str
    due_on: date | None
    safe_on: date | None
    next_act: str
    act: str
    left: int | None = None
    provisional: bool = False
    until: str | None = (
        None  # another day that counts now, in words: of a correction, of somebody asked; empty when none does
    )

    def due_words(self, today: date) -> str:
        """What the column of last days says: another day where that is what counts, else the last day and how far off it is."""
        if self.until is not None:
            return self.until
        if self.due_on is None:
            return "停算"
        day = f"{self.due_on:%m-%d} "
        if self.left is None:
            return day.rstrip()
        if today == self.due_on:
            return f"{day}今天"
        if today > self.due_on:
            return day + (f"超{-self.left}日" if self.left else "已过")
        return f"{day}余{self.left}日" + ("暂" if self.provisional else "")

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
class OnBoard:
    """The group of the board that a case stands in, the next act as a verb, and until when where somebody is waited for. ``said`` tells the act
    in other words where the day is a part of it."""

    group: str
    act: str
    until: date | None = None
    said: str = ""

    @property
    def next_act(self) -> str:
        """The act with its day."""
        return self.said or (f"{self.act}至{self.until:%m-%d}" if self.until else self.act)


@dataclass(frozen=True)
class MatterDue:
    """A 复议 or 诉讼 whose answer is not handed in yet: its last day, the days left, the article, the day of 简易程序."""

    case_no: str
    route: Route
    due_on: date
    left: int
    cite: str
    simple_on: date | None = None

    @property
    def sentence(self) -> str:
        """What to do, and by when. A review is counted by 简易程序, which information cases usually have (复议法 53), until the notice
        says otherwise."""
        what = "书面答复和证据" if self.route == "review" else "答辩状和证据"
        first = self.simple_on or self.due_on
        left = self.left - (self.due_on - first).days
        when = f"还有{left}天" if left > 0 else "就是今天" if left == 0 else f"已经过了{-left}天"
        usual = f"，通知写普通程序的{self.due_on:%m-%d}" if self.simple_on else ""
        return f"{self.case_no}{ROUTE_NAMES[self.route][:4]}：{what}最迟{first}提交（{when}）{usual}。"


@dataclass(frozen=True)
class Board:
    """The open cases by urgency, and sentences that concern the whole desk; ``standing`` are those among them that stand there for weeks
    (a year without its calendar, a backup that is due), and may be said shortly."""

    today: date
    groups: dict[str, list[BoardRow]] = field(default_factory=dict)
    banners: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)

    @property
    def pressing(self) -> list[str]:
        """What has to be read today."""
        return [banner for banner in self.banners if banner not in self.standing]

    def filled(self) -> Iterable[tuple[str, str, list[BoardRow]]]:
        """The groups that hold anything, in order of urgency: key, Chinese name, rows."""
        return ((key, spelled(GROUPS[key], self.today), rows) for key, rows in self.groups.items() if rows)

    def counts(self) -> list[tuple[str, int, str]]:
        """How many there are in each group that holds anything: its short name, the number, the use of an urgent one."""
        return [(SHORT_GROUPS[key], len(rows), "late" if key == "overdue" else "") for key, _, rows in self.filled()]

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp today --json``."""
        listed = {key: [row.as_contract() for row in self.groups[key]] for key in GROUPS if key != "others"}
        return {**listed, "banners": self.banners}


WAITED_FOR = {"awaiting_correction": "补正", "awaiting_payment": "缴费", "paused": "意见"}


def until_words(group: str, deadline: Deadline, today: date, calendar: Calendar) -> str | None:
    """The day that counts for a case in its group where that is not its last day (None); empty where it is over."""
    if group == "to_archive":
        return ""
    if group == "correction_window":
        left = calendar.between(today, deadline.correction_by)
        return f"补正 余{left}日" if left else "补正 今天"
    if group != "waiting":
        return None
    if deadline.status == "lapsed":
        return "已过"
    what = WAITED_FOR.get(deadline.status, "")
    return f"{what} {deadline.wait_until:%m-%d}" if what and deadline.wait_until else None


def place(case: CaseRow, deadline: Deadline, today: date, calendar: Calendar, disputed: str = "") -> OnBoard:
    """Where a case stands on the board, and what is to be done next; ``disputed`` names what is running about its answer."""
    answered = case.answered_on is not None
    if answered and not case.unserved:
        if case.order_due:
            return OnBoard("others", "记下责令重新答复")
        return OnBoard("waiting", f"等{disputed}结果") if disputed else OnBoard("to_archive", "归档")
    if answered and case.from_ledger:
        return OnBoard("to_serve", "补记送达")  # the ledger does not say when it was delivered
    if answered and (not category(case.category).answers or case.served_on or case.archived_on):
        return OnBoard("to_serve", "送达文书")
    if deadline.status in ("awaiting_correction", "awaiting_payment"):
        what = "等补正" if deadline.status == "awaiting_correction" else "等缴费"
        return OnBoard("to_serve", "送达文书") if case.unserved else OnBoard("waiting", what, deadline.wait_until)
    if deadline.status == "lapsed":
        return OnBoard("to_serve", "告知还没有送达") if case.unserved else OnBoard("waiting", "申请人逾期，结案")
    left = deadline.working_days_left
    act = "送达答复" if answered else "作出答复" if len(deadline.rounds) == 1 else "重新作出答复"
    if left is not None and deadline.due_on and today > deadline.due_on:
        return OnBoard("overdue", "立即" + act)
    if case.unserved and not answered:
        act = "送达告知书"  # one that was not sent moves nothing
    if deadline.due_on == today:
        return OnBoard("due_today", act)
    if answered and (left is None or left > SOON):
        return OnBoard("to_serve", act)
    if deadline.status == "paused" and not answered:
        return OnBoard("waiting", "等意见", deadline.wait_until)
    if left is not None and left <= SOON:
        return OnBoard("due_soon", act)
    if case.unconfirmed and not answered:
        return OnBoard("waiting", "与申请人确认收到")
    if case.unserved:
        return OnBoard("to_serve", act)
    if case.with_department and not answered:
        return _with_department(case, today)
    seventh = calendar.between(today, deadline.correction_by)
    if today <= deadline.correction_by and seventh <= WINDOW and deadline.counted_from == deadline.received_on:
        return OnBoard("correction_window", ASK, said=f"{CORRECT_BY}{deadline.correction_by:%m-%d}")
    return OnBoard("others", act)


def _with_department(case: CaseRow, today: date) -> OnBoard:
    """What to do about an application that a department of the house has."""
    if case.back_by is not None and case.back_by <= today:
        return OnBoard("waiting", f"催{case.with_department}")
    return OnBoard("waiting", f"等{case.with_department}", case.back_by)
