"""A list to pick from, drawn line by line: filling it anew at every key costs no more than the lines in sight.

It scrolls by itself, and draws its own bar: the screen is not laid out again when other rows come.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from deskapp.widgets.cells import cut
from deskapp.widgets.prose import broken
from deskapp.widgets.scrolled import Scrolled

BAR, HANG = 2, 2  # cells of the bar and the gap before it; by which a row that goes on is indented


@dataclass(frozen=True)
class Row:
    """One row: its text in one line or several, whose row it is, how it is written. A heading cannot be picked."""

    text: str
    key: str = ""
    style: str = ""
    heading: bool = False


class Rows(Scrolled, can_focus=True):
    """Texts are plain, never markup; a line that is too long ends with two dots, or goes on in the next ones, up to ``wraps`` of them."""

    UNIT = "条"
    DEFAULT_CSS = """
    Rows { height: auto; max-height: 100%; padding: 0 1; background: $ground; }
    Rows > .rows--cursor { background: $block-cursor-blurred-background; text-style: $block-cursor-blurred-text-style; }
    Rows:focus > .rows--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style;
    }
    Rows > .rows--heading { color: $accent; }
    Rows > .rows--bar { background: $bar; }
    Rows > .rows--thumb { background: $edge; text-style: $thumb-way; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--heading", "rows--bar", "rows--thumb"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "select", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another row, or other rows stand under it."""

        def __init__(self, row: Row, index: int) -> None:
            super().__init__()
            self.row, self.index = row, index

    class Taken(Message):
        """Enter or a click on a row."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, rows: Iterable[Row] = (), *, wraps: int = 1, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wraps, self._width = wraps, 0
        self._listed: list[Row] = []
        self._lines: list[str] = []
        self._starts: list[int] = []  # the first line of each row
        self._cursor: int | None = None
        self._add(rows)

    def on_mount(self) -> None:
        """The cursor on the first of the rows given at birth."""
        self.cursor = self._next(-1, 1)

    # -- rows --------------------------------------------------------------------------------------------------

    @property
    def line_count(self) -> int:
        """How many lines there are; one row may take several."""
        return len(self._lines)

    @property
    def below(self) -> int:
        """How many rows there are below the last one in sight."""
        last = self._top + self.size.height
        return sum(not row.heading and at >= last for row, at in zip(self._listed, self._starts, strict=True))

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return list(self._listed)

    def fill(self, rows: Iterable[Row], key: str = "") -> None:
        """Other rows; the cursor goes to the row of ``key``, or to the first that can be picked."""
        self._listed, self._lines, self._starts = [], [], []
        self._cursor, self._top = None, 0
        self.add(rows)
        kept = next((n for n, row in enumerate(self._listed) if key and row.key == key), None)
        self.cursor = self._next(-1, 1) if kept is None else kept

    def add(self, rows: Iterable[Row]) -> None:
        """More rows at the end."""
        self._add(rows)
        height = self.styles.height
        self.refresh(layout=height is None or height.is_auto)

    def _add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._listed.append(row)
            self._starts.append(len(self._lines))
            self._lines += self._lines_of(row)

    def _lines_of(self, row: Row) -> list[str]:
        """The lines of a row at the width that is known."""
        lines = row.text.split("\n")
        if self._wraps == 1 or self._width < HANG:
            return lines
        whole = [part for line in lines for part in broken(Text(line), self._width, HANG).plain.split("\n")]
        most = max(self._wraps, len(lines))
        if len(whole) > most:
            whole[most - 1] = cut(f"{whole[most - 1]}{whole[most].strip()}", self._width)
        return whole[:most]

    def _lay(self, width: int) -> None:
        """Break the rows to another width."""
        if self._wraps > 1 and width != self._width:
            self._width = width
            listed, self._listed, self._lines, self._starts = self._listed, [], [], []
            self._add(listed)

    @property
    def cursor(self) -> int | None:
        """The place of the row under the cursor; None when no row can be picked."""
        return self._cursor

    @cursor.setter
    def cursor(self, index: int | None) -> None:
        before, self._cursor = self._cursor, index
        if self._bring_into_sight():
            self.refresh()
        else:
            self._refresh_rows(before, index)
        if index is not None:
            self.post_message(self.Moved(self._listed[index], index))

    def _refresh_rows(self, *rows: int | None) -> None:
        for row in rows:
            if row is not None and row < len(self._listed):
                self.refresh(Region(0, self._starts[row] - self._top, self.size.width, self._height(row)))

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return None if self._cursor is None else self._listed[self._cursor]

    def _height(self, row: int) -> int:
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self._lines)
        return end - self._starts[row]

    def _row_of(self, line: int) -> int:
        return bisect_right(self._starts, line) - 1

    def _next(self, index: int, step: int) -> int | None:
        """The next row from ``index`` on that can be picked."""
        while 0 <= (index := index + step) < len(self._listed):
            if not self._listed[index].heading:
                return index
        return None

    def _bring_into_sight(self) -> bool:
        """Scroll to the row under the cursor, and to the heading over the first; whether that moved anything."""
        before, height = self._top, self.size.height
        if self._cursor is not None and height:
            first = self._starts[self._cursor] if self._next(self._cursor, -1) is not None else 0
            end = self._starts[self._cursor] + self._height(self._cursor)
            self._top = min(max(self._top, end - height), first)
            self._top = max(min(self._top, len(self._lines) - height), 0)
        return self._top != before

    # -- drawing -----------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._lay(self.size.width - BAR)
        self._bring_into_sight()
        self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One for each line."""
        self._lay(width - BAR)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line, and its piece of the bar where there is more than can be seen."""
        width, line = self.size.width, y + self._top
        bar = self._bar(y)
        left = width - sum(len(segment.text) for segment in bar)
        if line >= len(self._lines):
            return Strip([Segment(" " * left, self.rich_style), *bar], width)
        return Strip([Segment(cut(self._lines[line], left), self._style(self._row_of(line))), *bar], width)

    def _bar(self, y: int) -> list[Segment]:
        piece = self.piece_of_bar(y)
        if piece is None:
            return []
        return [Segment(" ", self.rich_style), Segment(" ", self.get_component_rich_style(f"rows--{piece}"))]

    def _style(self, row: int) -> Style:
        one = self._listed[row]
        if row == self._cursor:
            return self.get_component_rich_style("rows--cursor")
        base = self.get_component_rich_style("rows--heading") if one.heading else self.rich_style
        return base + self.app.console.get_style(one.style) if one.style else base

    # -- keys and mouse ----------------------------------------------------------------------------------------

    def _move(self, ways: Iterator[int | None]) -> None:
        """To the first of these rows that there is."""
        index = next((way for way in ways if way is not None), None)
        if index is not None and index != self._cursor:
            self.cursor = index

    def action_cursor_down(self) -> None:
        """The next row; from the last one to the first."""
        at = -1 if self._cursor is None else self._cursor
        self._move(self._next(start, 1) for start in (at, -1))

    def action_cursor_up(self) -> None:
        """The row before; from the first one to the last."""
        end = len(self._listed)
        at = end if self._cursor is None else self._cursor
        self._move(self._next(start, -1) for start in (at, end))

    def action_page_down(self) -> None:
        """A screen further."""
        self._page(1)

    def action_page_up(self) -> None:
        """A screen back."""
        self._page(-1)

    def _page(self, step: int) -> None:
        """The page turns under the cursor, which stays where it is in sight; at the end it goes to the last row."""
        if self._cursor is None:
            return
        height, before = self.size.height, self._top
        place = min(max(self._starts[self._cursor] - self._top, 0), max(height - 1, 0))
        self._look(step * max(height - 1, 1))
        end = len(self._lines) - 1 if step > 0 else 0
        row = self._row_of(min(self._top + place, len(self._lines) - 1) if self._top != before else end)
        if self._starts[row] < self._top and row + 1 < len(self._listed):
            row += 1  # its beginning is out of sight, and would pull the page back
        self._move(self._next(start, way) for start, way in ((row - step, step), (row, -step)))

    def action_first(self) -> None:
        """The first row."""
        self._move(iter([self._next(-1, 1)]))

    def action_last(self) -> None:
        """The last row."""
        self._move(iter([self._next(len(self._listed), -1)]))

    def action_select(self) -> None:
        """Take the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Taken(self.current))

    def on_click(self, event: events.Click) -> None:
        """Take the row under the mouse."""
        place = event.get_content_offset(self)
        line = -1 if place is None else place.y + self._top
        if 0 <= line < len(self._lines) and not self._listed[self._row_of(line)].heading:
            self._move(iter([self._row_of(line)]))
            self.action_select()
