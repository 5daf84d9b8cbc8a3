"""Printing: the frozen letter to a printer or to a PDF file; what became of it is said truly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from deskapp.errors import DeskError
from deskapp.printing import Printer
from deskapp.register.events import Issued
from deskapp.screens.base import DeskScreen
from deskapp.screens.confirm import ConfirmScreen
from deskapp.screens.keys import bind

SAVE, COPY = "save", "copy"
PRINTER = "printer:"
LETTER = "letter:"


class PaperScreen(DeskScreen):
    """One issued letter on its way to paper."""

    NAME = "打印"
    PURPOSE = "把已发出的文书打印出来，或者存成PDF。印多少次内容都一样，每次都有记录。选一行按 Enter。打印机停住时不要重复打印，恢复后它会自己印。"
    CSS_PATH = "paper.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected", "选定"), bind("back", "返回案件"), bind("help")]

    class Printed(Message):
        """A print job came to its end, or to where it can be watched no further."""

        def __init__(self, sentence: str, error: bool) -> None:
            super().__init__()
            self.sentence, self.error = sentence, error

    def __init__(self, letter_id: str, letters: list[Issued]) -> None:
        super().__init__()
        self._letter_id, self._letters = letter_id, letters
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """Which letter, what can be done, what was done."""
        yield Static(id="letter")
        yield OptionList(id="ways", markup=False)
        yield Static(id="result")

    def on_mount(self) -> None:
        """List what can be done; look for printers in the background."""
        self._show_letter()
        self._fill([])
        self.query_one("#ways").focus()
        self._find_printers()

    def _show_letter(self) -> None:
        chosen = next(item for item in self._letters if item.letter_id == self._letter_id)
        text = Text(f"{chosen.title}　{chosen.number}\n", style="bold")
        text.append(f"{chosen.on}发出，共{chosen.pages}页。内容已经固定，每次打印都一样。", style="not bold")
        self.query_one("#letter", Static).update(text)

    def _fill(self, printers: list[Printer]) -> None:
        ways = self.query_one("#ways", OptionList)
        ways.clear_options()
        ways.add_option(Option(Text("存成PDF文件"), id=SAVE))
        for printer in printers:
            state = "" if printer.state == "ready" else f"（停着{printer.reason}）"
            ways.add_option(Option(Text(f"打印到 {printer.name}{state}"), id=PRINTER + printer.name))
        ways.add_option(Option(Text("存一份副本（每页印“副本”，供留存、抄送）"), id=COPY))
        for item in reversed(self._letters):
            if item.letter_id != self._letter_id:
                ways.add_option(Option(Text(f"换一份：{item.title} {item.number}"), id=LETTER + item.letter_id))
        ways.highlighted = 0

    @work(thread=True, exclusive=True, group="printers")
    def _find_printers(self) -> None:
        try:
            printers = self.desk.paper.printers()
        except DeskError as error:
            self.app.call_from_thread(self._tell, f"{error.what}{error.todo}", False)
            return
        if self.is_attached:
            self.app.call_from_thread(self._fill, printers)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, once at a time."""
        chosen = event.option.id or ""
        if chosen == SAVE:
            path = self.attempt(lambda: self.desk.paper.save_pdf(self._letter_id))
            if path:
                self._tell(f"已存成PDF：{path}", False)
        elif chosen == COPY:
            path = self.attempt(lambda: self.desk.paper.save_copy(self._letter_id))
            if path:
                self._tell(f"已存成副本：{path}", False)
        elif chosen.startswith(LETTER):
            self._letter_id = chosen.removeprefix(LETTER)
            self._show_letter()
            self._fill([])
            self._find_printers()
        elif not self._busy:
            self._start(chosen.removeprefix(PRINTER), again=False)

    def _start(self, printer: str, again: bool) -> None:
        self._busy = True
        self._tell(f"正在送到打印机“{printer}”，请稍等……", False)
        self._print(printer, again)

    @work(thread=True, group="print")
    def _print(self, printer: str, again: bool) -> None:
        try:
            result = self.desk.paper.print(self._letter_id, printer, again)
        except DeskError as error:
            if "还在队列里" in error.what:
                self.app.call_from_thread(self._ask_again, printer, str(error))
            else:
                self.post_message(self.Printed(str(error), error=True))
            return
        self.post_message(self.Printed(result.message, error=result.state == "waiting"))

    def _ask_again(self, printer: str, sentence: str) -> None:
        self._busy = False
        self._tell(sentence, True)

        def answered(sure: bool | None) -> None:
            if sure:
                self._start(printer, again=True)

        self.app.push_screen(ConfirmScreen(sentence, "仍要打印"), answered)

    def on_paper_screen_printed(self, event: Printed) -> None:
        """Say what became of the job."""
        self._busy = False
        self._tell(event.sentence, event.error)

    def _tell(self, sentence: str, error: bool) -> None:
        self.query_one("#result", Static).update(Text(sentence, style="bold" if error else ""))

    def action_open_selected(self) -> None:
        """Do what the cursor stands on."""
        self.query_one("#ways", OptionList).action_select()
