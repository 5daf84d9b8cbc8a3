"""Pages as rows of text: what the desk shows before anything is printed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from letters.document import Page
from letters.typeset.grid import CELL, LEFT, PITCH, ROWS, RowGrid

SHOWN_GAP = 4  # columns; a smaller gap inside a line comes from justifying it
SIDE = "│"  # of a box, on the screen
Part = tuple[float, str, float]
"""A text and where it begins, and by how much justifying spreads it, pt."""


def as_rows(page: Page) -> list[str]:
    """A page as its rows of text, 22 or a few more where they stand closer, about 56 half-width columns each: what the desk shows before anything is printed.

    Indents and centring are kept; the spread of justified lines is not, since a terminal knows whole columns only.
    """
    grid = RowGrid(page.close_from, page.pitch or PITCH)
    last = max((line.row for line in page.lines if line.row is not None), default=0)
    shown: list[list[Part]] = [[] for _ in range(max(ROWS, last + 1))]
    sides = sorted({rule.x0 for rule in page.rules if rule.x0 == rule.x1})
    for line in sorted(page.lines, key=lambda line: line.y):
        row = line.row if line.row is not None else round(grid.row_at(line.y) - 0.7)
        if 0 <= row < len(shown) and not line.red:
            parts = [(span.x, span.text, span.tracking * len(span.text)) for span in line.spans]
            shown[_free(shown, row, parts[0][0], sides) if line.row is None and parts else row] += parts
    for rule in page.rules:
        if rule.x0 == rule.x1:  # the side of a box
            shown[round(grid.row_at(rule.y0))].append((rule.x0, SIDE, 0))
    return [_as_text(sorted(row)) for row in shown]


def _free(shown: Sequence[Sequence[Part]], row: int, x: float, sides: Sequence[float]) -> int:
    """The row of a line that begins at ``x``: its own, or, where another line of the same cell stands there (they are closer than the rows
    of the screen), the next one that is free."""
    cell = bisect(sides, x)
    for place in range(row, len(shown)):
        if all(bisect(sides, begin) != cell for begin, _, _ in shown[place]):
            return place
    return row


def _as_text(parts: Sequence[Part]) -> str:
    """Texts and sides of boxes in their columns. What justifying spread a line by is no gap, nor is a small rest of it."""
    text, spread = "", 0.0
    for x, part, spreads in parts:
        gap = round((x - LEFT - spread) / (CELL / 2)) - _columns(text)
        wanted = gap >= SHOWN_GAP or not text or part == SIDE
        text += " " * (gap if wanted else 0) + part
        spread += spreads
    return text


def _columns(text: str) -> int:
    return sum(1 if (ord(c) < 0x2000 and c != "·") or c == SIDE else 2 for c in text)
