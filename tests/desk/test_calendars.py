"""A year of holidays comes in at a real desk: which open cases move, before and after; and a local holiday."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.calendars import FEWER
from deskapp.errors import DeskError
from tests.conftest import issue_granted, make_desk, register
from tests.law.test_calendar_file import INVENTED

DECEMBER = FixedClock(date(2026, 12, 25))


@pytest.fixture
def december(tmp_path: Path) -> Desk:
    return make_desk(tmp_path / "home", DECEMBER)


def test_the_open_cases_that_a_year_moves_are_listed_before_and_after(december: Desk, tmp_path: Path) -> None:
    late, early = register(december, received_on="2026-12-25"), register(december, received_on="2026-11-20")
    answered = issue_granted(december, received_on="2026-12-24")
    longer = INVENTED.replace("2027-01-03]", "2027-01-03, 2027-01-04]")
    (tmp_path / "2027.toml").write_text(longer, encoding="utf-8")
    before = december.lookup.deadline(late)
    assert (before.due_on, before.provisional) == (date(2027, 1, 25), True)
    plan = december.calendars.read(tmp_path / "2027.toml")
    assert (plan.name, plan.replaces) == ("2027年放假安排", False)
    assert [(m.case_no, m.before, m.after) for m in plan.moves] == [
        (late.case_no, date(2027, 1, 25), date(2027, 1, 26))
    ]
    assert december.lookup.deadline(late) == before, "a plan changes nothing"
    december.calendars.take(plan)
    after = december.lookup.deadline(late)
    assert (after.due_on, after.provisional) == (date(2027, 1, 26), False)
    rows = [row for group in december.work.board().groups.values() for row in group]
    assert {row.case_no: row.due_on for row in rows}[late.case_no] == date(2027, 1, 26)
    assert december.lookup.deadline(early).due_on == date(2026, 12, 18)
    assert answered.number
    assert "2027年" not in " ".join(december.work.board().banners)
    again = december.calendars.read(tmp_path / "2027.toml")
    assert (again.replaces, again.moves) == (True, ())


def test_what_was_imported_is_still_there_after_reopening(december: Desk, tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(INVENTED, encoding="utf-8")
    december.calendars.take(december.calendars.read(tmp_path / "2027.toml"))
    december.close()
    with_it = Desk.open(tmp_path / "home", DECEMBER)
    years, _ = with_it.calendars.known()
    assert years[-1].year == 2027
    with_it.close()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("日期,安排\r2027-01-01,放假\r", ""),
        ("日期,安排\n2027-01-01,放\r假\n", "第2行的【安排】"),
        ("日期,安排\n\r\r,\r\n", "一天也没有"),
    ],
    ids=["ends of lines", "in a cell", "alone"],
)
def test_a_table_with_lone_carriage_returns_is_read_or_refused(
    december: Desk, tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content.encode())
    if not says:
        assert december.calendars.read(tmp_path / "a.csv", "通知", "国办发明电〔2026〕1号").name == "2027年放假安排"
        return
    with pytest.raises(DeskError, match=says):
        december.calendars.read(tmp_path / "a.csv", "通知", "国办发明电〔2026〕1号")


def test_a_local_holiday_moves_what_runs_over_it(december: Desk, tmp_path: Path) -> None:
    case = register(december, received_on="2026-12-14")
    path = tmp_path / "local.csv"
    path.write_bytes("日期,安排,节日\n2026-12-28,放假,本地节日\n".encode("gb18030"))
    plan = december.calendars.read(path, place="临海自治县")
    assert plan.name == "临海自治县假日"
    assert plan.advice == ("没有写依据的通知，请补上名称和文号，以便核对。",)
    assert [(m.before, m.after) for m in plan.moves] == [(date(2027, 1, 12), date(2027, 1, 13))]
    december.calendars.take(plan)
    assert december.lookup.deadline(case).due_on == date(2027, 1, 13)
    assert december.calendars.known()[1][0].place == "临海自治县"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("2027.txt", b"", "没有找到列名"),
        ("2027.toml", b"year = ", "写法有误"),
        ("2027.csv", b"\xff\xfe\x00", "编码不认识"),
        ("2027.csv", b"x" * 1_000_001, "太长"),
        ("none.toml", None, "读不出来"),
    ],
)
def test_a_file_of_no_use_is_refused_and_nothing_changes(
    december: Desk, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DeskError, match=reason):
        december.calendars.read(tmp_path / name)
    assert december.calendars.known()[0][-1].year == 2026


@pytest.mark.parametrize(("day", "said"), [("2026-10-12", False), ("2026-11-20", True), ("2027-01-08", True)])
def test_a_year_without_its_notice_is_told_as_long_as_it_matters(tmp_path: Path, day: str, said: bool) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(date.fromisoformat(day)))
    assert any("2027年放假安排还没有收录" in line for line in desk.work.board().banners) is said
    desk.close()


def test_an_open_case_that_touches_it_is_counted(december: Desk) -> None:
    register(december, received_on="2026-12-25")
    assert "2027年放假安排还没有收录，碰到它的日期都是暂定的，现在有1件。" in december.work.board().banners


def test_a_calendar_with_less_takes_no_place_unasked(december: Desk, tmp_path: Path) -> None:
    case = register(december, received_on="2026-12-25")
    (tmp_path / "whole.toml").write_text(INVENTED, encoding="utf-8")
    december.calendars.take(december.calendars.read(tmp_path / "whole.toml"))
    due = december.lookup.deadline(case).due_on
    (tmp_path / "bad.csv").write_text("日期,安排,节日\n2027-01-01,放假,元旦\n", encoding="utf-8")
    plan = december.calendars.read(tmp_path / "bad.csv", "通知", "国办发明电〔2026〕1号")
    whole = december.calendars.known()[0][-1]
    days = sum(len(holiday.off) + len(holiday.makeup) for holiday in whole.holiday)
    assert len(plan.lost) == days - 1
    assert plan.less.startswith(f"2027年放假安排比现在用的少了{days - 1}天：2027-01-02元旦放假、")
    with pytest.raises(DeskError, match="比现在用的少了") as refused:
        december.calendars.take(plan)
    assert refused.value.code == FEWER
    assert december.lookup.deadline(case).due_on == due
    december.calendars.take(plan, fewer=True)
    assert december.calendars.known()[0][-1].number == "国办发明电〔2026〕1号"
    more = december.calendars.read(tmp_path / "whole.toml")
    assert more.lost == ()
    december.calendars.take(more)


def test_what_another_window_brought_in_meanwhile_is_not_lost_unasked(december: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("日期,安排,节日\n2027-01-01,放假,元旦\n", encoding="utf-8")
    plan = december.calendars.read(tmp_path / "bad.csv", "通知", "1号")
    assert plan.lost == ()
    (tmp_path / "whole.toml").write_text(INVENTED, encoding="utf-8")
    december.calendars.take(december.calendars.read(tmp_path / "whole.toml"))
    with pytest.raises(DeskError, match="比现在用的少了"):
        december.calendars.take(plan, fewer=True)


def test_local_days_are_not_lost_unasked(december: Desk, tmp_path: Path) -> None:
    path = tmp_path / "local.csv"
    path.write_text("日期,安排,节日\n2026-12-28,放假,甲节\n2026-12-29,放假,甲节\n", encoding="utf-8")
    december.calendars.take(december.calendars.read(path, "通知", "1号", "临海自治县"))
    path.write_text("日期,安排,节日\n2026-12-28,放假,甲节\n", encoding="utf-8")
    plan = december.calendars.read(path, "通知", "1号", "临海自治县").instead
    assert plan
    assert plan.lost == ("2026-12-29甲节放假",)
    with pytest.raises(DeskError, match="临海自治县假日比现在用的少了1天：2026-12-29甲节放假。"):
        december.calendars.take(plan)
    elsewhere = december.calendars.read(path, "通知", "1号", "另一个县")
    december.calendars.take(elsewhere)


def test_local_days_are_added_to_those_that_there_are(december: Desk, tmp_path: Path) -> None:
    path = tmp_path / "local.csv"
    path.write_text("日期,安排,节日\n2026-12-28,放假,甲节\n2026-12-29,放假,甲节\n", encoding="utf-8")
    december.calendars.take(december.calendars.read(path, "甲通知", "1号", "临海自治县"))
    path.write_text("日期,安排,节日\n2027-03-03,放假,乙节\n2026-12-29,放假,丙节\n", encoding="utf-8")
    plan = december.calendars.read(path, "乙通知", "2号", "临海自治县")
    assert plan.told == ["添上1天：2027-03-03乙节放假。", "改了1天：2026-12-29甲节放假改为丙节放假。"]
    assert plan.instead
    assert plan.instead.told[-1] == "去掉1天：2026-12-28甲节放假。"
    december.calendars.take(plan)
    (local,) = december.calendars.known()[1]
    days = {(day, holiday.name) for holiday in local.holiday for day in holiday.off}
    assert days == {(date(2026, 12, 28), "甲节"), (date(2026, 12, 29), "丙节"), (date(2027, 3, 3), "乙节")}
    assert (local.title, local.number) == ("甲通知；乙通知", "1号；2号")
    assert december.calendars.read(path, "乙通知", "2号", "临海自治县").told == []


def test_local_days_go_when_the_file_is_wanted_in_their_place(december: Desk, tmp_path: Path) -> None:
    path = tmp_path / "local.csv"
    path.write_text("日期,安排,节日\n2026-12-28,放假,甲节\n", encoding="utf-8")
    december.calendars.take(december.calendars.read(path, "甲通知", "1号", "临海自治县"))
    path.write_text("日期,安排,节日\n2027-03-03,放假,乙节\n", encoding="utf-8")
    plan = december.calendars.read(path, "乙通知", "2号", "临海自治县").instead
    assert plan
    december.calendars.take(plan, fewer=True)
    (local,) = december.calendars.known()[1]
    assert [day for holiday in local.holiday for day in holiday.off] == [date(2027, 3, 3)]
