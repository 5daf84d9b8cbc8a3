"""The clock of a case as a wall calendar: what every day is to it, in one word, and in a line.

A Chinese wall calendar has two storeys, the date and below it the lunar day; here the lower one says which working day of the count
it is, or the one thing that outweighs that. Pure: a deadline with its working, the events, the day, the calendar; no picture.
"""

from __future__ import annotations

from calendar import Calendar as Months
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from deskapp.law import clock_events as ev
from deskapp.law.deadline import CountedDay, Deadline, is_unsent
from deskapp.law.delivery import way
from deskapp.law.periods import period
from deskapp.law.workdays import Calendar

Kind = Literal[
    "plain", "off", "counted", "added", "paused", "start", "act", "extended", "safe", "last", "late", "provisional"
]
MEANINGS = {
    "收": "收到", "补": "收到补正", "缴": "缴费", "令": "责令重答", "征": "征求意见", "发": "发出", "达": "送达", "撤": "撤回",
    "延": "延期", "停": "停算", "班": "调休上班", "休": "周末", "节": "放假", "今": "今天", "稳": "稳妥", "末": "最后", "暂": "暂定",
}  # fmt: skip
SAFE = ("稳妥", "收到当日也算一天")  # what the day before the last one is, for whoever has not read the help
NUMBER, LATE = "数字", "+1"
STARTS = {"received": "收", "corrected": "补", "fee_paid": "缴", "redo_ordered": "令"}
SENT = {"party_consulted": "征", "agency_consulted": "征", "extended": "延", "deferred": "延"}
WEIGHT = "末收补缴令达发撤征延停稳班"  # of two that fall on one day the first is shown, then what is past the last day, 今, the number
KINDS: dict[str, Kind] = {
    "末": "last",
    "达": "act",
    "发": "act",
    "撤": "act",
    "征": "act",
    "延": "extended",
    "停": "paused",
    "稳": "safe",
}
OFF: dict[str, str] = {"rest": "休", "holiday": "节"}
STOPPED = ("awaiting_correction", "awaiting_payment", "lapsed")
ONE_DAY = timedelta(days=1)
WEEK = "一二三四五六日"  # by date.weekday(), the heads of the columns
MONTHS = Months()  # Monday first


@dataclass(frozen=True)
class WallDay:
    """One day: the ``word`` below its date and what it is by that; ``n`` is its number in the count, ``past`` by how many working
    days it lies beyond the last one, ``told`` what happened or falls on it, ``walked`` whether it is counted and over."""

    date: date
    word: str = ""
    kind: Kind = "plain"
    n: int | None = None
    past: int = 0
    told: tuple[str, ...] = ()
    walked: bool = False
    today: bool = False

    @property
    def line(self) -> str:
        """The day in a line: 11-17 二  第20个工作日  最后一日（第三十三条）."""
        number = f"第{self.n}个工作日" if self.n else f"超过{self.past}个工作日" if self.past else ""
        parts = (f"{self.date:%m-%d} {WEEK[self.date.weekday()]}", number, *self.told)
        return "  ".join(part for part in parts if part)


@dataclass(frozen=True)
class Wall:
    """The days from the first thing that happened to the last one that matters; ``start`` is where the running count begins,
    ``waiting`` says which letters were sent and have not arrived, ``guessed`` are the years without an official calendar."""

    today: date
    days: tuple[WallDay, ...]
    start: date
    due_on: date | None
    waiting: tuple[str, ...] = ()
    guessed: frozenset[int] = frozenset()

    def on(self, day: date) -> WallDay:
        """A day; one outside of what matters says only whether it is today."""
        at = (day - self.days[0].date).days
        if 0 <= at < len(self.days):
            return self.days[at]
        return WallDay(day, "今" if day == self.today else "", today=day == self.today)

    @property
    def last(self) -> date:
        """The last day that matters."""
        return self.days[-1].date

    def months(self, most: int = 2) -> list[date]:
        """The first days of the months to show: from where the count begins to its last day, today's among them when there are more
        than ``most``."""
        end = self.due_on or self.last
        ends = [first_of(self.start), first_of(end)]
        if months_between(ends[0], ends[1]) >= most:
            ends[0] = first_of(min(max(self.today, self.start), end))
            if months_between(ends[0], ends[1]) >= most:  # today and the last day with months between: those two
                return [ends[0], ends[1]] if most > 1 else [ends[0]]
        while months_between(ends[0], ends[1]) < most - 1:
            ends[1] = months_on(ends[1], 1)
        return [months_on(ends[0], n) for n in range(most)]

    def title(self, month: date) -> str:
        """The heading of a month; one of a year without its official calendar says so."""
        return f"{month.year}年{month.month}月" + (" 暂定" if month.year in self.guessed else "")

    def legend(self, months: Iterable[date]) -> list[tuple[str, str]]:
        """The words that stand in these months, each with its meaning."""
        found = {self.on(day).word for month in months for week in weeks(month) for day in week if day}
        words = [(word, meaning) for word, meaning in MEANINGS.items() if word in found]
        words += [(LATE, "超期")] if any(word.startswith("+") for word in found) else []
        words += [(NUMBER, "第几个工作日")] if any(word.isdigit() for word in found) else []
        return words + ([SAFE] if SAFE[0][0] in found else [])


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_between(first: date, second: date) -> int:
    """By how many months the second lies after the first."""
    return (second.year - first.year) * 12 + second.month - first.month


