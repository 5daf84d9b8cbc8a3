"""The way out of visitors' hands: the clerk's PIN."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from deskapp.desk.pins import Tried
from deskapp.errors import DeskError
from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose


@runtime_checkable
class Touched(Protocol):
    """A screen that forgets what was looked for when nobody is there."""

    def touch(self) -> None:
        """Somebody is here."""


class LeaveScreen(DeskModal[bool]):
    """Ends with True after the PIN, with False after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back")]

    def compose(self) -> ComposeResult:
        """One sentence and a line."""
        how = Prose(Text("离开查阅模式，请输入遮屏密码，按 Enter。按 Esc 回去。"))
        yield PaintedCard("离开", how, LineInput(password=True, id="pin"), Prose(id="wrong"))

    def on_mount(self) -> None:
        """The line takes the keys."""
        self.query_one("#pin").focus()

    def on_input_changed(self) -> None:
        """Whoever types the PIN is no idle visitor."""
        for screen in self.app.screen_stack:
            if isinstance(screen, Touched):
                screen.touch()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Out, or once more."""
        try:
            tried = self.desk.machine.open(event.value)
        except DeskError:  # the register cannot be read: nobody leaves by guessing
            tried = Tried(False)
        if tried.opens:
            self.dismiss(True)
            return
        self.query_one("#pin", Input).value = ""
        self.query_one("#wrong", Prose).update(Text(str(tried)))

    def on_click(self, event: events.Click) -> None:
        """A finger beside the card leads back to reading."""
        if event.widget is self:
            self.dismiss(False)

    def action_back(self) -> None:
        """Back to reading."""
        self.dismiss(False)
