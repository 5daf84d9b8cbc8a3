"""The line of a table that names its columns, found below titles and in one or more lines; and the cells that cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from deskapp.errors import DeskError, shortened
from deskapp.exchange.boxes import (
    DAY_PARTS,
    are_day_parts,
    column_of,
    put_together,
    ticked_column,
)
from deskapp.exchange.columns import CALLED, CHOSEN, DECIDED, EXACT, Columns, folded
from deskapp.exchange.layouts import Layout, layouts
from deskapp.exchange.table_record import Number
from deskapp.exchange.tables.grid import TableLine

NUMBERING = ("序号", "序", "行号", "NO", "No", "No.")  # columns that say nothing
RETURNED = ("原来的行", "原因")  # the columns that go back beside a bad line; when it comes again they say nothing
NO_HEADING = "no_heading"  # the code of a sheet in which no line names a column
NEARLY = 3  # names of columns from which a line must be meant as a heading
LOOKED_AT = 30  # lines in which the heading is looked for
BEYOND = "有的格上面没有列名，没有导入："


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
class Heading:
    """The heading that was found: its layout; the column of each place (empty: not taken); the names that are no column's own, those that
    the cells below decided with the first of these, those that they left open with what they may mean, those that gave way to a column's
    own name, and those that nobody knows; the places of those that number the lines, taken or not; the names that somebody did not want though
    something stands below them."""

    layout: Layout
    columns: tuple[str, ...]
    called: tuple[tuple[str, str], ...] = ()
    decided: tuple[tuple[str, str, str], ...] = ()
    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gave_way: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    numbering: tuple[int, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they stand in the file."""
        return self.layout.names

    @cached_property
    def words(self) -> set[str]:
        """All that stands in the heading."""
        return {*self.layout.names, *self.layout.choices}

    @property
    def last(self) -> int:
        """Its last line."""
        return self.layout.last

    @property
    def above(self) -> tuple[int, ...]:
        """The lines above it."""
        return self.layout.above

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the columns."""
        said = []
        if self.called:
            said.append(
                "这些列按通常的叫法收："
                + "、".join(f"【{name}】当作【{column}】" for name, column in self.called)
                + "。"
            )
        for name, column, cell in self.decided:
            said.append(f"【{name}】下面写的是【{shortened(cell)}】这样的内容，当作【{column}】收。")
        for column, choices in self._ticked.items():
            how = "，合起来收" if are_day_parts(choices) else "打勾，照打了勾的那一列收"
            said.append(f"【{column}】分成{'、'.join(choices)}几列{how}。")
        for name, column in self.gave_way:
            said.append(f"已经有更确定的【{column}】，【{name}】没有导入。")
        said += [f"{said_open(name, columns)}，没有导入；请在核对列和词的时候定。" for name, columns in self.open]
        if self.unknown:
            said.append(f"不认识的列没有导入：{'、'.join(self.unknown)}。")
        if self.unwanted:
            said.append(f"定了不导入的列，里面写着的没有收：{'、'.join(self.unwanted)}。")
        return tuple(said)

    @property
    def left(self) -> tuple[str, ...]:
        """The names of the columns that are not taken."""
        return (*self.unknown, *self.unwanted, *(name for name, _ in self.open), *(name for name, _ in self.gave_way))

    @cached_property
    def _ticked(self) -> dict[str, dict[str, int]]:
        """The columns that are ticked: their choices with their places."""
        found: dict[str, dict[str, int]] = {}
        for place, choice in enumerate(self.layout.choices):
            if choice and self.columns[place]:
                found.setdefault(self.columns[place], {})[choice] = place
        return found

    def record(self, line: TableLine, columns: Columns) -> dict[str, str]:
        """A line as cells by column."""
        record = dict.fromkeys(columns.names, "")
        record.update((name, cell) for name, cell in zip(self.columns, line.cells, strict=False) if name)
        record.update((column, text) for column, (text, _) in self._choices(line, columns).items())
        return record

    def lost(self, line: TableLine, columns: Columns) -> dict[str, str]:
        """The columns that are taken whose cell is not what was meant, and why. A cell that may hold whole lines counts in any column."""
        found: dict[str, str] = {}
        for place, why in line.lost.items():
            column = self.columns[place] if place < len(self.columns) and not self._choice(place) else ""
            if place in line.broken:
                column = column or next(filter(None, self.columns))
            if column:
                found.setdefault(column, why)
        return found | {column: why for column, (_, why) in self._choices(line, columns).items() if why}

    def number(self, line: TableLine) -> Number:
        """What numbers a line."""
        if not line.from_above.isdisjoint(self.numbering):
            return Number.ABOVE
        cells = [line.cells[place] for place in self.numbering if place < len(line.cells)]
        if any(any(map(str.isdigit, cell)) for cell in cells):
            return Number.OWN
        return Number.NONE if self.numbering and not any(cells) else Number.UNKNOWN

    def from_above(self, line: TableLine) -> frozenset[str]:
        """The columns that a merged cell fills from above."""
        return frozenset(self.columns[place] for place in line.from_above if place < len(self.columns)) - {""}

    def _choice(self, place: int) -> str:
        return self.layout.choices[place] if place < len(self.layout.choices) else ""

    def _choices(self, line: TableLine, columns: Columns) -> dict[str, tuple[str, str]]:
        """The columns that are ticked, with the choice that is, and why none can be taken."""
        if not self._ticked:
            return {}
        cells = (*line.cells, *[""] * (len(self.columns) - len(line.cells)))
        found: dict[str, tuple[str, str]] = {}
        for column, of in self._ticked.items():
            given = {choice: cells[place] for choice, place in of.items()}
            if are_day_parts(given):
                found[column] = put_together(given), ""
            else:
                found[column] = ticked_column(given, column in columns.required)
        return found

    @cached_property
    def _not_taken(self) -> tuple[tuple[int, str], ...]:
        """The places that have a name and are no column of ours, nor number the lines or went back with them."""
        besides = {*NUMBERING, *RETURNED}
        return tuple(
            (place, name)
            for place, (name, column) in enumerate(zip(self.names, self.columns, strict=True))
            if name and not column and folded(name) not in besides
        )

    def rest(self, line: TableLine) -> dict[str, str]:
        """What a line has in the columns that are not taken, by their names."""
        held = ((name, line.cells[place]) for place, name in self._not_taken if place < len(line.cells))
        return {name: cell for name, cell in held if cell}

    def parted(self, line: TableLine, columns: Columns) -> dict[str, str]:
        """What a line has below the names that stand over several places, by those names."""
        found = self._choices(line, columns)
        return {self.names[place]: found[column][0] for column, of in self._ticked.items() for place in of.values()}

    def further(self, line: TableLine) -> list[str]:
        """What a line has in places where the heading has no name."""
        return [
            cell
            for place, cell in enumerate(line.cells)
            if cell and (place >= len(self.names) or not self.names[place])
        ]


def said_open(name: str, columns: Sequence[str]) -> str:
    """That a name may mean several columns, or one."""
    return f"【{name}】可能是{'、'.join(f'【{column}】' for column in columns)}，看下面的内容定不了"


def find_heading(first: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str], file: str) -> Heading:
    """The heading among the first lines of a sheet. Raises DeskError where a column that must be there is missing, or one is there twice;
    with the code NO_HEADING where no line names any."""
    found = best_heading(first, columns, mapping, file)
    _complete(found, columns, file)
    return found


def best_heading(first: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str], file: str) -> Heading:
    """The line among the first, or the two or three, that name most columns; none below one that is whole: that is of another table. Raises
    DeskError (NO_HEADING) where none names any."""
    lines = [line for line in first if not line.empty][:LOOKED_AT]
    best: tuple[tuple[int, bool], Heading] | None = None
    found = [
        _heading(layout, [line for line in first if line.number > layout.last], columns, mapping)
        for layout in layouts(lines, columns, mapping)
    ]
    complete = [made.last for made in found if columns.required and set(columns.required) <= set(made.columns)]
    for made in found:
        if complete and min(complete) in made.above:
            continue
        score = len({name for name in made.columns if name}), bool(made.layout.choices)
        if best is None or score > best[0]:
            best = score, made
    if best is None or not best[0][0]:
        needed = "、".join(columns.required)
        raise DeskError(
            f"{file} 的前{LOOKED_AT}行里没有找到列名。", "没有导入。", f"列名里至少要有：{needed}。", code=NO_HEADING
        )
    return best[1]


def sure_heading(line: TableLine, columns: Columns, mapping: Mapping[str, str], partial: bool) -> Heading | None:
    """One line as a heading, where each of its names is sure without the cells below; None where one is not. Raises DeskError for one that
    lacks a column that must be there (not with ``partial``), or has one twice."""
    found = _heading(Layout(line.spread, line.number, (), rows=(line.spread,)), (), columns, mapping)
    if not partial:
        _complete(found, columns, "")
    return None if found.open or found.decided or found.gave_way else found


def _heading(layout: Layout, below: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str]) -> Heading:
    """What the names of a layout stand for; the lines ``below`` decide where a name leaves it open."""
    found = _Meanings(layout, below, columns, mapping)
    found.give_way()
    taken = set(found.columns)
    left = {name: tuple(x for x in found.open[name] if x not in taken) for name in found.open}
    called = tuple(
        (layout.names[place], found.columns[place])
        for place, how in enumerate(found.sure)
        if how == CALLED and found.columns[place]
    )
    return Heading(
        layout, tuple(found.columns), tuple(dict.fromkeys(called)), tuple(found.decided), tuple((name, of) for name, of in left.items() if of),
        tuple(found.gave_way), (*found.unknown, *(name for name, of in left.items() if not of)), found.numbering, tuple(found.unwanted),
    )  # fmt: skip


class _Meanings:
    """The names of a heading, each with its column and how sure that is."""

    def __init__(
        self, layout: Layout, below: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str]
    ) -> None:
        self._layout, self._below, self._columns, self._mapping = layout, below, columns, mapping
        self.columns, self.sure = [""] * len(layout.names), [CHOSEN] * len(layout.names)
        self.decided: list[tuple[str, str, str]] = []
        self.open: dict[str, tuple[str, ...]] = {}
        self.gave_way: list[tuple[str, str]] = []
        self.unknown: list[str] = []
        self.unwanted: list[str] = []
        for place, name in enumerate(layout.names):
            if folded(name):
                column, how = columns.meaning(name, mapping)
                self._place(place, name, column, how)

    @property
    def numbering(self) -> tuple[int, ...]:
        """The places of the columns that number the lines: the number's own, those that may mean it, those that say nothing else."""
        number = self._columns.number
        return tuple(
            place
            for place, (name, column) in enumerate(zip(self._layout.names, self.columns, strict=True))
            if (column == number if column else folded(name) in NUMBERING or number in self._columns.may_mean(name))
        )

    def _place(self, place: int, name: str, column: str, how: int) -> None:
        if parted := self._day_of_parts(place, name):
            self.columns[place], self.sure[place] = parted, EXACT if parted == name else CALLED
        elif column in self._columns.names:
            self.columns[place], self.sure[place] = column, how
        elif how == CHOSEN and not column:
            self._not_wanted(place, name)
        elif possible := self._columns.may_mean(name):
            self._decide(place, name, possible)
        elif column not in NUMBERING and not self._came_back(name) and name not in self.unknown:
            self.unknown.append(name)

    def _not_wanted(self, place: int, name: str) -> None:
        """Somebody said so; what stands below it is lost by that, which is said."""
        held = any(place < len(line.cells) and line.cells[place] for line in self._below)
        if held and folded(name) not in NUMBERING and not self._came_back(name) and name not in self.unwanted:
            self.unwanted.append(name)

    def _came_back(self, name: str) -> bool:
        """Whether a name is one of those that go back beside a bad line: only where all of them are there."""
        return folded(name) in RETURNED and set(RETURNED) <= {folded(x) for x in self._layout.names}

    def _day_of_parts(self, place: int, name: str) -> str:
        """The column of a day of which the place holds a part; empty for any other."""
        if not self._layout.choices or self._layout.choices[place] not in DAY_PARTS:
            return ""
        parts = [x for x, own in zip(self._layout.choices, self._layout.names, strict=True) if own == name]
        return column_of(name, parts, self._columns, self._mapping)

    def _decide(self, place: int, name: str, possible: tuple[str, ...]) -> None:
        """By the choices below the name, or the cells."""
        choice = self._layout.choices[place] if self._layout.choices else ""
        if choice:
            cells = [x for x, own in zip(self._layout.choices, self._layout.names, strict=True) if own == name]
        else:
            cells = [line.cells[place] for line in self._below if place < len(line.cells)]
        column = self._columns.decided(possible, cells)
        if not column:
            self.open[name] = self._columns.left_open(possible, cells)
            return
        self.columns[place], self.sure[place] = column, DECIDED
        example = next(cell for cell in cells if self._columns.fits(column, cell))
        if (name, column, example) not in self.decided:
            self.decided.append((name, column, example))

    def give_way(self) -> None:
        """Of several names of one column the surest stays, where one is surer than the others."""
        for column in dict.fromkeys(filter(None, self.columns)):
            places = [place for place, found in enumerate(self.columns) if found == column]
            best = min(self.sure[place] for place in places)
            for place in places:
                if self.sure[place] > best:
                    self.columns[place] = ""
                    self.gave_way.append((self._layout.names[place], column))
        gone = {name for name, _ in self.gave_way}
        self.decided = [found for found in self.decided if found[0] not in gone]


