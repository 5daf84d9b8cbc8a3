"""The last line of every screen: which keys do what now. A click on a key presses it; the mouse over it explains it.

One line drawn at once: a widget for each key would be made anew at every change of focus, and Tab would be slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

GAP = 2  # cells between two keys; one, where a line is too short for all
AT_THE_END = ("help", "palette")  # the same on every screen: they stand at the right, where there is room
LEFT_OUT = ("back",)  # known by heart: where a line is too short for all, it is the first that is not shown
Placed = tuple[int, int, int, Binding, str]
"""A key: its line, its first cell, the one after its last, its binding, what it is for."""


class KeyLine(Widget):
    """The keys that are shown, those of the focused widget first; in one line, or, where it ``wraps``, in as many as they need."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $bar; color: $text; text-style: $bar-way; }
    """

    def __init__(self, wraps: bool = False) -> None:
        super().__init__(id="keys")
        self._wraps, self._lines = wraps, 1
        self._shown: list[Placed] = []
        self._gap = GAP

    def on_mount(self) -> None:
        """Follow the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if [key[3:] for key in self._placed()] != [key[3:] for key in self._shown]:
            self._fit()
            self.refresh()

    def on_resize(self) -> None:
        """As many lines as the keys need."""
        self._fit()

    def _fit(self) -> None:
        lines = max((key[0] for key in self._placed()), default=0) + 1
        if self._wraps and self._lines != lines:
            self.styles.height = self._lines = lines

    def _placed(self) -> Iterator[Placed]:
        """Where the keys stand."""
        width = self.screen.size.width
        keys = [(a.binding, a.tooltip) for a in self.screen.active_bindings.values() if a.binding.show and a.enabled]
        self._gap = GAP
        if not self._wraps and self._cells(keys) > width:
            keys = [key for key in keys if key[0].id not in LEFT_OUT]
            self._gap = 1 if self._cells(keys) > width else GAP
        first = [key for key in keys if key[0].id not in AT_THE_END]
        if self._wraps or len(first) == len(keys):
            yield from self._in_lines(keys, 1, width)
            return
        last = [key for key in keys if key[0].id in AT_THE_END]
        yield from self._in_lines(first, 1, width)
        yield from self._in_lines(last, max(width - self._cells(last), self._cells(first) + self._gap), width)

    def _cells(self, keys: Sequence[tuple[Binding, str]]) -> int:
        """How many cells keys take, with the blank that the line begins with."""
        return sum(cell_len(self._words(binding)) + self._gap for binding, _ in keys) - self._gap + 1

    def _in_lines(self, keys: Sequence[tuple[Binding, str]], x: int, width: int) -> Iterator[Placed]:
        line = 0
        for binding, tooltip in keys:
            end = x + cell_len(self._words(binding))
            if self._wraps and end > width and x > 1:
                line, x, end = line + 1, 1, 1 + end - x
            yield line, x, end, binding, tooltip
            x = end + self._gap

    def _words(self, binding: Binding) -> str:
        return f"{self.app.get_key_display(binding)} {binding.description}"

    def render(self) -> Text:
        """All keys."""
        self._shown = list(self._placed())
        text, line, last = Text(no_wrap=True, overflow="crop"), 0, 0
        for at, x, end, binding, _ in self._shown:
            if at != line:
                text.append("\n")
                line, last = at, 0
            text.append(" " * (x - last))
            text.append(self.app.get_key_display(binding), style="bold")
            text.append(f" {binding.description}")
            last = end
        return text.append(
            " " * max(self.size.width - last, 0)
        )  # where there are no colours, it is reversed to its end

    def _at(self, x: int, y: int) -> Placed | None:
        """The key at a place; half of the gap on either side belongs to it, for a finger is wide."""
        half = self._gap // 2
        return next((key for key in self._shown if key[0] == y and key[1] - half <= x < key[2] + half), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What the key under the mouse is for."""
        found = self._at(event.x, event.y)
        self.tooltip = found[4] if found else None

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        found = self._at(event.x, event.y)
        if found:
            self.app.simulate_key(found[3].key)
