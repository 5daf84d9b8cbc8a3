"""An input of one line that takes a paste of several lines whole, and a text area for longer words."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

# Keys that change what a key after them does. The library lets its bindings act only after the event has gone up to the
# app and back: of keys that come in one burst, as from an input method, a later character would overtake a backspace.
LINE_EDITS = {
    "backspace": "delete_left", "delete": "delete_right", "left": "cursor_left", "right": "cursor_right",
    "home": "home", "end": "end",
}  # fmt: skip
LONG_EDITS = {
    "backspace": "delete_left", "delete": "delete_right", "left": "cursor_left", "right": "cursor_right",
    "home": "cursor_line_start", "end": "cursor_line_end", "up": "cursor_up", "down": "cursor_down",
}  # fmt: skip

OF_THE_SCREEN = ("f6", "f7")
MOST_PASTED = 50_000  # characters; no field holds as many, and what is too long is told when the form is saved


def _edits_at_once(widget: Input | TextArea, event: events.Key, edits: dict[str, str]) -> None:
    """Do what an editing key is for before the next key is looked at. Any other key goes on to the library's own handler,
    which is called after ours unless that is prevented."""
    action = edits.get(event.key)
    if action:
        event.stop()
        event.prevent_default()
        getattr(widget, f"action_{action}")()


class LineInput(Input):
    """Line ends in a paste become spaces, so that nothing of it is lost."""

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # the library awaits what can be awaited
        _edits_at_once(self, event, LINE_EDITS)

    def _on_paste(self, event: events.Paste) -> None:
        self.insert_text_at_cursor(" ".join(event.text[:MOST_PASTED].split()))
        event.stop()
        event.prevent_default()


class LongInput(TextArea):
    """Several lines; Tab leaves it. F6 and F7 belong to the screen, not to the selection."""

    async def _on_paste(self, event: events.Paste) -> None:
        await super()._on_paste(events.Paste(event.text[:MOST_PASTED]))
        event.stop()
        event.prevent_default()

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # the library awaits what can be awaited
        _edits_at_once(self, event, LONG_EDITS)

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
        for key in OF_THE_SCREEN:  # the library's own bindings would hide those of the screen from the line of keys
            self._bindings.key_to_bindings.pop(key, None)
