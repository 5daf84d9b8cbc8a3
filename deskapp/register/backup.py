"""One-file backups: written with VACUUM INTO, opened again, checked and counted before they are called good.

The register knows the backups that were made of it, so that damage can be looked up in them. One a day is made by itself
beside the register; those do not help when the disk fails, so the reminder counts from the last one made elsewhere.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.files import begun_name, gone, sweep, written
from deskapp.paths import BACKUPS, KEYS, make_private
from deskapp.register import cipher, packed
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey, connect, errors
from deskapp.register.hashing import digest
from deskapp.register.heads import sign
from deskapp.register.integrity import MENDABLE, Damage, verify
from deskapp.register.journal import Journal, chain_hash
from deskapp.register.keyring import Keyring, Slots
from deskapp.register.opening import open_read_only, open_store
from deskapp.register.store import DAMAGED, Store, explain

BESIDE = "beside"  # the note in a backup of what lies beside it
DAILY, WEEKLY, MONTHLY = 7, 4, 12  # how many of the daily ones are kept: the newest, one a week, one a month
Form = Literal[
    "plain", "age", "packed"
]  # as the register is on the disk, under a password, an encrypted one with its keys
ENDINGS: dict[Form, str] = {"plain": ".db", "age": ".db.age", "packed": ".zip"}
_DAILY_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.db")


@dataclass(frozen=True)
class Counts:
    """What a register holds, and the signs of where its journal stands."""

    cases: int
    events: int
    letters: int
    units: int = 0
    calendars: int = 0
    years: int = 0
    records: int = 0
    head: str = ""

    def lacks(self, other: Counts) -> bool:
        """Whether anything of ``other`` is not here."""
        return any(getattr(self, name) < getattr(other, name) for name in _COUNTED)


_COUNTED = tuple(field.name for field in fields(Counts) if field.name != "head")


def count(store: Store) -> Counts:
    """Count what a register holds; what its version does not know yet is none."""
    there = {row["name"] for row in store.query("SELECT name FROM sqlite_master WHERE type = 'table'")}
    numbers: dict[str, Any] = {
        name: store.value(f"SELECT count(*) FROM {name}") if name in there else 0 for name in _COUNTED
    }
    return Counts(**numbers, head=sign(store))


def place(store: Store, target: Path, clock: Clock, password: str = "") -> tuple[Path, Form]:
    """The file that a backup gets, and its form; a folder gets one named by the day and time. Raises DeskError when it cannot be
    written."""
    form = _form(store, password, _is_outside(store, target))
    return _named(store, target, clock, form), form


@contextmanager
def on_a_medium() -> Iterator[None]:
    """What a medium refuses of a backup, in words."""
    try:
        yield
    except OSError as error:
        raise DeskError(f"备份没有写成：{os_reason(error)}。", "没有留下半份文件。", "请检查U盘或磁盘。") from error


def _is_outside(store: Store, target: Path) -> bool:
    return not target.resolve().is_relative_to(store.path.parent.resolve())


def back_up(store: Store, target: Path, clock: Clock, password: str = "", beside: str = "") -> tuple[Path, Counts]:
    """Write, reopen, check and count a backup; where it lies, and its counts. ``beside`` is noted in it: what lies beside it.

    Raises DeskError, and leaves no file, when any of it fails.
    """
    with on_a_medium():
        outside = _is_outside(store, target)
        target, form = place(store, target, clock, password)
        with written(target) as part:
            before = count(store)
            _write(store, part, form, password, beside)
            counts = checked_counts(part, clock, password, store.path.parent, "登记簿", store.key)
            if counts.lacks(before):
                raise DeskError("备份和登记簿的件数对不上。", "这份备份不能用，已经删去。", "请再备份一次。")
    _note(store, target, clock, counts, outside, locked=form != "plain")
    return target, counts


def _form(store: Store, password: str, outside: bool) -> Form:
    """How a backup is written. One of an encrypted register is as encrypted as that, and takes the keys along where it leaves the data
    directory. Raises DeskError where it cannot be so."""
    if store.key and password:
        raise DeskError(
            "登记簿已经加密，备份也是加密的。",
            "没有备份。",
            "请不加备份密码再备份一次：恢复时用登记簿密码，或者两张恢复单。",
        )
    if password:
        cipher.ready(password)
        return "age"
    return "packed" if store.key and outside else "plain"


def _write(store: Store, part: Path, form: Form, password: str, beside: str) -> None:
    """The register in its form. A copy on the way never touches the medium of the backup: it lies in the data directory, private, as
    long as it takes."""
    if form == "plain":
        _copied(store, part, beside)
        return
    with private_copy(store.path.parent) as whole:
        _copied(store, whole, beside)
        if form == "age":
            cipher.lock(whole, part, password)
        else:
            packed.pack(whole, _keys_of(store), part)


def _copied(store: Store, target: Path, beside: str) -> None:
    """The register, and in it what lies beside this copy."""
    store.vacuum_into(target)
    if not beside:
        return
    try:
        with closing(connect(target, store.key)) as copy:
            copy.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (BESIDE, beside))
    except errors() as error:
        raise explain(error, target) from error


def _keys_of(store: Store) -> Slots:
    """The passwords that go with a backup. Raises DeskError where there are none: only the recovery sheets would open it."""
    slots = Keyring(store.path.parent).slots
    if not slots:
        raise DeskError(
            f"{store.path.parent} 里的【{KEYS}】文件夹不在了。",
            "没有备份：备份没有钥匙就打不开。",
            "请把它放回原处，或者运行 deskapp recover。",
        )
    return slots


@contextmanager
def private_copy(folder: Path) -> Iterator[Path]:
    """An empty private file for a copy in a private folder, taken away in the end. Raises OSError."""
    copy = folder / begun_name("open")
    try:
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield copy
    finally:
        gone(copy)


def not_beside(store: Store, target: Path) -> None:
    """Raises DeskError for a place in the folder of the register itself, which is lost with it."""
    if target.resolve().is_relative_to(store.path.parent.resolve()):
        what = "这是登记簿自己所在的文件夹。"
        raise DeskError(what, "没有备份：这台机器坏了、丢了，放在这里的也没有了。", "请插上U盘，或者写别处的文件夹。")


def _named(store: Store, target: Path, clock: Clock, form: Form) -> Path:
    """The file to write: a name of our own inside a folder. Raises DeskError when it cannot be written to."""
    if target.is_dir():
        target = target / f"deskapp-{clock.now():%Y%m%d-%H%M%S}{ENDINGS[form]}"
    if os.path.lexists(target):
        raise DeskError(f"{target} 已经存在。", "程序不会覆盖以前的备份。", "请换一个文件名。")
    if not target.parent.is_dir():
        raise DeskError(f"没有文件夹 {target.parent}。", "", "请检查U盘是否插好，或者换一个位置。")
    return target


def _note(store: Store, target: Path, clock: Clock, counts: Counts, outside: bool, locked: bool) -> None:
    """Remember a good backup. A register that can only be read is backed up all the same."""
    with suppress(DeskError), store.write():
        store.execute(
            "INSERT INTO backups (path, at, outside, locked, cases, events, letters) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                str(target.resolve()),
                clock.now().isoformat(),
                outside,
                locked,
                counts.cases,
                counts.events,
                counts.letters,
            ],
        )


def open_to_all(store: Store) -> tuple[str, ...]:
    """Backups elsewhere that are still known there and that anybody can read."""
    rows = store.query("SELECT path FROM backups WHERE outside = 1 AND locked = 0 ORDER BY seq DESC")
    return tuple(dict.fromkeys(row["path"] for row in rows))


def place_of_today(store: Store, clock: Clock) -> Path | None:
    """Where today's backup beside the register goes; None when it is there. What was begun long ago is cleared away."""
    folder = make_private(store.path.parent / BACKUPS)
    for one in (folder, store.path.parent):
        sweep(one)
    target = folder / f"{clock.today()}.db"
    return None if target.exists() else target


