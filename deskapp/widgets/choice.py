"""A list to choose from that speaks Chinese in the footer while it is open."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Select
from textual.widgets._select import SelectCurrent, SelectOverlay  # not exported; its one key has an English name


class ChoiceOverlay(SelectOverlay):
    """The open list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "收起", key_display="Esc")]


class Choice(Select[str]):
    """A closed list that opens with Enter."""

    def compose(self) -> ComposeResult:
        """The chosen value and the list."""
        yield SelectCurrent(self.prompt)
        yield ChoiceOverlay(type_to_search=False).data_bind(compact=Select.compact)
