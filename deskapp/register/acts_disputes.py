"""The acts of review and suit: they begin, are answered and decided; an answer that was set aside is due once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.law.annual_report import OUTCOMES, outcome_names
from deskapp.law.disputes import may_order, results
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.register import events as ev
from deskapp.register.act import YES, Act, ByHand, Choices, Field, Why
from deskapp.register.acts_open import ending
from deskapp.register.case import Case, Changes, Earlier, Matter, letters_not_served, matters_before

ORDERED_BY: dict[str, str] = {"review": "行政复议", "court": "人民法院", "self": "本机关自行撤销"}
LONGEST_ORDER = {"working_days": 60, "days": 90}  # more is a slip of the hand


def _may_dispute(case: Case, event: ev.Disputed) -> Why:
    still = any(matter.route == event.route and matter.open for matter in case.disputes)
    return "同一类的复议或诉讼还没有结果，不能再记一件。" if still else ""


def _disputed(case: Case, event: ev.Disputed) -> Changes:
    decided = None if event.outcome == "pending" else event.on
    matter = Matter(
        event.route, event.on, event.outcome, None, decided, event.reference, event.dated, event.answer_by
    )
    return {"disputes": (*case.disputes, matter)}


def _may_appeal(case: Case, event: ev.Appealed) -> Why:
    decided = [matter for matter in case.disputes if matter.route == event.route and not matter.open]
    if event.route == "review" or not decided:
        return "没有已经判决的这类诉讼，谈不上上诉。"
    if decided[-1].appealed_on:
        return "二审是终审，不能再上诉。"
    first = decided[-1].decided_on
    if first and event.on < first:
        return f"日期{event.on}早于一审结果的{first}。"
    ordered = [
        earlier.order
        for earlier in case.earlier
        if earlier.order.ordered_by == "court" and first and earlier.order.on >= first
    ]
    return "已经照一审判决记了责令重新答复；判决没有生效，请先划去那一条。" if ordered else ""


def _appealed(case: Case, event: ev.Appealed) -> Changes:
    """The last decided suit of that route goes on: it is pending, and the office has its own period once more."""
    last = max(n for n, matter in enumerate(case.disputes) if matter.route == event.route and not matter.open)
    again = replace(
        case.disputes[last], outcome="pending", result="", decided_on=None, answered_on=None, answer_by=None, appealed_on=event.on
    )  # fmt: skip
    return {"disputes": (*case.disputes[:last], again, *case.disputes[last + 1 :])}


def _of_matter(case: Case, event: ev.DisputeAnswered | ev.DisputeDecided) -> Why:
    open_ones = [matter for matter in case.disputes if matter.route == event.route and matter.open]
    if not open_ones:
        return "没有正在进行的这类复议或诉讼。"
    if event.on < open_ones[0].counted_from:
        return f"日期{event.on}早于收到复议或诉讼材料之日{open_ones[0].counted_from}。"
    if isinstance(event, ev.DisputeDecided) and (why := _unfit_result(event)):
        return why
    return "已经记过答复或答辩。" if isinstance(event, ev.DisputeAnswered) and open_ones[0].answered_on else ""


def _unfit_result(event: ev.DisputeDecided) -> Why:
    """Why a result is none of this route, or is counted otherwise than it says."""
    found = results().get(event.result) if event.result else None
    if event.result and (found is None or not found.on(event.route)):
        return f"{ROUTE_NAMES[event.route][:4]}没有【{found.name if found else event.result}】这种结果。"
    if found and found.outcome != event.outcome:
        return f"【{found.name}】计入{outcome_names()[found.outcome]}，不是{outcome_names()[event.outcome]}。"
    return ""


def _moved_on(case: Case, event: ev.DisputeAnswered | ev.DisputeDecided) -> Changes:
    return {"disputes": tuple(_after(matter, event) for matter in case.disputes)}


def _after(matter: Matter, event: ev.DisputeAnswered | ev.DisputeDecided) -> Matter:
    """A matter after the office's answer or its decision, if it is the open one of that route."""
    if matter.route != event.route or not matter.open:
        return matter
    if isinstance(event, ev.DisputeAnswered):
        return replace(matter, answered_on=event.on)
    reference = event.reference or matter.reference
    return replace(matter, outcome=event.outcome, result=event.result, decided_on=event.on, reference=reference)


LACKING = {"why": "自己撤销答复要写明原因。", "number": "请填写决定书或者判决书的文号。"}
"""What is said where a field of an order is empty that its author makes needful."""


def _lacks(ordered_by: str, number: str, why: str) -> str:
    """The field that an order lacks; empty for one that is whole."""
    if ordered_by == "self":
        return "" if why else "why"
    return "" if number else "number"


