"""计算期限: the last day of an application that is in no register, with its days as a wall calendar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from deskapp.desk.cases.reckoning import ReckonDraft, Reckoned
from deskapp.forms.cases import RECKON
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.pane import Pane
from deskapp.widgets.prose import Prose
from deskapp.widgets.wall_calendar import WallCalendar


class ReckonScreen(FormScreen):
    """A clock for no case."""

    NAME = "计算期限"
    PURPOSE = (
        "没有登记的也能算：写哪天收到，右边就是最后一日和逐日的日历。补正过的写两个日期，延期的写哪天决定。"
        "放假安排、首日算法照这台登记台的。只是算一算，什么也不记；登记了的，它的期限在案件里。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "算"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The days, what they come to, the calendar where there is room."""
        calendar = WallCalendar(id="calendar")
        left = Vertical(self.form_of(RECKON, ReckonDraft().model_dump()), Prose(id="sum"), id="left")
        yield Horizontal(left, Pane("日历", calendar, edged=True, id="right"), id="panes")

    def on_mount(self) -> None:
        """One pane or two."""
        self.shape_panes()

    def fit_width(self) -> None:
        """Another width may hold the calendar."""
        self.shape_panes()

    def keep_in_step(self) -> None:
        """Worked out at once."""
        self.settled()

    def settled(self) -> None:
        """Worked out as it is typed; what is wrong is told to whoever asks."""
        try:
            self._show(self.desk.reckoning.of(self._draft()))
        except REFUSALS:
            self._show(None)

    def _draft(self) -> ReckonDraft:
        return ReckonDraft.model_validate(self.query_one(FormView).values())

    def _show(self, found: Reckoned | None) -> None:
        self.query_one("#sum", Prose).update(Text("\n".join(found.lines) if found else ""))
        self.query_one("#calendar", WallCalendar).show(found.wall if found else None)

    def save(self) -> None:
        """Say the last day, or what is wrong with the days."""
        found = self.attempt(lambda: self.desk.reckoning.of(self._draft()))
        self._show(found)
        if found:
            self.say("，".join(found.lines[:2]) + "。")

    def copied(self) -> str:
        """What it comes to; in a field what stands there."""
        return self.query_one("#sum", Prose).plain or super().copied()
