"""常见问题: type and see the answer that was checked; one key counts it as advice, one takes the words to 登记."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.desk.reading.questions import Asked, CommonQuestion, QuestionDraft
from deskapp.forms.reading import QUESTION
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal, PickScreen
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

STALE = "未核"  # before a question whose answer nobody has checked, or not for long
AGAIN_S = 2.0  # in which nobody gives the same answer twice
WAYS = (
    ("print", "印一份，挂在阅览区"),
    ("out", "导出清单（xlsx），给12345等"),
    ("in", "导入一份清单（12345、县里发来的）"),
)


class QuestionsScreen(PickScreen):
    """The line, the questions, the answer."""

    NAME = "常见问题"
    PURPOSE = (
        "打问题里的词或者拼音首字母，右边是核对过的回答。念给群众听了，按 F4 记一次咨询；其实是要申请信息的，按 F2 带着刚才的话"
        "去登记。F7 添一条，F8 改。F6 停用，要写原因，再按放回来；F9 印成一份，或者和12345的清单对换。带【未核】的还没有人核对，或者核对已经过了一年。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("answered"), bind("to_register"), bind("add"), bind("edit"), bind("withdraw"), bind("print_list"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[Asked] = []
        self._withdrawn: dict[str, CommonQuestion] = {}
        self._counted, self._counted_at = "", 0.0  # the answer that was counted last, and when

    def body(self) -> Iterable[Widget]:
        """The line, the list beside the answer."""
        yield self.line("群众怎么问的，打几个字或者拼音首字母")
        yield Horizontal(Rows(id="found"), Reader(id="side"), id="panes")

    def on_screen_resume(self) -> None:
        """Back from a form: read again."""
        if self.query("#words"):
            self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its question."""
        self.fill(self.words)

    def fill(self, words: str) -> None:
        """The questions that fit, most asked first."""
        asked = self.attempt(lambda: self.desk.questions.all(words))
        withdrawn = self.attempt(lambda: self.desk.questions.withdrawn(words))
        if asked is None or withdrawn is None:
            return
        self._asked, self._withdrawn = asked, dict(withdrawn)
        width = max(self.size.width // 2 - 14, 16)
        listed = self.query_one("#found", Rows)
        rows = [Row(f"{STALE if a.stale else ' ' * 4} {fit(a.of.question, width)} {a.times}次", a.key) for a in asked]
        if withdrawn:
            rows.append(Row(f"停用的（{len(withdrawn)}条）", heading=True))
            rows += [Row(f"　{fit(of.question, width)}", key) for key, of in withdrawn]
        listed.fill(rows, listed.current.key if listed.current else "")
        if not asked and not withdrawn:
            what = (
                "没有找到。按 F2 带着这句话去登记，或者按 F7 添一条。"
                if words.strip()
                else "还没有常见问题。按 F7 添一条。"
            )
            self.query_one("#side", Reader).update(Text(what))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The answer of the question under the cursor."""
        text = Text()
        away = self._withdrawn.get(event.row.key)
        if away:
            text.append(f"{away.question}\n\n{away.answer}\n\n已停用：{away.why}。按 F6 放回来。")
            self.query_one("#side", Reader).update(text)
            return
        if event.index >= len(self._asked):
            return
        one = self._asked[event.index]
        text.append(f"{one.of.question}\n\n", style="bold")
        text.append(f"{one.of.answer}\n")
        for name, value in (("依据", one.of.basis), ("部门", one.of.department), ("编号", one.of.number)):
            if value:
                text.append(f"\n{name}：{value}\n")
        text.append(f"\n{f'{STALE}：' if one.stale else ''}{one.checked}。\n", style="bold" if one.stale else "")
        self.query_one("#side", Reader).update(text)

    def _current(self) -> str:
        row = self.query_one("#found", Rows).current
        return row.key if row else ""

    def action_open_selected(self) -> None:
        """Into the answer."""
        self.query_one("#side").focus()

    def action_answered(self) -> None:
        """The answer was given: one visit for advice."""
        key = self._current()
        if not key or key in self._withdrawn:
            self.say("先选一个在用的问题。", error=True)
        elif self._counted == key and monotonic() - self._counted_at < AGAIN_S:
            self.say("刚才已经记了一次；又答了一次的，过一会儿再按。", word=NOTE)
        elif self.succeeds(lambda: self.desk.questions.answered(key)):
            self._counted, self._counted_at = key, monotonic()
            self.fill(self.words)
            self.say("已记一次咨询。")

    def action_to_register(self) -> None:
        """This is an application: to the form, with the words that were typed."""
        from deskapp.desk.cases.intake import DRAFT_KEY

        typed = self.words.strip()
        kept = self.desk.drafts.get(DRAFT_KEY)
        if typed and not kept.get("content"):
            self.succeeds(lambda: self.desk.drafts.keep(DRAFT_KEY, {**kept, "content": typed}))
        self.go("register", "", "刚才的话已经带过来，请照申请人说的核对、补全。" if typed else "")

    def action_add(self) -> None:
        """Another question, begun with the words that were typed."""
        self.app.push_screen(QuestionScreen(typed=self.words.strip()))

    def action_edit(self) -> None:
        """Put the question under the cursor right."""
        if self._current() in self._withdrawn:
            self.say("停用的先按 F6 放回来，再改。", error=True)
        elif self._current():
            self.app.push_screen(QuestionScreen(self._current()))

    def action_withdraw(self) -> None:
        """The question under the cursor is no longer used, or is used again."""
        key = self._current()
        if key:
            self.go("reason", self.desk.questions, key, key in self._withdrawn)

    def action_print_list(self) -> None:
        """The list for the reading area; or one comes in, or goes out."""
        self.app.push_screen(PickModal("常见问题：", WAYS), self._exchange)

    def _exchange(self, chosen: str | None) -> None:
        if chosen == "print":
            self.to_printer(self.desk.questions.sheet)
        elif chosen == "in":
            self.go("questions_in")
        elif chosen == "out":
            given = self.attempt(self.desk.question_lists.give_here)
            if given:
                self.say(f"{given[1]}条，已存成：{given[0]}")


class QuestionScreen(NoteFormScreen):
    """One question with its answer."""

    DRAFT = "question"
    NAME = "常见问题"
    PURPOSE = "写下群众怎么问、该怎么答、依据什么、谁哪天核对的。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, key: str = "", typed: str = "") -> None:
        super().__init__(key)
        self._begun_with = typed

    def body(self) -> Iterable[Widget]:
        """The form."""
        first = self.desk.questions.draft_of(self._key) if self._key else QuestionDraft(question=self._begun_with)
        yield Prose(id="rule")
        yield self.form_of(QUESTION, first.model_dump())

    def keep_in_step(self) -> None:
        """Whether the check still counts, said before it is kept."""
        draft = QuestionDraft.model_validate(self.query_one(FormView).values())
        lost = self.attempt(lambda: self.desk.questions.check_lost(draft, self._key)) or ""
        self.query_one("#rule", Prose).update(Text(f"注意：{lost}" if lost else ""))
        self.query_one("#rule").display = bool(lost)

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """With every key."""
        self.keep_in_step()

    def save(self) -> None:
        """Keep it."""
        draft = QuestionDraft.model_validate(self.query_one(FormView).values())
        kept = self.attempt(lambda: self.desk.questions.enter(draft, self._key))
        if kept:
            self.finish("已记下。" if kept.checked_on else "已记下；还没有人核对，带【未核】，不印进常见问题。")
