"""F1: what this screen is for, its keys, what happens next."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.widgets.card import PaintedCard
from deskapp.widgets.prose import Prose

BESIDE = 110  # columns from which the card leaves the left half of the screen in sight


class HelpScreen(DeskModal[None]):
    """A card over the screen it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "关闭"), bind("handbook")]

    def __init__(
        self, name: str, purpose: str, field: str, keys: list[tuple[str, str, str]], book: bool = True
    ) -> None:
        """``book`` says whether the handbook is near; in visitors' hands it is not."""
        super().__init__()
        self._name_of, self._purpose, self._field, self._keys = name, purpose, field, keys
        self._book = book

    def compose(self) -> ComposeResult:
        """The field under the cursor, what the screen is for, the keys."""
        text = Text()
        if self._field:
            text.append("光标所在的这一项\n", style="bold")
            text.append(f"{self._field}\n\n")
        text.append("这一屏\n", style="bold")
        text.append(self._purpose + "\n\n")
        text.append("按键\n", style="bold")
        for key, called, what in self._keys:
            text.append(f"  {key:<7}{called}　{what}\n")
        text.append("  Tab    到下一项；Shift+Tab 到上一项；方向键在列表里移动，PgUp、PgDn 翻页。\n")
        text.append("\n再按一次 F1，翻开工作手册；按 Esc 关闭。" if self._book else "\n按 Esc 关上这张说明。")
        yield PaintedCard(self._name_of, VerticalScroll(Prose(text), id="told"))

    def on_resize(self) -> None:
        """Where there is room, it stands beside what it explains: at the right, so that the field is seen."""
        self.set_class(self.size.width >= BESIDE, "-beside")

    def action_handbook(self) -> None:
        """From the card to the book."""
        self.dismiss(None)
        self.host.action_go("handbook")

    def on_click(self) -> None:
        """A finger anywhere closes it."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
