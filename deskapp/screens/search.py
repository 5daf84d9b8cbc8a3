"""查询: type and see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from deskapp.desk.lookup import Found
from deskapp.screens.base import PickScreen
from deskapp.screens.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput

PAGE = 100


class SearchScreen(PickScreen):
    """Names, numbers, phones, initials, words; newest first."""

    NAME = "查询"
    PURPOSE = "打姓名、登记号、文号、电话、拼音首字母或者内容里的词，几个词用空格隔开，边打边出结果。上下键选，按 Enter 打开。"
    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The words, the headings, the list, the count."""
        yield LineInput(placeholder="姓名、号码、电话、拼音首字母、内容", id="words", compact=True)
        yield OptionList(id="found", markup=False)
        yield Static(id="count")

    def on_mount(self) -> None:
        """The newest cases to begin with."""
        self.query_one("#words").focus()
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search anew."""
        self._fill(event.value)

    def on_resize(self) -> None:
        """Use the new width."""
        self._fill(self.query_one("#words", Input).value)

    def _fill(self, words: str) -> None:
        rows = self.attempt(lambda: self.desk.lookup.search(words, PAGE))
        if rows is None:
            return
        found = self.query_one("#found", OptionList)
        found.clear_options()
        found.add_options([Option(self._line(row), id=row.case_id) for row in rows])
        found.highlighted = 0 if rows else None
        more = "，只列出最近的这些" if len(rows) == PAGE else ""
        text = f"找到{len(rows)}件{more}。" if rows else "没有找到，请换个词，或者少打几个字。"
        self.query_one("#count", Static).update(Text(text))

    def _line(self, row: Found) -> Text:
        room = max(self.size.width - 13 - 12 - 11 - 9 - 10, 8)
        parts = (
            fit(row.case_no, 13),
            fit(row.applicant, 12),
            fit(row.content, room),
            row.received_on,
            row.status_name,
        )
        return Text(" ".join(parts), no_wrap=True)

    def action_open_selected(self) -> None:
        """Open the case under the cursor."""
        from deskapp.screens.case import CaseScreen

        found = self.query_one("#found", OptionList)
        if found.highlighted is not None:
            self.app.push_screen(CaseScreen(found.get_option_at_index(found.highlighted).id or ""))
