"""One letter from facts alone, without a register: for scripts, schools, and a look at the press."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.desk.cases.example_letter import completed, facts_of_unit
from deskapp.desk.cases.fees import fee_findings
from deskapp.desk.cases.template_proof import own_catalogue
from deskapp.desk.cases.word_drafts import word_paragraphs
from deskapp.law.categories import categories
from deskapp.paths import FONTS
from deskapp.unit import UnitProfile
from letters.catalogue import TemplateCatalogue
from letters.compose import compose, free_passages
from letters.document import Finding, Letter
from letters.example import example_facts
from letters.facts import read_facts, wanted
from letters.preflight import preflight
from letters.typeset.layout import as_rows, lay_out
from letters.word_back import WordChange, changes, paragraphs_of

if TYPE_CHECKING:
    from letters.pdf.fonts import FontBook


UNIT_KIND = "not_held"  # an answer that has remedies, and so shows everything an office's particulars give


class Specimen:
    """The press with the fonts and templates of a data directory, whether or not that exists."""

    def __init__(self, home: Path, today: date) -> None:
        self._home, self._today = home, today

    @cached_property
    def catalogue(self) -> TemplateCatalogue:
        """The kinds of letter. Raises PressError for a bad template of the office."""
        return own_catalogue(self._home, self._today)

    @cached_property
    def fonts(self) -> FontBook:
        """The fonts in use."""
        from letters.pdf.fonts import FontBook

        return FontBook(self._home / FONTS)

    def kinds(self) -> list[dict[str, Any]]:
        """The kinds of letter there are, in the shape of ``deskapp letters --json``."""
        rows = {category.letter: category.row for category in categories()}
        return [
            {
                "kind": item.kind,
                "title": item.title,
                "articles": list(item.articles),
                "use_when": item.use_when,
                "not_when": item.not_when,
                "row": rows.get(item.kind, ""),
            }
            for item in self.catalogue.templates.values()
        ]

    def example(self, kind: str) -> dict[str, Any]:
        """Complete example facts of a kind. Raises PressError for a kind without a template."""
        return self.complete(kind, example_facts(self.catalogue.template(kind)))

    def described(self, kind: str) -> list[str]:
        """One line a fact of a kind: key, label, what belongs there, whether it is needed."""
        fields = self.catalogue.template(kind).fields.items()
        return [
            f"{key}：{field.label}，{wanted(field)}，{'必填' if field.required else '可不填'}。{field.help}"
            for key, field in fields
        ]

    def complete(self, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts with what the law gives when it was left out: the remedies paragraph and the last day."""
        return completed(self.catalogue.template(kind), facts)

    def check(self, kind: str, facts: dict[str, Any], today: date) -> list[Finding]:
        """What preflight says of a letter. Raises PressError or DeskError for facts that cannot be read."""
        source = self.catalogue.template(kind)
        read = read_facts(source, self.complete(kind, facts))
        fee = fee_findings(source, read.extra)
        return [*fee, *preflight(source, read, compose(source, read), self.fonts, today)]

    def of_unit(self, profile: UnitProfile, today: date) -> tuple[list[list[str]], list[Finding]]:
        """An answer as an office's particulars would print it: its pages as rows of text, and what is wrong or missing.

        Raises PressError or DeskError.
        """
        source = self.catalogue.template(UNIT_KIND)
        read = read_facts(source, facts_of_unit(source, profile, today))
        document = compose(source, read)
        found = preflight(source, read, document, self.fonts, today)
        found += [Finding("unit_note", False, "单位资料", note, "") for note in profile.notes]
        return [as_rows(page) for page in lay_out(document, self.fonts)], found

    def make(self, kind: str, facts: dict[str, Any]) -> Letter:
        """The finished letter."""
        from letters.pdf.press import print_letter

        source = self.catalogue.template(kind)
        return print_letter(source, read_facts(source, self.complete(kind, facts)), self.fonts)

    def draft(self, kind: str, facts: dict[str, Any]) -> bytes:
        """The draft of a letter as docx. Raises PressError without the extra."""
        from letters.word import word_draft

        source = self.catalogue.template(kind)
        read = read_facts(source, self.complete(kind, facts))
        document = compose(source, read)
        return word_draft(document, lay_out(document, self.fonts), self.fonts, read.issued_on)

    def ofd(self, kind: str, facts: dict[str, Any]) -> bytes:
        """The letter as OFD, of the same pages as the finished letter."""
        from letters.ofd import print_ofd

        source = self.catalogue.template(kind)
        read = read_facts(source, self.complete(kind, facts))
        document = compose(source, read)
        return print_ofd(document, lay_out(document, self.fonts), self.fonts, read.issued_on)

    def proposals(self, kind: str, facts: dict[str, Any], path: Path) -> list[WordChange]:
        """What somebody changed in a draft of these facts. Raises DeskError or PressError."""
        source = self.catalogue.template(kind)
        free = free_passages(source, read_facts(source, self.complete(kind, facts)))
        return changes(paragraphs_of(self.draft(kind, facts)), word_paragraphs(path), free)
