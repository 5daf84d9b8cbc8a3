"""A case: its state as :mod:`deskapp.register.fold` makes it of its events. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, cast

from deskapp.law import clock_events as clock
from deskapp.law.annual_report import ApplicantClass, Outcome, Route
from deskapp.law.categories import category
from deskapp.law.disputes import Ordered, orders_anew, said_of_answer
from deskapp.register import events as ev
from deskapp.register.who import who_of

APPLICANT = "申请人"  # to whom a letter goes that is for nobody else
TO_OTHERS = {
    "third_party_disclosure_notice": "第三方", "assistance_request": "协办的机关",
}  # fmt: skip
"""Letters that go to somebody else than the applicant though no act names him, by kind."""
HANDED_IN = (
    "review_defence",
)  # papers that are handed in and not delivered: the act that notes it is one of its own
PRINTS = ("printed", "print_ended")  # who sends a paper to the printer does not work on the case by that
AMENDED_AS = {"received_on": "on"}  # amended facts that the registration has under another name


@dataclass(frozen=True)
class Matter:
    """One 行政复议 or 行政诉讼: when its copy came in, when the office answered, what came of it and when. One that is
    not ``dated`` comes from a ledger, which does not know the day of the copy. ``answer_by`` is the last day that the notice names,
    ``result`` how it ended by its key in the law's data; one that was ``appealed_on`` is in the second instance."""

    route: Route
    on: date
    outcome: Outcome = "pending"
    answered_on: date | None = None
    decided_on: date | None = None
    reference: str = ""
    dated: bool = True
    answer_by: date | None = None
    result: str = ""
    appealed_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it is not decided."""
        return self.decided_on is None

    @property
    def counted_from(self) -> date:
        """The day from which the office's own period runs: the copy of the application, of the complaint or of the appeal."""
        return self.appealed_on or self.on


def matters_before(disputes: Iterable[Matter], ordered_by: str) -> list[Matter]:
    """The matters before the review or the courts, whichever gave an order to answer anew."""
    return [matter for matter in disputes if (matter.route == "review") is (ordered_by == "review")]


UNDONE: dict[Ordered, str] = {
    "annulled": "{}撤销",
    "illegal": "{}确认违法，责令重新答复",
    "void": "{}确认无效，责令重新答复",
    "to_act": "责令答复",
}


@dataclass(frozen=True)
class Earlier:
    """An answer that was set aside, wholly or in part: what it was, and the order that did it. ``category`` is empty where there had
    been no answer at all."""

    category: str
    number: str
    answer_id: str
    closed_on: date | None
    served: ev.Served | None
    order: ev.RedoOrdered

    def said(self, disputes: Sequence[Matter]) -> Ordered:
        """What its order says of it, as the matter ended that the order comes from."""
        if self.order.ordered_by == "self":
            return "annulled"
        before = matters_before(disputes, self.order.ordered_by)
        ended = [matter.result for matter in before if not matter.open and matter.result]
        return said_of_answer(ended[-1]) if ended else "annulled"

    def undone(self, disputes: Sequence[Matter]) -> str:
        """What became of it, in words."""
        part = "部分" if self.order.partly else ""
        how = UNDONE[self.said(disputes)].format(part) if self.category else "责令答复"
        return f"已被{self.order.number}{how}" if self.order.number else f"已由本机关自行{how}"


