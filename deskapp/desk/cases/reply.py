"""Reply: choose what kind of letter, fill its facts, check it, issue it under its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.cases.boxes import Proposed, boxes, wanting
from deskapp.desk.cases.choices import (
    LetterChoice,
    answer_fits,
    choice_of_answer,
    choice_of_letter,
    letter_fits,
    nearness_of_answer,
)
from deskapp.desk.cases.drafts import Drafts
from deskapp.desk.cases.earlier_answers import like_answer
from deskapp.desk.cases.fees import fee_findings, with_fee
from deskapp.desk.cases.letter_clock import act_findings, computed_facts
from deskapp.desk.cases.letter_events import act_fault, append_checked, events_of
from deskapp.desk.cases.letter_facts import (
    common_facts,
    first_values,
    remedies_for,
    typed_facts,
    wants_online,
)
from deskapp.desk.cases.opinions import OPINIONS, opinion_rows, text_mark
from deskapp.desk.cases.plans import kept_plan, kept_walk
from deskapp.desk.cases.reply_checks import ReplyChecks
from deskapp.desk.cases.template_files import files_stamp, outdated
from deskapp.desk.cases.template_proof import own_catalogue
from deskapp.errors import DeskError
from deskapp.law.categories import categories, outcome
from deskapp.parsing import one_line
from deskapp.paths import FONTS, TEMPLATES
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter, Journal
from letters.catalogue import TemplateCatalogue
from letters.compose import compose
from letters.document import Document, Facts, Finding, Letter, Page
from letters.errors import PressError
from letters.facts import as_json, read_facts
from letters.preflight import preflight
from letters.template import Field, Template
from letters.typeset.layout import fitted

if TYPE_CHECKING:
    from letters.pdf.fonts import FontBook

PASSAGE = "passage_"  # how the key of a passage in other words begins
REWORDED = Field(
    label="这一段换个说法", required=False, help="不填就用固定的写法，按 F4 看；要换的，把整段写在这里。", example=""
)


UNFILLED = ("empty_field", "placeholder")  # findings about what nobody has written yet


@dataclass(frozen=True)
class Made:
    """A letter made once: its facts, the document composed of them, the pages laid out of that, what was found."""

    facts: Facts
    document: Document
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    layout: str = ""


@dataclass(frozen=True)
class Preview:
    """A letter as it would be issued now: pages, findings, whether anything blocks it, what its ``layout`` took to be one page."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    title: str = ""
    blocked: bool = field(default=False)
    layout: str = ""


