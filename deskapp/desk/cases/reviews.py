"""Reviews: what those who review a letter say, box by box, and the sheet they sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.boxes import OpinionBox, Proposed, boxes
from deskapp.desk.seat import Seat
from deskapp.errors import DeskError
from deskapp.law.categories import OF_THE_TEXT, REVIEW_NAMES, Review
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.colleagues import Colleague, here_on
from deskapp.register.journal import Journal
from deskapp.typed import Since, Typed

MOST_GAPS = 3  # that are named
AGREE, AGAINST = "yes", "no"
PAPER, AT_DESK = "paper", "desk"
HOW = {PAPER: "照纸上签的记", AT_DESK: "本人现在就在这里，输入自己的密码"}
USUAL = "usual:"  # small notes: who gave an opinion of that kind last
HELP = {
    "second": "另一个人看过这一稿：事实、条款、种类。复核的人不能是发出的人；复核以后文字改过的，要再复核。",
    "sign_off": "可以签发的领导签在这一稿上，签了才能取文号。照纸上签的记，或者领导自己在这里输入密码；以后文字改过的，签发不算数，要再签。",
    "head": "审核人（科室或者单位负责人）对拟作答复的意见。",
    "secrecy": "保密审查人和意见。同意，是同意拟作的答复；审查出不能公开的，写进意见。",
    "legal": "哪位法律顾问、什么意见。",
    "council": "和谁会商、结论是什么，例如：司法所、信访办，同意。",
    "third_party": "第三方是谁、同意不同意公开，照实记；逾期没有答复的也写明。记过【第三方答复】的不用再记。不同意不挡答复；"
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
    how: str = PAPER
    pin: str = ""


class Reviews:
    """The moment a draft goes round. ``proposed`` tells the letter of a kind as its draft stands; ``gaps`` what is still to be filled in it;
    ``seat`` proves who somebody is."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        proposed: Callable[[Case, str], Proposed],
        gaps: Callable[[Case, str], list[str]],
        seat: Seat,
    ) -> None:
        self._journal, self._clock, self._proposed, self._gaps, self._seat = journal, clock, proposed, gaps, seat

    def boxes(self, case: Case, kind: str) -> list[OpinionBox]:
        """All boxes of a case for a kind of letter; ``kind`` is empty before one was chosen."""
        return boxes(case, self._proposed(case, kind), self._journal.unit(self._clock.today()))

    def next_draft(self, case: Case, kind: str) -> OpinionDraft:
        """The form for the box that should be filled next, with the person who gave such an opinion last."""
        listed = self.boxes(case, kind)
        empty = [box for box in listed if box.empty]
        box = next((box for box in empty if box.needed), (empty or listed)[0])
        return OpinionDraft(review=box.review, who=self.usual(box.review), verdict="")

    def usual(self, review: str) -> str:
        """Who gave an opinion of that kind last; empty at first."""
        return self._journal.records.note(USUAL + review)

    def note(self, case_id: str, draft: OpinionDraft, seen: int | None = None, kind: str = "") -> Case:
        """Note an opinion on the letter of a ``kind``. Raises DeskError for an unknown box, a missing name, a day that cannot be, an
        answered case; of one that is given to the text also where there is no text yet, or the person may not give it."""
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
        facts: dict[str, str] = {}
        if review in OF_THE_TEXT:
            facts = self._of_the_text(self._journal.case(case_id), kind, review)
            facts["how"] = self._proven(typed, draft, who, review, on)
        with self._journal.write():
            case = self._journal.case(case_id)
            typed.checked(on, "on", "日期", Since(case.received.on, "收到申请之日"))
            event = ev.Reviewed(
                on=on, review=review, who=who, opinion=opinion or ("同意" if agreed else ""), agreed=agreed, **facts,
            )  # fmt: skip
            after = self._journal.append(case_id, [event], seen)
            self._journal.records.set_note(USUAL + review, who)
        return after

    # -- what is given to a text -----------------------------------------------------------------------------------

    def _of_the_text(self, case: Case, kind: str, review: Review) -> dict[str, str]:
        """The text that is signed."""
        letter = self._proposed(case, kind)
        if not letter.text:
            what = "还没有选文书的种类。" if not kind else "这份文书还没有填好，说不出是哪一稿。"
            todo = "请按 Esc 回去，按 F4 把文书填好，再按 F8。"
            raise DeskError(what, "没有记下。", todo, "review")
        if gaps := self._gaps(case, kind):
            what = f"这一稿还有{len(gaps)}处没有填：{'、'.join(gaps[:MOST_GAPS])}{'等' if len(gaps) > MOST_GAPS else ''}。"
            todo = f"填好以后文字就变了，现在{REVIEW_NAMES[review]}不算数：请按 Esc 回去，按 F4 填好，再按 F8。"
            raise DeskError(what, "没有记下。", todo, "review")
        return {"kind": kind, "text": letter.text}

    def after(self, case: Case, kind: str, draft: OpinionDraft) -> str:
        """What is said when an opinion was noted: what is still wanting, and who cannot issue the letter any more."""
        open_boxes = [box.name for box in self.boxes(case, kind) if box.needed and box.empty]
        rest = f"还缺{'、'.join(open_boxes)}。" if open_boxes else "必须有的都有了。"
        by = self._journal.by()
        if draft.review == "second" and case.reviews and case.reviews[-1].who == by:
            rest += f"复核的是现在坐在这里的{by}：发出要换另一个人（Ctrl+S）。"
        return f"已记下。{rest}"

    def _proven(self, typed: Typed, draft: OpinionDraft, who: str, review: str, on: date) -> str:
        """How it was given; whoever gives it belongs to the office on that day, and signs only if he may."""
        how = typed.choice("how", HOW, "请选是照纸上的记，还是本人在这里。")
        if how == PAPER and draft.pin:
            todo = "本人在这里签的，把【怎么签的】改成本人；照纸上签的记，清空密码。"
            raise typed.refuse("填了密码，【怎么签的】却是照纸上签的记。", todo, "how")
        one = self._colleague(typed, who, review, self._clock.today() if how == AT_DESK else on)
        if how == AT_DESK:
            if on != self._clock.today():
                raise typed.refuse("本人在这里的，日期就是今天。", "照纸上记的才填别的日期。", "on")
            if not one.pin:
                raise typed.refuse(f"{one.called}没有设密码。", "请照纸上签的记，或者先在【人员】里设密码。", "how")
            if not (tried := self._seat.proves(one, draft.pin)).opens:
                raise typed.refuse(f"{one.called}的{tried}", "请本人输入。", "pin")
        return how

    def _colleague(self, typed: Typed, who: str, review: str, day: date) -> Colleague:
        here = here_on(self._journal.store, day)
        may = [one for one in here if one.may_sign or review != "sign_off"]
        found = [one for one in may if who in (one.called, one.name)]
        if len(found) == 1:
            return found[0]
        names = "、".join(one.called for one in may) or "还没有人"
        doing = "签发" if review == "sign_off" else "复核"
        if found:
            raise typed.refuse(f"叫【{who}】的不止一位。", f"请写明是哪一位：{names}。", "who")
        raise typed.refuse(
            f"{day}可以{doing}的人里没有【{who}】。", f"现在是：{names}。要改，到【人员】里改。", "who"
        )
