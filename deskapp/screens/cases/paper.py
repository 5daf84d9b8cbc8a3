"""Printing: the frozen letter to a printer or to a PDF file; what became of it is said truly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.paper import STILL_WAITING, WHY_AGAIN
from deskapp.desk.sheets.loose import LooseSheet
from deskapp.errors import DeskError
from deskapp.printing.port import Printer, PrintResult
from deskapp.register.events import Issued
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

SAVE, COPY, OFD = "save", "copy", "ofd"
CAME_OUT, CAME_NOT = "came_out", "came_not"  # what a person saw at the printer
OFD_WORDS = "存成OFD（供归档、用印系统；原件仍是PDF）"
OFD_SAID = "它照发出时的页另排一份，还没有在各家的OFD阅读软件里试过，请打开看过再用。"
PRINTER = "printer:"
LETTER = "letter:"
Heard = TypeVar("Heard")
LOG = 4  # lines of the log of prints


class PaperScreen(DeskScreen):
    """One paper on its way to a printer or a file. Subclasses say which."""

    WARY = True

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    # -- what a subclass knows ---------------------------------------------------------------------------------

    def about(self) -> Text:
        """Which paper this is."""
        raise NotImplementedError

    def more(self) -> list[tuple[str, str]]:
        """What else can be done, as keys and words, besides printing and saving."""
        return []

    def take(self, chosen: str) -> None:
        """Do one of the things of :meth:`more`."""

    def save_file(self) -> Path:
        """Write the paper to a file. Raises DeskError."""
        raise NotImplementedError

    def send(self, printer: str, again: bool, why: str) -> PrintResult:
        """Send the paper to a printer, again for the reason given. Raises DeskError."""
        raise NotImplementedError

    def look_after(self) -> None:
        """Ask what became of earlier prints. Raises DeskError."""

    # -- the screen --------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Which paper, what can be done, what was done."""
        yield Prose(id="letter")
        yield Rows(id="ways")
        yield Prose(id="result")

    def on_mount(self) -> None:
        """List what can be done; look for printers in the background."""
        self.show_paper()
        self.query_one("#ways").focus()

    def show_paper(self) -> None:
        """The paper, the usual printer at once, the others when they are found."""
        self.query_one("#letter", Prose).update(self.about())
        self.next_act("")  # of a lesson
        usual = self.desk.machine.printer
        self._fill([Printer(usual, "ready")] if usual else [])
        self._find_printers()

    def _fill(self, printers: list[Printer]) -> None:
        usual = self.desk.machine.printer
        ways = self.query_one("#ways", Rows)
        rows = [
            self._printer(printer) for printer in sorted(printers, key=lambda p: (p.name != usual, not p.default))
        ]
        first = [row for row in rows if usual and row.key == PRINTER + usual]
        rest = [row for row in rows if row not in first]
        more = (Row(words, key) for key, words in self.more())
        ways.fill([*first, Row("存成PDF文件", SAVE), *rest, *more])

    @staticmethod
    def _printer(printer: Printer) -> Row:
        state = "" if printer.state == "ready" else f"（停着{printer.reason}）"
        return Row(f"打印到 {printer.name}{state}", PRINTER + printer.name)

    @work(thread=True, exclusive=True, group="printers")
    def _find_printers(self) -> None:
        self._hear(self.look_after)
        printers = self._hear(self.desk.paper.printers)
        if printers is not None:
            self.from_thread(lambda: self._found(printers))

    def _hear(self, ask: Callable[[], Heard]) -> Heard | None:
        """What a question in the background brings; a refusal is said, and None."""
        try:
            return ask()
        except DeskError as error:
            sentence = f"{error.what}{error.todo}"
            self.from_thread(lambda: self._tell(sentence, False))
            return None

    def _found(self, printers: list[Printer]) -> None:
        """The paper once more, now that it is known what became of earlier prints, and the printers."""
        self.query_one("#letter", Prose).update(self.about())
        self._fill(printers)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Do what was chosen, once at a time."""
        chosen = event.row.key
        if chosen == SAVE:
            path = self.attempt(self.save_file)
            if path:
                self._printed(f"已存成PDF：{path}", False)
        elif not chosen.startswith(PRINTER):
            self.take(chosen)
        elif not self._busy:
            self._start(chosen.removeprefix(PRINTER), again=False)

    def _start(self, printer: str, again: bool, why: str = "") -> None:
        self._busy = True
        self._tell(f"正在送到打印机【{printer}】，请稍等。", False)
        self._print(printer, again, why)

    @work(thread=True, group="print")
    def _print(self, printer: str, again: bool, why: str) -> None:
        try:
            result = self.send(printer, again, why)
        except DeskError as error:
            if error.code == STILL_WAITING:
                sentence = str(error)
                self.from_thread(lambda: self._ask_again(printer, sentence))
            elif error.code == WHY_AGAIN:
                sentence = str(error)
                self.from_thread(lambda: self._ask_why(printer, again, sentence))
            else:
                sentence = str(error)
                self.from_thread(lambda: self._printed(sentence, True))
            return
        if not self.desk.machine.printer:
            self.desk.machine.choose_printer(printer)
        self.from_thread(lambda: self._printed(result.message, result.state == "waiting"))

    def _ask_again(self, printer: str, sentence: str) -> None:
        self._busy = False
        self._tell(sentence, True)

        def answered(sure: bool | None) -> None:
            if sure:
                self._start(printer, again=True)

        self.in_front(lambda: self.app.push_screen(ConfirmScreen(sentence, "仍要打印"), answered))

    def _ask_why(self, printer: str, again: bool, sentence: str) -> None:
        self._busy = False
        self._tell(sentence, False)

        def answered(why: str | None) -> None:
            if why:
                self._start(printer, again, why)

        self.in_front(lambda: self.app.push_screen(AskModal(sentence, "例如：印坏了一张"), answered))

    def _printed(self, sentence: str, error: bool) -> None:
        """Say what became of the job; it stands in the log at once."""
        self._busy = False
        self.query_one("#letter", Prose).update(self.about())
        self.next_act("")
        self._tell(sentence, error)

    def _tell(self, sentence: str, error: bool) -> None:
        self.query_one("#result", Prose).update(Text(sentence, style="bold" if error else ""))


class LetterPaperScreen(PaperScreen):
    """A letter of a case: the frozen bytes, every time noted."""

    NAME = "打印"
    FIRST_RUN = "print"
    PURPOSE = "把已发出的文书打印出来，或者存成PDF。印多少次内容都一样，每次都有记录。选一行按 Enter。打印机停住时不要重复打印，恢复后它会自己印。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected", "选定"), bind("back"), bind("help")]

    def __init__(self, letter_id: str, letters: list[Issued]) -> None:
        super().__init__()
        self._letter_id, self._letters = letter_id, letters

    def about(self) -> Text:
        """Title, number, day, and how often it was printed."""
        chosen = next(item for item in self._letters if item.letter_id == self._letter_id)
        text = Text(f"{chosen.title}　{chosen.number}\n", style="bold")
        done = "发出" if chosen.number else "做成"
        text.append(f"{chosen.on}{done}，共{chosen.pages}页。内容已经固定，每次打印都一样。", style="not bold")
        log = self.attempt(lambda: self.desk.paper.log(self._letter_id)) or []
        for line in log[-LOG:]:
            text.append(f"\n{line}", style="quiet")
        return text

    def more(self) -> list[tuple[str, str]]:
        """A copy, and the other letters of the case."""
        others = [
            (LETTER + item.letter_id, f"换一份：{item.title} {item.number}")
            for item in reversed(self._letters)
            if item.letter_id != self._letter_id
        ]
        seen = [(CAME_OUT, "上一次打印已经出纸，记上"), (CAME_NOT, "上一次打印没有出纸，也不会再出，记上")]
        waits = self.attempt(lambda: self.desk.paper.waits(self._letter_id))
        copy = (COPY, "存一份副本（每页印【副本】，供留存、抄送）")
        return [*(seen if waits else ()), copy, (OFD, OFD_WORDS), *others]

    def take(self, chosen: str) -> None:
        """Make the copy or the OFD, note what was seen at the printer, or turn to another letter."""
        if chosen in (CAME_OUT, CAME_NOT):
            self.attempt(lambda: self.desk.paper.tell_end(self._letter_id, printed=chosen == CAME_OUT))
            self.show_paper()
        elif chosen == OFD:
            if path := self.attempt(lambda: self.desk.paper.save_ofd(self._letter_id)):
                self._tell(f"已存成OFD：{path}\n{OFD_SAID}", False)
        elif chosen == COPY:
            if path := self.attempt(lambda: self.desk.paper.save_copy(self._letter_id)):
                self._tell(f"已存成副本：{path}", False)
        else:
            self._letter_id = chosen.removeprefix(LETTER)
            self.show_paper()

    def save_file(self) -> Path:
        """The frozen bytes as a file."""
        return self.desk.paper.save_pdf(self._letter_id)

    def send(self, printer: str, again: bool, why: str) -> PrintResult:
        """The frozen bytes to a printer."""
        return self.desk.paper.print(self._letter_id, printer, again, why)

    def look_after(self) -> None:
        """What became of the jobs of this letter."""
        self.desk.paper.look_after(self._letter_id)


class SheetScreen(PaperScreen):
    """A paper that belongs to no case."""

    NAME = "打印"
    FIRST_RUN = "print"
    PURPOSE = "把这张纸打印出来，或者存成PDF。选一行按 Enter。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected", "选定"), bind("back"), bind("help")]

    def __init__(self, sheet: LooseSheet) -> None:
        super().__init__()
        self._sheet = sheet

    def about(self) -> Text:
        """Its title."""
        return Text(self._sheet.title, style="bold")

    def save_file(self) -> Path:
        """The sheet as a file."""
        return self.desk.sheets.save(self._sheet)

    def send(self, printer: str, again: bool, why: str) -> PrintResult:
        """The sheet to a printer."""
        return self.desk.sheets.print(self._sheet, printer)
