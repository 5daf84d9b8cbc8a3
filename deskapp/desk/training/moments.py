"""What a desk offers to those who learn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.cases.moments import CaseMoments

if TYPE_CHECKING:
    from deskapp.desk.training.lessons import Lessons


class TrainingMoments(CaseMoments):
    """What a desk offers to those who learn."""

    @cached_property
    def lessons(self) -> Lessons:
        """Somebody practises."""
        from deskapp.desk.training import lessons

        return lessons.Lessons(self.reply.choice)
