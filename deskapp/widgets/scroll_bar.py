"""The bar of what scrolls by the library's means, painted in whole cells like that of what scrolls by itself: the library draws the ends of
its own with eighths of a block, which some consoles have two cells wide."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender


class PaintedBar(ScrollBarRender):
    """A thumb over a track."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.default(),  # noqa: B008  # as the library declares it
        bar_color: Color = Color.default(),  # noqa: B008  # the same
    ) -> Segments:
        """So many cells; a press above or below the thumb scrolls a page, one on it takes it along."""
        first, end = cls._thumb(size, virtual_size, window_size, position)
        blank = " " * (thickness if vertical else 1)
        track = Style(bgcolor=back_color)
        thumb = Style(color=bar_color, reverse=True, meta={"@mouse.down": "grab"})
        before = Segment(blank, track + Style(meta={"@mouse.down": "scroll_up"}))
        after = Segment(blank, track + Style(meta={"@mouse.down": "scroll_down"}))
        cells = [before] * first + [Segment(blank, thumb)] * (end - first) + [after] * (size - end)
        return Segments(cells, new_lines=True) if vertical else Segments([*cells, Segment.line()] * thickness)

    @staticmethod
    def _thumb(size: int, virtual_size: float, window_size: float, position: float) -> tuple[int, int]:
        """The first cell of the thumb, and the one after its last; none where there is nothing to scroll."""
        if not (window_size and size and virtual_size > window_size):
            return 0, 0
        high = min(max(round(size * window_size / virtual_size), 1), size)
        first = round((size - high) * position / (virtual_size - window_size))
        first = min(max(first, 0), size - high)
        return first, first + high


def paint_bars() -> None:
    """From now on the library draws its bars so."""
    ScrollBar.renderer = PaintedBar
