"""今日: the lists in words, most urgent first. Opens first."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.screens.frame.places import PLACES
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from deskapp.desk.cases.board import Board, BoardRow

WARM_AFTER_S = 1.0  # once the board stands
READING = "正在读登记簿。"
STYLES = {"overdue": "late", "due_today": "bold", "due_soon": "bold"}
NO_WIDTH, NAME_WIDTH, DUE_WIDTH, ACT_WIDTH = 13, 10, 14, 16


class BoardScreen(WatchingScreen):
    """The day's work at a glance."""

    CSS_PATH: ClassVar[None] = None  # what it needs is in app.tcss, so that the first picture waits for nothing else
    NAME = "今日"
    PURPOSE = (
        "这里按轻重缓急列出所有没有归档的申请。每行是登记号、申请人、内容、答复的最后一日和下一步。"
        "用方向键选一行，按 Enter 打开；有人来申请，按 F2 登记。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("register"), bind("search"), bind("open_selected"), bind("unit"), bind("reading"), bind("help"),
        bind("quit", priority=True),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._standing = False  # the first picture is there

    def body(self) -> Iterable[Widget]:
        """Banners, headings of the columns, the list."""
        yield Prose(id="banners")
        yield Static(id="columns")
        yield Rows([Row(READING, heading=True)], id="cases")

    def on_mount(self) -> None:
        """The screen stands at once, and the register is read into it; then what the first key would have to wait for."""
        self.query_one("#cases").focus()
        self.call_after_refresh(self._stand)

    def _stand(self) -> None:
        self._standing = True
        self.refresh_rows()
        self._note_version()
        self.set_timer(WARM_AFTER_S, self._warm)

    @work(thread=True)
    def _warm(self) -> None:
        self.desk.warm([*(key.name for key in KEYS.values()), *(place.name for place in PLACES.values())])
        gc.freeze()  # what was read so far stays: a key shall not wait while Python looks it through for garbage

    def refresh_rows(self) -> None:
        """Read the board and keep the cursor on the same case."""
        if not self._standing:
            return
        board = self.attempt(self.desk.lookup.board)
        if board is None:
            return
        cases = self.query_one("#cases", Rows)
        cases.fill(self._listed(board), cases.current.key if cases.current else "")
        self.query_one("#banners", Prose).update(Text("\n".join(f"注意  {line}" for line in board.banners)))
        self.query_one("#banners").display = bool(board.banners)
        self.query_one("#columns", Static).update(
            Text(self._line("登记号", "申请人", "申请内容", "最后一日", "下一步"))
        )

    def _listed(self, board: Board) -> list[Row]:
        listed: list[Row] = []
        for key, name, rows in board.filled():
            listed.append(Row(f"{name}（{len(rows)}件）", style=STYLES.get(key, "bold"), heading=True))
            listed += [Row(self._row(row, board.today), row.case_id) for row in rows]
        return listed or [Row("现在没有要办的申请。有人来申请，按 F2 登记。", heading=True)]

    def _row(self, row: BoardRow, today: date) -> str:
        due = "期限停着" if row.due_on is None else f"{row.due_on:%m-%d}" + self._left(row, today)
        return self._line(row.case_no, row.applicant, row.content, due, row.next_act)

    @staticmethod
    def _left(row: BoardRow, today: date) -> str:
        """How far off the last day is, in words."""
        if row.left is None or row.due_on is None:
            return ""
        if today == row.due_on:
            return " 今天"
        if today > row.due_on:
            return f" 超{-row.left}日" if row.left else " 已过"
        return f" 余{row.left}日" + ("暂" if row.provisional else "")

    def _line(self, number: str, name: str, content: str, due: str, act: str) -> str:
        width = max(self.size.width - 6 - NO_WIDTH - NAME_WIDTH - DUE_WIDTH - ACT_WIDTH - 4, 8)
        parts = (
            fit(number, NO_WIDTH),
            fit(name, NAME_WIDTH),
            fit(content, width),
            fit(due, DUE_WIDTH),
            fit(act, ACT_WIDTH),
        )
        return "  " + " ".join(parts)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Open the case."""
        if event.row.key:
            self.go("case", event.row.key)

    def action_open_selected(self) -> None:
        """Open the case under the cursor."""
        self.query_one("#cases", Rows).action_select()

    def copied(self) -> str:
        """The case under the cursor, uncut."""
        row = self.query_one("#cases", Rows).current
        return self.case_in_words(row.key) if row and row.key else ""

    def action_register(self) -> None:
        """To the registration form."""
        self.go("register")

    def action_search(self) -> None:
        """To the search."""
        self.go("search")

    def action_unit(self) -> None:
        """To the unit's particulars."""
        self.go("unit")
