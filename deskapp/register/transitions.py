"""What may happen next to a case, and why not. Pure: a case and an event in, a sentence out.

Only what would make the journal contradict itself is refused here; what the law thinks of an act (too late, a second
time) is the clock's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from deskapp.law.categories import category
from deskapp.law.clock_events import Notice
from deskapp.register import events as ev
from deskapp.register.act import Act, Why
from deskapp.register.acts import ACTS
from deskapp.register.case import Case, changed, counting
from deskapp.register.fold import apply, fold

OF_NO_DAY = (
    ev.Amended,
    ev.Struck,
    ev.Voided,
    ev.Talked,
    ev.AgentNamed,
    ev.ReceiptConfirmed,
    ev.Attached,
    ev.Detached,
)  # may be before the day of receipt


def refusal(case: Case, event: ev.AnyEvent, today: date | None = None) -> Why:
    """Why ``event`` may not follow on ``case``; empty when it may. ``today`` bounds the day of the event if given."""
    if isinstance(event, ev.Received):
        return "一件申请只能登记一次。"
    if case.void:
        return f"{case.case_no}已经作废，不能再记。"
    if today and event.on > today:
        return f"日期{event.on}还没有到（今天是{today}）。"
    if event.on < case.received.on and not isinstance(event, OF_NO_DAY):
        return f"日期{event.on}早于收到申请之日{case.received.on}。"
    if case.earlier and isinstance(event, Notice) and event.on < (ordered := case.earlier[-1].order.on):
        return f"日期{event.on}早于责令重新答复的{ordered}，原来的一轮已经结束。"
    act = ACTS[event.act]
    return _out_of_season(case, act) or act.rule(case, event)


def out_of_season(case: Case, act: Act) -> Why:
    """Why an act may not be noted of a case in this state, whatever is typed; empty when that depends on what is."""
    return f"{case.case_no}已经作废，不能再记。" if case.void else _out_of_season(case, act)


def _out_of_season(case: Case, act: Act) -> Why:
    """Why an act does not fit the state of a case."""
    if case.archived and not act.after_archiving:
        return "这一件已经归档。登记写错的，用【更正登记】改；确实要再记的，先用【划去误记】划去归档。"
    if case.category and act.when == "before_answer":
        if not category(case.category).answers:
            return f"这一件已经按【{category(case.category).name}】办结，这类事只能在办结以前记。"
        return "这一件已经答复，这类事只能在答复以前记。"
    if not case.category and act.when == "after_answer":
        return "这一件还没有答复。"
    return ""


def replayed(case: Case, event: ev.AnyEvent) -> Why:
    """Why the rest of the journal would no longer make sense after ``event`` took something out of it or changed it."""
    if not isinstance(event, ev.Struck | ev.Voided | ev.Amended):
        return ""
    before, after = _faults(case.case_id, case.history), _faults(case.case_id, (*case.history, event))
    new = [fault for fault in after if fault not in before]
    return new[0] if new else ""


def _faults(case_id: str, events: Sequence[ev.AnyEvent]) -> list[Why]:
    """What the rules say when the events that count are told once more from the beginning."""
    amended = [event for _, event in counting(events) if isinstance(event, ev.Amended)]
    start = fold(case_id, [events[0], *amended]).received
    case = replace(fold(case_id, [start]), void_letters=fold(case_id, events).void_letters)
    faults = []
    for n, event in counting(events):
        if isinstance(event, ev.Amended):  # it stands in the registration already
            continue
        why = "" if isinstance(event, ev.Struck | ev.Voided) else refusal(case, event)
        if why:
            faults.append(f"第{n + 1}条记录会对不上：{why}")
        case = apply(case, event)
        if not isinstance(
            event, ev.Struck
        ):  # what it took out is not here, and its place would be that of another entry
            case = changed(case, {"history": (*case.history, event)})  # rules look back at what was told
    return faults
