"""The one SQLite file: opened safely, written through one door, its errors said in Chinese.

WAL, foreign keys, synchronous=FULL; every write runs in :meth:`Store.write`, a BEGIN IMMEDIATE transaction, so that two
desks on one file never read a number before either has written it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from deskapp.errors import DeskError, os_reason
from deskapp.paths import make_private, on_network_share
from deskapp.register.migrations import migrations

APPLICATION_ID = 0x4445534B  # "DESK" in the file's header tells our register from any other SQLite file
MAGIC = b"SQLite format 3\x00"
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
BUSY_MS = 5000

Row = dict[str, Any]


def explain(error: sqlite3.Error, path: Path) -> DeskError:
    """What a database error means to the person at the counter."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    kept = "刚才这一步没有存上，以前存的都在。"
    if code == sqlite3.SQLITE_FULL or "disk I/O" in str(error):
        return DeskError("磁盘满了或者写不进去。", kept, "请清理磁盘，或者检查磁盘和U盘，然后再试。")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DeskError("登记簿现在是只读的。", kept, "请检查文件和文件夹的权限，或者请管理员处理。")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DeskError(
            f"登记簿文件 {path.name} 已经损坏。",
            "程序不再往里写，以免损失扩大。",
            "请用最近的备份恢复：deskapp restore 备份文件 --to 新文件夹。",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DeskError("登记簿正被另一个窗口占用。", kept, "请等几秒再试；一直这样就关掉另一个窗口。")
    if code == sqlite3.SQLITE_CONSTRAINT and "case_no" in str(error):
        return DeskError("这个登记号已经有了。", kept, "请查一查是不是重复登记或者重复导入。")
    if code == sqlite3.SQLITE_CANTOPEN:
        return DeskError(f"打不开登记簿 {path}。", "可能没有权限，或者文件夹不在了。", "请检查文件夹和权限。")
    return DeskError("登记簿读写出错。", kept, "请再试一次；仍然不行就运行 deskapp check。")


class Store:
    """An open register. Not for use without :func:`open_store` or :func:`create_store`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self.db = Database(connection, execute_plugins=False, strict=True)

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One transaction, all or nothing; a nested call joins the outer one. Raises DeskError on a database error."""
        with self._lock:
            if self._connection.in_transaction:
                yield self.db
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self.db
                except BaseException:
                    self._connection.rollback()
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise explain(error, self.path) from error

    def query(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """The rows of a SELECT as dictionaries. Raises DeskError on a database error."""
        with self._lock:
            try:
                cursor = self._connection.execute(sql, params)
                names = [column[0] for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def vacuum_into(self, target: Path) -> None:
        """A clean copy of the whole file at ``target``, which must not exist."""
        with self._lock:
            try:
                self._connection.execute("VACUUM INTO ?", (str(target),))
            except sqlite3.Error as error:
                raise explain(error, target) from error
        with suppress(OSError):  # a stick formatted for Windows knows no permissions
            target.chmod(0o600)

    def data_version(self) -> int:
        """A number that changes when another process has written to the file."""
        return int(self.query("PRAGMA data_version")[0]["data_version"])

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        with self._lock:
            self._connection.close()


def create_store(path: Path) -> Store:
    """A new register at ``path``. Raises DeskError when something is there already or it cannot be written."""
    refuse_network(path)
    if path.exists():
        raise DeskError(f"{path.parent} 里已经有登记簿了。", "程序不会覆盖它。", "请换一个文件夹。")
    try:
        make_private(path.parent)
    except OSError as error:
        raise DeskError(
            f"不能建立文件夹 {path.parent}。", f"{os_reason(error)}。", "请换一个文件夹或者检查权限。"
        ) from error
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise DeskError(f"{path.parent} 里已经有登记簿了。", "另一个窗口刚刚建立了它。", "请重新打开。") from error
    except OSError as error:
        raise DeskError(
            f"不能在 {path.parent} 里建立登记簿。", f"系统说：{os_reason(error)}。", "请换一个文件夹或者检查权限。"
        ) from error
    try:
        return _prepare(path, new=True)
    except DeskError:
        discard(path)
        raise


def discard(path: Path, keep_folder: bool = False) -> None:
    """Take away a file that was only begun, and its directory if nothing else is in it and it is not to be kept."""
    for leftover in (path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm", "-journal"))):
        leftover.unlink(missing_ok=True)
    if not keep_folder:
        with suppress(OSError):
            path.parent.rmdir()


def open_store(path: Path, for_work: bool = True) -> Store:
    """The register at ``path``. Raises DeskError when it is absent, foreign, damaged, newer, or on a network share.

    A backup that is only to be looked at (not ``for_work``) may lie on a network share.
    """
    if for_work:
        refuse_network(path)
    if path.exists() and not path.is_file():
        raise DeskError(f"{path} 不是一个文件。", "程序没有动它。", "请核对数据文件夹。")
    if not path.exists():
        raise DeskError(
            f"{path.parent} 里没有登记簿。",
            "",
            "第一次使用请先运行 deskapp init UNIT.toml，或者直接运行 deskapp 填写单位资料。",
        )
    try:
        with path.open("rb") as stream:
            head = stream.read(len(MAGIC))
    except OSError as error:
        raise DeskError(f"打不开登记簿 {path}。", f"系统说：{os_reason(error)}。", "请检查权限。") from error
    if head != MAGIC:
        raise DeskError(
            f"{path.name} 不是登记簿文件，或者已经损坏。",
            "程序没有动它。",
            "请用最近的备份恢复：deskapp restore 备份文件 --to 新文件夹。",
        )
    return _prepare(path, new=False)


def refuse_network(path: Path) -> None:
    """Raise DeskError when a register would lie on a network share, where WAL is not safe."""
    if on_network_share(path.parent):
        raise DeskError(
            f"{path.parent} 在网络共享文件夹上。",
            "断网时会损坏登记簿，所以不能放在那里。",
            "请放在本机的硬盘上，再用备份文件交换。",
        )


def _prepare(path: Path, new: bool) -> Store:
    """Connect, check whose file it is, and bring its shape up to date."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DeskError(
            f"这台机器的 SQLite 是 {sqlite3.sqlite_version}。", "程序需要3.37以上的版本。", "请安装较新的 Python。"
        )
    try:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    store = Store(path, connection)
    try:
        _check_owner(store, new)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        _migrate(store, new)
    except sqlite3.Error as error:
        connection.close()
        raise explain(error, path) from error
    except DeskError:
        connection.close()
        raise
    return store


def _check_owner(store: Store, new: bool) -> None:
    if new:
        store.query(f"PRAGMA application_id={APPLICATION_ID}")
    elif store.query("PRAGMA application_id")[0]["application_id"] != APPLICATION_ID:
        raise DeskError(f"{store.path.name} 是别的程序的数据库。", "程序没有动它。", "请核对数据文件夹。")


def _migrate(store: Store, new: bool) -> None:
    """Apply what is pending in one write transaction; a copy is kept first when the file holds data."""
    known = {m.name for m in migrations.pending(Database(memory=True))}
    applied = {m.name for m in migrations.applied(store.db)}
    if applied - known:
        raise DeskError(
            "登记簿是较新版本的程序建立的。", "旧程序可能看不懂，所以没有打开。", "请安装新版本的 deskapp。"
        )
    if not known - applied:
        return
    if not new and applied:
        copy = store.path.with_name(f"{store.path.stem}-升级前-{len(applied)}.db")
        if not copy.exists():
            store.vacuum_into(copy)
    with store.write() as db:
        migrations.apply(db)
