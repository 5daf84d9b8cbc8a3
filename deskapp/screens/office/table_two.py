"""填写表二: the numbers of table two, which the register does not count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.forms.office import table_two_form
from deskapp.forms.view import FormView
from deskapp.law.table_two import lines_of
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class TableTwoScreen(FormScreen):
    """One year."""

    NAME = "填写表二"
    PURPOSE = "年报表二，主动公开政府信息情况：规章、规范性文件、许可、处罚、强制、收费。登记簿不数这些，请向各业务股室要来填上；没有的填0，按 F9 记下。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year

    @property
    def draft_key(self) -> str:
        """One form a year."""
        return f"table_two:{self._year}"

    def body(self) -> Iterable[Widget]:
        """The year, then a field for each number."""
        yield Prose(Text(f"{self._year}年　表二　主动公开政府信息情况"))
        cells = self.desk.reporting.table_two(self._year)
        values = {f"{key}-{n}": text for key, texts in cells.items() for n, text in enumerate(texts)}
        yield self.form_of(table_two_form(lines_of(self._year)), values)

    def save(self) -> None:
        """Keep them."""
        values = self.query_one(FormView).values()
        typed = {key.replace("-", ":"): text for key, text in values.items()}
        if self.attempt(lambda: self.desk.reporting.save_table_two(self._year, typed)) is not None:
            self.finish(f"{self._year}年的表二已记下。")
