"""What the county asked of this point: cases to look at again, something to mend. Answers go up with the next bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.exchange.bundle.tasks import TASK_NAMES, Task, TaskAnswer, answer_to
from deskapp.parsing import one_line
from deskapp.register.journal import Journal
from deskapp.register.outgoing import ANSWER, TASK


@dataclass(frozen=True)
class OpenTask:
    """A task with its answer, if there is one, and how many days are left (negative: late)."""

    task: Task
    answer: TaskAnswer | None
    left: int

    @property
    def sentence(self) -> str:
        """The task in one line."""
        name, until = TASK_NAMES[self.task.kind], self.task.until
        cases = f"（{'、'.join(self.task.cases)}）" if self.task.cases else ""
        if self.answer:
            return f"{name}：{self.task.text}{cases}　{self.answer.on}已答复"
        if self.task.kind == "assessed":
            return f"{name}：{self.task.text}{cases}　有不同意见的，{until}前说明"
        when = f"还有{self.left}天" if self.left > 0 else "就是今天" if self.left == 0 else f"过了{-self.left}天"
        return f"{name}：{self.task.text}{cases}　{until}前（{when}）"


class Tasks:
    """The moment something is owed to the county."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def all(self) -> list[OpenTask]:
        """Every task, those without an answer first, the most urgent on top."""
        answers = {
            kept.key: TaskAnswer.model_validate_json(kept.body) for kept in self._journal.records.of_kind(ANSWER)
        }
        tasks = [Task.model_validate_json(kept.body) for kept in self._journal.records.of_kind(TASK)]
        found = [OpenTask(task, answer_to(task, answers.get(task.id)), self._left(task.until)) for task in tasks]
        return sorted(found, key=lambda each: (each.answer is not None, each.task.until))

    def _left(self, until: date) -> int:
        return (until - self._clock.today()).days

    def bring(self, tasks: Sequence[Task]) -> None:
        """Keep tasks that came from the county; the same again changes nothing."""
        for task in tasks:
            self._journal.records.save_record(TASK, task.id, task.model_dump_json())

    def answer(self, task_id: str, text: str, found: dict[str, str] | None = None) -> TaskAnswer:
        """Answer a task: what was done, or what was found in each of its cases. Raises DeskError."""
        task = next((each.task for each in self.all() if each.task.id == task_id), None)
        if task is None:
            raise DeskError("没有这一件要办的事。", "没有记下。", "请回到【报送】重新选。")
        told = {case: one_line(words) for case, words in (found or {}).items()}
        wanting = [case for case in task.cases if not told.get(case)]
        if task.kind == "spot_check" and wanting:
            raise DeskError(f"{wanting[0]}还没有写核对的结果。", "没有记下。", "每一件都要写。", code="wanting")
        if not one_line(text) and not told:
            raise DeskError("没有写办得怎样。", "没有记下。", "请写明哪天、怎样改的。", code="wanting")
        made = TaskAnswer(task=task.id, on=self._clock.today(), text=one_line(text), found=told)
        self._journal.records.save_record(ANSWER, task.id, made.model_dump_json())
        return made
