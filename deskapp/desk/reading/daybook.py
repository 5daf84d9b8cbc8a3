"""Day book: who came to the reading point and what for. Applications come from the register, the rest is noted in three keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, Correctable, RecordBook, reason
from deskapp.law.periods import first_day_of_law
from deskapp.parsing import half_width
from deskapp.register.journal import Journal
from deskapp.typed import Since, Typed

APPLICATION = "application"
KINDS = {"reading": "阅览", "advice": "咨询", "explanation": "政策解读"}  # what is noted by hand
ALL_KINDS = {APPLICATION: "申请", **KINDS}
OUTCOMES = ("当场办好", "转有关部门", "另约时间", "没有办成")
DIGITS = 6  # of a number that is typed
MOST_PEOPLE, MOST_MINUTES = 500, 1440
# An application by somebody who stood at the counter; one paper that became several cases is one visit.


class Visit(BookRecord):
    """One visit. ``question`` is the key of the question that was answered, if one was; ``name`` and ``phone`` are there only where the
    person agreed to leave them."""

    kind: str
    people: int = 1
    topic: str = ""
    minutes: int = 0
    outcome: str = ""
    question: str = ""
    name: str = ""
    phone: str = ""


class VisitDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    kind: str = "reading"
    people: str = "1"
    topic: str = ""
    minutes: str = ""
    outcome: str = OUTCOMES[0]
    on: str = ""
    name: str = ""
    phone: str = ""
    why: str = ""


class PrintedCopy(BookRecord):
    """Pages that were printed for a visitor, as visitors' mode writes them down."""

    pages: int = 1


@dataclass(frozen=True)
class VisitLine:
    """One visit as the book shows it; ``key`` is empty for what comes from the register."""

    key: str
    on: date
    kind: str
    people: int
    topic: str
    minutes: int
    outcome: str

    @property
    def kind_name(self) -> str:
        """What they came for, in Chinese."""
        return ALL_KINDS[self.kind]


@dataclass(frozen=True)
class VisitCount:
    """Visits of one kind in one month."""

    visits: int = 0
    people: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class YearBook:
    """A year of visits: for each month the counts by kind, and the sheets that visitors printed."""

    year: int
    months: tuple[dict[str, VisitCount], ...]
    copies: tuple[int, ...] = (0,) * 12

    def total(self, kind: str | None = None) -> VisitCount:
        """The year's count of a kind, or of all."""
        counts = [month[name] for month in self.months for name in ALL_KINDS if kind in (None, name)]
        return VisitCount(
            sum(c.visits for c in counts), sum(c.people for c in counts), sum(c.minutes for c in counts)
        )

    @property
    def sentence(self) -> str:
        """What the annual report says of the reading point."""
        every = self.total()
        names = {**ALL_KINDS, APPLICATION: "现场申请"}
        parts = "、".join(f"{name}{self.total(kind).people}人次" for kind, name in names.items())
        printed = f"群众自助打印{sum(self.copies)}份。" if sum(self.copies) else ""
        return f"{self.year}年，查阅点共接待群众{every.people}人次（{every.visits}批），其中{parts}。{printed}"

    def as_contract(self) -> dict[str, object]:
        """The document of ``deskapp daybook --json``."""
        months = [
            {kind: {"visits": c.visits, "people": c.people, "minutes": c.minutes} for kind, c in month.items()}
            for month in self.months
        ]
        return {
            "year": self.year, "months": months, "copies": list(self.copies), "people": self.total().people,
            "sentence": self.sentence,
        }  # fmt: skip


