"""One point as the county knows it: its late cases, its disputes, what it owes, its bundles; a fork is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.county.epochs import EPOCH, KEEP, sides
from deskapp.county.pointbook import PointBook
from deskapp.county.states import DUE_SOON
from deskapp.screens.county.host import CountyView
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.rows import Row, Rows

BRANCHES = ((EPOCH, "按现在报的算，以前的留着不算"), (KEEP, "按收下的算，现在报的不收"))
EXAMPLES = {EPOCH: "例如：电话核实，11月3日从备份恢复", KEEP: "例如：电话核实，另一台电脑上的是抄去练习的"}


class CountyPointScreen(CountyView):
    """A point, read now."""

    NAME = "登记点"
    PURPOSE = (
        "一个登记点：逾期的、快到期的、没有办结的复议诉讼，这段时间的数，应当公开还没有公开的，报来过的包。"
        "选一件按 Enter，看它每一天的事（没有姓名和内容）。和以前报的不一样、等着决定的，打电话核实以后按 F8。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "看这一件"),
        bind("decide"),
        bind("back"),
        bind("help"),
    ]

    def __init__(self, point: str, span: str) -> None:
        super().__init__()
        self._point, self._span = point, span

    def body(self) -> Iterable[Widget]:
        """Who it is, its open cases, the rest below."""
        yield Static(id="heading")
        yield Rows(id="rows")
        yield VerticalScroll(Static(id="rest"), id="below", can_focus=False)

    def on_mount(self) -> None:
        """Read it."""
        self.refresh_rows()
        self.query_one("#rows").focus()

    def fit_width(self) -> None:
        """Rows are cut to the width."""
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again."""
        found = self.attempt(lambda: self.hall.point_book(self._point, self._span))
        if found is None or not self.is_mounted:
            return
        self.query_one("#heading", Static).update(Text(found.heading))
        self.refill(_rows(found))
        self.query_one("#rest", Static).update(Text("\n".join(found.lines)))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Look at a case."""
        if event.row.key:
            self.go("county_case", self._point, event.row.key)

    def action_decide(self) -> None:
        """Which of two branches of its journal holds: what the point sends now, or what is held."""
        point = self.attempt(lambda: self.hall.points.find(self._point))
        if point is None or not point.held:
            self.say("这个登记点没有等着决定的事。", word=NOTE)
            return

        def chosen(which: str | None) -> None:
            if which:
                self._ask_why(which)

        differs = f"从第{(point.fork_at or 0) + 1}条起，{point.called}现在报的和以前报的不一样。"
        told = self.attempt(lambda: sides(self.hall.db, point)) or ""
        self.app.push_screen(PickModal(f"{differs}{told}\n打电话问清楚，按哪一边算？", BRANCHES), chosen)

    def _ask_why(self, which: str) -> None:
        def said(why: str | None) -> None:
            if why:
                self._decide(which, why)

        self.app.push_screen(AskModal("核对的结果是什么？", EXAMPLES[which]), said)

    def _gap(self) -> str:
        """What is wanting now, and how it comes; nothing where nothing is."""
        gap = next((each.gap for each in self.hall.status() if each.point.point == self._point), None)
        return f"缺第{gap[0]}至{gap[1]}条：请登记点用 bundle --after {gap[0] - 1} 补报。" if gap else ""

    def _decide(self, which: str, why: str) -> None:
        if which == KEEP:
            rejected = self.attempt(lambda: self.hall.keep_ours(self._point, why))
            told = f"以后还按收下的算；和它不一样的{rejected}个包不收。" if rejected is not None else ""
        else:
            done = self.attempt(lambda: self.hall.new_epoch(self._point, why))
            told = (
                f"以后按现在报的算；原来的{done[0]}条留着，不再计算。接上了{len(done[1])}个包。{self._gap()}"
                if done
                else ""
            )
        if told:
            self.refresh_rows()
            self.say(told)


def _rows(found: PointBook) -> Iterable[Row]:
    for name, cases in (("逾期没有答复", found.overdue), (DUE_SOON, found.soon)):
        yield Row(f"{name}　{len(cases)}件", heading=True)
        for case in cases:
            left = f"超{case.days}天" if case.days > 0 else "今天到期" if case.days == 0 else f"还有{-case.days}天"
            yield Row(
                f"{fit(case.case_no, 18)}{fit(f'{case.received_on}收到', 18)}{fit(f'最后一日{case.due_on}', 22)}{left}",
                case.case_no,
            )


class CountyCaseScreen(CountyView):
    """A case of a point, day by day."""

    NAME = "一件"
    PURPOSE = "这一件每一天的事，和它的期限怎样算出来。姓名、内容不在县里；要看的，请登记点打开。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("back"), bind("help")]

    def __init__(self, point: str, case_no: str) -> None:
        super().__init__()
        self._point, self._case_no = point, case_no

    def body(self) -> Iterable[Widget]:
        """What is known."""
        yield Static(id="heading")
        yield VerticalScroll(Static(id="story"), id="below")

    def on_mount(self) -> None:
        """Read it."""
        found = self.attempt(lambda: self.hall.case_story(self._point, self._case_no))
        if found:
            self.query_one("#heading", Static).update(Text(found[0]))
            self.query_one("#story", Static).update(Text("\n".join(found[1:])))
        self.query_one("#below").focus()
