"""A case is what its events make of it: ``fold(events) -> Case``. Pure; nothing here reads a file or a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from deskapp.law import clock_events as clock
from deskapp.law.annual_report import Outcome, Route
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
_AMENDED_AS = {"received_on": "on"}  # amended fields that the registration has under another name


@dataclass(frozen=True)
class Matter:
    """One 行政复议 or 行政诉讼: when its copy came in, when the office answered, what came of it and when. One that is
    not ``dated`` comes from a ledger, which does not know the day of the copy."""

    route: Route
    on: date
    outcome: Outcome = "pending"
    answered_on: date | None = None
    decided_on: date | None = None
    reference: str = ""
    dated: bool = True


@dataclass(frozen=True)
class Case:
    """The state of one application. ``received`` is the registration as it stands after all amendments; ``clock`` is
    what the deadline is computed from; ``void`` says that it was registered by mistake."""

    case_id: str
    received: ev.Received
    category: str = ""
    number: str = ""
    answer_id: str = ""
    closed_on: date | None = None
    served: ev.Served | None = None
    archived: ev.Archived | None = None
    void: bool = False
    clock: tuple[clock.ClockEvent, ...] = ()
    letters: tuple[ev.Issued, ...] = ()
    prints: tuple[ev.Printed, ...] = ()
    reviews: tuple[ev.Reviewed, ...] = ()
    disputes: tuple[Matter, ...] = ()
    served_letters: frozenset[str] = frozenset()
    void_letters: frozenset[str] = frozenset()
    publication: ev.PublicationJudged | None = None
    platform: ev.PlatformEntered | None = None
    history: tuple[ev.AnyEvent, ...] = field(default=(), repr=False)

    @property
    def case_no(self) -> str:
        """The number given at registration."""
        return self.received.case_no

    @property
    def applicant(self) -> str:
        """Who applied."""
        return self.received.applicant

    @property
    def applicant_class(self) -> str:
        """The column of the annual table."""
        return self.received.applicant_class

    @property
    def phone(self) -> str:
        """The applicant's telephone."""
        return self.received.phone

    @property
    def address(self) -> str:
        """The applicant's address."""
        return self.received.address

    @property
    def content(self) -> str:
        """What was applied for."""
        return self.received.content

    @property
    def row(self) -> str:
        """The row of the annual table the case counts in, empty while it has none."""
        return category(self.category).row if self.category else ""


def fold(case_id: str, events: Sequence[ev.AnyEvent]) -> Case:
    """The case that ``events`` make. The first must be its receipt (ValueError otherwise)."""
    if not events or not isinstance(events[0], ev.Received):
        raise ValueError("the first event of a case is its receipt")
    start = (clock.Received(on=events[0].on),)
    if len(events) == 1:
        return Case(case_id, events[0], clock=start, history=tuple(events))
    case = Case(case_id, events[0], clock=start, void_letters=_void_letters(events))
    for _, event in counting(events):
        case = apply(case, event)
    return _with(case, {"history": tuple(events)})


Changes = dict[str, Any]  # new values by field of Case


