"""What a search may be narrowed to: the kinds of filter, how many cases each leaves, and what remains of the period of a case.

What remains is known only with the calendar and the day, so no table holds it: the cases whose period may run are worked out when
somebody asks, and again once anything was noted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from deskapp.desk.cases.board import SOON
from deskapp.law.categories import category
from deskapp.law.counting import FirstDay
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.receipt import channel_rule
from deskapp.law.workdays import Calendar
from deskapp.register.heads import last_entry
from deskapp.register.journal import Journal
from deskapp.register.queries import CaseRow
from deskapp.register.search import CaseCount, Scope, State, state_of

Left = Literal["", "overdue", "today", "within_three", "within_seven", "later", "stopped"]
THIS_WEEK = 7  # working days
STATES: dict[State, str] = {
    "all": "全部",
    "open": "没有办结",
    "to_serve": "待送达",
    "closed": "已办结",
    "void": "登记错的",
}
LEFTS: dict[Left, str] = {
    "overdue": "已超期",
    "today": "今天到期",
    "within_three": f"余1至{SOON}日",
    "within_seven": f"余{SOON + 1}至{THIS_WEEK}日",
    "later": f"余{THIS_WEEK + 1}日以上",
    "stopped": "停算",
}
WAITING = ("awaiting_correction", "awaiting_payment", "lapsed")


@dataclass(frozen=True)
class Sought(Scope):
    """Where somebody looks: as the register knows it, and what remains of the period."""

    left: Left = ""

    @property
    def words(self) -> str:
        """What is chosen, for people; the state and the year always."""
        year = f"{self.year}年收到" if self.year else "各年"
        rest = (
            LEFTS[self.left] if self.left else "",
            f"{self.handler}办" if self.handler else "",
            category(self.category).name if self.category else "",
            channel_rule(self.channel).name if self.channel else "",
        )
        return "，".join((STATES[self.state], year, *filter(None, rest)))


ANYWHERE = Sought()


@dataclass(frozen=True)
class CaseSort:
    """Everything that a search may be narrowed to, of a case."""

    state: State
    year: int
    channel: str
    category: str
    handler: str
    left: Left = ""


@dataclass(frozen=True)
class Choosable:
    """One value of a kind of filter: its name, how many cases it leaves, whether it is chosen."""

    kind: str
    value: str
    name: str
    n: int
    chosen: bool


@dataclass(frozen=True)
class _Kind:
    """A kind of filter: what it is called, what a value of it is called, and what is listed first (the most, unless it is told)."""

    name: str
    called: Callable[[str], str]
    place: Callable[[str, int], object] = lambda value, n: -n


KINDS: dict[str, _Kind] = {
    "state": _Kind("状态", lambda value: STATES[value]),  # type: ignore[index]  # a value of its own kind
    "left": _Kind("还有几日", lambda value: LEFTS[value], lambda value, n: list(LEFTS).index(value)),  # type: ignore[index,arg-type]  # the table of kinds holds the values of one kind each
    "handler": _Kind("谁办", str),
    "category": _Kind("答复", lambda value: category(value).name),
    "year": _Kind("年份", lambda value: f"{value}年"),
    "channel": _Kind("怎么来", lambda value: channel_rule(value).name),
}


def choosable(counts: Counter[CaseSort], sought: Sought) -> list[tuple[str, list[Choosable]]]:
    """Each kind by its name with what may be chosen, the chosen one first; each counted within what is chosen of the other kinds."""
    found = []
    for key, kind in KINDS.items():
        others = [other for other in KINDS if other != key]
        within: Counter[object] = Counter()
        for sort, n in counts.items():
            if all(_fits(sought, other, getattr(sort, other)) for other in others):
                within[getattr(sort, key)] += n
        chosen = str(getattr(sought, key) or "")
        listed = [
            Choosable(key, str(value), kind.called(str(value)), n, str(value) == chosen)
            for value, n in within.items()
            if value != ""
        ]
        places: dict[str, Any] = {one.value: kind.place(one.value, one.n) for one in listed}
        found.append((kind.name, sorted(listed, key=lambda one: (not one.chosen, places[one.value]))))
    return found


def _fits(sought: Sought, kind: str, value: object) -> bool:
    """Whether a value of this kind lies within what is chosen."""
    chosen = getattr(sought, kind)
    return chosen in (None, "", "all") or chosen == value


def left_of(case: CaseRow, deadline: Deadline, today: date) -> Left:
    """What remains of a case, empty where nothing runs any more: its answer has gone out, or it was closed in another way."""
    if case.void or case.archived_on:
        return ""
    if case.answered_on and (case.from_ledger or case.served_on or not category(case.category).answers):
        return ""
    if deadline.status in WAITING:
        return "stopped"
    left = deadline.working_days_left
    if deadline.due_on is None or left is None:
        return ""
    if today > deadline.due_on:
        return "overdue"
    if not left:
        return "today"
    return "within_three" if left <= SOON else "within_seven" if left <= THIS_WEEK else "later"


def sorted_counts(kept: Iterable[CaseCount], running: Iterable[tuple[CaseRow, Left]]) -> Counter[CaseSort]:
    """All cases by everything they may be narrowed to: as the register counted them, those that run by what remains of them."""
    counts: Counter[CaseSort] = Counter()
    for of in kept:
        counts[CaseSort(of.state, of.year, of.channel, of.category, of.handler)] += of.n
    for case, left in running:
        sort = CaseSort(state_of(case), case.received_on.year, case.channel, case.category, case.handler)
        counts[sort] -= 1
        counts[replace(sort, left=left)] += 1
    return +counts


class Remaining:
    """What remains of every case whose period may run, worked out once for each state of the register."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: tuple[tuple[int, date, Calendar, FirstDay], list[tuple[CaseRow, Left]]] | None = None

    def cases(self, today: date, first_day: FirstDay) -> list[tuple[CaseRow, Left]]:
        """These cases, each with what remains of it on a day."""
        calendar = self._journal.calendar()
        mark = (last_entry(self._journal.store)[0], today, calendar, first_day)
        if self._known is None or self._known[0] != mark:
            rows = self._journal.queries.not_delivered()
            self._known = mark, [(row, left) for row in rows if (left := self._left(row, today, calendar, first_day))]
        return self._known[1]

    @staticmethod
    def _left(row: CaseRow, today: date, calendar: Calendar, first_day: FirstDay) -> Left:
        return left_of(row, evaluate(row.clock_events, today, calendar, first_day, working=False), today)

    def among(self, left: Left, today: date, first_day: FirstDay) -> frozenset[int]:
        """The ranks of the cases of which so much remains."""
        return frozenset(row.rank for row, of in self.cases(today, first_day) if of == left)
