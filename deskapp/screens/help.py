"""F1: what this screen is for, its keys, what happens next."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from deskapp.screens.base import DeskModal
from deskapp.screens.keys import KEYS, bind


class HelpScreen(DeskModal[None]):
    """A card over the screen it explains."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "关闭")]

    def __init__(self, name: str, purpose: str, actions: list[str]) -> None:
        super().__init__()
        self._name_of, self._purpose, self._actions = name, purpose, actions

    def compose(self) -> ComposeResult:
        """Purpose, then the keys."""
        text = Text()
        text.append(f"{self._name_of}\n\n", style="bold")
        text.append(self._purpose + "\n\n")
        text.append("按键\n", style="bold")
        for action in self._actions:
            key = KEYS[action]
            shown = {"escape": "Esc", "enter": "Enter", "ctrl+q": "Ctrl+Q"}.get(key.key, key.key.upper())
            text.append(f"  {shown:<7}{key.name}　{key.help}\n")
        text.append("  Tab    到下一项；Shift+Tab 到上一项；方向键在列表里移动。\n")
        text.append("\n按 Esc 关闭。")
        with VerticalScroll(id="card"):
            yield Static(text)

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
