"""A case is what its events make of it: ``fold(events) -> Case``. Pure; nothing here reads a file or a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

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
    """One 行政复议 or 行政诉讼: when its copy came in, when the office answered, what came of it and when."""

    route: Route
    on: date
    outcome: Outcome = "pending"
    answered_on: date | None = None
    decided_on: date | None = None
    reference: str = ""


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
    case = Case(case_id, events[0], clock=(clock.Received(on=events[0].on),), void_letters=_void_letters(events))
    for _, event in counting(events):
        case = apply(case, event)
    return replace(case, history=tuple(events))


def grow(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event, the same as folding everything once more."""
    history = (*case.history, event)
    if isinstance(event, ev.Struck | ev.Voided):
        return fold(case.case_id, history)
    return replace(apply(case, event), history=history)


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
    case = _tick(case, event)
    match event:
        case ev.Corrected(content=content) | ev.Split(content=content) if content:
            return _registered(case, "content", content)
        case ev.Issued():
            return _issue(case, event)
        case ev.Answered() | ev.Closed():
            number = event.number if isinstance(event, ev.Answered) else case.number
            return replace(case, category=event.category, number=number, closed_on=event.on)
        case ev.Withdrawn():
            return replace(case, category="withdrawn", number=event.number, closed_on=event.on)
        case ev.Printed():
            return replace(case, prints=(*case.prints, event))
        case ev.Reviewed():
            return replace(case, reviews=(*case.reviews, event))
        case ev.Served():
            return _serve(case, event)
        case ev.Returned():
            return _come_back(case, event)
        case ev.Voided():
            return replace(case, void=case.void or event.number == case.case_no)
        case ev.Amended():
            return _amend(case, event)
    return _close(case, event)


def _close(case: Case, event: ev.AnyEvent) -> Case:
    """What happens to a case that has its answer."""
    match event:
        case ev.Archived():
            return replace(case, archived=event)
        case ev.PublicationJudged():
            return replace(case, publication=event)
        case ev.PlatformEntered():
            return replace(case, platform=event)
        case ev.Disputed():
            decided = None if event.outcome == "pending" else event.on
            matter = Matter(event.route, event.on, event.outcome, None, decided, event.reference)
            return replace(case, disputes=(*case.disputes, matter))
        case ev.DisputeAnswered() | ev.DisputeDecided():
            return replace(case, disputes=tuple(_moved(matter, event) for matter in case.disputes))
    return case


def _moved(matter: Matter, event: ev.DisputeAnswered | ev.DisputeDecided) -> Matter:
    """A matter after the office's answer or its decision, if it is the open one of that route."""
    if matter.route != event.route or matter.decided_on:
        return matter
    if isinstance(event, ev.DisputeAnswered):
        return replace(matter, answered_on=event.on)
    reference = event.reference or matter.reference
    return replace(matter, outcome=event.outcome, decided_on=event.on, reference=reference)


def _registered(case: Case, name: str, value: str) -> Case:
    """The case with one fact of its registration changed; the journal keeps the first wording."""
    changed = {**case.received.model_dump(mode="json"), _AMENDED_AS.get(name, name): value}
    return replace(case, received=ev.Received.model_validate(changed))


def _amend(case: Case, event: ev.Amended) -> Case:
    """Put one fact right; another day of receipt is another start of the clock."""
    case = _registered(case, event.field, event.value)
    if event.field != "received_on":
        return case
    return replace(case, clock=(clock.Received(on=case.received.on), *case.clock[1:]))


def _tick(case: Case, event: ev.AnyEvent) -> Case:
    """Hand the event to the clock's list when it is one of the clock's."""
    fields = _CLOCK_FIELDS.get(event.act)
    if fields is None:
        return case
    data = {"act": event.act, "on": event.on, **{name: getattr(event, name) for name in fields}}
    return replace(case, clock=(*case.clock, *clock.parse_events([data])))


def _issue(case: Case, event: ev.Issued) -> Case:
    """A letter; the answer closes the case unless its number was given up."""
    case = replace(case, letters=(*case.letters, event))
    if not event.category or event.letter_id in case.void_letters:
        return case
    return replace(case, category=event.category, number=event.number, closed_on=event.on, answer_id=event.letter_id)


def _serve(case: Case, event: ev.Served) -> Case:
    """Delivery of the answer stops the clock; delivery of any other letter is only noted."""
    noted = _fee_notice_arrived(replace(case, served_letters=case.served_letters | {event.letter_id}), event)
    if event.letter_id != case.answer_id or not case.category or case.served:
        return noted
    return replace(noted, served=event, clock=(*case.clock, clock.Served(on=event.on, by=event.way)))


def _come_back(case: Case, event: ev.Returned) -> Case:
    """A letter that came back is to be delivered once more; the day of its posting stays what decided (国办公开办函
    〔2016〕235号), so the clock does not move."""
    return replace(case, served_letters=case.served_letters - {event.letter_id})


def _fee_notice_arrived(case: Case, event: ev.Served) -> Case:
    """A fee notice that was signed for: the days to pay follow that day (办法 6). Posting says nothing about arrival."""
    kinds = {letter.letter_id: letter.kind for letter in case.letters}
    if kinds.get(event.letter_id) != "fee_notice" or event.way not in ("in_person", "entrusted"):
        return case
    known = [e.model_copy(update={"received_on": event.on}) if e.act == "fee_noticed" else e for e in case.clock]
    return replace(case, clock=tuple(known))


def letters_not_served(case: Case) -> Iterable[ev.Issued]:
    """Letters of the case that no delivery is recorded for; receipts are handed over at once and do not count."""
    done = case.served_letters | case.void_letters
    return (letter for letter in case.letters if letter.letter_id not in done and letter.number)