def months_on(month: date, n: int) -> date:
    """The first day of the month ``n`` later."""
    years, at = divmod(month.year * 12 + month.month - 1 + n, 12)
    return date(years, at + 1, 1)


def weeks(month: date) -> list[list[date | None]]:
    """A month in weeks from Monday to Sunday; None outside of it."""
    return [
        [date(month.year, month.month, n) if n else None for n in week]
        for week in MONTHS.monthdayscalendar(month.year, month.month)
    ]


def wall(deadline: Deadline, events: Iterable[ev.ClockEvent], today: date, calendar: Calendar) -> Wall:
    """The wall calendar of a clock; ``deadline`` must have been evaluated with its working."""
    happened = list(events)
    words, told = _happened(happened)
    order = max((event for event in happened if isinstance(event, ev.RedoOrdered)), key=lambda e: e.on, default=None)
    for day, word, line in _marks(deadline, order):
        words.setdefault(day, []).append(word)
        told.setdefault(day, []).append(line)
    counted = {day.date: day for day in deadline.days}
    over = _over(happened, today)
    first, last = _span(deadline, [*words, *told], over)
    law = period("reply", order.on if order else deadline.received_on).value
    length = (order and order.working_days) or law
    made = _Making(deadline, counted, words, told, today, over, calendar, length)
    days = [made.day(first + ONE_DAY * n) for n in range((last - first).days + 1)]
    guessed = frozenset({first.year, last.year} - set(calendar.years)) if deadline.provisional else frozenset()
    return Wall(today, tuple(days), deadline.counted_from, deadline.due_on, _waiting(happened), guessed)


def _over(events: Sequence[ev.ClockEvent], today: date) -> date:
    """The last day that is counted as gone: today, or when it was answered or withdrawn after the last order."""
    ends = [event.on for event in events if isinstance(event, ev.Served | ev.Withdrawn)]
    orders = [event.on for event in events if isinstance(event, ev.RedoOrdered)]
    ends = [end for end in ends if not orders or end >= max(orders)]
    return min([today, *ends])


def _span(deadline: Deadline, named: Iterable[date], over: date) -> tuple[date, date]:
    """From the first day that anything is said of to the last one."""
    days = [deadline.received_on, deadline.counted_from, *named]
    ends = [deadline.due_on or deadline.wait_until or over, deadline.wait_until or over]
    open_ = deadline.status not in ("answered", "withdrawn")
    return min(days), max(*days, *ends, *([over] if open_ else []))


def _happened(events: Iterable[ev.ClockEvent]) -> tuple[dict[date, list[str]], dict[date, list[str]]]:
    """What happened on each day: its words, and in full."""
    words: dict[date, list[str]] = {}
    told: dict[date, list[str]] = {}
    for event in events:
        known = ev.act_text(event.act)
        cite = f"（{known.cite.removeprefix('条例')}）" if known.cite else ""
        if is_unsent(event):
            told.setdefault(event.on, []).append(f"{known.name}{cite}，还没有送出")
            continue
        day = event.works_on if isinstance(event, ev.Notice) else event.on
        words.setdefault(day, []).extend(_words_of(event))
        told.setdefault(day, []).append(known.name + cite)
        if isinstance(event, ev.Notice) and event.arrived_on and event.arrived_on != day:
            words.setdefault(event.arrived_on, []).append("达")
            told.setdefault(event.arrived_on, []).append(f"{known.name}，送达")
    return words, told


def _words_of(event: ev.ClockEvent) -> list[str]:
    if event.act in STARTS:
        return [STARTS[event.act]]
    if isinstance(event, ev.Served):
        return ["达" if way(event.by).handed else "发"]
    if isinstance(event, ev.Withdrawn):
        return ["撤"]
    if isinstance(event, ev.Notice):
        at_once = event.arrived_on == event.works_on
        return [SENT.get(event.act) or ("达" if at_once else "发")]
    return []  # an answer of somebody asked ends the standing days, a force of nature moves none


