"""A pane: its name in the first row, reversed while it has the keys, and a painted column to its left where another one stands before it."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from deskapp.widgets.cells import cut
from deskapp.widgets.look import style

MIDDLE, WIDE = 110, 150  # columns from which there is a second and a third pane
TALL = 30  # rows from which there are large figures and blank rows between groups
SIDE = 46  # cells inside the pane that holds a calendar: two months of 20, a gap, a blank at either side
Line = list[Segment]


def name_line(app: App[Any], name: str, base: Style, has_keys: bool, after: str = "") -> Line:
    """The name of a pane, and what stands behind it."""
    shown = Segment(
        f" {name} " if has_keys else name, base + style(app, "accent", reverse=has_keys) + Style(bold=True)
    )
    return [shown, Segment(f"{'' if has_keys else ' '} {after}" if after else "", base)]


def beside(app: App[Any], base: Style, left: list[Line], right: list[Line], width: int, height: int) -> list[Line]:
    """Two blocks of lines with a painted column between them; the left one is ``width`` cells wide."""
    bar, blank = style(app, "bar"), Segment(" ", base)
    lines: list[Line] = []
    for at in range(height):
        first = Strip(left[at] if at < len(left) else []).adjust_cell_length(width, base)
        lines.append([*first, blank, Segment(" ", base + bar), blank, *(right[at] if at < len(right) else [])])
    return lines


class PaneEdge(Widget):
    """The painted column between two panes."""

    DEFAULT_CSS = "PaneEdge { dock: left; width: 1; height: 1fr; }"

    def render_line(self, y: int) -> Strip:
        """One cell."""
        return Strip([Segment(" " * self.size.width, self.rich_style + style(self.app, "bar"))], self.size.width)


class PaneName(Widget):
    """The first row of a pane."""

    DEFAULT_CSS = "PaneName { height: 1; width: 1fr; }"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.called, self.after, self.has_keys = name, "", False

    def say(self, name: str, after: str = "") -> None:
        """Another name, or something else behind it."""
        if (name, after) != (self.called, self.after):
            self.called, self.after = name, after
            self.refresh()

    def light(self, on: bool) -> None:
        """Whether the pane has the keys."""
        if on != self.has_keys:
            self.has_keys = on
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The name, cut to the pane."""
        base, width = self.rich_style, self.size.width
        name, after = name_line(self.app, self.called, base, self.has_keys, self.after)
        room = width - cell_len(name.text)
        rest = cut(after.text, room) if cell_len(after.text) > room > 0 else after.text
        return Strip([name, Segment(rest, base)]).adjust_cell_length(width, base)


class Pane(Vertical):
    """A named pane; the first of a row has no edge."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; padding: 0 1 0 0; }
    Pane.-edged { padding: 0 0 0 1; }
    """

    def __init__(self, name: str, *inside: Widget, edged: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-edged" if edged else None)
        self._title, self._inside, self._edged = PaneName(name), inside, edged

    def compose(self) -> ComposeResult:
        """The edge, the name, what it holds."""
        if self._edged:
            yield PaneEdge()
        yield self._title
        yield from self._inside

    @property
    def title(self) -> PaneName:
        """The row of its name."""
        return self._title

    def on_descendant_focus(self) -> None:
        """It has the keys."""
        self._title.light(True)

    def on_descendant_blur(self) -> None:
        """It has them no more."""
        self._title.light(False)
