"""What an answer rests on must have happened as it says: a notice whose period has run out, days and numbers as the file has them.

That an application is taken for given up, or is not dealt with, is lawful only after a notice, and only when its period is over and nothing
came of it (条例 30, 35; 信息处理费管理办法 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from deskapp.desk.cases.history_facts import each_told
from deskapp.law.categories import outcome
from deskapp.law.clock_events import Notice, act_text
from deskapp.law.deadline import Deadline
from deskapp.register import events as ev
from deskapp.register.acts import name_of
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from letters.document import Facts, Finding
from letters.template import Template

WAITS = ("awaiting_correction", "awaiting_payment", "lapsed")
PREMISE = "前提"
GIVEN, COVERED = "given_reason", "covered"
OF_THE_APPLICANT = ("application", "identity", "authority")  # papers that an applicant brings
APART = (
    "party",
    "whom",
    "agency",
    "opinion",
    "party_position",
    "party_reason",
)  # words, or told by checks of their own


def premise_findings(case: Case, source: Template, journal: Journal, today: date) -> Iterator[Finding]:
    """Whether the notice that a kind of answer rests on was sent, its period is over, and nothing came of it."""
    if source.act == "deferred":
        yield from _deferrable(case)
    answer = outcome(source.kind)
    if answer is None or not answer.rests_on:
        return
    name = act_text(answer.rests_on).name
    notice = next((event for event in reversed(case.sent) if event.act == answer.rests_on), None)
    if not isinstance(notice, Notice):
        what = f"登记里没有【{name}】，不能说申请人逾期。"
        yield Finding(
            "premise_missing",
            False,
            PREMISE,
            what,
            "请核对：没有发过的，先发；在纸上发过的，核对送达凭证再发这一份。",
        )
        return
    if notice.sent_on is None:
        what = f"【{name}】写好了，登记里没有送出的记录，申请人的期限还没有开始。"
        yield Finding("premise_unsent", True, PREMISE, what, "请先记下送达；期限过了才能发这一份。")
        return
    if came_back(case, getattr(notice, "letter_id", "")):
        what = f"【{name}】退回来了，还没有再送到，不能说申请人逾期。"
        yield Finding("premise_returned", True, PREMISE, what, "请换一种方式再送达、记下；送到以后期限过了才能发。")
        return
    later = [event for event in case.told if event.on >= notice.on]
    if undone := next((event for event in later if event.act == answer.undone_by), None):
        what = f"{undone.on}已经记了【{act_text(undone.act).name}】，不能说申请人逾期。"
        yield Finding("premise_undone", True, PREMISE, what, "请照申请的内容答复；记错了的，先按 F6 划去。")
        return
    given = [event for event in later if isinstance(event, ev.ReasonGiven)] if source.kind == "abusive" else []
    if given:
        yield from _reasonable(given[-1])
        return
    if answer.undone_by == "corrected":
        yield from _perhaps_corrected(later)
    yield from _still_runs(notice, name, journal.deadline(case), today)


def _deferrable(case: Case) -> Iterator[Finding]:
    """A later day is set only where reasons were asked for, given and found good (条例 35)."""
    given = [event for event in case.told if isinstance(event, ev.ReasonGiven)]
    if not given:
        asked = any(isinstance(event, ev.ReasonRequested) for event in case.told)
        what = (
            f"登记里{'没有收到申请人说明的理由' if asked else '没有要求申请人说明理由'}，不能按第三十五条延迟答复。"
        )
        yield Finding(
            "premise_missing",
            True,
            PREMISE,
            what,
            "一般的来不及，用【延长答复期限告知书】；收到了理由的，先按 F6 记下。",
        )
    elif given[-1].reasonable is False:
        what = f"{given[-1].on}记的是：理由不合理。"
        todo = "理由不合理的不予处理，合理的才能延迟答复（条例第三十五条）；记错了的，先按 F6 划去再记。"
        yield Finding("premise_undone", True, PREMISE, what, todo)


def came_back(case: Case, letter_id: str) -> bool:
    """Whether a letter came back and was not delivered again: whoever it was for does not know of it."""
    returned = any(isinstance(event, ev.Returned) and event.letter_id == letter_id for event in case.told)
    return bool(letter_id) and returned and letter_id not in case.served_letters


def may_correct(event: ev.AnyEvent) -> bool:
    """Whether what was asked for may have come in this act: an authority, a fact of the registration put right, a paper of the applicant's."""
    if isinstance(event, ev.Attached):
        return event.kind in OF_THE_APPLICANT
    return isinstance(event, ev.AgentNamed) or (isinstance(event, ev.Amended) and event.field != "received_on")


