"""What a desk offers at the reading point."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.sheets.moments import SheetMoments

if TYPE_CHECKING:
    from deskapp.desk.reading.catalogue import Catalogue
    from deskapp.desk.reading.daybook import DayBook
    from deskapp.desk.reading.duties import Duties
    from deskapp.desk.reading.list_kinds import Lists
    from deskapp.desk.reading.materials import Materials
    from deskapp.desk.reading.point_log import PointLog, PointNote
    from deskapp.desk.reading.publication import Publication
    from deskapp.desk.reading.question_lists import QuestionLists
    from deskapp.desk.reading.questions import Questions
    from deskapp.desk.reading.satisfaction import Satisfaction
    from deskapp.desk.reading.talks import Talks
    from deskapp.desk.reading.year_files import YearFiles
    from deskapp.desk.reading.year_plan import YearPlan
    from deskapp.desk.sheets.handouts import Handouts


class ReadingMoments(SheetMoments):
    """What a desk offers at the reading point."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """Somebody asks what is published."""
        from deskapp.desk.reading import catalogue

        return catalogue.Catalogue(self.home, self.clock, lambda: self._journal.records, self._store.key)

    @cached_property
    def handouts(self) -> Handouts:
        """Somebody takes a sheet home."""
        from deskapp.desk.sheets import handouts

        return handouts.Handouts(self._journal, self.clock, self.home, self.sheets, lambda: self.questions.parts())

    @cached_property
    def duties(self) -> Duties:
        """The keeper asks what must be published."""
        from deskapp.desk.reading import duties

        return duties.Duties(self.catalogue.items, self.clock, self._journal.calendar, self.sheets)

    @cached_property
    def lists(self) -> Lists:
        """A list comes in."""
        from deskapp.desk.reading import list_kinds

        return list_kinds.Lists(self.catalogue, self.duties, lambda: self._journal.records)

    @cached_property
    def daybook(self) -> DayBook:
        """Somebody comes in."""
        from deskapp.desk.reading import daybook

        return daybook.DayBook(self._journal, self.clock)

    @cached_property
    def questions(self) -> Questions:
        """Somebody asks what others asked before."""
        from deskapp.desk.reading import questions

        return questions.Questions(self._journal, self.clock, self.daybook, self.sheets)

    @cached_property
    def satisfaction(self) -> Satisfaction:
        """Somebody says how it went."""
        from deskapp.desk.reading import satisfaction

        return satisfaction.Satisfaction(self._journal, self.clock)

    @cached_property
    def publication(self) -> Publication:
        """A release is thought of for everybody."""
        from deskapp.desk.reading import publication

        return publication.Publication(self._journal, self.clock, self.catalogue.publish)

    @cached_property
    def question_lists(self) -> QuestionLists:
        """A list of questions goes to the 12345 or comes from it."""
        from deskapp.desk.reading import question_lists

        return question_lists.QuestionLists(self._journal, self.clock, self.home, self.questions)

    @cached_property
    def point_log(self) -> PointLog:
        """Something was done at the point."""
        from deskapp.desk.reading import point_log

        return point_log.PointLog(self._register, self.clock)

    @cached_property
    def materials(self) -> Materials:
        """Somebody looks whether everything lies out."""
        from deskapp.desk.reading import materials

        return materials.Materials(self._journal, self.clock, self.sheets)

    @cached_property
    def talks(self) -> Talks:
        """Somebody applies who asked before."""
        from deskapp.desk.reading import talks

        return talks.Talks(self._journal, self.clock)

    @cached_property
    def reading_files(self) -> YearFiles:
        """A year of the point goes out."""
        from deskapp.desk.reading import year_files

        return year_files.YearFiles(
            self._journal, self.clock, self.home, self.daybook, self.satisfaction, self.point_log, self.sheets
        )

    @property
    def _logs(self) -> bool:
        """Whether anything stands in the point's log."""
        from deskapp.register.records import POINT_LOG  # the first picture does without it

        return self._register.records.any_of(POINT_LOG)

    def waiting_beside(self) -> list[str]:
        """What the board says of the reading point: what should be mended by now."""
        overdue = self.point_log.overdue() if self._logs else []
        return [*super().waiting_beside(), *overdue, *self.year_plan.near()]

    @cached_property
    def year_plan(self) -> YearPlan:
        """Somebody asks what the year still wants."""
        from deskapp.desk.reading import year_plan

        def logged(year: int) -> list[PointNote]:
            return self.point_log.year(year) if self._logs else []

        return year_plan.YearPlan(self._register, self.clock, logged, lambda: self.sheets)
