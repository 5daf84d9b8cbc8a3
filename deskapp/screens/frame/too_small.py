"""The window is smaller than the screen in front needs: say so and wait."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """Goes away by itself when the window is large enough."""

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self.least = least

    def compose(self) -> ComposeResult:
        """One sentence."""
        columns, lines = self.least
        yield Static(Text(f"窗口太小，请拉大到{columns}列、{lines}行以上。填写的内容都在。"))
