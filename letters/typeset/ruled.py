"""Ruled sheets: a statutory table with merged boxes on one page of A4, inside the type area of the letters.

A sheet is a title, boxes and the widths of its columns; its rows are as high as their text needs. Pure geometry: the
pages go to :func:`letters.pdf.press.print_pages`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from letters.document import Line, Page, Plot, Rule
from letters.typeset.grid import BASELINE, HEIGHT, LEFT, MM, TOP, WIDTH
from letters.typeset.linebreak import Placed, break_lines
from letters.typeset.typesetting import Metrics, centred, glyphs_of, spans_of

TITLE_SIZE, TEXT_SIZE = 15.0, 9.0  # pt
LEADING = 11.6  # pt from line to line inside a box
LEAST = 6.0 * MM  # a row is never lower
PADDING = 1.0 * MM  # free at either side of a box
ROOM = 0.5 * MM  # free above and below its text
TITLE_LEADING = 22.0  # pt from line to line of the title
RULE = 0.5  # pt
PLOT_HEIGHT = 55 * MM


class DoesNotFit(ValueError):
    """The sheet is higher than the type area of one page."""


@dataclass(frozen=True)
class Box:
    """A box of the table: where its upper left corner lies, how many rows and columns it takes, what stands in it."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    centred: bool = True


@dataclass(frozen=True)
class RuledSheet:
    """A table under its title, one line or several; ``shares`` are the widths of the columns in any unit, together the type area's
    width. ``plot`` is what is drawn below as columns over ``plot_labels``: series by name."""

    title: tuple[str, ...]
    boxes: tuple[Box, ...]
    shares: tuple[float, ...]
    below: tuple[str, ...] = ()
    plot: tuple[tuple[str, tuple[int, ...]], ...] = ()
    plot_labels: tuple[str, ...] = ()


def rule_sheet(sheet: RuledSheet, metrics: Metrics) -> Page:
    """The page of a sheet. Raises DoesNotFit when it is too high."""
    edges = _edges(sheet.shares)
    texts = {box: _set(box, edges, metrics) for box in sheet.boxes}
    tops = _tops(sheet.boxes, texts, TOP + TITLE_LEADING * len(sheet.title) + LEADING / 2)
    lines = [
        centred(text, TOP + TITLE_LEADING * (n + 0.5) + BASELINE * TITLE_SIZE, TITLE_SIZE, metrics)
        for n, text in enumerate(sheet.title)
    ]
    for box, rows in texts.items():
        lines += _lines(box, rows, edges, tops)
    y = tops[-1] + LEADING
    for text in sheet.below:
        for row in _break(text, WIDTH, metrics):
            lines.append(Line(y=y + BASELINE * TEXT_SIZE, spans=spans_of(row, TEXT_SIZE)))
            y += LEADING
    plots = (_plot(sheet, y),) if sheet.plot else ()
    y += PLOT_HEIGHT + 4 * LEADING if plots else 0
    if y > TOP + HEIGHT + LEADING:
        raise DoesNotFit("".join(sheet.title))
    return Page(tuple(lines), tuple(_rules(sheet.boxes, edges, tops)), plots)


def _plot(sheet: RuledSheet, y: float) -> Plot:
    """The columns below the table, room for the numbers of the axis at the left."""
    room = 2 * LEADING
    return Plot(LEFT + room, y + room, WIDTH - room, PLOT_HEIGHT, sheet.plot_labels, sheet.plot)


def _edges(shares: Sequence[float]) -> list[float]:
    """The left edges of the columns and the right edge of the last, pt from the left of the type area."""
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * WIDTH / sum(shares))
    return edges


def _break(text: str, width: float, metrics: Metrics) -> list[list[Placed]]:
    glyphs = glyphs_of(text, metrics, (), size=TEXT_SIZE, role="song", tracking=0.0)
    return break_lines(glyphs, width, TEXT_SIZE, 0.0, 0.0, justified=False) if glyphs else []


def _set(box: Box, edges: Sequence[float], metrics: Metrics) -> list[list[Placed]]:
    """The lines of a box's text."""
    width = edges[box.column + box.columns] - edges[box.column] - 2 * PADDING
    return _break(box.text, width, metrics)


def _tops(boxes: Sequence[Box], texts: dict[Box, list[list[Placed]]], top: float) -> list[float]:
    """The upper edges of the rows and the lower edge of the last: each row as high as its own boxes need, the last row
    of a box over several as high as the box still needs."""
    heights = [LEAST] * max(box.row + box.rows for box in boxes)
    for box in sorted(boxes, key=lambda box: box.rows):
        need = len(texts[box]) * LEADING + 2 * ROOM
        last = box.row + box.rows - 1
        heights[last] += max(0.0, need - sum(heights[box.row : last + 1]))
    tops = [top]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _lines(box: Box, rows: Sequence[list[Placed]], edges: Sequence[float], tops: Sequence[float]) -> list[Line]:
    """The lines of a box, in the middle of its height."""
    middle = (tops[box.row] + tops[box.row + box.rows]) / 2
    y = middle - (len(rows) - 1) * LEADING / 2 + BASELINE * TEXT_SIZE
    left, width = edges[box.column] + PADDING, edges[box.column + box.columns] - edges[box.column] - 2 * PADDING
    lines = []
    for row in rows:
        used = row[-1].x + row[-1].glyph.width if row else 0.0
        indent = max(0.0, (width - used) / 2) if box.centred else 0.0
        lines.append(Line(y=y, spans=spans_of(row, TEXT_SIZE, left + indent)))
        y += LEADING
    return lines


def _rules(boxes: Sequence[Box], edges: Sequence[float], tops: Sequence[float]) -> list[Rule]:
    """The edges of all boxes, each drawn once."""
    ends: set[tuple[float, float, float, float]] = set()
    for box in boxes:
        x0, x1 = LEFT + edges[box.column], LEFT + edges[box.column + box.columns]
        y0, y1 = tops[box.row], tops[box.row + box.rows]
        ends |= {(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)}
    return [Rule(*end, width=RULE) for end in sorted(ends)]
