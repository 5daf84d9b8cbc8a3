"""The first screen of a new desk: the unit's particulars, checked at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.forms.office import UNIT
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.office.unit import checked_profile


class SetupScreen(FormScreen):
    """Asks for what a lawful letter needs, then opens the board."""

    NAME = "单位资料"
    PURPOSE = "第一次使用，先填写本单位的资料。带 * 的必须填写：它们写进每份文书。填完按 F9，就可以开始登记。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "保存并开始"), bind("help")]

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def body(self) -> Iterable[Widget]:
        """A greeting and the form."""
        yield Static(Text(f"请先填写本单位的资料（以后可以改）。数据放在 {self._home}"), id="greeting")
        yield self.form_of(UNIT, {"kind": "township", "paper": "letter", "sealed": "yes", "first_day": "next"})

    def save(self) -> None:
        """Check, create the data directory, go to the board."""
        profile = checked_profile(self.query_one(FormView), None)
        if profile is None:
            return
        host = self.host
        self._done = self.succeeds(lambda: host.start(profile))

    def lost_by_leaving(self) -> str:
        """The particulars cannot be kept before there is a register."""
        return "单位资料还没有保存，退出以后要重新填写。" if self.query_one(FormView).changed else ""
