"""The acts up to the answer: from the receipt over correction, consultation, extension and fee to the withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.law import clock_events as clock
from deskapp.law.categories import REVIEW_NAMES, categories, category
from deskapp.law.errors import LawError
from deskapp.law.receipt import channel_rule
from deskapp.register import events as ev
from deskapp.register.act import NO, YES, Act, ByHand, Choices, Field, Why
from deskapp.register.case import Case, Changes, registered

POSITIONS: dict[str, str] = {
    "agreed": "同意公开", "refused": "不同意公开", "partly": "只同意公开一部分", "silent": "逾期没有提出意见", "unreachable": "无法联系",
}  # fmt: skip
FIRST_DAY, MOST_DAYS = 1, 999  # of an extension as typed; what the law allows is the clock's to say


def last_open(case: Case, asked: str, answered: str, name: str = "", who: str = "") -> date | None:
    """The day of the last question that has no answer yet; None when there is none."""
    day: date | None = None
    for event in case.clock_events:
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
        day = last_open(case, asked, event.act, name, who)
        if day is None:
            return missing.format(who=who)
        return f"日期{event.on}早于发出之日{day}。" if event.on < day else ""

    return rule


def _asks(asked: str, answered: str, still: str, name: str = "") -> Callable[[Case, Any], Why]:
    """The rule of an act that waits for another one: not twice at once."""

    def rule(case: Case, event: Any) -> Why:
        who = getattr(event, name) if name else ""
        return still.format(who=who) if last_open(case, asked, answered, name, who) else ""

    return rule


SIGNED = {"paper": "照纸上签的记", "desk": "本人输密码签的"}
"""How an opinion was given to a text, in words."""


def ending(case: Case, event: Any) -> Why:
    """The rule of an act that ends the clock: nothing on it is later."""
    last = max(item.on for item in case.clock_events)
    return f"日期{event.on}早于已经记下的{last}。" if event.on < last else ""


def known_category(case: Case, event: ev.Answered | ev.Closed) -> Why:
    """The rule of an act that ends a case in a category."""
    try:
        category(event.category)
    except LawError:
        return f"没有答复类型【{event.category}】。"
    return ending(case, event)


def category_choices(case: Case) -> Choices:
    """All outcomes."""
    return tuple((item.key, item.name) for item in categories())


def _reworded(case: Case, event: ev.Corrected | ev.Split) -> Changes:
    return {"received": registered(case, "content", event.content)} if event.content else {}


def _withdrawn(case: Case, event: ev.Withdrawn) -> Changes:
    return {"category": "withdrawn", "number": event.number, "closed_on": event.on}


def _answered(case: Case, event: ev.Answered) -> Changes:
    from_ledger = event.by == ev.BY_LEDGER
    answer: Changes = {
        "category": event.category,
        "number": event.number,
        "closed_on": event.on,
        "from_ledger": from_ledger,
    }
    return {**answer, **_stopped(case, event)}


def _stopped(case: Case, event: ev.Answered | ev.Closed) -> Changes:
    """A case that is closed as withdrawn has no last day, as when the withdrawal itself is noted."""
    if category(event.category).answers:
        return {}
    return {"clock_events": (*case.clock_events, clock.Withdrawn(on=event.on))}


def _closed(case: Case, event: ev.Closed) -> Changes:
    closed: Changes = {"category": event.category, "closed_on": event.on, "without_letter": True}
    return {**closed, **_stopped(case, event)}


def _extension(case: Case, values: dict[str, Any], on: date, today: date) -> ev.Extended:
    days = values["working_days"]
    if not FIRST_DAY <= days <= MOST_DAYS:
        raise DeskError(f"延长工作日数【{days}】不对。", "没有记下。", "请填写要延长的工作日数。", "working_days")
    return ev.Extended(on=on, working_days=days, approved_by=values["approved_by"])


def _deferral(case: Case, values: dict[str, Any], on: date, today: date) -> ev.Deferred:
    until = values["until"]
    if until <= on:
        raise DeskError(f"延至的日期{until}不晚于{on}。", "没有记下。", "请核对日期。", "until")
    return ev.Deferred(on=on, until=until)


def _respond_by(event: ev.CorrectionRequested | ev.ReasonRequested) -> tuple[str, ...]:
    asked = "补正" if isinstance(event, ev.CorrectionRequested) else "说明理由"
    return (f"请在{event.respond_by}以前{asked}",) if event.respond_by else ()


def _asked(asked: str, answered: str, name: str) -> Callable[[Case], Choices]:
    """The names of those who were asked and have not answered, the one asked last first."""

    def names(case: Case) -> Choices:
        whole = dict.fromkeys(getattr(event, name) for event in reversed(case.clock_events) if event.act == asked)
        return tuple((who, who) for who in whole if last_open(case, asked, answered, name, who))

    return names


_WHOSE = "请填写第三方或者机关的名称。"
_PARTY = Field("party", "对方名称", help="第三方的名称，照它的证件或者公章写全称。", required=True, todo=_WHOSE)
_AGENCY = Field("agency", "对方名称", help="机关的全称。", required=True, todo=_WHOSE)
_PARTY_ASKED = Field(
    "party", "对方名称", "listed", _asked("party_consulted", "party_answered", "party"), "问过的、还没有答复的第三方。",
    required=True, todo=_WHOSE, none="没有等着答复的第三方。",
)  # fmt: skip
_AGENCY_ASKED = Field(
    "agency", "对方名称", "listed", _asked("agency_consulted", "agency_answered", "agency"), "问过的、还没有答复的机关。",
    required=True, todo=_WHOSE, none="没有等着答复的机关。",
)  # fmt: skip
_NUMBER = Field("number", "文号", help="文书上的文号；没有的不填。")
_WHY = "请写明原因，以后看的人要明白。"
OPEN_ACTS = (
    Act(
        ev.Received, "any", False, False,
        told=lambda e: (channel_rule(e.channel).name, e.case_no, f"由{e.split_from}拆分" if e.split_from else ""),
    ),
    Act(
        ev.CorrectionRequested, "before_answer", False, True,
        rule=_asks("correction_requested", "corrected", "前一次补正告知还没有回音，不能再发。"),
        told=_respond_by,
    ),
    Act(
        ev.Corrected, "before_answer", False, True,
        rule=_answers("correction_requested", "", "还没有发过补正告知，谈不上收到补正。"),
        changes=_reworded,
        by_hand=ByHand(
            "从收到补正之日起重新计算答复期限（条例第三十条）。",
            (Field("content", "新的申请内容", help="只有申请内容改了才写，写完整的；只补交材料的不填。"),),
        ),
    ),
    Act(
        ev.PartyConsulted, "before_answer", False, True,
        rule=_asks("party_consulted", "party_answered", "已经征求过【{who}】，还没有答复。", "party"),
        told=lambda e: (e.party,),
        by_hand=ByHand(
            "发出的次日起停止计算，到对方答复为止；最长到对方收到后第{party_opinion}个工作日（第三十二条、第三十三条）。",
            (
                _PARTY,
                Field("arrived_on", "对方收到日期", "day", help="知道对方哪天收到征求意见书就填，{party_opinion}个工作日从那天算。"),
            ),
        ),
    ),
    Act(
        ev.PartyAnswered, "before_answer", False, True,
        rule=_answers("party_consulted", "party", "还没有征求过【{who}】的意见。"),
        told=lambda e: (e.party, POSITIONS.get(e.position, ""), e.reason),
        by_hand=ByHand(
            "从答复的次日起继续计算；逾期没有答复、无法联系的，期限最迟也从法定的日子起继续。文书照这里记的写。",
            (
                _PARTY_ASKED,
                Field("position", "第三方的意见", "choice", (("", "（没有说明）"), *POSITIONS.items()), "没有答复不等于同意，也不等于不同意，由本机关决定。"),
                Field(
                    "reason", "理由，或者怎样联系过",
                    help="不同意的写理由；无法联系的写哪天、用什么方式联系过。这里写的会带进答复书：不要写出隐私、秘密的内容和姓名。",
                ),
            ),
        ),
    ),
    Act(
        ev.AgencyConsulted, "before_answer", False, True,
        rule=_asks("agency_consulted", "agency_answered", "已经征求过【{who}】，还没有答复。", "agency"),
        told=lambda e: (e.agency,),
        by_hand=ByHand(
            "发出的次日起停止计算，到对方答复为止（第三十三条、第三十四条）。",
            (
                _AGENCY,
                Field("arrived_on", "对方收到日期", "day", help="知道对方哪天收到征求意见书就填，{agency_opinion}个工作日从那天算。"),
            ),
        ),
    ),
    Act(
        ev.AgencyAnswered, "before_answer", False, True,
        rule=_answers("agency_consulted", "agency", "还没有征求过【{who}】的意见。"),
        told=lambda e: (e.agency,),
        by_hand=ByHand("从答复的次日起继续计算。", (_AGENCY_ASKED,)),
    ),
    Act(
        ev.Extended, "before_answer", False, True,
        told=lambda e: (f"延长{e.working_days}个工作日", f"{e.approved_by}同意" if e.approved_by else ""),
        by_hand=ByHand(
            "只能一次，最多{extension}个工作日；期满前经负责人同意并告知申请人（第三十三条）。",
            (
                Field("working_days", "延长工作日数", "number", help="最多{extension}，只能一次。", required=True, todo="请填写1到{extension}的数字。"),
                Field(
                    "approved_by", "同意人", help="政府信息公开工作机构负责人的姓名。", required=True,
                    todo="延期要经政府信息公开工作机构负责人同意（条例第三十三条），请填写是谁同意的。",
                ),
            ),
            make=_extension,
        ),
    ),
    Act(
        ev.ReasonRequested, "before_answer", False, True, "要求说明理由",
        told=_respond_by,
        by_hand=ByHand("数量、频次明显超过合理范围的，可以要求说明理由（第三十五条）。"),
    ),
    Act(
        ev.ReasonGiven, "before_answer", False, True, "收到说明的理由",
        told=lambda e: (e.reason, {True: "理由合理", False: "理由不合理", None: ""}[e.reasonable]),
        by_hand=ByHand(
            "理由合理的照常答复，不合理的不予处理（第三十五条）。",
            (
                Field("reason", "理由", help="申请人说的理由，照原话写。", required=True, todo=_WHY),
                Field("reasonable", "理由是不是合理", "verdict", (("", "还没有定"), (YES, "合理"), (NO, "不合理"))),
            ),
        ),
    ),
    Act(
        ev.Deferred, "before_answer", False, True,
        told=lambda e: (f"延至{e.until}",),
        by_hand=ByHand(
            "理由合理、但不能按期答复的，定一个合理的日期并告知申请人（第三十五条）。",
            (Field("until", "延至哪一天", "day_ahead", help="合理的答复日期。", required=True, todo="请填写日期。"),),
            make=_deferral,
        ),
    ),
    Act(
        ev.FeeNoticed, "before_answer", False, True,
        rule=_asks("fee_noticed", "fee_paid", "前一份收费通知还没有缴费。"),
        told=lambda e: (f"{e.fee_fen // 100}元" if e.fee_fen else "",),
        by_hand=ByHand("等待缴费，期限停着；申请人有{payment}个工作日缴费（信息处理费管理办法第六条）。"),
    ),
    Act(
        ev.FeePaid, "before_answer", False, True,
        rule=_answers("fee_noticed", "", "还没有发过收费通知。"),
        by_hand=ByHand("从缴费的次日起重新计算答复期限。"),
    ),
    Act(
        ev.Split, "before_answer", False, False, "拆分为多件",
        changes=_reworded,
        told=lambda e: ("另立" + "、".join(e.into),),
        by_hand=ByHand(
            "一份申请里有几项的，一项一件，各自答复、各自统计；收到日期和期限不变。",
            (Field("items", "各项内容", "lines", help="一行一项；第一行留在原来的登记号，其余另立-2、-3。"),),
            several=True,
        ),
    ),
    Act(
        ev.Drafted, "any", True, True, "拟稿",
        told=lambda e: (e.why,),
    ),
    Act(
        ev.Reviewed, "any", True, True, "审查意见",
        changes=lambda case, e: {"reviews": (*case.reviews, e)},
        told=lambda e: (REVIEW_NAMES[e.review], e.who, "" if e.agreed else "不同意", e.opinion, SIGNED.get(e.how, "")),
    ),
    Act(
        ev.Answered, "before_answer", False, True, "系统外已答复",
        rule=known_category,
        changes=_answered,
        told=lambda e: (category(e.category).name, e.number),
        by_hand=ByHand(
            "答复是在系统外拟写的：选答复类型，填文号；送达另外按 F5 记。",
            (Field("category", "答复类型", "choice", category_choices, "决定计入年报哪一行。"), _NUMBER),
        ),
    ),
    Act(
        ev.Withdrawn, "before_answer", False, True,
        rule=ending,
        changes=_withdrawn,
        by_hand=ByHand("结案，年报计入【其他】。请留存申请人的书面意思。", (_NUMBER,)),
    ),
    Act(
        ev.Interrupted, "before_answer", False, True,
        told=lambda e: (e.reason, f"至{e.until}" if e.until else ""),
        by_hand=ByHand(
            "不能预见、不能避免的情况（洪水、封控、停电停网）：提示风险，写进案卷；期限不因此自动移动。日期填开始的那一天。",
            (
                Field("reason", "什么情况", help="发生了什么，为什么办不了。", required=True, todo=_WHY),
                Field("until", "到哪一天为止", "day", help="还没有结束的不填。"),
            ),
        ),
    ),
    Act(
        ev.Closed, "before_answer", False, True, "不发文书结案",
        rule=known_category,
        changes=_closed,
        told=lambda e: (category(e.category).name, e.why),
        by_hand=ByHand(
            "没有文书可发的结案，写明原因，按所选类型计入年报。",
            (
                Field("category", "答复类型", "choice", category_choices, "决定计入年报哪一行。"),
                Field("why", "说明", help="为什么没有文书。", required=True, todo=_WHY),
            ),
        ),
    ),
)  # fmt: skip
