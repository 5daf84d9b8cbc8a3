"""What a desk offers to the office."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.sheets.moments import SheetMoments

if TYPE_CHECKING:
    from deskapp.desk.office.calendars import Calendars
    from deskapp.desk.office.day_acts import DayActs
    from deskapp.desk.office.handover import Handover
    from deskapp.desk.office.law_data import LawData
    from deskapp.desk.office.ledgers import Ledgers
    from deskapp.desk.office.locking import Locking
    from deskapp.desk.office.machine import Machine
    from deskapp.desk.office.neighbours import Neighbours
    from deskapp.desk.office.passing import Passing
    from deskapp.desk.office.sealing import Sealing
    from deskapp.desk.office.staff import Staff
    from deskapp.desk.office.wordings import Wordings
    from deskapp.desk.office.year_lists import YearLists


class OfficeMoments(SheetMoments):
    """What a desk offers to the office."""

    @cached_property
    def machine(self) -> Machine:
        """This computer's settings."""
        from deskapp.desk.office import machine

        return machine.Machine(self._journal, self.clock)

    @cached_property
    def staff(self) -> Staff:
        """Somebody joins the office or leaves it."""
        from deskapp.desk.office import staff

        return staff.Staff(self._journal, self.clock, self.seat.proves)

    @cached_property
    def passing(self) -> Passing:
        """An application goes to the office that it belongs to."""
        from deskapp.desk.office import passing

        return passing.Passing(self._journal, self.clock, self.home)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Somebody works for another office of the hall."""
        from deskapp.desk.office import neighbours

        return neighbours.Neighbours(self.clock, self.home)

    @cached_property
    def day_acts(self) -> DayActs:
        """Somebody asks who did what on a day."""
        from deskapp.desk.office import day_acts

        return day_acts.DayActs(self._journal, self.clock, self.sheets)

    @cached_property
    def handover(self) -> Handover:
        """The desk changes hands."""
        from deskapp.desk.office import handover

        return handover.Handover(
            self._journal,
            self.clock,
            self.work.board,
            self.mail.waiting,
            self.work.matters,
            self.sheets,
            self.seat,
            self.staff,
        )

    @cached_property
    def year_lists(self) -> YearLists:
        """A year goes to the archive."""
        from deskapp.desk.office import year_lists

        return year_lists.YearLists(self._journal, self.clock, self.home, self.sheets, self.folders)

    @cached_property
    def ledgers(self) -> Ledgers:
        """Tables come in or go out."""
        from deskapp.desk.office import ledgers

        return ledgers.Ledgers(self._journal, self.clock, self.home)

    @cached_property
    def calendars(self) -> Calendars:
        """The year's holidays become known."""
        from deskapp.desk.office import calendars

        return calendars.Calendars(self._journal, self.clock)

    @cached_property
    def law_data(self) -> LawData:
        """The law changes."""
        from deskapp.desk.office import law_data

        return law_data.LawData(self._journal, self.clock)

    @cached_property
    def sealing(self) -> Sealing:
        """Somebody brings the key that seals are signed with."""
        from deskapp.desk.office import sealing

        return sealing.Sealing(self._journal, self.clock)

    @cached_property
    def locking(self) -> Locking:
        """Somebody looks after the passwords of the register."""
        from deskapp.desk.office import locking

        return locking.Locking(self._journal, self.clock, self.home, self.sheets)

    @cached_property
    def wordings(self) -> Wordings:
        """The office puts letters in its own words."""
        from deskapp.desk.cases.template_files import TemplateFiles
        from deskapp.desk.office import wordings

        files = TemplateFiles(self.home)
        return wordings.Wordings(
            self._journal, self.clock, files, lambda: self.reply.catalogue, lambda: self.reply.fonts
        )
