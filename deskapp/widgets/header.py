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


class DeskHeader(Widget):
    """One line; texts are plain, never markup."""

    DEFAULT_CSS = """
    DeskHeader { dock: top; height: 1; background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self, unit: str, screen: str, today: Callable[[], date], practice: bool) -> None:
        super().__init__(id="header")
        self._unit, self._screen, self._today, self._practice = unit, screen, today, practice

    def render(self) -> Text:
        """Left the screen and the unit, right the day."""
        today = self._today()
        day = f"{today} 星期{WEEKDAYS[today.weekday()]} "
        sign = PRACTICE if self._practice else ""
        left = fit(f" {self._screen} · {self._unit}", max(self.size.width - cell_len(day) - cell_len(sign) - 1, 0))
        return Text(f"{left}{sign} {day}", no_wrap=True)
