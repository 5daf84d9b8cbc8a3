"""What a program that was ended by force has left half-written: it may hold the whole register in the clear, so it is named and taken away.

What is being written has a hidden name that says which process writes it (:func:`deskapp.files.begun_name`), in the data directory, in the
folders of the backups and wherever else a file was saved.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from deskapp.desk.office.finding import REPAIR, DoctorFinding, some_of
from deskapp.files import STALE_S, is_left, is_old_begun
from deskapp.paths import VIEWED


def leftovers(home: Path, elsewhere: Iterable[Path]) -> list[Path]:
    """The files that nobody writes to any more: in the data directory and all below it, and in the folders of known backups, where another
    machine may be at work, so that only time tells. Folders that cannot be read hold none."""
    below = (Path(folder) / name for folder, _, names in os.walk(home) for name in names)
    found = [path for path in below if is_left(path) or _was_shown(path)]
    for folder in dict.fromkeys(elsewhere):
        with suppress(OSError):
            found += [path for path in folder.iterdir() if is_old_begun(path)]
    return sorted(dict.fromkeys(found))


def _was_shown(path: Path) -> bool:
    """Whether this is a copy that was looked at and has not been taken away."""
    with suppress(OSError):
        return path.parent.name == VIEWED and time.time() - path.stat().st_mtime > STALE_S
    return False


def leftover_findings(home: Path, elsewhere: Iterable[Path]) -> Iterator[DoctorFinding]:
    """What the doctor says of them."""
    if found := leftovers(home, elsewhere):
        message = f"有{len(found)}个文件只写了一半，是程序被强行关掉时留下的，里面可能有登记簿的内容：{some_of([str(path) for path in found])}。"
        yield DoctorFinding("leftovers", message, f"{REPAIR.rstrip('。')}，并删去这些文件。", fault=False)


def clear_leftovers(home: Path, elsewhere: Iterable[Path]) -> int:
    """Take them away; how many. One that cannot be is left, and the doctor goes on naming it."""
    cleared = 0
    for path in leftovers(home, elsewhere):
        with suppress(OSError):
            path.unlink()
            cleared += 1
    return cleared
