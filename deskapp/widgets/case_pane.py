"""A case beside a list. One surface drawn line by line: another case under the cursor is one repaint, no widget is made and nothing is
laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip
from textual.timer import Timer

from deskapp.widgets.look import style
from deskapp.widgets.pane import Line, name_line
from deskapp.widgets.prose import broken
from deskapp.widgets.surface import Surface

if TYPE_CHECKING:
    from deskapp.desk.cases.glance import Glance


REST_S = 0.08  # after the last arrow, then the pane follows


class CasePane(Surface):
    """The case under the cursor of a list; without one it says what will stand here."""

    DEFAULT_CSS = "CasePane { height: 1fr; width: 1fr; }"
    EMPTY = "选一件，这里就有内容和日历。"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glance: Glance | None = None
        self._rest: Timer | None = None

    @property
    def glance(self) -> Glance | None:
        """What is shown."""
        return self._glance

    def show(self, glance: Glance | None) -> None:
        """Another case, or none."""
        self._glance = glance
        self.draw_again()

    def follow(self, look: Callable[[], object]) -> None:
        """Look at what is under the cursor once the arrows rest."""
        self.stay()
        self._rest = self.set_timer(REST_S, look)

    def stay(self) -> None:
        """Do not follow any more."""
        if self._rest:
            self._rest.stop()

    def render_line(self, y: int) -> Strip:
        """One line, behind the painted column."""
        width, base = self.size.width, self.rich_style
        edge = [Segment(" ", base + style(self.app, "bar")), Segment(" ", base)]
        return Strip([*edge, *Strip(self.line_at(y)).adjust_cell_length(max(width - 2, 0), base)], width)

    def drawn(self) -> list[Line]:
        """The case, as much of it as there is room for."""
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
