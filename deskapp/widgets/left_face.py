"""How long is left: a large painted figure with the words beside it, or, in a low window, the words alone."""

from __future__ import annotations

import re

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from deskapp.desk.cases.glance import TimeLeft
from deskapp.widgets.figure import figure_rows, figure_width, painted
from deskapp.widgets.pane import TALL, Line
from deskapp.widgets.prose import broken
from deskapp.widgets.wall_calendar import Inks

WEEKDAY = re.compile(" 星期.")
FIGURE_ROOM = 10  # cells that a figure takes at least, so that the words stand in one column


def left_lines(left: TimeLeft, inks: Inks, tall: bool, width: int) -> list[Line]:
    """How long is left: a figure with the words beside it, or, in a low window, the words in two lines."""
    strong = inks.strong(left.late)
    if not tall:
        first = [Segment(left.words or left.state, strong)]
        first += [Segment(f"  {left.state}", inks.base)] if left.words else []
        due, safe = WEEKDAY.sub("", left.due), f"稳妥 {left.safe[-5:]}" if left.safe else ""
        below = "  ".join(part for part in (due, safe) if part)
        return [first, [Segment(broken(Text(below), width).plain.split("\n")[0], inks.base)]]
    if left.number is None:
        return [[Segment(word, strong if word == left.words else inks.base)] for word in left.lines]
    gap = max(FIGURE_ROOM - figure_width(left.number), 2)
    words = (left.state, left.words, "", left.due, left.safe)
    cell = inks.cell(left.late)
    return [
        [
            *painted(row, cell, inks.base),
            Segment(" " * gap, inks.base),
            Segment(word, strong if n == 1 else inks.base),
        ]
        for n, (row, word) in enumerate(zip(figure_rows(left.number), words, strict=True))
    ]


class LeftFace(Widget):
    """Of one clock; six rows, or two in a low window."""

    DEFAULT_CSS = "LeftFace { height: 6; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: TimeLeft | None = None

    def show(self, left: TimeLeft) -> None:
        """Of another one."""
        if left != self._left:
            self._left = left
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        base, width = self.rich_style, self.size.width
        inks = Inks.of(self.app, base)
        lines = left_lines(self._left, inks, self.app.size.height >= TALL, width) if self._left else []
        return Strip(lines[y] if y < len(lines) else []).adjust_cell_length(width, base)
