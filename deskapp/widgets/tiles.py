"""Large buttons in rows, drawn line by line: a finger or a mouse takes one, arrows move among them, headings stand over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from deskapp.widgets.cells import cut
from deskapp.widgets.scrolled import Scrolled


@dataclass(frozen=True)
class Tile:
    """A button: what stands on it, what it is for. One without a key is a heading over those that follow."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class _Placed:
    """Where a tile lies: its first line and cell, its width."""

    tile: Tile
    line: int
    x: int
    width: int


class Tiles(Scrolled, can_focus=True):
    """Buttons of ``least`` cells and more, ``height`` lines high, as many in a row as there is room for; GAP cells between them."""

    GAP = 1
    DEFAULT_CSS = """
    Tiles { height: 1fr; width: 1fr; padding: 0 1; }
    Tiles > .tiles--tile { background: $panel; color: $text; }
    Tiles > .tiles--cursor { background: $primary; color: $background; text-style: bold; }
    Tiles > .tiles--heading { color: $primary; text-style: bold; }
    Tiles > .tiles--bar { background: $panel; }
    Tiles > .tiles--thumb { background: $primary; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tiles--tile", "tiles--cursor", "tiles--heading", "tiles--bar", "tiles--thumb",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("up", "row(-1)", show=False),
        Binding("down", "row(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    class Taken(Message):
        """A tile was pressed."""

        def __init__(self, tile: Tile) -> None:
            super().__init__()
            self.tile = tile

    def __init__(
        self, tiles: Iterable[Tile] = (), *, least: int = 18, height: int = 3, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._tiles, self._least, self._high = list(tiles), least, height
        self._placed: list[_Placed] = []
        self._cursor = 0

    def fill(self, tiles: Iterable[Tile], *, least: int | None = None, height: int | None = None) -> None:
        """Other tiles; the cursor goes to the first."""
        self._tiles = list(tiles)
        self._least, self._high = least or self._least, height or self._high
        self._top = self._cursor = 0
        self._place()
        self.refresh()

    @property
    def tiles(self) -> list[Tile]:
        """The buttons, without the headings."""
        return [placed.tile for placed in self._placed if placed.tile.key]

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return max((at.line + (self._high if at.tile.key else 1) for at in self._placed), default=0)

    def on_resize(self) -> None:
        """Lay out anew; the cursor stays in sight."""
        self._place()
        self._bring_into_sight()
        self.refresh()

    def _place(self) -> None:
        """A heading takes a line of its own, tiles stand beside each other, all equally wide; between high ones is a line."""
        room = max(self.size.width - 2, self._least)
        across = max(room // (self._least + self.GAP), 1)
        width = (room - self.GAP * (across - 1)) // across
        line, column = 0, 0
        self._placed = []
        step = self._high + (1 if self._high > 1 else 0)
        for tile in self._tiles:
            if not tile.key:
                line += step if column else 0
                self._placed.append(_Placed(tile, line, 0, room))
                line, column = line + 1, 0
                continue
            if column == across:
                line, column = line + step, 0
            self._placed.append(_Placed(tile, line, column * (width + self.GAP), width))
            column += 1

    # -- drawing -----------------------------------------------------------------------------------------------

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return self.line_count

    def render_line(self, y: int) -> Strip:
        """One line of the tiles that stand in it."""
        width, line = self.size.width, y + self._top
        segments: list[Segment] = []
        x = 0
        for number, at in enumerate(self._placed):
            high = self._high if at.tile.key else 1
            if not at.line <= line < at.line + high:
                continue
            segments.append(Segment(" " * (at.x - x), self.rich_style))
            segments.append(self._piece(number, at, line - at.line))
            x = at.x + at.width
        segments.append(Segment(" " * max(width - x - 1, 0), self.rich_style))
        piece = self.piece_of_bar(y)
        style = self.get_component_rich_style(f"tiles--{piece}") if piece else self.rich_style
        return Strip([*segments, Segment(" ", style)], width)

    def _piece(self, number: int, at: _Placed, row: int) -> Segment:
        if not at.tile.key:
            return Segment(cut(at.tile.text, at.width), self.get_component_rich_style("tiles--heading"))
        here = number == self._at() and self.has_focus
        style = self.get_component_rich_style("tiles--cursor" if here else "tiles--tile")
        text = at.tile.text if row == self._high // 2 else ""
        left = max((at.width - cell_len(text)) // 2, 0)
        return Segment(cut(" " * left + text, at.width), style)

    # -- keys and mouse ----------------------------------------------------------------------------------------

    def _buttons(self) -> list[int]:
        return [number for number, at in enumerate(self._placed) if at.tile.key]

    def _at(self) -> int:
        buttons = self._buttons()
        return buttons[min(self._cursor, len(buttons) - 1)] if buttons else -1

    def action_move(self, step: int) -> None:
        """To the next tile, or the one before."""
        self._cursor = min(max(self._cursor + step, 0), max(len(self._buttons()) - 1, 0))
        self._bring_into_sight()
        self.refresh()

    def action_row(self, step: int) -> None:
        """To the tile above or below."""
        buttons = self._buttons()
        if not buttons:
            return
        here = self._placed[self._at()]
        rows = sorted({self._placed[n].line for n in buttons})
        wanted = rows.index(here.line) + step
        if 0 <= wanted < len(rows):
            beside = [n for n in buttons if self._placed[n].line == rows[wanted]]
            self._cursor = buttons.index(min(beside, key=lambda n: abs(self._placed[n].x - here.x)))
        self._bring_into_sight()
        self.refresh()

    def page(self, step: int) -> None:
        """A page further, or back."""
        self._look(step * max(self.size.height - 1, 1))

    def _bring_into_sight(self) -> None:
        if not self._buttons():
            return
        first, height = self._placed[self._at()].line, self.size.height
        if first < self._top:
            self._top = max(first - 1, 0)  # the heading over it as well
        elif first + self._high > self._top + height:
            self._top = first + self._high - height

    def action_take(self) -> None:
        """Press the tile under the cursor."""
        if self._buttons():
            self.post_message(self.Taken(self._placed[self._at()].tile))

    def on_click(self, event: events.Click) -> None:
        """Press the tile under the finger."""
        place = event.get_content_offset(self)
        if place is None:
            return
        for number, at in enumerate(self._placed):
            inside = at.line <= place.y + self._top < at.line + self._high and at.x <= place.x < at.x + at.width
            if at.tile.key and inside:
                self._cursor = self._buttons().index(number)
                self.refresh()
                self.post_message(self.Taken(at.tile))
