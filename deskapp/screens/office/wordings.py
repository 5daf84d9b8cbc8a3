"""文书模板: every kind of letter, what it rests on, whose words it is in; and the office's own words, with the page beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from deskapp.desk.office.wording_checks import Looked
from deskapp.desk.office.wordings import THEIRS, KindLine
from deskapp.errors import DeskError
from deskapp.forms.wordings import form_of_kind
from deskapp.screens.frame.base import REFUSALS, DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.page_form import PageFormScreen
from deskapp.widgets.cells import cut
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

NAME_WIDTH, WHOSE_WIDTH = 28, 10


class WordingsScreen(DeskScreen):
    """The list of kinds, the text of the one under the cursor beside it."""

    NAME = "文书模板"
    PURPOSE = (
        "每一种文书用谁的写法、依据哪一条、从哪天起用。右边是正文：〔〕里的由程序照登记和填的写。按 Enter 改成本单位的写法，"
        "按 F2 照着这一种另外做一种，按 F4 看本单位的和程序自带的差在哪里，按 F6 回到程序自带的。F7 把本单位的写成文件给别的单位，"
        "F8 收别的单位给的。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "改写法"), bind("sister_kind"), bind("compare"), bind("back_to_ours"),
        bind("give_wordings"), bind("take_wordings"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, KindLine] = {}
        self._comparing = False

    def body(self) -> Iterable[Widget]:
        """List and text."""
        yield Static(id="columns")
        yield Horizontal(Rows(id="found"), Reader(id="side"), id="panes")

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one("#columns", Static).update(Text(f"{set_cell_size('文书', NAME_WIDTH)}写法"))
        self.refresh_rows()
        self.query_one("#found").focus()

    def on_screen_resume(self) -> None:
        """Back from the form: what was kept serves now."""
        if self.is_mounted:
            self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read the kinds again; the cursor goes to one that has just been made, or stays where it is."""
        lines = self.attempt(self.desk.wordings.kinds)
        if lines is None:
            return
        found = self.query_one("#found", Rows)
        new = [line.kind for line in lines if self._lines and line.kind not in self._lines]
        self._lines = {line.kind: line for line in lines}
        at = new[0] if new else found.current.key if found.current else ""
        found.fill([Row(_listed(line), line.kind) for line in lines], at)
        self._show()

    def on_rows_moved(self) -> None:
        """Another kind under the cursor."""
        self._show()

    def _show(self) -> None:
        line = self._line()
        if line is None:
            return
        text = Text()
        text.append(f"{line.title}\n", style="bold")
        text.append(f"依据：{'、'.join(line.articles)}\n写法：{line.whose}，从{line.since}起，版本{line.version}\n")
        text.append("".join(f"从别的单位收来：{hand}\n" for hand in line.came_from[-1:]))
        for note in line.notes:
            text.append(f"{note}\n", style="bold")
        text.append("\n")
        text.append(self._compared(line) if self._comparing else self._words(line))
        self.query_one("#side", Reader).update(text)

    def _words(self, line: KindLine) -> str:
        if line.fault:
            return ""
        parts = self.attempt(lambda: self.desk.wordings.parts(line.kind)) or []
        words = [part.plain for part in parts if part.sort != "fixed"]
        if len(words) < len(parts):
            words.append("（后面是表格，照原样印。）")
        return "\n\n".join(words)

    def _compared(self, line: KindLine) -> str:
        if line.whose != THEIRS:
            return "用的就是程序自带的写法。"
        differing = self.attempt(lambda: self.desk.wordings.compare(line.kind))
        if not differing:
            return "只有本单位有这一种，没有可以对照的。" if differing is not None else ""
        return "\n\n".join(
            f"程序自带：{ours or '（没有）'}\n本单位：{theirs or '（去掉了）'}" for ours, theirs in differing
        )

    def _line(self) -> KindLine | None:
        row = self.query_one("#found", Rows).current
        return self._lines.get(row.key) if row else None

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Put the kind in other words."""
        self._open(event.row.key, sister=False)

    def action_sister_kind(self) -> None:
        """A kind of the office's own, made of this one."""
        line = self._line()
        if line and self.succeeds(lambda: self.desk.wordings.may_have_sister(line.kind)):
            self._open(line.kind, sister=True)

    def _open(self, kind: str, sister: bool) -> None:
        if self.attempt(lambda: self.desk.wordings.parts(kind)) is not None:
            self.go("wording", kind, sister)

    def action_compare(self) -> None:
        """The whole text, or what differs from ours."""
        self._comparing = not self._comparing
        self._show()

    def action_give_wordings(self) -> None:
        """To another office."""
        self.go("wordings_out")

    def action_take_wordings(self) -> None:
        """From another office."""
        self.go("wordings_in")

    def action_back_to_ours(self) -> None:
        """Ask, then go back to our words."""
        line = self._line()
        if line is None:
            return
        if line.whose != THEIRS and not line.notes:
            self.say("这一种用的就是程序自带的写法。")
            return
        question = f"【{line.title}】不再用本单位的写法？\n本单位写的留在模板文件夹里，已经发出的文书不变。"
        self.app.push_screen(
            ConfirmScreen(question, "不再用"), lambda sure: self._give_up(line.kind) if sure else None
        )

    def _give_up(self, kind: str) -> None:
        said = self.attempt(lambda: self.desk.wordings.back_to_ours(kind))
        if said:
            self.refresh_rows()
            self.say(said)


