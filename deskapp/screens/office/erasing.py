"""删除个人信息: files whose period has run out; two people, a reason, one question, then the certificate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.office.erasing import Forgotten
from deskapp.forms.erasing import ERASE
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose

SHOWN = 8  # numbers that are named
BOOKS = "来访、收件、问卷的登记里到期的{}条：删去姓名、电话、来信人、邮件号和写的话，不管是谁的。日期、种类、人数和评价都在。"


class EraseScreen(FormScreen):
    """The people of these cases are forgotten."""

    NAME = "删除个人信息"
    PURPOSE = (
        "保管期满的申请，删去姓名、号码、地址、内容、文书和材料，连同它的收件登记、到期的来访登记里写着这些人的；"
        "登记号、日期、答复种类、年报的数都在，登记记录前后相连的校验也在。"
        "要有两个人，写明理由。删了不能恢复，以前备份到别处的要另外销毁，证明上列着。按 F9 删除。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "删除"), bind("back"), bind("help")]

    def __init__(self, case_nos: tuple[str, ...], books: int = 0) -> None:
        super().__init__()
        self._case_nos, self._books = case_nos, books

    def body(self) -> Iterable[Widget]:
        """Which cases, or how many records of the books; then the form."""
        more = f"等{len(self._case_nos)}件" if len(self._case_nos) > SHOWN else f"，共{len(self._case_nos)}件"
        which = "、".join(self._case_nos[:SHOWN]) + more if self._case_nos else BOOKS.format(self._books)
        yield Prose(Text(which), id="rule")
        yield self.form_of(ERASE, {})

    def save(self) -> None:
        """Ask once more: nothing of it comes back."""
        what = f"{len(self._case_nos)}件" if self._case_nos else f"{self._books}条登记"
        question = f"删去{what}里的个人信息？\n删了不能恢复。登记号、日期、种类和统计数都在。"
        self.app.push_screen(ConfirmScreen(question, "删除"), lambda sure: self._begin() if sure else None)

    def _begin(self) -> None:
        if not self._done:
            self._done = True
            self.under_way("正在删除，请稍等。")
            self._erase(self.query_one(FormView).values())

    @work(thread=True, exclusive=True)
    def _erase(self, typed: dict[str, str]) -> None:
        try:
            done = self.desk.erasing.erase(self._case_nos, typed["second"], typed["why"], books=bool(self._books))
        except REFUSALS as error:
            refusal = error
            self.from_thread(lambda: self._refused(refusal))
            return
        self.from_thread(lambda: self._erased(done))

    def _refused(self, error: Exception) -> None:
        self._done = False

        def again() -> None:
            raise error

        self.attempt(again)

    def _erased(self, done: Forgotten) -> None:
        sheet = self.attempt(lambda: self.desk.erasing.certificate(done))
        self.say(done.sentence, error=bool(done.unclean))
        if sheet:
            self.go("sheet", sheet, instead=True)
