"""The lines of a sheet below its heading: which are records, which are left out and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from deskapp.exchange.boxes import has_boxes, ticked
from deskapp.exchange.columns import Columns
from deskapp.exchange.days import since_1904
from deskapp.exchange.heading_again import Governing
from deskapp.exchange.joint import ONLY_A_PERSON, maybe_one, only_a_person
from deskapp.exchange.noticed import Noticed
from deskapp.exchange.table_record import LeftOut, Number, TableRecord
from deskapp.exchange.tables.grid import TableLine
from deskapp.exchange.years import YearAbove

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
SWALLOWED = "夹在第{}行的一格里：引号没有关上"
ABOVE, SUM, NOTE = "列名上面的标题", "合计、小计", "注或者填报栏"


def place(sheet: str, number: int) -> str:
    """A line as it is called, with its sheet where there are several."""
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
class SheetRecords:
    """The records of a sheet, in their order; its lines are counted in ``read``, what is unusual goes to ``noticed``, what is no record to
    ``leave_out``. ``sheet`` is the name that its lines bear, ``name`` its own, which may tell a year; ``since_1904`` where its days that
    are numbers count from there."""

    lines: Iterable[TableLine]
    governing: Governing
    name: str
    sheet: str
    read: Read
    noticed: Noticed
    leave_out: Callable[[LeftOut], None]
    since_1904: bool = False
    title: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """The title and the record above the first line: nothing."""
        self._year = YearAbove(self.name)
        self._above = dict.fromkeys(self._columns.names, "")

    @property
    def _columns(self) -> Columns:
        return self.governing.columns

    def __iter__(self) -> Iterator[TableRecord]:
        """Each record. Raises DeskError where the file cannot be read further."""
        first = self.governing.first
        for line in self.lines:
            if line.empty or (line.number <= first.last and line.number not in first.above):
                continue
            self._see(line)
            above_it = line.number in first.above and not line.broken
            why = ABOVE if above_it else self._named_again(line)
            cells = self.governing.now.record(line, self._columns)
            number = self.governing.now.number(line)
            if why := why or self._no_record(line, cells, number):
                self._pass_over(line, why, above_it)
                self._swallowed(line)
                continue
            self.read.records += 1
            self._swallowed(line)
            yield self._displaced(line) if self.governing.displaced else self._record(line, cells, number)

    def _see(self, line: TableLine) -> None:
        self.read.lines += 1
        self.read.hidden += line.hidden
        self.noticed.worded += line.worded
        self.noticed.struck += [place(self.sheet, line.number)] if line.struck else []

    def _swallowed(self, line: TableLine) -> None:
        """The lines of the file that a quote which is not closed has made part of this one: each is left out by its number."""
        for number in range(line.number + 1, line.number + line.swallowed + 1):
            self.read.lines += 1
            self.leave_out(LeftOut(number, SWALLOWED.format(line.number), self.sheet))

    def _pass_over(self, line: TableLine, why: str, above_it: bool) -> None:
        """Leave a line out; one that is a title may tell the year of those below it."""
        noted = not above_it and _NOTES.match(_first(line))
        words = "" if noted else "".join(dict.fromkeys(line.cells))
        if len(set(line.cells) - {""}) == 1:  # one cell over all columns
            self.title = words
        self._year.see(line.number, words, above_it)
        self.leave_out(LeftOut(line.number, why, self.sheet))

    def _displaced(self, line: TableLine) -> TableRecord:
        """A line below a heading that could not be read: none of its cells is sure."""
        why = self.governing.displaced
        blank = dict.fromkeys(self._columns.names, "")
        rest = {f"第{place}格": cell for place, cell in enumerate(line.cells, 1) if cell}
        return TableRecord(line.number, blank, {self._columns.required[0]: why}, self.sheet, refused=why, rest=rest)

    def _record(self, line: TableLine, cells: dict[str, str], number: Number) -> TableRecord:
        """A line that is a record."""
        heading, columns = self.governing.now, self._columns
        self.noticed.beyond += [f"第{line.number}行【{cell[:10]}】" for cell in heading.further(line)]
        if self.since_1904:
            self._count_from_1900(cells)
        lost, refused = heading.lost(line, columns), ""
        if columns.together and only_a_person(cells, number, columns):
            refused = ONLY_A_PERSON.format(columns.together.others)
            lost = {columns.together.first: refused}
        else:
            self._fill_as_above(cells)
            self._tick(cells, lost)
        made = TableRecord(
            line.number, cells, lost, self.sheet, self._year.year, self.title, self._year.where, refused,
            heading.from_above(line), number, heading.rest(line),
        )  # fmt: skip
        self.noticed.maybe_one += [place(self.sheet, line.number)] if maybe_one(made, columns) else []
        return made

    def _fill_as_above(self, cells: dict[str, str]) -> None:
        """What is written as 同上 is what the record above has."""
        for column in [column for column, cell in cells.items() if cell in AS_ABOVE and self._above[column]]:
            cells[column] = self._above[column]
            self.noticed.same_as_above += 1
        self._above = cells

    def _count_from_1900(self, record: dict[str, str]) -> None:
        """The days of a record that are numbers, in the file of a program that counted from 1904."""
        for column in self._columns.days:
            counted = since_1904(record[column])
            self.noticed.from_1904 += counted != record[column]
            record[column] = counted

    def _tick(self, record: dict[str, str], lost: dict[str, str]) -> None:
        """Read the cells of a line that hold boxes: ☑自然人 □法人."""
        for column in self._columns.words:
            if has_boxes(record[column]) and column not in lost:
                self.noticed.boxes += 1
                record[column], why = ticked(record[column], column in self._columns.required)
                if why:
                    lost[column] = why

    def _named_again(self, line: TableLine) -> str:
        """Why a line is no record, where it names the columns once more."""
        before = len(self.governing.changed)
        why = self.governing.see(line)
        self.noticed.headed_again += [place(self.sheet, number) for number in self.governing.changed[before:]]
        return why

    def _no_record(self, line: TableLine, record: Mapping[str, str], number: Number) -> str:
        """Why a line below the heading is no record; empty for one that is, for one that may hold others, for one that has a number as they have
        and something of a record, and for one of a person alone: what is missing in it is said."""
        if line.broken:
            return ""
        first = _first(line)
        held = set(line.cells) - {""}
        if not any(record.values()):
            return NOTE if _NOTES.match(first) else ONLY_OTHERS
        if len(held) == 1 and sum(map(bool, line.cells)) > SAME_CELLS:  # one cell over many columns
            return NOTE if _NOTES.match(first) else f"{UNLIKE}：【{first[:LONGEST_SAID]}】"
        required = sum(bool(record[column]) for column in self._columns.required)
        most = max(1, len(self._columns.required) // 2)
        few = required <= most if len(self._columns.required) > 1 else len(held) <= 2
        if few and _SUMS.match(first):
            return SUM
        if few and _NOTES.match(first):
            return NOTE
        if (number in (Number.OWN, Number.ABOVE) and required) or only_a_person(record, number, self._columns):
            return ""
        if len(self._columns.required) > 2 and required <= most and len(held) <= 2 and not self._dated(record):
            return f"{UNLIKE}：【{first[:LONGEST_SAID]}】"
        return ""

    def _dated(self, record: Mapping[str, str]) -> bool:
        """Whether a line has a day and something else that a record must have: then it is one that lacks the rest."""
        filled = {column for column in self._columns.required if record[column]}
        days = {
            column for column in filled if column in self._columns.days and self._columns.fits(column, record[column])
        }
        return bool(days and filled - days)
