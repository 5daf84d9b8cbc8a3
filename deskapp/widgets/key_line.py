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
    """The keys that are shown, those of the focused widget first."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._shown: list[tuple[int, int, Binding, str]] = []  # first cell, end, binding, explanation

    def on_mount(self) -> None:
        """Follow the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if [key[2:] for key in self._placed()] != [key[2:] for key in self._shown]:
            self.refresh()

    def _placed(self) -> Iterator[tuple[int, int, Binding, str]]:
        x = 1
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                end = x + cell_len(self._words(active.binding))
                yield x, end, active.binding, active.tooltip
                x = end + GAP

    def _words(self, binding: Binding) -> str:
        return f"{self.app.get_key_display(binding)} {binding.description}"

    def render(self) -> Text:
        """All keys in one line."""
        self._shown = list(self._placed())
        line = Text(" ", no_wrap=True, overflow="ellipsis")
        for _, _, binding, _ in self._shown:
            line.append(self.app.get_key_display(binding), style="bold")
            line.append(f" {binding.description}{' ' * GAP}")
        line.rstrip()
        return line

    def _at(self, x: int) -> tuple[int, int, Binding, str] | None:
        return next((key for key in self._shown if key[0] <= x < key[1]), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What the key under the mouse is for."""
        found = self._at(event.x)
        self.tooltip = found[3] if found else None

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        found = self._at(event.x)
        if found:
            self.app.simulate_key(found[2].key)
