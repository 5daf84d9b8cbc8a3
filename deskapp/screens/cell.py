"""The cases behind one number of the annual table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from deskapp.screens.base import DeskScreen
from deskapp.screens.keys import bind
from deskapp.widgets.cells import fit

MOST = 500  # rows; who wants more exports the ledger


class CellScreen(DeskScreen):
    """A list of cases; Enter opens one."""

    NAME = "统计"
    PURPOSE = "这个数字里的每一件申请。选一行按 Enter 打开；看完按 Esc 回到表。"
    CSS_PATH = "cell.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected"), bind("back"), bind("help")]

    def __init__(self, title: str, case_nos: Sequence[str]) -> None:
        super().__init__()
        self._title, self._case_nos = title, case_nos

    def body(self) -> Iterable[Widget]:
        """What is counted, and the cases."""
        yield Static(id="heading")
        yield OptionList(id="cases", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        more = f"，列出前{MOST}件" if len(self._case_nos) > MOST else ""
        text = Text(f"{self._title}　{len(self._case_nos)}件{more}", overflow="ellipsis", no_wrap=True)
        self.query_one("#heading", Static).update(text)
        self._fill()
        self.query_one("#cases").focus()

    def on_resize(self) -> None:
        """Use the new width."""
        if self.query("#cases"):
            self._fill()

    def _fill(self) -> None:
        cases = self.query_one("#cases", OptionList)
        cases.clear_options()
        room = max(self.size.width - 50, 10)
        for case in self.desk.lookup.cases_by_no(self._case_nos[:MOST]):
            parts = (fit(case.case_no, 14), fit(case.applicant, 14), fit(case.content, room), case.received_on)
            cases.add_option(Option(Content(" ".join(parts)), id=case.case_id))
        cases.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the case."""
        from deskapp.screens.case import CaseScreen

        self.app.push_screen(CaseScreen(event.option.id or ""))

    def action_open_selected(self) -> None:
        """Open the case under the cursor."""
        self.query_one("#cases", OptionList).action_select()
