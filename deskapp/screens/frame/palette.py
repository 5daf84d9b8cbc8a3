"""全部功能: every act of the screen in front and every screen of the desk, found by words or pinyin; what was used last stands first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from deskapp.register.matches import best_first, nearness
from deskapp.screens.frame.base import DeskModal, DeskScreen
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.screens.frame.pick import move_in_list
from deskapp.screens.frame.places import FROM_ANYWHERE
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.rows import Row, Rows

KEY_WIDTH, NAME_WIDTH, HELP_WIDTH = 10, 14, 40  # cells, with the blank behind each
KEPT = 5  # how many of those used last are remembered, until the program ends
OTHER_NAMES = {"转科室办": "转办 交办 分办", "科室回复": "科室退回"}  # what people call acts that are named otherwise
_used: WeakKeyDictionary[App[Any], list[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Command:
    """Something that can be done now: the action that does it, its key, its name, what it is for; ``words`` are others that it is found by."""

    action: str
    key: str
    name: str
    help: str
    words: str = ""


def commands_at(front: DeskScreen, by_key: Collection[str], acts: Iterable[str]) -> list[Command]:
    """What can be done on the screen in front, then every place that can be entered from anywhere, those of ``by_key`` with their key: a key
    of one screen does something else on another. ``acts`` are found in the command that notes one."""
    here = [b for b in front.acts() if b.id not in (*FROM_ANYWHERE, "palette", "open_selected", "back")]
    noted = " ".join((*acts, *OTHER_NAMES.values()))
    found = [
        Command(
            _called(b.action, front), b.key_display or "", b.description, b.tooltip, noted if b.id == "note" else ""
        )
        for b in here
    ]
    for name, place in FROM_ANYWHERE.items():
        key = KEYS[name].shown if name in by_key else ""
        found.append(Command(f"app.go('{name}')", key, place.name, place.help, place.words))
    return found


def _called(action: str, front: DeskScreen) -> str:
    """An action with the name of the app before it where the screen has none of that name."""
    return action if action.startswith("app.") or hasattr(front, f"action_{action}") else f"app.{action}"


class PaletteScreen(DeskModal[str]):
    """Ends with the action that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "关闭")]

    def __init__(self, commands: Sequence[Command], acts: Sequence[str] = ()) -> None:
        """``acts`` are what may be noted of a case: whoever looks for one where there is no case is told the way."""
        super().__init__()
        self._commands, self._acts = commands, acts

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
            listed.fill([Row(line, heading=True) for line in self._not_found(typed.strip())])

    def _not_found(self, typed: str) -> list[str]:
        """What to do where nothing fits."""
        acts = best_first(typed, self._acts, lambda name: f"{name} {OTHER_NAMES.get(name, '')}")
        if acts:
            return [f"【{acts[0]}】是一件申请的事：先打开那一件，再按 {KEYS['note'].shown} 记事。"]
        return [f"没有找到【{typed}】。", "换个说法试试，或者只打拼音首字母；按 Esc 关上。"]

    def _found(self, typed: str) -> list[Row]:
        """What fits, the best first."""
        ranked = [(nearness(typed, item.name, item.help, item.words), item) for item in self._commands]
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