def _may_order(case: Case, event: ev.RedoOrdered) -> Why:
    if case.earlier and not case.category:
        return "已经责令重新答复，新的答复还没有作出，不能再记一次。"
    if event.ordered_by == "self" and not case.category:
        return "这一件还没有答复，没有可以撤销的。"
    if lacks := _lacks(event.ordered_by, event.number, event.why):
        return LACKING[lacks]
    if case.closed_on and event.on < case.closed_on:
        return f"日期{event.on}早于答复的{case.closed_on}。"
    if not case.category and not case.disputes:
        return "这一件还没有答复，也没有记过复议或者诉讼。责令履行的，请先记下复议或者诉讼。"
    if ended := _ended_without(case, event):
        return ended
    waits = [letter for letter in letters_not_served(case) if letter.letter_id == case.answer_id and case.answer_id]
    if waits and not case.served:
        return f"{waits[0].number}还没有送达：写错了的请用【作废】，不用撤销。"
    return ending(case, event)


def _ended_without(case: Case, event: ev.RedoOrdered) -> Why:
    """Why no order can come of the matters of a route, as they ended; empty where one may still."""
    if event.ordered_by == "self":
        return ""
    of_it = matters_before(case.disputes, event.ordered_by)
    if event.ordered_by == "court" and any(matter.open and matter.appealed_on for matter in of_it):
        return "这一件的诉讼已经上诉，还没有结果：等判决生效以后再记。"
    if not of_it or any(matter.open or may_order(matter.result) for matter in of_it):
        return ""
    last = of_it[-1]
    return f"{ROUTE_NAMES[last.route]}记的结果是【{results()[last.result].name}】，没有责令重新答复；结果选错了的，先划去重记。"


def _ordered(case: Case, event: ev.RedoOrdered) -> Changes:
    """The case is open once more; its answer stays what the year counts."""
    answer = Earlier(case.category, case.number, case.answer_id, case.closed_on, case.served, event)
    return {
        "earlier": (*case.earlier, answer),
        "category": "",
        "number": "",
        "answer_id": "",
        "closed_on": None,
        "without_letter": False,
        "from_ledger": False,
        "served": None,
        "archived": None,
        "served_letters": case.served_letters - {""},
    }


def _order(case: Case, values: dict[str, Any], on: date, today: date) -> ev.RedoOrdered:
    """The order as it was typed."""
    named = {key: values[key] for key in LONGEST_ORDER if values[key] is not None}
    for key, days in named.items():
        if not 1 <= days <= LONGEST_ORDER[key]:
            todo = f"请填1到{LONGEST_ORDER[key]}；决定书没有写期限的不填。"
            raise DeskError(f"期限【{days}】不对。", "没有记下。", todo, key)
    if len(named) > 1:
        raise DeskError(
            "期限填了两个。", "没有记下。", "决定书写几个工作日的填工作日，写几日的填自然日，只填一个。", "days"
        )
    given = {name: values[name] for name in ("ordered_by", "number", "why")}
    if lacks := _lacks(**given):
        raise DeskError(LACKING[lacks], "没有记下。", "", lacks)
    return ev.RedoOrdered(
        on=on, partly=bool(values["partly"]), procedural=bool(values["procedural"]), **named, **given
    )


def _order_told(event: ev.RedoOrdered) -> tuple[str, ...]:
    days = f"限{event.working_days}个工作日" if event.working_days else f"限{event.days}日" if event.days else ""
    return ORDERED_BY[event.ordered_by], event.number, "部分撤销" if event.partly else "", days, event.why


def _decision(case: Case, values: dict[str, Any], on: date, today: date) -> ev.DisputeDecided:
    """The decision as it was typed; how it is counted follows from how it ended."""
    found = results().get(values["result"])
    outcome = values["outcome"] or (found.outcome if found else "")
    if not outcome:
        raise DeskError("没有选结果。", "没有记下。", "请照决定书或者裁判文书选怎样结案。", "result")
    given = {name: values[name] for name in ("route", "result", "reference")}
    return ev.DisputeDecided.model_validate({"on": on, "outcome": outcome, **given})


def _decision_told(event: ev.DisputeDecided) -> tuple[str, ...]:
    found = results().get(event.result)
    how = f"{found.name}（{outcome_names()[event.outcome]}）" if found else outcome_names()[event.outcome]
    return ROUTE_NAMES[event.route], how, event.reference


def _results(case: Case) -> Choices:
    return (("", "（没有细分）"), *((key, item.name) for key, item in results().items()))


def _routes(case: Case) -> Choices:
    return tuple(ROUTE_NAMES.items())


def _routes_where(fits: Callable[[Matter], object]) -> Callable[[Case], Choices]:
    """The routes of the matters that an act can be about; all of them where there is none, so that the rule says why."""

    def routes(case: Case) -> Choices:
        found = {matter.route for matter in case.disputes if fits(matter)}
        return tuple((key, name) for key, name in ROUTE_NAMES.items() if key in found or not found)

    return routes


def _reference(case: Case, others: Mapping[str, str]) -> Sequence[str]:
    """The number of the matter that is still open."""
    return [matter.reference for matter in case.disputes if matter.open]


def _orderers(case: Case) -> Choices:
    """Who may have ordered: first whose decision came last."""
    last = case.disputes[-1].route if case.disputes else ""
    first = {"": "", "review": "review"}.get(last, "court")
    return tuple(sorted(ORDERED_BY.items(), key=lambda item: item[0] != first))


