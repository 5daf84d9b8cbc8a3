"""What may happen next to a case, and why not. Pure: a case and an event in, a sentence out.

Only what would make the journal contradict itself is refused here; what the law thinks of an act (too late, a second
time) is the clock's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from deskapp.law.categories import category
from deskapp.law.errors import LawError
from deskapp.register import events as ev
from deskapp.register.case import Case, apply, counting, fold

Why = str  # empty when the event may happen
BEFORE_ANSWER = {
    "split", "correction_requested", "corrected", "reason_requested", "reason_given", "party_consulted",
    "party_answered", "agency_consulted", "agency_answered", "extended", "fee_noticed", "fee_paid", "deferred",
    "withdrawn", "answered", "closed",
}  # fmt: skip
AFTER_ANSWER = {"publication_judged", "followed_up", "archived"}
AFTER_ARCHIVING = {
    "issued", "printed", "copied", "amended", "struck", "served", "returned", "publication_judged", "followed_up", "platform_entered",
    "disputed", "dispute_answered", "dispute_decided", "reviewed", "drafted",
}  # fmt: skip
STRIKABLE = (BEFORE_ANSWER - {"split"}) | AFTER_ANSWER | {
    "served", "returned", "disputed", "dispute_answered", "dispute_decided", "platform_entered", "reviewed", "drafted",
    "amended",
}  # fmt: skip


def refusal(case: Case, event: ev.AnyEvent, today: date | None = None) -> Why:
    """Why ``event`` may not follow on ``case``; empty when it may. ``today`` bounds the day of the event if given."""
    if isinstance(event, ev.Received):
        return "一件申请只能登记一次。"
    if case.void:
        return f"{case.case_no}已经作废，不能再记。"
    if today and event.on > today:
        return f"日期{event.on}还没有到（今天是{today}）。"
    if event.on < case.received.on and not isinstance(event, ev.Amended | ev.Struck | ev.Voided):
        return f"日期{event.on}早于收到申请之日{case.received.on}。"
    if case.archived and event.act not in AFTER_ARCHIVING:
        return "这一件已经归档。"
    if case.category and event.act in BEFORE_ANSWER:
        return "这一件已经答复，这类事只能在答复以前记。"
    if not case.category and event.act in AFTER_ANSWER:
        return "这一件还没有答复。"
    rule = _RULES.get(event.act)
    return rule(case, event) if rule else ""


def replayed(case: Case, event: ev.AnyEvent) -> Why:
    """Why the rest of the journal would no longer make sense after ``event`` took something out of it or changed it."""
    if not isinstance(event, ev.Struck | ev.Voided | ev.Amended):
        return ""
    before, after = _faults(case.case_id, case.history), _faults(case.case_id, (*case.history, event))
    new = [fault for fault in after if fault not in before]
    return new[0] if new else ""


def _faults(case_id: str, events: Sequence[ev.AnyEvent]) -> list[Why]:
    """What the rules say when the events that count are told once more from the beginning."""
    told = fold(case_id, events)
    case = replace(fold(case_id, [told.received]), void_letters=told.void_letters)
    faults = []
    for n, event in counting(events):
        why = "" if isinstance(event, ev.Struck | ev.Voided) else refusal(case, event)
        if why:
            faults.append(f"第{n + 1}条记录会对不上：{why}")
        case = apply(case, event)
    return faults


# -- the rules, one per act --------------------------------------------------------------------------------------


def _open(case: Case, asked: str, answered: str, name: str = "", who: str = "") -> date | None:
    """The day of the last question that has no answer yet; None when there is none."""
    day: date | None = None
    for event in case.clock:
        if name and getattr(event, name, "") != who:
            continue
        if event.act == asked:
            day = event.on
        elif event.act == answered:
            day = None
    return day


def _answers(asked: str, name: str, missing: str) -> Callable[[Case, Any], Why]:
    """The rule of an act that answers another one: it must be open, and not be older."""

    def rule(case: Case, event: Any) -> Why:
        who = getattr(event, name) if name else ""
        day = _open(case, asked, event.act, name, who)
        if day is None:
            return missing.format(who=who)
        return f"日期{event.on}早于发出之日{day}。" if event.on < day else ""

    return rule


def _correction(case: Case, event: ev.CorrectionRequested) -> Why:
    return "前一次补正告知还没有回音，不能再发。" if _open(case, "correction_requested", "corrected") else ""


def _fee(case: Case, event: ev.FeeNoticed) -> Why:
    return "前一份收费通知还没有缴费。" if _open(case, "fee_noticed", "fee_paid") else ""


def _consulted(asked: str, name: str, answered: str) -> Callable[[Case, Any], Why]:
    def rule(case: Case, event: Any) -> Why:
        who = getattr(event, name)
        return f"已经征求过“{who}”，还没有答复。" if _open(case, asked, answered, name, who) else ""

    return rule


def _ending(case: Case, event: ev.Answered | ev.Closed | ev.Withdrawn) -> Why:
    last = max(item.on for item in case.clock)
    return f"日期{event.on}早于已经记下的{last}。" if event.on < last else ""


def _known_category(case: Case, event: ev.Answered | ev.Closed) -> Why:
    try:
        category(event.category)
    except LawError:
        return f"没有答复类型“{event.category}”。"
    return _ending(case, event)


def _issued(case: Case, event: ev.Issued) -> Why:
    if any(letter.letter_id == event.letter_id for letter in case.letters):
        return "这份文书已经发出过。"
    if event.category and case.category:
        return "这一件已经答复过了，发出的文书不能改。"
    return ""


def _of_letter(case: Case, event: Any) -> Why:
    known = {letter.letter_id for letter in case.letters}
    return "" if event.letter_id in known else "这一件里没有这份文书。"


def _served(case: Case, event: ev.Served) -> Why:
    if event.letter_id in case.void_letters:
        return "这份文书已经作废，不能送达。"
    if event.letter_id in case.served_letters:
        return "这份文书已经记过送达；退回来的，请先记退回。"
    if not event.letter_id:
        return "" if case.category else "这一件还没有答复，没有可以送达的。"
    letter = next((item for item in case.letters if item.letter_id == event.letter_id), None)
    if letter is None:
        return "这一件里没有这份文书。"
    return f"送达日期{event.on}早于成文日期{letter.on}。" if event.on < letter.on else ""


def _returned(case: Case, event: ev.Returned) -> Why:
    return "" if event.letter_id in case.served_letters else "这份文书还没有记过送达，谈不上退回。"


def _voided(case: Case, event: ev.Voided) -> Why:
    if event.number == case.case_no:
        if case.disputes:
            return "已经有复议或者诉讼的申请不能作废登记号。"
        return "已经答复的申请不能作废登记号。" if case.category else ""
    letter = next((item for item in case.letters if item.number == event.number), None)
    if letter is None:
        return f"这一件里没有文号“{event.number}”。"
    if letter.letter_id in case.void_letters:
        return "这个文号已经作废过。"
    return "已经送达的文书不能作废，请发更正函。" if letter.letter_id in case.served_letters else ""


def _matter(case: Case, event: ev.DisputeAnswered | ev.DisputeDecided) -> Why:
    open_ones = [matter for matter in case.disputes if matter.route == event.route and not matter.decided_on]
    if not open_ones:
        return "没有正在进行的这类复议或诉讼。"
    if event.on < open_ones[0].on:
        return f"日期{event.on}早于收到复议或诉讼材料之日{open_ones[0].on}。"
    return "已经记过答复或答辩。" if isinstance(event, ev.DisputeAnswered) and open_ones[0].answered_on else ""


def _disputed(case: Case, event: ev.Disputed) -> Why:
    still = any(matter.route == event.route and not matter.decided_on for matter in case.disputes)
    return "同一类的复议或诉讼还没有结果，不能再记一件。" if still else ""


def _amended(case: Case, event: ev.Amended) -> Why:
    try:
        apply(case, event)
    except ValidationError:
        return f"“{event.value}”不能用在这一项。"
    return ""


def _struck(case: Case, event: ev.Struck) -> Why:
    if event.n >= len(case.history):
        return f"没有第{event.n + 1}条记录。"
    target = case.history[event.n]
    if any(isinstance(e, ev.Struck) and e.n == event.n for e in case.history):
        return "这一条已经划去。"
    if isinstance(target, _CLOCK_LETTERS) and target.letter_id:
        return "这一条是发出文书时记下的，请把那份文书作废。"
    return "" if target.act in STRIKABLE else "这一条不能划去。"


_CLOCK_LETTERS = (
    ev.CorrectionRequested | ev.Extended | ev.PartyConsulted | ev.AgencyConsulted | ev.FeeNoticed | ev.Withdrawn
)
_RULES: dict[str, Callable[[Case, Any], Why]] = {
    "correction_requested": _correction,
    "corrected": _answers("correction_requested", "", "还没有发过补正告知，谈不上收到补正。"),
    "party_consulted": _consulted("party_consulted", "party", "party_answered"),
    "party_answered": _answers("party_consulted", "party", "还没有征求过“{who}”的意见。"),
    "agency_consulted": _consulted("agency_consulted", "agency", "agency_answered"),
    "agency_answered": _answers("agency_consulted", "agency", "还没有征求过“{who}”的意见。"),
    "fee_noticed": _fee,
    "fee_paid": _answers("fee_noticed", "", "还没有发过收费通知。"),
    "answered": _known_category,
    "withdrawn": _ending,
    "closed": _known_category,
    "issued": _issued,
    "printed": _of_letter,
    "copied": _of_letter,
    "served": _served,
    "returned": _returned,
    "voided": _voided,
    "disputed": _disputed,
    "dispute_answered": _matter,
    "dispute_decided": _matter,
    "amended": _amended,
    "struck": _struck,
}
