"""Which desks are open on a data directory: each that keeps something half-filled has a file there and holds a lock on it.

The system gives the lock up when a program ends, however it ends, so that a desk that was killed is known to be gone at once. A desk of
another machine cannot be asked: it is taken for open while its file was touched lately, which keeping a form does.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from deskapp.claims import hold
from deskapp.files import begun_name

SUFFIX = ".window"
LATELY_S = 600.0
_OWNER = re.compile(r"(?P<host>[A-Za-z0-9-]*)~[0-9a-f]{12}")
_LONGEST_HOST = 40


def this_host() -> str:
    """What this machine is called, as far as it may stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:_LONGEST_HOST]


def host_of(owner: str) -> str:
    """The machine of a desk; empty for what is no desk's name."""
    found = _OWNER.fullmatch(owner)
    return found["host"] if found else ""


class Presence:
    """One desk on one data directory. ``owner`` is its name, which nobody else has."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.owner = f"{this_host()}~{os.urandom(6).hex()}"
        self._held: int | None = None

    def show(self) -> None:
        """From now on others see that this desk is open. A folder that takes no file is no reason to stop: it is only less sure then."""
        with suppress(OSError):
            if self._held is None:
                self._clear_away()
                self._held = self._begin()
            os.utime(self._file(self.owner))

    def _begin(self) -> int:
        """The file with its lock; it has its name when it is locked."""
        target = self._file(self.owner)
        path = target if sys.platform == "win32" else self._home / begun_name("open")
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        hold(held)
        if path != target:
            os.replace(path, target)
        return held

    def is_open(self, owner: str) -> bool:
        """Whether the desk of that name is open, as far as can be seen from here."""
        if owner == self.owner:
            return True
        path = self._file(owner)
        try:
            if host_of(owner) != this_host():
                return time.time() - path.stat().st_mtime < LATELY_S
            held = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            return not hold(held)
        finally:
            os.close(held)

    def close(self) -> None:
        """This desk is open no more."""
        if self._held is not None:
            with suppress(OSError):
                os.close(self._held)
            with suppress(OSError):
                self._file(self.owner).unlink(missing_ok=True)
            self._held = None

    def _clear_away(self) -> None:
        """The files of desks that ended without closing."""
        for path in self._home.glob(f".*{SUFFIX}"):
            owner = path.name.removesuffix(SUFFIX)[1:]
            if host_of(owner) and not self.is_open(owner):
                path.unlink(missing_ok=True)

    def _file(self, owner: str) -> Path:
        return self._home / f".{owner}{SUFFIX}"
