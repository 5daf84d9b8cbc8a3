"""The act that puts a registration right: which fact, its right wording, why; the journal keeps the first wording."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from pydantic import ValidationError

from deskapp.errors import DeskError
from deskapp.law.annual_report import class_names
from deskapp.law.identity import PAPERS
from deskapp.law.receipt import channel_names
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, masked, parse_day, person_name
from deskapp.register import events as ev
from deskapp.register.act import Act, ByHand, Choices, Field, Why
from deskapp.register.case import AMENDED_AS, Case, Changes, begun_on, registered
from deskapp.register.people import PARTED

FIELD_NAMES: dict[ev.AmendedField, str] = {
    "applicant": "申请人",
    "applicant_class": "申请人类别",
    "phone": "联系电话",
    "address": "通信地址",
    "content": "申请内容",
    "id_kind": "证件类型",
    "id_number": "证件号码",
    "channel": "收到方式",
    "received_on": "收到日期",
    "delivery_form": "获取方式",
    "mail_number": "邮件号",
    "signed_by": "签收人",
    "remark": "备注",
    "postcode": "邮政编码",
    "email": "电子邮箱",
    "legal_representative": "法定代表人",
    "agent": "代理人",
    "guardian": "监护人",
    "others": "一起申请的人",
    "representatives": "推选的代表",
}
PERSONS = ("agent", "guardian", "others")  # whose value is the particulars of people, parted by ｜
NEVER_EMPTY = ("applicant", "content", "applicant_class", "channel")
_WHY = "请写明原因，以后看的人要明白。"


def _may_amend(case: Case, event: ev.Amended) -> Why:
    try:
        registered(case, event.field, event.value)
    except ValidationError:
        return f"【{event.value}】不能用在这一项。"
    return ""


def _amended(case: Case, event: ev.Amended) -> Changes:
    """Put one fact right; another day of receipt is another start of the clock."""
    received = registered(case, event.field, event.value)
    if event.field != "received_on":
        return {"received": received}
    return {"received": received, "clock_events": begun_on(case, received.on)}


def _amendment(case: Case, values: dict[str, Any], on: date, today: date) -> ev.Amended:
    """What was typed, in the form its field has."""
    field, value = values["field"], values["value"]
    value = next((key for key, name in _values(field) if value == name), value)  # written by its name
    if field == "received_on" or field in NEVER_EMPTY:
        if not value:
            todo = "请填写日期。" if field == "received_on" else "这一项不能空着。"
            raise DeskError("没有填改成什么。", "没有记下。", todo, "value")
        value = _receipt(value, today).isoformat() if field == "received_on" else value
    value = person_name(value) if field in ("applicant", "legal_representative") else value
    if _unchanged(case, field, value):
        stands = dict(_values(field)).get(value, value)
        what = (
            f"现在登记的{FIELD_NAMES[field]}就是【{stands}】，等于没有更正。"
            if stands
            else f"{FIELD_NAMES[field]}现在就空着。"
        )
        raise DeskError(what, "没有记下。", "请在【改成】里写上正确的。", "value")
    most = LONGEST_TEXT if field in ("content", "remark") else LONGEST_CELL
    if len(value) > most:
        raise DeskError(f"改成的内容太长，最多{most}个字。", "没有记下。", "请写短一些。", "value")
    return ev.Amended(on=on, field=field, value=value, why=values["why"])


def _unchanged(case: Case, field: ev.AmendedField, value: str) -> bool:
    """Whether a fact already is what it would be put right to; not for what cannot stand there, which is refused by its own words."""
    try:
        return registered(case, field, value) == case.received
    except ValidationError:
        return False


def _receipt(text: str, today: date) -> date:
    """A day of receipt as it was typed, not one that is still to come."""
    day = parse_day(text, today, "收到日期", field="value")
    if day > today:
        raise DeskError(f"收到日期{day}还没有到（今天是{today}）。", "没有记下。", "请核对日期。", "value")
    return day


def _amendment_told(event: ev.Amended) -> tuple[str, ...]:
    value = masked(event.value) if event.field == "id_number" else event.value
    if event.field in PERSONS:  # what identifies them stands in the registration
        value = "、".join(PARTED.split(person)[0] for person in re.split(r"[\r\n；;]+", event.value))
    value = dict(_values(event.field)).get(value, value)
    return f"{FIELD_NAMES[event.field]}改为【{value}】", event.why


def _fields(case: Case) -> Choices:
    return tuple((key, FIELD_NAMES[key]) for key in get_args(ev.AmendedField))


def _values(name: str) -> Choices:
    """What a fact of the registration may be, where that is one of a few; nothing for a text."""
    if name == "channel":
        return tuple(channel_names().items())
    if name == "applicant_class":
        return tuple(class_names().items())
    return (("", "（照号码看）"), *PAPERS.items()) if name == "id_kind" else ()


def _may_be(case: Case, others: Mapping[str, str]) -> Choices:
    return _values(others.get("field", ""))


def _stands(case: Case, others: Mapping[str, str]) -> Sequence[str]:
    """What the registration says now: most corrections change a sign or two of it."""
    name = others.get("field") or _fields(case)[0][0]
    if name in PERSONS or name == "representatives":
        return ()
    value = getattr(case.received, AMENDED_AS.get(name, name))
    return ("" if value is None else str(value),)


AMENDED = Act(
    ev.Amended, "any", True, True, "更正登记",
    rule=_may_amend,
    changes=_amended,
    told=_amendment_told,
    by_hand=ByHand(
        "登记时写错的改过来；原来的写法和改的原因都留着。",
        (
            Field("field", "更正哪一项", "choice", _fields, "登记表上写错的那一项。"),
            Field(
                "value", "改成", "listed", known=_stands, by_others=_may_be,
                help="现在登记的写在这里，改成正确的。代理人等写 姓名｜证件号码｜电话｜地址，几个人用；分开。",
            ),
            Field("why", "说明", help="为什么改。", required=True, todo=_WHY),
        ),
        make=_amendment,
    ),
)  # fmt: skip
