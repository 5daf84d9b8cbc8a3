"""What an office keeps of its training: who practised when with how many points, for the supervisor; and lessons from its own cases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.choices import LetterChoice
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.desk.sheets.loose import LooseSheet, Sheets, blank_rows
from deskapp.desk.training.lessons import CORRECTION, Lesson, Wrong
from deskapp.errors import DeskError
from deskapp.law.categories import categories, category
from deskapp.law.clock_events import ClockEvent
from deskapp.law.receipt import channel_rule
from deskapp.law.workdays import official_calendar
from deskapp.parsing import LONGEST_TEXT
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.typed import Typed

RUN, OWN = "lesson_run", "own_lesson"
PERSONAL = re.compile(r"(?<![0-9])([0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9])")  # an identity or a mobile number
SOMEBODY = "申请人"  # stands for the name in a story
LEAST_ROWS, SHARES = 16, (3.0, 4.0, 2.0, 2.0, 5.0)
REFUSED = "没有记下。"


class LessonRun(BookRecord):
    """Somebody went through the lessons."""

    who: str
    points: int
    most: int


class OwnLessonNote(BookRecord):
    """A lesson from a case of the office's own, as the shipped ones are written."""

    lesson: Lesson
    case_no: str


class OwnLessonDraft(BaseModel):
    """The form of a lesson as it is typed."""

    model_config = ConfigDict(extra="ignore")

    title: str = ""
    story: str = ""
    why: str = ""
    other: str = ""
    other_why: str = ""
    third: str = ""
    third_why: str = ""


@dataclass(frozen=True)
class Score:
    """One run: its day, who, points of how many."""

    on: str
    who: str
    points: int
    most: int


