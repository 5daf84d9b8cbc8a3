"""收县里的: what the county sends down is looked at, then taken as a whole or not at all; the law data that are in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.forms.county_down import SET_IN
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class FromCountyScreen(FormScreen):
    """A set of the county."""

    NAME = "收县里的"
    PURPOSE = (
        "县里下发的放假安排、文书模板、常见问题、标准目录、法律数据、要办的事，装在一个签名的文件里：写它在哪里，按 F9，先看里面有什么、"
        "会改什么，再整份收，或者一样也不收。县里下发的法律数据有错，按 F6 退回前一份。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("to_tasks"), bind("law_back"), bind("save", "看一看、收"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How it stands, the form, what the file holds."""
        yield Prose(id="state")
        yield self.form_of(SET_IN, {})
        yield VerticalScroll(Prose(id="held"), id="holding")

    def on_mount(self) -> None:
        """Say how it stands."""
        self._tell_state()

    def _tell_state(self) -> None:
        law, tasks = self.attempt(self.desk.law_data.state), self.attempt(self.desk.tasks.all)
        if law is None or tasks is None:
            return
        waiting = sum(task.answer is None for task in tasks)
        said = (
            f"县里要办的事还有{waiting}件没有答复，按 F4。" if waiting else "县里要办的事都答复了。" if tasks else ""
        )
        self.query_one("#state", Prose).update(Text(f"{law.sentence}{said}"))

    def save(self) -> None:
        """Show what it holds, then ask."""
        path = self.attempt(lambda: typed_path(self.query_one(FormView).values()["file"]))
        look = self.attempt(lambda: self.desk.county_sets.look(path)) if path else None
        if path is None or look is None:
            return
        self.query_one("#held", Prose).update(Text(look.sentence))
        if look.faults:
            self.say(f"有{len(look.faults)}样收不了，整份都不收。请县里改好再发。", error=True)
            return
        again = "以前收过，再收一次？" if look.again else "整份收下？"
        question = f"{look.county}下发的，{len(look.lines)}样，都列在下面。\n{again}"
        self.app.push_screen(ConfirmScreen(question, "收下"), lambda sure: self._take(path) if sure else None)

    def _take(self, path: Path) -> None:
        lines = self.attempt(lambda: self.desk.county_sets.take(path))
        if lines is not None:
            self.query_one("#held", Prose).update(Text("\n".join(lines)))
            self._tell_state()
            self.say(f"收下了{len(lines)}样。")

    def action_to_tasks(self) -> None:
        """To what the county asked for."""
        self.go("tasks")

    def action_law_back(self) -> None:
        """Ask before the law of the county is taken back."""
        state = self.attempt(self.desk.law_data.state)
        if state is None:
            return
        if not state.from_set:
            self.say("现在用的法律数据就是随程序的，没有县里的可以退。", error=True)
            return
        question = f"{state.sentence}\n不用这一份，退回前一份或者随程序的？期限会照退回的那份算。"
        self.app.push_screen(ConfirmScreen(question, "退回"), lambda sure: self._law_back() if sure else None)

    def _law_back(self) -> None:
        state = self.attempt(self.desk.law_data.back)
        if state:
            self._tell_state()
            self.say(f"已退回。{state.sentence}")
