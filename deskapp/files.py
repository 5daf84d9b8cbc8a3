"""Files that hold persons: written aside, open to their owner alone from the first byte, on the disk before they are called written.

Everything the program writes beside its registers goes through :func:`written`. What is cleared away goes through :func:`gone`, which
hides no cause: a stick that was pulled refuses the clean-up as well.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError, InPlace, os_reason

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a file
STALE_S = 3600.0  # after so long nobody writes to what was begun any more
_BEGUN = re.compile(r"\.[0-9a-f]{16}\.(part|open)(-wal|-shm|-journal)?")
_MOST_PID = 0xFFFFFFFF
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EISDIR)  # file systems that cannot sync a folder


def begun_name(ending: str = "part") -> str:
    """A hidden name for a file that is only begun; its first half is the process that began it."""
    return f".{os.getpid() & _MOST_PID:08x}{os.urandom(4).hex()}.{ending}"


def is_begun(path: Path) -> bool:
    """Whether a file is one that was only begun, by its name."""
    return bool(_BEGUN.fullmatch(path.name))


def is_old_begun(path: Path) -> bool:
    """Whether a file was begun so long ago that nobody writes to it any more, whoever it was."""
    with suppress(OSError):
        return is_begun(path) and time.time() - path.stat().st_mtime > STALE_S
    return False


def is_left(path: Path) -> bool:
    """Whether a file that this machine began will not be finished: its process is gone, or it was begun long ago."""
    return is_begun(path) and (not _may_live(int(path.name[1:9], 16)) or is_old_begun(path))


def _may_live(pid: int) -> bool:
    """Whether there may be such a process. Windows tells nobody without doing something to it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return pid > 0


@contextmanager
def written(target: Path, replace: bool = False) -> Iterator[Path]:
    """An empty file beside ``target`` to write to. When the block ends it is synced, takes the name of ``target``, and the folder is
    synced; when anything fails nothing is left of it, and what was at ``target`` is whole.

    Raises OSError, FileExistsError where ``target`` is there and not to be replaced.
    """
    if replace:
        target = Path(os.path.realpath(target))  # a link stays a link
    elif os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = target.with_name(begun_name())
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        sync_file(part)
        put_in_place(part, target, replace)
    finally:
        gone(part)


def put_in_place(part: Path, target: Path, replace: bool = False) -> None:
    """Give a file that is whole and synced its name, and sync the folder. Raises OSError; a new file is taken away again then, InPlace where
    it could not be, or took the place of another."""
    if not replace and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    os.replace(part, target)
    _settle(target, replace)


def _settle(target: Path, replace: bool = False) -> None:
    """Sync the folder of a file that has just got its name. Raises OSError, InPlace."""
    try:
        sync_folder(target.parent)
    except OSError as error:
        if not replace:
            gone(target)
        if os.path.lexists(target):
            raise InPlace(error.errno, error.strerror, str(target)) from error
        raise


def name_new(part: Path, target: Path) -> None:
    """Give a file that is whole and synced a name that nobody else has given at the same moment, and sync the folder. Raises OSError,
    FileExistsError where somebody was faster."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        put_in_place(part, target)
        return
    _settle(target)


def write_bytes(target: Path, content: bytes, replace: bool = False) -> None:
    """Write a file of these bytes the same way. Raises OSError."""
    with written(target, replace) as part:
        part.write_bytes(content)


def copy_file(source: Path, target: Path, replace: bool = False) -> None:
    """Copy a file the same way. Raises OSError."""
    with written(target, replace) as part:
        shutil.copyfile(source, part)


def sync_file(path: Path) -> None:
    """Return when the bytes of a file are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk, where the file system can say so. Raises OSError."""
    if sys.platform == "win32":
        return  # Windows opens no folder; the name is in its own journal
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def gone(path: Path) -> None:
    """Take a file away with what SQLite keeps beside it; one that cannot be taken away is left, and the cause that led here is told."""
    for one in (path.with_name(path.name + tail) for tail in BESIDE):
        for _ in range(2):  # what holds persons is not left lying for one refusal
            with suppress(OSError):
                one.unlink(missing_ok=True)
                break


def sweep(folder: Path) -> int:
    """Take away what was begun in a folder long ago and never finished, as after a power cut; how many files."""
    swept = 0
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if is_old_begun(path)]:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def read_json(path: Path) -> Any:
    """The content of a JSON file. Raises DeskError when there is none or it is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise DeskError(f"没有找到文件 {path}。", "", "请核对文件名和位置。") from error
    except OSError as error:
        raise DeskError(f"文件 {path.name} 读不出来：{os_reason(error)}。", "", "请检查文件和权限。") from error
    except (ValueError, RecursionError) as error:
        raise DeskError(f"文件 {path.name} 不是能读的 JSON。", "", "请核对内容，编码用 UTF-8。") from error
