"""Reply: choose what kind of letter, fill its facts, check it, issue it under its number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.categories import REVIEW_NAMES, Category, Review, categories
from deskapp.law.periods import period
from deskapp.law.remedies import Remedies, remedies_of, route_notes
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter, Journal
from deskapp.typed import one_line, parse_day
from deskapp.unit import UnitProfile
from letters.catalogue import Field, Template, templates
from letters.compose import compose, read_facts
from letters.document import Finding, Page, PressError
from letters.layout import lay_out
from letters.preflight import preflight

ON_THE_WAY = ("receipt", "correction_notice")
FEWEST_DAYS = 5  # working days below which a correction period is hardly reasonable; advice, no rule of law
WAY_INITIALS = {"receipt": ("hz", "sj", "sjhz"), "correction_notice": ("bz", "bzgz", "bzgzs")}
COMPUTED = ("due_on",)  # facts that the desk computes and the clerk does not fill
REVIEW_HELP: dict[Review, str] = {
    "secrecy": "审查人和意见，例如：王建国，同意公开。",
    "legal": "哪位法律顾问、什么意见，例如：赵律师，同意。",
    "council": "和谁会商、结论是什么，例如：司法所、信访办，同意。",
    "third_party": "第三方是谁、什么意见，例如：宏远公司，不同意公开，理由是涉及报价。",
}
REVIEW_PREFIX = "review_"


@dataclass(frozen=True)
class Choice:
    """A kind of letter that may be chosen; ``ready`` is False while its template does not exist."""

    kind: str
    name: str
    article: str
    use_when: str
    not_when: str
    ready: bool
    reviews: tuple[Review, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """A letter as it would be issued now: laid-out pages, findings, and whether anything blocks it."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    title: str = ""
    blocked: bool = field(default=False)


