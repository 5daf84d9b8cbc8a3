"""文书: facts are fields, legal passages are locked; the letter stands beside them as it will print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.reply import PASSAGE, Preview
from deskapp.errors import shortened
from deskapp.forms.letters import form_of_letter
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.cases.published import ON_THE_SPOT, pick_published
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.page_form import PageFormScreen
from letters.word_back import WordChange

if TYPE_CHECKING:
    from deskapp.catalogue.entry import Entry

SHOWN_CHANGES = 3


class LetterScreen(PageFormScreen):
    """One letter from its facts to its number."""

    NAME = "文书"
    PURPOSE = (
        "填写这份文书的事实；法律条文和救济途径由程序写，不能改。下面随时列出问题：【必须改】的会挡住发出，【提醒】的不会。"
        "按 F4 看文书印出来的样子，按 F9 发出：给文号并固定下来，以后不能再改。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("toggle_preview"), bind("word_draft", "存Word"), bind("word_back", "取回"), bind("opinions"), bind("save", "发出"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str, kind: str, name: str, greeting: str = "") -> None:
        super().__init__(greeting)
        self._case_id, self._kind, self._kind_name = case_id, kind, name
        self._preview: Preview | None = None
        self._about = ""  # whose letter it is
        self._seen = 0
        self._at_opinions = False

    @property
    def draft_key(self) -> str:
        """One form for each kind of letter of a case."""
        return self.desk.reply.draft_key(self._case_id, self._kind)

    def body(self) -> Iterable[Widget]:
        """Fields and findings on one side, the letter on the other."""
        fields = form_of_letter(self.desk.reply.fields(self._kind))
        form = self.form_of(fields, self.desk.reply.first(self._case_id, self._kind))
        yield self.beside_page(form)

    def on_mount(self) -> None:
        """Whose letter it is, and the first look at it."""
        self._look_at_case()
        self._look()
        if self._kind == ON_THE_SPOT and not self.query_one(FormView).changed:
            self._offer_published()

    def _offer_published(self) -> None:
        """What the catalogue has of what was asked for stands in the letter once somebody says that it is that."""
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        found = self.attempt(lambda: self.desk.catalogue.matching(case.content)) if case else None
        if found:
            pick_published(self, "公开目录里有相近的，是哪一条？都不是的按 Esc。", found, self._tell_published)

    def _tell_published(self, entry: Entry) -> None:
        self.query_one(FormView).put(self.desk.catalogue.told_in_letter(entry, self.desk.lookup.unit()))
        self.settle_now()
        self.say("已照公开目录填好。先打开核对：申请的是不是这一份、还在不在。")

    def on_screen_resume(self) -> None:
        """Back from the opinions: they count now."""
        if self._at_opinions:
            self._at_opinions = False
            self._look_at_case()
            self._look()

    def _look_at_case(self) -> None:
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        if case:
            self._seen = len(case.history)
            self._about = f"{case.case_no} {case.who}"
            subject = f"{self._kind_name}　{case.case_no} {case.who}：{case.content}"
            self.show_subject(subject)

    def settled(self) -> None:
        """Check what is typed."""
        self._look()

    def _look(self) -> None:
        """Compose, check and lay out; show findings and pages."""
        typed = self._typed()
        try:
            self._preview = self.desk.reply.preview(self._case_id, self._kind, typed)
        except REFUSALS as error:
            self._preview = None
            self.show_refusal(error)
            return
        if not self._preview.blocked:
            self.clear_message()
        self.show_made(self._preview.pages, self._preview.findings)
        if self._preview.layout:
            self.add_note(f"版面：{self._preview.layout}")

    def action_opinions(self) -> None:
        """To the boxes of review."""
        self.settle_now()
        self.succeeds(lambda: self.desk.drafts.keep(self.draft_key, self._typed()))  # what is signed is this text
        self._at_opinions = True
        self.go("reviews", self._case_id, self._kind)

    def action_word_draft(self) -> None:
        """The draft for the leader, of what is typed so far."""
        self.settle_now()
        typed = self._typed()
        path = self.attempt(lambda: self.desk.word_drafts.save(self._case_id, self._kind, typed))
        if path:
            self.say(f"草稿已存成 {path}。它每页写着【征求意见稿】，不是文书；改过以后按 F7 取回。")

    def action_word_back(self) -> None:
        """Ask where the draft is that came back."""
        self.app.push_screen(
            AskModal("改过的草稿在哪里？可以从文件管理器里复制它的位置。", "/media/U盘/征求意见稿.docx"),
            lambda typed: self.in_front(lambda: self._word_back(typed)),
        )

    def _word_back(self, typed_file: str | None) -> None:
        if not typed_file:
            return
        self.settle_now()
        typed = self._typed()
        found = self.attempt(
            lambda: self.desk.word_drafts.changes(self._case_id, self._kind, typed, typed_path(typed_file))
        )
        if found is not None:
            free = [change for change in found if change.passage]
            self._ask_each(free, len(free), [change for change in found if not change.passage])

    def _ask_each(self, free: list[WordChange], all_: int, others: list[WordChange]) -> None:
        """One free passage after the other, taken or left; what may not be changed is told at the end."""
        if not free:
            self._tell_others(all_, others)
            return
        change, rest = free[0], free[1:]

        def answered(sure: bool | None) -> None:
            if sure:
                form = self.query_one(FormView)
                form.put({**form.values(), PASSAGE + change.passage: change.after})
                self.settle_now()
            self.in_front(lambda: self._ask_each(rest, all_, others))

        question = f"这一段改了，取用吗？\n原来：{change.before}\n改成：{change.after or '（删去）'}"
        self.app.push_screen(ConfirmScreen(question, "取用"), answered)

    def _tell_others(self, asked: int, others: list[WordChange]) -> None:
        if not others:
            self.say(f"草稿里改了{asked}段，都问过了。" if asked else "草稿没有改动。")
            return
        shown = "；".join(
            f"【{shortened(c.before or '（没有）')}】改成【{shortened(c.after or '（删去）')}】"
            for c in others[:SHOWN_CHANGES]
        )
        more = f"等{len(others)}处" if len(others) > SHOWN_CHANGES else ""
        self.say(f"没有取用：固定的文字、填写的事实不从草稿改。草稿里{shown}{more}。", error=True)

    def save(self) -> None:
        """Ask once more, then issue."""
        self.settle_now()
        if self._preview is None:
            return
        blocking = [f for f in self._preview.findings if f.blocking]
        if blocking:
            form = self.query_one(FormView)
            marks = {f.field: f"{f.what}{f.todo}" for f in reversed(blocking) if f.field}
            form.mark_problems(marks)
            form.focus_field(next((f.field for f in blocking if f.field), ""))
            self.say(f"还不能发出。{blocking[0].where}：{blocking[0].what}{blocking[0].todo}", error=True)
            return
        question = f"发出【{self._preview.title}】？{self._about}\n发出后给文号并固定下来，不能再改。"
        self.app.push_screen(ConfirmScreen(question, "发出"), self._issue)

    def _issue(self, sure: bool | None) -> None:
        if not sure or self._done:
            return
        typed = self._typed()
        letter = self.attempt(lambda: self.desk.reply.issue(self._case_id, self._kind, typed, self._seen))
        if letter is None:
            return
        self._done = True
        self.say(f"已发出：{letter.number} {letter.title}" if letter.number else f"已做成：{letter.title}")
        case = self.desk.lookup.case(self._case_id)
        self.go("letter_paper", letter.id, list(case.letters), instead=True)
