"""The one SQLite file: read and written through one door, its errors said in Chinese.

Every write runs in :meth:`Store.write`, a BEGIN IMMEDIATE transaction, so that two desks on one file never read a number
before either has written it. :mod:`deskapp.register.opening` opens and creates files.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.errors import DeskError
from deskapp.register import driver
from deskapp.register.driver import IN_THE_CLEAR, Connection, RegisterKey, code_of, errors
from deskapp.register.same_file import SameFile

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTER_BOOK = "登记簿"
DAMAGED = "damaged"  # the code of a file that is no (whole) register
UNCERTAIN = "uncertain"  # the code where nobody knows whether a step was kept
CHUNK = 500  # rows read at a time

Row = dict[str, Any]


def explain(error: Exception, path: Path, book: str = REGISTER_BOOK, shown: str = "") -> DeskError:
    """What a database error means to the person at the counter; ``book`` is what the file is, ``shown`` its name in sentences
    where that is not its own."""
    code = code_of(error)
    kept = "刚才这一步没有存上，以前存的都在。"
    if code in (driver.SQLITE_FULL, driver.SQLITE_IOERR):
        return DeskError("磁盘满了或者写不进去。", kept, "请清理磁盘，或者检查磁盘和U盘，然后再试。")
    if code in (driver.SQLITE_READONLY, driver.SQLITE_PERM):
        return DeskError(f"{book}现在是只读的。", kept, "请检查文件和文件夹的权限，或者请管理员处理。")
    if code in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB):
        return DeskError(
            f"{book}文件 {shown or path.name} 已经损坏。",
            "程序不再往里写，以免损失扩大。",
            "请用最近的备份恢复：deskapp restore 备份文件 --to 新文件夹。"
            if book == REGISTER_BOOK
            else "登记簿没有受影响。请把它移走，再导入一次目录。",
            code=DAMAGED,
        )
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
        return DeskError(f"{book}正被另一个窗口占用。", kept, "请等几秒再试；一直这样就关掉另一个窗口。")
    if code == driver.SQLITE_NOMEM:
        return DeskError(
            f"读写{book}时内存不够。", kept, "请关掉别的程序再试；仍然不行，可能是文件损坏，请运行 deskapp check。"
        )
    if code == driver.SQLITE_CONSTRAINT and "case_no" in str(error):
        return DeskError("这个登记号已经有了。", kept, "请查一查是不是重复登记或者重复导入。")
    if code == driver.SQLITE_CANTOPEN:
        return DeskError(
            f"打不开{book} {shown or path}。", "可能没有权限，或者文件夹不在了。", "请检查文件夹和权限。"
        )
    return DeskError(f"{book}读写出错。", kept, "请再试一次；仍然不行就运行 deskapp check。")


def _uncertain() -> DeskError:
    """What can be said when nobody knows."""
    return DeskError(
        "磁盘读写出错，不能确定刚才这一步有没有存上。",
        "可能存上了，也可能没有；以前存的都在。",
        "请关掉程序，检查磁盘和U盘，再打开看一看：已经有了的，不要重做。",
        code=UNCERTAIN,
    )


class Undone(Exception):  # no error: what was tried is taken back
    """Raised inside of a write by somebody who wants nothing of it to be kept."""


class Store:
    """An open register. Not for use without :func:`open_store` or :func:`create_store`. ``key`` is what it is encrypted with."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        book: str = REGISTER_BOOK,
        shown: str = "",
        key: RegisterKey = IN_THE_CLEAR,
    ) -> None:
        self.path, self._book, self._shown = path, book, shown
        self.key = key if driver.is_locked(connection) else IN_THE_CLEAR
        self._connection = connection
        self._same: SameFile | None = None
        self.upgraded: Path | None = (
            None  # the copy from before this opening brought the file into the shape of this version
        )
        self.only_read = ""  # why nothing can be written, for a file that was opened to be read alone
        self.after_write: Callable[[], None] = lambda: None
        self._lock = threading.RLock()

    @cached_property
    def db(self) -> Database:
        """The file as the library sees it, for the steps that change its shape."""
        import sqlite_utils  # an ordinary start does not need it

        return sqlite_utils.Database(self._connection, execute_plugins=False, strict=True)

    @property
    def read_alone(self) -> str:
        """That nothing can be written, and what can be done all the same; empty where it can."""
        return f"{self.only_read}现在只能看、导出、备份到别处，不能登记和发文。" if self.only_read else ""

    def watch(self, witness: str = "") -> None:
        """From now on refuse to write when the file is not the one under its name any more; see :class:`SameFile`."""
        self._same = SameFile(self.path, witness, self.key)

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, all or nothing; a nested call joins the outer one. Raises DeskError on a database error."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            if self.only_read:
                raise DeskError(
                    self.only_read,
                    "现在只能看、导出、备份到别处；这一步没有存上。",
                    "请清理磁盘，或者请管理员处理，再打开一次。",
                )
            try:
                if self._same:
                    self._same.check(self._connection)
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    self._connection.rollback()
                    raise
            except errors() as error:
                self._roll_back()
                raise explain(error, self.path, self._book, self._shown) from error
            self._commit()
        self.after_write()

    def _commit(self) -> None:
        """End the transaction. Where the disk fails at this moment its last page may be there or not, so that a new start would take it
        in: only a write that follows and succeeds settles it, else nobody knows."""
        try:
            self._connection.execute("COMMIT")
        except errors() as error:
            self._roll_back()
            if code_of(error) == driver.SQLITE_IOERR and not self._settles():
                raise _uncertain() from error
            raise explain(error, self.path, self._book, self._shown) from error
        if self._same and not self._same.note():
            raise _uncertain()

    def _roll_back(self) -> None:
        with suppress(*errors()):
            if self._connection.in_transaction:
                self._connection.rollback()

    def _settles(self) -> bool:
        """Whether a transaction without meaning takes the place of the one that failed."""
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(f"PRAGMA user_version={version}")
            self._connection.execute("COMMIT")
        except errors():
            self._roll_back()
            return False
        return True

    def query(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """The rows of a SELECT as dictionaries. Raises DeskError on a database error."""
        with self._lock:
            try:
                cursor = self._connection.execute(sql, params)
                names = [column[0] for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            except errors() as error:
                raise explain(error, self.path, self._book, self._shown) from error

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The single value of a SELECT; None without a row. Raises DeskError on a database error."""
        with self._lock:
            try:
                row = self._connection.execute(sql, params).fetchone()
            except errors() as error:
                raise explain(error, self.path, self._book, self._shown) from error
        return row[0] if row else None

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of a SELECT one after another, without holding them all. Raises DeskError on a database error."""
        try:
            with self._lock:
                cursor = self._connection.execute(sql, params)
                names = [column[0] for column in cursor.description or ()]
                rows = cursor.fetchmany(CHUNK)
            while rows:
                yield from (dict(zip(names, row, strict=True)) for row in rows)
                with self._lock:
                    rows = cursor.fetchmany(CHUNK)
        except errors() as error:
            raise explain(error, self.path, self._book, self._shown) from error

    def execute(self, sql: str, params: Sequence[Any] | Row = ()) -> None:
        """One statement that writes; only inside :meth:`write`, which says what an error means."""
        self._connection.execute(sql, params)

    def execute_each(self, sql: str, rows: Sequence[Sequence[Any] | Row]) -> None:
        """One statement for each of several rows; only inside :meth:`write`."""
        self._connection.executemany(sql, rows)

    @contextmanager
    def any_bytes(self) -> Iterator[None]:
        """Read texts whatever their bytes, for a file whose texts may be damaged."""
        before = self._connection.text_factory
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            yield
        finally:
            self._connection.text_factory = before

    def vacuum_into(self, target: Path) -> None:
        """A clean copy of the whole file into ``target``, which is empty and private."""
        with self._lock:
            try:
                self._connection.execute("VACUUM INTO ?", (str(target),))
            except errors() as error:
                if code_of(error) not in (driver.SQLITE_FULL, driver.SQLITE_IOERR, driver.SQLITE_READONLY):
                    raise explain(error, target) from error
                raise DeskError(
                    f"{target.parent} 所在的磁盘满了或者写不进去。",
                    "这一份没有写成，登记簿没有动。",
                    "请清理那个磁盘，或者检查U盘、换一个地方，然后再试。",
                ) from error

    def rewrite(self) -> None:
        """Write the whole file anew, without what was deleted, and empty its log. Raises DeskError, with the file as it was, where that
        cannot be done now."""
        with self._lock:
            try:
                self._connection.execute("VACUUM")
                busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except errors() as error:
                raise explain(error, self.path, self._book, self._shown) from error
        if busy:
            raise DeskError(
                f"{self._book}正被另一个窗口占用。", "旧的内容还留在文件里。", "请关掉别的窗口，再做一次。"
            )

    def data_version(self) -> int:
        """A number that changes when another process has written to the file."""
        return int(self.query("PRAGMA data_version")[0]["data_version"])

    def close_whole(self) -> None:
        """Close a file that is to be moved: with everything in it and nothing beside it. Raises DeskError where the disk did not take in
        what was still in its log; closing alone says nothing of that."""
        self.close()
        log = self.path.with_name(self.path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise DeskError(
                "磁盘满了或者写不进去。", "新的文件不完整，没有使用。", "请清理磁盘，或者检查磁盘和U盘，然后再试。"
            )

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        with self._lock:
            self._connection.close()