class Reply:
    """The moment an application is answered."""

    def __init__(self, journal: Journal, clock: Clock, home: Path) -> None:
        self._journal, self._clock, self._home = journal, clock, home

    # -- what there is to choose -------------------------------------------------------------------------------

    def choices(self, typed: str = "") -> list[Choice]:
        """The kinds of letter that answer or move an application, those that fit what was typed (words or initials)."""
        there = templates()
        way = [_choice_on_the_way(there[kind]) for kind in ON_THE_WAY]
        answers = [_choice(category, category.letter in there) for category in categories()]
        wanted = typed.strip().lower()
        fits = {c.key for c in categories() if not wanted or c.matches(wanted)}
        fits |= {c.kind for c in way if not wanted or wanted in c.name or wanted in WAY_INITIALS[c.kind]}
        listed = (way[1], *answers, way[0])  # the receipt was given at registration; it stands last
        return [choice for choice in listed if choice.kind in fits]

    def fields(self, kind: str) -> dict[str, Field]:
        """The facts that the letter needs from the clerk, the required opinions among them."""
        if kind not in templates():
            raise DeskError(
                "这种文书还没有模板，要等后续版本。",
                "案件没有变化。",
                "急需时请在系统外拟写，发出后按 F6 记“系统外已答复”。",
            )
        reviews = {
            REVIEW_PREFIX + review: Field(
                label=REVIEW_NAMES[review], help=REVIEW_HELP[review], example="王建国，同意"
            )
            for review in self._reviews(kind)
        }
        return {**reviews, **{key: field for key, field in templates()[kind].fields.items() if key not in COMPUTED}}

    def _reviews(self, kind: str) -> tuple[Review, ...]:
        found = next((c for c in categories() if c.key == kind), None)
        return found.reviews if found else ()

    # -- drafting ----------------------------------------------------------------------------------------------

    def draft(self, case_id: str, kind: str) -> dict[str, str]:
        """The facts typed so far for a letter of a case, with sensible first values."""
        kept = self._journal.draft(f"reply:{case_id}:{kind}")
        first = {key: self._first_value(field, key) for key, field in self.fields(kind).items()}
        return {**first, **{key: str(value) for key, value in kept.items() if key in first}}

    def _first_value(self, field: Field, key: str) -> str:
        if key == "respond_by":
            today = self._clock.today()
            days = period("correction_answer", today).value
            return self._journal.calendar().nth_after(today, days).isoformat()
        return field.default

    def keep_draft(self, case_id: str, kind: str, typed: dict[str, str]) -> None:
        """Keep a half-filled letter."""
        self._journal.save_draft(f"reply:{case_id}:{kind}", dict(typed))

    def preview(self, case_id: str, kind: str, typed: dict[str, str]) -> Preview:
        """The letter as it stands, with everything preflight and the desk find. Raises DeskError on a bad date."""
        case = self._journal.case(case_id)
        facts = self._facts(case, kind, typed)
        try:
            read = read_facts(kind, facts)
            document = compose(kind, read)
            pages = tuple(lay_out(document, self._fonts))
            found = preflight(kind, read, self._fonts, self._clock.today())
        except PressError as error:
            raise DeskError(str(error)) from error
        found = [f for f in found if f.code != "number_missing"]
        found = [*self._desk_findings(case, kind, typed), *found]
        return Preview(pages, tuple(found), document.title, any(f.blocking for f in found))

    def _desk_findings(self, case: Case, kind: str, typed: dict[str, str]) -> list[Finding]:
        """What only the desk can know: missing opinions, an answer given already, a correction too late."""
        found = [
            Finding("review_missing", True, REVIEW_NAMES[r], "这种答复发出前要有这项意见。", "请写审查人和意见。")
            for r in self._reviews(kind)
            if not one_line(typed.get(REVIEW_PREFIX + r, ""))
        ]
        if case.category and kind != "receipt":
            found.append(
                Finding("answered_already", True, "案件", "这一件已经答复过了。", "发出的文书不能改，请发更正函。")
            )
        if kind == "receipt" and any(letter.kind == "receipt" for letter in case.letters):
            found.append(
                Finding(
                    "receipt_again", False, "案件", "收件回执已经出过。", "只是再要一份纸的，请按 F7 打印原来的。"
                )
            )
        if kind == "correction_notice":
            found += self._correction_findings(case, typed)
        unit = self._journal.unit(self._clock.today())
        if templates()[kind].remedies:
            advice = (*remedies_for(kind, self._clock.today(), unit).advice, *route_notes(unit.bodies))
            found += [Finding("remedies_advice", False, "救济途径", what, "") for what in advice]
        if templates()[kind].remedies and _wants_online(case) and not unit.review_online:
            what = "申请人要网上答复，单位资料里没有网上复议渠道（行政复议法第二十二条）。"
            found.append(Finding("review_online_missing", True, "救济途径", what, "请在“单位”里填写网上复议渠道。"))
        return found

    def _correction_findings(self, case: Case, typed: dict[str, str]) -> list[Finding]:
        clock, today = self._journal.deadline(case), self._clock.today()
        found = []
        limit = parse_day(typed["respond_by"], today, ahead=True) if typed.get("respond_by", "").strip() else None
        if limit and (
            not self._journal.calendar().is_working(limit)
            or self._journal.calendar().between(today, limit) < FEWEST_DAYS
        ):
            what = f"补正的最后一日{limit}是休息日，或者离今天不到{FEWEST_DAYS}个工作日。"
            found.append(Finding("limit_short", False, "补正的最后一日", what, "请给申请人合理的时间，落在工作日。"))
        if any(event.act == "correction_requested" for event in case.clock):
            found.append(
                Finding("correction_twice", True, "案件", "补正只能一次性告知，已经告知过了。", "请按现有材料答复。")
            )
        if clock.due_on and today > clock.due_on:
            what = f"答复的最后一日{clock.due_on}已经过了，补正告知不再停止期限的计算。"
            found.append(Finding("correction_after_due", True, "期限", what, "请按现有材料直接答复。"))
        elif today > clock.correction_by:
            what = f"补正告知应在{clock.correction_by}以前发出，已经超过。"
            found.append(Finding("correction_late", False, "期限", what, "仍可发出，但有程序违法的风险，请先请示。"))
        return found

    def _facts(self, case: Case, kind: str, typed: dict[str, str], number: str = "") -> dict[str, Any]:
        """Everything the press needs: the case, the unit, the remedies of the day, and what the clerk typed."""
        today = self._clock.today()
        unit = self._journal.unit(today)
        facts: dict[str, Any] = {
            "unit": unit.model_dump(),
            "case_no": case.case_no,
            "number": number,
            "issued_on": today.isoformat(),
            "received_on": case.received.on.isoformat(),
            "channel": case.received.channel,
            "corrected_on": next((e.on.isoformat() for e in reversed(case.clock) if e.act == "corrected"), None),
            "applicant": {
                "name": case.applicant,
                "class": case.applicant_class,
                "address": case.address,
                "phone": case.phone,
            },
            "content": case.content,
            "practice": self._practice,
        }
        source = templates()[kind]
        if source.remedies:
            found = remedies_for(kind, today, unit, _wants_online(case))
            facts["remedies"] = {"class": found.remedy, "text": found.text}
        for key, spec in source.fields.items():
            value = typed.get(key, "")
            if spec.type == "date" and value.strip():
                facts[key] = parse_day(value, today, spec.label, ahead=True).isoformat()
            else:
                facts[key] = value
        if kind == "receipt":
            due = self._journal.deadline(case).due_on
            facts["due_on"] = due.isoformat() if due else ""
        return facts

    # -- issuing -----------------------------------------------------------------------------------------------

    def issue(self, case_id: str, kind: str, typed: dict[str, str], seen: int | None = None) -> FrozenLetter:
        """Give the letter its number, freeze it, note it in the journal: one transaction.

        ``seen`` is the number of events the clerk was looking at. Raises DeskError with the first blocking finding.
        """
        with self._journal.store.write():
            preview = self.preview(case_id, kind, typed)
            first = next((f for f in preview.findings if f.blocking), None)
            if first:
                raise DeskError(f"{first.where}：{first.what}", "文书没有发出。", first.todo)
            case = self._journal.case(case_id)
            number = self._next_number() if templates()[kind].numbered else ""
            facts = self._facts(case, kind, typed, number)
            frozen = self._freeze(case, kind, facts)
            self._journal.append(case_id, self._events(frozen, kind, typed), seen)
            self._journal.drop_draft(f"reply:{case_id}:{kind}")
        return frozen

    def _next_number(self) -> str:
        today = self._clock.today()
        word = self._journal.unit(today).letter_word
        return self._journal.next_letter_number(word, today.year)

    def _freeze(self, case: Case, kind: str, facts: dict[str, Any]) -> FrozenLetter:
        from letters.press import print_letter

        letter = print_letter(kind, read_facts(kind, facts), self._fonts)
        frozen = FrozenLetter(
            id=self._journal.new_id(),
            case_id=case.case_id,
            kind=kind,
            title=letter.title,
            number=facts["number"],
            version=letter.version,
            issued_on=facts["issued_on"],
            facts=json.dumps(facts, ensure_ascii=False),
            text=letter.text,
            pages=letter.pages,
            sha256=letter.sha256,
            pdf=letter.pdf,
        )
        self._journal.freeze(frozen)
        return frozen

    def _events(self, frozen: FrozenLetter, kind: str, typed: dict[str, str]) -> Sequence[ev.AnyEvent]:
        """The journal's account of an issue: opinions first, then the letter, then what it does to the clock."""
        today = self._clock.today()
        by = self._journal.unit(today).contact
        events: list[ev.AnyEvent] = [_review(today, by, r, typed[REVIEW_PREFIX + r]) for r in self._reviews(kind)]
        is_answer = kind in {category.key for category in categories()}
        events.append(
            ev.Issued(
                on=today,
                by=by,
                letter_id=frozen.id,
                kind=kind,
                title=frozen.title,
                number=frozen.number,
                category=kind if is_answer else "",
                sha256=frozen.sha256,
                pages=frozen.pages,
            )
        )
        if kind == "correction_notice":
            limit = parse_day(typed["respond_by"], today, ahead=True)
            events.append(ev.CorrectionRequested(on=today, by=by, respond_by=limit, letter_id=frozen.id))
        return events

    # -- fonts -------------------------------------------------------------------------------------------------

    @cached_property
    def _fonts(self) -> Any:
        from letters.fonts import FontBook

        return FontBook(self._home / "fonts")

    @cached_property
    def _practice(self) -> bool:
        rows = self._journal.store.query("SELECT value FROM meta WHERE key = 'practice'")
        return bool(rows)

    def unprintable(self, text: str) -> list[str]:
        """The characters of a text that no font of this desk can print."""
        found: list[str] = self._fonts.missing(text)
        return found

    def font_notes(self) -> list[str]:
        """Which font file prints which part of a letter."""
        notes: list[str] = self._fonts.describe()
        return notes


