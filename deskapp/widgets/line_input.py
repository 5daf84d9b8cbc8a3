"""An input of one line that takes a paste of several lines whole, and a text area for longer words."""

from __future__ import annotations

from textual import events
from textual.actions import SkipAction
from textual.widgets import Input, TextArea


class LineInput(Input):
    """Line ends in a paste become spaces, so that nothing of it is lost."""

    def _on_paste(self, event: events.Paste) -> None:
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.stop()
        event.prevent_default()


class LongInput(TextArea):
    """Several lines; Tab leaves it. F6 and F7 belong to the screen, not to the selection."""

    def action_select_line(self) -> None:
        """Leave the key to the screen."""
        raise SkipAction

    def action_select_all(self) -> None:
        """Leave the key to the screen."""
        raise SkipAction

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
