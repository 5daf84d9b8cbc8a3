"""An open data directory: what every moment of the desk is made from."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.seat import Seat
from deskapp.paths import state_folder
from deskapp.printing import PrinterPort
from deskapp.register.heads import Heads
from deskapp.register.presence import Presence
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.register.journal import Journal


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

    @cached_property
    def _journal(self) -> Journal:
        from deskapp.register import journal  # the first picture does without it

        return journal.Journal(self._store, self.clock, lambda: self.seat.name)
