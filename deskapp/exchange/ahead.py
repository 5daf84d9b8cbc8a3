"""Reading ahead: a large ledger is read and checked by a second process while the first one writes.

Lines come over in parts; a reader that is not needed any more is stopped. A refusal of the reader is raised where its
lines are awaited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.ledger import Ledger, Line

LARGE = 2_000_000  # bytes of a file from which a second process is worth its start
PART = 500  # lines sent at a time


class AheadLedger:
    """A ledger like :class:`deskapp.exchange.ledger.Ledger`, read by a process of its own."""

    def __init__(self, path: Path, today: date) -> None:
        """Start the reader and wait for the heading. Raises DeskError as a Ledger does."""
        context = get_context("spawn")  # a copy of this process would share its open register
        self._lines, far = context.Pipe(duplex=False)
        self._reader = context.Process(target=_read, args=(path, today, far), daemon=True)
        self._reader.start()
        far.close()
        self.names, self.warnings = self._next()

    def _next(self) -> Any:
        """What the reader sends next: heading and warnings, lines, or its refusal, which is raised."""
        try:
            sent = self._lines.recv()
        except EOFError as error:
            raise DeskError("台账读到一半停了。", "没有导入。", "请再试一次；仍然不行就把台账分成几份。") from error
        if isinstance(sent, DeskError):
            raise sent
        return sent

    def __iter__(self) -> Iterator[Line]:
        """The lines, as they come over."""
        try:
            while part := self._next():
                yield from part
            self.warnings = self._next()
        finally:
            self.close()

    def close(self) -> None:
        """Stop the reader."""
        self._lines.close()
        self._reader.terminate()
        self._reader.join()


def _read(path: Path, today: date, far: Connection) -> None:
    """The work of the reader: heading and warnings, parts of lines, an empty part, the warnings as they are then."""
    with suppress(BrokenPipeError, KeyboardInterrupt):
        try:
            ledger = Ledger(path, today)
            far.send((ledger.names, ledger.warnings))
            part: list[Line] = []
            for line in ledger:
                part.append(line)
                if len(part) == PART:
                    far.send(part)
                    part = []
            if part:
                far.send(part)
            far.send([])
            far.send(ledger.warnings)
        except DeskError as error:
            far.send(error)


def open_ledger(path: Path, today: date) -> Ledger | AheadLedger:
    """A ledger, read ahead when it is large. Raises DeskError when it cannot be read or lacks a required column."""
    large = path.is_file() and path.stat().st_size >= LARGE
    return AheadLedger(path, today) if large else Ledger(path, today)
