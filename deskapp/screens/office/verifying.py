"""核对年报: a report that was written or published is read, and what is wrong in it listed, each with its whole beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.reporting.verifying import SORTS, CheckedReport, ReportFinding, Sort
from deskapp.errors import DeskError
from deskapp.exchange.report_in import YEAR
from deskapp.exchange.report_pages import PagesRead
from deskapp.forms.office import REPORT_FILE
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.base import REFUSALS, DeskScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

STOPPED, LEFT = "已经停下，没有核对。", "年报没有核对。"
READING = "正在读，按 Esc 停下。"
WRAPS = 4  # lines of a finding in the list


class VerifyReportScreen(FormScreen):
    """Which file, and of which year."""

    NAME = "核对年报"
    LEFT = LEFT
    PURPOSE = (
        "写好的、公布的年报在哪里：网页、Word、PDF、表格都行，也可以是别的机关的。按 F9 读出表二、表三、表四和文字里的数，"
        "照勾稽关系核对，列出哪里不对、应当是几、为什么。登记簿里有那一年的，也和登记簿比。什么也不改，什么也不记。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "核对"), bind("back"), bind("help")]

    def __init__(self) -> None:
        super().__init__()
        self._reading = self._to_stop = False

    def body(self) -> Iterable[Widget]:
        """Two lines."""
        yield self.form_of(REPORT_FILE, {})

    def save(self) -> None:
        """Read it, in the background."""
        values = self.query_one(FormView).values()
        path = self.attempt(lambda: typed_path(values["file"]))
        if path:
            self._done = self._reading = True
            self._to_stop = False
            self.under_way(READING)
            self._look(path, values[YEAR])

    @work(thread=True)
    def _look(self, path: Path, year: str) -> None:
        try:
            found = self.desk.report_checking.look(path, year, self._progress)
        except REFUSALS as error:
            refusal = error
            self.from_thread(lambda: self._refused(refusal))
            return
        self.from_thread(lambda: self.in_front(lambda: self._found(found)))

    def _progress(self, read: PagesRead) -> None:
        if self._to_stop:
            raise DeskError(STOPPED, "", "")
        words = f"正在读，第{read.part}{read.unit}，共{read.parts}{read.unit}，按 Esc 停下。"
        self.from_thread(lambda: self.under_way(words))

    def _refused(self, error: Exception) -> None:
        def refused() -> None:
            raise error

        self._done = self._reading = False
        self.attempt(refused)

    def _found(self, found: CheckedReport) -> None:
        self._done = self._reading = False
        self.go("report_findings", found)
        self.say("核对好了。")  # in the place of how far it was

    def stays(self) -> str:
        """Nobody goes elsewhere while it reads."""
        return "正在读年报。等它读完，或者按 Esc 停下，再去别处。" if self._reading else ""

    def action_back(self) -> None:
        """Leave; what is being read is stopped first."""
        if self._reading:
            self._to_stop = True
            self.under_way("正在停下。")
        else:
            super().action_back()


class ReportFindingsScreen(DeskScreen):
    """What was found; the whole of the one under the cursor beside the list, or by Enter in its place."""

    NAME = "核对的结果"
    PURPOSE = (
        "先列不符的，按核对的项目分开：哪里、写的是几、应当是几。后面是要看一眼的（空着的格、和格式不一样的），和登记簿不同的，相符的，"
        "文件里读到的。选一行按 Enter 看全文：为什么、怎么办，按 Esc 回来。F7 存成表，交给写年报的人改；改好再核对一次。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "看全文"), bind("export", "存成表"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, found: CheckedReport) -> None:
        super().__init__()
        self._found = found

    def body(self) -> Iterable[Widget]:
        """Which report, what it came to, the list and the whole of one."""
        yield Static(Text(f"{Path(self._found.name).stem}　{self._found.verified.year}年"), id="heading")
        yield Prose(Text(self._found.sentence), id="sum")
        yield Horizontal(Rows(wraps=WRAPS, id="found"), Reader(id="side"), id="panes")

    def on_mount(self) -> None:
        """Fill the list."""
        self.shape_panes()
        found = self.query_one("#found", Rows)
        found.fill(self._rows())
        found.focus()
        self._say_next()

    def fit_width(self) -> None:
        """The whole stands beside the list, or in its place."""
        self.shape_panes()
        self._say_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to open where the whole is open."""
        return not (action == "open_selected" and self.has_class("-one"))

    def _say_next(self) -> None:
        """What is to be done about it."""
        if self.has_class("-one"):
            self.next_act("按 Esc 回到列表。")
            return
        look = "选一处按 Enter 看为什么、怎么办。" if self.has_class("-narrow") else ""
        wrong = (
            "照原文改好，再核对一次；按 F7 存成表。" if self._found.count("wrong") else "没有要改的，按 Esc 回去。"
        )
        self.next_act(look + wrong)

    def _rows(self) -> Iterator[Row]:
        """The findings under their headings; of what is wrong each check is one."""
        numbered = list(enumerate(self._found.findings))
        for (sort, of), group in groupby(numbered, key=lambda each: _heading(each[1])):
            lines = list(group)
            many = f"{len(lines)}{'项' if sort in ('right', 'found') else '处'}"
            yield Row(f"{SORTS[sort]}{many}{f'　{of}' if of else ''}", heading=True)
            yield from (Row(one.line, str(number)) for number, one in lines)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Another finding under the cursor."""
        self.query_one("#side", Reader).update(Text(self._found.findings[int(event.row.key)].whole))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """To the whole of it."""
        self.add_class("-one")
        self.query_one("#side").focus()
        self._say_next()

    def action_back(self) -> None:
        """From the whole to the list, from the list to the screen before."""
        if self.has_class("-one"):
            self.remove_class("-one")
            self.query_one("#found").focus()
            self._say_next()
        else:
            super().action_back()

    def action_export(self) -> None:
        """Keep the list as a file."""
        path = self.attempt(lambda: self.desk.report_checking.save_here(self._found))
        if path:
            self.say(f"已存成：{path}")


def _heading(finding: ReportFinding) -> tuple[Sort, str]:
    return finding.sort, finding.of if finding.sort in ("wrong", "register") else ""
