"""An open register as it is read between entries: its lists, what it keeps beside the journal, its days. Who writes entries has the
:class:`~deskapp.register.journal.Journal`, which is one too; a list does not wait for what entries are made of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.law.workdays import Calendar
from deskapp.register.queries import Queries
from deskapp.register.records import Records
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile

HEAD = (
    "head"  # the note that says where the journal ends: place and hash of the last entry, and the latest moment in it
)
CLOCK_SLACK = timedelta(hours=1)  # a clock that is set right by so much has not gone backwards


class Register:
    """One store with its ``queries`` and ``records``. ``by`` says who is at the desk: what is noted without a name is noted by him."""

    def __init__(self, store: Store, clock: Clock, by: Callable[[], str] = str) -> None:
        self.store, self._clock, self.by = store, clock, by
        self.records, self.queries = Records(store, clock, by), Queries(store)

    def write(self) -> AbstractContextManager[None]:
        """One transaction, all or nothing; a nested one joins the outer. Raises DeskError on a database error."""
        return self.store.write()

    def unit(self, on: date) -> UnitProfile:
        """The unit's particulars of that day. Raises DeskError without any."""
        return self.records.unit(on)

    def calendar(self) -> Calendar:
        """The working days of this desk."""
        return self.records.calendar()

    def latest(self) -> datetime | None:
        """The latest moment that any entry of the journal was made at."""
        try:
            return datetime.fromisoformat(json.loads(self.records.note(HEAD))[2])
        except (ValueError, TypeError, IndexError):  # an empty journal, or a damaged note, which the doctor names
            return None

    def clock_went_back(self) -> datetime | None:
        """The latest moment in the journal when this machine's clock now stands clearly before it, else None."""
        last = self.latest()
        return last if last and self._clock.now() < last - CLOCK_SLACK else None
