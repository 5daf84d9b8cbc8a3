"""What earlier answers and letters tell a new one: the answer that is repeated, the third party that was asked, a like case."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from deskapp.law.categories import category, outcome
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.similar import EQUAL, SAME, Person, of_content, of_person
from letters.facts import as_text

RESULTS: dict[str, str] = {
    "granted": "released", "already_public": "already_public", "state_secret": "refused", "prohibited_by_law": "refused",
    "public_security": "refused", "third_party": "refused", "internal_affairs": "refused", "deliberative": "refused",
    "enforcement_file": "refused", "not_held": "not_held", "not_our_agency": "not_held", "needs_creation": "not_held",
}  # fmt: skip
"""How an earlier answer is named in the letter about a repeated application. Of one in part it depends on which part is asked for again:
that is for the clerk to say."""
NO_ANSWER = ("withdrawn", "correction_lapsed", "fee_lapsed", "repeat")  # nothing was said about the information
OF_THE_PARTY = ("party_class", "party_address", "party_phone", "disclosed", "interest")


@dataclass(frozen=True)
class LikeAnswer:
    """How an application of nearly the same content was answered: its number and the facts of its letter."""

    case_no: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def like_answer(journal: Journal, case: Case, kind: str) -> LikeAnswer:
    """The newest answer of that kind to nearly the same content, so that like cases are decided alike; empty without."""
    chosen = outcome(kind)
    if chosen is None or not chosen.of_information:
        return LikeAnswer()
    found = [like for like in of_content(journal.store, case.content, case.case_id) if like.score >= EQUAL]
    for like in found:
        earlier = journal.case(like.case.case_id) if like.case.category == kind else None
        if earlier and earlier.answer_id:
            facts = json.loads(journal.letter(earlier.answer_id).facts)
            return LikeAnswer(earlier.case_no, {key: as_text(value) for key, value in facts.items()})
    return LikeAnswer()


def repeated(journal: Journal, case: Case) -> dict[str, str]:
    """The newest answer to the same person about the same (条例 36 (六)): its day, its number, how it answered; empty without one."""
    known = case.received
    mine = of_person(journal.store, Person(known.applicant, known.id_number, known.phone), case.case_id)
    sure = {like.case.case_id for like in mine if like.score == SAME}
    alike = [like.case for like in of_content(journal.store, case.content, case.case_id) if like.case.case_id in sure]
    for row in sorted(alike, key=lambda row: -row.rank):
        if not row.answered_on or row.category in NO_ANSWER or not category(row.category).answers:
            continue
        result = RESULTS.get(row.category, "" if category(row.category).releases else "other")
        number = journal.case(row.case_id).number
        return {"earlier_on": row.answered_on.isoformat(), "earlier_number": number, "earlier_result": result}
    return {}


def asked_party(journal: Journal, case: Case) -> dict[str, str]:
    """What the last letter to a third party said of it and of what was to be disclosed; empty where it was asked otherwise."""
    asked = [event for event in case.told if isinstance(event, ev.PartyConsulted) and event.letter_id]
    if not asked:
        return {}
    facts = json.loads(journal.letter(asked[-1].letter_id).facts)
    return {key: as_text(facts[key]) for key in OF_THE_PARTY if facts.get(key)}
