"""Lessons: worked cases with the right answer explained; the law and the clock give the answers, the story is invented."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from deskapp.desk.cases.choices import LetterChoice
from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.workdays import official_calendar
from deskapp.parsing import parse_day

SOURCE = Path(__file__).parents[2] / "practice_cases.toml"
CORRECTION = "correction_notice"
SEED = 711  # the answers of a case stand in the same order every time


class Wrong(BaseModel):
    """What people pick wrongly, and why it is wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    why: str


class Lesson(BaseModel):
    """One case: what happened, the day one stands at the desk, the right kind of answer and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    story: str
    asked: date
    events: tuple[dict[str, Any], ...]
    answer: str
    why: str
    others: tuple[Wrong, ...]

    @property
    def deadline(self) -> Deadline:
        """The clock of the case as it stands on the day."""
        return evaluate(parse_events(list(self.events)), self.asked, official_calendar())

    @property
    def due_on(self) -> date:
        """The day that must not be missed: of the notice for a correction, else of the answer."""
        deadline = self.deadline
        due = deadline.correction_by if self.answer == CORRECTION else deadline.due_on
        if due is None:
            raise ValueError(f"no last day in the lesson {self.title}")
        return due

    @property
    def asks(self) -> str:
        """The second question."""
        return "补正告知最迟哪一天送出" if self.answer == CORRECTION else "答复的最后一日是哪一天"

    def kinds(self) -> list[str]:
        """The answers to choose from, mixed."""
        mixed = [self.answer, *(other.kind for other in self.others)]
        random.Random(f"{SEED}{self.title}").shuffle(mixed)
        return mixed


@dataclass(frozen=True)
class Marked:
    """What became of an answer: right or not, and the explanation."""

    right: bool
    text: str


@cache
def lessons() -> tuple[Lesson, ...]:
    """All cases in their order."""
    with SOURCE.open("rb") as stream:
        return tuple(Lesson.model_validate(item) for item in tomllib.load(stream)["case"])


class Lessons:
    """The moment somebody practises. ``choice`` tells of a kind of letter, ``own`` gives the lessons from the office's own cases."""

    def __init__(self, choice: Callable[[str], LetterChoice], own: Callable[[], list[Lesson]] = list) -> None:
        self._choice, self._own = choice, own

    def all(self) -> tuple[Lesson, ...]:
        """The cases in their order, the office's own behind those that are shipped."""
        return (*lessons(), *self._own())

    def answers(self, lesson: Lesson) -> list[tuple[str, str]]:
        """The answers of a case: kind and name."""
        return [(kind, self._choice(kind).name) for kind in lesson.kinds()]

    def mark_kind(self, lesson: Lesson, kind: str) -> Marked:
        """Whether the kind is right, and why."""
        right = self._choice(lesson.answer)
        said = f"应当是【{right.name}】（{right.article}）。{lesson.why}"
        if kind == lesson.answer:
            return Marked(True, f"对。{lesson.why}（{right.article}）")
        wrong = next((other.why for other in lesson.others if other.kind == kind), "")
        return Marked(False, f"不对。{wrong}{said}")

    def mark_day(self, lesson: Lesson, typed: str) -> Marked:
        """Whether the last lawful day is right, and how it is counted. Raises DeskError for what is no day."""
        due, deadline = lesson.due_on, lesson.deadline
        day = parse_day(typed, lesson.asked, "最后一日", "ahead")
        n = next(counted.n for counted in deadline.days if counted.date == due)
        stopped = "，征求意见的日子不算" if any(counted.kind == "paused" for counted in deadline.days) else ""
        counted = f"从{deadline.counted_from}的次日数起{stopped}，第{n}个工作日是{due}。"
        if day == due:
            return Marked(True, f"对。{counted}")
        return Marked(False, f"不对，你写的是{day}。{counted}")