@dataclass(frozen=True)
class Case:
    """The state of one application. ``received`` is the registration as it stands after all amendments; ``clock_events`` are
    what the deadline is computed from; ``referred`` are the departments of the house that have it now; ``without_letter``: closed
    without one; ``earlier`` are the answers that were set aside, and then the case is open once more; ``papers`` are those on file,
    ``void`` says that it was registered by mistake; ``erased`` that its people are not known any more."""

    case_id: str
    received: ev.Received
    category: str = ""
    number: str = ""
    answer_id: str = ""
    closed_on: date | None = None
    without_letter: bool = False
    from_ledger: bool = False
    earlier: tuple[Earlier, ...] = ()
    served: ev.Served | None = None
    archived: ev.Archived | None = None
    void: bool = False
    clock_events: tuple[clock.ClockEvent, ...] = ()
    letters: tuple[ev.Issued, ...] = ()
    prints: tuple[ev.Printed, ...] = ()
    print_ends: tuple[ev.PrintEnded, ...] = ()
    reviews: tuple[ev.Reviewed, ...] = ()
    referred: tuple[ev.Referred, ...] = ()
    disputes: tuple[Matter, ...] = ()
    served_letters: frozenset[str] = frozenset()
    void_letters: frozenset[str] = frozenset()
    publication: ev.PublicationJudged | None = None
    platform: ev.PlatformEntered | None = None
    papers: tuple[ev.Attached, ...] = ()
    erased: ev.Erased | None = None
    history: tuple[ev.AnyEvent, ...] = field(default=(), repr=False)

    @property
    def told(self) -> tuple[ev.AnyEvent, ...]:
        """The entries that still count: not those struck out, nor what a letter did whose number was given up. ``history`` has them all,
        and is for showing the journal."""
        return (*self.history[:1], *(event for _, event in counting(self.history, self.void_letters)))

    @property
    def first_content(self) -> str:
        """What was applied for at first, where a 补正 worded it anew; empty otherwise."""
        first = ""
        for event in self.told:
            if isinstance(event, ev.Received):
                first = event.content
            elif isinstance(event, ev.Amended) and event.field == "content":
                first = event.value
            elif isinstance(event, ev.Corrected) and event.content:
                return first if first != event.content else ""
        return ""

    @property
    def sent(self) -> tuple[ev.AnyEvent, ...]:
        """The same, each notice with the days its letter went out and arrived, as its delivery tells: what an entry says of a letter is the
        day on which it was written."""
        ticks: dict[tuple[str, str], ev.AnyEvent] = {}
        for tick in self.clock_events:
            if isinstance(tick, ev.OfLetter) and isinstance(tick, clock.Notice) and tick.letter_id:
                ticks[tick.act, tick.letter_id] = cast("ev.AnyEvent", tick)  # the clock holds the entry itself
        return tuple(ticks.get((event.act, getattr(event, "letter_id", "")), event) for event in self.told)

    @property
    def case_no(self) -> str:
        """The number given at registration."""
        return self.received.case_no

    @property
    def applicant(self) -> str:
        """Who applied."""
        return self.received.applicant

    @property
    def applicant_class(self) -> ApplicantClass:
        """The column of the annual table, by its key."""
        return self.received.applicant_class

    @property
    def applicants(self) -> tuple[str, ...]:
        """The names of all who applied together, the one it is registered under first."""
        return (self.received.applicant, *(person.name for person in self.received.others))

    @property
    def who(self) -> str:
        """Who applied, as lists name him: the first of several, and how many they are."""
        return who_of(self.applicant, len(self.received.others))

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
    def first_answer(self) -> Earlier | Case:
        """The answer that the year counts: the one that closed it first."""
        return next((answer for answer in self.earlier if answer.category), self)

    @property
    def counted_as(self) -> str:
        """The outcome under which the year counts the case: the one it had when it was closed first."""
        return self.first_answer.category

    @property
    def counted_on(self) -> date | None:
        """When it was closed first."""
        return self.first_answer.closed_on

    @property
    def handler(self) -> str:
        """Who works on it: the last who noted anything of it but that a paper was printed; empty where no name was kept."""
        return next((event.by for event in reversed(self.history) if event.by and event.act not in PRINTS), "")

    @property
    def row(self) -> str:
        """The row of the annual table the case counts in, empty while it has none."""
        return category(self.counted_as).row if self.counted_as else ""


class Changes(TypedDict, total=False):
    """What an event changes in a case: new values of these fields. A test compares them with those of :class:`Case`."""

    received: ev.Received
    category: str
    number: str
    answer_id: str
    closed_on: date | None
    without_letter: bool
    from_ledger: bool
    earlier: tuple[Earlier, ...]
    served: ev.Served | None
    archived: ev.Archived | None
    void: bool
    clock_events: tuple[clock.ClockEvent, ...]
    letters: tuple[ev.Issued, ...]
    prints: tuple[ev.Printed, ...]
    print_ends: tuple[ev.PrintEnded, ...]
    reviews: tuple[ev.Reviewed, ...]
    referred: tuple[ev.Referred, ...]
    disputes: tuple[Matter, ...]
    served_letters: frozenset[str]
    void_letters: frozenset[str]
    publication: ev.PublicationJudged | None
    platform: ev.PlatformEntered | None
    papers: tuple[ev.Attached, ...]
    erased: ev.Erased | None
    history: tuple[ev.AnyEvent, ...]


