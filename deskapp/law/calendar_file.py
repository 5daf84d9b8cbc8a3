"""A year's arrangement of holidays, or the holidays of one place, from a small TOML text or the lines of a table.

TOML: ``year`` (or ``place`` for local holidays), ``title``, ``number``, and ``[[holiday]]`` tables with ``name``, ``off``
and ``makeup``. A table: the columns 日期, 安排 (放假 or 上班) and 节日, one line a day.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from deskapp.law.dated import toml_fault
from deskapp.law.errors import LawError
from deskapp.law.workdays import FIRST, LAST, SATURDAY, CalendarYear, LocalHolidays, days_by_law, leave_in
from deskapp.typed import first_fault

COLUMNS = ("日期", "安排", "节日")
OFF, MAKEUP = ("放假", "休", "休息", "休假"), ("上班", "班", "调休上班", "补班")
MARGIN = timedelta(days=15)  # a notice may move a few days of the neighbouring years
Arrangement = CalendarYear | LocalHolidays


def from_toml(text: str, today: date) -> Arrangement:
    """The arrangement in a TOML text, checked on ``today``. Raises LawError that names the bad key or day."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LawError(f"放假安排的文件写法有误（{toml_fault(error)}），请照 2026.toml 的样子写。") from error
    data.setdefault("number", "")
    data.setdefault("checked_on", today)
    return _checked(data)


def from_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], today: date, title: str = "", number: str = "", place: str = ""
) -> Arrangement:
    """The arrangement in the lines of a table, each with its number in the file and its cells by :data:`COLUMNS`, days ISO; ``place``
    makes it local. Raises LawError that names the bad line."""
    holidays: dict[str, dict[str, Any]] = {}
    for line, row in rows:
        day, kind = _row_day(row["日期"], line), row["安排"]
        if kind not in OFF + MAKEUP:
            raise LawError(f"第{line}行的【安排】是【{kind[:20]}】，只能写【放假】（休）或者【上班】（班）。")
        name = row["节日"] or "（未写名称）"
        holiday = holidays.setdefault(name, {"name": name, "off": [], "makeup": []})
        holiday["off" if kind in OFF else "makeup"].append(day)
    days = [day for holiday in holidays.values() for day in (*holiday["off"], *holiday["makeup"])]
    if not days:
        raise LawError("放假安排的表里一天也没有，请核对文件。")
    data: dict[str, Any] = {"title": title, "number": number, "checked_on": today, "holiday": list(holidays.values())}
    data |= {"place": place} if place else {"year": Counter(day.year for day in days).most_common(1)[0][0]}
    return _checked(data)


def _row_day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LawError(f"第{line}行的【日期】是【{text[:20]}】，要写成 2027-01-01。") from error


def _checked(data: dict[str, Any]) -> Arrangement:
    """The arrangement, with every day where it can be."""
    local = "place" in data
    if not local:
        data = {"number_confidence": "verified", "days_confidence": "verified"} | data
    try:
        found: Arrangement = (LocalHolidays if local else CalendarYear).model_validate(data)
    except ValidationError as error:
        raise LawError(
            f"放假安排的【{first_fault(error).where}】一项缺少或者不合要求。要有 year（地方假日写 place）、title、number 和 [[holiday]]；"
            "每个 [[holiday]] 有 name、off、makeup，日期不加引号。"
        ) from error
    _check_days(found)
    return found


def _check_days(found: Arrangement) -> None:
    """Refuse a day that stands twice, a make-up day that is no weekend day, a day of another year."""
    off = [day for holiday in found.holiday for day in holiday.off]
    makeup = [day for holiday in found.holiday for day in holiday.makeup]
    twice = [day for day, n in Counter(off + makeup).items() if n > 1]
    if twice:
        raise LawError(f"{twice[0]}写了两次，请核对放假安排。")
    weekdays = [day for day in makeup if day.weekday() < SATURDAY]
    if weekdays:
        raise LawError(f"{weekdays[0]}不是周末，不用调休上班，请核对日期。")
    first, last = (
        (date(found.year, 1, 1) - MARGIN, date(found.year, 12, 31) + MARGIN)
        if isinstance(found, CalendarYear) and FIRST.year < found.year < LAST.year
        else (FIRST, LAST)
    )
    outside = [day for day in off + makeup if not first <= day <= last]
    if outside or (isinstance(found, CalendarYear) and not FIRST.year < found.year < LAST.year):
        what = outside[0] if outside else f"{found.year}年" if isinstance(found, CalendarYear) else ""
        raise LawError(f"{what}不在这份安排的年份里（2007年至2048年可用），请核对日期。")


