"""What of an event says nothing about a person: the form in which entries leave the point at the level ``facts``.

Each act lists the fields that go out as they are; everything else is left behind. What an event cannot be without is filled with a
sign. Names that the clock or the case tells apart (a third party, one of several applicants) become ordinals in the order in
which the case first names them, so that they are the same in every bundle and mean nothing outside of the case. A field that is added
to an act stays at the point until it is listed here. Hashes of letters stay too: whoever guesses a letter could try it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from deskapp.register import events as ev
from deskapp.register.numbers import serial_of

SIGN = "—"  # in the place of what is left behind
_HIDDEN = re.compile(f"#([0-9a-f]{{8}}|{SIGN})")  # a number that is a short name already, or was erased
_NOTICE = ("sent_on", "arrived_on", "letter_id")
KEPT: dict[str, tuple[str, ...]] = {
    "received": ("channel", "applicant_class", "handed_over_on", "confirmed_on", "unconfirmed"),
    "receipt_confirmed": (),
    "talked": (),
    "agent_named": (),
    "one_withdrew": (),
    "referred": ("back_by",),
    "referred_back": (),
    "split": (),
    "correction_requested": (*_NOTICE, "respond_by"),
    "corrected": (),
    "reason_requested": (*_NOTICE, "respond_by"),
    "reason_given": ("reasonable",),
    "party_consulted": _NOTICE,
    "party_answered": ("agrees", "position"),
    "agency_consulted": _NOTICE,
    "agency_answered": (),
    "extended": (*_NOTICE, "working_days"),
    "fee_noticed": (*_NOTICE, "fee_fen"),
    "fee_paid": (),
    "deferred": (*_NOTICE, "until"),
    "withdrawn": ("letter_id",),
    "interrupted": ("until",),
    "drafted": ("kind",),
    "reviewed": ("review", "agreed", "kind", "how"),
    "issued": ("letter_id", "kind", "category", "pages"),
    "voided": (),
    "answered": ("category",),
    "printed": ("letter_id", "outcome"),
    "print_ended": ("letter_id", "outcome"),
    "copied": ("letter_id",),
    "redacted": ("pages",),
    "served": ("way", "arrived_on", "letter_id"),
    "arrived": ("letter_id",),
    "returned": ("our_fault", "letter_id"),
    "closed": ("category",),
    "publication_judged": ("fit",),
    "followed_up": ("satisfied",),
    "late_explained": (),
    "platform_entered": (),
    "disputed": ("route", "outcome", "dated", "answer_by"),
    "dispute_answered": ("route",),
    "dispute_decided": ("route", "outcome", "result"),
    "appealed": ("route",),
    "redo_ordered": ("ordered_by", "working_days", "days", "partly", "procedural", "letter_id"),
    "archived": (),
    "attached": ("paper_id", "kind", "pages"),
    "detached": ("paper_id",),
    "amended": ("field",),
    "struck": ("n",),
    "erased": ("entries", "letters", "papers", "notes", "digest"),
}
"""The fields that go out as they are, by act; the day goes out always."""
FILLED: dict[str, tuple[str, ...]] = {
    "received": ("applicant", "content"),
    "receipt_confirmed": ("who",),
    "talked": ("who", "what"),
    "agent_named": ("name",),
    "reason_given": ("reason",),
    "reviewed": ("who", "opinion"),
    "issued": ("title", "sha256"),
    "voided": ("why",),
    "printed": ("printer",),
    "print_ended": ("printer",),
    "redacted": ("source_sha256", "copy_sha256"),
    "closed": ("why",),
    "late_explained": ("why",),
    "attached": ("name",),
    "detached": ("why",),
    "amended": ("why",),
    "struck": ("why",),
    "erased": ("second", "why"),
}
"""The fields that an event cannot be without and that are filled with a sign."""
AMENDMENTS_KEPT = ("applicant_class", "channel", "received_on")  # amended values that go out
_NEEDED_VALUES = ("applicant", "content")  # amended facts that cannot be empty


class Ordinals:
    """The names that a case tells apart, as ordinals in the order in which it first names them; ``hidden`` makes a short name of a
    number that is not of the register's own form."""

    def __init__(self, history: Iterable[ev.AnyEvent], hidden: Callable[[str], str]) -> None:
        self._hidden = hidden
        self._names: dict[tuple[str, str], str] = {}
        for event in history:
            if isinstance(event, ev.Received):
                self._of("申请人", event.applicant)
                for person in event.others:
                    self._of("申请人", person.name)
            elif isinstance(event, ev.PartyConsulted | ev.PartyAnswered):
                self._of("第三方", event.party)
            elif isinstance(event, ev.AgencyConsulted | ev.AgencyAnswered):
                self._of("机关", event.agency)
            elif isinstance(event, ev.Referred):
                self._of("科室", event.department)

    def _of(self, kind: str, name: str) -> str:
        known = sum(1 for of, _ in self._names if of == kind)
        return self._names.setdefault((kind, name), f"{kind}{known + 1}")

    def person(self, name: str) -> str:
        """One of those who applied together."""
        return self._of("申请人", name)

    def party(self, name: str) -> str:
        """A third party."""
        return self._of("第三方", name)

    def agency(self, name: str) -> str:
        """Another agency."""
        return self._of("机关", name)

    def department(self, name: str) -> str:
        """A department of the house."""
        return self._of("科室", name)

    def number(self, number: str) -> str:
        """A number of the register's own form, or one that was hidden before, as it is; any other as a short name."""
        known = not number or _HIDDEN.fullmatch(number) or serial_of(number)
        return number if known else f"#{self._hidden(number)}"


