"""全部功能: every act of the screen in front and every screen of the desk, found by words or pinyin; what was used last stands first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from deskapp.register.matches import nearness
from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import move_in_list
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.rows import Row, Rows

KEY_WIDTH, NAME_WIDTH, HELP_WIDTH = 10, 14, 40  # cells, with the blank behind each
KEPT = 5  # how many of those used last are remembered, until the program ends
_used: WeakKeyDictionary[App[Any], list[str]] = WeakKeyDictionary()


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
        line = LineInput(placeholder="打字或者拼音，上下键选，按 Enter", id="words")
        yield PaintedCard("功能", line, Rows(id="commands"))

    def on_mount(self) -> None:
        """Everything to begin with."""
        self._fill("")
        self.query_one("#words").focus()

    def _fill(self, typed: str) -> None:
        listed = self.query_one("#commands", Rows)
        listed.fill(self._found(typed) if typed.strip() else self._all())
        if listed.current is None:
            hint = "换个说法试试，或者只打拼音首字母；按 Esc 关上。"
            listed.fill([Row(f"没有找到【{typed.strip()}】。", heading=True), Row(hint, heading=True)])

    def _found(self, typed: str) -> list[Row]:
        """What fits, the best first."""
        ranked = [(nearness(typed, item.name, item.help), item) for item in self._commands]
        fitting = [(place, item) for place, item in ranked if place is not None]
        return [_row(item) for _, item in sorted(fitting, key=lambda pair: pair[0])]

    def _all(self) -> list[Row]:
        """Everything; what was used last first, once there is such a thing."""
        by_action = {item.action: item for item in self._commands}
        last = [by_action[action] for action in _used.get(self.app, ()) if action in by_action]
        others = [_row(item) for item in self._commands if item not in last]
        if not last:
            return others
        return [Row("刚用过的", heading=True), *map(_row, last), Row("全部", heading=True), *others]

    def _take(self, action: str) -> None:
        used = [action, *(one for one in _used.get(self.app, ()) if one != action)]
        _used[self.app] = used[:KEPT]
        self.dismiss(action)

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
            self._take(row.key)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Enter or a click in the list."""
        self._take(event.row.key)

    def action_back(self) -> None:
        """Nothing."""
        self.dismiss(None)


def _row(item: Command) -> Row:
    return Row(
        f"{fit(item.key, KEY_WIDTH - 1)} {fit(item.name, NAME_WIDTH - 1)} {fit(item.help, HELP_WIDTH)}", item.action
    )
