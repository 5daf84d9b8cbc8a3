"""Catalogue: what is published is taken in from lists, searched, read, and given as an answer on the spot (条例 33, 36(一))."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.catalogue.asking import Synonyms, synonyms_in, synonyms_of
from deskapp.catalogue.entries import LAST, Entries, State
from deskapp.catalogue.entry import Entry
from deskapp.catalogue.finding import MOST, Finder, FoundEntries
from deskapp.catalogue.items import Items
from deskapp.catalogue.keeping import KIND, CatalogueState, state_of
from deskapp.catalogue.links import Links, links_of
from deskapp.catalogue.listing import Facet, Ranked, holding, of_facet
from deskapp.catalogue.lists import COLUMNS, LIST, CatalogueFile, ListOptions
from deskapp.clock import Clock
from deskapp.desk.reading.list_in import ListRun, Progress, TakenIn, take_list
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bad_cells import bad_said
from deskapp.exchange.sheets import write_lines
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import TableProposal, proposed_apart
from deskapp.files import copy_file, gone
from deskapp.parsing import one_line
from deskapp.paths import CATALOGUE, TEXTS, make_private
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.ids import new_id
from deskapp.register.store import Undone
from deskapp.register.tokens import LONGEST_SEARCH, fold_text, pairs, pieces

if TYPE_CHECKING:
    from deskapp.register.records import Records
    from deskapp.unit import UnitProfile

SYNONYMS = "同义词.txt"  # the office's own, in its data directory
CHANGES = "catalogue_change"  # one for each entry that was taken down, put back, put on a shelf
STATES: tuple[State, ...] = ("new", "changed", "same")
PAGE, SHOWN = 50, 3
LIKE = 0.5  # of the pairs of characters of what is asked for: from there on an entry is offered
ASKED, PIECE = 10, 2  # pieces of a content that are asked for, from all of it; two characters each
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_FIGURES = re.compile(r"[0-9]+年?")


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

    def take(
        self,
        path: Path,
        dry_run: bool = False,
        progress: Progress | None = None,
        options: ListOptions | None = None,
        rejects: Path | None = None,
    ) -> TakenIn:
        """Take a list in: all lines or none, unless the good part is wanted; entries that are there are brought up to date. ``rejects``
        names a file for the lines that are bad. Raises DeskError when the list or a full text cannot be read, or the file cannot be
        written; nothing has been taken then."""
        wanted = options or ListOptions()
        lines = CatalogueFile(path, self._clock.today(), wanted)
        run = ListRun(self._entries, wanted, progress or (lambda what, done, total: None))
        kept = wrote = False
        try:
            with self._entries.many():
                take_list(lines, run)
                if dry_run or (run.bad and not wanted.good_part):
                    raise Undone
                for name, source in run.files.items():
                    self._keep_file(name, source)
                if rejects is not None and run.returned:
                    write_lines(rejects, "退回", [[*COLUMNS, "原因"], *run.returned])
                    wrote = True
            kept = True
            self._note(path, run)  # once it is in the catalogue for good
        except Undone:
            pass
        except BaseException:
            if wrote and not kept and rejects is not None:  # they were not left out of anything
                gone(rejects)
            raise
        finally:
            lines.close()
        refused = bool(run.bad) and not wanted.good_part
        new, changed, same = (0 if refused else run.counts[state] for state in ("new", "changed", "same"))
        return TakenIn(
            run.rows + lines.left_out, new, changed, same, tuple(run.bad), (*lines.warnings, *run.warnings()), lines.left_out,
            kept, run.counts.total(),
        )  # fmt: skip

    def look(self, path: Path, choice: TableChoice) -> TableProposal:
        """What is believed of an office's list: its columns, the words under 有效性. Raises DeskError."""
        return proposed_apart(path, LIST, choice, ("有效性",))

    def _keep_file(self, name: str, source: Path) -> None:
        """A copy of a full text beside the catalogue, under the name of its content."""
        try:
            target = make_private(self._home / TEXTS) / name
            if not target.exists() or target.stat().st_size != source.stat().st_size:
                copy_file(source, target, replace=True)
        except OSError as error:
            raise DeskError(f"{source.name} 存不下来：{os_reason(error)}。", "没有导入。", "请检查磁盘。") from error

    def _note(self, path: Path, run: ListRun) -> None:
        if self._kept:
            body = {
                "noted_by": self._kept().by(),
                "file": path.name,
                "rows": run.rows,
                **{str(state): run.counts[state] for state in STATES},
            }
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
        return list(self._entries.everything())

    def search(self, words: str, limit: int = PAGE, before: int = LAST) -> Ranked:
        """What holds every word, as :func:`deskapp.catalogue.listing.holding` says."""
        return holding(self._entries, words, limit, before)

    def find(self, words: str, limit: int = MOST) -> FoundEntries:
        """What fits a question in anybody's words, the best first."""
        return Finder(self._entries, self._own_words()).find(one_line(words)[:LONGEST_SEARCH], limit)

    def _own_words(self) -> Synonyms:
        """The office's own synonyms; none where there is no file, or none that can be read."""
        try:
            text = (self._home / SYNONYMS).read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            return {}
        return synonyms_of(synonyms_in(text))

    def browse(self, facet: Facet, value: str, limit: int = PAGE, before: int = LAST) -> Ranked:
        """The entries of a topic, an office or an issue of the bulletin, the newest first, with their ranks."""
        return of_facet(self._entries, facet, value, limit, before)

    def facets(self, facet: Facet) -> list[tuple[str, int]]:
        """The topics, offices or issues with the number of their entries, the most first."""
        return self._entries.counts(facet)

    def items(self) -> Items:
        """The items of the standard catalogue beside the entries."""
        return Items(self._entries)

    def linked(self, entry: Entry) -> Links:
        """What explains an entry, and what it explains."""
        return links_of(self._entries, entry)

    def taken_down(self) -> list[Entry]:
        """The entries that were taken down, the newest first."""
        return [entry for entry in self._entries.everything() if entry.is_down]

    def take_down(self, key: str, why: str) -> Entry:
        """Take an entry from visitors' sight; that it was there stays a fact. Raises DeskError without a reason."""
        reason = one_line(why)
        if not reason:
            raise DeskError("没有写为什么撤下。", "没有撤。", "请写一写，例如【误公开】【含个人信息】。", "down_why")
        return self._change(key, down_on=self._clock.today().isoformat(), down_why=reason)

    def put_back(self, key: str) -> Entry:
        """Give an entry back to visitors."""
        return self._change(key, down_on="", down_why="")

    def put_on_shelf(self, key: str, shelf: str) -> Entry:
        """Where the paper of an entry stands."""
        return self._change(key, shelf=one_line(shelf))

    def _change(self, key: str, **fields: str) -> Entry:
        entry = replace(self.entry(key), **fields)
        with self._entries.store.write():
            self._entries.put(entry)
        if self._kept:
            body = {"key": key, **fields, "on": self._clock.today().isoformat(), "noted_by": self._kept().by()}
            self._kept().save_record(CHANGES, new_id(self._clock.now()), json.dumps(body, ensure_ascii=False))
        return entry

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

    @staticmethod
    def told_in_letter(entry: Entry, unit: UnitProfile) -> dict[str, str]:
        """What the letter says that tells where something published is found (条例 36 (一))."""
        point = f"{unit.name}政府信息查阅点（{unit.address}，电话{unit.phone}）"
        return {"public_title": entry.name, "where": entry.where(point)}

    def state(self) -> CatalogueState:
        """How it lies there. Raises DeskError when it cannot be read."""
        try:
            return state_of(self._home, self._entries) if (self._home / CATALOGUE).exists() else CatalogueState()
        except OSError as error:
            raise DeskError(
                f"公开目录的全文读不出来：{os_reason(error)}。", "登记簿没有受影响。", "请检查磁盘和权限。"
            ) from error


