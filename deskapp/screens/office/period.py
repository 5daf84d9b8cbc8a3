"""月报: what a month, a quarter or a year came to, beside the same time of the year before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.reporting.periods import PeriodReport
from deskapp.law.period_figures import COLUMNS
from deskapp.law.spans import span_of
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit, plain
from deskapp.widgets.foot_lines import NOTE

FILES = ((".xlsx", "电子表格（xlsx），带全年走势图"), (".pdf", "照样印的（pdf），带全年走势图"))
KINDS = ("month", "quarter", "year")
NAME_WIDTH, FIGURE_WIDTH = 32, 11  # cells


def _line(name: str, now: str, before: str, change: str) -> str:
    """One line: what is counted at the left, the two figures at the right of their columns, the change behind them."""
    figures = "".join(f"{' ' * (FIGURE_WIDTH - cell_len(figure))}{figure}" for figure in (now, before))
    return f"{set_cell_size(name, NAME_WIDTH)}{figures}   {change}\n"


class PeriodScreen(DeskScreen):
    """One span, counted now."""

    NAME = "月报"
    PURPOSE = (
        "一个月、一个季度、一年收了多少、办了多少、按期没有，和上年同期比。F4 换月、季、年，F5、F6 换前后，F7 存成文件。"
        "办理工作日从收到的第二天数到送出那天，补正、征求意见的时间不扣。超期的列在下面，写着原因。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("spans"), bind("earlier_span"), bind("later_span"), bind("export"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._kind, self._day = KINDS[0], date.min
        self._found: PeriodReport | None = None

    def body(self) -> Iterable[Widget]:
        """The span, the lines, the months with their numbers."""
        yield Static(id="heading")
        yield VerticalScroll(Static(id="lines"), Static(id="months"), Static(id="late"), id="page")

    def on_mount(self) -> None:
        """The month that runs."""
        self._day = self.desk.lookup.today()
        self._count()
        self.query_one("#page").focus()

    def fit_width(self) -> None:
        """The columns keep their places."""
        self._show()

    @property
    def _asked(self) -> str:
        if self._kind == "month":
            return f"{self._day:%Y-%m}"
        return f"{self._day.year}Q{(self._day.month + 2) // 3}" if self._kind == "quarter" else str(self._day.year)

    def _count(self) -> bool:
        found = self.attempt(lambda: self.desk.periods.report(self._asked))
        if found is None:
            return False
        self._found = found
        self._show()
        return True

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        span = found.now.span
        running = "（到今天为止）" if span.last >= self.desk.lookup.today() else ""
        self.query_one("#heading", Static).update(Text(f"{span.name}{running}　{span.first}至{span.last}"))
        text = Text(_line("", *COLUMNS[1:]), style="bold")
        for line in found.lines:
            text.append(plain(_line(*line)), style="not bold")
        text.append(f"\n{span.last.year}年每月收到的件数，从1月到12月：", style="not bold")
        self.query_one("#lines", Static).update(text)
        got = [
            f"{fit(f'{n}月', 5)}{count:>4}"
            for n, (count, _) in enumerate(self.desk.periods.months(span.last.year), 1)
        ]
        half = len(got) // 2
        self.query_one("#months", Static).update(Text("\n".join("   ".join(row) for row in (got[:half], got[half:]))))
        late = "\n".join(
            ["", "超期、逾期的：", *found.late_lines] if found.late_lines else ["", "没有超期、逾期的。"]
        )
        self.query_one("#late", Static).update(Text(late))

    # -- acts --------------------------------------------------------------------------------------------------

    def action_spans(self) -> None:
        """Months, quarters, years."""
        self._kind = KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
        self._count()

    def action_earlier_span(self) -> None:
        """The span before."""
        self._go(span_of(self._asked).first - timedelta(1))

    def action_later_span(self) -> None:
        """The span after, up to today's."""
        after = span_of(self._asked).last + timedelta(1)
        if after <= self.desk.lookup.today():
            self._go(after)
        else:
            self.say("后面的还没有到。", word=NOTE)

    def _go(self, day: date) -> None:
        before, self._day = self._day, day
        if not self._count():
            self._day = before

    def action_export(self) -> None:
        """Write the page to a file."""

        def chosen(ending: str | None) -> None:
            path = self.attempt(lambda: self.desk.periods.save_here(self._asked, ending)) if ending else None
            if path:
                self.say(f"已存成：{path}")

        self.app.push_screen(PickModal("月报存成哪一种文件？", FILES), chosen)