def advice(found: Arrangement) -> list[str]:
    """What looks incomplete, as sentences; an empty list when nothing does."""
    if isinstance(found, LocalHolidays):
        return [] if found.title else ["没有写依据的通知，请补上名称和文号，以便核对。"]
    leave = leave_in(found.year)
    said = [] if found.title and found.number else ["没有写通知的名称或者文号，请补上，以便核对。"]
    missing = [name for name in leave.festivals if not any(name[:2] in holiday.name for holiday in found.holiday)]
    if missing:
        said.append(f"没有看到{'、'.join(missing)}，请核对是不是漏了。")
    off = {day for holiday in found.holiday for day in holiday.off}
    if working := sorted(days_by_law(found.year) - off):
        named = "、".join(f"{day.month}月{day.day}日" for day in working)
        said.append(f"{leave.cite}规定放假的{named}不在放假的日子里，请核对日期。")
    net = _weekdays(day for holiday in found.holiday for day in holiday.off)
    net -= sum(len(holiday.makeup) for holiday in found.holiday)
    if net != leave.days:
        said.append(
            f"工作日放假的天数减去调休上班的天数是{net}天，{leave.cite}规定全年{leave.days}天，"
            "请逐日核对；临时增加假日或者假期跨年的年份可以不等。"
        )
    return said


def joined(before: LocalHolidays, found: LocalHolidays) -> LocalHolidays:
    """The local days that there are, and those of a file added to them; where both know a day, as the file has it."""
    told = {day for day, _, _ in _days_of(found)}
    holidays: dict[str, dict[str, list[date]]] = {}
    for day, kind, name in [*(known for known in _days_of(before) if known[0] not in told), *_days_of(found)]:
        holidays.setdefault(name, {OFF[0]: [], MAKEUP[0]: []})[kind].append(day)
    days = [
        {"name": name, "off": sorted(of[OFF[0]]), "makeup": sorted(of[MAKEUP[0]])} for name, of in holidays.items()
    ]
    sources = {key: _both(getattr(before, key), getattr(found, key)) for key in ("title", "number")}
    return LocalHolidays.model_validate({**found.model_dump(), **sources, "holiday": days})


def _both(before: str, found: str) -> str:
    """What two files go back to, each notice once."""
    return "；".join(dict.fromkeys(part for text in (before, found) for part in text.split("；") if part))


@dataclass(frozen=True)
class Differences:
    """What an arrangement has that the one before it has not, what both have in different ways, what only the one before has."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    lost: tuple[str, ...]


def differences(before: Arrangement | None, found: Arrangement) -> Differences:
    """Day by day, each in words."""
    old = {day: (kind, name) for day, kind, name in _days_of(before)} if before else {}
    new = {day: (kind, name) for day, kind, name in _days_of(found)}
    both = [day for day in sorted(old) if day in new and old[day] != new[day]]
    return Differences(
        tuple(_said(day, new[day]) for day in sorted(new) if day not in old),
        tuple(f"{_said(day, old[day])}改为{new[day][1]}{new[day][0]}" for day in both),
        tuple(_said(day, old[day]) for day in sorted(old) if day not in new),
    )


def _said(day: date, what: tuple[str, str]) -> str:
    return f"{day}{what[1]}{what[0]}"


def lost_days(before: Arrangement, found: Arrangement) -> list[str]:
    """The days off and the make-up days that an arrangement had and the one in its place has not, each in words."""
    now = {(day, kind) for day, kind, _ in _days_of(found)}
    lost = sorted((day, kind, name) for day, kind, name in _days_of(before) if (day, kind) not in now)
    return [f"{day}{name}{kind}" for day, kind, name in lost]


def _days_of(found: Arrangement) -> Iterable[tuple[date, str, str]]:
    for holiday in found.holiday:
        yield from ((day, OFF[0], holiday.name) for day in holiday.off)
        yield from ((day, MAKEUP[0], holiday.name) for day in holiday.makeup)


def _weekdays(days: Iterable[date]) -> int:
    return sum(day.weekday() < SATURDAY for day in days)