def _review(on: date, by: str, review: Review, typed: str) -> ev.Reviewed:
    """An opinion as it was typed, 王建国，同意公开: who gave it stands before the first comma."""
    who, comma, opinion = one_line(typed).partition("，")
    return ev.Reviewed(on=on, by=by, review=review, who=who if comma else "", opinion=opinion or who)


def _wants_online(case: Case) -> bool:
    """Whether the applicant asked for the answer through the internet."""
    return any(word in case.received.delivery_form for word in ("网", "电子", "邮箱"))


def remedies_for(kind: str, issued_on: date, unit: UnitProfile, online: bool = False) -> Remedies:
    """The remedies of a reply letter, worded by the law of the issue date."""
    found = next((c for c in categories() if c.key == kind), None)
    remedy = found.remedy if found else "none"
    paper = "答复书" if templates()[kind].title.endswith("答复书") else "告知书"
    thing = "本答复" if paper == "答复书" else "本告知书"
    return remedies_of(remedy, issued_on, unit.bodies, online=online, thing=thing, paper=paper)


def _choice(category: Category, ready: bool) -> Choice:
    words = category.article, category.use_when, category.not_when
    return Choice(category.key, category.name, *words, ready, category.reviews, category.facts)


def _choice_on_the_way(source: Template) -> Choice:
    return Choice(source.kind, source.title, "、".join(source.articles), source.use_when, source.not_when, ready=True)
