"""The last line of every screen: which keys do what now. A click on a key presses it; the mouse over it explains it.

One line drawn at once: a widget for each key would be made anew at every change of focus, and Tab would be slow.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

GAP = 2  # cells between two keys


class KeyLine(Widget):
    """The keys that are shown, those of the focused widget first; in one line, or, where it ``wraps``, in as many as they need."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $bar; color: $text; text-style: $bar-way; }
    """

    def __init__(self, wraps: bool = False) -> None:
        super().__init__(id="keys")
        self._wraps, self._lines = wraps, 1
        self._shown: list[tuple[int, int, int, Binding, str]] = []  # line, first cell, end, binding, explanation

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

    def _placed(self) -> Iterator[tuple[int, int, int, Binding, str]]:
        line, x = 0, 1
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                end = x + cell_len(self._words(active.binding))
                if self._wraps and end > self.screen.size.width and x > 1:
                    line, x, end = line + 1, 1, 1 + end - x
                yield line, x, end, active.binding, active.tooltip
                x = end + GAP

    def _words(self, binding: Binding) -> str:
        return f"{self.app.get_key_display(binding)} {binding.description}"

    def render(self) -> Text:
        """All keys."""
        self._shown = list(self._placed())
        line, last = Text(" ", no_wrap=True, overflow="ellipsis"), 0
        for at, _, _, binding, _ in self._shown:
            if at != last:
                line.rstrip()
                line.append("\n ")
                last = at
            line.append(self.app.get_key_display(binding), style="bold")
            line.append(f" {binding.description}{' ' * GAP}")
        line.rstrip()
        line.pad_right(
            max(self.size.width - cell_len(line.plain.rsplit("\n", 1)[-1]), 0)
        )  # reversed to its end where there are no colours
        return line

    def _at(self, x: int, y: int) -> tuple[int, int, int, Binding, str] | None:
        """The key at a place; half of the gap on either side belongs to it, for a finger is wide."""
        half = GAP // 2
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
