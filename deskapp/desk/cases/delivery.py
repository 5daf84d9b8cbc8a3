"""Service: prove that a letter was delivered, judge whether in time, put the file away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.applicants import signers
from deskapp.desk.cases.file_numbers import checked_file_number, next_file_number
from deskapp.desk.cases.letter_facts import wants_online
from deskapp.desk.cases.next_step import to_serve
from deskapp.errors import DeskError
from deskapp.law.categories import category
from deskapp.law.delivery import Way, way, ways
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.parsing import half_width, one_line
from deskapp.register import events as ev
from deskapp.register.case import APPLICANT, Case, addressee_of, asked_by, outside_answer_waits
from deskapp.register.journal import Journal
from deskapp.typed import Since, Typed
from letters.compose import OTHER_PERSON

NO_RELATION = ("邻居", "同事", "朋友", "同学")  # whose signature delivers nothing


class DeliveryDraft(BaseModel):
    """The delivery form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    letter_id: str = ""
    way: str = "in_person"
    on: str = ""
    proof: str = ""
    signed_by: str = ""
    relation: str = ""
    arrived_on: str = ""


@dataclass(frozen=True)
class Undelivered:
    """A letter that no delivery is recorded for; ``letter_id`` is empty for an answer written outside."""

    letter_id: str
    title: str
    number: str
    on: date
    kind: str
    is_answer: bool


@dataclass(frozen=True)
class Verdict:
    """Whether the answer reached the applicant in time; ``in_time`` is None for letters without a deadline."""

    in_time: bool | None
    sentence: str


def _relation(draft: DeliveryDraft, known: Mapping[str, str]) -> str:
    """What the one who signed is to the applicant, where the registration says it; nothing of the applicant himself."""
    found = known.get(one_line(draft.signed_by), "")
    return "" if found == APPLICANT else found


