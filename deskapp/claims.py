"""Claims: who works in a folder alone holds a lock on a hidden file in it.

The system gives a lock up when the program ends, however it ends, so that nothing has to be cleared away before the next one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

CLAIM = ".claim"  # the name of the file
_TRIES = 20


def hold(descriptor: int) -> bool:
    """Whether a file that is open is locked now, and by nobody else."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def claimed(folder: Path) -> Iterator[bool]:
    """Whether a folder is ours as long as the block takes; False where another program has it. Raises OSError where no file can be made."""
    path = folder / CLAIM
    held = _held(path)
    try:
        yield held is not None
    finally:
        if held is not None:
            _give_up(path, held)


def _held(path: Path) -> int | None:
    """The file with its lock; None where somebody else has it."""
    for _ in range(_TRIES):
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not hold(held):
            os.close(held)
            return None
        if _is_still(path, held):
            return held
        os.close(held)  # who had it before has just taken the file away
    return None


def _is_still(path: Path, held: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(held))
    except OSError:
        return False


def _give_up(path: Path, held: int) -> None:
    """Take the file away while it is still ours; Windows takes away only what is closed."""
    if sys.platform == "win32":
        with suppress(OSError):
            os.close(held)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    if sys.platform != "win32":
        with suppress(OSError):
            os.close(held)
