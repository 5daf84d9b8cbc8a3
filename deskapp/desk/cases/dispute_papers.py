"""What the case file gives for the papers of a review or suit: the course of the case, the list of evidence, who is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deskapp.law import clock_events as clock
from deskapp.law.categories import category
from deskapp.law.receipt import channel_rule
from deskapp.register import events as ev
from deskapp.register.acts import describe, name_of
from deskapp.register.case import Case, Earlier, Matter
from deskapp.unit import UnitProfile
from letters.compose import chinese_date
from letters.facts import as_text

DISPUTE_PAPERS = (
    "review_defence",
    "court_defence",
    "evidence_list",
    "envelope",
    "case_cover",
    "case_index",
)  # no evidence of the answer
COURSE = (
    ev.ReceiptConfirmed, ev.CorrectionRequested, ev.Corrected, ev.ReasonRequested, ev.ReasonGiven, ev.PartyConsulted,
    ev.PartyAnswered, ev.AgencyConsulted, ev.AgencyAnswered, ev.Extended, ev.Deferred, ev.FeeNoticed, ev.FeePaid, ev.Answered,
    ev.Withdrawn, ev.Closed, ev.Served, ev.Returned, ev.RedoOrdered,
)  # fmt: skip
"""What a court or a reviewing body is told of the course of a case."""


def dispute_facts(case: Case, unit: UnitProfile) -> dict[str, str]:
    """The first values of the papers of a dispute, and of a decision that revokes an answer."""
    matter = next((item for item in reversed(case.disputes) if item.open), None)
    given = [answer for answer in _answers(case) if answer.category]
    answer = given[-1] if given else None
    number = answer.number if answer else ""
    facts = {
        "history": "\n".join(_course(case)),
        "evidence": as_text([list(row) for row in _evidence(case)]),
        "challenged": _challenged(number, answer.closed_on if answer else None),
        "complainant": "、".join(case.applicants),
        "answer_number": number,
        "answer_on": answer.closed_on.isoformat() if answer and answer.closed_on else "",
        "court": unit.court,
    }
    return {**facts, **_of_matter(matter, unit), "request": _request(case, matter)} if matter else facts


def _challenged(number: str, on: date | None) -> str:
    """What is challenged: an answer by its number or its day, and only where there was none that there was none."""
    if number:
        return f"{number}答复"
    return f"{chinese_date(on)}作出的答复" if on else "没有在法定期限内答复"


def _request(case: Case, matter: Matter) -> str:
    """What the office asks for: where courts take no suit, or none before a review (行政复议法 23 on refusals and on silence), that the suit be
    dismissed without judgment (法释〔2025〕8号 10); where nothing was answered there is nothing to uphold, and the office must say itself."""
    if matter.appealed_on:
        return "请求依法驳回上诉，维持原判"
    if matter.route == "review":
        return "请依法维持本机关作出的答复" if case.category else ""
    if _not_yet_suable(case, matter):
        return "请求依法裁定驳回原告的起诉"
    return "请求依法判决驳回原告的诉讼请求" if case.category else ""


def _not_yet_suable(case: Case, matter: Matter) -> bool:
    """Whether a court has nothing to judge: an answer that only a review takes, or one, or none, that a review should have looked at first. Of
    an answer in part the part that was given may be sued over at once, so that somebody has to read what the suit is about."""
    if not case.category:
        return matter.route == "suit_direct"
    answer = category(case.category)
    first = answer.remedy == "review_first" and not answer.releases and matter.route == "suit_direct"
    return first or answer.remedy == "review_only"


def _answers(case: Case) -> tuple[Earlier | Case, ...]:
    """The rounds of a case, each with its answer if it has one."""
    return (*case.earlier, case)


def _of_matter(matter: Matter, unit: UnitProfile) -> dict[str, str]:
    to = {"to": unit.review_body} if matter.route == "review" else {}
    if matter.appealed_on:  # of another court, which the notice names
        to = {"paper": "上诉状", "court": ""}
    return {"reference": matter.reference, "copy_on": matter.counted_from.isoformat(), **to}


def _course(case: Case) -> Iterator[str]:
    """The course of the case, a sentence for each day and act; letters by title and number."""
    titles = {letter.letter_id: f"{letter.title}（{letter.number}）" for letter in case.letters if letter.number}
    known = case.received
    yield f"{chinese_date(known.on)}{channel_rule(known.channel).name}收到申请，登记号{known.case_no}"
    for event in _standing(case):
        day = chinese_date(event.on)
        if isinstance(event, ev.Issued) and event.category:
            yield f"{day}作出{titles.get(event.letter_id, event.title)}，{category(event.category).name}"
        elif isinstance(event, COURSE):
            of = titles.get(getattr(event, "letter_id", ""), "")
            if isinstance(event, clock.Notice) and of:
                yield f"{day}发出{of}"
            else:
                yield f"{day}{name_of(event)}{of}{_more(event)}"


def _standing(case: Case) -> Iterator[ev.AnyEvent]:
    """What happened to a case after its receipt and still counts; nothing of letters that were given up."""
    for event in case.told[1:]:
        if getattr(event, "letter_id", "") not in case.void_letters:
            yield event


def _more(event: ev.AnyEvent) -> str:
    """What the journal says of it, in brackets."""
    told = describe(event).replace("　", "，")
    return f"（{told}）" if told else ""


def _evidence(case: Case) -> Iterator[tuple[str, str, str]]:
    """The papers of the file up to the answer: name, what it proves, pages where they are known. What came later proves nothing."""
    known, answers = case.received, _answers(case)
    end = max((answer.closed_on for answer in answers if answer.closed_on), default=date.max)
    yield f"政府信息公开申请（{case.case_no}）", f"{chinese_date(known.on)}收到申请，以及申请的内容", ""
    if known.acting:
        yield f"授权委托书（{known.acting.name}）", f"代理人的权限：{known.acting.authority}", ""
    titles = {
        letter.letter_id: f"{letter.title}（{letter.number}）" if letter.number else letter.title
        for letter in case.letters
    }
    for letter in case.letters:
        went_out = (
            letter.number or letter.kind == "receipt"
        )  # forms of the file prove nothing of what was told to anybody
        if (
            went_out
            and letter.letter_id not in case.void_letters
            and letter.on <= end
            and letter.kind not in DISPUTE_PAPERS
        ):
            what = "作出答复，告知了救济途径" if letter.category else "出具"
            yield titles[letter.letter_id], f"{chinese_date(letter.on)}{what}", str(letter.pages)
    for event in _standing(case):
        if isinstance(event, ev.Corrected):
            yield "补正材料", f"{chinese_date(event.on)}收到补正", ""
        elif isinstance(event, ev.PartyAnswered) and event.position not in ("silent", "unreachable"):
            yield "第三方的书面意见", f"{chinese_date(event.on)}收到第三方的意见", ""
        elif isinstance(event, ev.AgencyAnswered):
            yield f"{event.agency}的书面意见", f"{chinese_date(event.on)}收到意见", ""
        elif isinstance(event, ev.Served):
            proof = f"（{event.proof}）" if event.proof else ""
            yield f"{titles.get(event.letter_id, '答复')}的送达凭证{proof}", f"{chinese_date(event.on)}送出", ""
        elif isinstance(event, ev.Reviewed) and event.on <= end:
            yield "呈批、审查意见", f"{chinese_date(event.on)}{event.who}审查", ""
    yield "《中华人民共和国政府信息公开条例》", "办理和答复的依据", ""
