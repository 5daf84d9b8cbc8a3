"""The first line of every screen: which screen, whose desk, practice or not, who sits here, and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from deskapp.parsing import WEEKDAYS
from deskapp.widgets.cells import cut

PRACTICE = " 练习 "  # a badge: painted the other way round
LOOK_S = 10.0


def nobody() -> str:
    """Nobody's name stands in the header: there is no desk yet, or it is in visitors' hands."""
    return ""


class DeskHeader(Widget):
    """One line; texts are plain, never markup. Where it is too narrow the unit's name is cut, never a person's and never the day."""

    DEFAULT_CSS = """
    DeskHeader { dock: top; height: 1; background: $accent; color: $ground; text-style: bold; }
    """

    def __init__(
        self, unit: str, screen: str, today: Callable[[], date], practice: bool, clerk: Callable[[], str] = nobody
    ) -> None:
        super().__init__(id="header")
        self._unit, self._screen, self._today, self._practice, self._clerk = unit, screen, today, practice, clerk
        self._shown: tuple[date, str] | None = None

    def on_mount(self) -> None:
        """Look now and then: a form may stay open over midnight, and somebody else may sit down."""
        self.set_interval(LOOK_S, self.keep_in_step)

    def keep_in_step(self) -> None:
        """Show the day that it is by now, and who sits here."""
        if self._shown is not None and (self._today(), self._clerk()) != self._shown:
            self.refresh()

    def render(self) -> Text:
        """The line in the width there is."""
        return self.line(self.size.width)

    def line(self, width: int) -> Text:
        """Left the screen and the unit; right the badge, who sits here, the day. Column 0 is blank."""
        today, clerk = self._shown = self._today(), self._clerk()
        badge = PRACTICE if self._practice else ""
        who = f"  经办 {clerk}" if clerk else ""
        right = f"{who}  {today} 星期{WEEKDAYS[today.weekday()]} "
        room = max(width - cell_len(right) - cell_len(badge), 0)
        shown = Text(cut(f" {self._screen}  {self._unit} ", room), no_wrap=True)
        shown.append(badge, style="reverse")
        shown.append(right)
        return shown
