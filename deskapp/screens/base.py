"""What every screen has: the header, the footer, help, and a way to say what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Footer

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.law.dated import LawError
from deskapp.widgets.header import DeskHeader
from deskapp.widgets.message_line import MessageLine
from letters.document import PressError

if TYPE_CHECKING:
    from deskapp.app import DeskApp

T = TypeVar("T")
REFUSALS = (DeskError, LawError, PressError)


class DeskScreen(Screen[None]):
    """A full screen of the desk. Subclasses set NAME and PURPOSE and yield their body."""

    NAME: ClassVar[str] = ""
    PURPOSE: ClassVar[str] = ""

    @property
    def desk(self) -> Desk:
        """The desk this screen acts through."""
        return cast("DeskApp", self.app).desk

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        app = cast("DeskApp", self.app)
        yield DeskHeader(app.unit_name, self.NAME, lambda: app.today, app.practice)
        yield Vertical(*self.body(), id="body")
        yield MessageLine()
        yield Footer(show_command_palette=False)

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    def say(self, text: str, error: bool = False) -> None:
        """A sentence on the line above the keys, on this screen or the one that takes its place."""
        cast("DeskApp", self.app).say(text, error)

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something; a refusal is said, and None returned."""
        try:
            return act()
        except REFUSALS as error:
            self.say(str(error), error=True)
            return None

    def succeeds(self, act: Callable[[], object]) -> bool:
        """Do something that returns nothing; False when it was refused, which is said."""
        return self.attempt(lambda: (act(),)) is not None

    def action_help(self) -> None:
        """Explain this screen."""
        from deskapp.screens.help import HelpScreen

        keys = [b for b in self.active_bindings.values() if b.binding.id]
        seen: dict[str, Binding] = {b.binding.id or "": b.binding for b in keys}
        self.app.push_screen(HelpScreen(self.NAME, self.PURPOSE, list(seen)))

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def refresh_rows(self) -> None:
        """Read again what the screen shows; called when it comes back to the front."""


class DeskModal(ModalScreen[T]):
    """A small screen over another one, ended only by ``dismiss``."""

    @property
    def desk(self) -> Desk:
        """The desk this screen acts through."""
        return cast("DeskApp", self.app).desk
