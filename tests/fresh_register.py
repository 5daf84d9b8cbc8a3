"""A register in which nothing has happened yet: made once for each day by the program itself, and then only copied.

Making one takes a dozen steps of migration and several waits for the disk, fifteen times as long as opening it; thousands of tests begin
with one.
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from deskapp.clock import Clock, FixedClock
from deskapp.desk import Desk
from deskapp.paths import make_private, register_file
from deskapp.printing.file import NoPrinterPort
from deskapp.printing.port import PrinterPort
from deskapp.unit import UnitProfile


@cache
def _made_on(day: date, profile: UnitProfile) -> bytes:
    """The file of a register that was made on a day for a unit."""
    with TemporaryDirectory() as folder:
        Desk.create(Path(folder), profile, FixedClock(day), NoPrinterPort()).close()
        return register_file(Path(folder)).read_bytes()


def fresh_desk(home: Path, profile: UnitProfile, clock: Clock, printer: PrinterPort) -> Desk:
    """What :meth:`deskapp.desk.Desk.create` gives, which is asked itself where anything lies in ``home`` already or the clock runs."""
    file = register_file(home)
    if (home.exists() and any(home.iterdir())) or not isinstance(clock, FixedClock):
        return Desk.create(home, profile, clock, printer)
    made = _made_on(clock.today(), profile)
    make_private(home)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(made)
    desk = Desk.open(home, clock, printer)
    desk.heads.begin_new()
    clock.now()  # at which the unit was kept
    return desk
