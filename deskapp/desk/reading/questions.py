"""Questions: what people ask again and again, with answers that somebody has checked and that grow old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.daybook import DayBook, VisitDraft
from deskapp.desk.reading.record_book import BookRecord, Correctable, RecordBook
from deskapp.desk.sheets.handouts import QUESTIONS_TITLE
from deskapp.errors import DeskError
from deskapp.parsing import LONGEST_TEXT
from deskapp.register.journal import Journal
from deskapp.register.matches import fits
from deskapp.typed import Typed

if TYPE_CHECKING:
    from deskapp.desk.sheets.loose import LooseSheet, Sheets
    from letters.typeset.notice import Part

LINES = {"basis": "依据", "checked_by": "核对人", "number": "编号", "department": "部门"}
FRESH = timedelta(days=365)  # after that an answer has to be checked anew; a choice of ours, not of the law


class CommonQuestion(BookRecord):
    """A question, its answer, the article or document, who checked it and when (an ISO day, empty if nobody did)."""

    question: str
    answer: str
    basis: str = ""
    checked_by: str = ""
    checked_on: str = ""
    number: str = ""
    department: str = ""

    def checked_anew(self, draft: QuestionDraft) -> bool:
        """Whether the check that a form names still counts for the answer and the basis in it: an answer that reads otherwise was
        checked by nobody, unless the check is another one too."""
        same = (draft.answer, draft.basis) == (self.answer, self.basis)
        return same or (draft.checked_by, draft.checked_on) != (self.checked_by, self.checked_on)


class QuestionDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    question: str = ""
    answer: str = ""
    basis: str = ""
    checked_by: str = ""
    checked_on: str = ""
    number: str = ""
    department: str = ""


@dataclass(frozen=True)
class Asked:
    """A question with its key, how often it was asked, and whether its answer has to be checked anew."""

    key: str
    of: CommonQuestion
    times: int
    stale: bool

    @property
    def checked(self) -> str:
        """Who checked the answer and when, in words."""
        if not self.of.checked_on:
            return "还没有人核对过"
        old = "，已经过了一年，请重新核对" if self.stale else ""
        return f"{self.of.checked_by}{self.of.checked_on}核对{old}"


def told_outside(of: CommonQuestion) -> str:
    """When the answer was checked, and by which office: what visitors are told. Who checked it stands with the keeper."""
    return f"{of.department}{of.checked_on}核对"


class Questions(Correctable[CommonQuestion]):
    """The moment somebody asks what others asked before."""

    TAKING_BACK = "停用"
    MEANS = ("不再列给群众看，也不印；原来记的留着。", "又列在在用的问题里：核对过的，来查阅的人也看得到，印的也有。")

    def __init__(self, journal: Journal, clock: Clock, daybook: DayBook, loose: Sheets) -> None:
        self._clock, self._daybook, self._sheets = clock, daybook, loose
        self._book = RecordBook(journal, clock, "question", CommonQuestion)

    def all(self, words: str = "") -> list[Asked]:
        """The questions that fit what was typed, by words or by initials; the most asked first."""
        times, old = self._daybook.asked(), (self._clock.today() - FRESH).isoformat()
        found = [
            Asked(key, of, times.get(key, 0), of.checked_on < old)
            for key, of in self._book.all().items()
            if fits(words, of.question, of.answer)
        ]
        return sorted(found, key=lambda one: -one.times)

    def draft_of(self, key: str) -> QuestionDraft:
        """A question as a form."""
        return QuestionDraft(**self._book.get(key).model_dump())

    def withdrawn(self, words: str = "") -> list[tuple[str, CommonQuestion]]:
        """The questions that were withdrawn and fit what was typed, with their keys; why stands in each."""
        return [(key, of) for key, of in self._book.taken_back().items() if fits(words, of.question, of.answer)]

    def _told(self, note: CommonQuestion) -> str:
        checked = f"{note.checked_by}{note.checked_on}核对" if note.checked_on else "没有核对"
        return f"{note.question}　{note.answer}　{checked}"

    def enter(self, draft: QuestionDraft, key: str = "") -> CommonQuestion:
        """Write a question down, or another version of it; one whose answer or basis changed is unchecked until it is checked anew.
        Raises DeskError when something is missing or cannot be."""
        made = self.read(draft)
        if key and not self._book.get(key).checked_anew(QuestionDraft(**made.model_dump())):
            made = made.model_copy(update={"checked_by": "", "checked_on": ""})
        self._book.put(made, key)
        return made

    def check_lost(self, draft: QuestionDraft, key: str) -> str:
        """What is to be said before a question is kept whose check no longer counts; empty where it does."""
        before = self._book.get(key) if key else None
        if before is None or not before.checked_on or before.checked_anew(draft):
            return ""
        return f"回答或者依据改了：{before.checked_by}{before.checked_on}的核对不再算，记下以后带【未核】，等人重新核对。"

    def read(self, draft: QuestionDraft) -> CommonQuestion:
        """A form as a question, not kept yet. Raises DeskError when something is missing or cannot be."""
        today = self._clock.today()
        typed = Typed(draft, today)
        question = typed.needed("question", "问题", "请写问题。")
        answer = typed.needed("answer", "回答", "请写回答。", LONGEST_TEXT)
        others = {name: typed.text(name, label) for name, label in LINES.items()}
        checked_on = typed.day_if_any("checked_on", "核对日期")
        if others["checked_by"] and not checked_on:
            raise typed.refuse("没有填哪天核对的。", "请填核对日期。", "checked_on")
        if checked_on and not others["checked_by"]:
            raise typed.refuse("没有填谁核对的。", "请填核对人的姓名。", "checked_by")
        day = typed.checked(checked_on, "checked_on", "核对日期").isoformat() if checked_on else ""
        return CommonQuestion(on=today.isoformat(), question=question, answer=answer, checked_on=day, **others)

    def answered(self, key: str) -> None:
        """The answer was given at the counter: one visit for advice in the day book."""
        of = self._book.get(key)
        self._daybook.enter(VisitDraft(kind="advice", topic=of.question), question=key)

    def parts(self) -> list[Part]:
        """The list for the reading area as it is printed: what was checked within a year. Raises DeskError when there is none."""
        asked = [one for one in self.all() if not one.stale]
        if not asked:
            raise DeskError(
                "没有一年以内核对过的常见问题。", "没有核对过的不印。", "先按 F7 添一条，或者按 F8 重新核对。"
            )
        return [part for n, one in enumerate(asked, 1) for part in _printed(n, one.of)]

    def sheet(self) -> LooseSheet:
        """The list for the reading area. Raises DeskError when there is none."""
        return self._sheets.notice(QUESTIONS_TITLE, self.parts())


def _printed(n: int, of: CommonQuestion) -> list[Part]:
    from letters.typeset.notice import Part

    basis = f"（依据：{of.basis}）" if of.basis else ""
    checked = f"（{told_outside(of)}）"
    return [Part(f"{n}．{of.question}", heading=True), Part(f"{of.answer}{basis}{checked}")]
