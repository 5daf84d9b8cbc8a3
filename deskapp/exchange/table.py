"""A table of a known kind in a file that others made: which sheets are read and where their headings are, what is to be said of it. Every
line of the file is a record or left out, and counted.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.columns import Columns
from deskapp.exchange.heading import (
    LOOKED_AT,
    NEARLY,
    NO_HEADING,
    Heading,
    best_heading,
    find_heading,
)
from deskapp.exchange.heading_again import Governing
from deskapp.exchange.joint import ONE_WITH, joined
from deskapp.exchange.noticed import Noticed
from deskapp.exchange.sheet_records import Read, SheetRecords, place
from deskapp.exchange.table_record import LeftOut, TableRecord
from deskapp.exchange.tables.grid import TableLine
from deskapp.exchange.tables.reading import TableFile

FIRST_LINES = LOOKED_AT + 2
MOST_SAID = 200_000  # lines left out that are named one by one


@dataclass
class OpenTable:
    """A file, opened as a table of a kind. ``sheet`` names one sheet, ``every`` takes all that have the heading, ``partial`` also one whose
    heading lacks columns."""

    path: Path
    columns: Columns
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    every: bool = False
    partial: bool = False

    def __post_init__(self) -> None:
        """Choose the sheets and find their headings. Raises DeskError."""
        self._file = TableFile(self.path)
        self.left_out: list[LeftOut] = []
        self.left_out_more = 0
        self.noticed = Noticed()
        self.read: list[Read] = []
        self.chosen = self._choose()
        self.not_read = [
            Read(info.name, lines=sum(not line.empty for line in self._file.lines(number)), chosen=False)
            for number, info in enumerate(self._file.sheets)
            if number not in dict(self.chosen)
        ]

    def _choose(self) -> list[tuple[int, Heading]]:
        """The sheets to read, by their places, each with its heading."""
        sheets = self._file.sheets
        if not sheets:
            raise DeskError(f"{self.path.name} 里一张表也没有。", "没有导入。", "请核对文件。")
        if self.sheet:
            named = [n for n, info in enumerate(sheets) if info.name.strip() == self.sheet.strip()]
            if not named:
                names = "、".join(info.name for info in sheets)
                raise DeskError(f"{self.path.name} 里没有【{self.sheet}】这张表。", "没有导入。", f"有的：{names}。")
            return [(named[0], self._heading(named[0]))]
        ours = [n for n, info in enumerate(sheets) if info.name.strip() == self.columns.sheet and not info.hidden]
        if ours and not self.every:
            others = self._with_heading([n for n, info in enumerate(sheets) if n not in ours and not info.hidden])
            return (
                [(ours[0], self._heading(ours[0]))]
                if not others
                else self._asked([*self._with_heading(ours), *others])
            )
        visible = [n for n, info in enumerate(sheets) if not info.hidden] or list(range(len(sheets)))
        if len(visible) == 1:
            return [(visible[0], self._heading(visible[0]))]
        found = self._with_heading(visible)
        if not found:
            return [(visible[0], self._heading(visible[0]))]  # which says what is missing
        return found if self.every or len(found) == 1 else self._asked(found)

    def _asked(self, found: Sequence[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
        """Several sheets look like the table: nobody chooses for the person."""
        counts = [
            f"【{self._file.sheets[n].name}】（{sum(not x.empty for x in self._file.lines(n)) - 1 - len(heading.above)}行）"
            for n, heading in found
        ]
        raise DeskError(
            f"{self.path.name} 里有{len(found)}张表都像：{'、'.join(counts)}。",
            "没有导入。",
            "请用 --sheet 表名 写明哪一张，或者用 --all-sheets 全部导入。",
        )

    def _with_heading(self, numbers: Sequence[int]) -> list[tuple[int, Heading]]:
        """Those of the sheets that are such a table. One that is nearly one is not passed over where every one is wanted."""
        found = []
        for number in numbers:
            try:
                found.append((number, self._heading(number)))
            except DeskError as error:
                if self.every and error.code != NO_HEADING and self._nearly(number):
                    raise
        return found

    def _nearly(self, number: int) -> bool:
        """Whether a sheet has so many of the columns that it must be meant."""
        heading = best_heading(self._first(number), self.columns, self.mapping, self.path.name)
        return sum(map(bool, heading.columns)) >= NEARLY

    def _first(self, number: int) -> list[TableLine]:
        return list(islice((line for line in self._file.lines(number) if not line.empty), FIRST_LINES))

    def _heading(self, number: int) -> Heading:
        name = self._file.sheets[number].name
        find = best_heading if self.partial else find_heading
        return find(
            self._first(number), self.columns, self.mapping, f"{self.path.name}{f'【{name}】' if name else ''}"
        )

    @property
    def names(self) -> set[str]:
        """The columns that are there."""
        return {column for _, heading in self.chosen for column in heading.columns if column}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the file, as far as it was read."""
        said = dict.fromkeys(chain.from_iterable(heading.warnings for _, heading in self.chosen))
        hidden = sum(read.hidden for read in self.read)
        said |= dict.fromkeys(self.noticed.said(hidden))
        for read in self.not_read:
            if read.lines:
                kind = "隐藏的" if self._hidden(read.name) else ""
                said[f"没有读{kind}表【{read.name}】（{read.lines}行）。"] = None
        return tuple(said)

    def _hidden(self, name: str) -> bool:
        return any(info.hidden for info in self._file.sheets if info.name == name)

    def records(self) -> Iterator[TableRecord]:
        """The records of every sheet that is read, in their order. Raises DeskError where the file cannot be read further."""
        several = len(self.chosen) > 1
        for number, heading in self.chosen:
            info = self._file.sheets[number]
            read = Read(info.name)
            self.read.append(read)
            self.noticed.see_aside(self._file.aside(number), heading)
            found = SheetRecords(
                self._file.lines(number), Governing(heading, self.columns, self.mapping, self.partial), info.name,
                info.name if several else "", read, self.noticed, self._leave_out, self._file.since_1904,
            )  # fmt: skip
            yield from joined(iter(found), self.columns, functools.partial(self._joined, read))

    def _joined(self, read: Read, line: TableRecord, kept: TableRecord) -> None:
        """A line went into the record before it."""
        read.records -= 1
        self.noticed.together.append(place(line.sheet, line.line))
        self._leave_out(LeftOut(line.line, ONE_WITH.format(kept.line), line.sheet))

    def _leave_out(self, left: LeftOut) -> None:
        if len(self.left_out) < MOST_SAID:
            self.left_out.append(left)
        else:
            self.left_out_more += 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()
