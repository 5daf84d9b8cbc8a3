"""Who asks: the applicant's part of a registration form, read as the people of the case, with what is wrong or wanting about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from deskapp.errors import DeskError
from deskapp.law.annual_report import class_names
from deskapp.law.identity import identity_warning, paper_name
from deskapp.law.receipt import channel_rules
from deskapp.parsing import half_width, masked, one_line, parse_day, person_name
from deskapp.register.case import Case
from deskapp.register.events import Received
from deskapp.register.people import NOT_ELECTED, Participant, People, representation_fault
from deskapp.telling import names_organisation, says_nothing
from deskapp.typed import first_fault

SELF, BY_AGENT, BY_GUARDIAN, TOGETHER, TOGETHER_BY_AGENT = "", "agent", "guardian", "joint", "joint_agent"
ASKED_BY: dict[str, str] = {
    SELF: "本人、本单位",
    BY_AGENT: "代理人来办",
    BY_GUARDIAN: "监护人来办（未成年人等）",
    TOGETHER: "几个人一起",
    TOGETHER_BY_AGENT: "几个人一起，代理人来办",
}
SHOWN, MISSING = "shown", "missing"
AUTHORITY: dict[str, str] = {"": "（请选择）", SHOWN: "交了授权委托书", MISSING: "没有交，要补正"}
NO_PAPER = "none"  # the kind of paper of somebody who showed none
_OF_AGENT = (
    "agent",
    "agent_id_number",
    "agent_phone",
    "agent_address",
    "authority_paper",
    "authority",
    "authority_until",
)
_OF_GUARDIAN = ("guardian", "guardian_relation", "guardian_id_number", "guardian_phone")
_OF_GROUP = ("others", "representatives")
EMAIL = re.compile(r"[^@\s，,]+@[^@\s，,]+\.[A-Za-z0-9]+")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{2,6}\u00b7[\u4e00-\u9fff]{2,8}")
_PARTS = {"agent": ("id_number", "phone", "address"), "guardian": ("relation", "id_number", "phone")}


def class_doubt(name: str, applicant_class: str) -> str:
    """What does not fit between the name of an applicant and the class that letters and the annual table go by; empty where nothing is odd."""
    follows = "请核对：文书的称呼和年报跟着它。"
    if applicant_class == "natural_person" and names_organisation(name):
        return f"【{name}】像是单位，申请人类别选的是自然人，{follows}"
    if applicant_class != "natural_person" and _PERSON.fullmatch(name) and not names_organisation(name):
        return f"【{name}】像是个人，申请人类别是【{class_names()[applicant_class]}】，{follows}"  # type: ignore[index]  # a key of the law's
    return ""


class ApplicantDraft(BaseModel):
    """Who asks, as it is typed in the registration form: every value a text. ``others`` has a line for each, its parts parted
    by ｜: name, number, telephone, address."""

    asked_by: str = SELF
    applicant: str = ""
    applicant_class: str = "natural_person"
    legal_representative: str = ""
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    address: str = ""
    agent: str = ""
    agent_id_number: str = ""
    agent_phone: str = ""
    agent_address: str = ""
    authority_paper: str = ""
    authority: str = ""
    authority_until: str = ""
    guardian: str = ""
    guardian_relation: str = ""
    guardian_id_number: str = ""
    guardian_phone: str = ""
    others: str = ""
    representatives: str = ""


def not_asked(draft: ApplicantDraft, channel: str) -> set[str]:
    """The fields of a registration form that this applicant and this channel leave open: what stands in them does not count."""
    absent = {name for rule in channel_rules() for name in rule.asks if rule.key != channel}
    absent -= {name for rule in channel_rules() for name in rule.asks if rule.key == channel}
    if draft.asked_by not in (BY_AGENT, TOGETHER_BY_AGENT):
        absent |= {*_OF_AGENT}
    elif draft.authority_paper == MISSING:
        absent |= {"authority", "authority_until"}
    if draft.asked_by != BY_GUARDIAN:
        absent |= {*_OF_GUARDIAN}
    if draft.asked_by not in (TOGETHER, TOGETHER_BY_AGENT):
        absent |= {*_OF_GROUP}
    if draft.applicant_class == "natural_person":
        absent |= {"legal_representative"}
    if draft.id_kind == NO_PAPER:
        absent |= {"id_number"}
    return absent


def people_of(draft: ApplicantDraft, absent: set[str], today: date) -> People:
    """The people of a form besides the applicant. Raises DeskError with the field that is wrong."""
    text = {name: one_line(value) for name, value in draft.model_dump().items() if name not in absent}
    known: dict[str, Any] = {
        "others": "" if "others" in absent else draft.others,
        "representatives": text.get("representatives", ""),
    }
    if text.get("agent"):
        until = text.get("authority_until", "")
        day = parse_day(until, today, "委托到期的日期", "ahead", "authority_until") if until else None
        known["agent"] = {
            "name": person_name(text["agent"]),
            "authority": text.get("authority", ""),
            "until": day,
            **_of(text, "agent"),
        }
    if text.get("guardian"):
        known["guardian"] = {"name": person_name(text["guardian"]), **_of(text, "guardian")}
    try:
        return People.model_validate(known)
    except ValidationError as error:
        what = first_fault(error).said or "有一行读不出来"
        todo = "请一人一行，写成 姓名｜证件号码｜电话｜地址。"
        raise DeskError(f"一起申请的人：{what}。", "还没有登记。", todo, "others") from error


def _of(text: dict[str, str], who: str) -> dict[str, str]:
    """The particulars of somebody, by the names that his record has for them."""
    return {part: text.get(f"{who}_{part}", "") for part in _PARTS[who]}


def people_problems(
    draft: ApplicantDraft, people: People, absent: set[str], today: date
) -> Iterator[tuple[str, str, bool]]:
    """What is wrong or wanting about who asks: the field, the sentence, whether registration must wait for it."""
    yield from _wanted(draft, people, absent)
    agent = people.agent
    if agent and agent.until and agent.until < today:
        yield (
            "authority_until",
            f"委托书{agent.until}已经到期，请代理人交新的；没有新的，选【{AUTHORITY[MISSING]}】。",
            True,
        )
    if fault := representation_fault(person_name(draft.applicant), people):
        yield "representatives", fault, True
    if person_name(draft.applicant) in {person.name for person in people.others}:
        yield "others", "一起申请的人里又写了申请人自己，请去掉这一行。", True
    for field, missing in missing_papers(people):
        yield field, f"还缺{missing}：先登记，再发补正告知请申请人补交。", False
    numbers = [("id_number", draft.id_number, draft.id_kind)] if "id_number" not in absent else []
    numbers += [("agent_id_number", agent.id_number, "")] if agent else []
    numbers += [("guardian_id_number", people.guardian.id_number, "")] if people.guardian else []
    numbers += [("others", person.id_number, "") for person in people.others]
    for field, number, kind in numbers:
        if says_nothing(number) and field == "id_number":  # it is registered as empty, which is said there
            continue
        if warning := identity_warning(half_width(number).upper(), today, kind):
            yield field, warning, False


def _wanted(draft: ApplicantDraft, people: People, absent: set[str]) -> Iterator[tuple[str, str, bool]]:
    """What must be written, or is no choice."""
    if draft.asked_by not in ASKED_BY:
        yield "asked_by", f"谁来申请请从这些里选：{'、'.join(ASKED_BY.values())}。", True
    if "agent" not in absent and people.agent is None:
        yield "agent", "请填写代理人的姓名。", True
    if "guardian" not in absent and people.guardian is None:
        yield "guardian", "请填写监护人的姓名。", True
    if "others" not in absent and not people.others:
        yield "others", "请一人一行写一起申请的人；第一名已经写在【申请人】里。", True
    if people.agent and draft.authority_paper not in (SHOWN, MISSING):
        yield "authority_paper", "请选代理人交没有交授权委托书；没有交的也可以登记，以后请他补正。", True
    elif people.agent and draft.authority_paper == SHOWN and not people.agent.authority:
        yield "authority", "请照授权委托书填写委托的事项和权限。", True
    email = half_width(draft.email)
    if email and not EMAIL.fullmatch(email):
        yield "email", "电子邮箱看起来不对，请与申请人核对。", False
    postcode = half_width(draft.postcode)
    if postcode and not re.fullmatch("[0-9]{6}", postcode):
        yield "postcode", "邮政编码是6位数字，请核对。", False


def missing_papers(people: People) -> Iterator[tuple[str, str]]:
    """What those who act for others have still to show, with the field it belongs to: a ground to ask for correction."""
    if people.agent and not people.agent.authority:
        yield "authority_paper", f"代理人{people.agent.name}的授权委托书"
    if people.representatives == (NOT_ELECTED,):
        yield "representatives", "推选代表的书面材料"


def signers(case: Case, day: date) -> dict[str, str]:
    """Who may sign for a letter to the applicant that day without a word of explanation, and what each is to him. An agent without a paper of
    authority that holds is none of them."""
    people = case.received
    known = dict.fromkeys(case.applicants, "申请人")
    if acting := people.acting_on(day):
        known[acting.name] = "代理人"
    if people.guardian:
        known[people.guardian.name] = people.guardian.relation or "监护人"
    if people.legal_representative:
        known[people.legal_representative] = "法定代表人"
    return known


def described(case: Case) -> list[str]:
    """Who asks and how the answer is wanted, a line for each thing that is known; identity numbers are masked."""
    known = case.received
    lines = [
        f"{case.who}（{class_names()[known.applicant_class]}）　{known.phone}".rstrip("　"),
        f"证件　{identity}" if (identity := identity_line(known)) else "",
        f"法定代表人　{known.legal_representative}" if known.legal_representative else "",
        "　".join(part for part in (known.address, known.postcode, known.email) if part),
        f"一起申请的　{'、'.join(person.name for person in known.others)}" if known.others else "",
        *acting_lines(known),
        f"获取方式　{known.delivery_form}" if known.delivery_form else "",
        f"备注　{known.remark}" if known.remark else "",
    ]
    return [line for line in lines if line]


def identity_line(received: Received) -> str:
    """The applicant's paper: its kind as far as it is known, its number with the middle hidden."""
    return f"{paper_name(received.id_kind)} {masked(received.id_number)}".strip()


