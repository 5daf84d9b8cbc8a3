"""What a letter says of the letters before it, and of what came back, as the file of the case holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deskapp.law.categories import outcome
from deskapp.law.fees import FEN
from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS
from deskapp.register.case import Case
from deskapp.register.journal import Journal

Known = dict[str, str]
ASKED = ("correction_requested", "reason_requested")  # a letter speaks of one of them as of what was asked


def from_history(case: Case, journal: Journal, kind: str) -> Known:
    """Dates and numbers of what went out before, for a letter of a kind; the last of each."""
    known: Known = {}
    for facts in each_told(case, journal, kind):
        known |= facts
    return known


def each_told(case: Case, journal: Journal, kind: str) -> Iterator[Known]:
    """The same for each entry that a letter of a kind may speak of, in their order: facts by their keys, days as ISO texts, empty where the
    file does not tell. A notice is dated by its delivery where it has one (条例 30; 办法 6)."""
    answer = outcome(kind)
    other = {act for act in ASKED if answer and answer.rests_on and act != answer.rests_on}
    numbers = {letter.letter_id: letter.number for letter in case.letters}
    for event in case.sent:
        if event.act in other:
            continue
        number = numbers.get(event.letter_id, "") if isinstance(event, ev.OfLetter) else ""
        if isinstance(event, ev.FeeNoticed):
            yield _of_fee(event, number, case, journal)
        else:
            yield _of(event, number)


def _of(event: ev.AnyEvent, number: str) -> Known:
    match event:
        case ev.CorrectionRequested():
            return {
                "asked_on": event.works_on.isoformat(), "asked_number": number,
                "respond_by": _day(event.respond_by), "arrived_on": _day(event.arrived_on),
            }  # fmt: skip
        case ev.PartyConsulted():
            sent = event.works_on.isoformat()
            return {"consulted_on": sent, "sent_on": sent, "whom": "third_party", "party": event.party}
        case ev.AgencyConsulted():
            return {"sent_on": event.works_on.isoformat(), "whom": "", "agency": event.agency}
        case ev.PartyAnswered():
            disagrees = event.position and event.position != "agreed"
            position = {"party_position": event.position, "party_reason": event.reason} if disagrees else {}
            return {"opinion": _opinion(event), **position}
        case ev.ReasonGiven():
            return {"given_on": event.on.isoformat(), "given_reason": event.reason}
        case ev.ReasonRequested():
            return {
                "asked_on": event.works_on.isoformat(), "asked_number": number,
                "asked_arrived": _day(event.arrived_on),
            }  # fmt: skip
        case ev.Withdrawn():
            return {"withdrawn_on": event.on.isoformat()}
    return {}


def _opinion(event: ev.PartyAnswered) -> str:
    """What a third party said, as the letter to it quotes it; to be completed where the file has only the day."""
    if event.position in ("silent", "unreachable"):
        return POSITIONS[event.position]
    said = f"{event.on.year}年{event.on.month}月{event.on.day}日提出{POSITIONS.get(event.position, '')}"
    return f"{said}，理由是{event.reason}" if event.position and event.reason else said


def _of_fee(event: ev.FeeNoticed, number: str, case: Case, journal: Journal) -> Known:
    """The letter about a fee that was not paid speaks of the day on which the notice arrived, which only its delivery tells."""
    return {
        "notice_number": number, "noticed_on": _day(event.arrived_on),
        "amount": str(event.fee_fen // FEN) if event.fee_fen else "",
        "pay_by": _day(journal.deadline(case).wait_until),
    }  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