def changed(case: Case, changes: Changes) -> Case:
    """The case with other values: ``dataclasses.replace`` at a quarter of its cost, which a large ledger pays."""
    grown = object.__new__(Case)
    vars(grown).update(vars(case), **changes)
    return grown


def registered(case: Case, name: str, value: str) -> ev.Received:
    """The registration with one fact changed; the journal keeps the first wording. Raises ValidationError for a value that
    cannot be."""
    fields = {**case.received.model_dump(mode="json"), AMENDED_AS.get(name, name): value}
    return ev.Received.model_validate(fields)


def struck_places(history: Iterable[ev.AnyEvent]) -> frozenset[int]:
    """The places in a history of the entries that were struck out."""
    return frozenset(event.n for event in history if event.act == "struck")


def counting(events: Sequence[ev.AnyEvent], void: frozenset[str] | None = None) -> Iterator[tuple[int, ev.AnyEvent]]:
    """The events after the receipt that still count, with their place: not those struck out, nor what a voided letter did; ``void`` are
    those letters, as the events themselves tell where it is not given."""
    struck = struck_places(events)
    void = void_letters_of(events) if void is None else void
    for n, event in enumerate(events[1:], 1):
        undone = void and isinstance(event, ev.OfLetter) and event.letter_id in void
        if n not in struck and not undone:
            yield n, event


def void_letters_of(events: Iterable[ev.AnyEvent]) -> frozenset[str]:
    """The letters whose number was given up."""
    numbers = {event.number for event in events if event.act == "voided"}
    if not numbers:
        return frozenset()
    return frozenset(e.letter_id for e in events if e.act == "issued" and e.number and e.number in numbers)


def begun_on(case: Case, on: date) -> tuple[clock.ClockEvent, ...]:
    """The clock's acts with another day of receipt."""
    return (clock.Received(on=on), *case.clock_events[1:])


def order_to_note(case: Case) -> bool:
    """Whether a dispute ended in an order to answer anew that nobody has noted: the answer still stands as if it were the last."""
    last = case.disputes[-1] if case.disputes else None
    if last is None or last.decided_on is None or not case.category or not orders_anew(last.result):
        return False
    return not case.earlier or case.earlier[-1].order.on < last.decided_on


def asked_by(case: Case, letter_id: str) -> str:
    """Whom a letter of the case asks for an opinion; empty when it goes to somebody else."""
    for event in case.history:
        if isinstance(event, ev.PartyConsulted | ev.AgencyConsulted) and event.letter_id == letter_id != "":
            return event.party if isinstance(event, ev.PartyConsulted) else event.agency
    return ""


def items_apart(case: Case, event: ev.AnyEvent) -> tuple[str, ...]:
    """The numbers of the items whose clock a day does not reach: it is of a notice that was written before the paper was split."""
    splits = [past for past in case.history if isinstance(past, ev.Split)]
    if not splits or not isinstance(event, ev.Arrived | ev.Returned | ev.Served):
        return ()
    before = case.history[: case.history.index(splits[0])]
    notices = {past.letter_id for past in before if isinstance(past, clock.Notice) and isinstance(past, ev.OfLetter)}
    return splits[0].into if event.letter_id and event.letter_id in notices else ()


def addressee_of(case: Case, letter_id: str) -> str:
    """To whom a letter of the case goes, as far as its act or its kind tells it."""
    if asked := asked_by(case, letter_id):
        party = any(isinstance(event, ev.PartyConsulted) and event.letter_id == letter_id for event in case.history)
        return f"第三方{asked}" if party else asked
    kind = next((letter.kind for letter in case.letters if letter.letter_id == letter_id), "")
    return TO_OTHERS.get(kind, APPLICANT)


def outside_answer_waits(case: Case) -> bool:
    """Whether an answer written outside has no delivery yet."""
    if not case.category or not case.closed_on or case.without_letter or case.answer_id:
        return False
    return category(case.category).answers and "" not in case.served_letters


def letters_not_served(case: Case) -> Iterable[ev.Issued]:
    """Letters of the case that no delivery is recorded for; receipts are handed over at once and do not count."""
    done = case.served_letters | case.void_letters
    waiting = (letter for letter in case.letters if letter.letter_id not in done and letter.number)
    return (letter for letter in waiting if letter.kind not in HANDED_IN)