def _listed(line: KindLine) -> str:
    """A kind on one line of the list."""
    sign = "有错" if line.fault else "看右边" if line.notes else ""
    return (
        f"{set_cell_size(cut(line.name, NAME_WIDTH - 2), NAME_WIDTH)}{set_cell_size(line.whose, WHOSE_WIDTH)}{sign}"
    )


class WordingScreen(PageFormScreen):
    """One kind in the office's own words, or a new one made of it."""

    NAME = "改写法"
    VERB, READY = "保存", "看过右边的样子，按 F9 保存。"
    PURPOSE = (
        "改这一种文书的写法。〔检索的经过〕这样的地方由程序照填的写，可以移动、去掉、再用一次；〔有【说明】才写：某某〕填了才印；"
        "〔照原样：某某〕是程序排的，不能改里面。右边是用编的案情印出来的样子，下面是检查。F5 把光标所在的一段清空重写。按 F9 保存，从写的那天起用。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("toggle_preview"), bind("empty_field"), bind("save", "保存"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, kind: str, sister: bool = False) -> None:
        super().__init__()
        self._kind, self._sister = kind, sister
        self._looked: Looked | None = None
        self._emptied: tuple[Widget, str] | None = None

    @property
    def draft_key(self) -> str:
        """One form for each kind, another for a new one made of it."""
        return f"wording:{self._kind}{':new' if self._sister else ''}"

    def body(self) -> Iterable[Widget]:
        """Words and findings on one side, the letter on the other."""
        first = self.desk.wordings.first(self._kind, self._sister)
        yield self.beside_page(self.form_of(form_of_kind(self.desk.wordings.parts(self._kind)), first))

    def on_mount(self) -> None:
        """What it is made of, and the first look."""
        source = next(line for line in self.desk.wordings.kinds() if line.kind == self._kind)
        about = f"照着【{source.title}】另外做一种" if self._sister else f"{source.title}　{source.whose}的写法"
        self.show_subject(about)
        self.settled()

    def settled(self) -> None:
        """Make the letter of what is typed."""
        typed = self._typed()
        try:
            self._looked = self.desk.wordings.look(self._kind, typed, self._sister)
        except REFUSALS as error:
            self._looked = None
            self.show_refusal(error)
            return
        own, common = self.desk.wordings.names(self._kind, typed)
        self.show_made(self._looked.pages, self._looked.findings)
        self.add_note(f"这一种要填的：{bracketed(own)}\n每一种都能写的：{bracketed(common)}")

    def action_empty_field(self) -> None:
        """Take away what stands in the field under the cursor: to write a paragraph anew is more usual here than to mend it; or put it back."""
        field = self.focused
        if not isinstance(field, Input | TextArea):
            return
        text = field.value if isinstance(field, Input) else field.text
        back = self._emptied[1] if self._emptied and self._emptied[0] is field else ""
        if not text and not back:
            return
        self._emptied = (field, text) if text else None
        if isinstance(field, Input):
            field.value = "" if text else back
        else:
            field.text = "" if text else back

    def save(self) -> None:
        """Keep it; what must be put right first is said, at its field."""
        self.settle_now()
        typed = self._typed()
        said = self.attempt(lambda: self._save(typed))
        if said:
            self.finish(said)

    def _save(self, typed: dict[str, str]) -> str:
        wrong = next((f for f in self._looked.findings if f.blocking), None) if self._looked else None
        if wrong:
            raise DeskError(f"{wrong.where}：{wrong.what}", "没有保存。", wrong.todo, wrong.field)
        return self.desk.wordings.save(self._kind, typed, self._sister)


def bracketed(names: Iterable[str]) -> str:
    """Names as they are written in the words of a letter."""
    return "".join(f"〔{name}〕" for name in names) or "没有"
