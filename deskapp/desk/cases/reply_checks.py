"""What only the desk can know of a letter before it is issued: an answer given already, a correction too late, the same answer again."""

from __future__ import annotations

import json
from datetime import date

from deskapp.desk.cases.applicants import class_doubt
from deskapp.desk.cases.earlier_answers import joint_findings, like_answer, repeat_findings
from deskapp.desk.cases.letter_facts import wants_online
from deskapp.desk.cases.papers_wanted import NOTE_KEY
from deskapp.desk.cases.party_checks import party_findings
from deskapp.desk.cases.premises import as_noted, premise_findings
from deskapp.law.categories import category, outcome
from deskapp.law.remedies import route_notes
from deskapp.parsing import one_line, parse_day
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.telling import names_organisation
from letters.compose import OTHER_PERSON
from letters.document import Facts, Finding
from letters.facts import as_text
from letters.template import Template

FEWEST_DAYS = 5  # working days below which a correction period is hardly reasonable; advice, no rule of law


class ReplyChecks:
    """The findings of a day; :meth:`of` raises DeskError on a bad date."""

    def __init__(self, journal: Journal, today: date) -> None:
        self._journal, self._today = journal, today

    def of(self, case: Case, source: Template, typed: dict[str, str], facts: Facts) -> list[Finding]:
        """What only the desk can know: missing opinions, an answer given already, a correction too late."""
        kind = source.kind
        found = []
        like = like_answer(self._journal, case, kind)
        if like.case_no and not any(letter.kind == kind for letter in case.letters):
            what = f"事实先照{like.case_no}的答复填好（内容几乎相同）。"
            found.append(Finding("like_case", False, "案件", what, "请逐项核对，情况不同的要改。"))
        confirms = kind == case.category and not category(kind).answers
        if case.category and source.stage != "form" and not source.after_answer and not confirms:
            what = "这一件已经答复过了。" if category(case.category).answers else "这一件已经办结，没有答复要发。"
            found.append(Finding("answered_already", True, "案件", what, "发出的文书不能改，请发更正函。"))
        if source.once and any(letter.kind == kind for letter in case.letters):
            todo = "只是再要一份纸的，请按 F7 打印原来的。"
            found.append(Finding("receipt_again", False, "案件", f"{source.title}已经出过。", todo))
        if facts.extra.get("party_class") in OTHER_PERSON and names_organisation(
            party := one_line(typed.get("party", ""))
        ):
            what = f"【{party}】像是单位，【第三方是】选的是自然人。"
            found.append(Finding("party_class", False, "第三方", what, "请核对，称呼跟着它。", "party_class"))
        if (
            not source.addressee
            and source.stage != "form"
            and (doubt := class_doubt(case.applicant, case.applicant_class))
        ):
            todo = f"类别错的，按 {NOTE_KEY} 更正登记。"
            found.append(Finding("applicant_class", False, "申请人", doubt, todo))
        if one_line(typed.get("agency", "")) == self._journal.unit(self._today).name:
            what = "写的机关就是本机关。"
            found.append(Finding("agency_is_us", True, "机关", what, "请写真正负责的那个机关的全称。", "agency"))
        if source.act == "correction_requested":
            found += self._correction_findings(case, typed)
        if source.remedies:
            found += self._remedy_findings(case, source)
        if kind == "repeat":
            found += repeat_findings(self._journal, case, facts.extra)
        if kind == "joint_answer":
            found += joint_findings(self._journal, case, facts.extra)
        found += premise_findings(case, source, self._journal, self._today)
        found += as_noted(case, source, self._journal, facts)
        found += party_findings(case, source, facts.extra, self._journal, self._today)
        if case.earlier and source.stage == "reply":
            found += self._same_again(case, source, facts)
        return found

    def _same_again(self, case: Case, source: Template, answer: Facts) -> list[Finding]:
        """An answer anew may not repeat the facts and reasons of the one that was set aside (行政复议法 64 para 2, 行政诉讼法 71)."""
        before = case.earlier[-1]
        if (
            before.order.partly
            and before.category
            and category(before.category).releases
            and not _releases(source.kind)
        ):
            what = "原来的答复只撤销了一部分，没有撤销的部分已经给了申请人，还有效；这一份整件不给。"
            return [
                Finding("partly_annulled", False, "重新答复", what, "请只对撤销的部分重新答复，通常用【部分公开】。")
            ]
        if (
            before.category != source.kind
            or before.order.ordered_by == "self"
            or before.order.partly
            or before.order.procedural
        ):
            return []
        ordered = before.order.on
        what = f"这次的答复种类和{ordered}被撤销的答复相同。"
        todo = f"不得以相同的事实和理由作出相同的答复：请核对是不是{ordered}以后重新查明的，再对照原来的答复。"
        alike = [Finding("same_kind_again", False, "重新答复", what, todo)]
        if not before.answer_id:
            return alike
        facts = json.loads(self._journal.letter(before.answer_id).facts)
        now = answer.extra
        same = all(as_text(facts.get(key)) == as_text(_plain(value)) for key, value in now.items())
        what = "和被撤销的答复种类相同，写的是相同的事实和理由。"
        todo = "复议机关、法院责令重新答复的，不得这样答复（行政复议法第六十四条第二款、行政诉讼法第七十一条）。请按决定书重新查明、写明新的事实和理由。"
        todo += "只因为程序违法被撤销的，先在【责令重新答复】里写明。"
        return [Finding("same_again", True, "重新答复", what, todo)] if same else alike

    def _remedy_findings(self, case: Case, source: Template) -> list[Finding]:
        """What the unit's particulars leave open about remedies."""
        unit = self._journal.unit(self._today)
        advice = route_notes(unit.bodies)
        found = [Finding("remedies_advice", False, "救济途径", what, "") for what in advice]
        if wants_online(case) and not unit.review_online:
            what = "申请人要网上答复，单位资料里没有网上复议渠道，这一份不能网上送达（行政复议法第二十二条）。"
            todo = "要网上送达的，先在【单位】里填写网上复议渠道；当面、邮寄送达的，可以发。"
            found.append(Finding("review_online_missing", False, "救济途径", what, todo))
        return found

    def _correction_findings(self, case: Case, typed: dict[str, str]) -> list[Finding]:
        deadline, today = self._journal.deadline(case), self._today
        found = []
        limit = parse_day(typed["respond_by"], today, when="ahead") if typed.get("respond_by", "").strip() else None
        if limit and (
            not self._journal.calendar().is_working(limit)
            or self._journal.calendar().between(today, limit) < FEWEST_DAYS
        ):
            what = f"补正的最后一日{limit}是休息日，或者离今天不到{FEWEST_DAYS}个工作日。"
            todo = "请给申请人合理的时间，落在工作日。"
            found.append(Finding("limit_short", False, "补正的最后一日", what, todo, "respond_by"))
        if any(event.act == "correction_requested" for event in case.clock_events):
            found.append(
                Finding("correction_twice", True, "案件", "补正只能一次性告知，已经告知过了。", "请按现有材料答复。")
            )
        if deadline.due_on and today > deadline.due_on:
            what = f"答复的最后一日{deadline.due_on}已经过了，补正告知不再停止期限的计算。"
            found.append(Finding("correction_after_due", True, "期限", what, "请按现有材料直接答复。"))
        elif today > deadline.correction_by:
            what = f"补正告知应在{deadline.correction_by}以前发出，已经超过。"
            found.append(Finding("correction_late", False, "期限", what, "仍可发出，但有程序违法的风险，请先请示。"))
        return found


def _releases(kind: str) -> bool:
    """Whether a letter of that kind gives something out."""
    found = outcome(kind)
    return bool(found and found.releases)


def _plain(value: object) -> object:
    """A fact as it stands in the record of a letter."""
    return value.isoformat() if isinstance(value, date) else value
