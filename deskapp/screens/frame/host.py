"""What a screen may ask of the app it stands in. Screens know this and not the app, so the app may know the screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.geometry import Size

    from deskapp.desk import Desk
    from deskapp.unit import UnitProfile  # reads pydantic and the law: a third of the time to the first picture


class AtWindow(Protocol):
    """Who is at the window of the app."""

    def tell_others(self) -> None:
        """The curtain of this window falls."""

    def sit(self) -> None:
        """Ask who sits here, where there are several."""

    def leave_for(self, command: str) -> None:
        """Close the desk, and have a command in its place; then the desk again."""


class Host(Protocol):
    """The app around a screen."""

    @property
    def desk(self) -> Desk:
        """The open desk. Raises DeskError before there is one."""

    @property
    def has_desk(self) -> bool:
        """Whether a desk is open."""

    @property
    def home(self) -> Path:
        """The data directory."""

    @property
    def today(self) -> date:
        """The day at the counter."""

    @property
    def unit_name(self) -> str:
        """Whose desk this is."""

    @property
    def clerk(self) -> str:
        """Who sits here; empty where nobody is known."""

    @property
    def practice(self) -> bool:
        """Whether 练习 stands on every screen."""

    @property
    def is_running(self) -> bool:
        """Whether the app runs still."""

    def rest(self) -> None:
        """The list stands, and what the first key needs is read: what waited for that may begin."""

    def say(self, text: str, error: bool = False, word: str = "") -> None:
        """A sentence on the screen in front."""

    def call_from_thread(self, callback: Callable[..., Any], *args: Any) -> Any:
        """Run something in the app's own thread."""

    def action_go(self, name: str) -> None:
        """Enter a screen that can be entered from anywhere."""

    def start(self, profile: UnitProfile) -> None:
        """Create the data directory for a unit. Raises DeskError."""

    def begin_first_hour(self) -> None:
        """To the register of the first hour."""

    def change_desk(self) -> None:
        """To the practice desk, or back."""

    def choose_theme(self, name: str = "") -> None:
        """Light, dark or of the greatest contrast: as asked, else as this machine is set."""

    def check_size(self, size: Size | None = None) -> None:
        """Ask for a larger window, or go on once it is."""

    @property
    def window(self) -> AtWindow:
        """Who is at this window."""
