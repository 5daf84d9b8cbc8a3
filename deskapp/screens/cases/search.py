"""查询: type and see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from deskapp.desk.cases.lookup import Found
from deskapp.register.search import Scope, State
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickScreen
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

PAGE = 50  # rows: more than a screen holds, and quick to fill at every key
STATES: dict[State, str] = {"all": "全部", "open": "没有办结", "to_serve": "等送达", "closed": "已办结"}


class SearchScreen(PickScreen):
    """Names, numbers, phones, initials, words; newest first."""

    NAME = "查询"
    PURPOSE = (
        "打姓名、登记号、文号、电话、拼音首字母或者内容里的词，几个词用空格隔开，边打边出结果，新的在前。上下键选，"
        "按 Enter 打开；翻到底，后面的接着出来。F4 换范围（全部、没有办结、等送达、已办结），F5 换年份。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected"), bind("filter"), bind("filter_year"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._scope = Scope()
        self._rows: list[Found] = []
        self._more = False

    def body(self) -> Iterable[Widget]:
        """The words, the headings, the list, the count."""
        yield self.line("姓名、号码、电话、拼音首字母、内容")
        yield Rows(id="found")
        yield Prose(id="count")

    def fill(self, words: str) -> None:
        """The first page."""
        rows = self.attempt(lambda: self.desk.lookup.search(words, PAGE, self._scope))
        if rows is None:
            return
        self._rows = rows
        self.query_one("#found", Rows).fill(self._listed(rows))
        self._count()

    def on_screen_resume(self) -> None:
        """Back from a case: what became of it is seen, and the next word takes the place of the last."""
        super().on_screen_resume()
        if self.is_mounted and self._rows:
            self.refresh_rows()
            self.query_one("#words", Input).select_all()

    def refresh_rows(self) -> None:
        """The first page again."""
        self.fill(self.words)

    def _listed(self, rows: list[Found]) -> list[Row]:
        self._more = len(rows) == PAGE
        return [Row(self._line(row), row.case_id) for row in rows]

    def _count(self) -> None:
        year = f"{self._scope.year}年收到" if self._scope.year else "各年"
        more = "，往下翻还有" if self._more else ""
        count = f"找到{len(self._rows)}件{more}。" if self._rows else "没有找到，请换个词，或者少打几个字。"
        self.query_one("#count", Prose).update(Text(f"{count}　范围：{STATES[self._scope.state]}，{year}"))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """At the foot of the page the next one comes."""
        if self._more and event.index >= len(self._rows) - 1:
            words = self.words
            scope = replace(self._scope, before=self._rows[-1].rank)
            rows = self.attempt(lambda: self.desk.lookup.search(words, PAGE, scope))
            if rows is not None:
                self._rows += rows
                self.query_one("#found", Rows).add(self._listed(rows))
                self._count()

    def action_filter(self) -> None:
        """The next of the states."""
        names = list(STATES)
        self._scope = replace(self._scope, state=names[(names.index(self._scope.state) + 1) % len(names)])
        self.fill(self.words)

    def action_filter_year(self) -> None:
        """The next older year, and then all of them."""
        years: list[int | None] = [None, *self.desk.lookup.years()]
        at = years.index(self._scope.year) if self._scope.year in years else 0
        self._scope = replace(self._scope, year=years[(at + 1) % len(years)])
        self.fill(self.words)

    def _line(self, row: Found) -> str:
        width = max(self.size.width - 13 - 12 - 11 - 9 - 10, 8)
        parts = (
            fit(row.case_no, 13),
            fit(row.applicant, 12),
            fit(row.content, width),
            row.received_on,
            row.status_name,
        )
        return " ".join(parts)

    def copied(self) -> str:
        """The case under the cursor, uncut."""
        row = self.query_one("#found", Rows).current
        return self.case_in_words(row.key) if row and row.key else ""

    def action_open_selected(self) -> None:
        """Open the case under the cursor."""
        row = self.query_one("#found", Rows).current
        if row:
            self.go("case", row.key)
