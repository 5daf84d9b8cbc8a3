"""The acts about the people of an application: receipt confirmed, talks, an agent, one of several who withdraws."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.register import events as ev
from deskapp.register.act import Act, ByHand, Choices, Field, Known, Why
from deskapp.register.case import Case, Changes, begun_on
from deskapp.register.people import Agent, Participant

_SAID = "请写明说了什么，以后看的人要明白。"
_WHO = Field(
    "who", "与谁", help="照姓名写，例如 张三、代理人李四。", required=True, todo="请填写是与谁联系的。",
    known=lambda case, others: (case.received.acting.name if case.received.acting else case.applicant,),
)  # fmt: skip
_HOW = Field("how", "什么方式", help="电话写号码；短信、电子邮件、当面。")


_ALONE = "只有一名申请人；他撤回的，请记【申请人撤回申请】。"


def _may_confirm(case: Case, event: ev.ReceiptConfirmed) -> Why:
    if not case.received.unconfirmed:
        return "这一件收到之日已经定了，不用再确认。"
    if event.on < case.received.on:
        return f"确认的日期{event.on}早于收到的{case.received.on}。"
    later = [tick.on for tick in case.clock_events[1:] if tick.on < event.on]
    return f"确认的日期{event.on}晚于已经记下的{later[0]}，请先核对。" if later else ""


def _confirmed(case: Case, event: ev.ReceiptConfirmed) -> Changes:
    """The day of confirmation is the day of receipt, and the clock begins there (条例 31)."""
    known = case.received
    came = known.handed_over_on or known.on
    days = {"on": event.on, "confirmed_on": event.on, "handed_over_on": came, "unconfirmed": False}
    return {"received": known.model_copy(update=days), "clock_events": begun_on(case, event.on)}


def _agent_named(case: Case, event: ev.AgentNamed) -> Changes:
    before = case.received.agent
    known = dict(before) if before and before.name == event.name else {}  # what was known of the same one stays
    particulars = {
        name: getattr(event, name) or known.get(name, "") for name in Agent.model_fields if name != "until"
    }
    particulars["until"] = event.until
    return {"received": case.received.model_copy(update={"agent": Agent.model_validate(particulars)})}


def _of_agent(name: str) -> Known:
    """What the registration knows of the agent: most who are named again bring the paper that was wanting."""

    def known(case: Case, others: Mapping[str, str]) -> tuple[str, ...]:
        value = getattr(case.received.agent, name, None)
        return (str(value),) if value else ()

    return known


def _may_withdraw_alone(case: Case, event: ev.OneWithdrew) -> Why:
    if not case.received.others:
        return _ALONE
    return "" if event.name in case.applicants else f"申请人里没有【{event.name}】。"


def _names(case: Case) -> Choices:
    return tuple((name, name) for name in case.applicants) if case.received.others else ()


def _one_withdrew(case: Case, event: ev.OneWithdrew) -> Changes:
    """The others go on; when the one withdraws under whose name it is registered, the next takes his place."""
    known = case.received
    people = (
        Participant(name=known.applicant, id_number=known.id_number, phone=known.phone, address=known.address),
        *known.others,
    )
    first, *others = [person for person in people if person.name != event.name]
    changes = {**dict(first), "applicant": first.name, "others": tuple(others)}
    changes["representatives"] = tuple(name for name in known.representatives if name != event.name)
    del changes["name"]
    if first.name != known.applicant:
        changes |= {"id_kind": "", "email": "", "postcode": "", "legal_representative": ""}  # those were the other's
    return {"received": known.model_copy(update=changes)}


PEOPLE_ACTS = (
    Act(
        ev.ReceiptConfirmed, "any", False, True, "确认收到申请",
        rule=_may_confirm,
        changes=_confirmed,
        told=lambda e: (e.who, e.how),
        by_hand=ByHand(
            "平信、网络、传真来的，与申请人确认之日才是收到之日，期限从那天算（第三十一条）。日期填确认的那一天。", (_WHO, _HOW)
        ),
    ),
    Act(
        ev.Talked, "any", True, True, "与申请人联系",
        told=lambda e: (e.who, e.how, e.what),
        by_hand=ByHand(
            "谈话、电话都记下来：哪天、与谁、说了什么；联系不上的也记。不影响期限。",
            (_WHO, _HOW, Field("what", "说了什么", help="照原话写；没有联系上的写没有人接。", required=True, todo=_SAID)),
        ),
    ),
    Act(
        ev.AgentNamed, "any", True, True, "代理人、补交委托书",
        changes=_agent_named,
        told=lambda e: (e.name, e.authority or "没有交委托书", f"到{e.until}" if e.until else ""),
        by_hand=ByHand(
            "申请人委托了代理人，或者代理人补交了授权委托书；以前写的代理人由这一位代替。等着补正的，另外再记【收到补正】。",
            (
                Field("name", "代理人", help="照身份证明写。", required=True, todo="请填写代理人的姓名。", known=_of_agent("name")),
                Field("authority", "委托的事项和权限", help="照委托书写，例如 代为申请、补正、签收；没有交委托书的不填。"),
                Field("until", "委托到哪一天", "day_ahead", help="委托书没有写期限的不填。"),
                Field("id_number", "证件号码", help="代理人的。", known=_of_agent("id_number")),
                Field("phone", "联系电话", help="代理人的。", known=_of_agent("phone")),
                Field("address", "通信地址", help="代理人的；文书要寄给代理人的填。", known=_of_agent("address")),
            ),
        ),
    ),
    Act(
        ev.OneWithdrew, "before_answer", False, True, "几个人里一人撤回",
        rule=_may_withdraw_alone,
        changes=_one_withdrew,
        told=lambda e: (e.name,),
        by_hand=ByHand(
            "几个人一起申请的，其中一人撤回，其余人的申请照办。请留存他的书面意思。",
            (Field("name", "谁撤回", "listed", _names, "一起申请的人里撤回的那一位。", required=True, todo="请填写撤回的人的姓名。", none=_ALONE),),
        ),
    ),
)  # fmt: skip