def grow(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event, the same as folding everything once more."""
    history = (*case.history, event)
    if isinstance(event, ev.Struck | ev.Voided):
        return fold(case.case_id, history)
    return _with(case, {**_changes(case, event), "history": history})


def counting(events: Sequence[ev.AnyEvent]) -> Iterable[tuple[int, ev.AnyEvent]]:
    """The events after the receipt that still count, with their place: not those struck out, nor what a voided letter
    did to the clock."""
    struck = {event.n for event in events if isinstance(event, ev.Struck)}
    void = _void_letters(events)
    for n, event in enumerate(events[1:], 1):
        undone = getattr(event, "letter_id", "") in void and event.act in _CLOCK_FIELDS
        if n not in struck and not undone:
            yield n, event


def _void_letters(events: Sequence[ev.AnyEvent]) -> frozenset[str]:
    """The letters whose number was given up."""
    numbers = {event.number for event in events if isinstance(event, ev.Voided)}
    return frozenset(e.letter_id for e in events if isinstance(e, ev.Issued) and e.number and e.number in numbers)


def apply(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event; its history is left as it is."""
    return _with(case, _changes(case, event))


def _with(case: Case, changes: Changes) -> Case:
    """The case with other values: ``dataclasses.replace`` at a quarter of its cost, which a large ledger pays."""
    grown = object.__new__(Case)
    vars(grown).update(vars(case), **changes)
    return grown


def _changes(case: Case, event: ev.AnyEvent) -> Changes:
    """What one more event changes in a case."""
    ticked: Changes = {"clock": (*case.clock, _tick(event))} if event.act in _CLOCK_FIELDS else {}
    match event:
        case ev.Corrected(content=content) | ev.Split(content=content) if content:
            return {**ticked, "received": _registered(case, "content", content)}
        case ev.Withdrawn():
            return {**ticked, "category": "withdrawn", "number": event.number, "closed_on": event.on}
        case ev.Issued():
            return _issue(case, event)
        case ev.Answered():
            return {"category": event.category, "number": event.number, "closed_on": event.on}
        case ev.Closed():
            return {"category": event.category, "closed_on": event.on}
        case ev.Printed():
            return {"prints": (*case.prints, event)}
        case ev.Reviewed():
            return {"reviews": (*case.reviews, event)}
        case ev.Served():
            return _serve(case, event)
        case ev.Amended():
            return _amend(case, event)
    return ticked or _afterwards(case, event)


def _afterwards(case: Case, event: ev.AnyEvent) -> Changes:
    """What happens to a case that has its answer, or that should never have been registered."""
    match event:
        case ev.Returned():
            # The day of posting stays what decided (国办公开办函〔2016〕235号): the clock does not move.
            return {"served_letters": case.served_letters - {event.letter_id}}
        case ev.Voided():
            return {"void": case.void or event.number == case.case_no}
        case ev.Archived():
            return {"archived": event}
        case ev.PublicationJudged():
            return {"publication": event}
        case ev.PlatformEntered():
            return {"platform": event}
        case ev.Disputed():
            decided = None if event.outcome == "pending" else event.on
            matter = Matter(event.route, event.on, event.outcome, None, decided, event.reference, event.dated)
            return {"disputes": (*case.disputes, matter)}
        case ev.DisputeAnswered() | ev.DisputeDecided():
            return {"disputes": tuple(_moved(matter, event) for matter in case.disputes)}
    return {}


def _moved(matter: Matter, event: ev.DisputeAnswered | ev.DisputeDecided) -> Matter:
    """A matter after the office's answer or its decision, if it is the open one of that route."""
    if matter.route != event.route or matter.decided_on:
        return matter
    if isinstance(event, ev.DisputeAnswered):
        return replace(matter, answered_on=event.on)
    reference = event.reference or matter.reference
    return replace(matter, outcome=event.outcome, decided_on=event.on, reference=reference)


def _registered(case: Case, name: str, value: str) -> ev.Received:
    """The registration with one fact changed; the journal keeps the first wording."""
    changed = {**case.received.model_dump(mode="json"), _AMENDED_AS.get(name, name): value}
    return ev.Received.model_validate(changed)


def _amend(case: Case, event: ev.Amended) -> Changes:
    """Put one fact right; another day of receipt is another start of the clock."""
    received = _registered(case, event.field, event.value)
    if event.field != "received_on":
        return {"received": received}
    return {"received": received, "clock": (clock.Received(on=received.on), *case.clock[1:])}


def _tick(event: ev.AnyEvent) -> clock.ClockEvent:
    """The event as the deadline clock knows it."""
    fields = {name: getattr(event, name) for name in _CLOCK_FIELDS[event.act]}
    return clock.parse_events([{"act": event.act, "on": event.on, **fields}])[0]


def _issue(case: Case, event: ev.Issued) -> Changes:
    """A letter; the answer closes the case unless its number was given up."""
    letters = {"letters": (*case.letters, event)}
    if not event.category or event.letter_id in case.void_letters:
        return letters
    answer = {"category": event.category, "number": event.number, "closed_on": event.on}
    return {**letters, **answer, "answer_id": event.letter_id}


def _serve(case: Case, event: ev.Served) -> Changes:
    """Delivery of the answer stops the clock; delivery of any other letter is only noted."""
    ticks = _fee_notice_arrived(case, event)
    noted: Changes = {"served_letters": case.served_letters | {event.letter_id}, "clock": ticks}
    if event.letter_id != case.answer_id or not case.category or case.served:
        return noted
    return {**noted, "served": event, "clock": (*ticks, clock.Served(on=event.on, by=event.way))}


def _fee_notice_arrived(case: Case, event: ev.Served) -> tuple[clock.ClockEvent, ...]:
    """The clock after a delivery. A fee notice that was signed for: the days to pay follow that day (办法 6). Posting
    says nothing about arrival."""
    kinds = {letter.letter_id: letter.kind for letter in case.letters}
    if kinds.get(event.letter_id) != "fee_notice" or event.way not in ("in_person", "entrusted"):
        return case.clock
    return tuple(e.model_copy(update={"received_on": event.on}) if e.act == "fee_noticed" else e for e in case.clock)


def letters_not_served(case: Case) -> Iterable[ev.Issued]:
    """Letters of the case that no delivery is recorded for; receipts are handed over at once and do not count."""
    done = case.served_letters | case.void_letters
    return (letter for letter in case.letters if letter.letter_id not in done and letter.number)
