"""A question with several answers, as a list over the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from deskapp.screens.base import DeskModal
from deskapp.screens.keys import bind
from deskapp.widgets.prose import Prose


class PickModal(DeskModal[str]):
    """Ends with the key of the answer, or None."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("back")]

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question, self._answers = question, answers

    def compose(self) -> ComposeResult:
        """The question and the answers; the cursor stands on the first."""
        with Vertical(id="card"):
            yield Prose(Text(self._question))
            yield OptionList(*(Option(Text(text, no_wrap=True), id=key) for key, text in self._answers), id="answers")

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one("#answers").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """An answer."""
        self.dismiss(event.option.id)

    def action_back(self) -> None:
        """None."""
        self.dismiss(None)
