"""The window is below 80 x 24: say so and wait."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """Goes away by itself when the window is large enough."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(Text("窗口太小，请拉大到80列、24行以上。填写的内容都在。"))