def acting_lines(people: People) -> Iterator[str]:
    """Who acts for the applicant, and by what paper."""
    if agent := people.agent:
        until = f"，到{agent.until}" if agent.until else ""
        paper = f"{agent.authority}{until}" if agent.authority else "没有交授权委托书"
        yield "　".join(part for part in ("代理人", agent.name, agent.phone, agent.address, f"（{paper}）") if part)
    if guardian := people.guardian:
        yield "　".join(part for part in ("监护人", guardian.name, guardian.relation, guardian.phone) if part)
    if people.representatives:
        yield f"推选的代表　{'、'.join(people.representatives)}"


def flat(facts: Mapping[str, Any]) -> dict[str, str]:
    """A registration as outside programs give it, its people as records or names, as the texts of the form. Raises DeskError
    for a value of another shape."""
    texts: dict[str, str] = {key: value for key, value in facts.items() if key not in ("agent", "guardian", "others")}
    for who in ("agent", "guardian"):
        if person := facts.get(who):
            texts |= _flat_person(who, person)
    if others := facts.get("others"):
        lines = [others] if isinstance(others, str) else others
        texts["others"] = "\n".join(_flat_line(item) for item in lines)
    if isinstance(named := facts.get("representatives"), list):
        texts["representatives"] = "、".join(named)
    if "asked_by" not in texts:
        acting = BY_AGENT if facts.get("agent") else BY_GUARDIAN if facts.get("guardian") else SELF
        texts["asked_by"] = {SELF: TOGETHER, BY_AGENT: TOGETHER_BY_AGENT}.get(acting, acting) if others else acting
    return texts


def _flat_person(who: str, person: Any) -> dict[str, str]:
    """An agent or a guardian, by name or as a record."""
    record = {"name": person} if isinstance(person, str) else person
    known = {"name": who, "until": "authority_until", "authority": "authority"}
    known |= {part: f"{who}_{part}" for part in _PARTS[who]}
    if not isinstance(record, dict) or not record.keys() <= known.keys():
        raise DeskError(
            f"【{who}】写得不对。", "没有登记。", f"写姓名，或者一个对象，可以有：{'、'.join(known)}。", who
        )
    texts = {known[key]: str(value) for key, value in record.items()}
    if who == "agent" and "authority" in record:
        texts["authority_paper"] = SHOWN if record["authority"] else MISSING
    return texts


def _flat_line(item: Any) -> str:
    """One of several applicants, by name or as a record, on one line."""
    try:
        return item if isinstance(item, str) else Participant.model_validate(item).line
    except ValidationError as error:
        todo = f"每人写姓名，或者一个对象，可以有：{'、'.join(Participant.model_fields)}。"
        raise DeskError("【others】写得不对。", "没有登记。", todo, "others") from error