def _likeness(content: str, name: str) -> float:
    """How much of the shorter of two texts stands in the other, by pairs of characters; years and numbers do not make them alike."""
    left, right = (set(pairs(_FIGURES.sub("", fold_text(text)))) for text in (content, name))
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _same_year(content: str, name: str) -> bool:
    """Whether two texts do not speak of different years."""
    asked, given = set(_YEAR.findall(content)), set(_YEAR.findall(name))
    return not asked or not given or bool(asked & given)


def sentences(taken: TakenIn, dry_run: bool) -> Iterable[str]:
    """What an import did, in words; bad cells by their kinds, the sum at the end."""
    yield from taken.warnings
    yield from bad_said(taken.bad)
    bad = f" + 有错的{taken.bad_lines}行" if taken.bad else ""
    left = f" + 没有用上的{taken.left_out}行" if taken.left_out else ""
    if taken.bad and not (taken.new or taken.changed or taken.same):
        good = f" + 可以收的{taken.may}行" if taken.may else ""
        yield f"共{taken.rows}行 = 有错的{taken.bad_lines}行{good}{left}，有{len(taken.bad)}处错误，一行也没有导入。请改正后再导入。"
    else:
        done = "检查通过，没有写入" if dry_run else "已导入"
        yield f"{done}：共{taken.rows}行 = 新的{taken.new}条 + 更新{taken.changed}条 + 没有变化{taken.same}条{left}{bad}。"
