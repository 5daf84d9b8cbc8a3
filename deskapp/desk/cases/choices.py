"""What there is to choose: outcomes and letters with what they are for and what not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.law.annual_report import row_label
from deskapp.law.categories import Category, Review, category
from deskapp.law.periods import spelled
from deskapp.register.acts import ACTS
from deskapp.register.matches import BEGINS, fits, nearness
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
    """Whether what was typed fits a letter: words or pinyin of its title (政府信息公开 left out), of what else it is called and of the act
    that it makes, words of when to use it."""
    bare = source.title.replace("政府信息公开", "").replace("申请", "")
    act = [ACTS[source.act].name] if source.act in ACTS else []  # an act that is none is refused when it is issued
    return fits(wanted, source.title, source.use_when) or any(
        fits(wanted, name) for name in (bare, *source.words, *act)
    )


def answer_fits(found: Category, wanted: str) -> bool:
    """Whether what was typed fits an outcome: its words and initials, or its name written out in pinyin."""
    return not wanted or found.matches(wanted) or fits(wanted, found.name)


def nearness_of_answer(kind: str, wanted: str) -> int:
    """How surely an outcome is meant, the surest lowest: its name begins with what was typed, a word of its does, either holds it, or only
    what is said of it does."""
    found = category(kind)
    bare = found.name.removeprefix("属于")
    if BEGINS in (nearness(wanted, found.name), nearness(wanted, bare)):
        return 0
    own = [*found.words.split(), *found.initials.split()]
    if any(word.startswith(wanted) for word in own):
        return 1
    return 2 if any(wanted in word for word in (found.name, *own)) else 3


def choice_of_answer(category: Category, on: date) -> LetterChoice:
    """An outcome as something to choose, with the periods of that day."""
    words = category.cite or category.article, spelled(category.use_when, on), spelled(category.not_when, on)
    return LetterChoice(
        category.key, category.name, *words, category.reviews, category.facts, row_label(category.row)
    )


def choice_of_letter(source: Template) -> LetterChoice:
    """A letter on the way, or a form, as something to choose."""
    return LetterChoice(source.kind, source.title, "、".join(source.articles), source.use_when, source.not_when)
