"""Opening the register: whose file it is, in what shape, and how it comes into the shape of this version.

WAL, foreign keys, synchronous=FULL. Before a file of an older version is changed a copy of it is kept; the change itself
is one transaction, so that of two programs that start together one does it and the other finds it done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deskapp.claims import claimed
from deskapp.errors import DeskError, os_reason
from deskapp.files import begun_name, gone, is_begun, name_new, sync_file, written
from deskapp.paths import (
    BACKUPS,
    CATALOGUE,
    KEYS,
    LETTERS,
    PAPERS,
    REPORTS,
    TEXTS,
    make_private,
    on_network_share,
)
from deskapp.register import driver
from deskapp.register.driver import IN_THE_CLEAR, Connection, RegisterKey, code_of, connect, errors
from deskapp.register.keyring import slots_in
from deskapp.register.store import DAMAGED, Store, explain
from deskapp.register.versions import STEPS

APPLICATION_ID = 0x4445534B  # "DESK" in the file's header tells our register from any other SQLite file
# No file of ours is ever opened past SQLite while it may be in use: closing it would drop the locks that this process holds on it, and
# the next program would take itself for the only one and throw away what is not yet in the main file.
SMALLEST = 512  # bytes: a page of the smallest database
KEYS_MISSING = "keys_missing"  # the code of an encrypted one whose passwords are gone
SIGNS_OF_CIPHER = 240  # different bytes of a page from which it is no text and no page of a database, but encrypted
LOCKED = "locked"  # the code of a register that needs a password
MISSING = "missing"  # the code of one that is gone from a folder where its other things still lie
REMAINS = (
    CATALOGUE,
    TEXTS,
    PAPERS,
    LETTERS,
    REPORTS,
    BACKUPS,
    KEYS,
)  # what nothing but a register that was used leaves
PASSWORD_FILE = "DESKAPP_PASSWORD_FILE"  # in the environment: a file whose first line is the password
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
KEPT = ("events", "letters", "cases", "records", "drafts")
WITNESS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in KEPT)  # what acts change
BUSY_MS = 5000
UNWRITABLE = (
    driver.SQLITE_CANTOPEN,
    driver.SQLITE_READONLY,
    driver.SQLITE_PERM,
    driver.SQLITE_FULL,
    driver.SQLITE_IOERR,
)
CACHE_KB = 64_000  # used as far as it is needed: a long import would else write its pages out again and again


def create_store(path: Path) -> Store:
    """A new register at ``path``; one that was made and never used is taken up, as after a power cut. It is made aside and takes its name
    whole. Raises DeskError when a used one is there, when one was there and is gone, or it cannot be written."""
    refuse_network(path)
    if path.exists():
        return _unused(path)
    try:
        make_private(path.parent)
    except OSError as error:
        raise DeskError(
            f"不能建立文件夹 {path.parent}。", f"{os_reason(error)}。", "请换一个文件夹或者检查权限。"
        ) from error
    try:
        with claimed(path.parent) as ours:
            if not ours:
                raise DeskError(
                    f"另一个窗口正在 {path.parent} 里建立或者恢复登记簿。",
                    "这一次没有建立，那里的文件没有动。",
                    "请等它做完再打开；或者换一个新文件夹。",
                )
            if remains := remains_of(path):
                raise _gone_from(path, remains, "没有建立新的登记簿：重新从头编号，会和发过的号重复。")
            _make(path)
    except FileExistsError as error:
        raise DeskError(f"{path.parent} 里已经有登记簿了。", "另一个窗口刚刚建立了它。", "请重新打开。") from error
    except OSError as error:
        raise DeskError(
            f"不能在 {path.parent} 里建立登记簿。", f"系统说：{os_reason(error)}。", "请换一个文件夹或者检查权限。"
        ) from error
    return open_store(path)


def _make(path: Path) -> None:
    """The file, made aside and named when it is whole. Raises OSError."""
    part = path.with_name(begun_name())
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _prepare(part, new=True).close_whole()
        sync_file(part)
        name_new(part, path)
    finally:
        gone(part)


def _unused(path: Path) -> Store:
    """The register at ``path``, where it holds neither a unit nor an entry. Raises DeskError for any other."""
    refusal = DeskError(f"{path.parent} 里已经有登记簿了。", "程序不会覆盖它。", "请换一个文件夹。")
    try:
        store = open_store(path)
    except DeskError as error:
        raise refusal from error
    if store.value("SELECT EXISTS (SELECT 1 FROM units) OR EXISTS (SELECT 1 FROM events)"):
        store.close()
        raise refusal
    return store


def remains_of(path: Path) -> list[str]:
    """What only a register leaves in its folder, where that itself is not there: the names of what lies there, and a link to nowhere."""
    if path.exists() or not path.parent.is_dir():
        return []
    with suppress(OSError):
        there = [name for name in REMAINS if _holds_something(path.parent / name)]
        copies = sorted(copy.name for copy in path.parent.glob(f"{path.stem}-升级前-*.db"))
        return [*([path.name] if os.path.lexists(path) else []), *there, *copies]
    return []


def _holds_something(path: Path) -> bool:
    return any(not is_begun(inside) for inside in path.iterdir()) if path.is_dir() else path.exists()


def _gone_from(path: Path, remains: list[str], meaning: str) -> DeskError:
    """That a register is not where it was, and what to do."""
    return DeskError(
        f"{path.parent} 里的登记簿（{path.name}）不见了，{'、'.join(remains)}还在。",
        meaning,
        "请先从回收站、网盘找回；找不到的用最近的备份恢复：deskapp restore 备份文件 --to 新文件夹。确实要从头开始，请另用一个空文件夹。",
        code=MISSING,
    )


def discard(path: Path) -> None:
    """Take away a register that was only begun, and its directory if nothing else is in it."""
    gone(path)
    with suppress(OSError):
        path.parent.rmdir()


def open_store(path: Path, for_work: bool = True, shown: str = "", key: RegisterKey = IN_THE_CLEAR) -> Store:
    """The register at ``path``. Raises DeskError when it is absent, foreign, damaged, newer, or on a network share.

    A backup that is only to be looked at (not ``for_work``) may lie on a network share; ``shown`` is what sentences call the file
    where that is not its own name; ``key`` opens one that is encrypted. Without it that is refused with the code LOCKED.
    """
    if for_work:
        refuse_network(path)
    if path.exists() and not path.is_file():
        raise DeskError(f"{path} 不是一个文件。", "程序没有动它。", "请核对数据文件夹。")
    if remains := remains_of(path):
        raise _gone_from(path, remains, "没有登记簿，什么也没有动。")
    if not path.exists():
        raise DeskError(
            f"{path.parent} 里没有登记簿。",
            "",
            "第一次使用请先运行 deskapp init UNIT.toml，或者直接运行 deskapp 填写单位资料。",
        )
    if path.stat().st_size < SMALLEST:
        raise _foreign(path, shown)
    try:
        return _prepare(path, new=False, shown=shown, key=key)
    except DeskError as error:
        if code_of(error.__cause__) not in UNWRITABLE:
            raise
        return _to_read(path, shown, key, error)


def _to_read(path: Path, shown: str, key: RegisterKey, refused: DeskError) -> Store:
    """A register where nothing can be written, as on a full disk or a locked stick: whole in its one file it can be read all the same.
    Raises ``refused`` where that is not so either, DeskError where what was noted last stands in the log beside it."""
    full = code_of(refused.__cause__) in (driver.SQLITE_FULL, driver.SQLITE_IOERR)
    why = f"{path.parent} 所在的磁盘满了或者写不进去。" if full else f"{path.parent} 只能读，写不进去。"
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        todo = "请清理磁盘再打开。" if full else "请把整个文件夹复制到能写的地方再打开，或者请管理员处理。"
        meaning = f"最近的记录还在旁边的 {log.name} 里，没有并进去，这样打开会看不到，所以没有打开。"
        raise DeskError(why, meaning, todo) from refused
    try:
        connection = connect(path, key, read_only=True)
    except errors():
        raise refused from None
    store = Store(path, connection, shown=shown, key=key)
    try:
        _check_owner(connection, new=False, shown=shown or path.name)
        if STEPS.pending(store):
            raise DeskError(why, "登记簿是以前版本的，要先升级才能看。", "请复制到能写的地方再打开，或者清理磁盘。")
    except errors():
        connection.close()
        raise refused from None
    except DeskError:
        connection.close()
        raise
    store.only_read = why
    return store


def _foreign(path: Path, shown: str) -> DeskError:
    return DeskError(
        f"{shown or path.name} 不是登记簿文件，或者已经损坏。",
        "程序没有动它。",
        "请用最近的备份恢复：deskapp restore 备份文件 --to 新文件夹。",
        code=DAMAGED,
    )


def _not_ours(path: Path, shown: str, key: RegisterKey) -> DeskError:
    """Why a file is no register that can be read: it is encrypted, its passwords are gone, or it is damaged or none."""
    if key:
        return _foreign(path, shown)
    if slots_in(path.parent / KEYS):
        return _locked(path)
    return _without_keys(path) if not shown and _looks_encrypted(path) else _foreign(path, shown)


def _looks_encrypted(path: Path) -> bool:
    """Whether the first page of a file has the look of one that is encrypted: every byte as often as any other."""
    with suppress(OSError), path.open("rb") as stream:
        return len(set(stream.read(4096))) >= SIGNS_OF_CIPHER
    return False


def _without_keys(path: Path) -> DeskError:
    return DeskError(
        f"{path.parent} 里的登记簿像是加了密码的，【{KEYS}】文件夹却不在了，或者是空的。",
        "登记簿没有坏，也没有动；没有钥匙，用密码打不开。",
        f"请把【{KEYS}】从回收站、网盘或者备份里放回原处；找不到的，用两张恢复单运行 deskapp recover 设新密码。",
        code=KEYS_MISSING,
    )


def _locked(path: Path) -> DeskError:
    return DeskError(
        f"{path.parent} 里的登记簿加了密码。",
        "没有密码打不开。",
        f"请在终端里打开，再输入密码；没有人在旁边的，用环境变量 {PASSWORD_FILE} 写明放密码的文件。",
        code=LOCKED,
    )


@contextmanager
def open_read_only(path: Path, shown: str = "", key: RegisterKey = IN_THE_CLEAR) -> Iterator[Store]:
    """A file that is only read, whatever its version: nothing is written beside it either. Raises DeskError, which calls it ``shown``."""
    try:
        connection = connect(path, key, read_only=True)
    except errors() as error:
        raise explain(error, path, shown=shown) from error
    store = Store(path, connection, shown=shown, key=key)
    try:
        yield store
    finally:
        store.close()


def refuse_network(path: Path) -> None:
    """Raise DeskError when a register would lie on a network share, where WAL is not safe."""
    if on_network_share(path.parent):
        raise DeskError(
            f"{path.parent} 在网络共享文件夹上。",
            "断网时会损坏登记簿，所以不能放在那里。",
            "请放在本机的硬盘上，再用备份文件交换。",
        )


def _prepare(path: Path, new: bool, shown: str = "", key: RegisterKey = IN_THE_CLEAR) -> Store:
    """Connect, check whose file it is, and bring its shape up to date."""
    if driver.VERSION < OLDEST_SQLITE:
        version = ".".join(map(str, driver.VERSION))
        raise DeskError(f"这台机器的 SQLite 是 {version}。", "程序需要3.37以上的版本。", "请安装较新的 Python。")
    try:
        connection = connect(path, key)
    except errors() as error:
        raise explain(error, path) from error
    store = Store(path, connection, shown=shown, key=key)
    try:
        _check_owner(connection, new, shown or path.name)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        _migrate(store)
        store.watch(WITNESS)
    except errors() as error:
        connection.close()
        if code_of(error) != driver.SQLITE_NOTADB:
            raise explain(error, path, shown=shown) from error
        raise _not_ours(path, shown, key) from error
    except DeskError:
        connection.close()
        raise
    return store


def _check_owner(connection: Connection, new: bool, shown: str) -> None:
    if new:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DeskError(f"{shown} 是别的程序的数据库。", "程序没有动它。", "请核对数据文件夹。", code=DAMAGED)


def _migrate(store: Store) -> None:
    """Take the pending steps and write the projection anew; a copy is kept first when the file holds data."""
    if not STEPS.pending(store):
        return
    from deskapp.register.projection import rebuild  # an ordinary start does not need it

    if applied := STEPS.applied(store):
        copy = store.path.with_name(f"{store.path.stem}-升级前-{len(applied)}.db")
        _keep_copy(store, copy)
        store.upgraded = copy
    STEPS.take(store, rebuild)


def _keep_copy(store: Store, target: Path) -> None:
    """A copy at ``target`` unless one is there: written aside first, so that two programs do not disturb each other."""
    if target.exists():
        return
    try:
        with written(target) as part:
            store.vacuum_into(part)
    except FileExistsError:
        return  # another program has just kept it
    except OSError as error:
        raise DeskError(
            f"升级登记簿以前的副本没有写成：{os_reason(error)}。", "登记簿没有动。", "请检查磁盘，再打开一次。"
        ) from error
