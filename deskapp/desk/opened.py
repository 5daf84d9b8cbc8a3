"""An open data directory: what every moment of the desk is made from."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.seat import Seat
from deskapp.errors import DeskError
from deskapp.paths import state_folder
from deskapp.printing.port import PrinterPort
from deskapp.register.heads import Heads
from deskapp.register.law_kept import put_in_force
from deskapp.register.presence import Presence
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.register.journal import Journal
    from deskapp.register.register import Register


SCAN_FOLDER = "scan_folder"  # the small note of where the scanner of this computer writes to


class Opened:
    """One data directory with its store, its clock and its printers."""

    def __init__(self, home: Path, store: Store, clock: Clock, printer: PrinterPort) -> None:
        self.home, self.clock = home, clock
        self._store, self._printer = store, printer
        self._presence = Presence(home)
        self.seat = Seat(store, clock)
        self.heads = Heads(store, clock, state_folder())
        self.heads.begin()
        store.after_write = self.heads.note
        self._law_as_of = store.data_version()
        with suppress(DeskError):  # a damaged register is opened all the same, for the doctor to look at
            put_in_force(store)

    def changed_elsewhere(self) -> int:
        """A number that changes when another desk has written to the same file; law data that it took are in force here too."""
        version = self._store.data_version()
        if version != self._law_as_of:
            put_in_force(self._store)
            self._law_as_of = version
        return version

    @cached_property
    def _register(self) -> Register:
        from deskapp.register import register  # the first picture does without it

        return register.Register(self._store, self.clock, lambda: self.seat.name)

    @cached_property
    def _journal(self) -> Journal:
        from deskapp.register import journal  # the list of the board does without it

        return journal.Journal(self._store, self.clock, lambda: self.seat.name)
