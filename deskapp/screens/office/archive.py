"""归档: a year for the archive: what is handed over, the book of outgoing letters, what may go; all folders at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.office.year_lists import LIST_NAMES, ListKind
from deskapp.exchange.reading_files import YearTable
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import YearScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import RUNNING
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

KINDS: tuple[ListKind, ...] = ("handover", "letters", "expired")
PRINT = "print"
WAYS = ((".xlsx", "电子表格（xlsx）"), (".pdf", "照样印的（pdf）"), (PRINT, "打印"))
COLUMNS: dict[ListKind, tuple[tuple[int, int], ...]] = {
    "handover": ((0, 27), (1, 13), (5, 4), (6, 5), (7, 0)),
    "letters": ((0, 21), (1, 10), (2, 0), (3, 8), (6, 12)),
    "expired": ((1, 13), (2, 10), (3, 0), (4, 10), (5, 5), (6, 7)),
}  # which columns of the list, and their cells
CASE_AT = {"handover": 1, "letters": 4, "expired": 1}  # the column of the case's number


class ArchiveScreen(YearScreen):
    """One list of a year at a time."""

    NAME = "归档"
    PURPOSE = (
        "一年的归档移交目录、发文登记簿（作废的、空缺的号都在里面）、保管期满可以鉴定的。F4 换一种，F5、F6 换年份，F7 存成表格或者打印，"
        "F9 把这一年办结的案卷全部做出来。保管期满的只列出；鉴定、批准以后，在那一张里按 F2 删去里面的个人信息。选一行按 Enter 到那一件。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("next_list", "换表"), bind("earlier_year"), bind("later_year"), bind("export"), bind("fonds", "全宗"), bind("years_folders", "案卷"),
        bind("erase", "删除"),
        bind("open_selected"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._kind: ListKind = KINDS[0]

    def body(self) -> Iterable[Widget]:
        """Which list, its lines, what is said of it."""
        yield Prose(id="sum")
        yield Prose(id="columns")
        yield Rows(id="found")
        yield Prose(id="said")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Make the list again."""
        table = self.attempt(lambda: self.desk.year_lists.make(self._kind, self._year))
        if table is None:
            return
        self.query_one("#sum", Prose).update(Text(f"{table.title}　{table.said[0]}", style="bold"))
        self.query_one("#columns", Prose).update(Text(self._cells(table.heads) if table.lines else "没有。"))
        at = CASE_AT[self._kind]
        rows = [Row(self._cells([str(cell) for cell in line]), str(line[at])) for line in table.lines]
        self.query_one("#found", Rows).fill(rows)
        self.query_one("#said", Prose).update(Text(self._below(table)))

    @staticmethod
    def _below(table: YearTable) -> str:
        """What is said besides, without what only paper is signed on."""
        return "".join(sentence for sentence in table.said[1:] if "＿" not in sentence)

    def _cells(self, line: Sequence[str]) -> str:
        """The columns that a screen has room for; the one without a width takes what is left."""
        columns = COLUMNS[self._kind]
        left = max(self.size.width - 4 - sum(width for _, width in columns) - len(columns), 12)
        return " ".join(fit(line[at], width or left) for at, width in columns)

    def action_next_list(self) -> None:
        """The next of the lists."""
        self._kind = KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
        self.refresh_rows()

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """To the case; a number that nobody has leads nowhere."""
        if not event.row.key:
            self.say("这个号没有申请。", error=True)
            return
        case = self.attempt(lambda: self.desk.lookup.case_by_no(event.row.key))
        if case:
            self.go("case", case.case_id)

    def action_export(self) -> None:
        """The list as a file or on paper."""
        kind, year = self._kind, self._year

        def chosen(way: str | None) -> None:
            if way == PRINT:
                self.to_printer(lambda: self.desk.year_lists.sheet(kind, year))
            elif way:
                path = self.attempt(lambda: self.desk.year_lists.save(kind, year, ending=way))
                if path:
                    self.say(f"已存成：{path}")

        self.app.push_screen(PickModal(f"{year}年{LIST_NAMES[kind]}，怎样出？", WAYS), chosen)

    def action_erase(self) -> None:
        """Of the files whose period has run out: the one under the cursor, or all; or the books of visits, mail and slips."""
        rows = [row.key for row in self.query_one("#found", Rows).rows if row.key] if self._kind == "expired" else []
        current = self.query_one("#found", Rows).current
        books = self.desk.erasing.books_over() if self._kind == "expired" else 0
        chosen: dict[
            str, tuple[tuple[str, ...], int]
        ] = {}  # by what the answer says: the cases, the records of the books
        if rows and current and current.key:
            chosen[f"只有{current.key}"] = (current.key,), 0
        if len(rows) > 1:
            chosen[f"列出的{len(rows)}件"] = tuple(rows), 0
        if books:
            chosen[f"来访、收件、问卷的登记里到期的{books}条"] = (), books
        if not chosen:
            here = f"到{self._year}年没有保管期满的，没有可以删的。要看别的年份，按 F5、F6。"
            self.say(here if self._kind == "expired" else "先按 F4 换到保管期满清单，里面有的才能删。", error=True)
            return
        self.app.push_screen(
            PickModal("删去哪些的个人信息？", [(answer, answer) for answer in chosen]),
            lambda answer: self.go("erase", *chosen[answer]) if answer else None,
        )

    def action_fonds(self) -> None:
        """Ask for the number of the fonds."""
        now = self.desk.year_lists.fonds
        question = f"全宗号（现在{'是' + now if now else '没有'}）：档案馆给本单位的编号。"
        self.app.push_screen(AskModal(question, "例如 Z109"), self._take_fonds)

    def _take_fonds(self, text: str | None) -> None:
        if text and self.succeeds(lambda: self.desk.year_lists.set_fonds(text)):
            self.refresh_rows()
            self.say(f"已记下：全宗号{self.desk.year_lists.fonds}。")

    def action_years_folders(self) -> None:
        """All folders of the year, once it is sure: it may take long."""
        question = f"把{self._year}年办结的案卷全部做出来？\n一件要一两秒，放进【导出】文件夹；里面有个人信息，移交以后请删去。"
        self.app.push_screen(ConfirmScreen(question, "做"), lambda sure: self._begin() if sure else None)

    def _begin(self) -> None:
        self.under_way(f"正在做{self._year}年的案卷，请稍等。")
        self._make_all(self._year)

    @work(thread=True, exclusive=True, group="folders")
    def _make_all(self, year: int) -> None:
        lists = self.desk.year_lists
        made = self.attempt_in_thread(
            lambda: lists.folders(
                year, tell=lambda n, total: self.tell(f"正在做第{n}件，共{total}件。", word=RUNNING)
            )
        )
        if made:
            self.tell(made.sentence, error=bool(made.refused))
