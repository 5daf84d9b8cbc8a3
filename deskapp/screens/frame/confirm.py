"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.prose import Prose


class ConfirmScreen(DeskModal[bool]):
    """Ends with True for yes, False for no or Esc."""

    WARY = True
    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "不")]

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question, self._yes = question, yes
        self.asked_at = 0.0  # when it stood; an earlier key was pressed before anybody could read it

    def on_mount(self, event: events.Mount) -> None:
        """From now on it can be answered."""
        self.asked_at = event.time

    def compose(self) -> ComposeResult:
        """The question and two buttons; the cursor stands on yes."""
        yes = Button(Text(f"Enter {self._yes}"), id="yes", compact=True)
        no = Button(Text("Esc 返回"), id="no", compact=True)
        yield PaintedCard(self._yes, Prose(Text(self._question)), Horizontal(yes, no, id="buttons"))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Yes or no."""
        self.dismiss(event.button.id == "yes")

    def action_back(self) -> None:
        """No."""
        self.dismiss(False)
