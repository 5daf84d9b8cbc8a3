"""统计: the annual tables of a year as they stand, the cases behind every cell, the months, the checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.coordinate import Coordinate
from textual.widget import Widget
from textual.widgets import ContentSwitcher, DataTable, Static

from deskapp.desk.reporting.freezing import FROZEN
from deskapp.errors import shortened
from deskapp.exchange.report_form import checked, said
from deskapp.law.annual_report import ROUTES, columns, outcome_names
from deskapp.law.report_checks import ROUTE_NAMES, Report
from deskapp.law.table_two import lines_of
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.bars import Bars
from deskapp.widgets.cells import fit, plain
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.pane import MIDDLE, Pane
from deskapp.widgets.prose import Prose

PAGES = {
    "three": "表三　收到和处理",
    "four": "表四　复议和诉讼",
    "two": "表二　主动公开",
    "months": "全年走势",
    "checks": "文字用数和核对",
}
NEXT = {
    "two": "按 Enter 填写表二。",
    "months": "按 F4 换页。",
    "checks": "按 F4 换页；定稿以后按 F9 冻结。",
}  # of pages without cells
LABEL_WIDTH, NUMBER_WIDTH, WIDE = 30, 4, 100  # cells
PLOT, TABLE_EDGE = 60, 4  # cells of the months beside the tables where there is room, of the edges of a table
FILES = (
    (".xlsx", "电子表格（xlsx）"),
    (".pdf", "照表样印的（pdf）"),
    (".docx", "整份年报的草稿（docx，六个部分）"),
)
LONGEST = 80  # characters of what differs between two freezings; the page of checks has all


class ReportScreen(WatchingScreen):
    """A year, counted now."""

    NAME = "统计"
    PURPOSE = (
        "年报的表三、表四，照登记簿现在的样子数出来，一件也不用填。在数字上按 Enter，列出是哪几件。F4 换页：表三、表四、表二、"
        "全年走势、文字用数和核对；表二要自己填，换到那一页按 Enter。F5、F6 换年份，F7 存成文件，F8 核对写好的、公布的年报，年度结束定稿以后按 F9 冻结。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("next_page"), bind("earlier_year"), bind("later_year"), bind("export"), bind("verify_report", "核对"), bind("freeze"),
        bind("open_selected", "列出", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._report: Report | None = None

    def body(self) -> Iterable[Widget]:
        """Which page of which year, its state, the page."""
        yield Static(id="heading")
        yield Prose(id="state")
        with_cursor: DataTable[Text] = DataTable(id="three", cursor_type="cell", fixed_columns=1, zebra_stripes=True)
        four: DataTable[Text] = DataTable(id="four", cursor_type="cell", zebra_stripes=True)
        pages = ContentSwitcher(
            with_cursor,
            four,
            VerticalScroll(Static(id="two_lines"), id="two"),
            VerticalScroll(Bars(id="plot"), id="months"),
            VerticalScroll(Prose(id="figures"), id="checks"),
            initial="three",
            id="pages",
        )
        yield Horizontal(pages, Pane(PAGES["months"], Bars(id="beside_plot"), edged=True, id="beside"), id="panes")

    def on_mount(self) -> None:
        """The year that runs; the months beside the tables where there is room."""
        self._shape()
        self._year = self.desk.lookup.today().year
        self.refresh_rows()
        self.query_one("#three").focus()

    def fit_width(self) -> None:
        """The months come and go beside the tables."""
        self._shape()
        if not self.has_class("-narrow") and self.query_one(ContentSwitcher).current == "months":
            self.action_next_page()
        self._show()

    def _shape(self) -> None:
        self.set_class(self.size.width < MIDDLE, "-narrow")

    def refresh_rows(self) -> None:
        """Count once more."""
        made = self.attempt(lambda: self.desk.reporting.report(self._year))
        if made is not None:
            self._report = made
            self._show()

    def _show(self) -> None:
        report = self._report
        if report is None:
            return
        page = PAGES[self.query_one(ContentSwitcher).current or "three"]
        running = "（到今天为止）" if self._year == self.desk.lookup.today().year else ""
        self.query_one("#heading", Static).update(Text(f"{self._year}年{running}　{page}"))
        self.query_one("#state", Prose).update(self._state(report))
        self._fill_three(report)
        self._fill_four(report)
        self.query_one("#two_lines", Static).update(self._two())
        self._plot()
        words = ["文字部分引用的数", *said(report), "", "勾稽关系", *checked(report)]
        self.query_one("#figures", Prose).update(Text("\n".join(words)))

    def _state(self, report: Report) -> Text:
        """Whether the checks hold, and whether the year is frozen."""
        wrong = [check for check in report.checks if not check.ok]
        frozen = self._frozen()
        if wrong:
            return Text(f"注意：{wrong[0].name}不成立：{wrong[0].detail}。{frozen}", style="bold")
        return Text(f"好  {len(report.checks)}项核对都成立。{frozen}")

    def _frozen(self) -> str:
        """When the year was frozen, each time, and why again."""
        times = self.attempt(lambda: self.desk.reporting.freezings(self._year)) or []
        if len(times) < 2:
            return f"　{times[0].on}冻结。" if times else ""
        again = [
            f"{time.on}（原因：{time.reason or '没有写'}；和上一次不同：{shortened(time.changed, LONGEST)}）"
            for time in times[1:]
        ]
        return f"　冻结过{len(times)}次：{times[0].on}；{'；'.join(again)}。"

    def _fill_three(self, report: Report) -> None:
        table: DataTable[Text] = self.query_one("#three", DataTable)
        kept = table.cursor_coordinate
        table.clear(columns=True)
        alone = self.has_class("-narrow")
        each = NUMBER_WIDTH + (2 if self.size.width >= WIDE and alone else 0)
        numbers = len(report.columns) * (each + 2)
        longest = max(cell_len(plain(row.label)) for row in report.table3)
        label_width = min(longest, max(self.size.width - numbers - 5 - (0 if alone else PLOT), LABEL_WIDTH))
        if not alone:
            self.query_one("#pages").styles.width = label_width + numbers + TABLE_EDGE
        else:
            self.query_one("#pages").styles.width = "1fr"
        table.add_column(Text("办理情况"), width=label_width, key="label")
        for column in columns():
            table.add_column(Text(column.short, justify="right"), width=each, key=column.key)
        for row in report.table3:
            numbers_of = [Text(str(value) if value else "0", justify="right") for value in row.values]
            table.add_row(_label(row.label, label_width), *numbers_of, key=row.key)
        table.move_cursor(row=kept.row, column=max(kept.column, 1), animate=False)

    def _fill_four(self, report: Report) -> None:
        table: DataTable[Text] = self.query_one("#four", DataTable)
        kept = table.cursor_coordinate
        table.clear(columns=True)
        names = outcome_names()
        table.add_column(Text("途径"), width=28)
        for key in names:
            table.add_column(Text(names[key]), width=max(cell_len(names[key]), NUMBER_WIDTH))
        for route in ROUTES:
            values = [Text(str(report.table4[route][key]), justify="right") for key in names]
            table.add_row(Text(ROUTE_NAMES[route]), *values)
        table.move_cursor(row=kept.row, column=max(kept.column, 1), animate=False)

    def _two(self) -> Text:
        """Table two as it was typed in."""
        cells = self.desk.reporting.table_two(self._year)
        text = Text("表二要自己填：规章、规范性文件、许可、处罚、强制、收费。按 Enter 填写。\n")
        for line in lines_of(self._year):
            text.append(f"\n{line.block}　{line.name}\n", style="bold")
            given = cells.get(line.key) or ("",) * len(line.columns)
            text.append(
                "".join(
                    f"　{column}：{value or '没有填'}\n" for column, value in zip(line.columns, given, strict=True)
                )
            )
        return text

    def _plot(self) -> None:
        """One line a month: received and closed side by side, bars by the largest number."""
        months = self.desk.reporting.months(self._year)
        received, closed = map(sum, zip(*months, strict=True))
        lines = [(f"{month:>2}月", pair) for month, pair in enumerate(months, 1)]
        total = f"全年收到{received}件，办结{closed}件。"
        for bars in self.query(Bars):
            bars.show(("收到", "办结"), lines, [total])
        month, (most, least) = max(enumerate(months, 1), key=lambda item: item[1][0] - item[1][1])
        more = f"{month}月收到比办结多{most - least}件；" if most > least else ""
        act = NEXT.get(self.query_one(ContentSwitcher).current or "", "在数字上按 Enter，列出是哪几件。")
        self.next_act(f"{more}{act}")

    # -- acts --------------------------------------------------------------------------------------------------

    def action_next_page(self) -> None:
        """The next of the pages."""
        pages = self.query_one(ContentSwitcher)
        names = [name for name in PAGES if name != "months" or self.has_class("-narrow")]
        if pages.current not in names:
            names.insert(list(PAGES).index("months"), "months")
        pages.current = names[(names.index(pages.current or "three") + 1) % len(names)]
        shown = self.query_one(f"#{pages.current}")
        if shown.can_focus:
            shown.focus()
        self._show()

    def action_earlier_year(self) -> None:
        """The year before."""
        self._go(self._year - 1)

    def action_later_year(self) -> None:
        """The year after, up to this one."""
        if self._year < self.desk.lookup.today().year:
            self._go(self._year + 1)

    def _go(self, year: int) -> None:
        before = self._year
        self._year = year
        made = self.attempt(lambda: self.desk.reporting.report(year))
        if made is None:
            self._year = before
            return
        self.clear_message()
        self._report = made
        self._show()

    def action_open_selected(self) -> None:
        """List the cases of the cell under the cursor; of table two, fill it in."""
        if self.query_one(ContentSwitcher).current == "two":
            self.go("table_two", self._year)
            return
        page = self.query_one(ContentSwitcher).current
        if page in ("three", "four"):
            self._list(page, self.query_one(f"#{page}", DataTable).cursor_coordinate)

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """Enter or a click on a cell."""
        self._list(event.data_table.id or "", event.coordinate)

    def _list(self, page: str, at: Coordinate) -> None:
        """The cases of a cell: of table three by its row, of table four by its route."""
        report = self._report
        if report is None:
            return
        if at.column < 1:
            self.say("光标在名称上：按右键到数字上，再按 Enter。", word=NOTE)
            return
        if page == "three":
            key, name = report.table3[at.row].key, report.table3[at.row].label
            column = report.columns[at.column - 1]
        else:
            key, name = ROUTES[at.row], ROUTE_NAMES[ROUTES[at.row]]
            column = list(outcome_names().values())[at.column - 1]
        numbers = self.attempt(lambda: self.desk.reporting.cell(self._year, key, column))
        if numbers is None:  # refused, and said
            return
        if not numbers:
            self.say("这一格没有。", word=NOTE)
            return
        self.go("cell", f"{self._year}年　{name}　{column}", numbers)

    def action_export(self) -> None:
        """Write the report to a file."""

        def chosen(ending: str | None) -> None:
            path = self.attempt(lambda: self.desk.reporting.save_here(self._year, ending)) if ending else None
            if path:
                self.say(f"已存成：{path}")

        self.app.push_screen(PickModal(f"{self._year}年的年报存成哪一种文件？", FILES), chosen)

    def action_verify_report(self) -> None:
        """To the check of a written report."""
        self.go("verify_report")

    def action_freeze(self) -> None:
        """Keep the tables of a year that is over."""

        times = self.attempt(lambda: self.desk.reporting.freezings(self._year))
        if times is None:
            return
        if times and self._report and not self._holds():
            question = f"{self._year}年的年报{times[-1].on}已经冻结，现在的数和那时不同。\n再冻结一次，写明为什么；以前冻结的也留着。"
            self.app.push_screen(AskModal(question, "例如 更正了一件的申请人类别；写好按 Enter"), self._freeze)
            return
        question = f"冻结{self._year}年的年报？\n报告定稿以后才冻结：以后登记簿里的数变了，会提示和这一份不一样。"
        self.app.push_screen(ConfirmScreen(question, "冻结"), lambda sure: self._freeze("") if sure else None)

    def _holds(self) -> bool:
        """Whether the figures are those that were frozen."""
        return self._report is None or all(check.ok for check in self._report.checks if check.key == FROZEN)

    def _freeze(self, reason: str | None) -> None:
        frozen = self.attempt(lambda: self.desk.reporting.freeze(self._year, reason)) if reason is not None else None
        if frozen:
            self.say(f"{self._year}年的年报已经冻结，以后改动会提示。")
            self.refresh_rows()


def _label(label: str, width: int) -> Text:
    """A label that ends where the numbers begin: nobody needs a ruler to go from one to the other."""
    words = plain(label)
    return Text(words if cell_len(words) <= width else fit(words, width), justify="right", no_wrap=True)
