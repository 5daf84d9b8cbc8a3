"""添题: a lesson from a case of the office's own, without anybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.training.own_lessons import OwnLessonDraft
from deskapp.forms.training import lesson_form
from deskapp.forms.view import FormView
from deskapp.law.categories import category
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class OwnLessonScreen(CaseFormScreen):
    """One lesson."""

    NAME = "添题"
    PURPOSE = (
        "用办过的一件做一道练习题：经过已经照登记写好，姓名换成【申请人】，请再看一遍，别让人认出是谁。正确的答复和最后一日"
        "照这一件，写明为什么，再选两种容易答错的。填完按 F9，练习的时候排在后面。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "添上"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """What the right answer is, the form."""
        case = self.look_at_case()
        name = category(case.category).name if case.category else "还没有答复"
        yield Prose(Text(f"{case.case_no}　正确的答复：{name}"), id="rule")
        first = self.attempt(lambda: self.desk.training.draft_of(self._case_id)) or OwnLessonDraft()
        yield self.form_of(lesson_form(self.desk.training.answers()), first.model_dump())

    def save(self) -> None:
        """Keep it."""
        draft = OwnLessonDraft.model_validate(self.query_one(FormView).values())
        lesson = self.attempt(lambda: self.desk.training.write(self._case_id, draft))
        if lesson:
            self.finish(f"已添一道题：{lesson.title}。")
