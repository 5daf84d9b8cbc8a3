"""What a desk offers to those who learn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.sheets.moments import SheetMoments

if TYPE_CHECKING:
    from deskapp.desk.training.first_run import FirstRun
    from deskapp.desk.training.lessons import Lessons
    from deskapp.desk.training.own_lessons import Training


class TrainingMoments(SheetMoments):
    """What a desk offers to those who learn."""

    @cached_property
    def lessons(self) -> Lessons:
        """Somebody practises."""
        from deskapp.desk.training import lessons

        return lessons.Lessons(self.reply.choice, lambda: self.training.own())

    @cached_property
    def first_run(self) -> FirstRun:
        """Somebody sits here for the first time."""
        from deskapp.desk.training import first_run

        return first_run.FirstRun(self._register, self.clock, lambda case_id: self._journal.case(case_id))

    def waiting_beside(self) -> list[str]:
        """What the board of a first hour says: the next step."""
        return [*super().waiting_beside(), *self.first_run.steps()]

    @cached_property
    def training(self) -> Training:
        """An office looks at its training."""
        from deskapp.desk.training import own_lessons

        return own_lessons.Training(self._journal, self.clock, self.reply.choice, lambda: self.sheets)
