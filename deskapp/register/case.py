"""A case is what its events make of it: ``fold(events) -> Case``. Pure; nothing here reads a file or a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from deskapp.law import clock_events as clock
from deskapp.law.categories import category
from deskapp.register import events as ev

# Events that the deadline clock knows under the same name, with the fields it takes.
_CLOCK_FIELDS: dict[str, tuple[str, ...]] = {
    "correction_requested": ("respond_by",),
    "corrected": (),
    "party_consulted": ("party", "received_by_party_on"),
    "party_answered": ("party",),
    "agency_consulted": ("agency", "received_by_agency_on"),
    "agency_answered": ("agency",),
    "extended": ("working_days", "approved_by"),
    "fee_noticed": (),
    "fee_paid": (),
    "deferred": ("until",),
    "withdrawn": (),
}


@dataclass(frozen=True)
class Case:
    """The state of one application. ``clock`` is what the deadline is computed from."""

    case_id: str
    received: ev.Received
    applicant: str
    applicant_class: str
    phone: str
    address: str
    content: str
    category: str = ""
    number: str = ""
    answer_id: str = ""
    closed_on: date | None = None
    served: ev.Served | None = None
    archived: ev.Archived | None = None
    clock: tuple[clock.ClockEvent, ...] = ()
    letters: tuple[ev.Issued, ...] = ()
    prints: tuple[ev.Printed, ...] = ()
    reviews: tuple[ev.Reviewed, ...] = ()
    disputes: tuple[ev.Disputed, ...] = ()
    served_letters: frozenset[str] = frozenset()
    history: tuple[ev.AnyEvent, ...] = field(default=(), repr=False)

    @property
    def case_no(self) -> str:
        """The number given at registration."""
        return self.received.case_no

    @property
    def row(self) -> str:
        """The row of the annual table the case counts in, empty while it has none."""
        return category(self.category).row if self.category else ""


def fold(case_id: str, events: Sequence[ev.AnyEvent]) -> Case:
    """The case that ``events`` make. The first must be its receipt (ValueError otherwise)."""
    if not events or not isinstance(events[0], ev.Received):
        raise ValueError("the first event of a case is its receipt")
    first = events[0]
    case = Case(
        case_id, first, first.applicant, first.applicant_class, first.phone, first.address, first.content,
        clock=(clock.Received(on=first.on),),
    )  # fmt: skip
    for event in events[1:]:
        case = _apply(case, event)
    return replace(case, history=tuple(events))


def _apply(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event."""
    case = _tick(case, event)
    match event:
        case ev.Corrected(content=content) if content:
            return replace(case, content=content)
        case ev.Issued(category=""):
            return replace(case, letters=(*case.letters, event))
        case ev.Issued():
            answer = replace(case, category=event.category, number=event.number, closed_on=event.on)
            return replace(answer, answer_id=event.letter_id, letters=(*case.letters, event))
        case ev.Answered():
            return replace(case, category=event.category, number=event.number, closed_on=event.on)
        case ev.Withdrawn():
            return replace(case, category="withdrawn", closed_on=event.on)
        case ev.Printed():
            return replace(case, prints=(*case.prints, event))
        case ev.Reviewed():
            return replace(case, reviews=(*case.reviews, event))
        case ev.Disputed():
            return replace(case, disputes=(*case.disputes, event))
        case ev.Archived():
            return replace(case, archived=event)
        case ev.Served():
            return _serve(case, event)
        case ev.Amended():
            return case if event.field == "id_number" else _amend(case, event)
    return case


def _amend(case: Case, event: ev.Amended) -> Case:
    """Put one fact right; the registration itself stays in the journal as it was."""
    changes: dict[str, Any] = {event.field: event.value}
    return replace(case, **changes)


def _tick(case: Case, event: ev.AnyEvent) -> Case:
    """Hand the event to the clock's list when it is one of the clock's."""
    fields = _CLOCK_FIELDS.get(event.act)
    if fields is None:
        return case
    data = {"act": event.act, "on": event.on, **{name: getattr(event, name) for name in fields}}
    return replace(case, clock=(*case.clock, *clock.parse_events([data])))


def _serve(case: Case, event: ev.Served) -> Case:
    """Delivery of the answer stops the clock; delivery of any other letter is only noted."""
    noted = _fee_notice_arrived(replace(case, served_letters=case.served_letters | {event.letter_id}), event)
    if event.letter_id != case.answer_id or not case.category or case.served:
        return noted
    return replace(noted, served=event, clock=(*case.clock, clock.Served(on=event.on, by=event.way)))


def _fee_notice_arrived(case: Case, event: ev.Served) -> Case:
    """A fee notice that was signed for: the days to pay follow that day (办法 6). Posting says nothing about arrival."""
    kinds = {letter.letter_id: letter.kind for letter in case.letters}
    if kinds.get(event.letter_id) != "fee_notice" or event.way not in ("in_person", "entrusted"):
        return case
    known = [e.model_copy(update={"received_on": event.on}) if e.act == "fee_noticed" else e for e in case.clock]
    return replace(case, clock=tuple(known))


def letters_not_served(case: Case) -> Iterable[ev.Issued]:
    """Letters of the case that no delivery is recorded for; receipts are handed over at once and do not count."""
    return (letter for letter in case.letters if letter.letter_id not in case.served_letters and letter.number)
