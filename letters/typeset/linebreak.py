"""Breaking Chinese text into lines: 避头尾 at both ends, squeezed punctuation, justified lines.

Pure arithmetic over glyphs that carry their own widths (pt). A line that would begin with closing punctuation first
tries to take it in by squeezing the punctuation it holds, then gives its last characters to the next line. Latin words
and numbers stay whole, and so do …… and ——; where a line would be blown apart by one, it is parted after a hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from letters.typeset.marks import (
    EASY_GAP,
    HALF,
    JOIN,
    MOST_SQUEEZED,
    SQUEEZED,
    WIDEST_GAP,
    Sort,
    sort_of,
)
from letters.typeset.marks import NO_END as NO_END  # they stand together
from letters.typeset.marks import NO_START as NO_START

_LETTER = r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff]"  # Latin, Greek, Cyrillic
_WORD = rf"{_LETTER}+(?:[.,:/\-_@&+'’#=~%]{_LETTER}+)*%?"
_OPTION = r"[□■][^　\s]{1,12}"  # a box to tick and what it stands for
TOGETHER = re.compile(f"{_WORD}|{_OPTION}|……|——")
PARTS = "-/_.@&=?"  # a long number or address may be parted after one of these
SHORTEST_PART = 2  # characters on either side
LONGEST_WORD = 10.0  # cells; a longer run, such as a web address, may be broken anywhere inside
EPSILON = 0.01


class Glyph(NamedTuple):
    """One character in its face; ``width`` is its advance in pt with the tracking of the text in it."""

    char: str
    face: str
    width: float


class Placed(NamedTuple):
    """A glyph at ``x`` pt from the left edge of the text block."""

    glyph: Glyph
    x: float


class _Unit(NamedTuple):
    """Glyphs that stay together on a line; ``before`` and ``after`` are what it is to its neighbours on either side."""

    glyphs: tuple[Glyph, ...]
    width: float
    first: str
    last: str
    before: Sort
    after: Sort


_SINGLE: dict[float, dict[Glyph, _Unit]] = {}  # units of one glyph by the em of their text, each made once


def _unit(glyphs: tuple[Glyph, ...], em: float) -> _Unit:
    first, last = glyphs[0], glyphs[-1]
    width = first.width if len(glyphs) == 1 else sum([g.width for g in glyphs])
    before, after = sort_of(first.char, first.width / em), sort_of(last.char, last.width / em)
    return _Unit(glyphs, width, first.char, last.char, before, after)


class _Run:
    """The units of a paragraph, the room between each and the one before it, and where each ends if all stood on one line."""

    def __init__(self, units: list[_Unit], em: float) -> None:
        self.units, self.em = units, em
        self._measure()

    def _measure(self) -> None:
        em = self.em
        self.joins = [0.0]
        self.joins += [JOIN[a.after, b.before] * em for a, b in pairwise(self.units)]
        self.ends = list(accumulate([unit.width + join for unit, join in zip(self.units, self.joins, strict=True)]))

    def width(self, start: int, end: int) -> float:
        """How wide the units are together; the blank half of a quotation mark at the end hangs."""
        before = self.ends[start - 1] if start else 0.0
        hangs = HALF * self.em if self.units[end - 1].after == "quote_closes" else 0.0
        return self.ends[end - 1] - before - self.joins[start] - hangs

    def latin_room(self, start: int, end: int) -> float:
        """The room around the Latin words of a line: it goes before a mark is squeezed."""
        return sum([join for join in self.joins[start + 1 : end] if join > 0])

    def squeezable(self, start: int, end: int) -> list[int]:
        """The marks of a line that may be squeezed, the last ones first, as many as a line may have."""
        found = [
            n
            for n in range(end - 1, start - 1, -1)
            if self.units[n].after == "closing" and (n + 1 == end or self.joins[n + 1] >= 0)
        ]
        return found[:MOST_SQUEEZED]

    def may_break(self, at: int) -> bool:
        """Whether a line may end before a unit; spaces at its end will be dropped, so they protect no mark."""
        units = self.units
        following, end = units[at].first, at - 1
        while end > 0 and units[end].first == " ":
            end -= 1
        return following not in NO_START and following != " " and units[end].last not in NO_END

    def part(self, at: int, room: float) -> bool:
        """Part a word after a hyphen or the like, so that its first half is no wider than ``room``; whether there is such a place."""
        glyphs = self.units[at].glyphs
        widths = list(accumulate([glyph.width for glyph in glyphs]))
        places = [
            n
            for n in range(SHORTEST_PART, len(glyphs) - SHORTEST_PART + 1)
            if glyphs[n - 1].char in PARTS and widths[n - 1] <= room + EPSILON
        ]
        if not places:
            return False
        self.units[at : at + 1] = [_unit(glyphs[: places[-1]], self.em), _unit(glyphs[places[-1] :], self.em)]
        self._measure()
        self.joins[at + 1] = 0.0
        return True


def break_lines(
    glyphs: Sequence[Glyph], width: float, cell: float, first: float, rest: float, justified: bool = True
) -> list[list[Placed]]:
    """Lines of placed glyphs for one paragraph.

    ``width`` is the measure and ``cell`` one cell of the grid in pt; ``first`` and ``rest`` are indents in cells.
    """
    run = _Run(_units(glyphs, min(LONGEST_WORD * cell, width), cell), cell)
    lines: list[list[Placed]] = []
    start = 0
    while start < len(run.units):
        indent = (rest if lines else first) * cell
        measure = width - indent
        end = _line_end(run, start, measure)
        last = end
        while last - start > 1 and run.units[last - 1].first == " ":
            last -= 1
        lines.append(_place(run, start, last, indent, measure, filled=justified and end < len(run.units)))
        start = end
        while start < len(run.units) and run.units[start].first == " ":
            start += 1
    return lines


def _units(glyphs: Sequence[Glyph], longest: float, em: float) -> list[_Unit]:
    text = "".join([g.char for g in glyphs])
    units: list[_Unit] = []
    at = 0
    single = _SINGLE.setdefault(em, {})
    for found in TOGETHER.finditer(text):
        start, end = found.span()
        units += [single.get(glyph) or single.setdefault(glyph, _unit((glyph,), em)) for glyph in glyphs[at:start]]
        unit = _unit(tuple(glyphs[start:end]), em)
        units += [_unit((glyph,), em) for glyph in unit.glyphs] if unit.width > longest else [unit]
        at = end
    units += [single.get(glyph) or single.setdefault(glyph, _unit((glyph,), em)) for glyph in glyphs[at:]]
    return units


def _line_end(run: _Run, start: int, measure: float) -> int:
    """The index after the last unit of the line that starts at ``start``."""
    count = len(run.units)
    limit = (run.ends[start - 1] if start else 0.0) + run.joins[start] + measure + EPSILON
    end = max(bisect_right(run.ends, limit, start), start + 1)
    if end < count and run.width(start, end + 1) <= measure + EPSILON:
        end += 1  # a quotation mark whose blank half hangs
    if end == count or run.may_break(end):
        return end if end == count else _not_blown_apart(run, start, end, end, measure)
    taken = end
    while taken < count and not run.may_break(taken):
        taken += 1
    if _fits_squeezed(run, start, taken, measure):
        return taken
    back = end
    while back > start and not run.may_break(back):
        back -= 1
    return _not_blown_apart(run, start, back, end, measure) if back > start else end


def _fits_squeezed(run: _Run, start: int, end: int, measure: float) -> bool:
    """Whether the line fits when its Latin words and its marks give up what they may."""
    slack = SQUEEZED * run.em * len(run.squeezable(start, end)) + run.latin_room(start, end)
    return run.width(start, end) - measure <= slack + EPSILON


def _not_blown_apart(run: _Run, start: int, end: int, fitting: int, measure: float) -> int:
    """Where a line ends that would end before ``end``: further on, if it would have to be spread too far."""
    gaps = max(end - start - 1, 1)
    if measure - run.width(start, end) <= gaps * EASY_GAP * run.em + EPSILON:
        return end
    if fitting > end or len(run.units[end].glyphs) == 1:
        return end
    if (end + 1 == len(run.units) or run.may_break(end + 1)) and _fits_squeezed(run, start, end + 1, measure):
        return end + 1
    room = measure - run.width(start, end) - run.joins[end]
    return end + 1 if run.part(end, room) else end


def _spread(run: _Run, start: int, end: int, spare: float) -> tuple[float, float]:
    """What is added between two units of a line to fill it, and the share of the room around Latin that stays beside it: where
    there is room already none is added, unless the others would have more."""
    latin = [join for join in run.joins[start + 1 : end] if join > 0]
    others = end - start - 1 - len(latin)
    gap = spare / others if others else spare
    if latin and (not others or gap > latin[0]):
        return min((spare + sum(latin)) / (others + len(latin)), WIDEST_GAP * run.em), 0.0
    return min(gap, WIDEST_GAP * run.em), 1.0


def _place(run: _Run, start: int, end: int, indent: float, measure: float, filled: bool) -> list[Placed]:
    """Give every glyph its place: squeezed when the line is too full, spread when it is to be filled."""
    spare = measure - run.width(start, end)
    loss: dict[int, float] = {}  # pt that a mark gives up
    gap, room = 0.0, 1.0  # what is added between two units, the share of the room around Latin that stays
    if spare < -EPSILON:
        latin = run.latin_room(start, end)
        room = max(0.0, 1 + spare / latin) if latin else 1.0
        marks = run.squeezable(start, end) if -spare > latin else []
        loss = {n: min(SQUEEZED * run.em, (-spare - latin) / len(marks)) for n in marks}
    elif filled and end - start > 1:
        gap, room = _spread(run, start, end, spare)
    placed: list[Placed] = []
    x = indent
    for n in range(start, end):
        if n > start:
            join = run.joins[n]
            x += gap + join if join <= 0 else join * room or gap
        for glyph in run.units[n].glyphs:
            placed.append(Placed(glyph, x))
            x += glyph.width
        x -= loss.get(n, 0.0)
    return placed
