"""今日: the lists in words, most urgent first, the case under the cursor beside them. Opens first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.screens.frame.places import PLACES
from deskapp.widgets.case_pane import CasePane
from deskapp.widgets.counts import CountsLine
from deskapp.widgets.numbers import in_common, number_column
from deskapp.widgets.rows import Row, Rows
from deskapp.widgets.table import ListColumn, line_of

if TYPE_CHECKING:
    from deskapp.desk.cases.board import Board, BoardRow
    from deskapp.desk.cases.glance import Glance

WARM_AFTER_S = 1.0  # once the board stands
READING = "正在读登记簿。"
STYLES = {"overdue": "late", "due_today": "bold", "due_soon": "bold"}
NAME_WIDTH = 8
CONTENT = 2  # the place of what was asked for
LEAST_CONTENT = 30  # cells that it keeps beside a column for the next act
NOBODY = "有人来申请，按 F2 登记；只是来看、来问的，按 F12。"


class BoardScreen(WatchingScreen):
    """The day's work at a glance."""

    CSS_PATH: ClassVar[None] = None  # what it needs is in app.tcss, so that the first picture waits for nothing else
    NAME = "今日"
    FIRST_RUN = "board"
    PURPOSE = (
        "这里按轻重缓急列出所有没有归档的申请。每行是登记号、申请人、内容、答复的最后一日；登记号前面相同的部分只写在最上面一次。"
        "用方向键选一行，右边就有它的内容和日历（窗口110列以上），最下面是它的下一步；按 Enter 打开，F4、F5、F6 直接去办。"
        "Ctrl+下键、Ctrl+上键 一组一组地走。有人来申请，按 F2 登记。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("register"), bind("search"), bind("open_selected"), bind("write_letter"), bind("serve", show=False),
        bind("note", show=False), bind("unit", show=False), bind("reading"), bind("next_group", show=False),
        bind("earlier_group", show=False), bind("help"), bind("quit", priority=True),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._standing = False  # the first picture is there
        self._banners: list[str] = []

    def body(self) -> Iterable[Widget]:
        """The counts, what is to be noted, the list under the heads of its columns, the case under the cursor."""
        yield CountsLine(id="counts")
        listed = Vertical(Static(id="columns"), Rows([Row(READING, heading=True)], id="cases"), id="list")
        yield Horizontal(listed, CasePane(id="one"), id="panes")

    def on_mount(self) -> None:
        """The screen stands at once, and the register is read into it; then what the first key would have to wait for."""
        self.shape_panes()
        self.query_one("#cases").focus()
        self.call_after_refresh(self._stand)

    def fit_width(self) -> None:
        """Panes come and go with the width."""
        self.shape_panes()
        if self._standing:
            self.call_after_refresh(self.refresh_rows)  # the list has its own width only then

    def _stand(self) -> None:
        self._standing = True
        self._read(self.desk.work.listed)
        self.call_after_refresh(self.refresh_rows)  # with its notes; read anew, for a key may have come between
        self._note_version()
        self.set_timer(WARM_AFTER_S, self._warm)

    @work(thread=True)
    def _warm(self) -> None:
        self.desk.warm([*(key.name for key in KEYS.values()), *(place.name for place in PLACES.values())])
        self.host.rest()

    def about_focused(self) -> str:
        """What is to be noted about the whole desk, in full."""
        return "\n".join(f"注意 {banner}" for banner in self._banners)

    def refresh_rows(self) -> None:
        """Read the board and keep the cursor on the same case."""
        if self._standing:
            self._read(self.desk.work.board)

    def _read(self, read: Callable[[], Board]) -> None:
        board = self.attempt(read)
        if board is None:
            return
        self._banners = board.banners
        self.query_one("#counts", CountsLine).show(board.counts(), board.pressing, board.standing)
        cases = self.query_one("#cases", Rows)
        columns = self._columns(board)
        self.query_one("#columns", Static).update(Text("  " + line_of([c.head for c in columns], columns)))
        cases.fill(self._listed(board, columns), cases.current.key if cases.current else "")
        if cases.current is None:
            self._show(None)

    def _columns(self, board: Board) -> list[ListColumn]:
        """The columns, each as wide as what stands in it; the subject takes the rest, and the next act comes where there is room."""
        rows = [row for _, _, rows in board.filled() for row in rows]
        head, width = number_column([row.case_no for row in rows])
        middle = not self.has_class("-narrow") and not self.has_class("-wide")
        columns = [
            ListColumn(head, width),
            ListColumn("申请人", NAME_WIDTH),
            ListColumn("申请内容", 0),
            ListColumn.as_wide_as("最后一日", [row.due_words(board.today) for row in rows], right=True),
        ]
        room = self.query_one("#list").size.width - 6
        with_act = [*columns, ListColumn.as_wide_as("下一步", [row.act for row in rows])]
        fits = ListColumn.filled(with_act, room)[CONTENT].width >= LEAST_CONTENT
        return ListColumn.filled(columns if middle or (not fits and self.has_class("-wide")) else with_act, room)

    def _listed(self, board: Board, columns: list[ListColumn]) -> list[Row]:
        listed: list[Row] = []
        common = in_common([row.case_no for _, _, rows in board.filled() for row in rows])
        for key, name, rows in board.filled():
            listed.append(Row(f"{name} {len(rows)}", style=STYLES.get(key, "bold"), heading=True))
            listed += [Row("  " + self._row(row, board, common, columns), row.case_id) for row in rows]
        return listed or [Row("今天没有要办的申请", heading=True), Row(f"  {NOBODY}", heading=True)]

    @staticmethod
    def _row(row: BoardRow, board: Board, common: str, columns: list[ListColumn]) -> str:
        texts = [
            row.case_no.removeprefix(common),
            row.applicant,
            row.content,
            row.due_words(board.today),
            row.act,
        ]
        return line_of(texts[: len(columns)], columns)

    # -- the case under the cursor -----------------------------------------------------------------------------

    def on_rows_moved(self) -> None:
        """The pane follows once the arrows rest."""
        self.query_one("#one", CasePane).follow(self._look_at)

    def _look_at(self) -> None:
        current = self.query_one("#cases", Rows).current
        glance = self.attempt(lambda: self.desk.lookup.glance(current.key)) if current and current.key else None
        self._show(glance)

    def _show(self, glance: Glance | None) -> None:
        self.query_one("#one", CasePane).show(glance)
        case = glance.case if glance else None
        self.next_act(f"{glance.next_step}   （{case.case_no} {case.who}）" if glance and case else NOBODY)

    def on_counts_line_taken(self, event: CountsLine.Taken) -> None:
        """To the group that was clicked."""
        cases = self.query_one("#cases", Rows)
        heads = [n for n, row in enumerate(cases.rows) if row.heading]
        if event.at < len(heads):
            cases.cursor = heads[event.at] + 1

    def action_next_group(self) -> None:
        """To the first row of the next group."""
        self._to_group(1)

    def action_earlier_group(self) -> None:
        """To the first row of the group before."""
        self._to_group(-1)

    def _to_group(self, step: int) -> None:
        cases = self.query_one("#cases", Rows)
        firsts = [n + 1 for n, row in enumerate(cases.rows) if row.heading]
        at = cases.cursor
        if at is not None:
            here = sum(first <= at for first in firsts) - 1
            cases.cursor = firsts[(here + step) % len(firsts)]

    # -- acts --------------------------------------------------------------------------------------------------

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Open the case."""
        if event.row.key:
            self.go("case", event.row.key)

    def copied(self) -> str:
        """The case under the cursor, uncut."""
        row = self.query_one("#cases", Rows).current
        return self.case_in_words(row.key) if row and row.key else ""

    def _chosen(self) -> str:
        """The case under the cursor; empty where there is none, which is said."""
        current = self.query_one("#cases", Rows).current
        if current is None:
            self.say("这里还没有申请。", error=True)
        return current.key if current else ""

    def action_write_letter(self) -> None:
        """To the guide for the case under the cursor."""
        if case_id := self._chosen():
            glance = self.attempt(lambda: self.desk.lookup.glance(case_id))
            if glance:
                self.go("guide", case_id, glance.letter)

    def action_serve(self) -> None:
        """Note a delivery of the case under the cursor."""
        if case_id := self._chosen():
            case = self.attempt(lambda: self.desk.lookup.case(case_id))
            if case and not self.desk.delivery.waiting(case):
                self.say("这一件没有等着送达的文书。", error=True)
            elif case:
                self.go("delivery", case_id)

    def action_note(self) -> None:
        """Note an act of the case under the cursor."""
        if case_id := self._chosen():
            self.go("note", case_id)

    def action_register(self) -> None:
        """To the registration form."""
        self.go("register")

    def action_search(self) -> None:
        """To the search."""
        self.go("search")

    def action_reading(self) -> None:
        """To the reading point."""
        self.go("reading")

    def action_unit(self) -> None:
        """To the unit's particulars."""
        self.go("unit")
