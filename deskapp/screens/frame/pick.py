"""Picking from a list: a screen with a line to type in over it, and a question over another screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from deskapp.screens.frame.base import DeskModal, DeskScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

LONGEST_ANSWER = 4  # lines


def move_in_list(screen: Screen[Any], event: events.Key, listed: str = "Rows") -> None:
    """Arrows go to the list while the cursor stays in the line above it, and pages to the text beside it, or to the list where there is
    none; ``listed`` says which list where there are several."""
    rows = screen.query(listed).first(Rows)
    moves = {"down": rows.action_cursor_down, "up": rows.action_cursor_up}
    moves |= {"pagedown": rows.action_page_down, "pageup": rows.action_page_up}
    for side in screen.query(Reader).results():
        moves |= {"pagedown": side.action_page_down, "pageup": side.action_page_up}
    if isinstance(screen.focused, Input) and event.key in moves:
        moves[event.key]()
        event.stop()


class PickScreen(DeskScreen):
    """A line to type in over a list: what is typed narrows the list, arrows move in it meanwhile, Enter or a click takes a row.

    A subclass yields :meth:`line` in its body and fills its list in :meth:`fill`; where rows depend on the width, or on what another
    screen may have changed, it reads them again in :meth:`refresh_rows`.
    """

    LIST: ClassVar[str] = "Rows"  # which list the arrows go to, where there are several

    def line(self, placeholder: str) -> LineInput:
        """The line to type in."""
        return LineInput(placeholder=placeholder, id="words")

    @property
    def words(self) -> str:
        """What stands in the line."""
        return self.query_one("#words", Input).value

    def fill(self, words: str) -> None:
        """Show what fits the words."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """All there is; the cursor stands in the line."""
        self.query_one("#words").focus()
        self.fill("")

    def on_input_changed(self) -> None:
        """Narrow the list, by what stands there now: in a burst the message is of an earlier key."""
        self.fill(self.words)

    def fit_width(self) -> None:
        """The rows are cut to the width."""
        self.refresh_rows()

    def on_key(self, event: events.Key) -> None:
        """Arrows go to the list."""
        move_in_list(self, event, self.LIST)

    def on_input_submitted(self) -> None:
        """Enter in the line takes the row under the cursor."""
        self.action_open_selected()

    def on_rows_taken(self) -> None:
        """Enter or a click in the list."""
        self.action_open_selected()

    def action_open_selected(self) -> None:
        """Take the row under the cursor."""
        raise NotImplementedError


class PickModal(DeskModal[str]):
    """Ends with the key of the answer, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back")]

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question, self._answers = question, answers

    def compose(self) -> ComposeResult:
        """The question and the answers; the cursor stands on the first."""
        rows = Rows([Row(text, key) for key, text in self._answers], wraps=LONGEST_ANSWER, id="answers")
        yield PaintedCard("请选", Prose(Text(self._question)), rows)

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.query_one("#answers").focus()

    def on_click(self, event: events.Click) -> None:
        """A finger beside the question leaves it, as it leaves the help."""
        if not self.query_one("#card").region.contains_point(event.screen_offset):
            self.dismiss(None)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """An answer."""
        self.dismiss(event.row.key)

    def action_back(self) -> None:
        """None."""
        self.dismiss(None)
