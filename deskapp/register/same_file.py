"""Whether the file that is open is still the one that lies under its name.

A cloud drive, a colleague's restore or a cleaner may delete, replace or overwrite a register under an open desk. SQLite goes on with the
file it holds, and what is kept then is gone when the desk is closed. So the name is looked at before each write and after it: two
questions to the file system, some microseconds.
"""

from __future__ import annotations

import os
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.register.driver import (
    IN_THE_CLEAR,
    SQLITE_CORRUPT,
    SQLITE_NOTADB,
    Connection,
    RegisterKey,
    code_of,
    connect,
    errors,
)

TRIES = 50
REPLACED = "replaced"  # the code of the refusal
Look = tuple[int, int, int, int]  # device, file, moment of the last change, size


class SameFile:
    """The file of one connection. ``witness`` is a query with one row that every act changes; where the main file was written by
    somebody else, it must have the same answer through a connection that knows nothing yet."""

    def __init__(self, path: Path, witness: str = "", key: RegisterKey = IN_THE_CLEAR) -> None:
        self._path, self._witness, self._key = path, witness, key
        self._seen = _look(path)

    def check(self, connection: Connection) -> None:
        """Raise DeskError when the file is not there any more, or is another one."""
        now = _look(self._path)
        if now is None or self._seen is None or now[:2] != self._seen[:2]:
            raise self._refusal()
        if now != self._seen and self._witness and not self._agrees(connection):
            raise self._refusal()
        self._seen = now

    def note(self) -> bool:
        """Remember how the file lies there after a write of ours; whether it is still the same."""
        now = _look(self._path)
        same = now is not None and self._seen is not None and now[:2] == self._seen[:2]
        if same:
            self._seen = now
        return same

    def _agrees(self, connection: Connection) -> bool:
        """Another desk may have written the main file, which changes nothing; a copy that was laid over it does, or fits badly to what
        is still in the WAL. The look at every page takes a second or two in a very large file; it is rare."""
        try:
            fresh = connect(self._path, self._key)
            try:
                same = self._same_answer(fresh, connection)
                return bool(same and fresh.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
            finally:
                fresh.close()
        except errors() as error:
            if code_of(error) in (SQLITE_CORRUPT, SQLITE_NOTADB):
                return False
            raise

    def _same_answer(self, fresh: Connection, connection: Connection) -> bool:
        """Whether both connections see one register. Another desk may write between two looks: what the one sees then lies between what
        the other saw before and after."""
        for _ in range(TRIES):
            before, other, after = (x.execute(self._witness).fetchone() for x in (connection, fresh, connection))
            if other in (before, after):
                return True
            if before == after:
                return False
        return True  # others write all the time, and what they write is seen here

    def _refusal(self) -> DeskError:
        return DeskError(
            f"文件 {self._path.name} 不在原处了，或者被换成了另一份。",
            "刚才这一步没有存上：存进去也会丢。",
            "请关掉所有窗口，看一看是不是网盘同步、清理程序或者别人恢复备份动了它；把文件放回原处，或者用最近的备份恢复。",
            code=REPLACED,
        )


def _look(path: Path) -> Look | None:
    """How a file lies there; None when it does not."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
