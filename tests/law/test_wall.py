"""The wall calendar: every word of every day against the deadline itself, and the order in which words outweigh each other."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from deskapp.law.clock_events import ClockEvent, parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.wall import STARTS, Wall, wall, weeks
from deskapp.law.workdays import official_calendar
from tests.conftest import DATA
from tests.law.test_deadline import act

PUBLISHED = json.loads((DATA / "deadline_cases.json").read_text(encoding="utf-8"))


def made(*events: dict[str, Any], today: str) -> Wall:
    day = date.fromisoformat(today)
    happened = parse_events(list(events))
    return wall(evaluate(happened, day), happened, day, official_calendar())


def word(of: Wall, day: str) -> str:
    return of.on(date.fromisoformat(f"2026-{day}" if len(day) == 5 else day)).word


def holds(deadline: Deadline, events: list[ClockEvent], today: date) -> None:
    """Where the count begins, its last day and the number of each of its days are those of the deadline."""
    shown = wall(deadline, events, today, official_calendar())
    assert [day.date for day in shown.days] == [shown.days[0].date + timedelta(n) for n in range(len(shown.days))], (
        "no day is left out"
    )
    assert {day.date: day.n for day in shown.days if day.n is not None} == {
        day.date: day.n for day in deadline.days if day.n is not None
    }
    last = [day.date for day in shown.days if day.word == "末"]
    assert last == ([deadline.due_on] if deadline.due_on else [])
    received, start = shown.on(deadline.received_on), shown.on(deadline.counted_from)
    assert received.word == "收" or received.date == deadline.due_on
    assert start.word in STARTS.values() or start.date == deadline.due_on
    for day in deadline.days:
        if day.kind == "paused":
            assert shown.on(day.date).word in ("停", "稳", "征", "达", "发", "延", "末"), (
                "a standing day is never a number"
            )
        if shown.on(day.date).word.isdigit():
            assert int(shown.on(day.date).word) == day.n
    if deadline.working_days_left is not None and deadline.working_days_left < 0 and deadline.in_time is None:
        assert max(day.past for day in shown.days) == -deadline.working_days_left


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda c: c["name"])
def test_the_published_cases(case: dict[str, Any]) -> None:
    events = parse_events(case["events"])
    for today in (date(2022, 10, 12), date(2025, 3, 1), date(2026, 11, 20)):
        if all(event.on <= today for event in events):
            holds(evaluate(events, today), events, today)


def test_an_overdue_case_counts_on_beyond_its_last_day() -> None:
    shown = made(act("2026-10-20", "received"), today="2026-11-25")
    assert [word(shown, f"11-{n}") for n in range(16, 26)] == [
        "稳", "末", "+1", "+2", "+3", "休", "休", "+4", "+5", "+6",
    ]  # fmt: skip
    assert [word(shown, day) for day in ("11-26", "10-17")] == ["", ""], "what is not of the case says nothing"
    assert shown.on(date(2026, 11, 17)).kind == "late", "the last day turns with it"
    assert shown.on(date(2026, 11, 17)).line == "11-17 二  第20个工作日  最后一日（第三十三条）"


def test_standing_days_and_the_day_itself() -> None:
    shown = made(
        act("2026-11-03", "received"), act("2026-11-10", "party_consulted", party="甲公司"), today="2026-11-25"
    )
    assert [word(shown, f"11-{n:02}") for n in (3, 4, 9, 10, 11, 14, 25)] == ["收", "1", "4", "征", "停", "休", "停"]
    assert shown.on(date(2026, 11, 25)).today, "it is reversed; the word stays"
    assert [word(shown, f"12-{n:02}") for n in (1, 2, 21, 22)] == ["停", "6", "稳", "末"]
    assert shown.waiting == ("11-10 征求第三方意见：送出了，哪天收到还没有记",)


def test_today_stands_where_only_a_number_would() -> None:
    shown = made(act("2026-12-07", "received"), today="2026-12-14")
    assert word(shown, "12-14") == "今"
    assert shown.on(date(2026, 12, 14)).n == 5
    assert shown.on(date(2026, 12, 14)).walked
    assert not shown.on(date(2026, 12, 15)).walked


def test_a_year_without_its_calendar_is_provisional() -> None:
    shown = made(act("2026-12-07", "received"), today="2026-12-14")
    assert word(shown, "2027-01-01") == "暂"
    assert shown.title(date(2027, 1, 1)) == "2027年1月 暂定"
    assert shown.title(date(2026, 12, 1)) == "2026年12月"
    assert [month.isoformat() for month in shown.months()] == ["2026-12-01", "2027-01-01"]


def test_days_added_are_told_apart_and_the_notice_has_its_day() -> None:
    shown = made(
        act("2026-10-09", "received"),
        act("2026-10-30", "extended", working_days=20, sent_on="2026-10-30", arrived_on="2026-11-02"),
        today="2026-11-20",
    )
    assert word(shown, "10-30") == "延"
    assert shown.on(date(2026, 11, 2)).word == "达"
    by_number = {day.n: day.kind for day in shown.days if day.word.isdigit()}
    assert by_number[18] == "counted"
    assert by_number[25] == "added"


def test_a_make_up_day_keeps_its_number_in_the_line() -> None:
    shown = made(act("2026-09-16", "received"), today="2026-09-21")
    day = shown.on(date(2026, 9, 20))
    assert (day.word, day.n) == ("班", 3)
    assert day.line == "09-20 日  第3个工作日  调休上班"


def test_a_new_count_begins_with_what_began_it() -> None:
    shown = made(
        act("2026-10-12", "received"),
        act("2026-10-15", "correction_requested", respond_by="2026-10-29", arrived_on="2026-10-16"),
        act("2026-10-20", "corrected"),
        today="2026-10-22",
    )
    assert [word(shown, f"10-{n}") for n in (12, 15, 16, 20, 21, 22)] == ["收", "发", "达", "补", "1", "今"]


def test_while_a_correction_is_waited_for_the_clock_stands() -> None:
    shown = made(
        act("2026-10-12", "received"),
        act("2026-10-15", "correction_requested", respond_by="2026-10-29"),
        today="2026-10-20",
    )
    assert [word(shown, f"10-{n}") for n in (15, 16, 17, 20, 29, 30)] == ["发", "停", "休", "停", "停", ""]
    assert "等到这一天" in shown.on(date(2026, 10, 29)).line


def test_of_more_than_two_months_those_of_today_and_of_the_last_day() -> None:
    events = (
        act("2026-07-20", "received"),
        act("2026-07-22", "party_consulted", party="甲公司"),
        act("2026-08-20", "extended", working_days=20),
    )
    assert made(*events, today="2026-08-20").due_on == date(2026, 10, 10)  # a Saturday worked for the holiday
    for today, months in (
        ("2026-07-23", [7, 10]),
        ("2026-08-20", [8, 10]),
        ("2026-10-09", [10, 11]),
        ("2026-11-20", [10, 11]),
    ):
        assert [month.month for month in made(*events, today=today).months()] == months, today


def test_the_legend_names_what_occurs() -> None:
    shown = made(act("2026-10-20", "received"), today="2026-11-25")
    words = [word for word, _ in shown.legend(shown.months())]
    assert words == ["收", "休", "稳", "末", "+1", "数字", "稳妥"]


def test_weeks_begin_on_monday() -> None:
    first = weeks(date(2026, 11, 1))
    assert first[0] == [None] * 6 + [date(2026, 11, 1)]
    assert first[1][0] == date(2026, 11, 2)