def _perhaps_corrected(later: Sequence[ev.AnyEvent]) -> Iterator[Finding]:
    """Something came in after the notice that may be what it asked for (条例 30)."""
    found = next((event for event in reversed(later) if may_correct(event)), None)
    if found is not None:
        what = f"告知补正以后，{found.on}记了【{name_of(found)}】。"
        todo = "是补正来的，请先按 F6 记【收到补正】，照申请办理，不能说他逾期（条例第三十条）；不是的，核对以后发。"
        yield Finding("premise_perhaps", False, PREMISE, what, todo)


def _reasonable(given: ev.ReasonGiven) -> Iterator[Finding]:
    if given.reasonable is None:
        what = f"{given.on}收到了申请人说明的理由，合理不合理还没有记。"
        yield Finding(
            "premise_undecided",
            False,
            PREMISE,
            what,
            "合理的应当答复，不合理的才能发这一份（条例第三十五条）；请按 F6 划去，照判断的结果再记。",
        )
    if given.reasonable:
        what = f"{given.on}记的是：理由合理。理由合理的应当答复，不能不予处理（条例第三十五条）。"
        yield Finding("premise_undone", True, PREMISE, what, "请照申请的内容答复；记错了的，先按 F6 划去再记。")


def _still_runs(notice: Notice, name: str, deadline: Deadline, today: date) -> Iterator[Finding]:
    """Whether the applicant still has time."""
    waits = deadline.status in WAITS and not isinstance(
        notice, ev.ReasonRequested
    )  # asking for reasons stops nothing
    limit = deadline.wait_until if waits else getattr(notice, "respond_by", None)
    if limit is None:
        what = f"【{name}】给的最后一日没有记，程序算不出期限过了没有。"
        yield Finding("premise_open", False, PREMISE, what, "请照告知书和送达凭证核对，期限过了才能发。")
    elif today <= limit:
        what = f"【{name}】给申请人的期限到{limit}，还没有过。"
        yield Finding("premise_running", True, PREMISE, what, f"请等到{limit}以后；这以前申请人来了，照常办。")


def as_noted(case: Case, source: Template, journal: Journal, facts: Facts) -> Iterator[Finding]:
    """Days and numbers of a letter that are others than those of the file, as advice: what was done on paper, only a person knows."""
    told: dict[str, list[str]] = {}
    for known in each_told(case, journal, source.kind):
        for key, value in known.items():
            if value and key not in APART:
                told.setdefault(key, []).append(value)
    if GIVEN in told and GIVEN in source.fields and not facts.extra.get(GIVEN):
        what = "登记里有申请人说明的理由，这里没有写：文书会说他没有说明。"
        todo = f"请写上他说明的理由：{told[GIVEN][-1]}"
        yield Finding("not_as_noted", True, source.fields[GIVEN].label, what, todo, GIVEN)
    covered = str(facts.extra.get(COVERED) or "")
    if source.kind == "abusive" and covered and case.case_no not in covered:
        what = f"不予处理的申请里没有这一件（{case.case_no}）。"
        yield Finding("not_as_noted", False, source.fields[COVERED].label, what, "请写明登记号。", COVERED)
    for key, field in source.fields.items():
        said = facts.extra.get(key)
        shown = said.isoformat() if isinstance(said, date) else str(said or "").strip()
        if shown and key in told and shown not in told[key]:
            what = f"写的是{shown}，登记里是{'、'.join(dict.fromkeys(told[key]))}。"
            yield Finding("not_as_noted", False, field.label, what, "请核对哪一个对；登记错的，按 F6 更正。", key)
