"""One case at a glance: what is known, how long is left, what happened by law, which papers lie in the file, what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.desk.cases.board import STATUS_NAMES, VOID, MatterDue
from deskapp.desk.cases.next_step import how_it_came, next_letter, next_step
from deskapp.desk.cases.papers_wanted import wanted
from deskapp.law.annual_report import class_names
from deskapp.law.categories import category
from deskapp.law.clock_events import act_text
from deskapp.law.deadline import Deadline
from deskapp.law.delivery import way
from deskapp.law.wall import Wall, wall
from deskapp.law.workdays import Calendar
from deskapp.parsing import WEEKDAYS
from deskapp.register import events as ev
from deskapp.register.acts import ACTS, describe, name_of
from deskapp.register.case import Case, letters_not_served, struck_places

STANDS = {"paused": "，停算", "awaiting_correction": "，停算", "awaiting_payment": "，停算"}
PRINTS = (ev.Printed, ev.Copied)


@dataclass(frozen=True)
class TimeLeft:
    """How long is left: the ``number`` that is shown large (working days left, or past where it is ``late``; None where no day runs),
    and the same in words: how the case stands, how many days, its last day and the safe one."""

    number: int | None
    late: bool
    state: str
    words: str
    due: str
    safe: str

    @property
    def lines(self) -> list[str]:
        """The words that stand beside the number, those that there are."""
        return [line for line in (self.state, self.words, self.due, self.safe) if line]


@dataclass(frozen=True)
class Told:
    """Something in the file: its day, what it is called, the particulars, and what rests below it (an article, where it is)."""

    on: date
    name: str
    detail: str = ""
    below: str = ""


@dataclass(frozen=True)
class Glance:
    """A case as it is today; ``letter`` are the words that find the paper which the next step names."""

    case: Case
    deadline: Deadline
    wall: Wall
    left: TimeLeft
    next_step: str
    letter: str
    law: tuple[Told, ...]
    papers: tuple[Told, ...]
    wanting: tuple[str, ...]  # names of papers that belong on file and are not there
    prints: tuple[Told, ...]

    @property
    def who(self) -> str:
        """Number, name and class in a line."""
        case = self.case
        return f"{case.case_no}  {case.who}  {class_names()[case.applicant_class]}"

    @property
    def came(self) -> str:
        """How and when it came in, and who works on it."""
        case, by = self.case, self.case.handler
        parts = (*how_it_came(case), f"{dated(case.received.on, self.wall.today)}收到", f"经办 {by}" if by else "")
        return "  ".join(part for part in parts if part)

    @property
    def answer(self) -> str:
        """The answer that stands, with its number; empty while there is none."""
        return f"答复 {category(self.case.category).name}  {self.case.number}".rstrip() if self.case.category else ""

    @property
    def wishes(self) -> list[str]:
        """Telephone, address, how the answer is wanted, the remark: those that are known, each with its name."""
        of = self.case.received
        known = (("电话", of.phone), ("住址", of.address), ("要求", of.delivery_form), ("备注", of.remark))
        return [f"{name} {value}" for name, value in known if value]


def dated(day: date, today: date) -> str:
    """A day as it stands in a history: with its year where that is not this one."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def glance_of(
    case: Case, deadline: Deadline, matters: Sequence[MatterDue], today: date, calendar: Calendar
) -> Glance:
    """Everything a pane shows of a case; ``deadline`` with its working."""
    law, prints = _history(case)
    return Glance(
        case,
        deadline,
        wall(deadline, case.clock_events, today, calendar),
        left_of(case, deadline, today),
        next_step(case, deadline, matters),
        next_letter(case, deadline, matters),
        tuple(law),
        tuple(sorted([*_papers(case), *_on_file(case)], key=lambda told: told.on, reverse=True)),
        tuple(wanted(case)),
        tuple(prints),
    )


