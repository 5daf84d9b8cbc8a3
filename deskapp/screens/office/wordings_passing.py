"""文书模板 between offices: what is given to another one in a file, and what another one gave, looked at before it is taken."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.desk.office.wording_lines import FAULT, SAME, WordingLine, WordingLook
from deskapp.desk.reporting.wording_sets import OfferedWording
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.forms.wordings import WORDINGS_IN, WORDINGS_OUT
from deskapp.law.errors import LawError
from deskapp.paths import typed_folder, typed_path
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import cut
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

NAME_WIDTH, DAY_WIDTH = 30, 12
CHOSEN, LEFT = "选", "  "
LAST_FOLDER = "wordings_out"  # under which the folder of the last file is remembered
TAKE_DRAFT = "wordings_in"


def _ticked(on: bool, name: str) -> str:
    return f"{CHOSEN if on else LEFT} {set_cell_size(cut(name, NAME_WIDTH - 2), NAME_WIDTH)}"


class GiveWordingsScreen(FormScreen):
    """Which of the office's own templates go into a file, and where it is written."""

    NAME = "给别的单位"
    PURPOSE = (
        "本单位改过、另做的文书模板写成一个文件，交给别的单位。程序自带的不用给，对方都有。光标在一行上按 Enter 选、不选，F2 全选，"
        "F9 写文件。文件里有单位名称、日期、本登记点的签名；写好以后念出来的指纹，对方收的时候打电话核对。里面没有申请人的资料。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("save", "写文件"), bind("choose_all"), bind("open_selected", "选、不选"), bind("clear_form"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[OfferedWording] = []
        self._chosen: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """Where to, then which."""
        yield self.form_of(WORDINGS_OUT, self.desk.drafts.remembered(LAST_FOLDER))
        yield Prose(id="sum")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """All that may be given is chosen at first."""
        self._offered = self.attempt(self.desk.wording_sets.offered) or []
        self._chosen = {each.file for each in self._offered if not each.fault}
        self._fill()
        self.say_next()
        if self._offered:
            self.query_one("#found").focus()

    def say_next(self) -> None:
        """What is chosen decides, not the form."""
        self.next_act(
            "按 Enter 选、不选，选好按 F9 写文件。" if self._offered else "先在文书模板里改写法，再来给别的单位。"
        )

    def _fill(self) -> None:
        found = self.query_one("#found", Rows)
        rows = [Row(self._line(each), each.file) for each in self._offered]
        none = [Row("没有可以给的：本单位没有改过写法，也没有另做。", heading=True)]
        found.fill(rows or none, found.current.key if found.current else "")
        counted = f"选了{len(self._chosen)}种，共{len(self._offered)}种。" if self._offered else ""
        self.query_one("#sum", Prose).update(Text(counted, style="bold"))

    def _line(self, each: OfferedWording) -> str:
        day = set_cell_size(f"{each.valid_from}起", DAY_WIDTH + 2)
        return f"{_ticked(each.file in self._chosen, each.name)}{day}{each.fault}"

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Choose a row, or leave it."""
        each = next((each for each in self._offered if each.file == event.row.key), None)
        if each and each.fault:
            self.say(each.fault, error=True)
        elif each:
            self._chosen ^= {each.file}
            self._fill()

    def action_choose_all(self) -> None:
        """All of them; none where all were."""
        all_of_them = {each.file for each in self._offered if not each.fault}
        self._chosen = set() if self._chosen == all_of_them else all_of_them
        self._fill()

    def save(self) -> None:
        """Write the file."""
        if not self._chosen:
            self.say("一种也没有选。光标在一行上按 Enter 选上，再按 F9。", error=True)
            return
        typed = self.query_one(FormView).values()["folder"]
        folder = self.attempt(lambda: typed_folder(typed)) if typed.strip() else None
        if typed.strip() and folder is None:
            return
        given = self.attempt(lambda: self.desk.wording_sets.give(folder, self._chosen))
        if given:
            self.desk.drafts.remember(LAST_FOLDER, {"folder": typed.strip()})
            self.finish(given.sentence)


class TakeWordingsScreen(FormScreen):
    """Which file another office gave, and from which day on its words are to serve."""

    NAME = "收别的单位的"
    PURPOSE = (
        "别的单位给的文书模板：写文件在哪里、从哪天起用，按 F9 先看。看的时候什么也不改：每一种和这里的一样不一样、差在哪里都列出来，"
        "再选收哪几种。传坏了的、被人改过的、条文对不上的，不能收。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看一看"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return TAKE_DRAFT

    def body(self) -> Iterable[Widget]:
        """Two lines."""
        yield self.form_of(WORDINGS_IN, {"file": "", "valid_from": self.desk.clock.today().isoformat()})

    def save(self) -> None:
        """Look at the file, in a thread: each template is tried."""
        typed = self.query_one(FormView).values()
        if not typed["file"].strip():
            self.say("请写文件在哪里。", error=True)
            return
        path = self.attempt(lambda: typed_path(typed["file"]))
        if path:
            self._done = True
            self.under_way("正在看，请稍等。")
            self._look(path, typed["valid_from"])

    @work(thread=True)
    def _look(self, path: Path, day: str) -> None:
        desk = self.desk
        try:
            look = desk.wording_sets.look(path, day)
        except (DeskError, LawError) as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self._looked(path, day, look))

    def _refused(self, sentence: str) -> None:
        self._done = False
        self.say(sentence, error=True)

    def _looked(self, path: Path, day: str, look: WordingLook) -> None:
        self._done = False
        self.clear_message()
        self.in_front(lambda: self.go("wordings_look", path, day, look, instead=True))


class LookWordingsScreen(DeskScreen):
    """What another office gave: each kind beside what serves here; chosen, then taken."""

    NAME = "看别的单位的"
    PURPOSE = (
        "左边是文件里的每一种，和这里的一样不一样；右边是差在哪里。先打电话向对方核对指纹。Enter 选、不选，F2 全选，F9 收选上的："
        "从写的那天起用，这里原来的写法留着，已经发出的文书不变。收了以后不要的，回到文书模板按 F6 用自带的。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("save", "收选上的"), bind("choose_all"), bind("open_selected", "选、不选"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, path: Path, day: str, look: WordingLook) -> None:
        super().__init__()
        self._path, self._day, self._look = path, day, look
        self._free = {line.key for line in look.lines if line.state not in (SAME, FAULT)}
        self._chosen = set(self._free)
        self._taking = False

    def body(self) -> Iterable[Widget]:
        """Whose it is, the list, the differences."""
        yield Prose(Text(self._look.head), id="about")
        yield Prose(id="sum")
        yield Horizontal(Rows(id="found"), Reader(id="side"), id="panes")

    def on_mount(self) -> None:
        """All that would change something is chosen at first."""
        self._fill()
        self.query_one("#found").focus()

    def _fill(self) -> None:
        found = self.query_one("#found", Rows)
        rows = [
            Row(f"{_ticked(line.key in self._chosen, line.name)}{line.state_name}", line.key)
            for line in self._look.lines
        ]
        found.fill(rows, found.current.key if found.current else "")
        same = sum(line.state == SAME for line in self._look.lines)
        bad = sum(line.state == FAULT for line in self._look.lines)
        told = f"选了{len(self._chosen)}种收；一样的{same}种不用收，不能收的{bad}种。"
        self.query_one("#sum", Prose).update(Text(told, style="bold"))
        self.next_act(
            "打电话核对过指纹，按 F9 收选上的；Enter 选、不选。" if self._chosen else "没有选上的；按 Enter 选一种。"
        )
        self._show()

    def on_rows_moved(self) -> None:
        """Another kind under the cursor."""
        self._show()

    def _line(self) -> WordingLine | None:
        row = self.query_one("#found", Rows).current
        return next((line for line in self._look.lines if row and line.key == row.key), None)

    def _show(self) -> None:
        line = self._line()
        if line is None:
            return
        text = Text()
        text.append(f"{line.name}\n", style="bold")
        text.append(f"{line.state_name}。从{line.serves_from}起用。\n")
        for said in (*([line.fault] if line.fault else []), *line.notes):
            text.append(f"{said}\n", style="bold")
        for here, there in line.differing:
            text.append(f"\n这里：{here or '（没有）'}\n对方：{there or '（去掉了）'}\n")
        self.query_one("#side", Reader).update(text)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Choose a kind, or leave it."""
        if event.row.key not in self._free:
            line = self._line()
            self.say("和这里的一样，不用收。" if line and line.state == SAME else "这一种不能收，原因写在右边。")
            return
        self._chosen ^= {event.row.key}
        self._fill()

    def action_choose_all(self) -> None:
        """All that would change something; none where all were."""
        self._chosen = set() if self._chosen == self._free else set(self._free)
        self._fill()

    def action_save(self) -> None:
        """Take what is chosen, in a thread: each template is tried once more."""
        if self._taking:
            return
        if not self._chosen:
            self.say("一种也没有选。", error=True)
            return
        self._taking = True
        self.under_way("正在收，请稍等。")
        self._take(sorted(self._chosen))

    @work(thread=True)
    def _take(self, chosen: list[str]) -> None:
        desk = self.desk
        try:
            said = desk.wording_sets.take(self._path, chosen, self._day, self._look.mark)
        except (DeskError, LawError) as error:
            sentence = str(error)
            self.from_thread(lambda: self._ended(sentence, error=True))
            return
        self.from_thread(lambda: self._ended(f"收了{len(said)}种，已经发出的文书不变。{''.join(said)}"))

    def _ended(self, sentence: str, error: bool = False) -> None:
        self._taking = False
        self.say(sentence, error)
        if not error:
            self.succeeds(lambda: self.desk.drafts.drop(TAKE_DRAFT))
            self.in_front(self.action_back)
