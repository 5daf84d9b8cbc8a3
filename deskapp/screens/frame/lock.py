"""遮屏: nothing of anybody is on the screen while the clerk is away; what was being typed lies untouched below."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from deskapp.desk.pins import Tried
from deskapp.errors import DeskError
from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.line_input import LineInput


class LockScreen(DeskModal[None]):
    """Ends with Enter, and the PIN where one is set."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("quit", priority=True)]

    def compose(self) -> ComposeResult:
        """One sentence, and a line for the PIN where one is set."""
        app = self.host
        self._wants_pin = app.has_desk and self._has_pin()
        with Vertical(id="card"):
            how = "请输入遮屏密码，按 Enter 返回。" if self._wants_pin else "按 Enter 返回。"
            yield Static(Text(f"屏幕已经遮住。{how}"))
            if self._wants_pin:
                yield LineInput(password=True, id="pin")
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """Where the office wants it, the other windows of this register are covered as well."""
        self.host.window.tell_others()

    def _has_pin(self) -> bool:
        try:
            return self.desk.machine.has_pin
        except DeskError:  # the register cannot be read: the curtain stays
            return True

    def _tried(self, typed: str) -> Tried:
        try:
            return self.desk.machine.open(typed)
        except DeskError:
            return Tried(False)

    def on_key(self, event: events.Key) -> None:
        """Enter goes back where no PIN is asked for."""
        if event.key == "enter" and not self._wants_pin:
            event.stop()  # what lies below is not entered by the same key
            event.prevent_default()
            self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back, or the PIN once more."""
        tried = self._tried(event.value)
        if tried.opens:
            self.dismiss(None)
            if said := self.desk.machine.guesses():
                self.host.say(said, error=True, word=NOTE)
            return
        self.query_one("#pin", Input).value = ""
        forgotten = "忘了的话：按 Ctrl+Q 退出，重新打开以后到【本机设置】里改。"
        self.query_one("#wrong", Static).update(Text(f"{tried}{forgotten}"))
