"""年度事项: what the year wants besides the cases, until when, and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reading.year_plan import DutyDraft, YearDuty
from deskapp.forms.reading import YEAR_DONE, YEAR_DUTY
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import YearScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen, NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

DAY, STATE = 8, 14  # cells


class YearPlanScreen(YearScreen):
    """The duties of a year by their days."""

    NAME = "年度事项"
    PURPOSE = (
        "一年里除了办申请还要做的事：报送、年报、培训、宣传、听取汇报，每件最迟哪天、做了没有。快到的、刚过的列在【今日】上面。"
        "做了按 F4 记下；日期和说法照本地的通知改（F8），添自己的（F7），本机关没有的停用（F6）。Enter 打印。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("duty_done"), bind("earlier_year"), bind("withdraw", "停用"), bind("add", "添一件"), bind("edit"),
        bind("open_selected", "打印"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How many are done, the list, the words about the one under the cursor."""
        yield Prose(id="sum")
        yield Rows(id="found")
        yield Prose(id="rule")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        duties = self.attempt(lambda: self.desk.year_plan.year(self._year))
        if duties is None:
            return
        done = sum(duty.done_on is not None for duty in duties)
        self.query_one("#sum", Prose).update(Text(f"{self._year}年　{len(duties)}件，做了{done}件", style="bold"))
        listed = self.query_one("#found", Rows)
        listed.fill(
            [Row(self._line(duty), duty.key) for duty in duties], listed.current.key if listed.current else ""
        )

    def _line(self, duty: YearDuty) -> str:
        how = f"　{duty.how}" if duty.how else ""
        name = fit(f"{duty.name}{how}", max(self.size.width - DAY - STATE - 6, 20))
        return f"{fit(f'{duty.due_on:%m-%d}', DAY)}{fit(duty.state(self.host.today), STATE)}{name}"

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """What the duty under the cursor rests on."""
        duty = self._current()
        self.query_one("#rule", Prose).update(Text(f"{duty.about}（{duty.source}）" if duty else ""))

    def _current(self) -> YearDuty | None:
        row = self.query_one("#found", Rows).current
        return next((duty for duty in self.desk.year_plan.year(self._year) if row and duty.key == row.key), None)

    # -- acts --------------------------------------------------------------------------------------------------

    def action_duty_done(self) -> None:
        """Note that it was done, or that this was a mistake."""
        duty = self._current()
        if duty is None:
            return
        if duty.done_on is None:
            self.app.push_screen(YearDoneScreen(self._year, duty.key))
            return
        question = f"【{duty.name}】记着{duty.done_on}做了。\n是误记，去掉？"
        self.app.push_screen(ConfirmScreen(question, "去掉"), lambda sure: self._unmark(duty) if sure else None)

    def _unmark(self, duty: YearDuty) -> None:
        if self.succeeds(lambda: self.desk.year_plan.unmark(self._year, duty.key)):
            self.refresh_rows()

    def action_add(self) -> None:
        """A duty of the office's own."""
        self.app.push_screen(YearDutyScreen())

    def action_edit(self) -> None:
        """Another day and other words for the one under the cursor."""
        duty = self._current()
        if duty:
            self.app.push_screen(YearDutyScreen(duty.key))

    def action_withdraw(self) -> None:
        """This office has no such duty."""
        duty = self._current()
        if duty:
            question = f"本机关没有【{duty.name}】这件事，以后不再列？\n要放回来，按 F7 再添。"
            self.app.push_screen(ConfirmScreen(question, "停用"), lambda sure: self._drop(duty) if sure else None)

    def _drop(self, duty: YearDuty) -> None:
        if self.succeeds(lambda: self.desk.year_plan.drop(duty.key)):
            self.refresh_rows()

    def action_open_selected(self) -> None:
        """The year on paper."""
        self.to_printer(lambda: self.desk.year_plan.sheet(self._year))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Enter or a click."""
        self.action_open_selected()


class YearDutyScreen(NoteFormScreen):
    """One duty: what, until when."""

    DRAFT = "year_duty"
    NAME = "年度事项"
    PURPOSE = "写每年要做什么、最迟哪天、照哪份通知。改了以后各年都照新的。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The form."""
        first = self.desk.year_plan.draft_of(self._key) if self._key else DutyDraft()
        yield self.form_of(YEAR_DUTY, first.model_dump())

    def save(self) -> None:
        """Write it down."""
        draft = DutyDraft.model_validate(self.query_one(FormView).values())
        if self.succeeds(lambda: self.desk.year_plan.change(draft, self._key)):
            self.finish(f"已记下：{draft.name.strip()}，每年{draft.by.strip()}以前。")


class YearDoneScreen(FormScreen):
    """A duty of a year was done."""

    NAME = "年度事项"
    PURPOSE = "写这件事哪天做的、怎样做的，凭什么看得出。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, year: int, key: str) -> None:
        super().__init__()
        self._year, self._key = year, key

    @property
    def draft_key(self) -> str:
        """One form for each duty of a year."""
        return f"year_done:{self._year}:{self._key}"

    def body(self) -> Iterable[Widget]:
        """Which duty, the form."""
        duty = next((duty for duty in self.desk.year_plan.year(self._year) if duty.key == self._key), None)
        yield Prose(Text(f"{duty.name}（最迟{duty.due_on}）" if duty else ""), id="rule")
        yield self.form_of(YEAR_DONE, {"on": "", "how": ""})

    def save(self) -> None:
        """Note it."""
        values = self.query_one(FormView).values()
        duty = self.attempt(lambda: self.desk.year_plan.mark(self._year, self._key, values["on"], values["how"]))
        if duty:
            self.finish(f"已记下：{duty.name}，{duty.done_on}做了。")
