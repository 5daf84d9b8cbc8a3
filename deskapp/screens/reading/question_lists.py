"""A list of questions from the 12345 or another office: looked at first if one likes, taken as a whole or in its good part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.reading.question_lists import sentences
from deskapp.forms.reading import GOOD_ONLY, QUESTION_FILE, UPDATE
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class QuestionImportScreen(FormScreen):
    """Which file, and how."""

    NAME = "导入常见问题"
    PURPOSE = (
        "写上清单（xlsx、csv 等）在哪里。列名认得：问题、咨询问题、知识标题，回答、答案、答复口径，依据，部门，核对人，日期，编号；问题和"
        "回答必须有。F4 先检查一遍，不写入；F9 导入。清单没有写谁哪天核对的，收进来带【未核】，要重新核对。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("look_first"), bind("save", "导入"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form."""
        return "questions-import"

    def body(self) -> Iterable[Widget]:
        """The form, and what became of the list."""
        yield self.form_of(QUESTION_FILE, {})
        yield VerticalScroll(Prose(id="done"), id="page")

    def action_look_first(self) -> None:
        """Look, and write nothing."""
        self._take(dry_run=True)

    def save(self) -> None:
        """Take it in."""
        self._take(dry_run=False)

    def _take(self, dry_run: bool) -> None:
        values = self.query_one(FormView).values()
        path = self.attempt(lambda: typed_path(values["file"]))
        if path is None:
            return
        good, update = values["bad"] == GOOD_ONLY, values["known"] == UPDATE
        lists = self.desk.question_lists
        taken = self.attempt(lambda: lists.take(path, dry_run=dry_run, good_only=good, update=update))
        if taken is None:
            return
        *said, last = sentences(taken, dry_run)
        if taken.kept and not said:
            self.finish(last)
            return
        self.clear_message()
        self.query_one("#done", Prose).update(Text("\n".join([last, "", *said])))
        if taken.kept:
            self.settle_now()
