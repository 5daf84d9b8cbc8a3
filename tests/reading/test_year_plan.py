"""The year's duties: shipped ones with a source, days and words the office changes, done marks, what the board names."""

from __future__ import annotations

from datetime import date

import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.point_log import PointDraft
from deskapp.desk.reading.year_plan import DutyDraft, shipped
from deskapp.errors import DeskError


def state(desk: Desk, key: str, year: int = 2026) -> str:
    duty = next(duty for duty in desk.year_plan.year(year) if duty.key == key)
    return duty.state(desk.clock.today())


def test_each_shipped_duty_has_a_day_and_a_source() -> None:
    assert {item.key for item in shipped()} >= {"own_report", "training", "heard", "progress"}
    for item in shipped():
        assert date.fromisoformat(f"2024-{item.by}")
        assert item.document


def test_they_stand_by_their_days_and_are_done_once_a_year(desk: Desk) -> None:
    days = [duty.due_on for duty in desk.year_plan.year(2026)]
    assert days == sorted(days)
    assert state(desk, "progress") == "还有10天"
    desk.year_plan.mark(2026, "progress", "11-18", "报县政务公开办")
    assert state(desk, "progress") == "11-18做了"
    assert state(desk, "progress", 2027) == "还有375天"
    desk.year_plan.unmark(2026, "progress")
    assert state(desk, "progress") == "还有10天"
    with pytest.raises(DeskError, match="没有记过"):
        desk.year_plan.unmark(2026, "progress")
    with pytest.raises(DeskError, match="还没有到"):
        desk.year_plan.mark(2026, "progress", "2026-12-24")


def test_a_training_of_the_log_counts(desk: Desk) -> None:
    assert state(desk, "training") == "过了51天"
    desk.point_log.enter(PointDraft(kind="training", on="2026-09-02", title="办理规范培训", people="12"))
    assert state(desk, "training") == "09-02做了"


def test_the_office_changes_days_adds_its_own_and_drops_what_it_has_not(desk: Desk) -> None:
    desk.year_plan.change(DutyDraft(name="报送半年小结", by="６月３０日"))
    desk.year_plan.change(DutyDraft(name="报送工作进展", by="12-05", about="县办〔2026〕3号"), "progress")
    desk.year_plan.drop("publicity")
    told = {duty.name: f"{duty.due_on:%m-%d}" for duty in desk.year_plan.year(2026)}
    assert told["报送半年小结"] == "06-30"
    assert told["报送工作进展"] == "12-05"
    assert not any("宣传" in name for name in told)
    for by, says in (("", "没有填"), ("13-40", "不是几月几日"), ("月底", "不是几月几日")):
        with pytest.raises(DeskError, match=says):
            desk.year_plan.change(DutyDraft(name="x", by=by))


def test_the_board_names_what_is_near_or_just_past_and_not_done(desk: Desk, clock: FixedClock) -> None:
    def named() -> str:
        return "".join(line for line in desk.work.board().banners if "年度事项" in line)

    assert "向主管部门报送工作进展，最迟11-30（还有10天）" in named()
    assert "听取" not in named(), "its day was over when the office set this desk up"
    desk.year_plan.mark(2026, "progress")
    assert named() == ""
    clock.set(date(2027, 1, 20))
    assert "年报，报送主管部门并公布，最迟01-31（还有11天）" in named()
    clock.set(date(2027, 11, 20))
    assert "听取一次政务公开工作汇报，最迟11-15（过了5天）" in named()
    assert "业务培训" not in named(), "long past"
    desk.year_plan.mark(2027, "heard")
    assert "听取" not in named()


def test_the_year_on_paper(desk: Desk) -> None:
    import io

    desk.year_plan.mark(2026, "heard", "11-12", "王镇长听取")
    with pdfplumber.open(io.BytesIO(desk.year_plan.sheet(2026).pdf)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    assert "2026年政府信息公开年度事项" in text
    assert "2026-11-12" in text
    assert "王镇长听取" in text


def test_the_29th_of_february_is_the_28th_in_other_years(desk: Desk) -> None:
    desk.year_plan.change(DutyDraft(name="闰日的事", by="2-29"))
    days = {year: next(d.due_on for d in desk.year_plan.year(year) if d.name == "闰日的事") for year in (2027, 2028)}
    assert days == {2027: date(2027, 2, 28), 2028: date(2028, 2, 29)}
