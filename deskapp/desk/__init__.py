"""The desk: the only door for screens and commands, and the one composition root.

``Desk`` opens a data directory. What it offers is ordered by subjects, each with its own ``moments``: cases, sheets, reading,
office, reporting, training. Each act is one method of one moment; what a moment needs of another is handed to it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock, SystemClock
from deskapp.desk.office.startup import Startup
from deskapp.desk.reporting.moments import ReportingMoments
from deskapp.desk.training.moments import TrainingMoments
from deskapp.paths import register_file
from deskapp.printing.port import PrinterPort
from deskapp.printing.system import system_port
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.opening import create_store, discard, open_store
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.desk.office.erasing import Erasing
    from deskapp.desk.office.upkeep import Upkeep
    from deskapp.desk.reading.visitors import Visitors
    from deskapp.unit import UnitProfile

NO_WORD = "~"  # fits nothing


class Desk(ReportingMoments, TrainingMoments):
    """One data directory, open. Use :meth:`open` or :meth:`create`. A moment is made, and its module read, when it is first
    asked for: the board does not wait for the press, and the first picture not even for the journal."""

    def __init__(self, home: Path, store: Store, clock: Clock, printer: PrinterPort) -> None:
        super().__init__(home, store, clock, printer)
        self.startup = Startup(store, clock)

    @property
    def key(self) -> RegisterKey:
        """What the register is encrypted with; none for one in the clear."""
        return self._store.key

    # What needs two subjects at once is put together here.

    @cached_property
    def visitors(self) -> Visitors:
        """Somebody reads alone."""
        from deskapp.desk.reading import visitors

        return visitors.Visitors(
            self._journal,
            self.clock,
            self.sheets,
            lambda: self.machine.printer,
            lambda entry: self.catalogue.text(entry),
            lambda: self.questions,
            lambda: self.machine.duty,
        )

    @cached_property
    def upkeep(self) -> Upkeep:
        """Unit, doctor, backup."""
        from deskapp.desk.office import upkeep

        return upkeep.Upkeep(
            self._journal,
            self.clock,
            self.home,
            self._printer,
            lambda: self.reply,
            lambda: self.catalogue,
            self.heads,
            self.locking,
        )

    @cached_property
    def erasing(self) -> Erasing:
        """People are forgotten."""
        from deskapp.desk.office import erasing

        return erasing.Erasing(self._journal, self.clock, self.home, self.sheets, lambda: self.upkeep.daily_backup())

    @classmethod
    def open(
        cls,
        home: Path,
        clock: Clock | None = None,
        printer: PrinterPort | None = None,
        key: RegisterKey = IN_THE_CLEAR,
    ) -> Desk:
        """The desk of an existing data directory; ``key`` is that of an encrypted register. Raises DeskError when it cannot be opened,
        with the code LOCKED where it needs a key."""
        return cls(home, open_store(register_file(home), key=key), clock or SystemClock(), printer or system_port())

    @classmethod
    def create(
        cls, home: Path, profile: UnitProfile, clock: Clock | None = None, printer: PrinterPort | None = None
    ) -> Desk:
        """A new data directory for a unit. Raises DeskError when there is a register already."""
        desk = cls(home, create_store(register_file(home)), clock or SystemClock(), printer or system_port())
        desk.heads.begin_new()
        try:
            desk.upkeep.save_unit(profile)
        except BaseException:
            desk.discard()
            raise
        return desk

    def __enter__(self) -> Desk:
        """The desk for one command; it is closed afterwards, whatever happens."""
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def discard(self) -> None:
        """Close and take away a register that was only begun; a refused set-up leaves no trace."""
        if "catalogue" in self.__dict__:
            self.catalogue.discard()
        self.close()
        discard(register_file(self.home))

    def warm(self, names: Iterable[str]) -> None:
        """Read what the first search by initials would wait for: the tables of pinyin, the kinds of letter, ``names``."""
        from deskapp.register.matches import fits
        from deskapp.register.tokens import sounds_of

        sounds_of("张")
        self.reply.choices(NO_WORD)
        for name in names:
            fits(NO_WORD, name)

    def close(self) -> None:
        """Close the register, and the catalogue if it was opened."""
        self._presence.close()
        if "papers" in self.__dict__:
            self.papers.close()
        if "redaction" in self.__dict__:
            self.redaction.leave()
        self._store.close()
        if "catalogue" in self.__dict__:
            self.catalogue.close()


def exists(home: Path) -> bool:
    """Whether a data directory holds a register."""
    return register_file(home).exists()
