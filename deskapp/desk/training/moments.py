"""What a desk offers to those who learn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.sheets.moments import SheetMoments

if TYPE_CHECKING:
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
    def training(self) -> Training:
        """An office looks at its training."""
        from deskapp.desk.training import own_lessons

        return own_lessons.Training(self._journal, self.clock, self.reply.choice, lambda: self.sheets)
