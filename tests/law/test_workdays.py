"""The calendar against an independent package, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from deskapp.law.dated import load
from deskapp.law.errors import LawError
from deskapp.law.workdays import LeaveFile, official_calendar


def test_every_day_from_2008_to_2026_agrees_with_chinesecalendar() -> None:
    calendar = official_calendar()
    day = date(2008, 1, 1)
    differing = []
    while day <= date(2026, 12, 31):
        if calendar.is_working(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_every_day_from_2008_to_2026_agrees_with_holidays() -> None:
    calendar, other = official_calendar(), holidays.country_holidays("CN", years=range(2007, 2028))
    days = [date(2008, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2008, 1, 1)).days + 1)]
    assert [day for day in days if calendar.is_working(day) != other.is_working_day(day)] == []


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2022, 9, 30), "work"),
        (date(2022, 10, 1), "holiday"),
        (date(2022, 10, 8), "makeup"),
        (date(2022, 10, 15), "rest"),
    ],
)
def test_kinds_of_days(day: date, kind: str) -> None:
    assert official_calendar().kind(day) == kind


def test_the_year_without_a_notice_is_not_covered() -> None:
    assert official_calendar().covers(date(2026, 1, 1), date(2026, 12, 31))
    assert not official_calendar().covers(date(2026, 12, 31), date(2027, 1, 4))


def test_counting_between_days_is_the_inverse_of_the_nth_day() -> None:
    calendar = official_calendar()
    for n in (1, 5, 20, 250):
        day = calendar.nth_after(date(2025, 1, 17), n)
        assert calendar.between(date(2025, 1, 17), day) == n


@pytest.mark.parametrize("day", [date(2005, 12, 31), date(2998, 1, 1), date(9999, 12, 31)])
def test_days_far_away_are_refused(day: date) -> None:
    with pytest.raises(LawError, match="2006年至2997年"):
        official_calendar().nth_after(day, 1)


def test_days_that_a_wrong_clock_wrote_are_counted_by_the_week_and_the_statutory_days() -> None:
    """2050-01-03 is a Monday; the table is continued where it ends."""
    calendar = official_calendar()
    assert calendar.nth_after(date(2050, 1, 3), 20) == date(2050, 1, 31)
    assert calendar.between(date(2060, 3, 1), date(2060, 3, 8)) == 5
    assert calendar.previous_working(date(2070, 6, 1)) == date(2070, 5, 30)


@pytest.mark.parametrize("year", [item.year for item in load(LeaveFile, "festivals.toml").moving])
def test_days_of_leave_of_a_year_without_notice_are_those_of_another_package(year: int) -> None:
    theirs = set(holidays.country_holidays("CN", years=year, observed=False))  # names are in one language or another
    calendar = official_calendar()
    ours = {
        day
        for n in range(366)
        if (day := date(year, 1, 1) + timedelta(n)).year == year and calendar.kind(day) == "holiday"
    }
    assert ours == theirs


def test_new_year_of_a_year_without_notice_is_a_holiday_and_the_day_after_works() -> None:
    assert [official_calendar().kind(date(2028, 1, day)) for day in (1, 3)] == ["holiday", "work"]


@pytest.mark.parametrize(
    ("after", "until"),
    [
        (date(2026, 9, 20), date(2026, 10, 20)),
        (date(2026, 2, 10), date(2026, 3, 1)),
        (date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 9), date(2026, 10, 1)),
        (date(2049, 12, 20), date(2051, 1, 10)),
    ],
)
def test_the_working_days_between_two_are_those_that_are_asked_for_one_by_one(after: date, until: date) -> None:
    calendar = official_calendar()
    days = [after + timedelta(n) for n in range(1, (until - after).days + 1)]
    assert calendar.working_days(after, until) == [day for day in days if calendar.is_working(day)]
