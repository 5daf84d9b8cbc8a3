"""What a desk offers to whoever has to report."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.office.moments import OfficeMoments
from deskapp.desk.reading.moments import ReadingMoments

if TYPE_CHECKING:
    from deskapp.desk.reporting.annual import Reporting
    from deskapp.desk.reporting.bundles import Bundles
    from deskapp.desk.reporting.handing import Handing
    from deskapp.desk.reporting.periods import Periods
    from deskapp.desk.reporting.sets import CountySets
    from deskapp.desk.reporting.tasks import Tasks
    from deskapp.desk.reporting.verifying import ReportChecking
    from deskapp.desk.reporting.wording_sets import WordingSets


class ReportingMoments(ReadingMoments, OfficeMoments):
    """What a desk offers to whoever has to report."""

    @cached_property
    def reporting(self) -> Reporting:
        """The year is counted."""
        from deskapp.desk.reporting import annual

        return annual.Reporting(
            self._journal, self.clock, self.home, lambda asked: self.periods.report(asked), self._said_of_reading,
            lambda year: self.point_log.sentences(year),
        )  # fmt: skip

    @cached_property
    def report_checking(self) -> ReportChecking:
        """A report that was written or published is looked at."""
        from deskapp.desk.reporting import verifying

        return verifying.ReportChecking(self.clock, self.home, lambda year: self.reporting.report(year))

    @cached_property
    def periods(self) -> Periods:
        """Somebody asks how a month went."""
        from deskapp.desk.reporting import periods

        return periods.Periods(self._journal, self.clock, self.home, lambda: self.daybook, lambda: self.satisfaction)

    @cached_property
    def handing(self) -> Handing:
        """A file goes out of the house, or comes back."""
        from deskapp.desk.cases.template_files import TemplateFiles
        from deskapp.desk.reporting import handing

        return handing.Handing(
            self._journal, self.clock, self.home, self.ledgers, lambda: self.question_lists, lambda: self.catalogue, TemplateFiles(self.home),
            self.lookup.unit,
        )  # fmt: skip

    @cached_property
    def bundles(self) -> Bundles:
        """The county is told."""
        from deskapp.desk.reporting import bundles
        from deskapp.desk.reporting.standing import Standings
        from deskapp.register.outgoing import OutgoingEntries

        standings = Standings(
            self.reporting, self.periods, self.satisfaction, self.questions, self.duties, self.point_log, lambda: self.catalogue.count,
            self.tasks.all,
        )  # fmt: skip
        return bundles.Bundles(
            self._journal, self.clock, self.home, OutgoingEntries(self._store, self._journal), standings.all
        )

    @cached_property
    def tasks(self) -> Tasks:
        """Something is owed to the county."""
        from deskapp.desk.reporting import tasks

        return tasks.Tasks(self._journal, self.clock)

    @cached_property
    def county_sets(self) -> CountySets:
        """The county sends something down."""
        from deskapp.desk.cases.template_files import TemplateFiles
        from deskapp.desk.reporting import sets

        return sets.CountySets(
            self._journal, self.clock, self.bundles, self.calendars, lambda: self.question_lists, lambda: self.duties,
            TemplateFiles(self.home), self.tasks, self.law_data, self.home,
        )  # fmt: skip

    @cached_property
    def wording_sets(self) -> WordingSets:
        """Templates go to another office, or come from one."""
        from deskapp.desk.cases.template_files import TemplateFiles
        from deskapp.desk.reporting import wording_sets

        return wording_sets.WordingSets(
            self._journal,
            self.clock,
            self.home,
            TemplateFiles(self.home),
            lambda: self.reply.catalogue,
            self.bundles.identity,
        )

    def _said_of_reading(self, year: int) -> tuple[str, ...]:
        """What the reading point came to in a year, in sentences."""
        visits, slips = self.daybook.year(year), self.satisfaction.year(year)
        return (
            *([visits.sentence] if visits.total().visits or sum(visits.copies) else []),
            *([slips.sentence] if slips.all.slips else []),
        )
