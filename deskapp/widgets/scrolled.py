"""What scrolls by itself: lines drawn one by one, a bar of its own, the wheel; the screen is not laid out again for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from textual.geometry import Region
from textual.widget import Widget

WHEEL = 3  # lines


class Scrolled(Widget):
    """A surface that shows ``line_count`` lines from ``_top`` on."""

    UNIT: ClassVar[str] = "行"  # what is counted below the last line in sight
    on_look: Callable[[], None] | None = None  # called when something else may be in sight
    _top = 0  # the first line in sight

    def refresh(self, *regions: Region, **how: Any) -> Scrolled:
        """Draw again, and say that something else may be in sight."""
        super().refresh(*regions, **how)
        if self.on_look:
            self.on_look()
        return self

    @property
    def below(self) -> int:
        """How much there is below the last line in sight."""
        return max(self.line_count - self._top - self.size.height, 0)

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def _look(self, lines: int) -> None:
        """So many lines further, as far as there are any."""
        self._top = max(min(self._top + lines, self.line_count - self.size.height), 0)
        self.refresh()

    def piece_of_bar(self, y: int) -> Literal["thumb", "bar"] | None:
        """The piece of the bar beside line ``y`` in sight; None when there is no more than can be seen."""
        height, every = self.size.height, self.line_count
        if every <= height:
            return None
        thumb = max(height * height // every, 1)
        first = round(self._top / (every - height) * (height - thumb))
        return "thumb" if first <= y < first + thumb else "bar"

    def on_mouse_scroll_down(self) -> None:
        """Look further down."""
        self._look(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Look further up."""
        self._look(-WHEEL)