def _complete(heading: Heading, columns: Columns, file: str) -> None:
    missing = [column for column in columns.required if column not in heading.columns]
    if missing:
        some = f"不认识的列：{'、'.join(heading.unknown)}。" if heading.unknown else ""
        some += "".join(f"{said_open(name, possible)}。" for name, possible in heading.open)
        raise DeskError(
            f"{file} 第{heading.last}行是列名，缺少列：{'、'.join(missing)}。",
            f"没有导入。{some}",
            "带星号的列必须有；叫法不同的，在核对列和词的时候写明。",
        )
    names: dict[str, list[str]] = {}
    for place, column in enumerate(heading.columns):
        own = names.setdefault(column, [])
        if not (heading.layout.choices and heading.layout.choices[place]) or heading.names[place] not in own:
            own.append(heading.names[place])
    doubled = {column: own for column, own in names.items() if column and len(own) > 1}
    if doubled:
        said = "、".join(f"{column}（{'、'.join(map(_quoted, own))}）" for column, own in sorted(doubled.items()))
        raise DeskError(
            f"{file} 有重复的列：{said}。",
            "分不清用哪一列，没有导入。",
            "请删去多余的列，或者在核对列和词的时候写明不要哪一列。",
        )


def _quoted(name: str) -> str:
    return f"【{name}】"