def facts_of(event: ev.AnyEvent, names: Ordinals) -> dict[str, Any]:
    """The event as it leaves the point, ready for JSON: the same act, on the same day, of nobody."""
    whole = event.model_dump(mode="json")
    kept = {name: whole[name] for name in ("act", "on", *KEPT[event.act]) if whole[name] not in (None, "")}
    return {**kept, **dict.fromkeys(FILLED.get(event.act, ()), SIGN), **_told_apart(event, names), **_unsent(event)}


def without_persons(history: Sequence[ev.AnyEvent], hidden: Callable[[str], str]) -> list[dict[str, Any]]:
    """What is left of the entries of a case when its people are erased, ready for JSON: each as it would leave the point, and who of the
    office noted it."""
    names = Ordinals(history, hidden)
    return [facts_of(event, names) | ({"by": event.by} if event.by else {}) for event in history]


def _unsent(event: ev.AnyEvent) -> dict[str, None]:
    """A notice that was not sent must say so: without a word it was sent on its day."""
    return {"sent_on": None} if getattr(event, "sent_on", "") is None else {}


def _told_apart(event: ev.AnyEvent, names: Ordinals) -> dict[str, Any]:
    """The fields that stand for somebody, or for a number."""
    match event:
        case ev.Received():
            others = [{"name": names.person(person.name)} for person in event.others]
            numbers = {"case_no": names.number(event.case_no), "split_from": names.number(event.split_from)}
            return {**numbers, "applicant": names.person(event.applicant), "others": others}
        case ev.OneWithdrew():
            return {"name": names.person(event.name)}
        case ev.PartyConsulted() | ev.PartyAnswered():
            return {"party": names.party(event.party)}
        case ev.AgencyConsulted() | ev.AgencyAnswered():
            return {"agency": names.agency(event.agency)}
        case ev.Referred() | ev.ReferredBack():
            return {"department": names.department(event.department)}
        case ev.Split():
            return {"content": SIGN, "into": [names.number(number) for number in event.into]}
        case ev.Issued() | ev.Voided():
            return {"number": names.number(event.number)}
        case ev.Amended():
            return {"value": _amended(event)}
        case ev.Answered() if event.by == ev.BY_LEDGER:
            return {"by": ev.BY_LEDGER}
    return {}


def _amended(event: ev.Amended) -> str:
    if event.field in AMENDMENTS_KEPT:
        return event.value
    return SIGN if event.field in _NEEDED_VALUES else ""
