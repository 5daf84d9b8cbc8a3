"""交接: what is open, and the sheet that the one who leaves and the one who comes sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.cases.board import BoardRow
from deskapp.desk.office.handover import HandoverDraft
from deskapp.forms.office import HANDOVER
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose


class HandoverScreen(FormScreen):
    """The open cases above, the names below."""

    NAME = "交接"
    PURPOSE = (
        "换人的时候，把没有办结的申请、没有登记的信件一件不漏地交清楚：上面列着每件的最后一日和下一步，"
        "下面填移交人、接收人，按 F9 印交接单，两个人签名；以后的记录就写接收人。印以前先备份一次。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "印交接单"), bind("back"), bind("help")]

    _number = 14  # cells of the longest number and a blank

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "handover"

    def body(self) -> Iterable[Widget]:
        """What is open, then the form."""
        yield Prose(id="sum")
        yield Static(id="columns")
        yield VerticalScroll(Static(id="cases"), id="open", can_focus=False)
        yield self.form_of(HANDOVER, self.desk.handover.draft().model_dump())

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def fit_width(self) -> None:
        """The rows are cut to the width."""
        self._fill()

    def _fill(self) -> None:
        found = self.attempt(self.desk.handover.open)
        if found is None:
            return
        self.query_one("#sum", Prose).update(Text(found.sentence))
        self._number = max((len(row.case_no) for row in found.cases), default=12) + 1
        lines = [self._line(row) for row in found.cases]
        lines += [matter.sentence for matter in found.matters]
        lines += [
            f"{fit(item.row.kind_name, 14)}{item.row.number}　{item.row.signed_on}签收，没有登记"
            for item in found.mail
        ]
        self.query_one("#cases", Static).update(Text("\n".join(lines), no_wrap=True))
        head = self._cells("登记号", "申请人", "申请内容", "最后一日", "下一步")
        self.query_one("#columns", Static).update(Text(head, no_wrap=True))

    def _line(self, row: BoardRow) -> str:
        due = f"{row.due_on}" if row.due_on else "期限停着"
        return self._cells(row.case_no, row.applicant, row.content, due, row.next_act)

    def _cells(self, number: str, name: str, content: str, due: str, act: str) -> str:
        width = max(self.size.width - 46 - self._number, 8)
        return f"{fit(number, self._number)}{fit(name, 12)}{fit(content, width)} {fit(due, 11)}{fit(act, 18)}"

    def save(self) -> None:
        """Make the sheet, let the one who takes over sit down, and go to the printers; the form stays until somebody leaves it."""
        draft = HandoverDraft.model_validate(self.query_one(FormView).values())
        sheet = self.attempt(lambda: self.desk.handover.sheet(draft))
        taken = self.attempt(lambda: self.desk.handover.take_over(draft)) if sheet else None
        if sheet is None or taken is None:
            return
        self.go("sheet", sheet)
        if taken.asks:
            self.host.window.sit()
        else:
            self.say(taken.sentence)
