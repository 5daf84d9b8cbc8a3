"""Tasks that a county gives its points: cases to look at again (抽查), something to mend (整改), a rule of its assessment to be seen and, if
it likes, explained (考核); they go down in a set, the answers come up in bundles."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from deskapp.law.clock_events import Day

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


TASKS: TypeAdapter[list[Task]] = TypeAdapter(list[Task])
