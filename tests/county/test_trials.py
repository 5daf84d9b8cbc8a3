"""The county's own applications are found in what comes in and judged; a point sees its assessment and its word comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from deskapp.county.database import open_database
from deskapp.county.hall import County
from deskapp.county.points import Point
from deskapp.county.trials import TriedCase
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from scripts.postgres import Server
from tests.conftest import DAY, issue_granted, register
from tests.county.conftest import PointDesk
from tests.county.test_assessing import rules_file

SENT = date(2026, 9, 1)
TRIAL_RULE = """
title = "办法"
valid_from = 2026-01-01
valid_until = 2026-12-31
total = 100
[[rule]]
key = "trials"
name = "测试申请"
counts = "trial_faults"
each = -5
most = 10
"""


@pytest.fixture
def where(hall: County, point: PointDesk) -> Point:
    return hall.points.named(point.card.id)


def only(hall: County) -> TriedCase:
    (found,) = hall.trials.all()
    return found


def answered(point: PointDesk, hall: County, on: date) -> None:
    """A case that was registered on the day of the trial, and answered on a day."""
    point.goes_to(SENT)
    letter = issue_granted(point.desk)
    point.goes_to(on)
    draft = DeliveryDraft(letter_id=letter.id, way="in_person", on=on.isoformat(), signed_by="张三")
    point.desk.delivery.serve(letter.case_id, draft)
    hall.take(point.bundle())


def test_one_that_was_answered_late_is_found_judged_and_counted(
    hall: County, point: PointDesk, where: Point, tmp_path: Path
) -> None:
    hall.trials.note(where, SENT, "in_person", "2025年预算执行情况")
    assert only(hall).verdict == "2026-09-01的测试申请还没有报来"
    answered(point, hall, DAY)
    found = only(hall)
    assert (found.fault, found.case and found.case.case_no) == ("late", "LH-2026-0001")
    assert "超期：2026-09-01登记，2026-11-20答复" in found.verdict
    (scored,) = hall.assess(rules_file(tmp_path, TRIAL_RULE), 2026)[0].scored
    assert (scored.count, scored.points, scored.behind) == (1, -5, (found.verdict,))


def test_one_that_was_answered_in_time_costs_nothing(hall: County, point: PointDesk, where: Point) -> None:
    hall.trials.note(where, SENT, "in_person", "预算")
    answered(point, hall, date(2026, 9, 10))
    assert only(hall).fault == ""
    assert only(hall).verdict.startswith("2026-09-01的测试申请（LH-2026-0001）按期")


def test_one_that_nobody_answers_is_overdue(hall: County, point: PointDesk, where: Point) -> None:
    hall.trials.note(where, SENT, "in_person", "预算")
    point.goes_to(SENT)
    register(point.desk)
    hall.take(point.bundle())
    assert only(hall).fault == "overdue"


def test_one_that_was_never_registered_is_a_fault_only_when_the_point_has_reported_since(
    hall: County, point: PointDesk, where: Point
) -> None:
    hall.trials.note(where, SENT, "online", "预算")
    point.goes_to(SENT + timedelta(days=5))
    register(point.desk)
    hall.take(point.bundle())
    assert (only(hall).fault, only(hall).case) == ("", None)
    point.goes_to(SENT + timedelta(days=20))
    hall.take(point.bundle())
    assert (only(hall).fault, only(hall).verdict) == ("unregistered", "2026-09-01的测试申请没有登记")


def test_where_several_would_fit_nothing_is_guessed(hall: County, point: PointDesk, where: Point) -> None:
    made = hall.trials.note(where, SENT, "in_person", "预算")
    assert hall.trials.note(where, SENT, "in_person", " 预算 ") == made  # the same again is that one
    point.goes_to(SENT)
    point.cases(2)
    hall.take(point.bundle())
    assert (only(hall).case, only(hall).maybe) == (None, ("LH-2026-0001", "LH-2026-0002"))
    hall.trials.match(made.id, "LH-2026-0002")
    assert only(hall).fault == "overdue"
    other = hall.trials.note(where, SENT, "in_person", "决算")
    found = {each.trial.id: each for each in hall.trials.all()}
    case = found[other.id].case
    assert case is not None
    assert case.case_no == "LH-2026-0001"  # the other one is known to be no rival
    hall.rebuild(hall.home.path)
    assert len(hall.trials.all()) == 2


def test_a_lost_database_loses_nothing_that_the_county_wrote(
    hall: County, point: PointDesk, where: Point, server: Server, numbers: Iterator[int], clock: FixedClock
) -> None:
    """Tasks and answers to them, applications with their numbers, and what the files of bundles were called."""
    (task,) = hall.tasking.give([where], "mend", "补公开决算", DAY + timedelta(days=3))
    point.desk.tasks.bring([task])
    point.desk.tasks.answer(task.id, "公开了")
    made = hall.trials.note(where, SENT, "in_person", "预算")
    answered(point, hall, DAY)
    hall.trials.match(made.id, "LH-2026-0001")
    clock.set(DAY + timedelta(days=2))
    with open_database(server.create(f"fresh{next(numbers)}", "county_template")) as db:
        fresh = County(db, hall.home.path.parent, clock)
        fresh.rebuild(hall.home.path)
        assert fresh.tasking.all() == hall.tasking.all()
        assert fresh.tasking.all()[0].answer is not None
        assert fresh.trials.all() == hall.trials.all()
        rows = "SELECT digest, file_name, offered_at FROM bundles ORDER BY digest"
        assert db.rows(rows) == hall.db.rows(rows)
        assert ".bundle" in db.rows(rows)[0][1]


@pytest.mark.parametrize("number", ["LH-2026-0O02", "lh2026-2", "QT-2026-0001", "LH-2026-0001"])
def test_a_number_that_cannot_be_it_is_refused(hall: County, point: PointDesk, where: Point, number: str) -> None:
    """The last is a case that was there before the application was sent."""
    point.goes_to(SENT - timedelta(days=20))
    point.cases(1)
    hall.take(point.bundle())
    made = hall.trials.note(where, SENT, "online", "预算")
    with pytest.raises(DeskError) as found:
        hall.trials.match(made.id, number)
    assert found.value.code == "case_no"
    assert only(hall).trial.case_no == ""


def test_what_was_handed_in_is_received_on_that_day(hall: County, point: PointDesk, where: Point) -> None:
    hall.trials.note(where, SENT, "in_person", "预算")
    point.goes_to(SENT + timedelta(days=7))
    letter = issue_granted(point.desk)
    point.desk.delivery.serve(
        letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", on="2026-09-08", signed_by="张三")
    )
    hall.take(point.bundle())
    assert only(hall).fault == "misdated"
    assert "收到的日期应当是2026-09-01，登记成2026-09-08" in only(hall).verdict


def test_what_was_noted_wrongly_is_taken_back_and_kept_with_why(hall: County, where: Point) -> None:
    trial = hall.trials.note(where, SENT, "online", "预算")
    (task,) = hall.tasking.give([where], "mend", "补公开决蒜", DAY)
    with pytest.raises(DeskError, match="没有写为什么"):
        hall.trials.withdraw(trial.id, "")
    with pytest.raises(DeskError, match="没有这一件"):
        hall.tasking.withdraw(trial.id, "不是交办的事")
    hall.trials.withdraw(trial.id, "发给了另一个镇")
    hall.tasking.withdraw(task.id, "写错字")
    assert (hall.trials.all(), hall.tasking.all()) == ([], [])
    hall.db.run("DELETE FROM tasks")
    hall.rebuild(hall.home.path)
    kept = [body for (body,) in hall.db.rows("SELECT body FROM tasks WHERE kind = 'withdrawn'")]
    assert sorted(json.loads(body)["why"] for body in kept) == ["写错字", "发给了另一个镇"]
    (again,) = hall.tasking.give([where], "mend", "补公开决算", DAY)
    assert [each.task.id for each in hall.tasking.all()] == [again.id]


def test_two_of_one_way_and_time_are_not_told_apart(hall: County, point: PointDesk, where: Point) -> None:
    for asked in ("预算", "决算"):
        hall.trials.note(where, SENT, "in_person", asked)
    point.goes_to(SENT)
    point.cases(1)
    hall.take(point.bundle())
    assert [(each.case, each.maybe) for each in hall.trials.all()] == [(None, ("LH-2026-0001",))] * 2


def test_what_cannot_be_noted(hall: County, where: Point) -> None:
    with pytest.raises(DeskError, match="没有写申请公开什么"):
        hall.trials.note(where, SENT, "online", " ")
    with pytest.raises(DeskError, match="还没有到"):
        hall.trials.note(where, DAY + timedelta(days=1), "online", "预算")
    with pytest.raises(DeskError, match="没有这一件测试申请"):
        hall.trials.match("x", "LH-2026-0001")


def test_a_trial_is_no_task(hall: County, where: Point) -> None:
    hall.trials.note(where, SENT, "online", "预算")
    assert hall.tasking.all() == []
    hall.tasking.give([where], "mend", "补", DAY + timedelta(days=3))
    assert len(hall.tasking.all()) == 1


# -- the sheet goes down and comes back --------------------------------------------------------------------------


def test_a_point_sees_its_sheet_and_its_word_comes_back(
    hall: County, point: PointDesk, where: Point, tmp_path: Path, new_point: Callable[..., PointDesk]
) -> None:
    new_point(name="青山县桥头乡人民政府", code="QT")
    answered(point, hall, DAY)
    rules, until = rules_file(tmp_path), DAY + timedelta(days=10)
    sheets = hall.assess(rules, 2026)
    assert hall.tell_sheets(sheets, 2026, until) == 6  # the sum and two rules for each of two points
    assert hall.tell_sheets(sheets, 2026, until) == 0
    hall.tasking.send(tmp_path / "a.county", [], [])
    point.desk.county_sets.take(tmp_path / "a.county")
    seen = {each.task.text: each for each in point.desk.tasks.all()}
    assert set(seen) == {
        "2026年合计94分（满分100分，由人评定的没有算）", "2026年【依申请公开超期答复】：1，扣6分", "2026年【答复内容规范】：由人评定，还没有分",
    }  # fmt: skip
    late = seen["2026年【依申请公开超期答复】：1，扣6分"]
    assert late.task.cases == ("LH-2026-0001",)
    assert "有不同意见的" in late.sentence
    point.desk.tasks.answer(late.task.id, "申请人补正过，期限应当重新算")
    hall.take(point.bundle())
    scored = {each.rule.key: each for each in hall.assess(rules, 2026, where.point)[0].scored}
    assert scored["late"].said == "申请人补正过，期限应当重新算"
    assert scored["late"].points == -6  # a word changes no points
    hall.clock.set(until + timedelta(days=9))  # type: ignore[attr-defined]  # the tests' own clock
    assert not any(each.late for each in hall.tasking.all())  # nobody need explain himself


def test_a_word_about_an_older_count_is_no_answer_to_a_newer(
    hall: County, point: PointDesk, where: Point, tmp_path: Path
) -> None:
    answered(point, hall, DAY)
    until = DAY + timedelta(days=30)
    hall.tell_sheets(hall.assess(rules_file(tmp_path), 2026), 2026, until)
    point.desk.tasks.bring([each.task for each in hall.tasking.all()])
    late = next(each.task for each in point.desk.tasks.all() if each.task.cases)
    point.desk.tasks.answer(late.id, "对")
    hall.take(point.bundle())
    stricter = rules_file(tmp_path).read_text("utf-8").replace("each = -6", "each = -8")
    hall.clock.set(DAY + timedelta(days=2))  # type: ignore[attr-defined]  # the tests' own clock
    assert hall.tell_sheets(hall.assess(rules_file(tmp_path, stricter), 2026), 2026, until) == 2
    again = next(each for each in hall.tasking.all() if each.task.id == late.id)
    assert (again.task.text, again.answer) == ("2026年【依申请公开超期答复】：1，扣8分", None)
    point.desk.tasks.bring([again.task])
    assert next(each for each in point.desk.tasks.all() if each.task.id == late.id).answer is None


def test_a_day_that_is_past_tells_nothing(hall: County, where: Point, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="已经过了"):
        hall.tell_sheets(hall.assess(rules_file(tmp_path), 2026), 2026, DAY - timedelta(days=1))
    assert hall.tasking.all() == []


def test_the_commands_of_it(hall: County, point: PointDesk, where: Point, dsn: str, tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        begun = ["--at", str(hall.home.path.parent), "--today", DAY.isoformat(), "county", "--db", dsn]
        return CliRunner().invoke(deskapp, [*begun, *words])

    noted = run("trial", "--point", where.point, "--on", "2026-09-01", "--asked", "预算", "--channel", "当面")
    assert "还没有报来" in noted.output
    answered(point, hall, DAY)
    (found,) = json.loads(run("trial", "--json").stdout)
    assert (found["found"], found["fault"], found["channel"]) == ("LH-2026-0001", "late", "in_person")
    assert run("trial", "--point", where.point).exit_code == 2
    assert (
        "没有“信鸽”这个渠道"
        in run("trial", "--point", where.point, "--on", "2026-09-01", "--asked", "甲", "--channel", "信鸽").output
    )
    run("trial", "--of", found["id"], "--case", "LH-2026-0009")
    assert json.loads(run("trial", "--json").stdout)[0]["found"] is None
    rules = str(rules_file(tmp_path))
    assert "3条记下了" in run("assess", "2026", "--rules", rules, "--tell", "2026-12-10").output
    run("task", "--mend", "标识牌没有挂", "--until", "2026-12-10")
    assert "另有1件以前记过" in run("task", "--mend", "标识牌没有挂", "--until", "2026-12-10").output
    assert run("tasks", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / f"通报-{DAY}.pdf").exists()
