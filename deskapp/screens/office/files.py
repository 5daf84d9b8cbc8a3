"""导入导出: files for others and from others, without a shell: what goes out into the folder 导出, what comes back from a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, get_args

from rich.cells import set_cell_size
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.reporting.handing import GIVEN, OF_CASES, TAKEN, GivenFile
from deskapp.errors import DeskError, shortened
from deskapp.exchange.persons import LOOK_THROUGH, Persons
from deskapp.forms.office import FILE_IN, changed_particulars
from deskapp.forms.view import FormView
from deskapp.law.errors import LawError
from deskapp.paths import typed_path
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.unit import load_unit_toml
from deskapp.widgets.rows import Row, Rows

STOPPED = "已经停下。没有写文件。"
ABOUT = {
    "ledger": "全部申请，一行一件；存成 xlsx", "platform": "还没有录的，多一列【平台编号】，录完填上，再收回来",
    "template": "空的台账，带填表说明，给别的科室、查阅点填", "catalogue": "已经公开的，和导入的列一样",
    "questions": "问题、回答、依据、谁核对的", "unit": "可以换到另一台电脑上", "letters": "程序自带的全部文书模板，可以照着改",
}  # fmt: skip
PERSONS = (("full", "照写"), ("masked", "遮住姓名、号码、住址"), ("none", "不要人的资料"))
ELSEWHERE = {
    "ledger": "台账",
    "catalogue": "公开目录",
    "calendars": "放假安排",
}  # what comes in through a screen of its own
NAME_WIDTH, SHOWN = 16, 10  # cells, lines of what is replaced
OUT, IN, GO = "out:", "in:", "go:"


class FilesScreen(DeskScreen):
    """A list of what may go out and come in."""

    NAME = "导入导出"
    PURPOSE = (
        "给别人的表从这里出去，放在数据文件夹的【导出】里；别人填好、改好的从这里回来。选一行按 Enter。写着申请人的表，先问个人信息"
        "怎么办。大的表要等一等，按 Esc 停下，停下就没有写。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected"), bind("back"), bind("help")]

    def __init__(self) -> None:
        super().__init__()
        self._writing = self._to_stop = False

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Static(Text("选一行，按 Enter"), id="heading")
        yield Rows(id="files")

    def on_mount(self) -> None:
        """Fill it."""
        out = [
            Row(f"{set_cell_size(name, NAME_WIDTH)}{ABOUT[kind]}", OUT + kind) for kind, (name, _) in GIVEN.items()
        ]
        back = [Row(name, IN + kind) for kind, name in TAKEN.items()]
        back += [Row(f"{set_cell_size(name, NAME_WIDTH)}到那一屏去", GO + place) for place, name in ELSEWHERE.items()]
        files = self.query_one("#files", Rows)
        files.fill([Row("导出", heading=True), *out, Row("导入", heading=True), *back])
        files.focus()

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Out, in, or to the screen that it has."""
        key = event.row.key
        if self._writing:
            self.under_way("正在写，请稍等，按 Esc 停下。")
        elif key == GO + "ledger":
            self.go("ledger")
        elif key == GO + "catalogue":
            self.go("catalogue")
        elif key == GO + "calendars":
            self.go("calendars")
        elif key.startswith(IN):
            self.go("file_in", key.removeprefix(IN))
        elif (kind := key.removeprefix(OUT)) in OF_CASES:
            self.app.push_screen(
                PickModal("表里的个人信息怎么办？", PERSONS),
                lambda chosen: self._start(kind, chosen) if chosen else None,
            )
        else:
            self._start(kind, "full")

    def _start(self, kind: str, persons: str) -> None:
        self._writing, self._to_stop = True, False
        self.under_way("正在写，按 Esc 停下。")
        self._give(kind, next(each for each in get_args(Persons) if each == persons))

    @work(thread=True)
    def _give(self, kind: str, persons: Persons) -> None:
        try:
            given = self.desk.handing.give_here(kind, persons, self._progress)
        except (DeskError, LawError) as error:
            sentence = str(error)
            self.from_thread(lambda: self._ended(sentence, error=True))
            return
        more = LOOK_THROUGH if persons != "full" else ""
        self.from_thread(lambda: self._ended(_said(kind, given) + more))

    def _progress(self, what: str, done: int, total: int | None) -> None:
        if self._to_stop:
            raise DeskError(STOPPED, "", "")
        self.from_thread(partial(self.under_way, f"正在{what}，{done}行，按 Esc 停下。"))

    def _ended(self, sentence: str, error: bool = False) -> None:
        self._writing = False
        self.say(sentence, error)

    def action_back(self) -> None:
        """Leave; what is being written is stopped first, and there is no file."""
        if self._writing:
            self._to_stop = True
            self.under_way("正在停下。")
        else:
            super().action_back()


def _said(kind: str, given: GivenFile) -> str:
    """What went out and where it is."""
    units = {"ledger": "件", "platform": "件", "catalogue": "条", "questions": "条", "letters": "份"}
    count = f"{given.count}{units[kind]}，" if kind in units else ""
    return f"{count}已存成：{given.path}。" + "".join(given.said)


class FileInScreen(FormScreen):
    """One file that comes back."""

    NAME = "收回来"
    LEFT = "没有收文件。"
    PURPOSE = "写上文件在哪里，可以从文件管理器里复制。按 F9 收：有一处不对，整份不收，说明是第几行；要换掉现在的，先列出来问一句。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "收"), bind("back"), bind("help")]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def body(self) -> Iterable[Widget]:
        """One line."""
        yield Static(Text(TAKEN[self._kind]), id="heading")
        yield self.form_of(FILE_IN, {})

    def save(self) -> None:
        """Take it; what it would put in the place of something here is shown, and asked first."""
        typed = self.query_one(FormView).values()["file"]
        path = self.attempt(lambda: typed_path(typed))
        if path is None:
            return
        if self._kind == "unit":
            self._unit_in(path)
        elif self._kind == "questions":
            replaced = self.attempt(lambda: self.desk.handing.replaced_answers(path))
            lines = [
                f"{question}：【{shortened(here)}】换成【{shortened(there)}】"
                for question, here, there in replaced or ()
            ]
            if replaced is not None:
                self._ask(lines, "这些问题已经有回答：", partial(self.desk.handing.take, self._kind, path))
        else:
            self._take(partial(self.desk.handing.take, self._kind, path))

    def _unit_in(self, path: Path) -> None:
        profile = self.attempt(lambda: load_unit_toml(path))
        if profile:
            lines = changed_particulars(self.desk.lookup.unit(), profile)
            self._ask(lines, "单位资料要换，从今天起的文书都照新的：", partial(self.desk.handing.take_unit, profile))

    def _ask(self, lines: Sequence[str], question: str, take: Callable[[], str]) -> None:
        """Where something is replaced, ask."""
        if not lines:
            self._take(take)
            return
        more = [f"另有{len(lines) - SHOWN}处，没有列出。"] if len(lines) > SHOWN else []
        text = "\n".join([question, "", *lines[:SHOWN], *more])
        self.app.push_screen(ConfirmScreen(text, "换上"), lambda sure: self._take(take) if sure else None)

    def _take(self, take: Callable[[], str]) -> None:
        done = self.attempt(take)
        if done is not None:
            self.finish(done)
