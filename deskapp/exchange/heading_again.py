"""A heading that comes once more below: the same, place for place; another one that is read from there on; or one that nobody can be sure of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.errors import DeskError
from deskapp.exchange.columns import CHOSEN, Columns, folded
from deskapp.exchange.heading import NEARLY, NUMBERING, Heading, sure_heading
from deskapp.exchange.tables.grid import TableLine

_A_DAY = re.compile(r"20[0-9]{2}[-/.年][0-9]")
HEADING_AGAIN = "重复的列名"
GOVERNS = "列的次序或者多少和上面的列名不一样，从这一行起照它读"
DISPLACED = "在第{}行的另一行列名下面，那一行和上面的列名对不上，分不清哪一格是哪一列；请把那一行以下的另存成一张表，改正列名后再导入"


@dataclass
class Governing:
    """The heading that governs the lines of a sheet as they are read, from the first one on. ``partial`` takes one that lacks columns."""

    first: Heading
    columns: Columns
    mapping: Mapping[str, str]
    partial: bool = False
    changed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the first."""
        self.now, self.displaced = self.first, ""

    def see(self, line: TableLine) -> str:
        """Why a line is no record, where it names columns; empty for any other. What it names governs from there on."""
        if line.lost or any(_A_DAY.match(cell) for cell in line.cells):  # nearly every record, and never a heading
            return ""
        if self._same(line, self.now) or self._same(line, self.first):
            if self._same(line, self.first) and (self.now is not self.first or self.displaced):
                self.now, self.displaced = self.first, ""
                self.changed.append(line.number)
            return HEADING_AGAIN
        held = {folded(cell) for cell in line.cells if folded(cell)}
        names = sum(self._names(cell) for cell in held)
        if len(held) == 1 and held <= self._words():
            return HEADING_AGAIN
        if len(held) < 2 or not (names == len(held) or (names >= NEARLY and 2 * names > len(held))):
            return ""
        self._turn(line)
        return HEADING_AGAIN

    def _words(self) -> set[str]:
        return {folded(word) for word in self.first.words}

    def _names(self, cell: str) -> bool:
        """Whether a cell is the name of a column."""
        column, how = self.columns.meaning(cell, self.mapping)
        known = column in self.columns.names or how == CHOSEN or bool(self.columns.may_mean(cell))
        return known or cell in self._words() or cell in NUMBERING

    def _same(self, line: TableLine, heading: Heading) -> bool:
        """Whether a line has the names of a heading, each in its place: those of one of its lines, or of other words for the same columns."""
        cells = [(place, cell) for place, cell in enumerate(line.cells) if folded(cell)]
        rows = (*heading.layout.rows, heading.names, heading.layout.choices)
        return len(cells) > 1 and any(
            all(self._at(place, cell, row, heading) for place, cell in cells) for row in rows
        )

    def _at(self, place: int, cell: str, row: tuple[str, ...], heading: Heading) -> bool:
        if place >= len(row):
            return False
        if folded(cell) == folded(row[place]):
            return True
        meant = heading.columns[place] if place < len(heading.columns) else ""
        return bool(meant) and self.columns.meaning(cell, self.mapping)[0] == meant

    def _turn(self, line: TableLine) -> None:
        """Another heading: it governs where it is whole, each of its names is sure, and it has no column that the first has not."""
        try:
            made = sure_heading(line, self.columns, self.mapping, self.partial)
        except DeskError:
            made = None
        if made and set(made.columns) <= {*self.first.columns, ""} and not self.first.layout.choices:
            self.now, self.displaced = made, ""
            self.changed.append(line.number)
        else:
            self.displaced = DISPLACED.format(line.number)
