"""谁坐在这里: one key for each of the office's people, and the PIN where one has it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from deskapp.errors import DeskError
from deskapp.register.colleagues import Colleague
from deskapp.screens.frame.base import DeskModal
from deskapp.screens.frame.help import HelpScreen
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

KEYS_OF_ONE = "123456789"
PURPOSE = "以后记的、印的、改的都写坐在这里的人的名字。清单是【人员】里的；没有你的，请管理的人先在【人员】里添上。忘了密码的，也到那里改。"


class SeatModal(DeskModal[bool]):
    """Ends with True when somebody sat down; with False where Esc leaves the seat as it is, which it may once somebody sits there."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("back", "不换"), bind("help"), bind("quit", priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Colleague] = []
        self._chosen: Colleague | None = None

    def compose(self) -> ComposeResult:
        """The question, the people, a line for a PIN."""
        with Vertical(id="card"):
            yield Prose(id="question")
            yield Rows(id="answers")
            yield LineInput(password=True, id="pin", compact=True)
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """The cursor stands on whoever sits here."""
        seat = self.desk.seat
        self._people = seat.people()
        listed = [Row(f"{n}　{one.told}", one.key) for n, one in zip(KEYS_OF_ONE, self._people, strict=False)]
        listed += [Row(f"　　{one.told}", one.key) for one in self._people[len(KEYS_OF_ONE) :]]
        now = seat.who
        self.query_one("#answers", Rows).fill(listed, now.key if now else "")
        stay = f"现在是{now.called}，不换就按 Esc。" if now and not seat.asks else ""
        self.query_one("#question", Prose).update(
            Text(f"现在谁坐在这里？按数字，或者选了按 Enter。以后记的、印的、改的都写他的名字。{stay}")
        )
        self.query_one("#pin").display = False
        self.query_one("#answers").focus()

    def action_help(self) -> None:
        """What it is for, and the keys."""
        keys = [("1至9", "坐下", "清单里的那一位。"), ("Enter", "坐下", "光标所在的那一位；设了密码的，再输密码。")]
        keys.append((KEYS["back"].shown, "不换", "原来坐着的人接着办；还没有人坐下的，要先选一位。"))
        self.app.push_screen(HelpScreen("谁坐在这里", PURPOSE, "", keys, book=False))

    def on_key(self, event: events.Key) -> None:
        """A number takes its person."""
        number = KEYS_OF_ONE.find(event.key) if self._chosen is None else -1
        if 0 <= number < len(self._people):
            event.stop()
            self._take(self._people[number])

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Enter or a click."""
        found = next((one for one in self._people if one.key == event.row.key), None)
        if found:
            self._take(found)

    def _take(self, one: Colleague) -> None:
        self._chosen = one
        if not one.pin:
            self._sit("")
            return
        line = self.query_one("#pin", Input)
        line.display = True
        line.focus()
        self.query_one("#wrong", Static).update(Text(f"请{one.called}输入自己的密码，按 Enter。"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The PIN."""
        self._sit(event.value)

    def _sit(self, pin: str) -> None:
        one = self._chosen
        if one is None:
            return
        try:
            tried = self.desk.seat.take(one.key, pin)
        except DeskError as error:
            self.query_one("#wrong", Static).update(Text(str(error)))
            return
        if tried.opens:
            self.dismiss(True)
            return
        self.query_one("#pin", Input).value = ""
        self.query_one("#wrong", Static).update(Text(f"{tried}不是{one.called}的，按 Esc 重新选。"))

    def action_back(self) -> None:
        """From the PIN to the people; from there, where somebody sits here already, out."""
        if self._chosen:
            self._chosen = None
            self.query_one("#pin", Input).value = ""
            self.query_one("#pin").display = False
            self.query_one("#wrong", Static).update("")
            self.query_one("#answers").focus()
        elif not self.desk.seat.asks:
            self.dismiss(False)
