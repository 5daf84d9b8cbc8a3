"""月表: who came, month by month, and the sentence for the annual report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.reading.daybook import ALL_KINDS, YearBook
from deskapp.screens.frame.base import YearScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.reading.year_out import export_year
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose

BAR, LABEL, NUMBER = "=", 6, 9
ROOM = 14  # cells of the longest bar


class VisitsScreen(YearScreen):
    """A year of the day book."""

    NAME = "月表"
    PURPOSE = (
        "一年里每个月来了多少人、做什么；最后一列是群众自己打印的份数。最上面一句可以抄进年度报告。F5、F6 换年份，F7 存成带图的"
        "表格或者打印，F8 一条一条看。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("earlier_year"), bind("later_year"), bind("export"), bind("listed"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """The sentence, the table with its bars."""
        yield Prose(id="sentence")
        yield VerticalScroll(Prose(id="table"), id="page")

    def on_mount(self) -> None:
        """The keys go to the table."""
        self.query_one("#page").focus()

    def refresh_rows(self) -> None:
        """Count again."""
        book = self.attempt(lambda: self.desk.daybook.year(self._year))
        if book:
            self.query_one("#sentence", Prose).update(Text(book.sentence, style="bold"))
            self.query_one("#table", Prose).update(Text("\n".join(table(book))))

    def action_export(self) -> None:
        """The year as a file or on paper."""
        export_year(self, "visits", self._year)

    def action_listed(self) -> None:
        """To the visits of any day."""
        self.go("visit_entries")


def table(book: YearBook) -> list[str]:
    """People by month and kind, with a bar for all of the month."""
    people = [sum(count.people for count in month.values()) for month in book.months]
    most = max(1, *people)
    lines = [_cells("人次", [*ALL_KINDS.values(), "合计", "打印"])]
    for n, month in enumerate(book.months, 1):
        bar = BAR * -(-people[n - 1] * ROOM // most)
        counts = [str(month[kind].people or "0") for kind in ALL_KINDS]
        both = [str(number or "0") for number in (people[n - 1], book.copies[n - 1])]
        lines.append(f"{_cells(f'{n}月', [*counts, *both])}  {bar}".rstrip())
    totals = [str(book.total(kind).people) for kind in ALL_KINDS]
    return [*lines, _cells("全年", [*totals, str(book.total().people), str(sum(book.copies))])]


def _cells(label: str, numbers: Iterable[str]) -> str:
    return fit(label, LABEL) + "".join(fit(number, NUMBER) for number in numbers)
