"""Catalogue: what is published is taken in from lists, searched, read, and given as an answer on the spot (条例 33, 36(一))."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.catalogue.entries import LAST, Entries, Entry, State
from deskapp.catalogue.full_text import text_of
from deskapp.catalogue.lists import CatalogueFile, CatalogueLine
from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.heading import BadCell
from deskapp.files import copy_file, gone, is_begun, written
from deskapp.parsing import one_line
from deskapp.paths import CATALOGUE, make_private
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.ids import new_id
from deskapp.register.store import Undone
from deskapp.register.tokens import fold_text, pairs, pieces

if TYPE_CHECKING:
    from deskapp.register.records import Records

TEXTS = "公开目录全文"
KIND = "catalogue"  # of the records: one for each list that was taken in
PAGE, SHOWN = 50, 3
LONGEST_SEARCH = 200
LIKE = 0.5  # of the pairs of characters of what is asked for: from there on an entry is offered
ASKED, PIECE = 10, 2  # pieces of a content that are asked for, from all of it; two characters each
PART = 500  # lines between two words about progress
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_FIGURES = re.compile(r"[0-9]+年?")
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class TakenIn:
    """What an import did: lines read; entries new, changed and the same as before; bad cells; warnings."""

    rows: int
    new: int
    changed: int
    same: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]


class _Run:
    """One list on its way in: what was counted, what is wrong, which files belong to it by the names of their content."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self.rows = 0
        self.counts: dict[State, int] = {"new": 0, "changed": 0, "same": 0}
        self.bad: list[BadCell] = []
        self.files: dict[str, Path] = {}

    def take(self, found: CatalogueLine, entries: Entries) -> None:
        """Put a line that is good while there was no bad one."""
        self.rows += 1
        self.bad += found.bad
        if not self.bad:
            try:
                entry, text = self._with_text(found)
            except DeskError as error:
                why = f"{error.what}{error.todo}".rstrip("。")
                self.bad.append(BadCell(found.line, "全文文件", found.entry.file, why))
                return
            old = entries.get(entry.key)
            if old:  # what the list does not speak of stays as it is
                entry = replace(entry, **{name: getattr(old, name) for name in (*found.silent, "origin")})
            self.counts[entries.put(entry, text)] += 1
        if self.rows % PART == 0:
            self._tell("读取", self.rows, None)

    def _with_text(self, found: CatalogueLine) -> tuple[Entry, str | None]:
        source = found.text_file
        if source is None:
            return found.entry, None
        text = text_of(source)
        name = _content_name(source)
        self.files[name] = source
        return replace(found.entry, file=name), text


