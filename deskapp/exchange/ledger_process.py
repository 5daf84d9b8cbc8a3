"""Reading ahead: a large ledger is read and checked by a second process while the first one writes.

The reader (``python -P -m deskapp.exchange.ledger_process FILE DAY``) sends the heading and its warnings, parts of lines, an empty
part, and the warnings as they are then. A refusal is raised where its lines are awaited; a reader that is not needed any
more is stopped.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.ledger import Ledger, LedgerLine

LARGE = 2_000_000  # bytes of a file from which a second process is worth its start
NOT_FROM_HERE = ("-P",)  # the folder one stands in, a stick for instance, is no place to look for code in
PART = 500  # lines sent at a time


class AheadLedger:
    """A ledger like :class:`deskapp.exchange.ledger.Ledger`, read by a process of its own."""

    def __init__(self, path: Path, today: date) -> None:
        """Start the reader and wait for the heading. Raises DeskError as a Ledger does."""
        command = [
            sys.executable,
            *NOT_FROM_HERE,
            "-m",
            "deskapp.exchange.ledger_process",
            str(path),
            today.isoformat(),
        ]
        self._reader = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.names: list[str]
        self.warnings: tuple[str, ...]
        self.names, self.warnings = self._next()

    def _next(self) -> Any:
        """What the reader sends next: heading and warnings, lines, or its refusal, which is raised."""
        assert self._reader.stdout is not None
        try:
            sent = pickle.load(self._reader.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            self.close()
            raise DeskError("台账读到一半停了。", "没有导入。", "请再试一次；仍然不行就把台账分成几份。") from error
        if isinstance(sent, DeskError):
            self.close()
            raise sent
        return sent

    def __iter__(self) -> Iterator[LedgerLine]:
        """The lines, as they come over."""
        try:
            while part := self._next():
                yield from part
            self.warnings = self._next()
        finally:
            self.close()

    def close(self) -> None:
        """Stop the reader."""
        self._reader.kill()
        if self._reader.stdout is not None:
            self._reader.stdout.close()
        self._reader.wait()


def send_ledger(path: Path, today: date) -> Iterator[object]:
    """What a reader sends, one thing after another."""
    try:
        ledger = Ledger(path, today)
        yield ledger.names, ledger.warnings
        part: list[LedgerLine] = []
        for line in ledger:
            part.append(line)
            if len(part) == PART:
                yield part
                part = []
        if part:
            yield part
        yield []
        yield ledger.warnings
    except DeskError as error:
        yield error


def open_ledger(path: Path, today: date) -> Ledger | AheadLedger:
    """A ledger, read ahead when it is large. Raises DeskError when it cannot be read or lacks a required column."""
    large = path.is_file() and path.stat().st_size >= LARGE and bool(sys.executable)
    return AheadLedger(path, today) if large else Ledger(path, today)


if __name__ == "__main__":
    for thing in send_ledger(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])):
        pickle.dump(thing, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
