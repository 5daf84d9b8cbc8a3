"""An input of one line that takes a paste of several lines whole, and a text area for longer words. In both Ctrl+A selects all, Ctrl+Z takes back
what was done last and Ctrl+Y does it again."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
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
MOST_STEPS = 200  # that can be taken back
OFFERED: list[BindingType] = [
    Binding("ctrl+a", "select_all", "全选", show=False),
    Binding("ctrl+z", "undo", "撤销", show=False),
    Binding("ctrl+y", "redo", "重做", show=False),
]
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
    """Line ends in a paste become spaces, so that nothing of it is lost. Letters that follow each other are taken back together, up to the
    blank before them. Its edges are painted, and a secret is written in stars, which every console has one cell wide."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        height: 1; padding: 0 1; border: none; border-left: $edge-kind $edge; border-right: $edge-kind $edge;
        background: $field; background-tint: transparent; color: $text;
    }
    LineInput:focus { border-left: $focus-kind $accent; border-right: $focus-kind $accent; }
    LineInput:ansi > .input--placeholder { text-style: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = OFFERED
    _typing = False  # the step that was made last goes on
    _stepping = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._back: list[str] = []
        self._ahead: list[str] = []

    def watch_value(self, before: str, after: str) -> None:
        """Note what stood there before, unless that is what is being brought back."""
        if self._stepping or before == after or not self.is_mounted:
            return
        one_more = len(after) == len(before) + 1 and after.startswith(before) and not after[-1].isspace()
        if not (one_more and self._typing):
            self._back = [*self._back, before][-MOST_STEPS:]
        self._typing, self._ahead = one_more, []

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._step("_back", "_ahead")

    def action_redo(self) -> None:
        """Do it again."""
        self._step("_ahead", "_back")

    def _step(self, source: str, other: str) -> None:
        steps: list[str] = getattr(self, source)
        if not steps:
            return
        getattr(self, other).append(self.value)
        self._stepping, self._typing = True, False
        self.value = steps.pop()
        self._stepping = False
        self.cursor_position = len(self.value)

    @property
    def _value(self) -> Text:
        return (
            Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="") if self.password else super()._value
        )

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # the library awaits what can be awaited
        _edits_at_once(self, event, LINE_EDITS)

    def _on_paste(self, event: events.Paste) -> None:
        self.insert_text_at_cursor(" ".join(event.text[:MOST_PASTED].split()))
        event.stop()
        event.prevent_default()


class LongInput(TextArea):
    """Several lines; Tab leaves it. F6 and F7 belong to the screen, not to the selection. Its edges are painted."""

    DEFAULT_CSS = """
    LongInput, LongInput:focus {
        padding: 0 1; border: none; border-left: $edge-kind $edge; border-right: $edge-kind $edge; background: $field; color: $text;
        scrollbar-size-vertical: 1;
    }
    LongInput:focus { border-left: $focus-kind $accent; border-right: $focus-kind $accent; }
    """

    BINDINGS: ClassVar[list[BindingType]] = OFFERED

    def _on_resize(self) -> None:
        """The library breaks the lines anew after the picture of another width, and paints them only where their number changes."""
        self.refresh()

    async def _on_paste(self, event: events.Paste) -> None:
        await super()._on_paste(events.Paste(event.text[:MOST_PASTED]))
        event.stop()
        event.prevent_default()

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # the library awaits what can be awaited
        _edits_at_once(self, event, LONG_EDITS)

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        for key in OF_THE_SCREEN:  # the library's own bindings would hide those of the screen from the line of keys
            self._bindings.key_to_bindings.pop(key, None)


class ProseInput(LongInput):
    """One paragraph in a box: it breaks where the box ends, and lines that were pasted are one. Enter leaves it, as it leaves a line."""

    @property
    def said(self) -> str:
        """What stands there, in one line."""
        return " ".join(self.text.split())

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # the library awaits what can be awaited
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.screen.focus_next()
        else:
            super()._on_key(event)
