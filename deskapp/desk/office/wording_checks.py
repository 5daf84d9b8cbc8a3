"""A template as it would be: its letter of example facts, and what must be put right before it may serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from deskapp.desk.cases.example_letter import facts_of_unit
from deskapp.desk.cases.letter_clock import promised_by_sister
from deskapp.errors import DeskError
from letters.citations import in_head, in_text
from letters.compose import compose
from letters.document import Finding, Page
from letters.errors import PressError
from letters.facts import read_facts
from letters.preflight import preflight
from letters.template import Template
from letters.typeset.layout import lay_out

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile
    from letters.pdf.fonts import FontBook


@dataclass(frozen=True)
class Looked:
    """A kind as it would be: its pages, what is wrong or to be known, and whether it can be kept so."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether something must be put right first."""
        return any(finding.blocking for finding in self.findings)


def looked(source: Template, made: Template, unit: UnitProfile, today: date, fonts: FontBook) -> Looked:
    """The letter of a template ``made`` of ``source``, with example facts and an office's particulars, on its first day or today. Raises
    DeskError where there can be none."""
    on = max(today, made.valid_from)
    try:
        read = read_facts(made, facts_of_unit(made, unit, on))
        document = compose(made, read)
        pages = tuple(lay_out(document, fonts))
        found = preflight(made, read, document, fonts, on)
    except PressError as error:
        raise DeskError.of(error) from error
    promised = promised_by_sister(made)
    return Looked(pages, (*([promised] if promised else []), *untold(source, made), *found))


def untold(source: Template, made: Template) -> list[Finding]:
    """What the new words leave out: an article that the letter rested on, a fact that has to be filled and is nowhere told."""
    told, before = in_text(made), in_text(source)
    found = []
    if made.kind == source.kind and (
        lost := [article for article in in_head(made) if article in before and article not in told]
    ):
        what = f"依据里写了{'、'.join(lost)}，正文里没有引用。"
        found.append(
            Finding(
                "article_not_cited", True, "依据", what, "请在正文里写明根据哪一条，或者从依据里去掉。", "articles"
            )
        )
    for key, field in made.fields.items():
        if (
            field.required
            and not field.computed
            and key in source.source
            and not re.search(rf"\b{key}\b", made.source)
        ):
            what = f"【{field.label}】每次都要填，正文里没有写到。"
            found.append(Finding("fact_untold", False, "正文", what, f"要写的，在正文里加上〔{field.label}〕。"))
    return found
