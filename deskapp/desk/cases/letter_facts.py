"""What the desk knows for a letter: the facts of a case, sensible first values, the remedies of the day."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from deskapp.desk.cases.applicants import acting_lines, identity_line, missing_papers
from deskapp.desk.cases.dispute_papers import dispute_facts
from deskapp.desk.cases.earlier_answers import asked_party, repeated
from deskapp.desk.cases.fees import BY_ITEMS, NOTICED, STANDARDS
from deskapp.desk.cases.file_numbers import file_number
from deskapp.desk.cases.folder_plan import folder_items, index_lines
from deskapp.desk.cases.history_facts import from_history
from deskapp.desk.cases.plans import kept_plan
from deskapp.law.annual_report import class_names
from deskapp.law.case_file import proposed_retention
from deskapp.law.categories import outcome
from deskapp.law.fees import fee_by_items
from deskapp.law.identity import paper_name
from deskapp.law.periods import period, periods_on
from deskapp.law.receipt import channel_rule
from deskapp.law.remedies import Remedies, remedies_of, remedy_class
from deskapp.parsing import When, half_width, masked, parse_day
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.similar import Person, counts, of_person
from deskapp.unit import UnitProfile
from letters.facts import YES
from letters.template import Field as FactField
from letters.template import Template

_ONLINE = re.compile(r"网(?!格|点)|电子(?!.*(?:光盘|[Uu优]盘))|邮箱|电邮|e-?mail", re.IGNORECASE)
_UNWANTED = re.compile(r"[不无没勿非免]|拒绝")


def wants_online(case: Case) -> bool:
    """Whether the applicant asked for the answer through the internet: some clause of what he said speaks of it, and no "not" stands
    before it there."""
    for clause in re.split(r"[，。；、,;\s]+", case.received.delivery_form):
        found = _ONLINE.search(clause)
        if found and not _UNWANTED.search(clause[: found.start()]):
            return True
    return False


def remedies_for(
    source: Template, facts: Mapping[str, Any], issued_on: date, unit: UnitProfile, online: bool = False
) -> Remedies:
    """The remedies of a letter with these facts, worded by the law of the issue date."""
    paper = source.called
    thing = source.thing or ("本答复" if paper == "答复书" else f"本{paper}")
    found = remedies_of(
        remedy_class(source.kind, facts), issued_on, unit.bodies, online=online, thing=thing, paper=paper
    )
    if not source.rest or unit.bodies.kind == "public_enterprise":
        return found
    rest = remedies_of("choice", issued_on, unit.bodies, thing=source.rest, paper=paper)
    return found.model_copy(update={"text": found.text + rest.text})


def common_facts(case: Case, unit: UnitProfile, today: date, number: str, practice: bool) -> dict[str, Any]:
    """The facts that every kind has, from the case as it stands."""
    return {
        "unit": unit.model_dump(),
        "case_no": case.case_no,
        "number": number,
        "issued_on": today,
        "received_on": case.received.on,
        "channel": channel_rule(case.received.channel).name,
        "corrected_on": _last(case, "corrected"),
        "redo": _redo(case),
        "applicant": {
            "name": case.applicant,
            "class": class_names()[case.applicant_class],
            "address": case.address,
            "phone": case.phone,
            **_people(case, today),
        },
        "content": case.content,
        "practice": practice,
        "periods": periods_on(case.received.on),
    }


def _people(case: Case, today: date) -> dict[str, Any]:
    """Who else is named in a letter: an agent by a paper that was shown and holds, a guardian, all who applied together."""
    known = case.received
    acting = known.acting_on(today)
    agent = {"name": acting.name, "address": acting.address, "phone": acting.phone} if acting else None
    guardian = known.guardian.name if known.guardian else ""
    return {"agent": agent, "guardian": guardian, "others": [person.name for person in known.others]}


def _redo(case: Case) -> dict[str, Any] | None:
    """The order that a new answer follows; None for a first one."""
    if not case.earlier:
        return None
    before = case.earlier[-1]
    order = before.order
    return {
        "by": order.ordered_by, "number": order.number, "arrived_on": order.on, "answer_number": before.number,
        "answered_on": before.closed_on, "partly": order.partly, "why": order.why, "how": before.said(case.disputes),
    }  # fmt: skip


def _when(spec: FactField, source: Template) -> When:
    """Whether a day is still to come. The end of a period is, but in an answer, which says what it has led to."""
    return "ahead" if spec.ahead or (spec.last_day and source.stage != "reply") else "past"


def typed_facts(source: Template, today: date, typed: dict[str, str]) -> dict[str, Any]:
    """What the clerk typed, dates in any usual form. Raises DeskError for a date that is none."""
    facts: dict[str, Any] = {}
    for key, spec in source.fields.items():
        value = typed.get(key, "")
        if spec.type == "date" and value.strip():
            facts[key] = parse_day(value, today, spec.label, _when(spec, source), key)
        elif spec.type == "number":
            facts[key] = half_width(value)
        else:
            facts[key] = value
    return facts


Addressee = Callable[[str], str]  # the fact of a kind of letter that says to whom it goes; empty for the applicant


def first_values(source: Template, case: Case, journal: Journal, today: date, addressee: Addressee) -> dict[str, str]:
    """Sensible first values for a letter's form: what the case already knows, then the template's defaults."""
    plan = kept_plan(journal, case.case_id)
    told = plan.facts if plan.kind == source.kind else {}
    disputed = (
        dispute_facts(case, journal.unit(today)) if source.names_applicant or "answer_number" in source.fields else {}
    )
    known = {
        **from_history(case, journal, source.kind),
        **_for_the_file(case, journal, today, addressee),
        **disputed,
        **told,
    }
    if source.act == NOTICED:
        known |= _counted(case, journal)
    if "earlier_number" in source.fields:
        known |= repeated(journal, case)
    if "party" in source.fields and source.act != "party_consulted":
        known |= asked_party(journal, case)
    if source.act == "correction_requested":
        days = period("correction_answer", today).value
        known["respond_by"] = journal.calendar().nth_after(today, days).isoformat()
    return {key: known.get(key) or field.default for key, field in source.fields.items()}


def _counted(case: Case, journal: Journal) -> dict[str, str]:
    """How many applications the same person handed in within the natural month, where that is more than the free ones (办法 4)."""
    received = case.received
    mine = of_person(journal.store, Person(received.applicant, received.id_number, received.phone), case.case_id)
    number = counts(mine, received.on)[0] + 1
    if not fee_by_items(number).fen:
        return {}
    when = f"{received.on.year}年{received.on.month}月"
    return {
        "standard": STANDARDS[BY_ITEMS],
        "units": str(number),
        "counted": f"于{when}累计提出政府信息公开申请{number}件",
    }


def _last(case: Case, act: str) -> date | None:
    return next((event.on for event in reversed(case.clock_events) if event.act == act), None)


_WAYS = {
    "邮寄": "邮寄", "领": "自行领取", "电子": "电子邮件", "邮箱": "电子邮件", "阅": "当场阅读、抄录", "抄": "当场阅读、抄录",
}  # fmt: skip
_FORMS = {
    "电子": "电子邮件",
    "邮箱": "电子邮件",
    "光盘": "光盘",
    "纸": "纸面",
    "复印": "纸面",
    "打印": "纸面",
    "复制件": "纸面",
}


def _said(received: ev.Received, words: Mapping[str, str]) -> str:
    """What the one who spoke his application said of how he wants the information; empty where he did not, or said what he does not want:
    the record is read out to him and says that it agrees with what he said."""
    if _UNWANTED.search(received.delivery_form):
        return ""
    return next((meant for word, meant in words.items() if word in received.delivery_form), "")


def _other_items(case: Case, journal: Journal) -> list[str]:
    """The other items of the same paper, each with its number."""
    numbers = [number for event in case.told if isinstance(event, ev.Split) for number in event.into]
    return [f"{number} {journal.case_by_no(number).content.rstrip('。；;')}" for number in numbers]


def _for_the_file(case: Case, journal: Journal, today: date, addressee: Addressee) -> dict[str, str]:
    """What forms say about the case and its letters."""
    received, unit = case.received, journal.unit(today)
    numbered = [letter for letter in case.letters if letter.number]
    known = {
        "mail_number": received.mail_number,
        "signed_by": received.signed_by,
        "difficulty": received.difficulty,
        "delivery": _said(received, _WAYS),
        "carrier": _said(received, _FORMS),
        "others": "\n".join(_other_items(case, journal)),
        "handed_over_on": received.handed_over_on.isoformat() if received.handed_over_on else "",
        **dict.fromkeys(("handler", "recorder", "from_whom"), journal.by()),
        "payment": unit.payment,
        "closed_on": case.closed_on.isoformat() if case.closed_on else "",
        "archive_no": file_number(journal, case, today),
        "outcome": closed.name if (closed := outcome(case.category)) else "",
        **_proposal(case, journal),
        **_of_people(case),
        "entries": index_lines(folder_items(case)),
        "pages_total": str(sum(item.pages for item in folder_items(case)) or ""),
        "retention": proposed_retention(bool(case.disputes), case.closed_on or today).name,
        "id_number": masked(received.id_number),
        "id_kind": paper_name(received.id_kind),
        **_other_recipient(case, journal, addressee),
    }
    if numbered:
        last = numbered[-1]
        known |= {"document_title": last.title, "document_number": last.number, "wrong_title": last.title}
        known |= {"wrong_number": last.number, "wrong_on": last.on.isoformat()}
    return known


def _of_people(case: Case) -> dict[str, str]:
    """What forms say of the people of a case and of what they wish."""
    known, agent = case.received, case.received.agent
    lacking = [name for _, name in missing_papers(known)]
    facts = {
        "postcode": known.postcode, "email": known.email, "legal_person": known.legal_representative, "remark": known.remark,
        "delivery_form": known.delivery_form, "identity": identity_line(known), "to": case.who, "lacking": "\n".join(lacking),
        "more_contact": "　".join(filter(None, (known.postcode, known.email, known.legal_representative))),
        "acting": "；".join(acting_lines(known)), "unconfirmed": YES[0] if known.unconfirmed else "",
        "points": "\n".join(f"请提交{name}" for name in lacking), "ground": f"还缺{'、'.join(lacking)}" if lacking else "",
    }  # fmt: skip
    if agent:
        facts |= {
            "agent": agent.name, "agent_identity": masked(agent.id_number), "powers": agent.authority,
            "agent_contact": "，".join(filter(None, (agent.phone, agent.address))),
            "term": f"至{agent.until}" if agent.until else "",
        }  # fmt: skip
    return facts


def _proposal(case: Case, journal: Journal) -> dict[str, str]:
    """What the sheet of opinions says: the answer that is proposed, its article, the answers of the guide."""
    plan = kept_plan(journal, case.case_id)
    chosen = outcome(plan.kind)
    if chosen is None:
        return {}
    return {"proposal": chosen.name, "basis": chosen.cite or chosen.article, "reasons": plan.why}


def _other_recipient(case: Case, journal: Journal, addressee: Addressee) -> dict[str, str]:
    """To whom the last numbered letter went and where, when that was not the applicant: a third party or another body."""
    last = next((letter for letter in reversed(case.letters) if letter.number), None)
    if last is None:
        return {}
    facts, fact = json.loads(journal.letter(last.letter_id).facts), addressee(last.kind)
    told = {"recipient": fact, "recipient_address": f"{fact}_address", "recipient_phone": f"{fact}_phone"}
    return {name: str(facts.get(key) or "") for name, key in told.items()}
