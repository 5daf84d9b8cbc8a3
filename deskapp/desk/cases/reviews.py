"""Reviews: what those who review a letter say, box by box, and the sheet they sign."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.boxes import OpinionBox, boxes
from deskapp.law.categories import REVIEW_NAMES
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.typed import Since, Typed

AGREE, AGAINST = "yes", "no"
USUAL = "usual:"  # small notes: who gave an opinion of that kind last
HELP = {
    "head": "审核人（科室或者单位负责人）对拟作答复的意见。",
    "secrecy": "保密审查人和意见。同意，是同意拟作的答复；审查出不能公开的，写进意见。",
    "legal": "哪位法律顾问、什么意见。",
    "council": "和谁会商、结论是什么，例如：司法所、信访办，同意。",
    "third_party": "第三方是谁、同意不同意公开，照实记；逾期没有答复的也写明。记过“第三方答复”的不用再记。不同意不挡答复；"
    "要违背他的意见公开的，写明公共利益的理由，并书面告知他。",
}


class OpinionDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    review: str = "secrecy"
    who: str = ""
    verdict: str = AGREE
    opinion: str = ""
    on: str = ""


class Reviews:
    """The moment a draft goes round."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def boxes(self, case: Case, kind: str) -> list[OpinionBox]:
        """All boxes of a case for a kind of letter; ``kind`` is empty before one was chosen."""
        return boxes(case, kind, self._journal.unit(self._clock.today()))

    def next_draft(self, case: Case, kind: str) -> OpinionDraft:
        """The form for the box that should be filled next, with the person who gave such an opinion last."""
        listed = self.boxes(case, kind)
        empty = [box for box in listed if box.on is None]
        box = next((box for box in empty if box.needed), (empty or listed)[0])
        return OpinionDraft(review=box.review, who=self.usual(box.review), verdict="")

    def usual(self, review: str) -> str:
        """Who gave an opinion of that kind last; empty at first."""
        return self._journal.records.note(USUAL + review)

    def note(self, case_id: str, draft: OpinionDraft, seen: int | None = None) -> Case:
        """Note an opinion. Raises DeskError for an unknown box, a missing name, a day that cannot be, or an answered case."""
        today = self._clock.today()
        typed = Typed(draft, today)
        typed.choice("review", REVIEW_NAMES, "请选择哪一项意见。")
        review = next(key for key in REVIEW_NAMES if key == draft.review)
        who = typed.needed("who", "是谁的意见", "请写姓名或者单位。")
        opinion = typed.text("opinion", "意见")
        agreed = typed.choice("verdict", (AGREE, AGAINST), "没有选同意还是不同意。", "请照签的意见选。") == AGREE
        if not agreed and not opinion:
            raise typed.refuse("没有写不同意的理由。", "请写明理由，拟稿的人要照着改。", "opinion")
        on = typed.day_if_any("on", "日期") or today
        with self._journal.write():
            case = self._journal.case(case_id)
            typed.checked(on, "on", "日期", Since(case.received.on, "收到申请之日"))
            event = ev.Reviewed(
                on=on, review=review, who=who,
                opinion=opinion or ("同意" if agreed else ""), agreed=agreed,
            )  # fmt: skip
            after = self._journal.append(case_id, [event], seen)
            self._journal.records.set_note(USUAL + review, who)
        return after
