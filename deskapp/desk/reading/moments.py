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
    from deskapp.desk.reading.publication import Publication
    from deskapp.desk.reading.questions import Questions
    from deskapp.desk.reading.satisfaction import Satisfaction


class ReadingMoments(SheetMoments):
    """What a desk offers at the reading point."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """Somebody asks what is published."""
        from deskapp.desk.reading import catalogue

        return catalogue.Catalogue(self.home, self.clock, lambda: self._journal.records, self._store.key)

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
