"""Breaking Chinese text into lines: 避头尾 at both ends, squeezed punctuation, justified lines.

Pure arithmetic over glyphs that carry their own widths (pt). A line that would begin with closing punctuation first
tries to take it in by squeezing the punctuation it holds, then gives its last characters to the next line. Latin words
and numbers stay whole, and so do …… and ——.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

NO_START = frozenset("，。、；：？！”’）》〉】〕」』％℃‰…—·,.;:?!)]}%")
NO_END = frozenset("“‘（《〈【〔「『([{")
# How much of its own width a closing mark may give up, from the right, where its cell is empty.
SQUEEZE = dict.fromkeys("，。、”’）》〉】〕」』", 0.5) | dict.fromkeys("；：", 0.4) | dict.fromkeys("？！", 0.2)
WORD = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:[.,:/\-_@&+'’#=~%][0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)*%?"
)
LAST_LATIN = "\u1eff"
DOUBLED = ("……", "——")
OPTION = re.compile(r"[□■][^　\s]{1,12}")  # a box to tick and what it stands for
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
    """Glyphs that stay together on a line; ``slack`` is how far they can be squeezed, pt."""

    glyphs: tuple[Glyph, ...]
    width: float
    first: str
    last: str
    slack: float


_SINGLE: dict[Glyph, _Unit] = {}  # units of one glyph, each made once


def _unit(glyphs: tuple[Glyph, ...]) -> _Unit:
    first = glyphs[0].char
    if len(glyphs) == 1:
        width = glyphs[0].width
        return _Unit(glyphs, width, first, first, SQUEEZE.get(first, 0.0) * width)
    return _Unit(glyphs, sum([g.width for g in glyphs]), first, glyphs[-1].char, 0.0)


def break_lines(
    glyphs: Sequence[Glyph], width: float, cell: float, first: float, rest: float, justified: bool = True
) -> list[list[Placed]]:
    """Lines of placed glyphs for one paragraph.

    ``width`` is the measure and ``cell`` one cell of the grid in pt; ``first`` and ``rest`` are indents in cells.
    """
    units = _units(glyphs, min(LONGEST_WORD * cell, width))
    lines: list[list[Placed]] = []
    start = 0
    while start < len(units):
        indent = (rest if lines else first) * cell
        measure = width - indent
        end = _line_end(units, start, measure)
        line = units[start:end]
        while len(line) > 1 and line[-1].first == " ":
            line = line[:-1]
        lines.append(_place(line, indent, measure, last=not justified or end == len(units)))
        start = end
        while start < len(units) and units[start].first == " ":
            start += 1
    return lines


def _units(glyphs: Sequence[Glyph], longest: float) -> list[_Unit]:
    text = "".join(g.char for g in glyphs)
    units: list[_Unit] = []
    at = 0
    while at < len(glyphs):
        char = text[at]
        word = (
            WORD.match(text, at)
            if char < LAST_LATIN and char.isalnum()
            else OPTION.match(text, at)
            if char in "□■"
            else None
        )
        size = len(word.group()) if word else 2 if char in "…—" and text.startswith(DOUBLED, at) else 1
        if size == 1:
            glyph = glyphs[at]
            units.append(_SINGLE.get(glyph) or _SINGLE.setdefault(glyph, _unit((glyph,))))
            at += 1
            continue
        unit = _unit(tuple(glyphs[at : at + size]))
        if word and unit.width > longest:
            units += [_unit((glyph,)) for glyph in unit.glyphs]
        else:
            units.append(unit)
        at += size
    return units


def _may_break(units: Sequence[_Unit], at: int) -> bool:
    """Whether a line may end before ``units[at]``; spaces at its end will be dropped, so they protect no mark."""
    following, end = units[at], at - 1
    while end > 0 and units[end].first == " ":
        end -= 1
    return following.first not in NO_START and following.first != " " and units[end].last not in NO_END


def _line_end(units: Sequence[_Unit], start: int, measure: float) -> int:
    """The index after the last unit of the line that starts at ``start``."""
    end, used = start, 0.0
    while end < len(units) and used + units[end].width <= measure + EPSILON:
        used += units[end].width
        end += 1
    end = max(end, start + 1)
    if end == len(units) or _may_break(units, end):
        return end
    taken = end
    while taken < len(units) and not _may_break(units, taken):
        taken += 1
    need = sum(u.width for u in units[start:taken]) - measure
    if need <= sum(u.slack for u in units[start:taken]) + EPSILON:
        return taken
    back = end
    while back > start and not _may_break(units, back):
        back -= 1
    return back if back > start else end


def _place(line: Sequence[_Unit], indent: float, measure: float, last: bool) -> list[Placed]:
    """Give every glyph its place: squeezed when the line is too full, spread when it is not the last one."""
    spare = measure - sum([unit.width for unit in line])
    squeeze = gap = 0.0
    if spare < -EPSILON:
        slack = sum([unit.slack for unit in line])
        squeeze = min(1.0, -spare / slack) if slack else 0.0
    elif not last and len(line) > 1:
        gap = spare / (len(line) - 1)
    placed: list[Placed] = []
    x = indent
    for unit in line:
        at = x
        for glyph in unit.glyphs:
            placed.append(Placed(glyph, at))
            at += glyph.width
        x += unit.width - unit.slack * squeeze + gap
    return placed
