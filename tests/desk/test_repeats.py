"""A letter about a repeated application rests on an answer to the same person that stands and was what it says (条例 36 (六))."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from letters.document import Finding
from tests.conftest import GRANTED, application, issue, issue_granted, register
from tests.desk.test_applicants import AGENT
from tests.desk.test_second_answer import ARRIVED, ORDER, answered


def said(desk: Desk, case_id: str, **typed: str) -> dict[str, bool]:
    """The codes of what is said of the earlier answer, and whether each stops the letter."""
    facts = {"earlier_on": "2026-11-20", "earlier_result": "released", **typed}
    found: tuple[Finding, ...] = desk.reply.preview(case_id, "repeat", facts).findings
    return {each.code: each.blocking for each in found if each.where == "前一次答复"}


def test_the_answer_that_stands_is_taken(desk: Desk) -> None:
    first = issue_granted(desk)
    again = register(desk).case_id
    assert said(desk, again, earlier_number=first.number) == {}


def test_day_and_result_are_those_of_the_file(desk: Desk) -> None:
    first = issue_granted(desk)
    again = register(desk).case_id
    assert said(desk, again, earlier_number=first.number, earlier_on="2026-11-19") == {"not_as_noted": False}
    assert said(desk, again, earlier_number=first.number, earlier_result="refused") == {"repeat_result": True}


def test_an_answer_to_somebody_else_is_none(desk: Desk) -> None:
    first = issue_granted(desk)
    other = register(desk, applicant="李四", id_number="", phone="13900000001").case_id
    assert said(desk, other, earlier_number=first.number) == {"repeat_other": True}


def test_a_number_that_nobody_gave_is_doubted(desk: Desk) -> None:
    assert said(desk, register(desk).case_id, earlier_number="柳政依复〔2026〕99号") == {"repeat_unknown": False}


def test_an_answer_that_was_set_aside_answers_nothing(desk: Desk, clock: FixedClock) -> None:
    first = answered(desk)
    number = desk.lookup.case(first).number
    clock.set(ARRIVED)
    desk.acts.note(first, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    again = register(desk, received_on="2026-12-10").case_id
    assert said(desk, again, earlier_number=number) == {"repeat_not_answered": True}


def test_an_agent_whose_authority_has_ended_is_not_named_and_does_not_sign(desk: Desk, clock: FixedClock) -> None:
    agent = {**AGENT, "authority_until": "2026-11-25"}
    case_id = desk.intake.register(application(**agent)).case_id
    other_id = desk.intake.register(application(content="另一份文件", **agent)).case_id
    clock.set(date(2026, 11, 25))
    in_force = issue(desk, case_id, "granted", GRANTED)
    assert "委托代理人：李四" in in_force.text
    clock.set(date(2026, 11, 26))
    letter = issue(desk, other_id, "granted", GRANTED)
    assert "李四" not in letter.text
    for each in (in_force, letter):
        with pytest.raises(DeskError, match="委托到2026-11-25为止"):
            desk.delivery.serve(each.case_id, DeliveryDraft(letter_id=each.id, signed_by="李四"))
