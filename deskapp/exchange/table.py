"""A table of a known kind in a file that others made: which sheets are read, where their headings are, which lines are records, which are
left out and why. Every line of the file is one or the other, and counted.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.boxes import has_boxes, ticked
from deskapp.exchange.columns import Columns
from deskapp.exchange.days import since_1904
from deskapp.exchange.heading import (
    LOOKED_AT,
    NEARLY,
    NO_HEADING,
    Heading,
    best_heading,
    find_heading,
)
from deskapp.exchange.heading_again import Governing
from deskapp.exchange.joint import ONE_WITH, joined, maybe_one
from deskapp.exchange.noticed import Noticed
from deskapp.exchange.table_record import LeftOut, TableRecord
from deskapp.exchange.tables.grid import SheetInfo, TableLine
from deskapp.exchange.tables.reading import TableFile
from deskapp.exchange.years import YearAbove

FIRST_LINES = LOOKED_AT + 2
MOST_SAID = 200_000  # lines left out that are named one by one
_SUMS = re.compile(
    r"(?:以上|本[页月季年]|[一二三四上下]?[季半]?[年度]*|[0-9一二三四五六七八九十]+月份?)?(?:合计|小计|总计|共计|累计|共[0-9]+件)"
)
_NOTES = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填报单位|填报人|填表人|制表人|制表|审核人|审核|负责人|单位负责人|联系电话|第.{1,4}页)[:：]?"
)
AS_ABOVE = ("同上", "〃", "″", "同前")
LONGEST_SAID, SAME_CELLS = 20, 2
UNLIKE = "不像一行记录"
ONLY_OTHERS = "只有没有导入的列里有内容"
ABOVE, SUM, NOTE = "列名上面的标题", "合计、小计", "注或者填报栏"


def _place(sheet: str, number: int) -> str:
    return f"{f'【{sheet}】' if sheet else ''}第{number}行"


def _first(line: TableLine) -> str:
    """The first cell of a line that holds anything, without blanks."""
    return "".join(next(cell for cell in line.cells if cell).split())


@dataclass
class Read:
    """What was read of a sheet: lines that hold something, records among them, hidden ones among those; ``taken`` is for whoever keeps
    them."""

    name: str
    lines: int = 0
    records: int = 0
    hidden: int = 0
    taken: int = 0
    chosen: bool = True


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
            found = self._of_sheet(number, heading, info, read, info.name if several else "")
            yield from joined(found, self.columns, functools.partial(self._joined, read))

    def _joined(self, read: Read, line: TableRecord, kept: TableRecord) -> None:
        """A line went into the record before it."""
        read.records -= 1
        self.noticed.together.append(_place(line.sheet, line.line))
        self._leave_out(LeftOut(line.line, ONE_WITH.format(kept.line), line.sheet))

    def _of_sheet(
        self, number: int, heading: Heading, info: SheetInfo, read: Read, sheet: str
    ) -> Iterator[TableRecord]:
        year, above, heads = YearAbove(info.name), dict.fromkeys(self.columns.names, ""), ""
        governing = Governing(heading, self.columns, self.mapping, self.partial)
        for line in self._file.lines(number):
            if line.empty or (line.number <= heading.last and line.number not in heading.above):
                continue
            read.lines += 1
            read.hidden += line.hidden
            self.noticed.worded += line.worded
            self.noticed.struck += [_place(sheet, line.number)] if line.struck else []
            above_it = line.number in heading.above and not line.broken
            why = ABOVE if above_it else self._named_again(line, governing, sheet)
            record = governing.now.record(line, self.columns)
            why = why or self._no_record(line, record, governing.now.numbered(line))
            if why:
                noted = not above_it and _NOTES.match(_first(line))
                title = "" if noted else "".join(dict.fromkeys(line.cells))
                heads = title if len(set(line.cells) - {""}) == 1 else heads  # one cell over all columns
                year.see(line.number, title, above_it)
                self._leave_out(LeftOut(line.number, why, sheet))
                continue
            read.records += 1
            if governing.displaced:
                blank = dict.fromkeys(self.columns.names, "")
                lost = {self.columns.required[0]: governing.displaced}
                yield TableRecord(line.number, blank, lost, sheet, displaced=governing.displaced)
                continue
            self.noticed.beyond += [f"第{line.number}行【{cell[:10]}】" for cell in governing.now.further(line)]
            if self._file.since_1904:
                self._count_from_1900(record)
            for column in [column for column, cell in record.items() if cell in AS_ABOVE and above[column]]:
                record[column] = above[column]
                self.noticed.same_as_above += 1
            above = record
            lost = governing.now.lost(line, self.columns)
            self._tick(record, lost)
            made = TableRecord(
                line.number,
                record,
                lost,
                sheet,
                year.year,
                heads,
                year.where,
                from_above=governing.now.from_above(line),
            )
            self.noticed.maybe_one += [_place(sheet, line.number)] if maybe_one(made, self.columns) else []
            yield made

    def _count_from_1900(self, record: dict[str, str]) -> None:
        """The days of a record that are numbers, in the file of a program that counted from 1904."""
        for column in self.columns.days:
            counted = since_1904(record[column])
            self.noticed.from_1904 += counted != record[column]
            record[column] = counted

    def _tick(self, record: dict[str, str], lost: dict[str, str]) -> None:
        """Read the cells of a line that hold boxes: ☑自然人 □法人."""
        for column in self.columns.words:
            if has_boxes(record[column]) and column not in lost:
                self.noticed.boxes += 1
                record[column], why = ticked(record[column], column in self.columns.required)
                if why:
                    lost[column] = why

    def _leave_out(self, left: LeftOut) -> None:
        if len(self.left_out) < MOST_SAID:
            self.left_out.append(left)
        else:
            self.left_out_more += 1

    def _named_again(self, line: TableLine, governing: Governing, sheet: str) -> str:
        """Why a line is no record, where it names the columns once more."""
        before = len(governing.changed)
        why = governing.see(line)
        self.noticed.headed_again += [_place(sheet, number) for number in governing.changed[before:]]
        return why

    def _no_record(self, line: TableLine, record: Mapping[str, str], numbered: bool) -> str:
        """Why a line below the heading is no record; empty for one that is, for one that may hold others, and for one that is ``numbered``
        as they are and has something of a record: what is missing in it is said."""
        if line.broken:
            return ""
        first = _first(line)
        held = set(line.cells) - {""}
        if not any(record.values()):
            return NOTE if _NOTES.match(first) else ONLY_OTHERS
        if len(held) == 1 and sum(map(bool, line.cells)) > SAME_CELLS:  # one cell over many columns
            return NOTE if _NOTES.match(first) else f"{UNLIKE}：【{first[:LONGEST_SAID]}】"
        required = sum(bool(record[column]) for column in self.columns.required)
        most = max(1, len(self.columns.required) // 2)
        few = required <= most if len(self.columns.required) > 1 else len(held) <= 2
        if few and _SUMS.match(first):
            return SUM
        if few and _NOTES.match(first):
            return NOTE
        if numbered and required:
            return ""
        if len(self.columns.required) > 2 and required <= most and len(held) <= 2 and not self._dated(record):
            return f"{UNLIKE}：【{first[:LONGEST_SAID]}】"
        return ""

    def _dated(self, record: Mapping[str, str]) -> bool:
        """Whether a line has a day and something else that a record must have: then it is one that lacks the rest."""
        filled = {column for column in self.columns.required if record[column]}
        days = {
            column for column in filled if column in self.columns.days and self.columns.fits(column, record[column])
        }
        return bool(days and filled - days)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