def _ordered_by(case: Case, others: Mapping[str, str]) -> Sequence[str]:
    """The number under which the last matter was decided."""
    return [matter.reference for matter in reversed(case.disputes) if not matter.open]


def _decisions(case: Case) -> Choices:
    return (("", "照怎样结案算"), *((key, outcome_names()[key]) for key in OUTCOMES if key != "pending"))


_ROUTE = Field("route", "复议还是诉讼", "choice", _routes, "未经复议直接起诉的和复议以后起诉的分开统计。")
_OPEN, _TO_ANSWER, _DECIDED = (
    replace(_ROUTE, choices=_routes_where(fits))
    for fits in (
        lambda matter: matter.open,
        lambda matter: matter.open and not matter.answered_on,
        lambda matter: not matter.open and matter.route != "review" and not matter.appealed_on,
    )
)
_REFERENCE = Field("reference", "案号", help="复议或者诉讼的案号；没有的不填。")
DISPUTE_ACTS = (
    Act(
        ev.Disputed,
        "any",
        True,
        True,
        "复议或诉讼",
        rule=_may_dispute,
        changes=_disputed,
        told=lambda e: (
            ROUTE_NAMES[e.route],
            outcome_names()[e.outcome],
            e.reference,
            f"最迟{e.answer_by}答复" if e.answer_by else "",
        ),
        by_hand=ByHand(
            "日期填收到复议申请书副本或者起诉状副本的那一天，答复的期限从它算；通知书写明最后一日的，照它。",
            (
                _ROUTE,
                _REFERENCE,
                Field(
                    "answer_by", "最迟哪天答复", "day_ahead", help="通知书写明的最后一日；没有写的不填，照法律算。"
                ),
            ),
        ),
    ),
    Act(
        ev.DisputeAnswered,
        "any",
        True,
        True,
        "已提交复议答复或答辩",
        rule=_of_matter,
        changes=_moved_on,
        told=lambda e: (ROUTE_NAMES[e.route],),
        by_hand=ByHand("填提交的那一天。", (_TO_ANSWER,)),
    ),
    Act(
        ev.DisputeDecided,
        "any",
        True,
        True,
        "复议或诉讼有了结果",
        rule=_of_matter,
        changes=_moved_on,
        told=_decision_told,
        by_hand=ByHand(
            "计入年报表四。责令重新答复、责令履行的，收到那天再记【责令重新答复】。",
            (
                _OPEN,
                Field("result", "怎样结案", "choice", _results, "照决定书或者裁判文书选，年报的一列跟着它。"),
                Field("outcome", "计入哪一列", "choice", _decisions, "一般不用选，照怎样结案算。"),
                replace(_REFERENCE, known=_reference),
            ),
            make=_decision,
        ),
    ),
    Act(
        ev.Appealed,
        "any",
        True,
        True,
        "一审以后上诉",
        rule=_may_appeal,
        changes=_appealed,
        told=lambda e: (ROUTE_NAMES[e.route], f"{e.who}上诉" if e.who else ""),
        by_hand=ByHand(
            "一审判决没有生效，这一件诉讼回到未审结。日期填收到上诉状副本的那一天；本机关上诉的，填提交的那一天。",
            (_DECIDED, Field("who", "谁上诉", help="原告、本机关或者第三人。")),
        ),
    ),
    Act(
        ev.RedoOrdered,
        "any",
        True,
        True,
        rule=_may_order,
        changes=_ordered,
        told=_order_told,
        by_hand=ByHand(
            "原答复被撤销，或者没有答复被责令履行：从收到决定书、判决书之日的次日起{reply}个工作日内重新答复，写明期限的照写明的；"
            "这一件重新打开。日期填收到的那一天；一审判决要等生效（没有上诉）再记；自己撤销的，填作出决定的那一天。",
            (
                Field("ordered_by", "谁定的", "choice", _orderers, "决定书、判决书是谁作出的。"),
                Field(
                    "number",
                    "文号或者案号",
                    help="行政复议决定书的文号、判决书的案号；自己撤销的填撤销决定的文号，没有的不填。",
                    known=_ordered_by,
                ),
                Field(
                    "working_days",
                    "限几个工作日",
                    "number",
                    help="决定书写明几个工作日的就填；没有写的不填，按{reply}个工作日。",
                ),
                Field(
                    "days",
                    "限几日",
                    "number",
                    help="决定书只写【几日内】、没有写工作日的填这里，按自然日算；没有写的不填。",
                ),
                Field(
                    "partly", "撤销多少", "verdict", (("", "全部"), (YES, "一部分")), "只撤销一部分的，其余仍然有效。"
                ),
                Field(
                    "procedural",
                    "为什么撤销",
                    "verdict",
                    (("", "不只是程序"), (YES, "只因为程序违法")),
                    "只因为违反法定程序撤销的，可以作同样的答复。",
                ),
                Field("why", "说明", help="撤销的理由；自己撤销的必须写。"),
            ),
            make=_order,
        ),
    ),
)