def days_in(folder: Path) -> dict[date, Path]:
    """The files of a folder that are named by a day."""
    return {
        date.fromisoformat(found[1]): path for path in folder.iterdir() if (found := _DAILY_NAME.fullmatch(path.name))
    }


def rotate(folder: Path) -> list[Path]:
    """Delete the daily backups that are neither among the newest nor the last of their week or month; those deleted."""
    files = days_in(folder)
    newest = sorted(files, reverse=True)
    keep = set(newest[:DAILY])
    for key, most in (("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        last_of = {f"{day:{key}}": day for day in reversed(newest)}
        keep.update(sorted(last_of.values(), reverse=True)[:most])
    gone = [files[day] for day in newest if day not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def form_of(path: Path) -> Form:
    """How a backup was written. Raises OSError when it cannot be read."""
    return "age" if cipher.is_locked(path) else "packed" if packed.is_packed(path) else "plain"


@contextmanager
def opened(
    path: Path, password: str = "", folder: Path | None = None, shown: str = "", key: RegisterKey = IN_THE_CLEAR
) -> Iterator[Store]:
    """A backup, open; ``key`` is that of an encrypted register. One that is not as the register is on the disk is written so into
    ``folder``, a private folder, and taken away again.

    Raises DeskError when it is no register or the password is wrong.
    """
    if not path.is_file() or form_of(path) == "plain":
        with _open_closed(path, shown, key) as store:
            yield store
        return
    with private_copy(folder or path.parent) as copy:
        take_out(path, copy, password)
        with _open_closed(copy, shown, key) as store:
            yield store


def take_out(source: Path, target: Path, password: str) -> None:
    """The register of a backup, as it is on the disk, into ``target``. Raises DeskError, OSError."""
    form = form_of(source)
    if form == "age":
        cipher.unlock(source, target, password)
    elif form == "packed":
        packed.unpack(source, target)
    else:
        _copy(source, target)


@contextmanager
def _open_closed(path: Path, shown: str, key: RegisterKey) -> Iterator[Store]:
    """A register that is closed afterwards with everything in its one file."""
    store = open_store(path, for_work=False, shown=shown, key=key)
    try:
        yield store
        store.close_whole()
    finally:
        store.close()


def checked_counts(
    path: Path,
    clock: Clock,
    password: str = "",
    folder: Path | None = None,
    name: str = "",
    key: RegisterKey = IN_THE_CLEAR,
) -> Counts:
    """Open a backup, verify it and count it. Raises DeskError, which calls it ``name``, when it is damaged beyond what the
    journal can mend, or no register at all."""
    with opened(path, password, folder, name, key) as store:
        damage = [d for d in verify(Journal(store, clock)) if d.fault and d.code not in MENDABLE]
        if damage:
            raise DeskError(
                f"{name or path.name} 有损坏：{damage[0].where}。",
                "不能用它恢复。",
                "请用 deskapp check 查看，或者换一份备份。",
                code=DAMAGED,
            )
        return count(store)


def whole_in(store: Store, damage: Damage) -> Path | None:
    """The newest known backup without a password in which the damaged entry or letter is whole; None without one."""
    for row in store.query("SELECT path FROM backups WHERE locked = 0 ORDER BY seq DESC"):
        path = Path(row["path"])
        with suppress(DeskError, OSError):
            if path.is_file() and _is_whole(path, damage, store.key):
                return path
    return None


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    if digest(source.read_bytes()) != digest(target.read_bytes()):
        raise DeskError("恢复出来的文件和备份不一样。", "可能是磁盘或者U盘有坏处。", "请换一个位置再恢复一次。")


def _is_whole(path: Path, damage: Damage, key: RegisterKey) -> bool:
    """Whether a backup holds a good version of what is damaged; it is only read."""
    with open_read_only(path, key=key) as store, store.any_bytes():
        if damage.letter_id:
            rows = store.query("SELECT pdf, sha256 FROM letters WHERE id = ?", [damage.letter_id])
            return bool(rows) and digest(rows[0]["pdf"]) == rows[0]["sha256"]
        rows = store.query("SELECT * FROM events WHERE seq = ?", [damage.seq])
        return bool(rows) and rows[0]["hash"] == chain_hash(rows[0])
