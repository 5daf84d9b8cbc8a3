"""Bringing: what lies beside a backup comes back with it, each file compared, or it is said what did not.

What is wanting or is not what it was stops no restore: the register is worth more than its papers. A disk that fails does, and then
everything is taken away again; so that also a machine that stops in the middle leaves nothing that blocks the next restore, the names of
what is being written stand in a file that is only begun, until the register has its name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deskapp.catalogue.keeping import Kept, look_at
from deskapp.desk.office.belongings import Beside, Figures, beside_of, figures, told
from deskapp.desk.office.carrying import ENDINGS, NAME, secret_of, unlocked
from deskapp.errors import DeskError
from deskapp.files import begun_name, copy_file, gone, is_begun, write_bytes, written
from deskapp.named import is_whole
from deskapp.papers.keeping import SEALED, Shelf
from deskapp.paths import CATALOGUE, PAPERS, TEXTS, make_private, register_file
from deskapp.register import crate
from deskapp.register.driver import RegisterKey

BEGAN = "restoring"  # in the file that is only begun: the names of what is being written
ELSEWHERE = "请找到它，放到备份旁边，再恢复一次到另一个新文件夹。"
_OLD_COPY = re.compile(r"公开目录-([0-9]{8})\.db")  # as versions before 0.2 laid it beside
_DAY = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class Back:
    """What came back beside the register: what the backup says it had (None: it does not say), what is here now, what did not come back
    and why."""

    had: Figures | None
    here: Figures
    wrong: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in words."""
        if not any(self.here.values()) and not self.wrong:
            return "这份备份里没有公开目录，也没有文书、年报等文件。"
        came = told(self.here)
        return "".join([f"一起回来的：{came}。" if came else "公开目录和文件没有回来。", *self.wrong])


