"""What there is to choose: outcomes and letters with what they are for and what not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.law.annual_report import row_label
from deskapp.law.categories import Category, Review
from deskapp.law.periods import spelled
from deskapp.register.matches import fits
from letters.template import Template


@dataclass(frozen=True)
class LetterChoice:
    """A kind of letter that may be chosen; ``row`` is where the annual table counts it, empty for letters on the way."""

    kind: str
    name: str
    article: str
    use_when: str
    not_when: str
    reviews: tuple[Review, ...] = ()
    facts: tuple[str, ...] = ()
    row: str = ""


def letter_fits(source: Template, wanted: str) -> bool:
    """Whether what was typed fits a letter: words or initials of its title (政府信息公开 left out), words of when to use it."""
    return fits(wanted, source.title, source.use_when) or fits(
        wanted, source.title.replace("政府信息公开", "").replace("申请", "")
    )


def choice_of_answer(category: Category, on: date) -> LetterChoice:
    """An outcome as something to choose, with the periods of that day."""
    words = category.cite or category.article, spelled(category.use_when, on), spelled(category.not_when, on)
    return LetterChoice(
        category.key, category.name, *words, category.reviews, category.facts, row_label(category.row)
    )


def choice_of_letter(source: Template) -> LetterChoice:
    """A letter on the way, or a form, as something to choose."""
    return LetterChoice(source.kind, source.title, "、".join(source.articles), source.use_when, source.not_when)
