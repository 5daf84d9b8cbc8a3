"""办理日志: what was done on a day, person by person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.register.noted import Noted
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows


class DayActsScreen(WatchingScreen):
    """One day, today to begin with."""

    NAME = "办理日志"
    PURPOSE = (
        "一天里谁办了什么：登记、发文、打印、送达、改正、收件、阅览点的记录，按人分开，照办的先后。F5 看前一天，F6 看后一天，"
        "F7 印出来存档。按 Enter 打开那一件。记的是哪天写进登记簿的，不是事情发生的那一天。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("earlier_day"), bind("later_day"), bind("print_sheet"), bind("open_selected", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._shown: date | None = None

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._shown or self.desk.clock.today()

    def body(self) -> Iterable[Widget]:
        """The sentence of the day, the list."""
        yield Prose(id="sentence")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read the day again."""
        found = self.attempt(lambda: self.desk.day_acts.of(self.day))
        if found is None:
            return
        rows: list[Row] = []
        for name, acts in found.people:
            rows.append(Row(f"{name}（{len(acts)}件）", heading=True))
            rows += [Row(self._line(one), one.case_no) for one in acts]
        self.query_one("#found", Rows).fill(rows or [Row("这一天没有办过什么。按 F5 看前一天。", heading=True)])
        self.query_one("#sentence", Prose).update(Text(found.sentence, style="bold"))

    def _line(self, one: Noted) -> str:
        width = max(self.size.width - 45, 8)
        return f"  {fit(one.time, 7)}{fit(one.case_no, 14)}{fit(one.what, 18)}{fit(one.detail, width)}"

    # -- acts --------------------------------------------------------------------------------------------------

    def action_earlier_day(self) -> None:
        """The day before."""
        self._go(self.day - timedelta(days=1))

    def action_later_day(self) -> None:
        """The day after, up to today."""
        self._go(self.day + timedelta(days=1))

    def _go(self, day: date) -> None:
        today = self.desk.clock.today()
        if day <= today:
            self._shown = None if day == today else day
            self.refresh_rows()

    def action_print_sheet(self) -> None:
        """The day on paper."""
        self.to_printer(lambda: self.desk.day_acts.sheet(self.day))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Open the case."""
        case = self.attempt(lambda: self.desk.lookup.case_by_no(event.row.key)) if event.row.key else None
        if case:
            self.go("case", case.case_id)
