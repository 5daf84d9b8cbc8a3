"""记事: an act that moves the clock, or puts the file away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.acts import ActDraft
from deskapp.forms.acts import form_of_act
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.register.case import Case
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class NoteScreen(CaseFormScreen):
    """One act on one day."""

    NAME = "记事"
    PURPOSE = "记下申请办理中发生的事：收到补正、征求意见和对方答复、延期、撤回，办完以后归档。期限会跟着重新计算。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, case_id: str, act: str = "") -> None:
        super().__init__(case_id)
        self._act = act
        self._case: Case | None = None

    def body(self) -> Iterable[Widget]:
        """What the act means, then the form."""
        case = self._case = self.look_at_case()
        likely = self._act or self.desk.acts.likely(case)
        left = self.desk.drafts.get(self.draft_key).get("act", likely)
        yield Prose(id="rule")
        yield self.form_of(self._fields(case, left if left in self.desk.acts.all() else likely), {"act": likely})

    def _fields(self, case: Case, act: str) -> tuple[FormField, ...]:
        return form_of_act(self.desk.acts.all(), self.desk.acts.fields(case, act))

    def keep_in_step(self) -> None:
        """Each act has its meaning and its fields."""
        form, case = self.query_one(FormView), self._case
        if case is None:
            return
        act = form.values()["act"]
        form.become(self._fields(case, act))
        about = Text(f"{case.case_no}　{case.who}\n", style="bold")
        self.query_one("#rule", Prose).update(about.append(self.desk.acts.effect(case, act), style="not bold"))

    def save(self) -> None:
        """Note the act."""
        values = self.query_one(FormView).values()
        draft = ActDraft(act=values.pop("act"), on=values.pop("on"), values=values)
        case = self.attempt(lambda: self.desk.acts.note(self._case_id, draft, self._seen))
        if case is not None:
            self.finish(f"已记下：{self.desk.acts.all()[draft.act].name}。{self.desk.acts.aside(case)}".rstrip("。"))
