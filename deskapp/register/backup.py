"""One-file backups: written with VACUUM INTO, opened again, checked and counted before they are called good."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.paths import register_file
from deskapp.register.journal import Journal
from deskapp.register.store import Store, discard, open_store, refuse_network

REMINDER_DAYS = 7  # after so many days without a backup the desk says so


@dataclass(frozen=True)
class Counts:
    """What a register holds."""

    cases: int
    events: int
    letters: int


def valid_day(text: str) -> date | None:
    """The day of the last backup as it was noted; None when there is none or the note is damaged."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def count(store: Store) -> Counts:
    """Count cases, events and letters."""
    row = store.query(
        "SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM events) AS events,"
        " (SELECT count(*) FROM letters) AS letters"
    )[0]
    return Counts(**row)


def back_up(store: Store, target: Path, clock: Clock) -> Counts:
    """Write, reopen, check and count a backup. Raises DeskError, and leaves no file, when any of it fails."""
    if os.path.lexists(target):
        raise DeskError(f"{target} 已经存在。", "程序不会覆盖以前的备份。", "请换一个文件名。")
    if not target.parent.is_dir():
        raise DeskError(f"没有文件夹 {target.parent}。", "", "请检查U盘是否插好，或者换一个位置。")
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        before = count(store)
        store.vacuum_into(part)
        counts = checked_counts(part, clock)
        if min(counts.cases - before.cases, counts.events - before.events, counts.letters - before.letters) < 0:
            raise DeskError("备份和登记簿的件数对不上。", "这份备份不能用，已经删去。", "请再备份一次。")
        part.rename(target)
    finally:
        discard(part, keep_folder=True)
    return counts


def checked_counts(path: Path, clock: Clock) -> Counts:
    """Open a backup, verify it and count it. Raises DeskError when it is damaged or no register at all."""
    store = open_store(path, for_work=False)
    try:
        damage = Journal(store, clock).verify()
        if damage:
            raise DeskError(f"备份 {path.name} 有损坏：{damage[0].where}。", "不能用它恢复。", "请换一份备份。")
        return count(store)
    finally:
        store.query("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()


def restore(source: Path, home: Path, clock: Clock) -> Counts:
    """Put a backup into the new directory ``home``. Raises DeskError when it exists or the backup is damaged."""
    if home.exists() and any(home.iterdir()):
        raise DeskError(f"文件夹 {home} 不是空的。", "恢复只写进新的文件夹，不覆盖任何东西。", "请换一个文件夹。")
    if not source.is_file():
        raise DeskError(f"没有找到备份文件 {source}。", "", "请核对文件名和位置。")
    refuse_network(register_file(home))
    made = not home.exists()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = register_file(home)
    try:
        shutil.copyfile(source, target)
        os.chmod(target, 0o600)
        if _digest(source) != _digest(target):
            raise DeskError("恢复出来的文件和备份不一样。", "可能是磁盘或者U盘有坏处。", "请换一个位置再恢复一次。")
        return checked_counts(target, clock)
    except (OSError, DeskError) as error:
        for leftover in home.glob(target.name + "*"):
            leftover.unlink()
        if made:
            home.rmdir()
        if isinstance(error, OSError):
            raise DeskError("恢复没有完成。", f"系统说：{os_reason(error)}。", "请检查磁盘，再试一次。") from error
        raise


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