def _marks(deadline: Deadline, order: ev.RedoOrdered | None) -> Iterable[tuple[date, str, str]]:
    """The last day, and the safe one where it is another."""
    if deadline.due_on:
        rule = "重新答复" if order else period("reply", deadline.received_on).article.partition("条")[0] + "条"
        yield deadline.due_on, "末", f"最后一日（{rule}）" + ("，暂定" if deadline.provisional else "")
        if deadline.safe_on and deadline.safe_on != deadline.due_on:
            yield deadline.safe_on, "稳", "稳妥日期（收到当日也算）"
    elif deadline.wait_until:
        yield deadline.wait_until, "", "等到这一天"


def unarrived(events: Iterable[ev.ClockEvent]) -> list[ev.ClockEvent]:
    """The letters that were sent and of which nobody knows that they arrived, while nothing came after them."""
    answered = {"correction_requested": ev.Corrected, "fee_noticed": ev.FeePaid, "party_consulted": ev.PartyAnswered}
    given = list(events)
    found: list[ev.ClockEvent] = []
    for event in given:
        if isinstance(event, ev.Notice) and not is_unsent(event) and event.arrived_on is None:
            ended = (answered.get(event.act, ev.AgencyAnswered), ev.Served, ev.Withdrawn)
            if not any(isinstance(later, ended) and later.on >= event.works_on for later in given):
                found.append(event)
    return found


def _waiting(events: Iterable[ev.ClockEvent]) -> tuple[str, ...]:
    """The same in words."""
    sent = (f"{event.works_on:%m-%d} {ev.act_text(event.act).name}" for event in unarrived(events))
    return tuple(f"{told}：送出了，哪天收到还没有记" for told in sent)


@dataclass(frozen=True)
class _Making:
    """What the days are made of."""

    deadline: Deadline
    counted: dict[date, CountedDay]
    words: dict[date, list[str]]
    told: dict[date, list[str]]
    today: date
    over: date
    calendar: Calendar
    length: int  # of the period without what was added to it

    def day(self, day: date) -> WallDay:
        """One day of the wall."""
        counted, sort = self.counted.get(day), self.calendar.kind(day)
        n = counted.n if counted else None
        past, today = self._past(day), day == self.today
        words = [word for word in self.words.get(day, ()) if word]
        if (counted and counted.kind == "paused") or self._stands(day):
            words.append("停")
        if sort == "makeup":
            words.append("班")
        word = min(words, key=WEIGHT.index) if words else ""
        kind: Kind = "start" if word in STARTS.values() and word else KINDS.get(word, "plain")
        if kind == "plain":
            word, kind = self._quiet(day, word, n, past)
        late = past > 0 or (word == "末" and self.over > day and self.deadline.in_time is not True)
        if late and kind in ("plain", "counted", "last"):
            kind = "late"
        walked = bool(n) and day <= self.over
        return WallDay(day, word, kind, n, past, (*self.told.get(day, ()), *self._sort(sort, day)), walked, today)

    def _quiet(self, day: date, word: str, n: int | None, past: int) -> tuple[str, Kind]:
        """The word of a day on which nothing falls."""
        added: Kind = "added" if n and n > self.length else "counted"
        if word:  # a make-up day, whose number is told in the line
            return word, added
        if past:
            return f"+{past}", "late"
        if day == self.today:
            return "今", added if n else "plain"
        if n:
            return str(n), added
        if self.deadline.provisional and day == date(day.year, 1, 1) and day.year not in self.calendar.years:
            return "暂", "provisional"
        off = OFF.get(self.calendar.kind(day), "")
        return off, "off" if off else "plain"

    def _past(self, day: date) -> int:
        """By how many working days a day lies beyond the last one; none for one that had not come before it was over."""
        due = self.deadline.due_on
        if due is None or day <= due or day > self.over or not self.calendar.is_working(day):
            return 0
        return self.calendar.between(due, day)

    def _stands(self, day: date) -> bool:
        """Whether the clock stands on a working day because a correction or a payment is waited for."""
        if self.deadline.due_on or self.deadline.status not in STOPPED:
            return False
        notice, end = self.deadline.days[-1].date, self.deadline.wait_until or self.today
        return notice < day <= end and self.calendar.is_working(day)

    def _sort(self, sort: str, day: date) -> tuple[str, ...]:
        """What sort of day it is, where that is not seen from the weekday."""
        name = {"makeup": "调休上班", "holiday": "放假", "rest": "周末"}.get(sort, "")
        stands = "停算" if day in self.counted and self.counted[day].kind == "paused" else ""
        return tuple(part for part in (stands, name) if part)
