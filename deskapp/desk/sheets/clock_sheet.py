"""办理期限计算表: the clock of a case on paper for its file, as a calendar and day by day, each act with its article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from deskapp.clock import Clock
from deskapp.desk.cases.glance import Glance
from deskapp.desk.cases.lookup import Lookup
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.law.wall import NUMBER, WEEK, Wall, WallDay, first_of, months_between, months_on, weeks
from letters.typeset.ruled import Box, RuledSheet

TITLE = "办理期限计算表"
COLUMNS = ("日期", "星期", "第几个工作日", "这一天")
SHARES = (15, 8, 14, 63)
ROWS = 28  # days on a page, with room for some that take two lines
LEFT_OUT = ("今", NUMBER)  # of the day it is printed: nothing that stays true
MONTHS = 3  # on a page


class ClockSheets:
    """The moment somebody wants the count of a deadline on paper."""

    def __init__(self, lookup: Lookup, clock: Clock, loose: Sheets) -> None:
        self._lookup, self._clock, self._sheets = lookup, clock, loose

    def of_case(self, case_id: str) -> LooseSheet:
        """Of one case, as it stands today. Raises DeskError for an unknown one."""
        glance = self._lookup.glance(case_id)
        unit = self._lookup.unit().name
        wall = glance.wall
        months = _months(wall)
        by_month = [months[n : n + MONTHS] for n in range(0, len(months), MONTHS)]
        days = [day for day in wall.days if day.n is not None or day.past or day.told]
        by_day = [days[n : n + ROWS] for n in range(0, len(days), ROWS)]
        head = (unit, TITLE)
        sheets = [_calendar(head, wall, shown, _said(glance) if shown == by_month[-1] else ()) for shown in by_month]
        sheets += [_list(head, glance, part, self._signed() if part == by_day[-1] else ()) for part in by_day]
        return self._sheets.ruled(f"{TITLE} {glance.case.case_no}", sheets)

    def _signed(self) -> tuple[str, ...]:
        today = self._clock.today()
        return (f"{today.year}年{today.month}月{today.day}日计算。　　　　计算人：　　　　　　　　核对人：",)


def _months(wall: Wall) -> list[date]:
    """Every month from the first day that matters to the last."""
    first, last = first_of(wall.days[0].date), first_of(wall.last)
    return [months_on(first, n) for n in range(months_between(first, last) + 1)]


def _calendar(head: tuple[str, str], wall: Wall, months: Sequence[date], below: tuple[str, ...]) -> RuledSheet:
    """Months one under the other, each day with its word below the date."""
    boxes: list[Box] = []
    row = 0
    for month in months:
        boxes.append(Box(row, 0, 1, 7, wall.title(month)))
        boxes += [Box(row + 1, at, text=name) for at, name in enumerate(WEEK)]
        row += 2
        for week in weeks(month):
            days = [wall.on(day) if day else None for day in week]
            boxes += [Box(row, at, text=_dated(day)) for at, day in enumerate(days)]
            row += 1
    return RuledSheet(head, tuple(boxes), (1,) * 7, below)


def _dated(day: WallDay | None) -> str:
    if day is None:
        return ""
    word = (
        f"第{day.n}" if day.word.isdigit() or (day.word == "今" and day.n) else "" if day.word == "今" else day.word
    )
    return f"{day.date.day}日　{word}".rstrip("　")


def _list(head: tuple[str, str], glance: Glance, days: Sequence[WallDay], below: tuple[str, ...]) -> RuledSheet:
    """A line for every day that counts or on which something happened."""
    case = glance.case
    boxes = [Box(0, 0, 1, 4, f"登记号 {case.case_no}　申请人 {case.who}", centred=False)]
    boxes += [Box(1, at, text=name) for at, name in enumerate(COLUMNS)]
    for row, day in enumerate(days, 2):
        number = str(day.n) if day.n is not None else f"超{day.past}" if day.past else ""
        texts = (day.date.isoformat(), WEEK[day.date.weekday()], number)
        boxes += [Box(row, at, text=text) for at, text in enumerate(texts)]
        boxes.append(Box(row, 3, text="；".join(day.told), centred=False))
    return RuledSheet(head, tuple(boxes), SHARES, below)


def _said(glance: Glance) -> tuple[str, ...]:
    """What the calendar comes to, what its words mean, by which rule it is counted."""
    case, left, wall = glance.case, glance.left, glance.wall
    known = [(word, meaning) for word, meaning in wall.legend(_months(wall)) if word not in LEFT_OUT]
    words = "　".join(f"{word} {meaning}" for word, meaning in [*known, ("第", "第几个工作日")])
    faults = [f"{fault.message}（{fault.article}）" for fault in glance.deadline.findings]
    lines = (
        f"登记号 {case.case_no}　申请人 {case.who}　{case.received.on}收到",
        "　".join(part for part in (left.due, left.safe, left.state, left.words) if part),
        "收到申请之日不算，从次日起数工作日；周末、放假不算，调休上班的算（政府信息公开条例第三十三条）。",
        f"日子旁边的字：{words}。",
    )
    return (*lines, *faults, *wall.waiting)
