"""The boxes of review: which opinions a letter needs before it may be issued, and which a case has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskapp.law.categories import REVIEW_NAMES, Review, outcome
from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS
from deskapp.register.case import Case
from deskapp.unit import UnitProfile
from letters.document import Finding


@dataclass(frozen=True)
class OpinionBox:
    """One opinion: whether the letter needs it, and what was said; ``on`` is None while it is empty."""

    review: Review
    needed: bool
    who: str = ""
    opinion: str = ""
    on: date | None = None
    agreed: bool = True

    @property
    def name(self) -> str:
        """What the opinion is called."""
        return REVIEW_NAMES[self.review]


def needed(kind: str, unit: UnitProfile) -> frozenset[Review]:
    """The opinions that a letter needs: those of its category, and those the office wants for every answer."""
    found = outcome(kind)
    return frozenset((*found.reviews, *unit.reviews)) if found and found.answers else frozenset()


def boxes(case: Case, kind: str, unit: UnitProfile) -> list[OpinionBox]:
    """All boxes of a case for a kind of letter, with the newest opinion in each."""
    wanted = needed(kind, unit)
    return [_box(case, review, review in wanted) for review in REVIEW_NAMES]


def _box(case: Case, review: Review, wanted: bool) -> OpinionBox:
    for event in reversed(case.history):
        if isinstance(event, ev.Reviewed) and event.review == review and event in case.reviews:
            return OpinionBox(review, wanted, event.who, event.opinion, event.on, event.agreed)
        if isinstance(event, ev.PartyAnswered) and review == "third_party":
            older = {True: "agreed", False: "refused", None: ""}[event.agrees]
            position = event.position or older
            said = POSITIONS.get(position, "已答复")
            return OpinionBox(review, wanted, event.party, said, event.on, position not in ("refused", "partly"))
    return OpinionBox(review, wanted)


def wanting(case: Case, kind: str, unit: UnitProfile) -> Iterator[Finding]:
    """What stops a letter for the sake of its opinions."""
    for box in boxes(case, kind, unit):
        if not box.needed:
            continue
        if box.on is None:
            what, todo = "这种答复发出前要有这项意见。", "请按 F8 呈批，记下谁、什么意见。"
            yield Finding("review_missing", True, box.name, what, todo)
        elif (
            not box.agreed and box.review != "third_party"
        ):  # an objection is the ground of a refusal, no bar to it (条例 32)
            what = f"{box.who}不同意：{box.opinion}。"
            yield Finding("review_against", True, box.name, what, "请改拟答复，或者按 F8 记下新的意见。")
