"""The outcomes of an application: article, letter, row of the annual table, class of remedies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from deskapp.law.annual_report import numberless, row_for_label
from deskapp.law.dated import Frozen, Sourced, load, remembered
from deskapp.law.errors import LawError

RemedyClass = Literal["review_first", "choice", "review_only", "none"]
Review = Literal["head", "secrecy", "legal", "council", "third_party", "second", "sign_off"]

REVIEW_NAMES: dict[Review, str] = {
    "head": "审核",
    "secrecy": "保密审查",
    "legal": "法律顾问意见",
    "council": "会商",
    "third_party": "征求第三方意见",
    "second": "复核",
    "sign_off": "签发",
}
OF_THE_TEXT: tuple[Review, ...] = ("second", "sign_off")
"""Those that are given to the text of one letter as it stands: another text needs them anew."""


class Category(Sourced):
    """One outcome. ``row`` is the row key of the annual table in the newest format (:func:`counted_row` of
    annual_report gives it in an older one), empty when it is not counted there; ``facts`` what its letter must say.

    ``answers``: its letter answers the application (a confirmation of withdrawal does not) · ``releases``: something is given
    out · ``primary``: the one meant by the label of a row that several share · ``of_information``: its facts are about the
    information and not about who asks, so that a like case may take them over. ``remedy_by``: where a fact of the letter decides the
    class of its remedies, the class for each value of that fact. ``rests_on``: the notice to the applicant without whose period no such
    answer is lawful, ``undone_by`` what of his makes it unlawful. ``told_as``: how a letter about a repeated application names such an
    answer, empty where it has no name of its own there; ``on_information``: something was said about the information, so that it can be repeated.
    """

    key: str
    name: str
    letter: str
    row: str
    remedy: RemedyClass
    reviews: tuple[Review, ...]
    facts: tuple[str, ...]
    use_when: str
    not_when: str
    words: str
    initials: str
    answers: bool = True
    releases: bool = False
    primary: bool = True
    of_information: bool = False
    remedy_by: dict[str, dict[str, RemedyClass]] = {}
    rests_on: Literal["", "correction_requested", "fee_noticed", "reason_requested"] = ""
    undone_by: Literal["", "corrected", "fee_paid"] = ""
    told_as: Literal["", "released", "already_public", "refused", "not_held"] = ""
    on_information: bool = True

    def remedy_for(self, facts: Mapping[str, object]) -> RemedyClass:
        """The class of remedies of an answer with these facts: what one of ``remedy_by`` gives for its value, else the usual."""
        return next(
            (by[value] for key, by in self.remedy_by.items() if (value := str(facts.get(key))) in by), self.remedy
        )

    def matches(self, typed: str) -> bool:
        """Whether what a clerk typed (words or pinyin initials) fits the name or the search words."""
        wanted = typed.strip().lower()
        haystack = f"{self.name} {self.words} {self.use_when}"
        return wanted in haystack or any(wanted in part for part in self.initials.split())


class CategoryFile(Frozen):
    """The content of categories.toml."""

    category: tuple[Category, ...]


def categories() -> tuple[Category, ...]:
    """All outcomes, in the order of the annual table."""
    listed: tuple[Category, ...] = load(CategoryFile, "categories.toml").category
    return listed


def category(key: str) -> Category:
    """The outcome with that key. Raises LawError for an unknown one."""
    found = outcome(key)
    if found is None:
        raise LawError(f"没有【{key}】这种答复类型，请从答复类型表里选。")
    return found


def outcome(key: str) -> Category | None:
    """The outcome with that key; None for a letter or form that is no answer."""
    for item in categories():
        if item.key == key:
            return item
    return None


@remembered
def find_category(text: str) -> Category | None:
    """The outcome that a ledger cell names: a key, a name, or a row label of the annual table with or without number; None
    also for a label that several outcomes share."""
    found = categories_named(text)
    return found[0] if len(found) == 1 else None


@remembered
def categories_named(text: str) -> tuple[Category, ...]:
    """The outcomes that a ledger cell may mean: the one with this key or name, also behind the number of a row; else all of the row of the
    annual table with this label, which several outcomes may share. None for words that name nothing."""
    wanted = text.strip()
    for item in categories():
        if wanted in (item.key, item.name) or numberless(wanted) == item.name:
            return (item,)
    row = row_for_label(wanted)
    return tuple(item for item in categories() if item.row == row) if row else ()
