"""A list of what is published comes in: all of it or, by choice, the good lines; each line accounted for, nothing of another office touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from deskapp.catalogue.entries import Entries, State
from deskapp.catalogue.entry import UNREAD, Entry, plain
from deskapp.catalogue.full_text import TextRead, read_text
from deskapp.catalogue.lists import COLUMNS, CatalogueFile, CatalogueLine, ListOptions
from deskapp.errors import DeskError, shortened
from deskapp.exchange.bad_cells import lines_of, reasons_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.sheets import Cells
from deskapp.named import content_name

PART = 500  # lines between two words about progress
SHOWN = 5
OTHERS = "这个索引号是{}《{}》的；是同一条的，请写一样的发布机构和名称，不是的，请写上发布机构"
SEVERAL = "这个名称有{}个机关的，请写上发布机构"
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class TakenIn:
    """What an import did: lines of the file (entries new, changed and the same as before, lines left out, lines with a bad cell: together
    they are all); ``kept`` whether anything was written; ``may`` how many entries could be taken where others are bad."""

    rows: int
    new: int
    changed: int
    same: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]
    left_out: int = 0
    kept: bool = False
    may: int = 0

    @property
    def bad_lines(self) -> int:
        """How many lines have a bad cell."""
        return lines_of(self.bad)


@dataclass
class ListRun:
    """One list on its way in: what was counted, what is wrong, which files belong to it by the names of their content."""

    entries: Entries
    options: ListOptions
    tell: Progress
    rows: int = 0
    counts: Counter[State] = field(default_factory=Counter)
    bad: list[BadCell] = field(default_factory=list)
    returned: list[Cells] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    shared: list[str] = field(default_factory=list)
    down: int = 0

    def take(self, found: CatalogueLine) -> None:
        """Put a line that is good; while only the whole list is wanted, only as long as there was no bad one."""
        self.rows += 1
        bad = found.bad
        if not bad and (self.options.good_part or not self.bad):
            bad = self._put(found)
        elif not bad:
            self.counts["new"] += 1  # it could be taken: what of is counted when it is
        if bad:
            self.bad += bad
            self.returned.append(_returned(found, bad))
        if self.rows % PART == 0:
            self.tell("读取", self.rows, None)

    def _put(self, found: CatalogueLine) -> tuple[BadCell, ...]:
        try:
            old = self._old(found)
            entry, text = self._with_text(found)
        except DeskError as error:
            column = error.field or "全文文件"
            why = f"{error.what}{error.todo}".rstrip("。")
            return (BadCell(found.line, column, shortened(found.cells.get(column, "")), why, found.sheet),)
        if old:  # what the list does not speak of stays as it is; what was taken down stays down
            kept = [*found.silent, "origin", "down_on", "down_why", *(["unread"] if "file" in found.silent else [])]
            entry = replace(entry, **{name: getattr(old, name) for name in kept})
            entry = replace(entry, issuer=entry.issuer or old.issuer)
            self.down += entry.is_down
            if old.key != entry.key:
                self.entries.rename(old.key, entry)
        elif entry.index_no and (others := self.entries.of_index(entry.index_no)):
            self.shared.append(f"{entry.index_no}（{others[0].issuer or '没有写发布机构'}）")
        self.counts[self.entries.put(entry, text)] += 1
        return ()

    def _old(self, found: CatalogueLine) -> Entry | None:
        """The entry that a line brings up to date: of the same office; where one of the two does not say whose it is, of the same name.
        Raises DeskError where it may be another office's."""
        entry, entries = found.entry, self.entries
        if old := entries.get(entry.key):
            return old
        near = entries.of_index(entry.index_no) if entry.index_no else entries.of_name(entry.name, entry.doc_no)
        same = [old for old in near if plain(old.name) == plain(entry.name)]
        if entry.issuer:
            return next((old for old in same if not old.issuer), None)
        if len(same) == 1:
            return same[0]
        if same:
            raise DeskError(SEVERAL.format(len(same)), "", "", field="发布机构")
        if near:
            raise DeskError(OTHERS.format(near[0].issuer or "别处", shortened(near[0].name)), "", "", field="索引号")
        return None

    def _with_text(self, found: CatalogueLine) -> tuple[Entry, str | None]:
        source = found.text_file
        if source is None:
            return found.entry, None
        read: TextRead = read_text(source)
        name = content_name(source)
        self.files[name] = source
        if read.unread:
            self.unread[read.unread] += 1
        return replace(found.entry, file=name, unread=read.unread), read.text

    def warnings(self) -> list[str]:
        """What is to be said of it, with counts."""
        said = [
            f"有{count}份全文{'' if why == 'read_off' else '只存了原件'}：{UNREAD[why]}。"
            for why, count in self.unread.items()
        ]
        if self.shared:
            some = "、".join(self.shared[:SHOWN]) + ("等" if len(self.shared) > SHOWN else "")
            said.append(f"有{len(self.shared)}条的索引号别的机关也有，各算各的，没有动别的机关的：{some}。")
        if self.down:
            said.append(f"有{self.down}条以前撤下过，内容更新了，仍然不给人看；要恢复，请在公开目录里改。")
        return said


def _returned(found: CatalogueLine, bad: Iterable[BadCell]) -> Cells:
    """A bad line with its reasons in one more column."""
    return [*(found.cells.get(column, "") for column in COLUMNS), reasons_of(bad)]


def take_list(lines: CatalogueFile, run: ListRun) -> None:
    """Every line of a list, inside of one transaction. Raises DeskError where the lines do not add up."""
    for found in lines:
        run.take(found)
    bad_lines = lines_of(run.bad)
    accounted = run.counts.total() + bad_lines
    if accounted != run.rows:
        raise DeskError(
            f"行数对不上：表里{run.rows}行，收下{run.counts.total()}行，退回{bad_lines}行。",
            "没有导入。",
            "请把文件交给维护人员。",
        )
