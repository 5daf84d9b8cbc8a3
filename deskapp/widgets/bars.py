"""Bars painted by cells: a number first, behind it as many blanks on a ground as it is worth; without colours ``=`` and ``-``."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from deskapp.widgets.look import style
from deskapp.widgets.pane import Line

GAP, LEAST = 2, 4  # cells between two columns; of the longest bar
SIGNS = "=-"


def cells_of(value: int, most: int, width: int) -> int:
    """How many cells a value takes where the greatest takes ``width``: at least one that is not nothing."""
    return -(-value * width // most) if value > 0 and most > 0 else 0


def bar_inks(app: App[object], base: Style) -> tuple[Style, Style] | None:
    """The grounds of the first and the second series; None on a terminal without colours, where signs stand for them."""
    if app.native_ansi_color or app.no_color:
        return None
    accent, mark = style(app, "accent").color, style(app, "edge").bgcolor
    return base + Style(bgcolor=accent), base + Style(bgcolor=mark)


def bar_line(
    label: str,
    values: Sequence[int],
    most: int,
    widths: tuple[int, int, int],
    inks: tuple[Style, Style] | None,
    base: Style,
) -> Line:
    """A line: its label, and each value with its bar; ``widths`` are the cells of label, number and longest bar."""
    of_label, of_number, of_bar = widths
    line = [Segment(" " * (of_label - cell_len(label)) + label, base)]
    for n, value in enumerate(values):
        long = cells_of(value, most, of_bar)
        line.append(Segment(f"{' ' * GAP if n else ' '}{value:>{of_number}} ", base))
        line.append(Segment(" " * long, inks[n % 2]) if inks else Segment(SIGNS[n % 2] * long, base))
        line.append(Segment(" " * (of_bar - long), base))
    return line


class Bars(Widget):
    """Lines of one or two series under the names of their columns."""

    DEFAULT_CSS = "Bars { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._lines: list[tuple[str, tuple[int, ...]]] = []
        self._below: list[str] = []

    def show(
        self, names: Sequence[str], lines: Sequence[tuple[str, Sequence[int]]], below: Sequence[str] = ()
    ) -> None:
        """The names of the series; each line's label and values; sentences below."""
        self._names, self._below = tuple(names), list(below)
        self._lines = [(label, tuple(values)) for label, values in lines]
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The heads, the lines, a blank, what stands below."""
        return 1 + len(self._lines) + (1 + len(self._below) if self._below else 0)

    @property
    def _most(self) -> int:
        return max([1, *(value for _, values in self._lines for value in values)])

    @property
    def _widths(self) -> tuple[int, int, int]:
        """The cells of a label, a number, the longest bar."""
        label = max([0, *(cell_len(label) for label, _ in self._lines)])
        number = len(str(self._most))
        series = max(len(self._names), 1)
        bar = (self.size.width - label - series * (number + 2) - GAP * (series - 1)) // series
        return label, number, max(bar, LEAST)

    def render_line(self, y: int) -> Strip:
        """One line."""
        base, width = self.rich_style, self.size.width
        inks, widths = bar_inks(self.app, base), self._widths
        if y == 0:
            return Strip(self._heads(widths, inks, base)).adjust_cell_length(width, base)
        if y <= len(self._lines):
            label, values = self._lines[y - 1]
            line = bar_line(label, values, self._most, widths, inks, base)
            return Strip(line).adjust_cell_length(width, base)
        at = y - len(self._lines) - 2
        text = self._below[at] if 0 <= at < len(self._below) else ""
        return Strip([Segment(text, base)]).adjust_cell_length(width, base)

    def _heads(self, widths: tuple[int, int, int], inks: tuple[Style, Style] | None, base: Style) -> Line:
        """Each series' name over its column, behind a cell of its ground."""
        label, number, bar = widths
        quiet = base + style(self.app, "quiet")
        line = [Segment(" " * label, base)]
        for n, name in enumerate(self._names):
            line.append(Segment(" " * (GAP if n else 1) + " " * (number - 1), base))
            line.append(Segment("  ", inks[n % 2]) if inks else Segment(SIGNS[n % 2] * 2, base))
            rest = bar - cell_len(name) - 1
            line.append(Segment(f" {name}{' ' * max(rest, 0)}", quiet))
        return line
