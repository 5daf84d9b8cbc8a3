"""记事: an act that moves the clock, or puts the file away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.progress import ACTS, NoteDraft
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.law.categories import categories
from deskapp.screens.base import CaseFormScreen
from deskapp.screens.keys import bind


class NoteScreen(CaseFormScreen):
    """One act on one day."""

    NAME = "记事"
    PURPOSE = "记下申请办理中发生的事：收到补正、征求意见和对方答复、延期、撤回，办完以后归档。期限会跟着重新计算。填完按 F9。"
    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """What the act means, then the form."""
        case = self.look_at_case()
        kinds = tuple((item.key, item.name) for item in categories())
        acts = tuple((key, act.name) for key, act in ACTS.items())
        fields = (
            FormField("act", "什么事", "choice", acts, "选择发生了什么。"),
            FormField("on", "日期", help="事情发生的那一天；不填就是今天。", placeholder="今天"),
            FormField("other", "对方名称", help="征求意见和对方答复时填写第三方或者机关的名称。"),
            FormField("received_by", "对方收到日期", help="知道对方哪天收到征求意见书就填，15个工作日从那天算。"),
            FormField("content", "补正后的内容", help="收到补正时，申请内容改了的写新的；没有改的不填。"),
            FormField("days", "延长工作日数", help="延期时填写，最多20，只能一次。"),
            FormField("approved_by", "同意人", help="延期时填写政府信息公开工作机构负责人。"),
            FormField("category", "答复类型", "choice", kinds, "系统外已答复时选。"),
            FormField("number", "文号", help="系统外已答复时照文书填写。"),
            FormField("archive_no", "档号", help="归档时填写，没有的不填。"),
        )
        yield Static(id="rule")
        yield FormView(fields, self.restored(NoteDraft(act=self.desk.progress.likely(case)).model_dump()))

    def on_mount(self) -> None:
        """Say the meaning of the first act."""
        self._say_rule()

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """Another act, another meaning."""
        if event.key == "act":
            self._say_rule()

    def _say_rule(self) -> None:
        key = self.query_one(FormView).values()["act"]
        self.query_one("#rule", Static).update(Text(ACTS[key].effect))

    def action_save(self) -> None:
        """Note the act. Twice pressed does it once."""
        if self._done:
            return
        draft = NoteDraft.model_validate(self.query_one(FormView).values())
        case = self.attempt(lambda: self.desk.progress.note(self._case_id, draft, self._seen))
        if case is None:
            return
        self.finish(f"已记下：{ACTS[draft.act].name}")