class Reply:
    """The moment an application is answered."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, drafts: Drafts) -> None:
        self._journal, self._clock, self._home, self._drafts = journal, clock, home, drafts
        self._read: tuple[tuple[object, ...], TemplateCatalogue] | None = None

    @property
    def catalogue(self) -> TemplateCatalogue:
        """The kinds of letter of today; read anew when the day or a file of the office's own is another."""
        stamp = (self._clock.today(), *files_stamp(self._home / TEMPLATES))
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, self._read_catalogue()
        return self._read[1]

    def _read_catalogue(self) -> TemplateCatalogue:
        """All kinds of letter; those of the office's own files that are bad, or whose act is none that a letter can be, are named in
        its faults."""
        found = own_catalogue(self._home, self._clock.today())
        found.faults |= {kind: fault for kind, item in found.templates.items() if (fault := act_fault(item))}
        return found

    def _template(self, kind: str) -> Template:
        try:
            return self.catalogue.template(kind)
        except PressError as error:
            raise DeskError.of(error) from error

    def template_faults(self) -> list[str]:
        """What is wrong with the office's own templates; empty when nothing is."""
        return list(dict.fromkeys(self._read_catalogue().faults.values()))

    def outdated_templates(self) -> list[str]:
        """Which of the office's own templates rest on an older text of ours."""
        return [said for own in self.catalogue.own.values() for said in outdated(own)]

    def has_kind(self, kind: str) -> bool:
        """Whether there is a letter of that kind."""
        return kind in self.catalogue.templates

    # -- what there is to choose -------------------------------------------------------------------------------

    def choice(self, kind: str) -> LetterChoice:
        """One kind of letter by its key. Raises DeskError for an unknown one."""
        found = outcome(kind)
        return choice_of_answer(found, self._clock.today()) if found else choice_of_letter(self._template(kind))

    def choices(self, typed: str = "") -> list[LetterChoice]:
        """The kinds of letter that answer or move an application, those that fit what was typed (words or initials)."""
        wanted = typed.strip().lower()
        answers = [choice_of_answer(item, self._clock.today()) for item in categories() if answer_fits(item, wanted)]
        others = [i for i in self.catalogue.templates.values() if i.stage != "reply" and letter_fits(i, wanted)]
        first = [choice_of_letter(item) for item in others if item.listed == "first"]
        answers = sorted(answers, key=lambda item: nearness_of_answer(item.kind, wanted)) if wanted else answers
        way = [item for item in others if item.stage == "on_the_way" and not item.listed]
        forms = [item for item in others if item.listed == "with_forms" or (item.stage == "form" and not item.listed)]
        return [*first, *answers, *(choice_of_letter(item) for item in (*way, *forms))]

    def fields(self, kind: str) -> dict[str, Field]:
        """The facts that the letter needs from the clerk, and a field for each passage that may be put in other words."""
        source = self._template(kind)
        facts = {key: field for key, field in source.fields.items() if not field.computed}
        reworded = {PASSAGE + name: REWORDED for name in source.free}
        return {**facts, **reworded}

    def _addressee(self, kind: str) -> str:
        """The fact of a kind of letter that says to whom it goes; empty for the applicant, and for a kind no longer there."""
        known = self.catalogue.templates.get(kind)
        return known.addressee if known else ""

    # -- drafting ----------------------------------------------------------------------------------------------

    @staticmethod
    def draft_key(case_id: str, kind: str) -> str:
        """Under which name a half-filled letter is kept."""
        return f"reply:{case_id}:{kind}"

    def first(self, case_id: str, kind: str) -> dict[str, str]:
        """Sensible first values for a letter of a case."""
        case = self._journal.case(case_id)
        known = first_values(self._template(kind), case, self._journal, self._clock.today(), self._addressee)
        like = like_answer(self._journal, case, kind)
        return {key: like.facts.get(key) or known.get(key, "") for key in self.fields(kind)}

    def draft(self, case_id: str, kind: str) -> dict[str, str]:
        """The facts typed so far for a letter of a case, over the first values."""
        first, kept = self.first(case_id, kind), self._drafts.get(self.draft_key(case_id, kind))
        return {**first, **{key: value for key, value in kept.items() if key in first}}

    def preview(self, case_id: str, kind: str, typed: dict[str, str]) -> Preview:
        """The letter as it stands, with everything preflight and the desk find. Raises DeskError on a bad date."""
        made = self._make(self._journal.case(case_id), self._template(kind), typed)
        found = tuple(f for f in made.findings if f.code != "number_missing")  # it gets one when it is issued
        return Preview(made.pages, found, made.document.title, any(f.blocking for f in found), made.layout)

    def made(self, case_id: str, kind: str, typed: dict[str, str]) -> Made:
        """The letter as it stands, unnumbered and not issued. Raises DeskError."""
        return self._make(self._journal.case(case_id), self._template(kind), typed)

    def _make(self, case: Case, source: Template, typed: dict[str, str], number: str = "") -> Made:
        """Compose, lay out and check a letter, each once. Raises DeskError."""
        try:
            facts = self._facts(case, source, typed, number)
            document = compose(source, facts)
            laid = fitted(document, self.fonts)
            found = preflight(source, facts, document, self.fonts, self._clock.today())
        except PressError as error:
            raise DeskError.of(error) from error
        moved = act_findings(self._journal, case, source, facts, self._clock.today())
        desk = (
            *self._wanting(case, source, facts),
            *ReplyChecks(self._journal, self._clock.today()).of(case, source, typed, facts),
            *fee_findings(source, facts.extra),
        )
        return Made(facts, document, tuple(laid.pages), (*desk, *moved, *found), laid.fit.said)

    def _wanting(self, case: Case, source: Template, facts: Facts) -> Iterator[Finding]:
        """The opinions that stop the letter."""
        letter = Proposed(source.kind, source.numbered, text_mark(source, facts))
        return wanting(case, letter, self._journal.unit(self._clock.today()), self._journal.by())

    def proposed(self, case: Case, kind: str) -> Proposed:
        """The letter that goes round, as its draft stands; without the mark of its text while that cannot be composed. ``kind`` is empty
        before one was chosen."""
        source = self._template(kind) if kind else None
        if source is None:
            return Proposed("")
        try:
            mark = text_mark(source, self._facts(case, source, self.draft(case.case_id, kind)))
        except (DeskError, PressError):
            mark = ""
        return Proposed(kind, source.numbered, mark)

    def gaps(self, case: Case, kind: str) -> list[str]:
        """What is still to be filled in the draft of a letter, by the place of each."""
        found = self.preview(case.case_id, kind, self.draft(case.case_id, kind)).findings
        return [finding.where for finding in found if finding.blocking and finding.code in UNFILLED]

    def _facts(self, case: Case, source: Template, typed: dict[str, str], number: str = "") -> Facts:
        """Everything the press needs: the case, the unit, the remedies of the day, and what the clerk typed."""
        today = self._clock.today()
        unit = self._journal.unit(today)
        facts = common_facts(case, unit, today, number, self._practice)
        if source.remedies:
            found = remedies_for(source, typed, today, unit, wants_online(case))
            facts["remedies"] = {
                "class": found.remedy,
                "text": found.text,
                "review_comes_first": found.review_comes_first,
                "online": found.online,
            }
        computed = computed_facts(source, case, self._journal, today, typed)
        if OPINIONS in source.fields:
            letter = self.proposed(case, kept_plan(self._journal, case.case_id).kind)
            computed[OPINIONS] = opinion_rows(boxes(case, letter, unit))
        words = {name: text for name in source.free if (text := one_line(typed.get(PASSAGE + name, "")))}
        told = with_fee(source, typed_facts(source, today, typed))
        return read_facts(source, {**facts, "passages": words, **told, **computed})

    # -- issuing -----------------------------------------------------------------------------------------------

    def issue(self, case_id: str, kind: str, typed: dict[str, str], seen: int | None = None) -> FrozenLetter:
        """Give the letter its number, freeze it, note it in the journal: one transaction.

        ``seen`` is the number of events the clerk was looking at. Raises DeskError with the first blocking finding.
        """
        source = self._template(kind)
        with self._journal.write():
            case = self._journal.case(case_id)
            made = self._make(case, source, typed, self._next_number() if source.numbered else "")
            first = next((f for f in made.findings if f.blocking), None)
            if first:
                raise DeskError(f"{first.where}：{first.what}", "文书没有发出。", first.todo)
            frozen = self._freeze(case, made)
            why = kept_walk(self._journal, case_id, kind)
            append_checked(self._journal, case, events_of(case, source, frozen, made.facts, why), seen)
            self._drafts.drop(self.draft_key(case_id, kind))
        return frozen

    def issue_form(self, case_id: str, kind: str) -> FrozenLetter:
        """Make a form of the file from what the case knows. Raises DeskError with what it does not know."""
        return self.issue(case_id, kind, self.draft(case_id, kind))

    def loose(self, case_id: str, kind: str, typed: dict[str, str] | None = None) -> Letter:
        """A form of the file as paper that is not kept, ``typed`` laid over what the case knows. Raises DeskError with what it does not
        know."""
        from letters.pdf.press import print_document

        made = self._make(
            self._journal.case(case_id), self._template(kind), {**self.first(case_id, kind), **(typed or {})}
        )
        first = next((f for f in made.findings if f.blocking), None)
        if first:
            raise DeskError(f"{first.where}：{first.what}", "没有印出来。", first.todo)
        return print_document(made.document, made.pages, self.fonts, made.facts.issued_on)

    def _next_number(self) -> str:
        today = self._clock.today()
        word = self._journal.unit(today).letter_word
        return self._journal.numbers.next_letter_no(word, today.year)

    def _freeze(self, case: Case, made: Made) -> FrozenLetter:
        from letters.pdf.press import print_document

        facts = as_json(made.facts)
        letter = print_document(made.document, made.pages, self.fonts, made.facts.issued_on, facts)
        frozen = FrozenLetter(
            id=self._journal.new_id(),
            case_id=case.case_id,
            kind=letter.kind,
            title=letter.title,
            number=made.facts.number,
            version=letter.version,
            issued_on=made.facts.issued_on.isoformat(),
            facts=facts,
            text=letter.text,
            pages=letter.pages,
            sha256=letter.sha256,
            pdf=letter.pdf,
        )
        self._journal.freeze(frozen)
        return frozen

    # -- fonts -------------------------------------------------------------------------------------------------

    @cached_property
    def fonts(self) -> FontBook:
        """The fonts in use."""
        from letters.pdf.fonts import FontBook

        return FontBook(self._home / FONTS)

    @cached_property
    def _practice(self) -> bool:
        return self._journal.records.practice

    def press(self, kind: str) -> tuple[Template, FontBook]:
        """The template of a kind and the fonts, for sheets that belong to no case."""
        return self._template(kind), self.fonts

    def unprintable(self, text: str) -> list[str]:
        """The characters of a text that no font of this desk can print."""
        return self.fonts.missing(text)

    def font_notes(self) -> list[str]:
        """Which font file prints which part of a letter."""
        return self.fonts.describe()

    def font_faults(self) -> list[str]:
        """The font files of the office that could not be used, and the faces of the standard that are wanting."""
        rejected = [f"字体文件 {path.name} 不能嵌入文书，没有使用。" for path in self.fonts.rejected]
        return [*rejected, *self.fonts.wanting()]
