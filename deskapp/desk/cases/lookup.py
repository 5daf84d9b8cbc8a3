"""Lookup: the board of the day, search, and one case with its clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from deskapp.clock import Clock
from deskapp.desk.cases.board import STATUS_NAMES, VOID, MatterDue
from deskapp.desk.cases.narrowing import ANYWHERE, CaseSort, Remaining, Sought, sorted_counts
from deskapp.desk.cases.work import matter_due
from deskapp.law.annual_report import outcome_names
from deskapp.law.categories import category
from deskapp.law.counting import FirstDay
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.disputes import results
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.workdays import Calendar
from deskapp.parsing import one_line
from deskapp.register.acts import describe, name_of
from deskapp.register.case import Case, struck_places
from deskapp.register.events import AnyEvent, Issued
from deskapp.register.journal import Journal
from deskapp.register.queries import CaseRow
from deskapp.register.search import kept, search
from deskapp.register.tokens import LONGEST_SEARCH, fold_text
from deskapp.unit import UnitProfile

if TYPE_CHECKING:
    from deskapp.desk.cases.glance import Glance


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
    rank: int = 0
    left: str = ""
    void: bool = False

    @property
    def status_name(self) -> str:
        """The status in Chinese; a file that was put away says so."""
        if self.void:
            return VOID
        if self.answered and self.status in ("running", "paused"):
            return "待送达"
        return STATUS_NAMES["archived" if self.archived else self.status]

    def as_contract(self) -> dict[str, Any]:
        """The keys of a row of ``deskapp search --json``."""
        names = ("case_no", "applicant", "content", "received_on", "status", "due_on")
        return {name: getattr(self, name) for name in names}


def _detail(event: AnyEvent, titles: dict[str, str]) -> str:
    """What the journal says of an event; what happens to a paper names the paper."""
    title = "" if isinstance(event, Issued) else titles.get(getattr(event, "letter_id", ""), "")
    return "　".join(part for part in (title, describe(event)) if part)


def _left(case: CaseRow, deadline: Deadline, today: date) -> str:
    """How long is left of a case in a word, or what it came to."""
    if case.category:
        return category(case.category).name
    left = deadline.working_days_left
    if case.void or deadline.due_on is None or left is None:
        return "" if case.void or deadline.status == "withdrawn" else "停算"
    if today > deadline.due_on:
        return f"超{-left}日" if left else "已过"
    return f"余{left}日" if left else "今天"


def is_number_of(case_no: str, typed: str) -> bool:
    """Whether what is typed is a case's number (LH-2026-0060), or the last part of it, with its noughts or without (0060, 60)."""
    plain = fold_text(typed)
    serial = case_no.rpartition("-")[2]
    return bool(plain) and plain in (fold_text(case_no), serial, serial.lstrip("0"))


class Lookup:
    """The moment somebody looks something up."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock
        self._remaining = Remaining(journal)

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

    def cases_by_no(self, case_nos: Sequence[str]) -> list[Found]:
        """Cases by their numbers, in that order, as a search shows them."""
        found = {case.case_no: case for case in self._as_found(self._journal.queries.by_numbers(case_nos))}
        return [found[number] for number in case_nos if number in found]

    def entries(self, case_id: str) -> list[tuple[date, str, str]]:
        """The journal of a case in words: day, act, detail."""
        history = self._journal.history(case_id)
        titles = {event.letter_id: event.title for event in history if isinstance(event, Issued)}
        struck = struck_places(history)
        return [
            (event.on, f"{name_of(event)}（已划去）" if n in struck else name_of(event), _detail(event, titles))
            for n, event in enumerate(history)
        ]

    def deadline(self, case: Case) -> Deadline:
        """The clock of a case today, with its working."""
        return self._journal.deadline(case)

    def glance(self, case_id: str) -> Glance:
        """A case with everything that is shown of it beside a list, read once."""
        from deskapp.desk.cases.glance import glance_of  # the list of the board does not wait for it

        case = self._journal.case(case_id)
        deadline = self._journal.deadline(case)
        return glance_of(case, deadline, self.matters_of(case), self._clock.today(), self._journal.calendar())

    def matters_of(self, case: Case) -> list[MatterDue]:
        """Those of one case."""
        waiting = [matter for matter in case.disputes if matter.open and matter.dated and not matter.answered_on]
        today, calendar = self._clock.today(), self._journal.calendar()
        return [matter_due(case.case_no, m.route, m.counted_from, m.answer_by, today, calendar) for m in waiting]

    def disputes_of(self, case: Case) -> list[str]:
        """The disputes about a case, a line for each: route, number, since when, in which instance, what came of it."""
        lines = []
        for matter in case.disputes:
            ending = results().get(matter.result)
            how = ending.name if ending else outcome_names()[matter.outcome]
            instance = f"二审，{matter.appealed_on}上诉" if matter.appealed_on else ""
            ended = f"{matter.decided_on}{how}" if matter.decided_on and matter.dated else how
            answered = f"{matter.answered_on}已答复" if matter.answered_on and matter.open else ""
            since = f"{matter.on}收到" if matter.dated else ""
            parts = (ROUTE_NAMES[matter.route][:4], matter.reference, since, instance, answered, ended)
            lines.append("　".join(part for part in parts if part))
        return lines

    # -- search ------------------------------------------------------------------------------------------------

    def search(self, words: str, limit: int = 50, scope: Sought = ANYWHERE) -> list[Found]:
        """Cases that hold every word: in name, initials, number, phone or content; newest first, within ``scope``. A case whose own number is
        typed, whole or its last part, stands before those that hold it in a telephone number."""
        wanted = one_line(words)[:LONGEST_SEARCH]
        if scope.left:
            among = self._remaining.among(scope.left, self._clock.today(), self.unit().first_day)
            scope = replace(scope, among=among)
        found = search(self._journal.store, wanted, limit, scope)
        return self._as_found(sorted(found, key=lambda case: not is_number_of(case.case_no, wanted)))

    def _as_found(self, cases: Sequence[CaseRow]) -> list[Found]:
        """Cases as a search shows them today."""
        today, calendar, first_day = self._clock.today(), self._journal.calendar(), self.unit().first_day
        return [self._found(case, today, first_day, calendar) for case in cases]

    def kept(self) -> Counter[CaseSort]:
        """How many cases there are of every sort that a search may be narrowed to."""
        running = self._remaining.cases(self._clock.today(), self.unit().first_day)
        return sorted_counts(kept(self._journal.store), running)

    def years(self) -> list[int]:
        """The years in which anything was received, newest first."""
        ends = self._journal.queries.years()
        return list(range(ends[1], ends[0] - 1, -1)) if ends else []

    @staticmethod
    def _found(case: CaseRow, today: date, first_day: FirstDay, calendar: Calendar) -> Found:
        deadline = evaluate(case.clock_events, today, calendar, first_day, working=False)
        return Found(
            case_id=case.case_id,
            case_no=case.case_no,
            applicant=case.who,
            content=case.content,
            received_on=case.received_on.isoformat(),
            status=deadline.status,
            due_on=deadline.due_on.isoformat() if deadline.due_on else None,
            archived=case.archived_on is not None,
            answered=case.answered_on is not None,
            rank=case.rank,
            left=_left(case, deadline, today),
            void=case.void,
        )
