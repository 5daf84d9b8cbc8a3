"""案件: left facts, what happened by law and the papers, right how long is left and the clock as a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.desk.cases.applicants import described
from deskapp.desk.cases.glance import Glance, Told, dated
from deskapp.desk.reading.talks import Talk
from deskapp.law.categories import category
from deskapp.law.clock_events import act_text
from deskapp.law.receipt import channel_rule
from deskapp.parsing import WEEKDAYS
from deskapp.screens.frame.base import REFUSALS, WatchingScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.left_face import LeftFace
from deskapp.widgets.pane import TALL, Pane
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows
from deskapp.widgets.wall_calendar import WallCalendar

SHOWN_TALKS = 4  # whose days are named
MARKS = {"work": "　", "rest": "休", "holiday": "节", "makeup": "班", "paused": "停"}
LINES = 6  # of one row at most
TALKS, PRINTS, PAPER = "talks", "prints", "paper:"


class CaseScreen(WatchingScreen):
    """One application: what is known, what happened, how long is left, what is next."""

    NAME = "案件"
    FIRST_RUN = "case"
    PURPOSE = (
        "左边是申请的内容、法定经过和案卷里的文书，右边是还有几天和日历。日历里每个日子下面写它是第几个工作日，或者是什么日子："
        "收 收到、停 停算、稳 稳妥、末 最后一日、+1 超期；按 Tab 到日历上，用方向键一天一天看，PgUp、PgDn 换月。"
        "F2 换成逐日的清单，F3 印办理期限计算表。稳妥日期把收到当日也算一天，在它以前送出最放心。"
        "在文书上按 Enter 打印；打印记录折起来了，在那一行按 Enter 展开。本人以前在查阅点问过的，写在最上面，按 Enter 看。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("write_letter"), bind("serve"), bind("note"), bind("paper"), bind("opinions"), bind("papers"), bind("by_day", show=False),
        bind("clock_sheet", show=False), bind("open_selected", "看", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str, fresh: bool = False) -> None:
        super().__init__()
        self.case_id, self._fresh = case_id, fresh
        self._talks: list[Talk] = []
        self._glance: Glance | None = None
        self._unfolded = False

    def body(self) -> Iterable[Widget]:
        """Facts and history; the clock; with more room the papers and what may follow."""
        days = Reader(id="days")
        days.display = False
        yield Horizontal(
            Pane("申请", Rows(wraps=LINES, id="story"), id="left"),
            Pane("期限", LeftFace(id="face"), WallCalendar(id="calendar"), days, edged=True, id="right"),
            Pane("案卷", Reader(id="file"), edged=True, id="third"),
            id="panes",
        )

    def on_mount(self) -> None:
        """Show the case; a case just registered gets its receipt."""
        self._shape()
        if self._fresh:
            self._give_papers()
        else:
            self.refresh_rows()
        self.query_one("#story").focus()

    def _shape(self) -> None:
        """So many panes as the width holds, a large figure where the height does."""
        self.shape_panes()
        self.set_class(self.size.height < TALL, "-low")

    def on_resize(self) -> None:
        """Another height may hold the figure."""
        self._shape()

    def _give_papers(self) -> None:
        """The papers of a registration: the record of an oral application, the receipt."""
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        if case is None:
            return
        kinds = ("oral_record", "receipt") if channel_rule(case.received.channel).spoken else ("receipt",)
        made = [self.attempt(partial(self.desk.reply.issue_form, self.case_id, kind)) for kind in kinds]
        self.refresh_rows()
        if any(made):
            self._open_paper()

    def refresh_rows(self) -> None:
        """Read the case and its deadline."""
        glance = self.attempt(lambda: self.desk.lookup.glance(self.case_id))
        if glance is None:
            return
        self._glance = glance
        self._look_for_talks(glance.case.received.applicant, glance.case.received.phone)
        self.query_one("#face", LeftFace).show(glance.left)
        self.query_one("#calendar", WallCalendar).show(glance.wall)
        self.query_one("#days", Reader).update(self._days(glance))
        self.query_one("#file", Reader).update(self._file(glance))
        self.next_act(glance.next_step)
        self._show_story()

    @work(thread=True, exclusive=True)
    def _look_for_talks(self, name: str, phone: str) -> None:
        """What the applicant asked about at the point; the day book of years is read while the case is seen already."""
        try:
            talks = self.desk.talks.of_person(name, phone)
        except REFUSALS:  # said by whoever reads the day book
            return
        if talks != self._talks:
            self.from_thread(lambda: self._show_talks(talks))

    def _show_talks(self, talks: list[Talk]) -> None:
        rows = self.query_one("#story", Rows)
        untouched = rows.cursor == next((n for n, row in enumerate(rows.rows) if not row.heading), None)
        self._talks = talks
        self._show_story()
        if talks and untouched:  # Enter shows them, as their row says
            rows.cursor = 0

    # -- what is shown -----------------------------------------------------------------------------------------

    def _show_story(self) -> None:
        glance, rows = self._glance, self.query_one("#story", Rows)
        if glance:
            rows.fill(self._story(glance), rows.current.key if rows.current else "")

    def _story(self, glance: Glance) -> Iterator[Row]:
        """Everything that is known of the case, in groups; facts first, then what happened, the newest first."""
        if self._talks:
            days = "、".join(str(talk.on) for talk in self._talks[:SHOWN_TALKS])
            more = "等" if len(self._talks) > SHOWN_TALKS else ""
            yield Row(f"本人在查阅点问过{len(self._talks)}次：{days}{more}。按 Enter 看。", TALKS, "accent")
        yield Row(glance.who, style="bold", heading=True)
        yield from (Row(text, style="text", heading=True) for text in self._facts(glance) if text)
        yield from (Row(f"注意 {fault}", style="warn", heading=True) for fault in _faults(glance))
        yield from self._group("法定经过", glance.law, "law:")
        if not self.has_class("-wide"):
            yield from self._group(f"案卷 {len(glance.papers)}份", glance.papers, PAPER)
            if glance.wanting:
                yield Row(f"还缺{'、'.join(glance.wanting)}，按 F9 入卷", style="warn", heading=True)
        if glance.prints:
            fold = "折起" if self._unfolded else "展开"
            yield Row(f"打印和存档记录 {len(glance.prints)}条，按 Enter {fold}", PRINTS, "accent")
            if self._unfolded:
                yield from self._rows_of(glance.prints, "print:")

    def _facts(self, glance: Glance) -> Iterator[str]:
        """The application and what it has come to."""
        case = glance.case
        yield case.content
        yield f"补正以前写的是：{case.first_content}" if case.first_content else ""
        yield glance.came
        yield self.desk.intake.receipt(case).why
        yield f"电话 {case.phone}" if case.phone else ""
        yield from described(case)[1:]
        yield glance.answer
        for earlier in case.earlier:
            was = f"{category(earlier.category).name}　{earlier.number}" if earlier.category else "没有答复"
            yield f"原答复 {was}　{earlier.undone(case.disputes)}"
        yield from self.desk.lookup.disputes_of(case)

    def _group(self, name: str, told: tuple[Told, ...], key: str) -> Iterator[Row]:
        if told:
            if not self.has_class("-low"):
                yield Row("", heading=True)
            yield Row(name, style="bold", heading=True)
            yield from self._rows_of(told, key)

    def _rows_of(self, told: tuple[Told, ...], key: str) -> Iterator[Row]:
        today, narrow = self.desk.clock.today(), self.has_class("-narrow")
        for n, item in enumerate(told):
            day = dated(item.on, today) + ("" if narrow else f" {WEEKDAYS[item.on.weekday()]}")
            line = "  ".join(part for part in (day, item.name, item.detail) if part)
            below = f"\n{' ' * (len(day) + 3)}{item.below}" if item.below and not narrow else ""
            yield Row(line + below, f"{key}{n}")

    def _file(self, glance: Glance) -> Text:
        """The papers, and what may be noted now."""
        text = Text()
        for item in glance.papers:
            text.append(f"{dated(item.on, glance.wall.today)}  {item.name}  {item.detail}\n")
        text.append("\n" if glance.papers else "还没有文书。按 F4 写，发出以后在这里。\n\n", style="quiet")
        if glance.wanting:
            text.append(f"还缺{'、'.join(glance.wanting)}，按 F9 入卷\n\n", style="warn")
        text.append("可以接着记的（F6）\n", style="bold")
        for act in self.desk.acts.possible(glance.case).values():
            text.append(f"{act.name}\n")
        return text

    @staticmethod
    def _days(glance: Glance) -> Text:
        """The working of the clock, a line for every day."""
        text = Text("逐日计算（记号 班 休 节 停）\n", style="bold")
        happened: dict[object, list[str]] = {}
        for event in glance.case.clock_events:
            known = act_text(event.act)
            cite = f"（{known.cite.removeprefix('条例')}）" if known.cite else ""
            happened.setdefault(event.on, []).append(known.name + cite)
        for day in glance.deadline.days:
            n = "" if day.n is None else str(day.n)
            what = happened.get(day.date, []) + (["最后一日"] if day.date == glance.deadline.due_on else [])
            line = f"{day.date:%m-%d} {WEEKDAYS[day.date.weekday()]} {MARKS[day.kind]} {n:>2} {'；'.join(what)}"
            text.append(line.rstrip() + "\n", style="not bold")
        return text

    def copied(self) -> str:
        """Its number."""
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        return case.case_no if case else ""

    # -- acts --------------------------------------------------------------------------------------------------

    def action_write_letter(self) -> None:
        """To the guide, which ends in a letter; where the next step names one, it is the first that is offered."""
        glance = self.attempt(lambda: self.desk.lookup.glance(self.case_id))
        if glance is not None and glance.case.void:
            self.say(glance.next_step, error=True)
        elif glance is not None:
            self.go("guide", self.case_id, glance.letter)

    def action_serve(self) -> None:
        """Note a delivery."""
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        if case is None:
            return
        if not self.desk.delivery.waiting(case):
            self.say("没有等着送达的文书。先按 F4 写文书并发出。", error=True)
            return
        self.go("delivery", self.case_id)

    def action_note(self) -> None:
        """Note an act that moves the deadline."""
        self.go("note", self.case_id)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """What lies behind the row: talks, the prints, a paper."""
        if event.row.key == TALKS:
            self._open_talks()
        elif event.row.key == PRINTS:
            self._unfolded = not self._unfolded
            self._show_story()
        elif event.row.key.startswith(PAPER) and self._glance:
            letters = self._glance.case.letters
            self.go("letter_paper", letters[-1 - int(event.row.key.removeprefix(PAPER))].letter_id, list(letters))
        else:
            self.say("这一行后面没有别的。要打印文书，在案卷里的一份上按 Enter，或者按 F7。")

    def action_open_selected(self) -> None:
        """The same for the row under the cursor."""
        self.query_one("#story", Rows).action_select()

    def _open_talks(self) -> None:
        """To what the applicant asked about at the point; ask which where there are several."""
        if len(self._talks) == 1:
            self.go("visit_entries", str(self._talks[0].on))
            return
        answers = [(str(talk.on), f"{talk.on}　{talk.text}") for talk in self._talks]
        question = "本人在查阅点问过的，看哪一次？"
        self.app.push_screen(PickModal(question, answers), lambda day: self.go("visit_entries", day) if day else None)

    def action_by_day(self) -> None:
        """The calendar, or the same day by day as a list."""
        days, calendar = self.query_one("#days", Reader), self.query_one("#calendar", WallCalendar)
        days.display, calendar.display = calendar.display, days.display
        (days if days.display else calendar).focus()

    def action_clock_sheet(self) -> None:
        """The count of the deadline on a sheet for the file."""
        self.to_printer(lambda: self.desk.clock_sheets.of_case(self.case_id))

    def action_opinions(self) -> None:
        """To the boxes of review."""
        self.go("reviews", self.case_id)

    def action_papers(self) -> None:
        """To the papers on file."""
        self.go("papers", self.case_id)

    def action_paper(self) -> None:
        """Print an issued letter."""
        self._open_paper()

    def _open_paper(self) -> None:
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        if case is None:
            return
        if not case.letters:
            self.say("还没有发出过文书。先按 F4 写文书。", error=True)
            return
        self.go("letter_paper", case.letters[-1].letter_id, list(case.letters))


def _faults(glance: Glance) -> Iterator[str]:
    """What is wrong with the history, and what a letter that waits would do."""
    deadline = glance.deadline
    for finding in deadline.findings:
        yield f"{finding.message}（{finding.article}）"
    if deadline.due_if_sent and deadline.due_if_sent != deadline.due_on:
        yield f"今天送出的，最后一日是{deadline.due_if_sent}。"
