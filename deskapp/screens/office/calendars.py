"""放假安排: a year of holidays comes in from a file; first one sees which last days move, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.office.calendars import CalendarPreview
from deskapp.forms.office import CALENDAR
from deskapp.forms.view import FormView
from deskapp.law.workdays import LocalHolidays
from deskapp.paths import typed_path
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose

ADD, REPLACE = "add", "replace"


class CalendarsScreen(FormScreen):
    """The years this desk knows, and the way a new one comes in."""

    NAME = "放假安排"
    PURPOSE = (
        "期限按工作日数，放假和调休上班每年由国务院办公厅通知。通知公布以后，在这里填文件放在哪里，按 F9："
        "先列出哪些申请的最后一日会变，看过再确定导入。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看看会变什么"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "calendars"

    def body(self) -> Iterable[Widget]:
        """What is known, the form, what would move."""
        yield Prose(id="known")
        yield self.form_of(CALENDAR, {})
        yield VerticalScroll(Prose(id="moves"), id="moving")

    def on_mount(self) -> None:
        """Say what is known."""
        self._show_known()

    def _show_known(self) -> None:
        years, local = self.desk.calendars.known()
        places = "；地方假日：" + "、".join(item.place for item in local) if local else ""
        text = f"已经收录{years[0].year}年到{years[-1].year}年的放假安排{places}。"
        missing = self.desk.lookup.today().year + 1
        text += "" if years[-1].year >= missing else f"{missing}年的还没有，跨年的日期都是暂定的。"
        self.query_one("#known", Prose).update(Text(text))

    def save(self) -> None:
        """Read the file, show what would move, ask."""
        of = self.query_one(FormView).values()
        texts = of["title"], of["number"], of["place"]
        plan = self.attempt(lambda: self.desk.calendars.read(typed_path(of["file"]), *texts))
        if plan is None:
            return
        self.query_one("#moves", Prose).update(self._planned(plan))
        if plan.instead:
            self._ask_which(plan, plan.instead)
        else:
            self._ask(plan)

    def _ask_which(self, plan: CalendarPreview, instead: CalendarPreview) -> None:
        """Local days are there that the file has not: they stay, or they go."""
        answers = ((ADD, "添上文件里的，原来的都留着"), (REPLACE, f"照文件换掉，少{len(instead.lost)}天"))
        question = f"{plan.name}已经有了。{instead.less}\n怎么导入？不导入按 Esc。"

        def chosen(answer: str | None) -> None:
            if answer:
                self.query_one("#moves", Prose).update(self._planned(instead if answer == REPLACE else plan))
                self._ask(instead if answer == REPLACE else plan)

        self.app.push_screen(PickModal(question, answers), chosen)

    def _ask(self, plan: CalendarPreview) -> None:
        """Once more, with what it would do."""
        added = isinstance(plan.arrangement, LocalHolidays) and not plan.lost
        again = ("（添在原有的里面）" if added else "（已经有了，会被替换）") if plan.replaces else ""
        todo = "多半是文件不全；少了的，以后照平常的星期几计算。"
        less = f"\n注意：{plan.less}{todo}" if plan.lost else ""
        news = f"\n{''.join(plan.told[:2])}" if plan.replaces else ""
        question = (
            f"导入{plan.name}{again}？{less}{news}\n{len(plan.moves)}件没有答复的申请，最后一日会变，已经列在下面。"
        )
        yes = "照新的" if plan.lost else "导入"
        self.app.push_screen(ConfirmScreen(question, yes), lambda sure: self._take(plan) if sure else None)

    @staticmethod
    def _planned(plan: CalendarPreview) -> Text:
        text = Text(f"{plan.name}\n", style="bold")
        for line in (*plan.advice, *filter(None, [plan.less])):
            text.append(f"注意  {line}\n", style="not bold")
        for line in plan.told if plan.replaces else ():
            text.append(f"{line}\n", style="not bold")
        for move in plan.moves:
            line = f"{fit(move.case_no, 14)}{fit(move.applicant, 14)}{move.before} 改为 {move.after}\n"
            text.append(line, style="not bold")
        if not plan.moves:
            text.append("没有申请的最后一日会变。", style="not bold")
        return text

    def _take(self, plan: CalendarPreview) -> None:
        if self.succeeds(lambda: self.desk.calendars.take(plan, fewer=True)):
            self._forget()
            self._show_known()
            self.say(f"已导入{plan.name}，期限已经照新的重新数过。")
