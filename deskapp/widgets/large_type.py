"""Text drawn from blocks, each character ten cells wide and eight lines high: for eyes that no terminal's own letters reach.

The shapes come from the shipped 黑体, four points in a cell (quadrants, which every terminal has).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from deskapp.widgets.scrolled import Scrolled

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
CELLS, LINES = 10, 8  # of a character
POINTS_WIDE, POINTS_HIGH, DRAWN = 20, 16, 80  # of a character, and how large it is drawn before it is made so small
DARK = 110  # from which share of a point (of 255) it is set


@lru_cache(maxsize=4)
def _face(font: Path):  # type: ignore[no-untyped-def]  # the library's own type
    from PIL import ImageFont

    return ImageFont.truetype(str(font), DRAWN)


@lru_cache(maxsize=2048)
def drawn(char: str, font: Path) -> tuple[str, ...]:
    """A character as LINES lines of blocks; a narrow one takes half the cells."""
    from PIL import Image, ImageDraw

    wide = POINTS_WIDE if cell_len(char) > 1 else POINTS_WIDE // 2
    canvas = Image.new("L", (DRAWN * wide // POINTS_WIDE, DRAWN), 0)
    ImageDraw.Draw(canvas).text((canvas.width / 2, DRAWN / 2), char, font=_face(font), fill=255, anchor="mm")
    small = canvas.resize((wide - 1, POINTS_HIGH), Image.Resampling.BOX)
    shades = small.tobytes()
    points = [[x < wide - 1 and shades[y * (wide - 1) + x] > DARK for x in range(wide)] for y in range(POINTS_HIGH)]
    return tuple("".join(_block(points, x, y) for x in range(0, wide, 2)) for y in range(0, POINTS_HIGH, 2))


def _block(points: list[list[bool]], x: int, y: int) -> str:
    of = (points[y][x], points[y][x + 1], points[y + 1][x], points[y + 1][x + 1])
    return QUADRANTS[sum(1 << n for n, dark in enumerate(of) if dark)]


def large_lines(text: str, width: int, font: Path) -> list[str]:
    """A text in lines of at most ``width`` cells, LINES of them for each row of characters."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        row, used = "", 0
        for char in paragraph:
            cells = CELLS if cell_len(char) > 1 else CELLS // 2
            if used + cells > max(width, CELLS):
                rows.append(row)
                row, used = "", 0
            row, used = row + char, used + cells
        rows.append(row)
    lines: list[str] = []
    for row in rows:
        shapes = [drawn(char, font) for char in row]
        lines += ["".join(shape[n] for shape in shapes) for n in range(LINES)] if shapes else [""]
    return lines


class LargeType(Scrolled, can_focus=True):
    """A text in very large type, paged by rows of characters."""

    DEFAULT_CSS = "LargeType { height: 1fr; width: 1fr; padding: 0 1; }"

    def __init__(self, font: Path, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._font, self._text = font, ""
        self._lines: list[str] = []
        self._made = 0

    def update(self, text: str) -> None:
        """Another text, from its beginning."""
        if text != self._text:
            self._text, self._top, self._made = text, 0, 0
            self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        width = self.size.width - 1
        if self._made != width:
            self._lines, self._made = large_lines(self._text, width, self._font), width
        return len(self._lines)

    def page(self, step: int) -> bool:
        """A page further, or back, whole rows of characters; False at the end."""
        before = self._top
        self._look(step * max(self.size.height // LINES, 1) * LINES)
        return self._top != before

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return self.line_count

    def render_line(self, y: int) -> Strip:
        """One line of blocks."""
        line = y + self._top
        text = self._lines[line] if line < self.line_count else ""
        width = self.size.width
        return Strip([Segment(text[:width] + " " * max(width - cell_len(text), 0), self.rich_style)], width)
