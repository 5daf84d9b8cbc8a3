"""Tasks that a county gives its points: cases to look at again (抽查), something to mend (整改), a rule of its assessment to be seen and, if
it likes, explained (考核); they go down in a set, the answers come up in bundles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from deskapp.law.clock_events import Day
from deskapp.register.facts import SIGN

TaskKind = Literal["spot_check", "mend", "assessed"]
TASK_NAMES: dict[TaskKind, str] = {"spot_check": "抽查", "mend": "整改", "assessed": "考核"}


class Task(BaseModel):
    """One task for one point: what is to be done until when; the numbers of cases that it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern="^[0-9a-f-]{8,40}$")
    point: str = Field(pattern="^[0-9a-f]{32}$")
    kind: TaskKind
    text: str = Field(min_length=1, max_length=2000)
    given_on: Day
    until: Day
    cases: tuple[str, ...] = ()


def answer_to(task: Task, answer: TaskAnswer | None) -> TaskAnswer | None:
    """The answer to a task as it stands: what was said of an assessment that was counted anew later is said of the old one."""
    return None if answer and task.kind == "assessed" and answer.on < task.given_on else answer


class TaskAnswer(BaseModel):
    """What a point answers: what was done, or for each case what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    on: Day
    text: str = Field("", max_length=2000)
    found: dict[str, str] = Field(default_factory=dict)

    @property
    def emptied(self) -> bool:
        """Whether its words were taken out of it."""
        said = [self.text, *self.found.values()]
        return SIGN in said and all(each in ("", SIGN) for each in said)

    def without_words(self) -> TaskAnswer:
        """What is left of it when a case that it speaks of is erased: that there was one, on which day, to which cases. All of it goes, since
        what is said of one case may stand beside another."""
        text = SIGN if self.text else ""
        return self.model_copy(update={"text": text, "found": dict.fromkeys(self.found, SIGN)})

    def speaks_of(self, numbers: Iterable[str], task: Task | None) -> bool:
        """Whether it is about one of these cases: in its own words, or by the task that it answers."""
        listed = {*self.found, *(task.cases if task else ())}
        texts = [self.text, *self.found.values(), task.text if task else ""]
        return any(number in listed or any(names(text, number) for text in texts) for number in numbers)


def names(text: str, number: str) -> bool:
    """Whether a text names a case by its number, and not one whose number only begins or ends like it."""
    return number in text and bool(re.search(rf"(?<![A-Za-z0-9-]){re.escape(number)}(?![0-9-])", text))


TASKS: TypeAdapter[list[Task]] = TypeAdapter(list[Task])