class Training:
    """The moment an office looks at its training. ``choice`` tells of a kind of letter, ``sheets`` make paper."""

    def __init__(
        self, journal: Journal, clock: Clock, choice: Callable[[str], LetterChoice], sheets: Callable[[], Sheets]
    ) -> None:
        self._journal, self._clock, self._choice, self._sheets = journal, clock, choice, sheets
        self._runs = RecordBook(journal, clock, RUN, LessonRun)
        self._own = RecordBook(journal, clock, OWN, OwnLessonNote)

    # -- scores ------------------------------------------------------------------------------------------------

    def enter_score(self, who: str, points: int, most: int) -> Score:
        """Note that somebody went through all lessons. Raises DeskError without a name."""
        typed = Typed({"who": who}, self._clock.today())
        name = typed.needed("who", "姓名", "请写谁练的。")
        run = LessonRun(on=self._clock.today().isoformat(), who=name, points=points, most=most)
        self._runs.put(run)
        return Score(run.on, run.who, run.points, run.most)

    def scores(self, year: int) -> list[Score]:
        """The runs of a year, the first first."""
        runs = sorted(self._runs.all(year).values(), key=lambda run: run.on)
        return [Score(run.on, run.who, run.points, run.most) for run in runs]

    def sheet(self, year: int) -> LooseSheet:
        """The year's runs on paper, for the supervisor: day, name, points, room for a word."""
        title = f"{year}年政府信息公开业务练习成绩单"
        rows = [(score.on, score.who, str(score.points), str(score.most), "") for score in self.scores(year)]
        columns = ("日期", "姓名", "得分", "满分", "备注、签名")
        return self._sheets().ruled(title, [blank_rows(columns, rows, LEAST_ROWS, SHARES, (title,))])

    def suited(self) -> list[tuple[str, str]]:
        """Cases of this year and the last that may become a lesson: identifier and a line for each, the newest first."""
        return answered_lately(self._journal, self._clock.today())

    def answers(self) -> tuple[tuple[str, str], ...]:
        """The kinds that may be answered wrongly: key and name."""
        return tuple((item.key, item.name) for item in categories() if item.answers)

    # -- lessons from own cases --------------------------------------------------------------------------------

    def own(self) -> list[Lesson]:
        """The office's own lessons, in the order in which they were written."""
        return [note.lesson for note in self._own.all().values()]

    def draft_of(self, case_id: str) -> OwnLessonDraft:
        """How the lesson of a case begins: its story without names and numbers, its answer's reason. Raises DeskError for a case
        that has no answer of its own or no last day."""
        case = self._suited(self._journal.case(case_id))
        known, answer = case.received, category(case.category)
        story = f"{known.on.month}月{known.on.day}日，{SOMEBODY}{channel_rule(known.channel).name}提出申请，要【{case.content}】。"
        return OwnLessonDraft(
            title=_unnamed(case.content, case)[:16], story=_unnamed(story, case), why=answer.use_when
        )

    def write(self, case_id: str, draft: OwnLessonDraft) -> Lesson:
        """Keep a lesson. Raises DeskError for what is missing, and where a person can be known by it."""
        case = self._suited(self._journal.case(case_id))
        typed = Typed(draft, self._clock.today())
        texts = {
            "title": typed.needed("title", "题目", "请写几个字。"),
            "story": typed.needed("story", "经过", "请写发生了什么。", LONGEST_TEXT),
            "why": typed.needed("why", "为什么", "请写为什么这样答复。", LONGEST_TEXT),
        }
        for key, text in texts.items():
            if any(name in text for name in case.applicants) or PERSONAL.search(text):
                meaning = "练习题谁都看得到，没有记下。"
                raise typed.refuse("里面有申请人的姓名，或者像证件号码、手机号码的数字。", "请去掉。", key, meaning)
        others = tuple(self._wrong(typed, case, key) for key in ("other", "third"))
        if others[0].kind == others[1].kind:
            raise typed.refuse("两种容易答错的是同一种。", "请另选一种。", "third")
        asked = case.closed_on or self._clock.today()
        events = tuple(_told(event) for event in case.clock_events if event.act in TOLD and event.on <= asked)
        lesson = Lesson(**texts, asked=asked, events=events, answer=case.category, others=others)
        self._own.put(OwnLessonNote(on=self._clock.today().isoformat(), lesson=lesson, case_no=case.case_no))
        return lesson

    def _wrong(self, typed: Typed, case: Case, key: str) -> Wrong:
        kind = typed.text(key)
        if not kind or kind == case.category:
            raise typed.refuse("没有选容易答错的一种。", "请选一种和答复不同的。", key)
        why = typed.text(f"{key}_why", "为什么不对", LONGEST_TEXT) or self._choice(kind).not_when
        return Wrong(kind=kind, why=why)

    def _suited(self, case: Case) -> Case:
        if (
            not case.category
            or case.category == CORRECTION
            or not category(case.category).answers
            or case.from_ledger
        ):
            raise DeskError("这一件没有本机关作出的答复，做不成练习题。", REFUSED, "请选一件答复过的。")
        if case.received.on.year not in official_calendar().years or self._journal.deadline(case).due_on is None:
            raise DeskError("这一件没有可以数的最后一日，做不成练习题。", REFUSED, "请选别的一件。")
        return case


TOLD = (
    "received",
    "correction_requested",
    "corrected",
    "party_consulted",
    "party_answered",
    "agency_consulted",
    "agency_answered",
    "extended",
)
"""The acts of the clock that a lesson may tell."""
ALLOWED = ("act", "on", "respond_by", "sent_on", "arrived_on", "working_days")
"""What of them a lesson keeps: days, and nothing of a person."""
UNNAMED = {"party": "第三方", "agency": "有关机关"}
"""Who was asked, as a lesson calls him."""


def _told(event: ClockEvent) -> dict[str, Any]:
    kept = {
        key: value for key, value in event.model_dump(mode="json").items() if key in ALLOWED and value is not None
    }
    return kept | {key: name for key, name in UNNAMED.items() if hasattr(event, key)}


def _unnamed(text: str, case: Case) -> str:
    """A text without the names of those who applied."""
    for name in case.applicants:
        text = text.replace(name, SOMEBODY)
    return PERSONAL.sub("（号码）", text)


def answered_lately(journal: Journal, today: date, most: int = 20) -> list[tuple[str, str]]:
    """Cases that may become a lesson: identifier and a line for each, the newest first."""
    answers = [item.key for item in categories() if item.answers]
    rows = journal.queries.of_categories(answers, date(today.year - 1, 1, 1), most)
    return [(row.case_id, f"{row.case_no}　{category(row.category).name}　{row.content}") for row in rows]
