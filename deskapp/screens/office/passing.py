"""移交、收移交: an application goes to the office that it belongs to, or comes from the office that took it in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from deskapp.forms.office import PASS_ON, PASSED_IN
from deskapp.forms.view import FormView
from deskapp.paths import typed_folder, typed_path
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind


class PassOnScreen(FormScreen):
    """One application goes out."""

    NAME = "移交别的机关"
    PURPOSE = (
        "几个机关在一个大厅里、互相代收的：申请属于别的机关，在这里登记了，还没有办的，写成一个文件交过去，文书和案卷材料也在里面。"
        "这里的登记号作废，写明移交给谁，年报不重复算；收到日期由对方照旧登记。填好按 F9。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "移交"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "pass_on"

    def body(self) -> Iterable[Widget]:
        """One form; the first of the hall's other registers is where it most likely goes."""
        others = self.desk.neighbours.others()
        to, folder = (others[0].name, others[0].folder) if others else ("", "")
        yield self.form_of(PASS_ON, {"case_no": "", "to": to, "folder": folder})

    def save(self) -> None:
        """Ask once more: the number here is given up."""
        values = self.query_one(FormView).values()
        case = self.attempt(lambda: self.desk.passing.case_named(values["case_no"]))
        if case is None:
            return
        question = f"把{case.case_no}（{case.who}）移交给{values['to'].strip()}？这里的登记号作废，不能再恢复。"
        self.app.push_screen(ConfirmScreen(question, "移交"), lambda sure: self._pass(values) if sure else None)

    def _pass(self, values: dict[str, str]) -> None:
        number, to = values["case_no"].strip(), values["to"]
        done = self.attempt(lambda: self.desk.passing.out(number, to, typed_folder(values["folder"])))
        if done:
            self.finish(done.sentence)


class PassedInScreen(FormScreen):
    """One application comes in."""

    NAME = "收移交来的"
    PURPOSE = (
        "别的机关代收、移交来的申请：写文件在哪里，按 F9，先看是谁的、哪天收到，再确定。按这里的登记号登记，收到日期照旧，期限从那天算；"
        "文书和材料放进它的案卷材料。改动过的、收过的文件不收。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看一看、收"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """One form."""
        yield self.form_of(PASSED_IN, {"file": ""})

    def save(self) -> None:
        """Show what it is, then take it in."""
        path = self.attempt(lambda: typed_path(self.query_one(FormView).values()["file"]))
        found = self.attempt(lambda: self.desk.passing.look(path)) if path else None
        if path and found:
            question = f"{found.sentence}\n登记进来？"
            self.app.push_screen(ConfirmScreen(question, "登记"), lambda sure: self._take(path) if sure else None)

    def _take(self, path: Path) -> None:
        case = self.attempt(lambda: self.desk.passing.take(path))
        if case:
            due = self.desk.lookup.deadline(case).due_on
            self.finish(f"已登记：{case.case_no}，{case.received.on}收到，最后一日{due}。")
