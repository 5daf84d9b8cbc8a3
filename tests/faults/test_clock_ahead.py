"""A clock decades ahead is doubted before anything is written; what an earlier version wrote under one can be opened and voided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from deskapp.register import journal
from deskapp.screens.office.doctor import DoctorScreen
from tests.conftest import DAY, make_desk, register
from tests.screens.conftest import press, running, until_said


@pytest.mark.parametrize(("day", "refused"), [("2029-12-31", False), ("2030-01-01", True), ("2062-05-04", True)])
def test_a_clock_years_ahead_of_every_calendar_is_doubted(tmp_path: Path, day: str, refused: bool) -> None:
    clock = FixedClock(DAY)
    desk = make_desk(tmp_path / "home", clock)
    clock.set(date.fromisoformat(day))
    if refused:
        with pytest.raises(DeskError, match="请校正电脑的日期") as error:
            register(desk)
        assert error.value.code == journal.CLOCK_AHEAD
        clock.set(DAY)
        assert register(desk).case_no == "LH-2026-0001"
    else:
        assert register(desk).case_no.startswith("LH-2029")
    desk.close()


@pytest.mark.parametrize("year", [2050, 2062, 2099])
def test_a_case_that_was_taken_in_under_a_wrong_clock_is_listed_opened_and_voided(
    tmp_path: Path, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock(DAY)
    desk = make_desk(tmp_path / "home", clock)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "YEARS_AHEAD", 100)
        clock.set(date(year, 1, 4))
        case = register(desk, received_on="")
    clock.set(DAY)
    desk.close()
    desk = Desk.open(tmp_path / "home", clock)
    assert desk.lookup.case_by_no(case.case_no).received.on == date(year, 1, 4)
    assert [row.case_no for rows in desk.work.board().groups.values() for row in rows] == [case.case_no]
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).provisional
    assert desk.lookup.search(case.case_no)
    desk.acts.note(case.case_id, act_draft("voided", number=case.case_no, why="电脑的日期不对"))
    assert not [row for rows in desk.work.board().groups.values() for row in rows]
    desk.close()


def test_a_clock_years_back_is_doubted_until_somebody_has_looked(tmp_path: Path) -> None:
    clock = FixedClock(DAY)
    desk = make_desk(tmp_path / "home", clock)
    register(desk)
    clock.set(date(2019, 11, 20))
    with pytest.raises(DeskError, match="电脑的日期是2019-11-20，登记簿里已经有2026-11-20的记录") as error:
        register(desk, received_on="2019-11-18")
    assert error.value.code == journal.CLOCK_BACK
    clock.set(date(2025, 12, 1))
    assert register(desk, received_on="2025-11-28").case_no == "LH-2025-0001", "some months are said, and taken"
    clock.set(DAY)
    assert register(desk).case_no == "LH-2026-0002"
    desk.close()


def test_an_entry_made_under_a_clock_ahead_does_not_stop_the_desk_for_good(tmp_path: Path) -> None:
    clock = FixedClock(date(2028, 12, 1))
    desk = make_desk(tmp_path / "home", clock)
    register(desk, received_on="2028-11-30")
    clock.set(DAY)
    with pytest.raises(DeskError, match="deskapp check --accept"):
        register(desk)
    desk.upkeep.accept_heads()
    assert register(desk).case_no == "LH-2026-0001"
    assert register(desk).case_no == "LH-2026-0002"
    desk.close()


async def test_a_clock_that_was_doubted_is_accepted_at_the_screen(tmp_path: Path) -> None:
    clock = FixedClock(date(2028, 12, 1))
    desk = make_desk(tmp_path / "home", clock)
    register(desk, received_on="2028-11-30")
    clock.set(DAY)
    with pytest.raises(DeskError, match="在【检查】里按 F6"):
        register(desk)
    assert [note.code for note in desk.upkeep.check() if note.fault] == [journal.CLOCK_BACK]
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(DoctorScreen())
        await until_said(pilot, "登记簿里已经有2028-12-01的记录")
        await press(pilot, "f6")
        await until_said(pilot, "都核对清楚了")
        await press(pilot, "escape")
        assert desk.upkeep.to_accept()
        await press(pilot, "f6", "enter")
        await until_said(pilot, "登记簿是好的")
        assert desk.upkeep.to_accept() == []
        await press(pilot, "f6")
        await until_said(pilot, "没有要核对的")
        assert register(desk).case_no == "LH-2026-0001"
