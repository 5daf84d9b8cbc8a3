"""What a desk offers on paper that belongs to no case."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.cases.moments import CaseMoments

if TYPE_CHECKING:
    from deskapp.desk.sheets.clock_sheet import ClockSheets
    from deskapp.desk.sheets.guardroom import Guardroom
    from deskapp.desk.sheets.handbook import Handbook
    from deskapp.desk.sheets.loose import Sheets


class SheetMoments(CaseMoments):
    """What a desk offers on paper that belongs to no case."""

    @cached_property
    def sheets(self) -> Sheets:
        """Sheets that belong to no case."""
        from deskapp.desk.sheets import loose

        return loose.Sheets(self._journal, self.clock, self.home, self._printer, self.reply.press)

    @cached_property
    def handbook(self) -> Handbook:
        """Somebody looks into the book."""
        from deskapp.desk.sheets import handbook

        return handbook.Handbook(self.sheets, self.clock, lambda: self.lookup.unit().name)

    @cached_property
    def guardroom(self) -> Guardroom:
        """A list goes to another room."""
        from deskapp.desk.sheets import guardroom as slips

        return slips.Guardroom(self._journal, self.clock, self.mail.waiting, self.sheets)

    @cached_property
    def clock_sheets(self) -> ClockSheets:
        """The count of a deadline goes into the file."""
        from deskapp.desk.sheets import clock_sheet

        return clock_sheet.ClockSheets(self.lookup, self.clock, self.sheets)
