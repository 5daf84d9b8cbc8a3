"""What was noted on any day, visits or slips: found by month, day or words, put right or taken back with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from deskapp.desk.reading.record_book import BookEntry, Correctable
from deskapp.errors import DeskError
from deskapp.forms.reading import WHY
from deskapp.forms.view import FormView
from deskapp.law.periods import first_day_of_law
from deskapp.law.spans import span_of
from deskapp.parsing import parse_day
from deskapp.register.matches import fits
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal, PickScreen
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

EDIT, AWAY, BACK = "edit", "away", "back"
GONE = "gone:"
DAY_WIDTH = 12


class BookScreen(PickScreen):
    """A month of notes; one of them may be put right or taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("earlier_month"), bind("later_month"), bind("open_selected", "改正"), bind("back"), bind("help"),
    ]  # fmt: skip
    UNIT: ClassVar[str] = "条"

    def __init__(self, words: str = "") -> None:
        """``words`` stand in the line to begin with: a day, or what is looked for."""
        super().__init__()
        self._month, self._begun_with = date.min, words

    @property
    def book(self) -> Correctable[Any]:
        """Where they are noted."""
        raise NotImplementedError

    def put_right(self, key: str) -> None:
        """To the form of one."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """The month, a line to type in, the list."""
        yield Prose(id="sum")
        yield self.line("打日期（例如 3-5）或者里面的字；F5、F6 换月份")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """This month."""
        self._month = self.desk.clock.today().replace(day=1)
        if self._begun_with:
            self.query_one("#words", Input).value = self._begun_with

    def on_screen_resume(self) -> None:
        """Back from a form: read again."""
        if self.query("#words"):
            self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        self.fill(self.words)

    def _day(self, words: str) -> date | None:
        """The day that was typed; None where something else was."""
        try:
            return parse_day(words.strip(), self.desk.clock.today()) if words.strip() else None
        except DeskError:
            return None

    def fill(self, words: str) -> None:
        """The notes of the month or of the day that was typed, as far as they hold the words."""
        day = self._day(words)
        span = span_of(f"{self._month:%Y-%m}")
        first, last, words = (day, day, "") if day else (span.first, span.last, words)
        entries = self.attempt(lambda: self.book.entries(first, last))
        if entries is None:
            return
        found = [entry for entry in entries if fits(words, f"{entry.on} {entry.text} {entry.remark}")]
        listed = self.query_one("#found", Rows)
        rows = [Row(self._row(entry), (GONE if entry.gone else "") + entry.key) for entry in found]
        listed.fill(rows or [Row("没有。", heading=True)], listed.current.key if listed.current else "")
        name = str(day) if day else span.name
        gone = sum(entry.gone for entry in found)
        away = f"，另有撤回的{gone}{self.UNIT}" if gone else ""
        text = f"{name}：{len(found) - gone}{self.UNIT}{away}。"
        self.query_one("#sum", Prose).update(Text(text, style="bold"))

    def _row(self, entry: BookEntry) -> str:
        remark = f"　〔{entry.remark}〕" if entry.remark else ""
        return f"{entry.on!s:<{DAY_WIDTH}}{entry.text}{remark}"

    def action_earlier_month(self) -> None:
        """The month before."""
        self._go(self._month - timedelta(days=1))

    def action_later_month(self) -> None:
        """The month after, up to this one."""
        self._go(self._month + timedelta(days=31))

    def _go(self, day: date) -> None:
        if first_day_of_law().replace(day=1) <= day.replace(day=1) <= self.desk.clock.today():
            self._month = day.replace(day=1)
            self.refresh_rows()

    def action_open_selected(self) -> None:
        """Ask what is to be done with the row under the cursor."""
        row = self.query_one("#found", Rows).current
        if row is None:
            return
        key, gone = row.key.removeprefix(GONE), row.key.startswith(GONE)
        history = self.attempt(lambda: self.book.history(key)) or []
        answers = [(BACK, "撤回错了，放回来")] if gone else [(EDIT, "改正这一条"), (AWAY, "记错了，撤回")]
        told = "\n".join(history[-4:])
        self.app.push_screen(PickModal(f"{told}\n这一条怎么办？", answers), lambda answer: self._do(key, answer))

    def _do(self, key: str, answer: str | None) -> None:
        if answer == EDIT:
            self.put_right(key)
        elif answer in (AWAY, BACK):
            self.app.push_screen(ReasonScreen(self.book, key, back=answer == BACK))


class VisitBookScreen(BookScreen):
    """The visits of any day."""

    NAME = "来人明细"
    PURPOSE = (
        "任何一天记下的来人：打日期或者里面的字来找，F5、F6 换月份。选一行按 Enter，改正或者撤回，要写原因；撤回的还列在这里，"
        "写着原因，可以放回来。原来记的都留在登记簿里。来申请的不在这里，在查询里找。"
    )
    UNIT = "批"

    @property
    def book(self) -> Correctable[Any]:
        """The day book."""
        return self.desk.daybook

    def put_right(self, key: str) -> None:
        """To the form of a visit."""
        self.go("visit_form", "reading", key)


class SlipBookScreen(BookScreen):
    """The slips of any day."""

    NAME = "问卷明细"
    PURPOSE = (
        "任何一天记下的问卷：打日期或者里面的字来找，F5、F6 换月份。选一行按 Enter，改正或者撤回，要写原因；撤回的还列在这里，"
        "写着原因，可以放回来。原来记的都留在登记簿里。"
    )
    UNIT = "份"

    @property
    def book(self) -> Correctable[Any]:
        """The slips."""
        return self.desk.satisfaction

    def put_right(self, key: str) -> None:
        """To the form of a slip."""
        self.go("slip_form", "yes", key)


class ReasonScreen(FormScreen):
    """Why something noted is taken back, or put back."""

    NAME = "写原因"
    PURPOSE = "写几个字：为什么撤回，或者为什么放回来。原因和原来记的一起留在登记簿里。写完按 Enter。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, book: Correctable[Any], key: str, back: bool = False) -> None:
        super().__init__()
        self._book, self._key, self._back = book, key, back

    def body(self) -> Iterable[Widget]:
        """What it is about, one line."""
        history = self.attempt(lambda: self._book.history(self._key)) or []
        act = "放回来" if self._back else self._book.TAKING_BACK
        means = f"{act}以后，{self._book.MEANS[self._back]}"
        yield Prose(Text("\n".join([f"{act}：", *history[-2:], means])), id="rule")
        yield self.form_of((WHY,), {}, enter_ends=True)

    def on_form_view_entered(self) -> None:
        """Enter is enough."""
        self.action_save()

    def save(self) -> None:
        """Do it."""
        why = self.query_one(FormView).values()[WHY.key]
        act = self._book.put_back if self._back else self._book.take_back
        if self.succeeds(lambda: act(self._key, why)):
            self.finish("已放回来。" if self._back else f"已{self._book.TAKING_BACK}；原来记的留在登记簿里。")
