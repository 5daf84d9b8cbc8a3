"""A surface that is drawn line by line: its lines are made once and kept until what they show, their width or their colours change."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from deskapp.widgets.pane import Line


class Surface(Widget):
    """Subclasses give their lines in :meth:`drawn` and call :meth:`draw_again` when what they show is another."""

    _kept: list[Line] | None = None

    def drawn(self) -> list[Line]:
        """The lines from the top, each cut or filled to the width when it is painted."""
        raise NotImplementedError

    def draw_again(self) -> None:
        """What is shown is another."""
        self._kept = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._kept = None

    def on_resize(self) -> None:
        """Another shape."""
        self.draw_again()

    def line_at(self, y: int) -> Line:
        """One of the lines; an empty one below the last."""
        if self._kept is None:
            self._kept = self.drawn()
        return self._kept[y] if y < len(self._kept) else []

    def render_line(self, y: int) -> Strip:
        """One line."""
        return Strip(self.line_at(y)).adjust_cell_length(self.size.width, self.rich_style)
