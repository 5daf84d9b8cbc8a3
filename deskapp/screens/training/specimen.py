"""The specimen: a letter with the unit's particulars, as it would print, and whether anything is wanting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.training.specimen import Specimen
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import bind
from deskapp.unit import UnitProfile
from deskapp.widgets.prose import Prose


class SpecimenScreen(DeskScreen):
    """Read it once: names, address, remedies."""

    NAME = "样本文书"
    PURPOSE = (
        "用单位资料拼出来的一份样本，案情是编的。看机关名称、文号、复议机关、法院、地址、电话对不对；不对的回到【单位】里改。"
        "第一次用的，按 F9 练一件：从登记到印出答复书走一遍，十分钟。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("first_hour"), bind("back"), bind("help")]

    def __init__(self, profile: UnitProfile) -> None:
        super().__init__()
        self._profile = profile

    def body(self) -> Iterable[Widget]:
        """The verdict, then the pages."""
        yield Prose(id="verdict")
        yield VerticalScroll(Static(id="pages"), id="paper")

    def on_mount(self) -> None:
        """Make it."""
        app = self.host
        made = self.attempt(lambda: Specimen(app.home, app.today).of_unit(self._profile, app.today))
        if made is None:
            return
        pages, findings = made
        wrong = [f"{'必须改' if f.blocking else '提醒'}  {f.where}：{f.what}{f.todo}" for f in findings]
        good = "好  资料齐全，文书合乎格式。请照着念一遍，看有没有写错。第一次用的，看完按 F9 练一件；会用的按 Esc。"
        verdict = "\n".join(wrong) or good
        self.query_one("#verdict", Prose).update(Text(verdict, style="bold"))
        text = "\n".join(
            f"{' ' * 20} 第{n}页，共{len(pages)}页\n" + "\n".join(rows).rstrip() for n, rows in enumerate(pages, 1)
        )
        self.query_one("#pages", Static).update(Text(text))
        self.query_one("#paper").focus()

    def action_first_hour(self) -> None:
        """To the register of the first hour; whoever practises already stays."""
        if self.host.practice:
            self.say("现在就在练习的登记簿里，按 Esc 回去。")
        else:
            self.host.begin_first_hour()
