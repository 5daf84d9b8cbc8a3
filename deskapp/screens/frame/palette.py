"""全部功能: every act of the screen in front and every screen of the desk, found by words or pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from deskapp.register.matches import nearness
from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import move_in_list
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.rows import Row, Rows

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

    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "关闭")]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The words and what fits them."""
        with Vertical(id="card"):
            yield LineInput(placeholder="打字或者拼音首字母，上下键选，按 Enter", id="words")
            yield Rows(id="commands")

    def on_mount(self) -> None:
        """Everything to begin with."""
        self._fill("")
        self.query_one("#words").focus()

    def _fill(self, typed: str) -> None:
        near = [(n, item) for item in self._commands if (n := nearness(typed, item.name, item.help)) is not None]
        found = [item for _, item in sorted(near, key=lambda one: one[0])]
        listed = self.query_one("#commands", Rows)
        rows = [
            Row(f"{fit(item.key, KEY_WIDTH)}{fit(item.name, NAME_WIDTH)}{fit(item.help, HELP_WIDTH)}", item.action)
            for item in found
        ]
        listed.fill(
            rows
            or [Row(f"没有叫“{typed.strip()[:20]}”的功能。少打几个字，或者按 Esc，再按 F1 看手册。", heading=True)]
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def on_key(self, event: events.Key) -> None:
        """Arrows go to the list."""
        move_in_list(self, event)

    def on_input_submitted(self) -> None:
        """Take what the cursor stands on."""
        row = self.query_one("#commands", Rows).current
        if row:
            self.dismiss(row.key)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Enter or a click in the list."""
        self.dismiss(event.row.key)

    def action_back(self) -> None:
        """Nothing."""
        self.dismiss(None)
