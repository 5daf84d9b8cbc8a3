"""要办的事: what the county asked of this point, and the answers that go up with the next bundle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reporting.tasks import OpenTask
from deskapp.forms.county_down import FOUND, task_form
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

EMPTY = "县里没有要办的事。县里下发的文件，在【收县里的】里收。"


class TasksScreen(WatchingScreen):
    """The tasks, those without an answer first."""

    NAME = "要办的事"
    PURPOSE = (
        "县里抽查、整改的事，最急的在上面。选一件按 Enter 答复；答复随下一次报送包一起报上去，打包以前可以再改。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected", "答复"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """How many wait, the list."""
        yield Prose(id="sum")
        yield Rows(id="found", wraps=3)

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()
        self.next_act("选一件按 Enter 答复。")

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its task."""
        tasks = self.attempt(self.desk.tasks.all)
        if tasks is None:
            return
        listed = self.query_one("#found", Rows)
        rows = [Row(each.sentence, each.task.id) for each in tasks]
        listed.fill(rows or [Row(EMPTY, heading=True)], listed.current.key if listed.current else "")
        waiting = sum(each.answer is None for each in tasks)
        self.query_one("#sum", Prose).update(Text(f"{len(tasks)}件，还有{waiting}件没有答复。" if tasks else ""))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """To its answer."""
        self.go("task_answer", event.row.key)


class TaskAnswerScreen(NoteFormScreen):
    """The answer to one task."""

    DRAFT = "task"
    NAME = "答复县里"
    PURPOSE = "抽查的，每一件写查得怎样；整改的，写哪天、怎样改的；考核的，有不同意见才写。填完按 F9，随下一次报送包报上去。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The task, and the form that it asks for."""
        each = self._each()
        yield Prose(Text(each.sentence if each else ""), id="state")
        spoken = each is None or each.task.kind != "spot_check"
        cases = each.task.cases if each and not spoken else ()
        answer = each.answer if each else None
        first = {f"{FOUND}{number}": answer.found.get(number, "") if answer else "" for number in cases}
        yield self.form_of(task_form(cases, spoken), {**first, "text": answer.text if answer else ""})

    def _each(self) -> OpenTask | None:
        return next((each for each in self.desk.tasks.all() if each.task.id == self._key), None)

    def save(self) -> None:
        """Keep it."""
        values = self.query_one(FormView).values()
        found = {key.removeprefix(FOUND): text for key, text in values.items() if key.startswith(FOUND)}
        if self.attempt(lambda: self.desk.tasks.answer(self._key, values["text"], found)):
            self.finish("已记下，下一次打报送包一起报上去。")
