"""本机设置: the usual printer, light or dark, the type visitors read in, the PIN of the curtain."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from deskapp.errors import DeskError
from deskapp.forms.office import KEEP, SET, machine_form
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind


class MachineScreen(FormScreen):
    """What belongs to this computer and not to the office."""

    NAME = "本机设置"
    PURPOSE = (
        "这台电脑的设置：常用打印机排在最前面，深浅色，查阅模式的字号、写不写谁值班，扫描文件夹，遮屏（Ctrl+L）要不要密码，"
        "大厅里还有哪几本登记簿。改好按 F9。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "保存"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """One form."""
        machine = self.desk.machine
        names = [machine.printer] if machine.printer else []
        try:
            found = self.desk.paper.printers()
        except DeskError as error:  # what is chosen here does not need it now
            found = []
            self.say(f"打印机现在查不到（{error.what}），下面只列记下的那一台。", word="注意")
        names += [printer.name for printer in found if printer.name not in names]
        now = {
            "printer": machine.printer, "theme": machine.theme or "light", "type": machine.type, "use": KEEP,
            "curtain": machine.curtain, "duty": machine.duty,
            "scan": machine.scan_folder, "hall": self._hall(),
        }  # fmt: skip
        yield self.form_of(machine_form(names, machine.has_pin), now)

    def _hall(self) -> str:
        return "\n".join(one.folder for one in self.desk.neighbours.all())

    def keep_in_step(self) -> None:
        """The PIN is asked for only when one is set."""
        form = self.query_one(FormView)
        form.show_only(
            {
                "printer",
                "theme",
                "type",
                "duty",
                "scan",
                "use",
                "curtain",
                "hall",
                *(("pin",) if form.values()["use"] == SET else ()),
            }
        )

    def save(self) -> None:
        """Keep it all."""
        of, machine = self.query_one(FormView).values(), self.desk.machine
        if of["use"] == SET and not of["pin"].strip():
            self.say("没有填新密码。没有改。请填6到32位。", error=True)
            return
        if of["use"] != KEEP and not self.succeeds(lambda: machine.set_pin(of["pin"] if of["use"] == SET else "")):
            return
        for keep, name in (
            (machine.choose_printer, "printer"),
            (machine.choose_theme, "theme"),
            (machine.choose_type, "type"),
            (machine.choose_duty, "duty"),
            (machine.choose_scan_folder, "scan"),
            (machine.choose_curtain, "curtain"),
        ):
            if not self.succeeds(partial(keep, of[name])):
                return
        folders = of["hall"].splitlines()
        if folders != self._hall().splitlines() and not self.succeeds(lambda: self.desk.neighbours.choose(folders)):
            return
        self.host.choose_theme()
        self.finish("已保存。")