def left_of(case: Case, deadline: Deadline, today: date) -> TimeLeft:
    """How long is left of a clock, as a number and in words."""
    if case.void:
        return TimeLeft(None, False, VOID, "", "", "")
    number, words = None, ""
    if deadline.working_days_left is not None and deadline.due_on:
        left = deadline.working_days_left
        number = abs(left)
        late = today > deadline.due_on
        words = f"已超{number}个工作日" if late else f"余{number}个工作日" if number else "今天是最后一日"
    else:
        late = deadline.in_time is False
        words = "" if deadline.in_time is None else "超期送达" if late else "按期送达"
    due = f"最后一日 {deadline.due_on} 星期{WEEKDAYS[deadline.due_on.weekday()]}" if deadline.due_on else ""
    due += "（暂定）" if due and deadline.provisional else ""
    until = f"等到 {deadline.wait_until}" if deadline.wait_until and not deadline.due_on else ""
    safe = f"稳妥日期 {deadline.safe_on}" if deadline.safe_on else ""
    return TimeLeft(number, late, state_of(case, deadline), words, due or until, safe)


def state_of(case: Case, deadline: Deadline) -> str:
    """How the case stands, in words; what came back and what is put away says so."""
    if case.void:
        return VOID
    waits = any(letter.letter_id == case.answer_id for letter in letters_not_served(case))
    if waits and case.category and any(isinstance(event, ev.Returned) for event in case.told):
        return "退回，要再送达"
    if case.archived:
        return STATUS_NAMES["archived"]
    if case.category and deadline.status in ("running", "paused"):
        return "待送达"
    return STATUS_NAMES[deadline.status] + STANDS.get(deadline.status, "")


def _history(case: Case) -> tuple[list[Told], list[Told]]:
    """What happened, the newest first: what counts by law, and what was printed or copied. A paper that went out is told by the act it
    is; the answer is one itself, and so is a letter that is no act, one that puts another right for instance."""
    acts = {event.letter_id for event in case.history if isinstance(event, ev.OfLetter)}
    titles = {event.letter_id: event.title for event in case.history if isinstance(event, ev.Issued)}
    struck = struck_places(case.history)
    law: list[Told] = []
    prints: list[Told] = []
    for n, event in enumerate(case.history):
        if isinstance(event, ev.Issued) and not event.category and (not event.number or event.letter_id in acts):
            continue
        name = f"{name_of(event)}（已划去）" if n in struck else name_of(event)
        if isinstance(event, PRINTS):
            prints.append(Told(event.on, name, "  ".join((titles.get(event.letter_id, ""), describe(event)))))
            continue
        title = "" if isinstance(event, ev.Issued) else titles.get(getattr(event, "letter_id", ""), "")
        detail = "  ".join(part for part in (title, describe(event)) if part)
        law.append(Told(event.on, name, detail, _article(event)))
    return law[::-1], prints[::-1]


def _article(event: ev.AnyEvent) -> str:
    """The article that an act of the clock rests on."""
    return act_text(event.act).cite.removeprefix("条例") if ACTS[event.act].on_the_clock else ""


def _on_file(case: Case) -> list[Told]:
    """What was laid to the case: scans, photographs, papers that there are on paper only."""
    return [
        Told(
            paper.on,
            paper.name,
            "  ".join(part for part in (f"{paper.pages}页", "" if paper.sha256 else "只有纸质") if part),
        )
        for paper in case.papers
    ]


def _how_served(case: Case, letter_id: str) -> str:
    """Whether a letter has reached whom it went to, or has only left the house: who posts it does not know yet."""
    served = next((e for e in reversed(case.told) if isinstance(e, ev.Served) and e.letter_id == letter_id), None)
    arrived = any(isinstance(event, ev.Arrived) and event.letter_id == letter_id for event in case.told)
    there = served is None or arrived or served.arrived_on is not None or way(served.way).handed
    return "已送达" if there else "已送出"


def _papers(case: Case) -> list[Told]:
    """The papers that went out or lie in the file, the newest first: number, pages, how often printed, whether it arrived."""
    printed = Counter(event.letter_id for event in case.prints)
    waiting = {letter.letter_id for letter in letters_not_served(case)}
    papers = []
    for letter in reversed(case.letters):
        times = printed[letter.letter_id]
        state = "已作废" if letter.letter_id in case.void_letters else ""
        state = state or ("没有送达" if letter.letter_id in waiting else "")
        state = state or (_how_served(case, letter.letter_id) if letter.letter_id in case.served_letters else "")
        parts = (letter.number, f"{letter.pages}页", f"印过{times}次" if times else "没有印过", state)
        papers.append(Told(letter.on, letter.title, "  ".join(part for part in parts if part)))
    return papers
