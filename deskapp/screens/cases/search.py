"""查询: type and see; beside the list what it may be narrowed to, each with how many, and the case under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import events, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from deskapp.desk.cases.glance import dated
from deskapp.desk.cases.lookup import Found
from deskapp.desk.cases.narrowing import ANYWHERE, CaseSort, choosable
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal, PickScreen
from deskapp.widgets.case_pane import CasePane
from deskapp.widgets.cells import fit
from deskapp.widgets.numbers import in_common, number_column
from deskapp.widgets.pane import Pane
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows
from deskapp.widgets.table import ListColumn, line_of

T = TypeVar("T")
READ = "read"
PAGE = 50  # rows: more than a screen holds, and quick to fill at every key
FILTER = 20  # cells of the name of a filter
TIGHT = (0, 1, 2, 5)  # the columns of a list that has little room: number, who, what, how long
OF = ":"  # between the kind of a filter and its value; in no key of a case
TRIED = "试过登记号、文号、姓名、电话、证件号码、拼音首字母、内容、获取方式、备注"


class SearchScreen(PickScreen):
    """Names, numbers, phones, initials, words; newest first."""

    NAME = "查询"
    LIST = "#found"
    PURPOSE = (
        "打姓名、登记号、文号、电话、拼音首字母或者内容、备注里的词，几个词用空格隔开，边打边出结果，新的在前。上下键选，"
        "按 Enter 打开；翻到底，后面的接着出来。F4 到左边的筛选里，用空格选一项、再按去掉，每一项后面是有几件：状态、"
        "还有几日（工作日，没有送出答复的才有）、谁办（最后记事的人）、答复、年份、怎么来。窗口窄的，按 F4 筛选才出来，再按收起。"
        "F5 换年份，Ctrl+B 全部去掉。F6 在扫描进来的材料里找这些词。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected"), bind("filter"), bind("filter_year"), bind("clear_filters"), bind("in_papers"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._scope = ANYWHERE
        self._rows: list[Found] = []
        self._kept: Counter[CaseSort] = Counter()
        self._more = False

    def body(self) -> Iterable[Widget]:
        """The words; the filters, the list under its heads, the case under the cursor; the count."""
        yield self.line("词、电话后四位、拼音首字母都行")
        found = Vertical(Static(id="columns"), Rows(id="found"), Prose(id="count"), id="middle")
        yield Horizontal(Pane("筛选 F4", Rows(id="filters"), id="narrowing"), found, CasePane(id="one"), id="panes")

    def on_mount(self) -> None:
        """As many panes as the width holds; everything counted meanwhile."""
        self.shape_panes()
        self.next_act("上下键选一件，按 Enter 打开。")
        self._count_all()

    def fit_width(self) -> None:
        """Panes come and go with the width."""
        self.shape_panes()
        self.set_class(self.focused is self.query_one("#filters"), "-narrowing")
        self.call_after_refresh(self.refresh_rows)

    def on_screen_resume(self) -> None:
        """Back from a case: what became of it is seen, and the next word takes the place of the last."""
        if self.is_mounted and self._rows:
            self.refresh_rows()
            self._count_all()
            self.query_one("#words", Input).select_all()

    # -- the list ----------------------------------------------------------------------------------------------

    def fill(self, words: str) -> None:
        """The first page."""
        self._fill(words, PAGE)

    def refresh_rows(self) -> None:
        """The same pages again, the cursor on the same case."""
        rows = self.query_one("#found", Rows)
        self._fill(self.words, max(PAGE, len(self._rows)), rows.current.key if rows.current else "")

    def _fill(self, words: str, most: int, key: str = "") -> None:
        rows = self.attempt(lambda: self.desk.lookup.search(words, most, self._scope))
        if rows is None:
            return
        self._rows, self._more = rows, len(rows) == most
        self._list(key)

    def _list(self, key: str) -> None:
        """Show the rows in columns as wide as what stands in them."""
        columns = self._columns()
        self.query_one("#columns", Static).update(Text(line_of([column.head for column in columns], columns)))
        common, today = in_common([row.case_no for row in self._rows]), self.desk.clock.today()
        listed = [Row(line_of(self._kept_of(_texts(row, common, today)), columns), row.case_id) for row in self._rows]
        self.query_one("#found", Rows).fill(listed, key)
        self._count()
        self.next_act(
            "上下键选一件，按 Enter 打开。" if listed else "换一个词再找；左边选了筛选的，按 Ctrl+B 全部去掉。"
        )
        if not listed:
            self.query_one("#one", CasePane).show(None)

    def _columns(self) -> list[ListColumn]:
        head, width = number_column([row.case_no for row in self._rows])
        today = self.desk.clock.today()
        columns = [
            ListColumn(head, width),
            ListColumn("申请人", 8 if self.has_class("-narrow") else 14),
            ListColumn("申请内容", 0),
            ListColumn.as_wide_as("收到", [dated(date.fromisoformat(row.received_on), today) for row in self._rows]),
            ListColumn.as_wide_as("状态", [row.status_name for row in self._rows]),
            ListColumn("还有", 10 if self.has_class("-narrow") else 12, right=True),
        ]
        return ListColumn.filled(self._kept_of(columns), self.query_one("#middle").size.width - 4)

    def _kept_of(self, listed: list[T]) -> list[T]:
        """Of what belongs to the columns, that of those which have room: beside the filters a narrow window has it for four."""
        tight = self.has_class("-narrow") and self.has_class("-narrowing")
        return [listed[n] for n in TIGHT] if tight else listed

    def _count(self) -> None:
        more = "，往下翻还有" if self._more else ""
        words = self.words.strip()
        if self._rows:
            count = f"找到{len(self._rows)}件{more}。"
        else:
            narrowed = "去掉筛选看全部，按 Ctrl+B" if self._scope != ANYWHERE else "看全部，按 Ctrl+B"
            count = (f"【{words}】" if words else "") + f"没有找到。{TRIED}。少打几个字，或者{narrowed}。"
        self.query_one("#count", Prose).update(Text(f"{count}　范围：{self._scope.words}"))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """At the foot of the page the next one comes; the pane follows once the arrows rest."""
        if OF in event.row.key:  # in the filters
            return
        if self._more and event.index >= len(self._rows) - 1:
            words, scope = self.words, replace(self._scope, before=self._rows[-1].rank)
            rows = self.attempt(lambda: self.desk.lookup.search(words, PAGE, scope))
            if rows is not None:
                self._rows, self._more = [*self._rows, *rows], len(rows) == PAGE
                self._list(event.row.key)
        pane = self.query_one("#one", CasePane)
        if self.has_class("-wide"):
            pane.follow(self._look_at)
        else:
            pane.stay()

    def _look_at(self) -> None:
        current = self.query_one("#found", Rows).current
        glance = self.attempt(lambda: self.desk.lookup.glance(current.key)) if current else None
        self.query_one("#one", CasePane).show(glance)

    # -- filters -----------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True)
    def _count_all(self) -> None:
        """Count the register; of a large one that takes a moment, and the keys go on."""
        try:
            found = self.desk.lookup.kept()
        except REFUSALS:  # said by whoever reads the list
            return
        self.from_thread(lambda: self._show_kept(found))

    def _show_kept(self, found: Counter[CaseSort]) -> None:
        self._kept = found
        self._show_filters()

    def _show_filters(self) -> None:
        filters = self.query_one("#filters", Rows)
        filters.fill(self._filters(), filters.current.key if filters.current else "")

    def _filters(self) -> Iterable[Row]:
        """Each way to narrow with how many there are."""
        for name, values in choosable(self._kept, self._scope):
            if values:
                yield Row(name, style="bold", heading=True)
            for one in values:
                sign, style = ("*", "bold") if one.chosen else (" ", "")
                yield Row(f"{sign}{fit(one.name, FILTER)}{one.n:>4}", f"{one.kind}{OF}{one.value}", style)

    def on_key(self, event: events.Key) -> None:
        """Space sets the filter under the cursor, or takes it away."""
        filters = self.query_one("#filters", Rows)
        if event.key == "space" and self.focused is filters and filters.current:
            event.stop()
            self._choose(filters.current.key)

    def _choose(self, key: str) -> None:
        kind, _, text = key.partition(OF)
        blank = getattr(ANYWHERE, kind)
        value = int(text) if kind == "year" else text
        self._narrow(**{kind: blank if getattr(self._scope, kind) == value else value})

    def _narrow(self, **how: object) -> None:
        self._scope = replace(self._scope, **how)  # type: ignore[arg-type]  # fields of a scope, each as it was chosen
        self.fill(self.words)
        self._show_filters()

    def action_filter(self) -> None:
        """To the filters and back; where there is no room for them, they come only for that."""
        filters = self.query_one("#filters", Rows)
        there = self.focused is filters
        self._make_room(not there)
        (self.query_one("#words") if there else filters).focus()

    def _make_room(self, wanted: bool) -> None:
        """Let the filters come or go in a window that has no room for them beside the list."""
        if self.has_class("-narrowing") != wanted:
            self.set_class(wanted, "-narrowing")
            if self.has_class("-narrow"):
                self.call_after_refresh(self.refresh_rows)

    def on_descendant_focus(self) -> None:
        """Whoever goes on to the list or the words has chosen."""
        self._make_room(self.focused is self.query_one("#filters"))

    def action_filter_year(self) -> None:
        """The next older year, and then all of them."""
        years: list[int | None] = [None, *self.desk.lookup.years()]
        at = years.index(self._scope.year) if self._scope.year in years else 0
        self._narrow(year=years[(at + 1) % len(years)])

    def action_clear_filters(self) -> None:
        """Everything there is."""
        self._scope = ANYWHERE
        self.query_one("#words", Input).value = ""
        self._narrow()
        self.query_one("#words").focus()

    def copied(self) -> str:
        """The case under the cursor, uncut."""
        row = self.query_one("#found", Rows).current
        return self.case_in_words(row.key) if row and row.key else ""

    # -- in the papers -------------------------------------------------------------------------------------------

    def action_in_papers(self) -> None:
        """Where the words stand on a scan; those that nobody has read can be read first."""
        words = self.words
        hits = self.attempt(lambda: self.desk.paper_search.find(words))
        unread = self.attempt(self.desk.paper_search.unread)
        if hits is None or unread is None:
            return
        answers = [(hit.case_id, hit.text) for hit in hits]
        if unread:
            answers.append((READ, f"先读没有读过的{len(unread)}份，一页要一两秒"))
        if not answers:
            self.say("材料里没有找到。读出来的字可能有错，请换个词。" if words.strip() else "先打要找的词，再按 F6。")
            return
        question = f"材料里找到{len(hits)}份；读出来的字可能有错，以原件为准。"
        self.app.push_screen(PickModal(question, answers), self._take_hit)

    def _take_hit(self, chosen: str | None) -> None:
        if chosen == READ:
            self.under_way("正在读扫描件，请稍等。")
            self._read_all()
        elif chosen:
            self.go("papers", chosen)

    @work(thread=True, exclusive=True, group="read")
    def _read_all(self) -> None:
        search = self.desk.paper_search
        number = self.attempt_in_thread(lambda: search.read(lambda n, all_: self.tell(f"读了{n}份，共{all_}份。")))
        if number is not None:
            self.tell(f"读完{number}份。按 F6 再找。")

    def action_open_selected(self) -> None:
        """Open the case under the cursor; in the filters, set one."""
        filters, row = self.query_one("#filters", Rows), self.query_one("#found", Rows).current
        if self.focused is filters and filters.current:
            self._choose(filters.current.key)
        elif row:
            self.go("case", row.key)


def _texts(row: Found, common: str, today: date) -> list[str]:
    """What stands in the columns of a row."""
    received = dated(date.fromisoformat(row.received_on), today)
    return [row.case_no.removeprefix(common), row.applicant, row.content, received, row.status_name, row.left]