class DayBook(Correctable[Visit]):
    """The moment somebody comes in."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock
        self._book = RecordBook(journal, clock, "visit", Visit)
        self._copies = RecordBook(journal, clock, "copy", PrintedCopy)

    def _told(self, note: Visit) -> str:
        minutes = f"{note.minutes}分钟" if note.minutes else ""
        parts = (f"{ALL_KINDS[note.kind]}{note.people}人", minutes, note.outcome, note.topic)
        return "　".join(part for part in parts if part)

    def enter(self, draft: VisitDraft, key: str = "", question: str = "") -> VisitLine:
        """Write a visit down, or put one right. Raises DeskError for an unknown kind, a number or day that cannot be, or when one
        is put right without a reason."""
        before = self._book.get(key) if key else None
        typed = Typed(draft, self._clock.today())
        visit = Visit(
            kind=typed.choice("kind", KINDS, "请选择来做什么。", "申请不用记，登记了就算。"),
            on=typed.day("on", "日期", Since(first_day_of_law(), "政府信息公开条例的施行日期")).isoformat(),
            topic=typed.text("topic", "事由"),
            outcome=typed.text("outcome", "结果"),
            name=typed.text("name", "姓名"),
            phone=half_width(typed.text("phone", "电话")),
            question=question or (before.question if before else ""),
            why=reason(draft.why) if key else "",
            people=typed.whole("people", "人数", 1, MOST_PEOPLE, nothing=1),
            minutes=typed.whole("minutes", "分钟", 0, MOST_MINUTES, nothing=0),
        )
        return _line(self._book.put(visit, key), visit)

    def draft_of(self, key: str) -> VisitDraft:
        """A visit as a form, to put it right."""
        visit = self._book.get(key)
        texts = {"people": str(visit.people), "minutes": str(visit.minutes or ""), "why": ""}
        return VisitDraft(**{**visit.model_dump(), **texts})

    def day(self, on: date | None = None) -> list[VisitLine]:
        """The visits of a day, today's if none is given: applications first, then the newest."""
        on = on or self._clock.today()
        noted = [_line(key, visit) for key, visit in self._book.all().items() if visit.on == on.isoformat()]
        return [*self._applications(on, date.fromordinal(on.toordinal() + 1)), *reversed(noted)]

    def year(self, year: int) -> YearBook:
        """The book of a year, month by month."""
        lines = [_line(key, visit) for key, visit in self._book.all(year).items()]
        lines += self._applications(date(year, 1, 1), date(year + 1, 1, 1))
        months = range(1, 13)
        counts = tuple(_counts(line for line in lines if line.on.month == month) for month in months)
        printed = self._copies.all(year).values()
        return YearBook(year, counts, tuple(sum(c.pages for c in printed if int(c.on[5:7]) == n) for n in months))

    def people_between(self, first: date, last: date) -> dict[str, int]:
        """How many people came for what, from a day to another."""
        noted = (_line(key, visit) for key, visit in self._book.all().items())
        lines = [line for line in noted if first <= line.on <= last]
        counts = _counts([*lines, *self._applications(first, date.fromordinal(last.toordinal() + 1))])
        return {kind: count.people for kind, count in counts.items()}

    def asked(self) -> dict[str, int]:
        """How often each question was answered, by its key."""
        counts: dict[str, int] = {}
        for visit in self._book.all().values():
            if visit.question:
                counts[visit.question] = counts.get(visit.question, 0) + 1
        return counts

    def _applications(self, first: date, end: date) -> list[VisitLine]:
        found = self._journal.queries.at_counter(first, end)
        return [
            VisitLine("", came.received_on, APPLICATION, 1, f"{came.case_no} {came.content}", 0, "") for came in found
        ]


def _line(key: str, visit: Visit) -> VisitLine:
    on = date.fromisoformat(visit.on)
    return VisitLine(key, on, visit.kind, visit.people, visit.topic, visit.minutes, visit.outcome)


def _counts(lines: Iterable[VisitLine]) -> dict[str, VisitCount]:
    counts = dict.fromkeys(ALL_KINDS, VisitCount())
    for line in lines:
        before = counts[line.kind]
        counts[line.kind] = VisitCount(before.visits + 1, before.people + line.people, before.minutes + line.minutes)
    return counts
