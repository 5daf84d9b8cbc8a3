"""A small screen's card: its name, and what stands on it. It is painted, and has no frame but where there are no colours."""

from __future__ import annotations

from rich.text import Text
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static


class PaintedCard(Vertical):
    """The name in its first row, then the parts."""

    def __init__(self, name: str, *parts: Widget) -> None:
        super().__init__(Static(Text(name), id="card-name"), *parts, id="card")
