"""The measures of GB/T 9704-2012, pt from the upper left corner of the paper unless a name ends in _mm."""

from __future__ import annotations

from dataclasses import dataclass

from letters.document import CELLS as CELLS  # they stand together

MM = 72 / 25.4
PAGE_HEIGHT, PAGE_WIDTH = 297 * MM, 210 * MM
LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM  # 版心, 5.2.1
ROWS = 22  # 5.2.3
PITCH, CELL = HEIGHT / ROWS, WIDTH / CELLS
BODY, TITLE, FOOT = 16.0, 22.0, 14.0  # 3号, 2号, 4号
TRACKING = CELL - BODY  # 28 characters of 16 pt are wider than the block
BASELINE = 0.38  # of the type size below the middle of the row: Chinese faces stand 0.88 above and 0.12 below


def row_baseline(row: int, size: float = BODY) -> float:
    """The baseline of a row of the grid, pt below the upper paper edge."""
    return TOP + row * PITCH + PITCH / 2 + BASELINE * size


def row_top(row: int) -> float:
    """The upper edge of a row of the grid, pt below the upper paper edge."""
    return TOP + row * PITCH


@dataclass(frozen=True)
class RowGrid:
    """The rows of a page: those from ``first`` on have a ``pitch`` of their own, those above it the usual one."""

    first: int = 0
    pitch: float = PITCH

    def top(self, row: int) -> float:
        """The upper edge of a row, pt below the upper paper edge."""
        return row_top(min(row, self.first)) + max(row - self.first, 0) * self.pitch

    def baseline(self, row: int) -> float:
        """The baseline of a row of the body, pt below the upper paper edge."""
        return self.top(row) + self.pitch_of(row) / 2 + BASELINE * BODY

    def pitch_of(self, row: int) -> float:
        """The pitch at a row."""
        return self.pitch if row >= self.first else PITCH

    def row_at(self, y: float) -> float:
        """The row, with its part, that lies ``y`` pt below the upper paper edge."""
        edge = row_top(self.first)
        return (y - TOP) / PITCH if y < edge else self.first + (y - edge) / self.pitch
