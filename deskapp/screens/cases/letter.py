"""文书: facts are fields, legal passages are locked; the letter stands beside them as it will print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.cases.reply import Preview
from deskapp.forms.letters import form_of_letter
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose
from letters.typeset.layout import as_rows

WIDE = 118
GRID = 56
SHOWN_FINDINGS = 3


class LetterScreen(FormScreen):
    """One letter from its facts to its number."""

    NAME = "文书"
    PURPOSE = (
        "填写这份文书的事实；法律条文和救济途径由程序写，不能改。下面随时列出问题：“必须改正”的会挡住发出，“建议”的不会。"
        "按 F4 看文书印出来的样子，按 F9 发出：给文号并固定下来，以后不能再改。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("toggle_preview"), bind("opinions"), bind("save", "发出"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str, kind: str, name: str, greeting: str = "") -> None:
        super().__init__(greeting)
        self._case_id, self._kind, self._kind_name = case_id, kind, name
        self._preview: Preview | None = None
        self._seen = 0
        self._at_opinions = False
        self._left = ""

    @property
    def draft_key(self) -> str:
        """One form for each kind of letter of a case."""
        return self.desk.reply.draft_key(self._case_id, self._kind)

    def body(self) -> Iterable[Widget]:
        """Fields and findings on one side, the letter on the other."""
        fields = form_of_letter(self.desk.reply.fields(self._kind))
        form = self.form_of(fields, self.desk.reply.first(self._case_id, self._kind))
        yield Horizontal(
            Vertical(Static(id="subject"), form, VerticalScroll(Prose(id="findings"), id="below"), id="facts-pane"),
            VerticalScroll(Static(id="page"), id="page-pane"),
            id="panes",
        )

    def on_mount(self) -> None:
        """Whose letter it is, and the first look at it."""
        self._look_at_case()
        self._look()

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
            subject = f"{self._kind_name}　{case.case_no} {case.who}：{case.content}"
            self.query_one("#subject", Static).update(Text(subject, overflow="ellipsis", no_wrap=True))

    def on_resize(self) -> None:
        """Side by side when there is room, one or the other when there is not."""
        self.set_class(self.size.width < WIDE, "-narrow")

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
            self.query_one("#findings", Prose).update(Text(f"必须改正：{error}", style="bold"))
            return
        if not self._preview.blocked:
            self.clear_message()
        self._show(self._preview)

    def _show(self, preview: Preview) -> None:
        findings = Text()
        for finding in preview.findings:
            sign = "必须改正" if finding.blocking else "建议"
            findings.append(f"{sign}：", style="bold" if finding.blocking else "")
            findings.append(f"{finding.where}：{finding.what}{finding.todo}\n")
        if not preview.findings:
            findings.append("检查没有发现问题，按 F9 发出。", style="bold")
        self.query_one("#findings", Prose).update(findings)
        page = Text()
        for n, laid in enumerate(preview.pages, 1):
            page.append(f"{'─' * 20} 第{n}页，共{len(preview.pages)}页 {'─' * 19}\n", style="dim")
            page.append("\n".join(as_rows(laid)).rstrip() + "\n")
        self.query_one("#page", Static).update(page)

    def action_opinions(self) -> None:
        """To the boxes of review."""
        self._at_opinions = True
        self.go("reviews", self._case_id, self._kind)

    def action_toggle_preview(self) -> None:
        """Fields or letter, on a narrow screen."""
        self.toggle_class("-page")
        form = self.query_one(FormView)
        if self.has_class("-page"):
            field = form.focused_field()
            self._left = field.key if field else form.fields[0].key
            self.query_one("#page-pane").focus()
        else:
            form.focus_field(self._left)

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
        question = f"发出“{self._preview.title}”？\n发出后给文号并固定下来，不能再改。"
        self.app.push_screen(ConfirmScreen(question, "发出"), self._issue)

    def _issue(self, sure: bool | None) -> None:
        if not sure or self._done:
            return
        typed = self._typed()
        letter = self.attempt(lambda: self.desk.reply.issue(self._case_id, self._kind, typed, self._seen))
        if letter is None:
            return
        self._done = True
        self.say(f"已发出：{letter.number} {letter.title}")
        case = self.desk.lookup.case(self._case_id)
        self.go("letter_paper", letter.id, list(case.letters), instead=True)

    def action_back(self) -> None:
        """From the letter back to its fields, from there to the case; what was typed is kept as a draft."""
        if self.has_class("-page", "-narrow"):
            self.action_toggle_preview()
            return
        super().action_back()
