"""Pages as rows of text: what the desk shows before anything is printed."""

from __future__ import annotations

from collections.abc import Sequence

from letters.document import Page
from letters.typeset.grid import CELL, LEFT, PITCH, ROWS, RowGrid

SHOWN_GAP = 4  # columns; a smaller gap inside a line comes from justifying it
SIDE = "│"  # of a box, on the screen


def as_rows(page: Page) -> list[str]:
    """A page as its rows of text, 22 or a few more where they stand closer, about 56 half-width columns each: what the desk shows before anything is printed.

    Indents and centring are kept; the spread of justified lines is not, since a terminal knows whole columns only.
    """
    grid = RowGrid(page.close_from, page.pitch or PITCH)
    last = max((line.row for line in page.lines if line.row is not None), default=0)
    shown: list[list[tuple[float, str]]] = [[] for _ in range(max(ROWS, last + 1))]
    for line in page.lines:
        row = line.row if line.row is not None else round(grid.row_at(line.y) - 0.7)
        if 0 <= row < len(shown) and not line.red:
            shown[row] += [(span.x, span.text) for span in line.spans]
    for rule in page.rules:
        if rule.x0 == rule.x1:  # the side of a box
            shown[round(grid.row_at(rule.y0))].append((rule.x0, SIDE))
    return [_as_text(sorted(row)) for row in shown]


def _as_text(parts: Sequence[tuple[float, str]]) -> str:
    """Texts and sides of boxes in their columns; a small gap within a line is what justifying left, and closed."""
    text = ""
    for x, part in parts:
        gap = round((x - LEFT) / (CELL / 2)) - _columns(text)
        wanted = gap >= SHOWN_GAP or not text or part == SIDE
        text += " " * (gap if wanted else 0) + part
    return text


def _columns(text: str) -> int:
    return sum(1 if (ord(c) < 0x2000 and c != "·") or c == SIDE else 2 for c in text)
