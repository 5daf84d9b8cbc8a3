"""人员: who works here, since when, who may sign; somebody joins, leaves, or is put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.office.staff import ColleagueDraft
from deskapp.forms.office import COLLEAGUE, OLD_PIN
from deskapp.forms.view import FormView
from deskapp.register.colleagues import Colleague
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

EMPTY = "还没有填。填上以后，谁办的就记谁的名字；不填，都记单位的联系人。按 F7 添一个。"


class PeopleScreen(WatchingScreen):
    """The office's people, those who are here first."""

    NAME = "人员"
    PURPOSE = (
        "办这项工作的人：姓名、职务、可不可以签发、从哪天到哪天。填了一个人，记录里就写他；填了几个人，开始用的时候先选谁坐在这里，"
        "换人按 Ctrl+S，遮屏回来也问。人走了按 F6 记下离开，不要改成别人的名字：以前记的都留着。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("to_day_acts"), bind("leave"), bind("add", "添一个"), bind("edit"), bind("open_selected", "改", show=False), bind("back"),
        bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """Who sits here, the columns, the list."""
        yield Prose(id="sum")
        yield Static(id="columns")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its person."""
        people = self.attempt(self.desk.staff.all)
        if people is None:
            return
        listed = self.query_one("#found", Rows)
        rows = [Row(self._line(one), one.key) for one in people]
        listed.fill(rows or [Row(EMPTY, heading=True)], listed.current.key if listed.current else "")
        head = self._cells("姓名", "职务", "签发", "密码", "从哪天", "到哪天")
        self.query_one("#columns", Static).update(Text(head if people else "", no_wrap=True))
        name = self.desk.seat.name
        self.query_one("#sum", Prose).update(Text(f"现在的记录写：{name}。" if name else "现在的记录里不写姓名。"))

    def _line(self, one: Colleague) -> str:
        here = one.here(self.desk.clock.today())
        until = one.until or "还在" if here else f"{one.until}　已离开" if one.until else "还没有来"
        sign, pin = "可以" if one.may_sign else "", "有" if one.pin else ""
        return self._cells(one.called, one.post, sign, pin, one.since, until)

    @staticmethod
    def _cells(*cells: str) -> str:
        return "".join(fit(cell, width) for cell, width in zip(cells, (18, 14, 6, 6, 12, 18), strict=True))

    # -- acts --------------------------------------------------------------------------------------------------

    def _current(self) -> Colleague | None:
        row = self.query_one("#found", Rows).current
        return self.attempt(lambda: self.desk.staff.one(row.key)) if row and row.key else None

    def action_add(self) -> None:
        """Somebody joins."""
        self.go("colleague")

    def action_edit(self) -> None:
        """Put right what is known of the one under the cursor."""
        one = self._current()
        if one:
            self.go("colleague", one.key)

    def action_open_selected(self) -> None:
        """The same."""
        self.action_edit()

    def on_rows_taken(self) -> None:
        """The same, by Enter or a click."""
        self.action_edit()

    def action_to_day_acts(self) -> None:
        """What was done today, by person."""
        self.go("day_acts")

    def action_leave(self) -> None:
        """Today is the last day of the one under the cursor."""
        one = self._current()
        if one is None:
            return
        question = f"{one.called}今天是最后一天，明天起不再列出？以前记的都留着。"
        self.app.push_screen(ConfirmScreen(question, "离开"), lambda sure: self._leave(one) if sure else None)

    def _leave(self, one: Colleague) -> None:
        if self.succeeds(lambda: self.desk.staff.leave(one.key)):
            self.refresh_rows()
            self.say(f"已记下：{one.called}今天是最后一天。没有办结的，按 Ctrl+O 交接。")


class ColleagueScreen(NoteFormScreen):
    """One person."""

    DRAFT = "colleague"
    NAME = "一个人"
    PURPOSE = "写姓名、职务、可不可以签发、从哪天起。密码可以不要；要了，换到他、他签发的时候要输入。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The form; who has a PIN is asked for it before it is changed."""
        known = self.desk.staff.draft_of(self._key) if self._key else ColleagueDraft()
        has_pin = bool(self._key and self.desk.staff.one(self._key).pin)
        yield self.form_of((*COLLEAGUE, OLD_PIN) if has_pin else COLLEAGUE, known.model_dump())

    def save(self) -> None:
        """Keep it."""
        draft = ColleagueDraft.model_validate(self.query_one(FormView).values())
        one = self.attempt(lambda: self.desk.staff.enter(draft, self._key))
        if one:
            self.finish(f"已记下：{one.told}。")
