"""A backup comes back: into a new directory only, verified, counted, and with what lies beside it; or nothing is left of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from deskapp.claims import CLAIM, claimed
from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.files import is_begun, sync_folder, written
from deskapp.paths import KEYS, register_file
from deskapp.register.backup import BESIDE, Counts, checked_counts, count, form_of, take_out
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.integrity import strangers
from deskapp.register.keyring import Keyring, Slots
from deskapp.register.meta import note
from deskapp.register.on_file import files_on_file
from deskapp.register.opening import open_read_only, refuse_network
from deskapp.register.store import DAMAGED, Store


@dataclass(frozen=True)
class Restored:
    """A restore: what the backup holds and what the new register holds, side by side."""

    backup: Counts
    restored: Counts


class Bringer(Protocol):
    """Who brings back what lies beside a backup; leaving the block by an error takes it away again."""

    def __enter__(self) -> Bringer:
        """Begin; what a restore that was broken off has left in the directory is taken away."""

    def __exit__(self, *error: object) -> None:
        """Done, or undone."""

    def bring(self, beside: str, files: Sequence[str]) -> None:
        """Bring what the backup says lies beside it, ``files`` of papers on file among it. Raises DeskError, OSError."""


def restore(
    source: Path,
    home: Path,
    clock: Clock,
    bringer: Bringer,
    password: str = "",
    key: RegisterKey = IN_THE_CLEAR,
    slots: Slots | None = None,
) -> Restored:
    """Put a backup into the new directory ``home``, encrypted where it was, with ``key`` and the passwords of ``slots``. Raises
    DeskError when the directory is used, when another restore works in it, or when the backup is damaged."""
    _check_place(source, home)
    target = register_file(home)
    refuse_network(target)
    with _new_folder(home), _alone_in(home), bringer, _empty(home, target) as part:
        take_out(source, part, password)
        name = f"备份 {source.name}"
        with open_read_only(source if form_of(source) == "plain" else part, name, key) as store:
            there, beside = count(store), note(store, BESIDE)  # before it is brought into the shape of this version
            if store.key and slots:
                Keyring(home).keep(slots)
            _refuse_strangers(store, name)
            files = tuple(files_on_file(store))
        restored = checked_counts(part, clock, name=name, key=key)
        bringer.bring(beside, files)
    return Restored(there, restored)


def _check_place(source: Path, home: Path) -> None:
    """Raise DeskError when there is no backup, or no place for it."""
    for place in (home, *home.parents):
        if os.path.lexists(place) and not place.is_dir():
            raise DeskError(f"{place} 不是文件夹。", "恢复只写进新的文件夹，不覆盖任何东西。", "请换一个文件夹名。")
    if home.exists() and not any(is_begun(path) or path.name == CLAIM for path in home.iterdir()):
        _refuse_used(home)
    if not source.is_file():
        raise DeskError(f"没有找到备份文件 {source}。", "", "请核对文件名和位置。")


def _refuse_used(home: Path) -> None:
    """Raise DeskError when anything but passwords of an encrypted register lies in the directory."""
    if any(path.name not in (KEYS, CLAIM) for path in home.iterdir()):
        raise DeskError(f"文件夹 {home} 不是空的。", "恢复只写进新的文件夹，不覆盖任何东西。", "请换一个文件夹。")


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """The directory, ours alone. Raises DeskError where another restore works in it; nothing there is touched then."""
    with claimed(home) as ours:
        if not ours:
            raise DeskError(
                f"另一个窗口正在往 {home} 里恢复。",
                "这一次没有恢复，那里的文件没有动。",
                "请等它做完再看；或者换一个新文件夹。",
            )
        yield


@contextmanager
def _empty(home: Path, target: Path) -> Iterator[Path]:
    """The register that is going to be written, in a directory with nothing else in it. Raises DeskError, OSError."""
    _refuse_used(home)
    with written(target) as part:
        yield part


def _refuse_strangers(store: Store, name: str) -> None:
    if strange := strangers(store):
        raise DeskError(
            f"{name} 里有不属于登记簿的东西：{'、'.join(strange[:3])}。",
            "可能有人动过它，没有恢复，正在用的登记簿没有动。",
            "请换一份备份，并报告负责人。",
            code=DAMAGED,
        )


@contextmanager
def _new_folder(home: Path) -> Iterator[None]:
    """The new directory, made; when what is done in it fails, it and its parents are as they were. A damaged backup is said to
    have changed nothing."""
    made = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in made:
            sync_folder(folder.parent)
        yield
    except BaseException as error:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise DeskError("恢复没有完成。", f"系统说：{os_reason(error)}。", "请检查磁盘，再试一次。") from error
        if isinstance(error, DeskError) and error.code == DAMAGED:
            told = "没有恢复，正在用的登记簿没有动。"
            raise DeskError(error.what, told, "请换一份备份。", code=DAMAGED) from error
        raise
