"""案件: left facts and journal, right the clock with its working, below who does what next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from deskapp.desk.cases.applicants import described
from deskapp.desk.cases.glance import STATUS_NAMES
from deskapp.desk.cases.next_step import how_it_came, next_letter, next_step
from deskapp.desk.reading.talks import Talk
from deskapp.law.categories import category
from deskapp.law.clock_events import act_text
from deskapp.law.deadline import CountedDay, Deadline
from deskapp.law.receipt import channel_rule
from deskapp.parsing import WEEKDAYS
from deskapp.register.case import Case
from deskapp.screens.frame.base import REFUSALS, WatchingScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.prose import Prose

SHOWN_TALKS = 4  # whose days are named
MARKS = {"work": "　", "rest": "休", "holiday": "节", "makeup": "班", "paused": "停"}


class CaseScreen(WatchingScreen):
    """One application: what is known, what happened, how long is left, what is next."""

    NAME = "案件"
    PURPOSE = (
        "左边是申请的内容和办理经过，右边是答复期限：最后一日怎样一天一天算出来。"
        "记号：班 调休上班、休 周末、节 放假、停 不计算。稳妥日期把收到当日也算一天，在它以前送出最放心。"
        "最下面一行说下一步做什么。本人以前在查阅点问过的，写在最上面，按 Enter 看。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("write_letter"), bind("serve"), bind("note"), bind("paper"), bind("opinions"), bind("papers"),
        bind("open_selected", "问过的", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str, fresh: bool = False) -> None:
        super().__init__()
        self.case_id, self._fresh = case_id, fresh
        self._talks: list[Talk] = []

    def body(self) -> Iterable[Widget]:
        """Facts and journal, clock, next step."""
        yield Horizontal(
            VerticalScroll(Prose(id="talks"), Prose(id="facts"), id="left"),
            VerticalScroll(Prose(id="clock"), id="right"),
            id="panes",
        )

    def on_mount(self) -> None:
        """Show the case; a case just registered gets its receipt."""
        if self._fresh:
            self._give_papers()
        else:
            self.refresh_rows()
        self.query_one("#left").focus()

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
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        if case is None:
            return
        self._look_for_talks(case.received.applicant, case.received.phone)
        deadline = self.desk.lookup.deadline(case)
        self.query_one("#facts", Prose).update(self._facts(case))
        self.query_one("#clock", Prose).update(self._clock(case, deadline))
        self.next_act(next_step(case, deadline, self.desk.lookup.matters_of(case)))

    @work(thread=True, exclusive=True)
    def _look_for_talks(self, name: str, phone: str) -> None:
        """What the applicant asked about at the point; the day book of years is read while the case is seen already."""
        try:
            talks = self.desk.talks.of_person(name, phone)
        except REFUSALS:  # said by whoever reads the day book
            return
        self.from_thread(lambda: self._show_talks(talks))

    def _show_talks(self, talks: list[Talk]) -> None:
        self._talks = talks
        days = "、".join(str(talk.on) for talk in talks[:SHOWN_TALKS]) + ("等" if len(talks) > SHOWN_TALKS else "")
        said = f"本人在查阅点问过{len(talks)}次：{days}。按 Enter 看。" if talks else ""
        self.query_one("#talks", Prose).update(Text(said))

    def _facts(self, case: Case) -> Text:
        text = Text()
        text.append(f"{case.case_no}", style="bold")
        text.append(f"　{case.received.on}收到\n")
        text.append("　".join(part for part in how_it_came(case) if part) + "\n")
        text.append(f"{self.desk.intake.receipt(case).why}\n", style="quiet")
        text.append("".join(f"{line}\n" for line in described(case)))
        text.append(f"申请内容：{case.content}\n")
        if case.category:
            text.append(f"答复：{category(case.category).name}　{case.number}\n", style="bold")
        for earlier in case.earlier:
            was = f"{category(earlier.category).name}　{earlier.number}" if earlier.category else "没有答复"
            text.append(f"原答复：{was}　{earlier.undone}\n")
        text.append("".join(f"{line}\n" for line in self.desk.lookup.disputes_of(case)))
        if case.papers:
            text.append(f"案卷材料：{self._papers(case)}\n")
        text.append("\n办理经过（新的在前）\n", style="bold")
        for day, name, detail in reversed(self.desk.lookup.entries(case.case_id)):
            text.append(f"{day:%m-%d} ", style="quiet")
            text.append(f"{name}　{detail}\n" if detail else f"{name}\n")
        return text

    def _papers(self, case: Case) -> str:
        """What lies on file and what is wanting, on one line."""
        there = "、".join(f"{paper.name}{paper.pages}页" for paper in self.desk.papers.of(case))
        missing = self.desk.papers.wanted(case)
        return there + (f"；还缺{'、'.join(missing)}" if missing else "")

    def _clock(self, case: Case, deadline: Deadline) -> Text:
        text = Text()
        if deadline.due_on:
            text.append(f"最后一日　{deadline.due_on}", style="bold")
            text.append("（暂定）\n" if deadline.provisional else "\n")
            text.append(f"稳妥日期　{deadline.safe_on}（收到当日也算）\n")
        state = "等送达" if case.category and deadline.status == "running" else STATUS_NAMES[deadline.status]
        text.append(f"状态　　　{state}")
        if deadline.working_days_left is not None:
            left = deadline.working_days_left
            text.append(f"，余{left}个工作日" if left >= 0 else f"，已超{-left}个工作日", style="bold")
        if deadline.in_time is not None:
            text.append("，按期送达" if deadline.in_time else "，超期送达", style="bold")
        text.append("\n")
        if deadline.wait_until:
            text.append(f"等到　　　{deadline.wait_until}\n")
        if deadline.due_if_sent and deadline.due_if_sent != deadline.due_on:
            text.append(f"今天送出　{deadline.due_if_sent}（送出以后的最后一日）\n")
        for finding in deadline.findings:
            text.append(f"※ {finding.message}（{finding.article}）\n", style="bold")
        text.append("\n逐日计算（记号：班 休 节 停）\n", style="bold")
        happened: dict[object, list[str]] = {}
        for event in case.clock_events:
            known = act_text(event.act)
            happened.setdefault(event.on, []).append(
                f"{known.name}（{known.cite.removeprefix('条例')}）" if known.cite else known.name
            )
        for day in deadline.days:
            text.append(self._day_line(day, deadline, happened.get(day.date, [])) + "\n")
        return text

    @staticmethod
    def _day_line(day: CountedDay, deadline: Deadline, happened: list[str]) -> str:
        n = "" if day.n is None else str(day.n)
        what = happened + (["最后一日"] if day.date == deadline.due_on else [])
        return f"{day.date:%m-%d} {WEEKDAYS[day.date.weekday()]} {MARKS[day.kind]} {n:>2} {'；'.join(what)}".rstrip()

    def copied(self) -> str:
        """Its number."""
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        return case.case_no if case else ""

    # -- acts --------------------------------------------------------------------------------------------------

    def action_write_letter(self) -> None:
        """To the guide, which ends in a letter; where the next step names one, it is the first that is offered."""
        case = self.attempt(lambda: self.desk.lookup.case(self.case_id))
        if case is not None:
            words = next_letter(case, self.desk.lookup.deadline(case), self.desk.lookup.matters_of(case))
            self.go("guide", self.case_id, words)

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

    def action_open_selected(self) -> None:
        """To what the applicant asked about at the point; ask which where there are several."""
        if not self._talks:
            self.say("本人没有在查阅点问过，或者没有留姓名、电话。")
        elif len(self._talks) == 1:
            self.go("visit_entries", str(self._talks[0].on))
        else:
            answers = [(str(talk.on), f"{talk.on}　{talk.text}") for talk in self._talks]
            question = "本人在查阅点问过的，看哪一次？"
            self.app.push_screen(
                PickModal(question, answers), lambda day: self.go("visit_entries", day) if day else None
            )

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
