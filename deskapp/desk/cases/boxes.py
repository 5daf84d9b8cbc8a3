"""The boxes of review: which opinions a letter needs before it may be issued, and which a case has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskapp.law.categories import OF_THE_TEXT, REVIEW_NAMES, Review, outcome
from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS
from deskapp.register.case import Case
from deskapp.unit import UnitProfile
from letters.document import Finding


@dataclass(frozen=True)
class Proposed:
    """The letter that goes round: its kind (empty before one was chosen), whether it gets a number, the mark of its text as it stands
    (empty while it cannot be told)."""

    kind: str
    numbered: bool = False
    text: str = ""


@dataclass(frozen=True)
class OpinionBox:
    """One opinion: whether the letter needs it, and what was said; ``on`` is None while it is empty. It is ``stale`` when it was given to
    another text of the letter: then it counts no more. ``how`` it was given to a text: noted from paper, or at the desk."""

    review: Review
    needed: bool
    who: str = ""
    opinion: str = ""
    on: date | None = None
    agreed: bool = True
    stale: bool = False
    how: str = ""

    @property
    def name(self) -> str:
        """What the opinion is called."""
        return REVIEW_NAMES[self.review]

    @property
    def of_party(self) -> bool:
        """Whether it is what a third party said, in words of its own; silence is neither a yes nor a no (条例 32)."""
        return self.review == "third_party"

    @property
    def mark(self) -> str:
        """What was said, in a word."""
        return "已问过" if self.of_party else "同意" if self.agreed else "不同意"

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that counts."""
        return self.on is None or self.stale


def needed(letter: Proposed, unit: UnitProfile) -> frozenset[Review]:
    """The opinions that a letter needs: those of its category, those the office wants for every answer, and those of the text where the
    office has set so."""
    found = outcome(letter.kind)
    answers = bool(found and found.answers)
    wanted: set[Review] = {*found.reviews, *unit.reviews} if found and answers else set()
    if _asked(unit.second_look, answers, letter.numbered):
        wanted.add("second")
    if _asked(unit.sign_off, answers, letter.numbered) or letter.kind in unit.sign_off_kinds:
        wanted.add("sign_off")
    return frozenset(wanted)


def _asked(setting: str, answers: bool, numbered: bool) -> bool:
    return (setting != "none" and answers) or (setting == "all" and numbered)


def boxes(case: Case, letter: Proposed, unit: UnitProfile) -> list[OpinionBox]:
    """All boxes of a case for a letter, with the newest opinion in each."""
    wanted = needed(letter, unit)
    return [_box(case, letter, review, review in wanted) for review in REVIEW_NAMES]


def _box(case: Case, letter: Proposed, review: Review, wanted: bool) -> OpinionBox:
    anew = False  # what was said of an answer that was set aside is no opinion on the next one
    for event in reversed(case.told):
        anew = anew or isinstance(event, ev.RedoOrdered)
        if isinstance(event, ev.Reviewed) and event.review == review and not anew:
            other = review in OF_THE_TEXT and (event.kind, event.text) != (letter.kind, letter.text)
            return OpinionBox(review, wanted, event.who, event.opinion, event.on, event.agreed, other, event.how)
        if isinstance(event, ev.PartyAnswered) and review == "third_party":
            older = {True: "agreed", False: "refused", None: ""}[event.agrees]
            position = event.position or older
            said = POSITIONS.get(position, "已答复")
            return OpinionBox(review, wanted, event.party, said, event.on, position not in ("refused", "partly"))
    return OpinionBox(review, wanted)


_MISSING = {
    "sign_off": ("sign_off_missing", "领导签发了才能取文号。"),
    "second": ("second_missing", "发出前要有第二个人复核。"),
}


def wanting(case: Case, letter: Proposed, unit: UnitProfile, by: str) -> Iterator[Finding]:
    """What stops a letter for the sake of its opinions; ``by`` is who would issue it."""
    for box in boxes(case, letter, unit):
        if not box.needed:
            continue
        if box.on is None:
            code, what = _MISSING.get(box.review, ("review_missing", "这种答复发出前要有这项意见。"))
            yield Finding(code, True, box.name, what, "请按 F8 呈批，记下谁、什么意见。")
        elif box.stale:
            what = f"{box.who}{box.on:%m-%d}{box.name}的不是现在这一稿：以后文字改过。"
            yield Finding(f"{box.review}_stale", True, box.name, what, f"请再{box.name}一次，按 F8 记下。")
        elif box.review == "second" and box.who == by:
            what = f"复核的人和发出的人都是{by}。"
            yield Finding(
                "second_same", True, box.name, what, "请由另一个人复核，按 F8 记下；或者换人（Ctrl+S）发出。"
            )
        elif (
            not box.agreed and box.review != "third_party"
        ):  # an objection is the ground of a refusal, no bar to it (条例 32)
            what = f"{box.who}不同意：{box.opinion}。"
            yield Finding("review_against", True, box.name, what, "请改拟答复，或者按 F8 记下新的意见。")
