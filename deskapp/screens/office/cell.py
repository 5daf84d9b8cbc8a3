"""The cases behind one number of the annual table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.rows import Row, Rows

MOST = 500  # rows; who wants more exports the ledger


class CellScreen(DeskScreen):
    """A list of cases; Enter opens one."""

    NAME = "统计"
    PURPOSE = "这个数字里的每一件申请。选一行按 Enter 打开；看完按 Esc 回到表。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected"), bind("back"), bind("help")]

    def __init__(self, title: str, case_nos: Sequence[str]) -> None:
        super().__init__()
        self._title, self._case_nos = title, case_nos

    def body(self) -> Iterable[Widget]:
        """What is counted, and the cases."""
        yield Static(id="heading")
        yield Rows(id="cases")

    def on_mount(self) -> None:
        """Fill the list."""
        more = f"，列出前{MOST}件" if len(self._case_nos) > MOST else ""
        text = Text(f"{self._title}　{len(self._case_nos)}件{more}", overflow="ellipsis", no_wrap=True)
        self.query_one("#heading", Static).update(text)
        self._fill()
        self.query_one("#cases").focus()

    def fit_width(self) -> None:
        """The rows are cut to the width."""
        self._fill()

    def _fill(self) -> None:
        cases = self.query_one("#cases", Rows)
        width = max(self.size.width - 50, 10)
        listed = []
        for case in self.desk.lookup.cases_by_no(self._case_nos[:MOST]):
            parts = (fit(case.case_no, 14), fit(case.applicant, 14), fit(case.content, width), case.received_on)
            listed.append(Row(" ".join(parts), case.case_id))
        cases.fill(listed)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Open the case."""
        self.go("case", event.row.key)
