"""The acts inside the house: an application is handed to a department, and comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.act import Act, ByHand, Choices, Field, Why
from deskapp.register.case import Case, Changes


def _may_refer(case: Case, event: ev.Referred) -> Why:
    if event.department in _departments(case):
        return f"已经转给{event.department}，还没有收回。"
    return ""


def _may_return(case: Case, event: ev.ReferredBack) -> Why:
    found = next((one for one in case.referred if one.department == event.department), None)
    if found is None:
        return f"没有转给过【{event.department}】，或者已经收回。"
    return f"收回的日期{event.on}早于转出的{found.on}。" if event.on < found.on else ""


def _departments(case: Case) -> list[str]:
    return [one.department for one in case.referred]


def _returned(case: Case, event: ev.ReferredBack) -> Changes:
    return {"referred": tuple(one for one in case.referred if one.department != event.department)}


def _with_whom(case: Case) -> Choices:
    return tuple((name, name) for name in _departments(case)) or (("", "没有转给哪个科室"),)


def _referral(case: Case, values: dict[str, Any], on: date, today: date) -> ev.Referred:
    back_by = values["back_by"]
    if back_by and back_by < on:
        raise DeskError(f"收回的日期{back_by}早于转出的{on}。", "没有记下。", "请核对日期。", "back_by")
    return ev.Referred(on=on, department=values["department"], back_by=back_by, what=values["what"])


HOUSE_ACTS = (
    Act(
        ev.Referred, "before_answer", False, True, "转科室办",
        rule=_may_refer,
        changes=lambda case, e: {"referred": (*case.referred, e)},
        told=lambda e: (e.department, e.what, f"{e.back_by}以前回" if e.back_by else ""),
        by_hand=ByHand(
            "转给本机关的科室、站所查找或者提意见；答复期限照走，不停。【今日】上列在等待他人，过了回复的日子会提醒催办。",
            (
                Field("department", "转给谁", help="科室、站所的名称，例如 农业农村办。", required=True, todo="请填写转给哪个科室。"),
                Field("back_by", "哪天以前回", "day_ahead", help="要早于答复的最后一日，留出写答复的时间；不催的不填。"),
                Field("what", "要他办什么", help="例如 查有没有这份台账，能不能公开。"),
            ),
            make=_referral,
        ),
    ),
    Act(
        ev.ReferredBack, "before_answer", False, True, "科室回复",
        rule=_may_return,
        changes=_returned,
        told=lambda e: (e.department, e.answer),
        by_hand=ByHand(
            "转出去的科室、站所回复了：有没有、能不能公开、依据什么。",
            (
                Field("department", "谁回复", "choice", _with_whom, "转给过的里面选。", required=True, todo="请在【谁回复】里选。"),
                Field("answer", "怎么说", help="照回复写；只把材料交回来的写交回材料。"),
            ),
        ),
    ),
)  # fmt: skip
