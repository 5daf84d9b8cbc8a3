"""The lines of a sheet that may be the heading of its table: one, two or three, with the choices that are ticked below a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from deskapp.exchange.boxes import groups, inherited, is_tick, parted_days, ticked_words
from deskapp.exchange.columns import Columns
from deskapp.exchange.tables.grid import TableLine


@dataclass(frozen=True)
class Layout:
    """Lines that may be the heading: the name of each place, the choice below it where it is one of several to be ticked, the first and the
    last line, the lines above; ``rows`` are its lines as they stand."""

    names: tuple[str, ...]
    last: int
    above: tuple[int, ...]
    choices: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def layouts(lines: Sequence[TableLine], columns: Columns, mapping: Mapping[str, str]) -> Iterator[Layout]:
    """The lines that may be the heading: one, where two say no more; three only where the third has choices to be ticked."""
    above = [tuple(line.number for line in lines[:at]) for at in range(len(lines))]
    ticked = any(is_tick(cell) for line in lines for cell in line.cells)
    for at, line in enumerate(lines):
        yield _single(line, lines[at + 1 :] if ticked else (), above[at], columns, mapping)
    for at, (line, below) in enumerate(pairwise(lines)):
        if below.number == line.number + 1 and (made := _joined(line, below, columns, mapping)):
            yield replace(made, above=above[at], rows=(line.spread, below.spread))
            deepest = lines[at + 2] if at + 2 < len(lines) else None
            if deepest and deepest.number == below.number + 1:
                made = _joined(line, _over(below, deepest), columns, mapping)
                if made and made.choices:
                    yield replace(made, above=above[at], rows=(line.spread, below.spread, deepest.spread))


def _single(
    line: TableLine, below: Sequence[TableLine], above: tuple[int, ...], columns: Columns, mapping: Mapping[str, str]
) -> Layout:
    """A heading of one line; parts of a day, or words of one column with ticks ``below``, that stand beside each other are choices of it."""
    names, choices = parted_days(line.spread, columns, mapping)
    if below:
        names, words = ticked_words(names, [under.cells for under in below], columns, mapping)
        choices = [part or word for part, word in zip(choices, words, strict=True)]
    return Layout(tuple(names), line.number, above, tuple(choices) if any(choices) else (), (line.spread,))


def _over(line: TableLine, below: TableLine) -> TableLine:
    """Two lower lines of a heading as one: what stands lowest."""
    width = max(len(line.spread), len(below.spread))
    upper, lower = ((*cells, *[""] * (width - len(cells))) for cells in (line.spread, below.spread))
    return TableLine(below.number, tuple(under or over for over, under in zip(upper, lower, strict=True)))


def _joined(line: TableLine, below: TableLine, columns: Columns, mapping: Mapping[str, str]) -> Layout | None:
    """Two lines as one heading, where both name columns, or the lower one has choices: the lower name, the upper one, or both together,
    whichever is known. A merged name stands in both."""

    def sure(name: str) -> bool:
        return columns.meaning(name, mapping)[0] in columns.names

    width = max(len(line.spread), len(below.spread))
    upper, lower = ([*cells, *[""] * (width - len(cells))] for cells in (line.spread, below.spread))
    upper = inherited(upper, lower, columns, mapping)
    names, choices = [""] * width, [""] * width
    for places, _ in groups(upper, lower, columns, mapping):
        for place in places:
            names[place], choices[place] = upper[place], lower[place]
    if not any(choices) and not any(sure(cell) for cell in lower if cell):
        return None
    for place in range(width):
        over, under = upper[place], lower[place]
        # 申请人 over 姓名, 村组: the group's name is none of theirs
        of_a_group = bool(under) and upper.count(over) > 1
        possible = [name for name in dict.fromkeys((under, over + under, "" if of_a_group else over)) if name]
        if over == under:
            possible = [over]
        known = [name for name in possible if sure(name)] or [name for name in possible if columns.may_mean(name)]
        names[place] = names[place] or next(iter(known), under or over)
    return Layout(tuple(names), below.number, (), tuple(choices) if any(choices) else ())
