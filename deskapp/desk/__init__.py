"""The desk: the only door for screens and commands, and the one composition root.

``Desk`` opens a data directory and hands each moment of the counter's day what it needs: mail, intake, guidance, opinions,
reply, paper, service, progress, drafts, lookup, alike, reporting, ledgers, calendars, loose, handover, machine, upkeep. Each act
is one method of one moment; what a moment needs of another is handed to it here.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from deskapp.clock import Clock, SystemClock
from deskapp.desk.alike import AlikeLooker
from deskapp.desk.calendars import Calendars
from deskapp.desk.drafts import Drafts
from deskapp.desk.guidance import Guidance
from deskapp.desk.handbook import Handbook
from deskapp.desk.handover import Handover
from deskapp.desk.intake import Intake
from deskapp.desk.ledgers import Ledgers
from deskapp.desk.lessons import Lessons
from deskapp.desk.lookup import Lookup
from deskapp.desk.loose import Loose
from deskapp.desk.machine import Machine
from deskapp.desk.mail import Mail
from deskapp.desk.opinions import Opinions
from deskapp.desk.paper import Paper
from deskapp.desk.progress import Progress
from deskapp.desk.reply import Reply
from deskapp.desk.reporting import Reporting
from deskapp.desk.service import Service
from deskapp.desk.slips import Slips
from deskapp.desk.upkeep import Upkeep
from deskapp.paths import register_file
from deskapp.printing import PrinterPort, system_port
from deskapp.register.journal import Journal
from deskapp.register.opening import create_store, discard, open_store
from deskapp.register.store import Store
from deskapp.unit import UnitProfile


class Desk:
    """One data directory, open. Use :meth:`open` or :meth:`create`."""

    def __init__(self, home: Path, store: Store, clock: Clock, printer: PrinterPort) -> None:
        self.home, self.clock = home, clock
        self._store = store
        journal = Journal(store, clock)
        self.reply = Reply(journal, clock, home)
        self.paper = Paper(journal, clock, home, printer)
        self.mail = Mail(journal, clock)
        self.intake = Intake(journal, clock, self.reply.unprintable, self.mail.became)
        self.service = Service(journal, clock)
        self.progress = Progress(journal, clock, self.service.archive, self.intake.split)
        self.drafts = Drafts(journal)
        self.machine = Machine(journal)
        self.guidance = Guidance(journal)
        self.opinions = Opinions(journal, clock)
        self.lookup = Lookup(journal, clock, self.mail.sentences)
        self.loose = Loose(journal, clock, home, printer, self.reply.press)
        self.handbook = Handbook(self.loose, lambda: self.lookup.unit().name)
        self.lessons = Lessons(self.reply.choice)
        self.slips = Slips(journal, clock, self.mail.waiting, self.loose)
        self.handover = Handover(journal, clock, self.lookup.board, self.mail.waiting, self.loose)
        self.alike = AlikeLooker(journal, clock)
        self.reporting = Reporting(journal, clock, home)
        self.ledgers = Ledgers(journal, clock, home)
        self.calendars = Calendars(journal, clock)
        self.upkeep = Upkeep(journal, clock, home, printer, self.reply)

    @classmethod
    def open(cls, home: Path, clock: Clock | None = None, printer: PrinterPort | None = None) -> Desk:
        """The desk of an existing data directory. Raises DeskError when its register cannot be opened."""
        return cls(home, open_store(register_file(home)), clock or SystemClock(), printer or system_port())

    @classmethod
    def create(
        cls, home: Path, profile: UnitProfile, clock: Clock | None = None, printer: PrinterPort | None = None
    ) -> Desk:
        """A new data directory for a unit. Raises DeskError when there is a register already."""
        desk = cls(home, create_store(register_file(home)), clock or SystemClock(), printer or system_port())
        try:
            desk.upkeep.save_unit(profile)
        except BaseException:
            desk.discard()
            raise
        return desk

    def discard(self) -> None:
        """Close and take away a register that was only begun; a refused set-up leaves no trace."""
        self.close()
        discard(register_file(self.home))

    @cached_property
    def practice(self) -> bool:
        """Whether this is the practice desk."""
        return self.upkeep.practice

    def changed_elsewhere(self) -> int:
        """A number that changes when another desk has written to the same file."""
        return self._store.data_version()

    def close(self) -> None:
        """Close the register."""
        self._store.close()


def exists(home: Path) -> bool:
    """Whether a data directory holds a register."""
    return register_file(home).exists()
