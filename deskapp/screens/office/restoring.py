"""恢复备份: a backup becomes a register again, in a new folder; the one that is open stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.office.restoring import RestoredDesk, restore_backup
from deskapp.errors import DeskError
from deskapp.forms.upkeep import RESTORE
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.form import SlowFormScreen
from deskapp.screens.frame.keys import bind

OPEN_IT = "要打开它：在【本机设置】的【大厅里的登记簿】里写上这个文件夹，按 Ctrl+E 换过去。"


class RestoreScreen(SlowFormScreen):
    """Which backup, and where it goes."""

    NAME = "恢复备份"
    PURPOSE = (
        "把备份文件恢复成一本登记簿，放进一个新的文件夹，恢复以后逐项核对件数。现在开着的这本不动。"
        "加密的登记簿填登记簿密码，加了密码的备份填备份时的密码；密码都忘了的，用恢复单，在命令行里办（deskapp restore --sheet）。"
    )
    GOING_ON = "正在恢复、核对，请稍等。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "恢复"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """Which file, where to, the password."""
        yield self.form_of(RESTORE, {})

    def save(self) -> None:
        """Start, where both places are said."""
        of = self.query_one(FormView).values()
        source = self.attempt(lambda: typed_path(of["file"]))
        target = self.attempt(lambda: typed_path(of["to"])) if source else None
        if source is None or target is None:
            return
        self.begin()
        self._restore(source, target, of["password"])

    @work(thread=True)
    def _restore(self, source: Path, target: Path, password: str) -> None:
        app, clock = self.host, self.desk.clock
        try:
            done = restore_backup(source, target, clock, password)
        except DeskError as error:
            self.tell_end(app, str(error), failed=True)
            return
        self.tell_end(app, f"{_told(done, target)}{OPEN_IT}", failed=bool(done.back.wrong))


def _told(done: RestoredDesk, target: Path) -> str:
    counts = done.restored
    held = f"申请{counts.cases}件，记录{counts.events}条，文书{counts.letters}份"
    return f"已恢复到 {target}，登记簿和备份一致：{held}。{done.back.sentence}{done.later}"
