"""查阅模式: the computer in visitors' hands. They search, read and print what is published; only the clerk's PIN leads out."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from deskapp.catalogue.entry import Entry
from deskapp.desk.office.machine import Tried
from deskapp.errors import DeskError
from deskapp.screens.frame.base import REFUSALS, DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.screens.reading.catalogue import EntriesScreen
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose

PAUSE_S = 5.0  # between two pages of one visitor
IDLE_S, LOOK_S = 120.0, 1.0  # after two idle minutes the next visitor finds the first page


class VisitorScreen(EntriesScreen):
    """What is published, to read and to print."""

    CLOSED = True
    NAME = "查阅"
    PURPOSE = (
        "在上面打几个字：名称、文号，或者内容里的词。上下键选，右边是在哪里能看到和全文，PgUp、PgDn 翻。按 F7 印一份。"
        "看完按 Esc 回到开头。要申请没有公开的信息，请到柜台。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("copy_page"), bind("back", "回到开头"), bind("help")]

    def __init__(self) -> None:
        super().__init__()
        self._last, self._printed = monotonic(), -PAUSE_S

    def body(self) -> Iterable[Widget]:
        """A word of welcome above what every catalogue shows."""
        yield Prose(
            Text("这里可以查已经公开的政府信息。没有找到的，请到柜台申请。　（工作人员按 Ctrl+Q 离开）"), id="welcome"
        )
        yield from super().body()

    def on_mount(self) -> None:
        """Watch for idle minutes."""
        self.set_interval(LOOK_S, self._look_idle)

    def _look_idle(self) -> None:
        if monotonic() - self._last >= IDLE_S:
            self.start_anew()

    def touch(self) -> None:
        """Somebody is here."""
        self._last = monotonic()

    def start_anew(self) -> None:
        """The first page, and nothing left of the last search."""
        self.touch()
        while self.app.screen is not self and isinstance(self.app.screen, DeskModal):
            self.app.pop_screen()
        self.clear_message()
        line = self.query_one("#words", Input)
        if line.value:
            line.value = ""
        else:
            self.refresh_rows()
        line.focus()

    # The library calls the handlers of the classes below as well, each by itself.

    def on_input_changed(self) -> None:
        """Somebody is typing."""
        self.touch()

    def on_key(self, event: events.Key) -> None:
        """Somebody is reading."""
        self.touch()

    def on_mouse_move(self) -> None:
        """Somebody moves the mouse."""
        self.touch()

    def action_copy_page(self) -> None:
        """Print the entry under the cursor; it is counted."""
        entry = self.current()
        if entry and monotonic() - self._printed >= PAUSE_S:
            self._printed = monotonic()
            self.say("正在打印，请稍等……")
            self._print(entry)

    @work(thread=True, exclusive=True)
    def _print(self, entry: Entry) -> None:
        try:
            sentence, wrong = self.desk.visitors.print(entry).message, False
        except REFUSALS as error:
            sentence, wrong = str(error), True
        except Exception:  # noqa: BLE001  # whatever it is, it must not lead a visitor out of here
            sentence, wrong = "没有打印成功，请到柜台请工作人员打印。", True
        if wrong:
            self._printed = -PAUSE_S
        self.from_thread(lambda: self.say(sentence, error=wrong))

    def action_back(self) -> None:
        """To the first page; out of here only the PIN leads."""
        self.start_anew()

    def action_leave(self) -> None:
        """Ask for the PIN."""
        self.app.push_screen(LeaveScreen(), lambda sure: self._leave() if sure else None)

    def _leave(self) -> None:
        if len(self.app.screen_stack) > 2:  # the library's own screen, and this one
            self.app.pop_screen()
            if said := self.desk.machine.guesses():
                self.host.say(said, error=True)
        else:
            self.app.exit(True)


class LeaveScreen(DeskModal[bool]):
    """Ends with True after the PIN, with False after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back")]

    def compose(self) -> ComposeResult:
        """One sentence and a line."""
        with Vertical(id="card"):
            yield Prose(Text("离开查阅模式，请输入遮屏密码，按 Enter。按 Esc 回去。"))
            yield LineInput(password=True, id="pin", compact=True)
            yield Prose(id="wrong")

    def on_mount(self) -> None:
        """The line takes the keys."""
        self.query_one("#pin").focus()

    def on_input_changed(self) -> None:
        """Whoever types the PIN is no idle visitor."""
        for screen in self.app.screen_stack:
            if isinstance(screen, VisitorScreen):
                screen.touch()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Out, or once more."""
        try:
            tried = self.desk.machine.open(event.value)
        except DeskError:  # the register cannot be read: nobody leaves by guessing
            tried = Tried(False)
        if tried.opens:
            self.dismiss(True)
            return
        self.query_one("#pin", Input).value = ""
        self.query_one("#wrong", Prose).update(Text(str(tried)))

    def action_back(self) -> None:
        """Back to reading."""
        self.dismiss(False)
