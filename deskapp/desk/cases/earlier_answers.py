"""What earlier answers and letters tell a new one: the answer that is repeated, the third party that was asked, a like case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deskapp.law.categories import outcome
from deskapp.law.disputes import leaves_standing, results
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.similar import EQUAL, SAME, Person, of_content, of_person
from letters.document import Finding
from letters.facts import as_text

EARLIER, JOINED, ILLEGAL = "前一次答复", "各件的答复", "declared_illegal"
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
        answer = outcome(row.category)
        if not row.answered_on or answer is None or not (answer.answers and answer.on_information):
            continue
        result = answer.told_as or (
            "" if answer.releases else "other"
        )  # of one in part it depends on which part is asked for again
        case = journal.case(row.case_id)
        if _undone(case):
            continue
        number = case.number
        return {"earlier_on": row.answered_on.isoformat(), "earlier_number": number, "earlier_result": result}
    return {}


def repeat_findings(journal: Journal, case: Case, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether the answer that a letter about a repeated application (条例 36 (六)) rests on is one to the same person, still stands, and was
    what the letter says: its remedies follow from that."""
    number = str(facts.get("earlier_number") or "").strip()
    found = journal.queries.case_of_letter(number)
    if not found:
        what = f"登记簿里没有{number}这份文书。"
        yield Finding("repeat_unknown", False, EARLIER, what, "在系统以外答复的，请核对原件再发。", "earlier_number")
        return
    earlier = journal.case(found)
    if not set(earlier.applicants) & set(case.applicants):
        what = f"{number}是给{earlier.who}的，不是同一申请人。"
        yield Finding(
            "repeat_other", True, EARLIER, what, "不是同一申请人的，不能不予重复处理，请照常答复。", "earlier_number"
        )
    elif number != earlier.number:
        was = "已经被撤销" if number in [one.number for one in earlier.earlier] else "不是答复"
        what = f"{earlier.case_no}里，{number}{was}，现在不能算已经答复过。"
        yield Finding(
            "repeat_not_answered", True, EARLIER, what, "请核对文号；没有答复过的，请照常答复。", "earlier_number"
        )
    else:
        yield from _disputed(earlier)
        yield from _as_answered(earlier, facts)


def joint_findings(journal: Journal, case: Case, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether the applications that one letter answers together are in the register, and of the one who gets the letter: what another
    has asked for is nobody's but his."""
    numbers = [str(row[0]).strip() for row in facts.get("answers") or () if row]
    known = {row.case_no: row.case_id for row in journal.queries.by_numbers(numbers)}
    for number in dict.fromkeys(numbers):
        if number not in known:
            yield Finding("joined_unknown", True, JOINED, f"登记簿里没有{number}。", "请核对登记号。", "answers")
        elif not set((other := journal.case(known[number])).applicants) & set(case.applicants):
            what = f"{number}是{other.who}的申请，不是{case.who}的。"
            yield Finding("joined_other", True, JOINED, what, "别人申请了什么不能告诉他，请分开答复。", "answers")
    if twice := next((number for number in numbers if numbers.count(number) > 1), ""):
        yield Finding("joined_twice", False, JOINED, f"{twice}写了不止一行。", "请核对登记号。", "answers")


def _undone(case: Case) -> str:
    """How a review or a court undid the answer that stands in a case; empty where it did not."""
    ended = [matter.result for matter in case.disputes if not matter.open and not leaves_standing(matter.result)]
    return results()[ended[-1]].name if ended else ""


def _disputed(earlier: Case) -> Iterator[Finding]:
    """What is set aside repeats nothing; what is still under review, or unlawful, somebody should think over (条例 36 (六))."""
    matter = next(iter(earlier.disputes[::-1]), None)
    if how := _undone(earlier):
        what = f"{earlier.number}复议、诉讼的结果是【{how}】，不能再算已经答复过。"
        todo = "请照常答复；等着重新答复的，在那一件里答复。"
        yield Finding("repeat_undone", True, EARLIER, what, todo, "earlier_number")
    elif matter is not None and (matter.open or matter.result == ILLEGAL):
        how = "还没有结果" if matter.open else "确认违法"
        what = f"{earlier.number}的{ROUTE_NAMES[matter.route][:4]}{how}。"
        todo = "被撤销的就不是重复：请先看那一件，再决定是不是不予重复处理。"
        yield Finding("repeat_disputed", False, EARLIER, what, todo, "earlier_number")


def _as_answered(earlier: Case, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Day and result of the earlier answer beside those of the file."""
    told: list[date | None] = [letter.on for letter in earlier.letters if letter.letter_id == earlier.answer_id]
    told.append(earlier.closed_on)
    said = facts.get("earlier_on")
    if said and told[0] and said != told[0]:
        what = f"写的是{said}，登记里这份答复是{told[0]}。"
        yield Finding("not_as_noted", False, EARLIER, what, "请核对哪一个对。", "earlier_on")
    result, answer = str(facts.get("earlier_result") or ""), outcome(earlier.category)
    if answer and answer.told_as and result and result != answer.told_as:
        what = f"登记里这份答复是【{answer.name}】，和这里选的不一样；能不能起诉跟着它。"
        yield Finding("repeat_result", True, EARLIER, what, "请照登记里的选。", "earlier_result")


def asked_party(journal: Journal, case: Case) -> dict[str, str]:
    """What the last letter to a third party said of it and of what was to be disclosed; empty where it was asked otherwise."""
    asked = [event for event in case.told if isinstance(event, ev.PartyConsulted) and event.letter_id]
    if not asked:
        return {}
    facts = json.loads(journal.letter(asked[-1].letter_id).facts)
    return {key: as_text(facts[key]) for key in OF_THE_PARTY if facts.get(key)}
