"""The line of a table that names its columns, found below titles and in one or two lines; and the cells that cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deskapp.errors import DeskError
from deskapp.exchange.tables.grid import TableLine

NUMBERING = ("序号", "序", "行号", "NO", "No", "No.")  # columns that say nothing
NO_HEADING = "no_heading"  # the code of a sheet in which no line names a column
LOOKED_AT = 30  # lines in which the heading is looked for
BEYOND = "有的格上面没有列名，没有导入："
_ASIDE = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]$")


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be taken: line of the file (the first is 1), column, value, what would be right; the sheet where there are
    several."""

    line: int
    column: str
    value: str
    right: str
    sheet: str = ""


@dataclass(frozen=True)
class Columns:
    """What a kind of table has: the name of its sheet, its columns, those it must have, other usual names of them."""

    sheet: str
    names: Sequence[str]
    required: Sequence[str]
    called: Mapping[str, str] = field(default_factory=dict)

    def proper(self, name: str, mapping: Mapping[str, str]) -> str:
        """The column that a name in a file stands for: as somebody said, as it is called here, or usually called; the name itself for
        none. What a mapping leaves empty is not wanted."""
        plain = folded(name)
        for known in (mapping, {column: column for column in self.names}, self.called):
            for other, column in known.items():
                if folded(other) == plain:
                    return column
        return plain


def folded(name: str) -> str:
    """A name of a column without blanks, breaks, stars, and what stands in brackets behind it."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).strip("*:：").lstrip("\ufeff")
    while short := _ASIDE.sub("", plain).strip("*:：") if _ASIDE.search(plain) else "":
        plain = short
    return plain


@dataclass(frozen=True)
class Heading:
    """The heading that was found: the column of each place (empty: not taken), the names as they stand in the file, the last line of
    it, and the lines above."""

    columns: tuple[str, ...]
    names: tuple[str, ...]
    last: int
    above: tuple[int, ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the columns."""
        said = []
        if self.called:
            said.append(
                "这些列按通常的叫法收：" + "、".join(f"“{name}”当作“{column}”" for name, column in self.called) + "。"
            )
        if self.unknown:
            said.append(f"不认识的列没有导入：{'、'.join(self.unknown)}。")
        return tuple(said)

    def record(self, line: TableLine, columns: Columns) -> dict[str, str]:
        """A line as cells by column."""
        record = dict.fromkeys(columns.names, "")
        record.update((name, cell) for name, cell in zip(self.columns, line.cells, strict=False) if name)
        return record

    def lost(self, line: TableLine) -> Iterator[tuple[str, int, str]]:
        """The columns that are taken whose cell is not what was meant: column, place, why."""
        for place, why in line.lost.items():
            if place < len(self.columns) and self.columns[place]:
                yield self.columns[place], place, why

    def further(self, line: TableLine) -> list[str]:
        """What a line has in places where the heading has no name."""
        return [
            cell
            for place, cell in enumerate(line.cells)
            if cell and (place >= len(self.names) or not self.names[place])
        ]


def find_heading(first: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str], file: str) -> Heading:
    """The heading among the first lines of a sheet. Raises DeskError where a column that must be there is missing, or one is there twice;
    with the code NO_HEADING where no line names any."""
    found = best_heading(first, columns, mapping, file)
    _complete(found, columns, file)
    return found


def best_heading(first: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str], file: str) -> Heading:
    """The line among the first, or the two, that name most columns. Raises DeskError (NO_HEADING) where none names any."""
    lines = [line for line in first if not line.empty][:LOOKED_AT]
    choices = [(at, line.spread, line.number) for at, line in enumerate(lines)]  # one line, where two say no more
    for at, (line, below) in enumerate(pairwise(lines)):
        if below.number == line.number + 1 and (names := _joined(line, below, columns, mapping)):
            choices.append((at, names, below.number))
    best: tuple[int, Heading] | None = None
    for at, names, last in choices:
        made = _heading(names, last, tuple(x.number for x in lines[:at]), columns, mapping)
        score = len({name for name in made.columns if name in columns.names})
        if best is None or score > best[0]:
            best = score, made
    if best is None or not best[0]:
        needed = "、".join(columns.required)
        raise DeskError(
            f"{file} 的前{LOOKED_AT}行里没有找到列名。", "没有导入。", f"列名里至少要有：{needed}。", code=NO_HEADING
        )
    return best[1]


def _joined(line: TableLine, below: TableLine, columns: Columns, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Two lines as one heading, where both name columns: the lower name, the upper one, or both together, whichever is known. A merged
    name stands in both."""
    known = set(columns.names)
    if not any(columns.proper(cell, mapping) in known for cell in below.spread if cell):
        return ()
    width = max(len(line.spread), len(below.spread))
    upper, lower = ((*cells, *[""] * (width - len(cells))) for cells in (line.spread, below.spread))
    joined = []
    for over, under in zip(upper, lower, strict=True):
        choices = (under, over + under, over) if under != over else (over,)
        joined.append(
            next((name for name in choices if name and columns.proper(name, mapping) in known), under or over)
        )
    return tuple(joined)


def _heading(
    names: Sequence[str], last: int, above: tuple[int, ...], columns: Columns, mapping: Mapping[str, str]
) -> Heading:
    proper = [columns.proper(name, mapping) if name else "" for name in names]
    wanted = {folded(name) for name, column in mapping.items() if not column}
    known = set(columns.names)
    chosen = {folded(name) for name in mapping}
    called = tuple(
        (name, p)
        for name, p in zip(names, proper, strict=True)
        if p in known and folded(name) != p and folded(name) not in chosen
    )
    unknown = tuple(
        name
        for name, p in zip(names, proper, strict=True)
        if p and p not in known and folded(name) not in wanted and p not in NUMBERING
    )
    return Heading(tuple(p if p in known else "" for p in proper), tuple(names), last, above, called, unknown)


def _complete(heading: Heading, columns: Columns, file: str) -> None:
    missing = [column for column in columns.required if column not in heading.columns]
    if missing:
        some = f"不认识的列：{'、'.join(heading.unknown)}。" if heading.unknown else ""
        raise DeskError(
            f"{file} 第{heading.last}行是列名，缺少列：{'、'.join(missing)}。",
            f"没有导入。{some}",
            "带星号的列必须有；叫法不同的，在核对列和词的时候写明。",
        )
    doubled = sorted({name for name in heading.columns if name and heading.columns.count(name) > 1})
    if doubled:
        raise DeskError(
            f"{file} 有重复的列：{'、'.join(doubled)}。",
            "分不清用哪一列，没有导入。",
            "请删去多余的列，或者在对应表里写明不要哪一列。",
        )
