"""转办 inside the house: a department has the application until a day, the board says so, and the period goes on."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from deskapp.register.facts import Ordinals, facts_of
from tests.conftest import GRANTED, issue, register

OFFICE = "农业农村办"


def refer(desk: Desk, case_id: str, department: str = OFFICE, **values: str) -> None:
    desk.acts.note(case_id, act_draft("referred", department=department, **values))


def stands(desk: Desk, case_no: str) -> tuple[str, str]:
    groups = desk.work.board().groups
    return next((key, row.next_act) for key, rows in groups.items() for row in rows if row.case_no == case_no)


def test_the_board_waits_for_the_department_and_then_presses_it(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    due = desk.lookup.deadline(case).due_on
    refer(desk, case.case_id, back_by="2026-11-27", what="查台账")
    assert stands(desk, case.case_no) == ("waiting", "等农业农村办至11-27")
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).due_on == due == date(2026, 12, 18)
    clock.set(date(2026, 11, 27))
    assert stands(desk, case.case_no) == ("waiting", "催农业农村办")
    clock.set(date(2026, 12, 16))
    assert stands(desk, case.case_no)[0] == "due_soon", "the answer's own last day is more urgent"


def test_what_comes_back_ends_the_waiting(desk: Desk) -> None:
    case = register(desk)
    refer(desk, case.case_id)
    assert stands(desk, case.case_no) == ("waiting", "等农业农村办")
    assert desk.acts.likely(desk.lookup.case(case.case_id)) == "referred_back"
    desk.acts.note(case.case_id, act_draft("referred_back", department=OFFICE, answer="有，可以公开"))
    assert stands(desk, case.case_no)[0] != "waiting"
    assert not desk.lookup.case(case.case_id).referred


def test_two_departments_are_told_apart_and_none_gets_it_twice(desk: Desk) -> None:
    case_id = register(desk).case_id
    refer(desk, case_id)
    refer(desk, case_id, "派出所", back_by="2026-11-25")
    with pytest.raises(DeskError, match="已经转给农业农村办"):
        refer(desk, case_id)
    with pytest.raises(DeskError, match="请选择谁回复"):
        desk.acts.note(case_id, act_draft("referred_back", department="司法所"))
    desk.acts.note(case_id, act_draft("referred_back", department=OFFICE))
    assert [one.department for one in desk.lookup.case(case_id).referred] == ["派出所"]
    with pytest.raises(DeskError, match="早于转出"):
        refer(desk, case_id, back_by="2026-11-01")


def test_what_was_noted_by_mistake_is_struck_out(desk: Desk) -> None:
    case = register(desk)
    refer(desk, case.case_id)
    desk.acts.note(case.case_id, act_draft("struck", n="1", why="转错"))
    assert stands(desk, case.case_no)[0] != "waiting"


def test_an_answered_case_waits_for_no_department(desk: Desk) -> None:
    case = register(desk)
    refer(desk, case.case_id)
    issue(desk, case.case_id, "granted", GRANTED)
    assert stands(desk, case.case_no)[0] == "to_serve"
    with pytest.raises(DeskError, match="只能在答复以前记"):
        refer(desk, case.case_id, "派出所")


def test_no_name_of_a_department_leaves_the_point(desk: Desk) -> None:
    case_id = register(desk).case_id
    refer(desk, case_id, back_by="2026-11-27", what="查台账")
    desk.acts.note(case_id, act_draft("referred_back", department=OFFICE, answer="有"))
    history = desk.lookup.case(case_id).history
    names = Ordinals(history, lambda number: number)
    sent = [facts_of(event, names) for event in history[1:]]
    assert [fact["department"] for fact in sent] == ["科室1", "科室1"]
    assert OFFICE not in str(sent)
    assert "查台账" not in str(sent)