class Delivery:
    """The moment a letter leaves the house."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    @staticmethod
    def needed(way_key: str) -> tuple[str, ...]:
        """The fields of a delivery that must be filled in when it goes that way: its number or proof, who signed."""
        rule = way(way_key)
        return (*(("proof",) if rule.numbered or rule.witnessed else ()), *(("signed_by",) if rule.signed else ()))

    def ways(self) -> tuple[Way, ...]:
        """How letters may be delivered, with the day that decides and the proof to keep."""
        return ways()

    def waiting(self, case: Case) -> list[Undelivered]:
        """The letters of a case without a delivery, an answer written outside among them."""
        letters = [
            Undelivered(x.letter_id, x.title, x.number, x.on, x.kind, bool(x.category)) for x in to_serve(case)
        ]
        if outside_answer_waits(case) and case.closed_on:
            title = f"系统外的答复（{category(case.category).name}）"
            letters.append(Undelivered("", title, case.number, case.closed_on, "", True))
        return letters

    def usual_signer(self, case: Case, letter_id: str, key: str) -> str:
        """Who signs for a letter as a rule: he who asks himself, or acts for him; a third party that is a person. Nobody where it is not
        handed over, and for a company, whose people the register does not know."""
        if not way(key).signed:
            return ""
        if addressee_of(case, letter_id) != APPLICANT:
            letter = next((item for item in case.letters if item.letter_id == letter_id), None)
            facts = json.loads(self._journal.letter(letter_id).facts) if letter else {}
            return asked_by(case, letter_id) if facts.get("party_class") in OTHER_PERSON else ""
        people = case.received
        acting = people.acting_on(self._clock.today()) or people.guardian
        if acting:
            return acting.name
        return case.applicant if case.applicant_class == "natural_person" else ""

    def serve(self, case_id: str, draft: DeliveryDraft, seen: int | None = None) -> Verdict:
        """Note a delivery. Raises DeskError for a private courier, a missing proof, or an impossible day."""
        with self._journal.write():
            return self._serve(self._journal.case(case_id), draft, seen)

    def _serve(self, case: Case, draft: DeliveryDraft, seen: int | None) -> Verdict:
        letter = next((item for item in self.waiting(case) if item.letter_id == draft.letter_id), None)
        if letter is None:
            raise DeskError("没有这份等着送达的文书，可能已经记过送达。", "没有记下。", "请回到案件看一看办理经过。")
        rule = way(draft.way)
        today = self._clock.today()
        typed = Typed(draft, today)
        day = typed.day("on", "送达日期", Since(letter.on, "成文日期"))
        arrived = typed.day_if_any("arrived_on", "对方收到日期")
        if arrived and arrived < day:
            raise DeskError(f"对方收到日期{arrived}早于送出的{day}。", "没有记下。", "请核对日期。", "arrived_on")
        to_applicant = addressee_of(case, letter.letter_id) == APPLICANT
        asked = asked_by(case, letter.letter_id)
        known = signers(case, day) if to_applicant else {asked: ""} if asked else {}
        who = APPLICANT if to_applicant else asked or "收件人"
        people = case.received
        not_acting = people.agent if people.agent != people.acting else None
        if to_applicant and rule.signed and not_acting and one_line(draft.signed_by) == not_acting.name:
            todo = "请他先补交授权委托书，按 F6 记【代理人、补交委托书】；或者送给申请人本人。"
            raise DeskError(f"代理人{not_acting.name}没有交授权委托书，不能代签。", "没有记下。", todo, "signed_by")
        ended = people.agent if people.agent == people.acting and people.agent != people.acting_on(day) else None
        if to_applicant and rule.signed and ended and one_line(draft.signed_by) == ended.name:
            todo = "请他交新的委托书，按 F6 记【代理人、补交委托书】；或者送给申请人本人。"
            raise DeskError(
                f"代理人{ended.name}的委托到{ended.until}为止，不能代签。", "没有记下。", todo, "signed_by"
            )
        self._check_proof(rule, draft, known, who)
        self._check_address(rule, case, to_applicant and bool(letter.letter_id))
        self._check_online(rule, letter, case)
        event = ev.Served(
            on=day, way=rule.key, letter_id=letter.letter_id,
            proof=half_width(draft.proof), signed_by=one_line(draft.signed_by), relation=one_line(draft.relation) or _relation(draft, known),
            arrived_on=arrived,
        )  # fmt: skip
        before = {finding.code for finding in self._journal.deadline(case).findings}
        after = self._journal.append(case.case_id, [event], seen)
        verdict = self._verdict(after, letter, rule, day, before)
        said = self._tried(rule, case, letter) + (self._consent(rule, case) if to_applicant else "")
        return replace(verdict, sentence=verdict.sentence + said)

    @staticmethod
    def _tried(rule: Way, case: Case, letter: Undelivered) -> str:
        """What is missing to show that no other way reached somebody; nothing of an answer written outside, of which others kept the file."""
        back = any(event.act == "returned" and event.letter_id == letter.letter_id for event in case.told)
        if not rule.last_resort or back or not letter.letter_id:
            return ""
        return (
            f"注意：没有别的方式送不到的记录。{rule.name}是别的方式都送不到才用的，"
            "请先寄送，退回来的按 F6 记【邮件退回】；找不到人的，把查找的经过附在卷里。"
        )

    @staticmethod
    def _consent(rule: Way, case: Case) -> str:
        """What is missing to show that the applicant agreed to be served online (行政复议法 28 by analogy)."""
        signed = any(letter.kind == "address_confirmation" for letter in case.letters)
        if not rule.needs_online_review or signed or wants_online(case):
            return ""
        return "注意：没有申请人同意网上送达的记录，请补送达地址确认书。"

    @staticmethod
    def _check_proof(rule: Way, draft: DeliveryDraft, known: Mapping[str, str], who: str) -> None:
        if not rule.allowed:
            raise DeskError(
                "答复不能通过邮政以外的快递企业送达。",
                "国家公文只能由邮政企业寄递（国办公开办函〔2016〕235号第二条）。",
                "请改用邮政挂号或EMS；已经寄出的请先请示。",
                "way",
            )
        if rule.numbered and not draft.proof.strip():
            raise DeskError("没有填邮件号。", "以后证明不了哪一天交邮。", "请照邮政收据填写邮件号。", "proof")
        if rule.witnessed and not draft.proof.strip():
            todo = f"请在【凭证号】里写明：{rule.proof}。"
            raise DeskError(f"没有写{rule.name}的凭证。", "以后证明不了送达。", todo, "proof")
        if rule.signed and not draft.signed_by.strip():
            raise DeskError("没有填签收人。", "以后证明不了谁收到了。", "请照送达回证填写签收人。", "signed_by")
        signer, relation = one_line(draft.signed_by), one_line(draft.relation)
        if rule.signed and (strange := next((word for word in NO_RELATION if word in relation), "")):
            what, why = f"{strange}代签不算送达。", "没有记下：不是同住成年家属、代理人，也不是他指定代收的人。"
            raise DeskError(what, why, "请送到本人，或者改用邮寄。", "relation")
        if rule.signed and signer not in (*known, "本人") and not draft.relation.strip():
            raise DeskError(
                f"签收人【{signer}】不是{who}。",
                "别人代收的，要能说明是什么关系。",
                "请填写与申请人关系，例如 同住的配偶、单位负责收件的人；邻居、同事代签不算。没有交委托书的代理人，请他先补交。",
                "relation",
            )

    @staticmethod
    def _check_address(rule: Way, case: Case, ours_to_applicant: bool) -> None:
        """What is posted to the applicant has somewhere to go; of an answer written outside, somebody else saw to that."""
        people = case.received
        posted = people.address or (people.acting.address if people.acting else "")
        if ours_to_applicant and rule.numbered and not posted:
            todo = "请先与申请人核对，按 F6 记【更正登记】填上通信地址，再记送达。"
            raise DeskError("登记里没有通信地址。", "没有记下：说不清寄到哪里。", todo, "way")

    def _check_online(self, rule: Way, letter: Undelivered, case: Case) -> None:
        """A decision served online must name the online way to review (行政复议法 22). Letters of earlier versions did where the
        applicant wanted the answer online."""
        if not rule.needs_online_review or not letter.is_answer or not letter.letter_id:
            return
        remedies = json.loads(self._journal.letter(letter.letter_id).facts).get("remedies") or {}
        if remedies.get("text") and not remedies.get("online", wants_online(case)):
            raise DeskError(
                "这份文书没有写网上复议渠道，不能网上送达。",
                "网上送达决定书，应当同时提供网上提交复议申请的渠道（行政复议法第二十二条）。",
                "请改用当面或者邮寄送达。",
                "way",
            )

    def _verdict(self, case: Case, letter: Undelivered, rule: Way, day: date, before: set[str]) -> Verdict:
        """In time or not, in one sentence with the day that decided; of another letter what the clock says of it now."""
        state = self._journal.deadline(case)
        if not letter.is_answer:
            said = "".join(f"注意：{finding.message}" for finding in state.findings if finding.code not in before)
            return Verdict(None, f"{letter.title}已记为送达（{day}）。{said}")
        served = case.served.on if case.served else letter.on
        decided = (
            f"{rule.decides}是{served}" if served == day else f"这次是{day}；决定是否按期的，是第一次送出的{served}"
        )
        if state.due_on is None or state.in_time is None:
            return Verdict(None, f"已记为送达，{decided}；这一件没有答复期限。")
        if state.in_time:
            return Verdict(True, f"按期：{decided}，最后一日是{state.due_on}。")
        return Verdict(False, f"超期：{decided}，晚于最后一日{state.due_on}。请向负责人报告。")

    def next_number(self, case: Case) -> str:
        """The number (档号) that its file gets when it is put away now."""
        return next_file_number(self._journal, case, self._clock.today())

    def archive(self, case_id: str, archive_no: str = "", seen: int | None = None) -> Case:
        """Put the file of an answered case away, under the number that was typed, or the next one. Raises DeskError while anything is left to do."""
        with self._journal.write():
            return self._archive(self._journal.case(case_id), archive_no, seen)

    def not_to_archive(self, case: Case) -> DeskError | None:
        """What is left to do before the file of a case can be put away; None for nothing."""
        if not case.category:
            return DeskError("这一件还没有答复，不能归档。", "", "请先答复并送达。")
        if any(item.letter_id for item in self.waiting(case)):
            return DeskError("还有文书没有送达记录，不能归档。", "", "请先记下送达。")
        running = [matter for matter in case.disputes if matter.open]
        if running:
            return DeskError(
                f"{ROUTE_NAMES[running[0].route]}还没有结果，不能归档。", "", "有了结果先按 F6 记下，再归档。"
            )
        return DeskError("这一件已经归档。", "没有再做。", "不用再做什么。") if case.archived else None

    def _archive(self, case: Case, archive_no: str, seen: int | None) -> Case:
        if left := self.not_to_archive(case):
            raise left
        today = self._clock.today()
        number = checked_file_number(self._journal, case, one_line(archive_no), today)
        event = ev.Archived(on=today, archive_no=number)
        return self._journal.append(case.case_id, [event], seen)
