"""Forms: the boxes of a table -> rows of the grid with the lines around them. Text stands in the grid's own rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from letters.document import Cell, Span, Table, TableRow
from letters.typeset.grid import BASELINE, CELL, MM, PITCH

PADDING = 0.25  # cells kept free at either side of a box
LABEL, LABEL_PITCH = 14.0, 18.0  # labels are 4号, so that a name of five characters fits; pt
LABEL_PADDING = 1.5 * MM / CELL  # cells kept free at either side of a label
UNDER, UNDER_PITCH = 9.0, 10.8  # a label in another language; pt
SMALL = 6  # rows; a box no higher than this is never divided between pages
# Text, left edge and width in pt, what it is, whether it ends at the right edge -> lines.
Of = Literal["label", "text", "under_label", "under_text"]
SetText = Callable[[str, float, float, Of, bool], list[tuple[Span, ...]]]


@dataclass(frozen=True)
class Frame:
    """The lines around one row of the grid: uprights at ``xs`` pt from the block's left edge, and whether the upper and
    the lower edge are drawn."""

    xs: tuple[float, ...]
    top: bool
    bottom: bool


@dataclass(frozen=True)
class GridRow:
    """One row of the grid. ``glued`` rows stay on the page of the row before; ``labels`` have their baseline so many pt
    below the row's upper edge."""

    spans: tuple[Span, ...] = ()
    labels: tuple[tuple[float, tuple[Span, ...]], ...] = ()
    frame: Frame | None = None
    glued: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing at all stands in the row."""
        return not self.spans and self.frame is None


def table_rows(table: Table, set_text: SetText, pitch: float = PITCH) -> list[GridRow]:
    """The rows of the grid, so many pt apart, that a form takes."""
    rows: list[GridRow] = []
    for n, row in enumerate(table.rows):
        rows += _box_row(row, set_text, pitch, first=n == 0)
    return rows


def head_rows(table: Table, set_text: SetText, pitch: float = PITCH) -> list[GridRow]:
    """The rows that stand again at the head of every further page; none unless the table says so."""
    return _box_row(table.rows[0], set_text, pitch, first=True) if table.head and table.rows else []


def _box_row(row: TableRow, set_text: SetText, pitch: float, first: bool) -> list[GridRow]:
    """One row of boxes as rows of the grid: labels in the middle, texts from the top, places to sign at the foot."""
    xs, left = [0.0], 0
    texts: list[list[tuple[Span, ...]]] = []
    small: list[list[tuple[Span, ...]]] = []
    for cell in row.cells:
        texts.append(_lines(cell, left * CELL, set_text))
        small.append(_under(cell, left * CELL, set_text))
        left += cell.width
        xs.append(left * CELL)
    boxes = list(zip(row.cells, texts, small, strict=True))
    height = max(row.rows, *(_rows_needed(c, lines, under, pitch) for c, lines, under in boxes))
    placed = [_sink(lines, height, cell) for cell, lines, _ in boxes if not cell.label]
    labels = tuple(
        label
        for cell, lines, under in boxes
        for label in (
            _middle(lines, min(height, SMALL), pitch, under)
            if cell.label
            else _below(under, height - 1 if cell.at_foot else len(lines), pitch, cell.at_foot)
        )
    )
    return [
        GridRow(
            spans=tuple(span for lines in placed for span in lines[n]),
            labels=labels if n == 0 else (),
            frame=Frame(tuple(xs), top=first and n == 0, bottom=n == height - 1),
            glued=n > 0 and height <= SMALL,
        )
        for n in range(height)
    ]


def _rows_needed(
    cell: Cell, lines: Sequence[tuple[Span, ...]], under: Sequence[tuple[Span, ...]], pitch: float
) -> int:
    if cell.label:
        return _rows_for_label(len(lines), pitch, len(under))
    return len(lines) + (ceil(len(under) * UNDER_PITCH / pitch - 0.1) if under else 0)


def _rows_for_label(lines: int, pitch: float = PITCH, under: int = 0) -> int:
    """The rows of the grid, so many pt apart, that so many lines of a label take, and those below them in another language."""
    return ceil((lines * LABEL_PITCH + under * UNDER_PITCH) / pitch - 0.1)


def _under(cell: Cell, left: float, set_text: SetText) -> list[tuple[Span, ...]]:
    """The lines of what a box says in another language."""
    free = (LABEL_PADDING if cell.label else PADDING) * CELL
    of: Of = "under_label" if cell.label else "under_text"
    return set_text(cell.under, left + free, cell.width * CELL - 2 * free, of, cell.at_foot) if cell.under else []


def _below(
    under: Sequence[tuple[Span, ...]], rows: int, pitch: float, above: bool
) -> list[tuple[float, tuple[Span, ...]]]:
    """The lines of a text in another language with their baselines, below so many rows of it; of a place to sign ``above`` its row."""
    top = rows * pitch - (len(under) * UNDER_PITCH if above else 0)
    return [(top + (n + 0.5) * UNDER_PITCH + BASELINE * UNDER, spans) for n, spans in enumerate(under)]


def _middle(
    lines: Sequence[tuple[Span, ...]], rows: int, pitch: float, under: Sequence[tuple[Span, ...]]
) -> list[tuple[float, tuple[Span, ...]]]:
    """The lines of a label, and of what it is in another language, with their baselines, in the middle of so many rows."""
    top = (rows * pitch - len(lines) * LABEL_PITCH - len(under) * UNDER_PITCH) / 2
    found = [(top + (n + 0.5) * LABEL_PITCH + BASELINE * LABEL, spans) for n, spans in enumerate(lines)]
    top += len(lines) * LABEL_PITCH
    return found + [(top + (n + 0.5) * UNDER_PITCH + BASELINE * UNDER, spans) for n, spans in enumerate(under)]


def _lines(cell: Cell, left: float, set_text: SetText) -> list[tuple[Span, ...]]:
    free = (LABEL_PADDING if cell.label else PADDING) * CELL
    measure = cell.width * CELL - 2 * free
    of: Of = "label" if cell.label else "text"
    return set_text(cell.text, left + free, measure, of, cell.at_foot) if cell.text else []


def _sink(lines: Sequence[tuple[Span, ...]], height: int, cell: Cell) -> list[tuple[Span, ...]]:
    """The lines of a box in its rows: a single line in the middle, longer texts from the top, at the foot if they say so."""
    spare = height - len(lines)
    above = spare if cell.at_foot else spare // 2 if len(lines) == 1 and not cell.under else 0
    return [()] * above + list(lines) + [()] * (spare - above)
