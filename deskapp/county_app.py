"""The county's program: the same frame, keys and themes as the desk, over a county instead of a register."""

from __future__ import annotations

from pathlib import Path

from deskapp.app import DeskApp
from deskapp.clock import Clock
from deskapp.county.hall import County
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.places import PLACES


class CountyApp(DeskApp):
    """The county in a terminal."""

    def __init__(self, home: Path, clock: Clock, hall: County) -> None:
        super().__init__(home, clock, None)
        self.hall = hall

    @property
    def unit_name(self) -> str:
        """Whose program this is."""
        return self.hall.name

    @property
    def practice(self) -> bool:
        """Whether 练习 stands on every screen."""
        return self.hall.practice

    def open_first(self) -> None:
        """The county as a whole."""
        self.push_screen(PLACES["county"].enter())

    def action_go(self, name: str) -> None:
        """There is no desk here, and no way to its screens."""

    def action_palette(self) -> None:
        """What can be done on this screen."""
        if isinstance(self.screen, DeskScreen):
            self.screen.action_help()
