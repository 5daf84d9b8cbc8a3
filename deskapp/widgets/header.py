"""The first line of every screen: whose desk, which screen, practice or not, and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from deskapp.parsing import WEEKDAYS
from deskapp.widgets.cells import fit

PRACTICE = "〔练习〕"
LOOK_S = 10.0


class DeskHeader(Widget):
    """One line; texts are plain, never markup."""

    DEFAULT_CSS = """
    DeskHeader { dock: top; height: 1; background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self, unit: str, screen: str, today: Callable[[], date], practice: bool) -> None:
        super().__init__(id="header")
        self._unit, self._screen, self._today, self._practice = unit, screen, today, practice
        self._shown: date | None = None

    def on_mount(self) -> None:
        """Look at the day now and then: a form may stay open over midnight."""
        self.set_interval(LOOK_S, self.keep_in_step)

    def keep_in_step(self) -> None:
        """Show the day that it is by now."""
        if self._shown is not None and self._today() != self._shown:
            self.refresh()

    def render(self) -> Text:
        """Left the screen and the unit, right the day."""
        today = self._shown = self._today()
        day = f"{today} 星期{WEEKDAYS[today.weekday()]} "
        sign = PRACTICE if self._practice else ""
        left = fit(f" {self._screen} · {self._unit}", max(self.size.width - cell_len(day) - cell_len(sign) - 1, 0))
        return Text(f"{left}{sign} {day}", no_wrap=True)
