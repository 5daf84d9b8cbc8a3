"""What the clock has to do with a letter that is being written: the last days it names, and whether it would move any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from deskapp.desk.cases.letter_events import act_of, newly_found
from deskapp.law.clock_events import Extended
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.errors import LawError
from deskapp.parsing import half_width, whole_number
from deskapp.register.case import Case
from deskapp.register.fold import apply
from deskapp.register.heads import sign_on_paper
from deskapp.register.journal import Journal
from deskapp.register.transitions import refusal
from letters.catalogue import shipped
from letters.document import Facts, Finding
from letters.template import Template

NO_DAY = {
    "awaiting_correction": "等待补正", "awaiting_payment": "等待缴费", "lapsed": "申请人逾期", "withdrawn": "已撤回",
    "answered": "期限已经停止",
}  # fmt: skip
"""Why there is no last day, by the status of the clock."""
UNSENT = "—"  # stands for the letter that is not written yet, in an act that is only tried


def computed_facts(
    source: Template, case: Case, journal: Journal, today: date, typed: dict[str, str]
) -> dict[str, Any]:
    """The facts that the clock gives: last days, before and after an extension that is being drafted, and whether one of them rests on
    a year whose notice has not come, why there is none where there is none; and the signs of where the register stands, which paper keeps."""
    wanted = [key for key, field in source.fields.items() if field.computed]
    if not wanted:
        return {}
    deadline = journal.deadline(case)
    values: dict[str, Any] = {"due_on": deadline.due_on, "correction_by": deadline.correction_by}
    values["signs"] = sign_on_paper(journal.store)
    if "registered_on" in wanted:
        values["registered_on"] = journal.entered_on(case.case_id)
    provisional = deadline.provisional
    if "extended_to" in wanted:
        extended = _extended(case, journal, today, typed.get("working_days", ""))
        values["extended_to"] = extended.due_on if extended else None
        provisional = provisional or bool(extended and extended.provisional)
    computed = {key: values.get(key) for key in wanted}
    if deadline.due_on is None:
        return {**computed, "provisional": False, "no_day": NO_DAY[deadline.status]}
    return {**computed, "provisional": provisional}


def _extended(case: Case, journal: Journal, today: date, days: str) -> Deadline | None:
    """The clock as it would be with the extension; None for a number of days that is none."""
    number = whole_number(half_width(days))
    if not number:
        return None
    events = [*case.clock_events, Extended(on=today, working_days=number)]
    try:
        return evaluate(events, today, journal.calendar(), journal.unit(today).first_day)
    except LawError:
        return None


def _day_may_move(journal: Journal, case: Case, source: Template) -> Iterator[Finding]:
    """A letter that names the new last day while somebody is asked: the clock counts on the longest wait (条例 33 III), and what comes earlier
    brings the day forward, which paper does not."""
    if "extended_to" not in source.fields or (deadline := journal.deadline(case)).status != "paused":
        return
    what = f"正在征求意见，信上的最后一日是照等满到{deadline.wait_until}算的；意见来得早，真正的最后一日就提前。"
    todo = "可以等意见来了再发；现在就发的，意见来了先按 F6 记下，照登记簿里的最后一日答复，不照信上的。"
    yield Finding("day_may_move", False, source.fields["extended_to"].label, what, todo)


def promised_by_sister(source: Template) -> Finding | None:
    """What stands against a kind that was made after one of ours that does something to the case, says what that one says of days, and does
    nothing: whoever gets it believes in a day that the register does not know (条例 30, 33, 35)."""
    sister = shipped().templates.get(source.based_on.partition(" ")[0])
    if sister is None or source.act or not sister.act or source.kind == sister.kind:
        return None
    days = [key for key, known in source.fields.items() if known.computed or known.last_day]
    said = [source.fields[key].label for key in days if re.search(rf"\b{key}\b", source.source)]
    said += ["期限的天数"] if "periods." in source.source else []
    if not said:
        return None
    what = f"它照着【{sister.title}】写，里面有【{'】【'.join(said)}】，发出去却不改变登记簿里的期限。"
    todo = f"请用【{sister.title}】；只改写法的，在【文书模板】里改它自己的，不另做一种；另做的，删去这几处。"
    return Finding("sister_promises", True, source.title, what, todo)


def act_findings(journal: Journal, case: Case, source: Template, facts: Facts, today: date) -> Iterator[Finding]:
    """Why the act that issuing this letter is may not happen now, or would have no effect; nothing while its facts are not whole."""
    if promised := promised_by_sister(source):
        yield promised
    if not source.act or (case.category and not source.after_answer):
        return
    yield from _day_may_move(journal, case, source)
    try:
        event = act_of(source, UNSENT, facts, today)
        why = refusal(case, event, today)
        if why:
            yield Finding("act_refused", True, source.title, why, "请先核对办理经过。")
            return
        found = newly_found(journal, case, apply(case, event))
    except (ValidationError, LawError):
        return
    field = next((key for key in ("working_days", "until") if key in source.fields), "")
    by_hand = any(each.act == event.act and not getattr(each, "letter_id", "") for each in case.told)
    before = "前一次是按 F6 记的：没有在纸上告知过的，先按 F6 【划去误记】，再发这一份。" if by_hand else ""
    for fault in found:
        code = "act_idle" if fault.idle else "act_clock"
        yield Finding(code, fault.idle, "期限", fault.message, f"依据：{fault.article}。{before}", field)
