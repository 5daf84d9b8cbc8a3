"""查阅模式: the computer in visitors' hands. They search, read and print what is published; only the clerk's PIN leads out."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widgets import Input

from deskapp.catalogue.entry import Entry
from deskapp.desk.office.machine import NORMAL
from deskapp.desk.reading.questions import Asked
from deskapp.desk.reading.visitors import name_of
from deskapp.screens.frame.base import REFUSALS, DeskModal
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.reading.leave import LeaveScreen
from deskapp.screens.reading.sights import NOTHING, SightScreen
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose

PAUSE_S = 5.0  # between two pages of one visitor
IDLE_S, WARNED_S, LOOK_S = (
    120.0,
    20.0,
    1.0,
)  # after two idle minutes the next visitor finds the first page; it is told before


class VisitorScreen(SightScreen):
    """What is published, to read and to print."""

    CLOSED, LEAST = True, (40, 15)
    NAME = "查阅"
    PURPOSE = (
        "点一个主题，或者在上面打几个字：想问什么就怎么写，打拼音、拼音首字母也行。点一条就能看；F5、F6 翻页，F7 印一份带走，"
        "F2 字变大。看完按 F9 从头来。要申请没有公开的信息，请到柜台。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("next_type"), bind("contrast"), bind("letters"), bind("page_before"), bind("page_after"), bind("copy_page"),
        bind("start_over"), bind("back", "退一步"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._last, self._printed = monotonic(), -PAUSE_S
        self._warned = False

    def on_mount(self) -> None:
        """Begin, and watch for idle minutes."""
        self.set_interval(LOOK_S, self._look_idle)
        self.start_anew()

    # -- paper -------------------------------------------------------------------------------------------------

    def action_copy_page(self) -> None:
        """Ask which pages of the entry or the answer under the cursor are to be printed."""
        self.settle()
        entry = self.current()
        if entry is None:
            self.say("先点一条要印的。", error=True)
            return
        number = self.attempt(lambda: self.desk.visitors.page_count(entry))
        if number is None:
            return
        answers = [("all", f"全部印，共{number}页")]
        answers += [(f"{n}-{n}", f"只印第{n}页") for n in range(1, min(number, 9) + 1)] if number > 1 else []
        answers += [("large", f"印成大字，共{self.desk.visitors.page_count(entry, large=True)}页"), ("", "不印了")]
        self.app.push_screen(
            PickModal(f"印《{name_of(entry)}》？", answers), lambda answer: self._start_printing(entry, answer)
        )

    def _start_printing(self, entry: Entry | Asked, answer: str | None) -> None:
        if answer and monotonic() - self._printed >= PAUSE_S:
            self._printed = monotonic()
            self.under_way("正在打印，请稍等。")
            self._print(entry, answer)

    @work(thread=True, exclusive=True)
    def _print(self, entry: Entry | Asked, answer: str) -> None:
        first, _, last = answer.partition("-") if "-" in answer else ("1", "", "")
        try:
            done = self.desk.visitors.print(entry, answer == "large", int(first), int(last) if last else None)
            sentence, wrong = done.message, False
        except REFUSALS as error:
            sentence, wrong = str(error), True
        except Exception:  # noqa: BLE001  # whatever it is, it must not lead a visitor out of here
            sentence, wrong = "没有打印成功，请到柜台请工作人员打印。", True
        if wrong:
            self._printed = -PAUSE_S
        self.tell(sentence, error=wrong)

    # -- coming and going --------------------------------------------------------------------------------------

    def _look_idle(self) -> None:
        left = IDLE_S - (monotonic() - self._last)
        if left <= 0:
            self.start_anew()
        elif left <= WARNED_S and not self._is_first:
            self._warned = True
            self.say(f"没有人在看的话，{int(left) + 1}秒以后回到开头。还在看的，按任意键或者点一下。", word=NOTE)

    @property
    def _is_first(self) -> bool:
        """Whether nothing has been done yet that could be forgotten."""
        return (
            self._part == "tiles"
            and self._whole is None
            and not self.words
            and not isinstance(self.app.screen, DeskModal)
        )

    def touch(self) -> None:
        """Somebody is here."""
        self._last = monotonic()
        if self._warned:
            self._warned = False
            self.clear_message()

    def start_anew(self) -> None:
        """The first page, as the office has set it, and nothing left of the last search."""
        self._last, self._warned = monotonic(), False
        while self.app.screen is not self and isinstance(self.app.screen, DeskModal):
            self.app.pop_screen()
        self.clear_message()
        self.host.choose_theme()
        self._type, self._whole = self.attempt(lambda: self.desk.machine.type) or NORMAL, None
        self._sight = NOTHING
        self._part = "tiles"
        with self.prevent(Input.Changed):
            self.query_one("#words", Input).value = ""
        self.query_one("#count", Prose).update(Text())
        self._show("tiles")

    def action_start_over(self) -> None:
        """To the first page."""
        self.start_anew()

    def action_back(self) -> None:
        """One step back; out of here only the PIN leads."""
        if self._part == "entry" and not self._is_wide:
            self._show("hits")
            self._show_card()
        elif self._part == "entry":
            self._show("hits")
        else:
            self.start_anew()

    def refresh_rows(self) -> None:
        """Back in front: what is seen stays."""

    def action_leave(self) -> None:
        """Ask for the PIN."""
        self.app.push_screen(LeaveScreen(), lambda sure: self._leave() if sure else None)

    def _leave(self) -> None:
        self.host.choose_theme()
        if len(self.app.screen_stack) > 2:  # the library's own screen, and this one
            self.app.pop_screen()
            if said := self.desk.machine.guesses():
                self.host.say(said, error=True, word=NOTE)
        else:
            self.app.exit(True)