class Catalogue:
    """The moment somebody asks what is published. ``kept`` is the register's, where each import is written down; a
    computer of the reading area has none."""

    def __init__(
        self, home: Path, clock: Clock, kept: Callable[[], Records] | None, key: RegisterKey = IN_THE_CLEAR
    ) -> None:
        self._home, self._clock, self._kept, self._key = home, clock, kept, key

    @cached_property
    def _entries(self) -> Entries:
        if not self._home.is_dir():
            raise DeskError(
                f"数据文件夹 {self._home} 不在了。",
                "程序没有另建。",
                "可能被移走或者改了名，请移回来，或者退出以后重新打开。",
            )
        return Entries.open(make_private(self._home) / CATALOGUE, self._key)

    def close(self) -> None:
        """Close the file, if it was opened."""
        if "_entries" in self.__dict__:
            self._entries.close()

    def discard(self) -> None:
        """Close the file and take it away; of a desk that was only begun."""
        self.close()
        gone(self._home / CATALOGUE)

    # -- in ----------------------------------------------------------------------------------------------------

    def take(self, path: Path, dry_run: bool = False, progress: Progress | None = None) -> TakenIn:
        """Take a list in: all lines or none; entries that are there are brought up to date. Raises DeskError when the list
        or a full text cannot be read; nothing has been taken then."""
        lines = CatalogueFile(path, self._clock.today())
        run = _Run(progress or (lambda what, done, total: None))
        try:
            with self._entries.store.write():
                for found in lines:
                    run.take(found, self._entries)
                if dry_run or run.bad:
                    raise Undone
                for name, source in run.files.items():
                    self._keep_file(name, source)
            self._note(path, run)  # once it is in the catalogue for good
        except Undone:
            pass
        new, changed, same = (0 if run.bad else run.counts[state] for state in ("new", "changed", "same"))
        return TakenIn(run.rows, new, changed, same, tuple(run.bad), lines.warnings)

    def _keep_file(self, name: str, source: Path) -> None:
        """A copy of a full text beside the catalogue, under the name of its content."""
        try:
            target = make_private(self._home / TEXTS) / name
            if not target.exists() or target.stat().st_size != source.stat().st_size:
                copy_file(source, target, replace=True)
        except OSError as error:
            raise DeskError(f"{source.name} 存不下来：{os_reason(error)}。", "没有导入。", "请检查磁盘。") from error

    def _note(self, path: Path, run: _Run) -> None:
        if self._kept:
            body = {"file": path.name, "rows": run.rows, **{str(state): n for state, n in run.counts.items()}}
            self._kept().save_record(KIND, new_id(self._clock.now()), json.dumps(body, ensure_ascii=False))

    def publish(self, entry: Entry, text: str | None = None) -> Entry:
        """Take in one entry that the office made itself. Raises DeskError without a name."""
        if not one_line(entry.name):
            raise DeskError("没有填名称。", "没有记下。", "请写这条信息的名称。", "name")
        with self._entries.store.write():
            self._entries.put(entry, text)
        return entry

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Many entries in one transaction."""
        with self._entries.store.write():
            yield

    def put(self, entry: Entry) -> None:
        """Take in one of many entries, inside :meth:`one_step`."""
        self._entries.put(entry)

    # -- out ---------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._entries.count()

    def everything(self) -> list[Entry]:
        """All entries, the newest first."""
        return [entry for _, entry in self._entries.search("", self._entries.count())]

    def search(self, words: str, limit: int = PAGE, before: int = LAST) -> list[tuple[int, Entry]]:
        """Entries that hold every word in name, numbers, issuer, topic or full text; the newest first, with their ranks."""
        return self._entries.search(one_line(words)[:LONGEST_SEARCH], limit, before)

    def entry(self, key: str) -> Entry:
        """The entry of a key. Raises DeskError when it is gone."""
        found = self._entries.get(key)
        if found is None:
            raise DeskError("公开目录里没有这一条了。", "", "请重新查找。")
        return found

    def text(self, entry: Entry) -> str:
        """The full text of an entry; empty without one."""
        return self._entries.text(entry.key)

    def file(self, entry: Entry) -> Path | None:
        """The full text as a file, if there is one."""
        path = self._home / TEXTS / entry.file
        return path if entry.file and path.is_file() else None

    def matching(self, content: str, limit: int = SHOWN) -> list[Entry]:
        """Entries that may be what somebody asks for, the most alike first: half of the pairs of characters of the content
        stand in the name, or of the name in the content."""
        asked = list(dict.fromkeys(piece for piece in pieces(fold_text(content)) if len(piece) == PIECE))
        if not asked:
            return []
        step = max(len(asked) // ASKED, 1)
        found = self._entries.alike(" OR ".join(f'"{piece}"' for piece in asked[::step]), PAGE)
        scored = [(_likeness(content, entry.name), entry) for entry in found if entry.reachable]
        scored = [(score, entry) for score, entry in scored if score >= LIKE and _same_year(content, entry.name)]
        return [entry for _, entry in sorted(scored, key=lambda item: -item[0])[:limit]]

    def copy_to(self, folder: Path) -> Path | None:
        """A copy of the catalogue and its full texts in a folder, such as a stick; None when there is no catalogue. Raises
        DeskError when it cannot be written."""
        if not (self._home / CATALOGUE).exists():
            return None
        target = folder / f"公开目录-{self._clock.today():%Y%m%d}.db"
        try:
            with written(target, replace=True) as part:
                self._entries.store.vacuum_into(part)
            self._copy_texts(folder)
        except OSError as error:
            raise DeskError(
                f"公开目录没有备份上：{os_reason(error)}。", "登记簿已经备份好。", "请检查U盘。"
            ) from error
        return target

    def _copy_texts(self, folder: Path) -> None:
        """The full texts that are not there yet; each is named by its content, so that one of the name is the same."""
        for source in (path for path in (self._home / TEXTS).glob("*") if path.is_file() and not is_begun(path)):
            there = make_private(folder / TEXTS) / source.name
            if not there.exists() or there.stat().st_size != source.stat().st_size:
                copy_file(source, there, replace=True)

    def broken(self) -> list[str]:
        """The entries that are not what was written."""
        if not (self._home / CATALOGUE).exists():
            return []
        return [
            *self._entries.broken(),
            *(f"{entry.name}的全文文件" for entry in self._entries.with_files() if not self._whole(entry)),
        ]

    def _whole(self, entry: Entry) -> bool:
        """Whether the file of an entry is there, and is what its name says."""
        path = self._home / TEXTS / entry.file
        return path.is_file() and _content_name(path) == entry.file


def _likeness(content: str, name: str) -> float:
    """How much of the shorter of two texts stands in the other, by pairs of characters; years and numbers do not make them alike."""
    left, right = (set(pairs(_FIGURES.sub("", fold_text(text)))) for text in (content, name))
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _content_name(path: Path) -> str:
    """The name of a file by its content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:24] + path.suffix.lower()


def _same_year(content: str, name: str) -> bool:
    """Whether two texts do not speak of different years."""
    asked, given = set(_YEAR.findall(content)), set(_YEAR.findall(name))
    return not asked or not given or bool(asked & given)


def sentences(taken: TakenIn, dry_run: bool) -> Iterable[str]:
    """What an import did, in words."""
    yield from taken.warnings
    for cell in taken.bad:
        yield f"第{cell.line}行“{cell.column}”是“{cell.value}”：{cell.right}。"
    if taken.bad:
        yield f"共{taken.rows}行，有{len(taken.bad)}处错误，一行也没有导入。请改正后再导入。"
    else:
        done = "检查通过，没有写入" if dry_run else "已导入"
        yield f"{done}：共{taken.rows}行，新的{taken.new}条，更新{taken.changed}条，没有变化{taken.same}条。"
