"""A case beside a list. One surface drawn line by line: another case under the cursor is one repaint, no widget is made and nothing is
laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from deskapp.widgets.look import style
from deskapp.widgets.pane import Line, name_line
from deskapp.widgets.prose import broken

if TYPE_CHECKING:
    from deskapp.desk.cases.glance import Glance


class CasePane(Widget):
    """The case under the cursor of a list; without one it says what will stand here."""

    DEFAULT_CSS = "CasePane { height: 1fr; width: 1fr; }"
    EMPTY = "选一件，这里就有内容和日历。"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glance: Glance | None = None
        self._lines: list[Line] | None = None

    @property
    def glance(self) -> Glance | None:
        """What is shown."""
        return self._glance

    def show(self, glance: Glance | None) -> None:
        """Another case, or none."""
        self._glance, self._lines = glance, None
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._lines = None

    def on_resize(self) -> None:
        """Another shape."""
        self._lines = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, behind the painted column."""
        if self._lines is None:
            self._lines = self._drawn()
        width, base = self.size.width, self.rich_style
        line = self._lines[y] if y < len(self._lines) else []
        edge = [Segment(" ", base + style(self.app, "bar")), Segment(" ", base)]
        return Strip([*edge, *Strip(line).adjust_cell_length(max(width - 2, 0), base)], width)

    def _drawn(self) -> list[Line]:
        base, width, height = (
            self.rich_style,
            self.size.width - 3,
            self.size.height,
        )  # edge and blank, a blank at the end
        if self._glance is None:
            quiet = base + style(self.app, "quiet")
            name = name_line(self.app, "申请", base, has_keys=False)
            return [
                name,
                *([Segment(line, quiet)] for line in broken(Text(self.EMPTY), max(width, 4)).plain.split("\n")),
            ]
        from deskapp.widgets.case_lines import (
            case_lines,  # what it needs of the law would keep the first picture waiting
        )

        return case_lines(self.app, self._glance, base, width, height)
