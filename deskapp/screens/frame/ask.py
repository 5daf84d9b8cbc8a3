"""A question that is answered in a few words."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose


class AskModal(DeskModal[str]):
    """Ends with the words, or None for Esc; Enter in an empty line stays."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back")]

    def __init__(self, question: str, placeholder: str) -> None:
        super().__init__()
        self._question, self._placeholder = question, placeholder

    def compose(self) -> ComposeResult:
        """The question over a line."""
        yield PaintedCard("请写", Prose(Text(self._question)), LineInput(placeholder=self._placeholder, id="answer"))

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self.query_one("#answer").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer."""
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_back(self) -> None:
        """None."""
        self.dismiss(None)
