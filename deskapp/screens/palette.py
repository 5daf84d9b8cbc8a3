"""全部功能: every act of the screen in front and every room of the desk, found by words or pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from deskapp.desk.fits import fits
from deskapp.screens.base import DeskModal
from deskapp.screens.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput

KEY_WIDTH, NAME_WIDTH, HELP_WIDTH = 8, 12, 44  # cells


@dataclass(frozen=True)
class Command:
    """Something that can be done now: the action that does it, its key, its name, what it is for."""

    action: str
    key: str
    name: str
    help: str


class PaletteScreen(DeskModal[str]):
    """Ends with the action that was chosen, or None."""

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "关闭")]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The words and what fits them."""
        with Vertical(id="card"):
            yield LineInput(placeholder="打字或者拼音首字母，上下键选，按 Enter", id="words", compact=True)
            yield OptionList(id="commands", markup=False)

    def on_mount(self) -> None:
        """Everything to begin with."""
        self._fill("")
        self.query_one("#words").focus()

    def _fill(self, typed: str) -> None:
        found = [item for item in self._commands if fits(typed, item.name, item.help)]
        listed = self.query_one("#commands", OptionList)
        listed.clear_options()
        for item in found:
            line = f"{fit(item.key, KEY_WIDTH)}{fit(item.name, NAME_WIDTH)}{fit(item.help, HELP_WIDTH)}"
            listed.add_option(Option(Content(line), id=item.action))
        listed.highlighted = 0 if found else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def on_key(self, event: events.Key) -> None:
        """Arrows go to the list while the cursor stays in the line."""
        listed = self.query_one("#commands", OptionList)
        moves = {"down": listed.action_cursor_down, "up": listed.action_cursor_up}
        if event.key in moves and isinstance(self.focused, Input):
            moves[event.key]()
            event.stop()

    def on_input_submitted(self) -> None:
        """Take what the cursor stands on."""
        listed = self.query_one("#commands", OptionList)
        if listed.highlighted is not None:
            self.dismiss(listed.get_option_at_index(listed.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click in the list."""
        self.dismiss(event.option.id)

    def action_back(self) -> None:
        """Nothing."""
        self.dismiss(None)
