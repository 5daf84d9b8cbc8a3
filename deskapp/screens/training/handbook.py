"""工作手册: chapters on the left, the text on the right; words narrow the chapters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.desk.sheets.handbook import Chapter
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickScreen
from deskapp.widgets.cells import plain
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows


class HandbookScreen(PickScreen):
    """The book of the counter."""

    NAME = "工作手册"
    PURPOSE = "一章一章说明怎样办一件申请。上下键换章，打几个字就只列出写到它的章，按 Enter 到正文里用上下键翻。按 F7 印一本。"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "读"), bind("print_book"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._chapters: list[Chapter] = []

    def body(self) -> Iterable[Widget]:
        """The words, the chapters, the text."""
        yield self.line("打几个字，只列出写到它的章")
        yield Horizontal(Rows(id="chapters"), Reader(id="page"), id="panes")

    def fill(self, words: str) -> None:
        """The chapters in which the words stand."""
        self._chapters = self.desk.handbook.chapters(words)
        listed = self.query_one("#chapters", Rows)
        listed.fill(Row(plain(chapter.title)) for chapter in self._chapters)
        if not self._chapters:
            self.query_one("#page", Reader).update(Text("手册里没有写到，请换个词。"))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the chapter under the cursor."""
        if event.index >= len(self._chapters):  # the list was narrowed while the message was on its way
            return
        chapter = self._chapters[event.index]
        text = Text(f"{plain(chapter.title)}\n", style="bold")
        for paragraph in map(plain, chapter.paragraphs):
            item = paragraph.startswith("- ")
            text.append(f"\n- {paragraph[2:]}" if item else f"\n{paragraph}\n", style="not bold")
        self.query_one("#page", Reader).update(text)

    def action_open_selected(self) -> None:
        """Into the text."""
        self.query_one("#page").focus()

    def action_print_book(self) -> None:
        """The whole book on paper."""
        self.to_printer(self.desk.handbook.sheet)
