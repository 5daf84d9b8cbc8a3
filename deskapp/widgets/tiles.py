"""Large buttons in rows, drawn line by line: a finger or a mouse takes one, arrows move among them, headings stand over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from deskapp.widgets.cells import cut
from deskapp.widgets.prose import broken
from deskapp.widgets.scrolled import Scrolled


@dataclass(frozen=True)
class Tile:
    """A button: what stands on it, what it is for. One without a key is a heading over those that follow."""

    text: str
    key: str = ""


def written(text: str, width: int) -> list[str]:
    """What stands on a tile, whole, in as many lines as it takes."""
    return broken(Text(text), width).plain.split("\n")


@dataclass(frozen=True)
class _Placed:
    """Where a tile lies: its first line and cell, its width, how many lines it is high; what stands on it."""

    tile: Tile
    line: int
    x: int
    width: int
    high: int
    lines: tuple[str, ...]


class Tiles(Scrolled, can_focus=True):
    """Buttons of ``least`` cells and more, ``height`` lines high or more where a text needs more, as many in a row as there is room for;
    GAP cells between them. ``made`` makes the lines of a text for a width."""

    GAP, EDGE = 1, 1
    UNIT = "项"
    DEFAULT_CSS = """
    Tiles { height: 1fr; width: 1fr; padding: 0 1; }
    Tiles > .tiles--tile { background: $bar; color: $text; }
    Tiles > .tiles--cursor { background: $accent; color: $ground; text-style: $accent-way; }
    Tiles > .tiles--heading { color: $accent; text-style: bold; }
    Tiles > .tiles--bar { background: $bar; }
    Tiles > .tiles--thumb { background: $edge; text-style: $thumb-way; }
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
        self._made: Callable[[str, int], list[str]] = written
        self._placed: list[_Placed] = []
        self._cursor = 0

    def fill(
        self,
        tiles: Iterable[Tile],
        *,
        least: int | None = None,
        height: int | None = None,
        made: Callable[[str, int], list[str]] = written,
    ) -> None:
        """Other tiles; the cursor goes to the first."""
        self._tiles, self._made = list(tiles), made
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
        return max((at.line + at.high for at in self._placed), default=0)

    @property
    def below(self) -> int:
        """How many buttons end below the last line in sight."""
        last = self._top + self.size.height
        return sum(bool(at.tile.key) and at.line + at.high > last for at in self._placed)

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
        self._placed = []
        line = 0
        row: list[Tile] = []
        for tile in self._tiles:
            if row and (not tile.key or len(row) == across):
                line, row = self._place_row(row, line, width), []
            if tile.key:
                row.append(tile)
            else:
                self._placed.append(_Placed(tile, line, 0, room, 1, (tile.text,)))
                line += 1
        self._place_row(row, line, width)

    def _place_row(self, row: list[Tile], line: int, width: int) -> int:
        """Lay tiles beside each other, all as high as the highest needs; the line after them."""
        texts = [self._made(tile.text, max(width - 2 * self.EDGE, 1)) for tile in row]
        high = max([self._high, *map(len, texts)])
        for n, (tile, text) in enumerate(zip(row, texts, strict=True)):
            self._placed.append(_Placed(tile, line, n * (width + self.GAP), width, high, tuple(text)))
        return line + high + (1 if high > 1 else 0)

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
            if not at.line <= line < at.line + at.high:
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
        first = (at.high - len(at.lines)) // 2
        text = at.lines[row - first] if 0 <= row - first < len(at.lines) else ""
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
        at, height = self._placed[self._at()], self.size.height
        if at.line < self._top or at.high > height:
            self._top = max(at.line - 1, 0)  # the heading over it as well
        elif at.line + at.high > self._top + height:
            self._top = at.line + at.high - height

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
            inside = at.line <= place.y + self._top < at.line + at.high and at.x <= place.x < at.x + at.width
            if at.tile.key and inside:
                self._cursor = self._buttons().index(number)
                self.refresh()
                self.post_message(self.Taken(at.tile))
