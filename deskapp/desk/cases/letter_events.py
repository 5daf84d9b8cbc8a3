"""What issuing a letter does to the case: the journal's account, why it was chosen, the letter, then the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.law.categories import categories
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter, Journal

# Findings after which an act has no effect on the clock, so that it is not worth writing down.
REFUSED = {
    "extension_twice",
    "extension_too_long",
    "extension_late",
    "extension_idle",
    "correction_twice",
    "fee_notice_late",
}


def append_checked(journal: Journal, case: Case, events: Sequence[ev.AnyEvent], seen: int | None) -> Case:
    """Append events inside a transaction; raise DeskError when the clock finds that one of them has no effect."""
    before = {finding.code for finding in journal.deadline(case).findings}
    after = journal.append(case.case_id, events, seen)
    refused = [f for f in journal.deadline(after).findings if f.code not in before and f.code in REFUSED]
    if refused:
        raise DeskError(refused[0].message, "没有记下。", f"依据：{refused[0].article}。")
    return after


def events_of(case: Case, letter: FrozenLetter, facts: dict[str, Any], why: str, by: str) -> list[ev.AnyEvent]:
    """The events of an issue, in their order; ``why`` are the answers of the guide that led to the letter."""
    today = date.fromisoformat(letter.issued_on)
    events: list[ev.AnyEvent] = [ev.Drafted(on=today, by=by, kind=letter.kind, why=why)] if why else []
    is_answer = letter.kind in {category.key for category in categories()} and letter.kind != "withdrawn"
    events.append(
        ev.Issued(
            on=today,
            by=by,
            letter_id=letter.id,
            kind=letter.kind,
            title=letter.title,
            number=letter.number,
            category=letter.kind if is_answer else "",
            sha256=letter.sha256,
            pages=letter.pages,
            seal=letter.seal,
        )
    )
    return events + _on_the_clock(case, letter, facts, today, by)


def _on_the_clock(case: Case, letter: FrozenLetter, facts: dict[str, Any], today: date, by: str) -> list[ev.AnyEvent]:
    """What the letter does to the deadline."""
    match letter.kind:
        case "correction_notice":
            limit = date.fromisoformat(facts["respond_by"])
            return [ev.CorrectionRequested(on=today, by=by, respond_by=limit, letter_id=letter.id)]
        case "reason_request":
            limit = date.fromisoformat(facts["respond_by"])
            return [ev.ReasonRequested(on=today, by=by, respond_by=limit, letter_id=letter.id)]
        case "extension_notice":
            days = int(facts["working_days"])
            return [
                ev.Extended(on=today, by=by, working_days=days, approved_by=facts["approved_by"], letter_id=letter.id)
            ]
        case "third_party_consultation":
            return [ev.PartyConsulted(on=today, by=by, party=facts["party"], letter_id=letter.id)]
        case "agency_consultation":
            return [ev.AgencyConsulted(on=today, by=by, agency=facts["agency"], letter_id=letter.id)]
        case "fee_notice":
            return [ev.FeeNoticed(on=today, by=by, fee_fen=int(facts["amount"]) * 100, letter_id=letter.id)]
        case "withdrawn" if case.category != "withdrawn":
            return [ev.Withdrawn(on=date.fromisoformat(facts["withdrawn_on"]), by=by, letter_id=letter.id)]
    return []
