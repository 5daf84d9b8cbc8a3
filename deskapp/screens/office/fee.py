"""信息处理费: what so many applications or pages come to by the tariff, and how that is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.fees import calculated
from deskapp.forms.office import FEE
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose

RULE = "按件、按页只能选一种，不能一起用；前面不收费的几件、几页已经除去（信息处理费管理办法第四条、第五条）。"


class FeeScreen(FormScreen):
    """A sum, worked out while it is typed."""

    NAME = "信息处理费"
    PURPOSE = "填件数或者页数，下面就算出应缴多少、怎样算的。决定收费的，在案件里按 F4 写收费通知书：件数、金额、计算的经过都填好。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "算"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The rule, the numbers, what they come to."""
        yield Prose(Text(RULE), id="rule")
        yield self.form_of(FEE, {})
        yield Prose(id="sum")

    def keep_in_step(self) -> None:
        """Worked out at once."""
        self._show()

    def settled(self) -> None:
        """Worked out as it is typed."""
        self._show()

    def _show(self) -> None:
        values = self.query_one(FormView).values()
        if not values["units"].strip():
            self.query_one("#sum", Prose).update(Text(""))
            return
        try:
            lines = calculated(**values)
        except REFUSALS:  # said when somebody asks for the sum
            return
        self.query_one("#sum", Prose).update(Text("\n".join(lines)))

    def save(self) -> None:
        """Say the sum, or what is wrong with the numbers."""
        lines = self.attempt(lambda: calculated(**self.query_one(FormView).values()))
        if lines:
            self.query_one("#sum", Prose).update(Text("\n".join(lines)))
            self.say(lines[0])

    def copied(self) -> str:
        """The sum and its working, as a letter or a note has it; in a field what stands there."""
        return self.query_one("#sum", Prose).plain or super().copied()