class Bringing:
    """What lies beside one backup, on its way into a new data directory. ``password`` is that of the backup, ``key`` that of an
    encrypted register."""

    def __init__(self, source: Path, home: Path, password: str, key: RegisterKey) -> None:
        self._source, self._home, self._key = source, home, key
        self._secret = secret_of(key) if key else password
        self._names: list[str] = []  # what is going to be written
        self._ours: list[str] = []  # what was not there before
        self._placed: list[str] = []
        self._wrong: list[str] = []
        self._begun: Path | None = None
        self.back = Back(None, figures((), 0))

    def __enter__(self) -> Bringing:
        clear_half_restore(self._home)
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            remove(self._home, self._ours)
        if self._begun:
            gone(self._begun)

    def bring(self, beside: str, files: Sequence[str]) -> None:
        """Bring what the backup says lies beside it, or what an older one has there; ``files`` are the papers on file that its register
        speaks of. Raises DeskError, OSError."""
        known = beside_of(beside)
        if known is None:
            self._bring_old_copy()
        elif known.daily:
            if known.file:
                self._bring_daily(known)
            self._papers(files)
        elif known.file:
            self._bring_crate(known)
        kept = self._here()
        here = figures(self._placed, kept.entries if kept else 0)
        if known and not self._wrong and here != known.figures:
            self._wrong.append(f"备份时有{told(known.figures)}，回来的不一样多。")
        self.back = Back(known.figures if known else None, here, tuple(self._wrong))

    # -- the three ways ------------------------------------------------------------------------------------------

    def _bring_crate(self, known: Beside) -> None:
        file = self._found(known.file)
        if file is None:
            self._wrong.append(f"备份旁边没有 {known.file}，{told(known.figures)}没有回来。{ELSEWHERE}")
            return
        try:
            with unlocked(file, self._home, self._secret) as path, crate.opened_crate(path, file.name) as box:
                if box.listed.mark != known.mark:
                    raise DeskError(f"{file.name} 不是和这份备份一起做的。", "没有取用。", ELSEWHERE)
                self._begin([*box.listed.inside, *box.listed.beside])
                self._place_all(box)
        except DeskError as error:
            self._wrong.append(f"{error.what}{told(known.figures)}没有回来。{ELSEWHERE}")

    def _place_all(self, box: crate.Crate) -> None:
        damaged = [name for name in box.listed.inside if not self._place(name, box)]
        if damaged:
            self._wrong.append(f"有{len(damaged)}个文件在备份里已经损坏，没有回来：{_some(damaged)}。")
        papers = [name for name in box.listed.beside if name.startswith(f"{PAPERS}/")]
        self._texts(name for name in box.listed.beside if name not in papers)
        self._papers([name.removeprefix(f"{PAPERS}/").removesuffix(SEALED) for name in papers])

    def _bring_daily(self, known: Beside) -> None:
        file = self._source.parent / known.file
        if not file.is_file():
            self._wrong.append(f"备份旁边没有 {known.file}，公开目录没有回来。{ELSEWHERE}")
            return
        kept = self._looked_at(file)
        if kept and kept.mark != known.mark:
            self._wrong.append(f"{known.file} 和这份备份不是一起的，公开目录没有回来。{ELSEWHERE}")
        elif kept:
            self._take_copy(file, kept)

    def _bring_old_copy(self) -> None:
        """Of a backup that does not say: the copy of its day that lies beside it, else the newest."""
        copies = {
            found[1]: path for path in self._source.parent.iterdir() if (found := _OLD_COPY.fullmatch(path.name))
        }
        if not copies:
            return
        day = _DAY.search(self._source.name)
        file = copies[day[0] if day and day[0] in copies else max(copies)]
        if kept := self._looked_at(file):
            self._take_copy(file, kept)

    # -- single files --------------------------------------------------------------------------------------------

    def _looked_at(self, file: Path) -> Kept | None:
        try:
            return look_at(file, self._key)
        except DeskError as error:
            self._wrong.append(f"{error.what}公开目录没有回来。")
            return None

    def _take_copy(self, file: Path, kept: Kept) -> None:
        self._begin([CATALOGUE, *(f"{TEXTS}/{name}" for name in kept.texts)])
        self._copy(file, CATALOGUE)
        self._texts(f"{TEXTS}/{name}" for name in kept.texts)

    def _texts(self, names: Iterable[str]) -> None:
        """The full texts that lie beside the backup, or beside the register that a daily one belongs to."""
        lost = []
        for name in names:
            places = (folder / name for folder in (self._source.parent, self._source.parent.parent))
            there = next((path for path in places if is_whole(path)), None)
            if there:
                self._copy(there, name)
            else:
                lost.append(name)
        if lost:
            self._wrong.append(f"有{len(lost)}份目录全文不在备份旁边，或者已经损坏，没有回来。")

    def _papers(self, files: Sequence[str]) -> None:
        """The papers on file that lie beside the backup, or beside the register that a daily one belongs to, each compared with its name."""
        self._begin([f"{PAPERS}/{file}{ending}" for file in files for ending in ("", SEALED)])
        shelves = [Shelf(folder, self._key) for folder in (self._source.parent, self._source.parent.parent)]
        lost = 0
        for file in files:
            there = next((shelf.kept_as(file) for shelf in shelves if shelf.is_whole(file)), None)
            if there:
                self._copy(there, f"{PAPERS}/{there.name}")
            else:
                lost += 1
        if lost:
            self._wrong.append(
                f"有{lost}份案卷材料不在备份旁边，或者已经损坏，没有回来；运行 deskapp check 看是哪几件的。"
            )

    def _copy(self, source: Path, name: str) -> None:
        copy_file(source, self._target(name))
        self._placed.append(name)

    def _place(self, name: str, box: crate.Crate) -> bool:
        """Whether a file of the crate is whole; it has its place then."""
        try:
            with written(self._target(name)) as part:
                if not box.take_out(name, part):
                    raise _Damaged
        except _Damaged:
            return False
        self._placed.append(name)
        return True

    def _target(self, name: str) -> Path:
        target = self._home / name
        below = target.parent.relative_to(self._home)
        for folder in (*reversed(below.parents), below):
            make_private(self._home / folder)
        if not os.path.lexists(target):
            self._ours.append(name)
        return target

    def _found(self, name: str) -> Path | None:
        """The file beside the backup: by the name it had, or by that of the backup if both were given another one."""
        stem = self._source.name.split(".")[0]
        names = dict.fromkeys((name, *(stem + NAME + ending for ending in ENDINGS.values())))
        paths = (self._source.parent / one for one in names)
        return next((path for path in paths if path.is_file()), None)

    def _begin(self, names: list[str]) -> None:
        """Write down what is going to be written, besides what is written already."""
        self._names = [*self._names, *names]
        self._begun = self._begun or self._home / begun_name("open")
        write_bytes(self._begun, json.dumps({BEGAN: self._names}, ensure_ascii=False).encode(), replace=True)

    def _here(self) -> Kept | None:
        return self._looked_at(self._home / CATALOGUE) if CATALOGUE in self._placed else None


class _Damaged(Exception):  # no error: a file is given up
    """A file that is not what the list says."""


def _some(names: list[str], most: int = 3) -> str:
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def remove(home: Path, names: Iterable[str]) -> None:
    """Take files of a data directory away, with what was only begun beside them, and the folders that are empty then. Who calls this has
    the directory for himself."""
    ours = [home / name for name in names if crate.is_safe(name)]
    for path in ours:
        gone(path)
    folders = {folder for path in ours for folder in path.parents if folder.is_relative_to(home) and folder != home}
    for folder in sorted(folders, reverse=True):  # those inside of another first
        with suppress(OSError):
            for path in [path for path in folder.iterdir() if is_begun(path)]:
                gone(path)
            folder.rmdir()


def clear_half_restore(home: Path) -> None:
    """Take away what a restore that was broken off has left, where no register came after it: the files that it wrote down, and every
    file that is only begun, half a register in the clear among them. Who calls this has the directory for himself."""
    if not home.is_dir() or register_file(home).exists():
        return
    with suppress(OSError):
        for path in [path for path in home.iterdir() if is_begun(path) and path.is_file()]:
            with suppress(ValueError, KeyError, TypeError):
                if path.stat().st_size <= crate.LARGEST_LIST:  # a longer one is half a register
                    remove(home, json.loads(path.read_text(encoding="utf-8"))[BEGAN])
            gone(path)
