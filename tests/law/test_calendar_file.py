"""A year of holidays or the holidays of a place, from TOML or the lines of a table: taken, refused with a reason, or taken with advice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskapp.law.calendar_file import advice, from_rows, from_toml
from deskapp.law.dated import DATA
from deskapp.law.errors import LawError
from deskapp.law.workdays import CalendarYear, LocalHolidays, calendar_with, leave_in, official_calendar

TODAY = date(2026, 11, 21)


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table, as its reader gives them."""
    return enumerate(csv.DictReader(io.StringIO(text)), 2)


INVENTED = """
year = 2027
title = "2027年放假安排（测试用，虚构）"
number = "测试〔2026〕1号"

[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-02, 2027-01-03]
makeup = []

[[holiday]]
name = "春节"
off = [2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12]
makeup = [2027-01-31, 2027-02-13]
"""
CSV = "日期,安排,节日\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-10,上班,元旦\n"


def test_a_year_from_toml_makes_that_year_counted_for_good() -> None:
    year = from_toml(INVENTED, TODAY)
    assert isinstance(year, CalendarYear)
    assert year.checked_on == TODAY
    calendar = calendar_with([year], [])
    assert calendar.covers(date(2026, 12, 1), date(2027, 3, 1))
    assert [calendar.kind(date(2027, 1, day)) for day in (1, 31)] == ["holiday", "makeup"]
    assert not official_calendar().covers(date(2027, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_shipped_year_could_be_imported(year: int) -> None:
    text = (DATA / f"calendar/{year}.toml").read_text(encoding="utf-8")
    assert from_toml(text, TODAY) == official_calendar().years[year]


@pytest.mark.parametrize("year", [2013, 2019, 2024, 2025, 2026])
def test_a_whole_year_draws_no_advice(year: int) -> None:
    assert advice(official_calendar().years[year]) == []


def test_a_year_that_lacks_festivals_draws_advice() -> None:
    said = advice(from_toml(INVENTED, TODAY))
    assert "没有看到清明、劳动节、端午、中秋、国庆节" in said[0]
    assert "规定放假的2月13日" not in said[1]
    assert "规定放假的4月5日、5月1日" in said[1]
    assert "全年13天" in said[2]


def test_the_leave_of_a_year_is_dated_law() -> None:
    assert [leave_in(year).days for year in (2008, 2024, 2025)] == [11, 11, 13]


def test_a_year_from_a_table() -> None:
    year = from_rows(rows(CSV), TODAY, "某通知", "某号")
    assert isinstance(year, CalendarYear)
    assert year.year == 2027
    assert year.holiday[0].off == (date(2027, 1, 1), date(2027, 1, 2))
    assert year.holiday[0].makeup == (date(2027, 1, 10),)


def test_local_holidays_take_days_away_and_leave_the_years_as_they_are() -> None:
    text = "日期,安排,节日\n2026-04-20,放假,三月三\n"
    local = from_rows(rows(text), TODAY, "关于三月三放假的通知", "某政发〔2026〕1号", place="临海自治县")
    assert isinstance(local, LocalHolidays)
    calendar = calendar_with([], [local])
    assert calendar.kind(date(2026, 4, 20)) == "holiday"
    assert not calendar.covers(date(2027, 1, 1), date(2027, 1, 1))
    assert official_calendar().is_working(date(2026, 4, 20))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("year = ", "写法有误"),
        ("year = 2027", "【title】一项"),
        (INVENTED.replace("off = [2027-01-01", 'off = ["元旦"'), "【holiday.0.off.0】一项"),
        (INVENTED.replace("2027-02-13", "2027-02-15"), "2027-02-15不是周末"),
        (INVENTED.replace("2027-02-13", "2027-02-07"), "2027-02-07写了两次"),
        (INVENTED.replace("2027-01-01", "2025-01-01"), "2025-01-01不在这份安排的年份里"),
        (INVENTED.replace("year = 2027", "year = 1027"), "不在这份安排的年份里"),
        (INVENTED + "\nfoo = 1", "一项缺少或者不合要求"),
    ],
)
def test_a_bad_toml_is_refused_with_the_place(text: str, reason: str) -> None:
    with pytest.raises(LawError, match=reason):
        from_toml(text, TODAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("日期,安排,节日\n2027-1-1,放假,元旦\n", "第2行的【日期】是【2027-1-1】"),
        ("日期,安排,节日\n2027-02-30,放假,元旦\n", "第2行的【日期】"),
        ("日期,安排,节日\n2027-01-01,也许,元旦\n", "第2行的【安排】是【也许】"),
        ("日期,安排,节日\n", "一天也没有"),
    ],
)
def test_a_bad_table_is_refused_with_the_line(text: str, reason: str) -> None:
    with pytest.raises(LawError, match=reason):
        from_rows(rows(text), TODAY)


def test_the_file_of_the_data_folder_is_a_pattern_to_copy(tmp_path: Path) -> None:
    assert (DATA / "calendar/2026.toml").exists()


@pytest.mark.parametrize(
    ("day", "taken"), [("2026-12-16", False), ("2026-12-17", True), ("2028-01-15", True), ("2028-01-16", False)]
)
def test_a_notice_may_reach_fifteen_days_into_its_neighbours(day: str, taken: bool) -> None:
    text = INVENTED.replace("off = [2027-01-01,", f"off = [{day}, 2027-01-01,")
    if taken:
        assert isinstance(from_toml(text, TODAY), CalendarYear)
    else:
        with pytest.raises(LawError, match="不在这份安排的年份里"):
            from_toml(text, TODAY)


OCTOBER_IN_NOVEMBER = (
    ("元旦", "放假", "2027-01-01 2027-01-02 2027-01-03"),
    ("春节", "放假", "2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10 2027-02-11 2027-02-12"),
    ("清明节", "放假", "2027-04-03 2027-04-04 2027-04-05"),
    ("劳动节", "放假", "2027-05-01 2027-05-02 2027-05-03 2027-05-04 2027-05-05"),
    ("端午节", "放假", "2027-06-09"), ("中秋节", "放假", "2027-09-15"),
    ("国庆节", "放假", "2027-11-01 2027-11-02 2027-11-03 2027-11-04 2027-11-05 2027-11-06 2027-11-07"),
    ("春节", "上班", "2027-01-31 2027-02-20"), ("劳动节", "上班", "2027-05-08 2027-05-09"),
    ("国庆节", "上班", "2027-10-30"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("month", "named"),
    [("2027-11-0", "10月1日、10月2日、10月3日"), ("2027-10-0", ""), ("2027-10-1", "10月1日、10月2日、10月3日")],
)
def test_the_days_that_the_law_names_are_looked_for(month: str, named: str) -> None:
    lines = [
        f"{day.replace('2027-11-0', month)},{kind},{name}"
        for name, kind, days in OCTOBER_IN_NOVEMBER
        for day in days.split()
    ]
    said = advice(from_rows(rows("\n".join(["日期,安排,节日", *lines])), TODAY, "通知", "国办发明电〔2026〕7号"))
    assert [x for x in said if "第二条规定放假的" in x] == (
        [f"全国年节及纪念日放假办法第二条规定放假的{named}不在放假的日子里，请核对日期。"] if named else []
    )


def test_a_spring_festival_in_the_wrong_week_is_named() -> None:
    said = advice(from_toml(INVENTED.replace("2027-02-0", "2027-03-0"), TODAY))
    assert any("1月1日" not in x and "2月5日、2月6日、2月7日、2月8日、4月5日、5月1日、5月2日" in x for x in said)
