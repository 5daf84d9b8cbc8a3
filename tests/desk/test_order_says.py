"""An answer anew says of the first one what the decision said of it, and comes of none that ordered nothing (行政复议法 63 至 69)."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from deskapp.register.act import YES
from tests.conftest import NOT_HELD, issue, register
from tests.desk.test_letters import typed_as
from tests.desk.test_second_answer import ARRIVED, ORDER, answered, ordered

SAYS = {
    "annulled": "撤销该答复，责令本机关重新答复。现重新答复如下。",
    "declared_illegal": "确认该答复违法，责令本机关重新答复。现重新答复如下。",
    "declared_void": "确认该答复无效，责令本机关重新答复。现重新答复如下。",
    "ordered_to_act": "（本机关于2026年12月14日收到）责令本机关依法答复。现重新答复如下。",
}
ORDERED_NOTHING = {
    "upheld": "维持", "claim_rejected": "驳回请求", "annulled_only": "撤销，不责令重新答复", "changed": "变更",
    "terminated": "终止、撤回、撤诉", "mediated": "调解", "dismissed": "驳回申请、驳回起诉",
}  # fmt: skip


def decided(desk: Desk, clock: FixedClock, result: str, route: str = "review") -> str:
    """An answered case whose review or suit ended so."""
    case_id = answered(desk)
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("disputed", route=route))
    desk.acts.note(case_id, act_draft("dispute_decided", route=route, result=result, reference=ORDER["number"]))
    return case_id


def text(desk: Desk, case_id: str) -> str:
    """The answer anew."""
    letter = issue(desk, case_id, "not_held", NOT_HELD)
    return "".join(letter.text.split())


@pytest.mark.parametrize("result", SAYS)
def test_the_answer_says_what_the_decision_said(desk: Desk, clock: FixedClock, result: str) -> None:
    case_id = decided(desk, clock, result)
    desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    assert SAYS[result] in text(desk, case_id)


def test_without_the_result_it_is_taken_as_set_aside_and_the_result_is_asked_for(
    desk: Desk, clock: FixedClock
) -> None:
    case_id = ordered(desk, clock)
    assert "没有记过" in desk.acts.aside(desk.lookup.case(case_id))
    assert SAYS["annulled"] in text(desk, case_id)


def test_a_matter_that_is_noted_and_open_is_not_called_missing(desk: Desk, clock: FixedClock) -> None:
    case_id = answered(desk)
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("disputed", route="review"))
    after = desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    assert "只记了收到，没有记结果" in desk.acts.aside(after)


@pytest.mark.parametrize("result", ORDERED_NOTHING)
def test_no_order_comes_of_a_decision_that_ordered_nothing(desk: Desk, clock: FixedClock, result: str) -> None:
    case_id = decided(desk, clock, result)
    with pytest.raises(DeskError, match=f"【{ORDERED_NOTHING[result]}】，没有责令重新答复"):
        desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))


def test_a_judgment_under_appeal_orders_nothing_yet(desk: Desk, clock: FixedClock) -> None:
    case_id = decided(desk, clock, "annulled", "suit_direct")
    desk.acts.note(case_id, act_draft("appealed", route="suit_direct", who="本机关"))
    by_court = {**ORDER, "ordered_by": "court"}
    with pytest.raises(DeskError, match="已经上诉"):
        desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **by_court))
    clock.set(date(2027, 2, 1))
    desk.acts.note(case_id, act_draft("dispute_decided", route="suit_direct", result="annulled"))
    after = desk.acts.note(case_id, act_draft("redo_ordered", **by_court))
    assert after.earlier


@pytest.mark.parametrize("period", [{"working_days": "10"}, {"days": "15"}])
def test_a_period_that_the_decision_sets_is_not_the_offices_to_lengthen(
    desk: Desk, clock: FixedClock, period: dict[str, str]
) -> None:
    case_id = ordered(desk, clock, **period)
    due = desk.lookup.deadline(desk.lookup.case(case_id)).due_on
    for act in (
        act_draft("extended", working_days="10", approved_by="王建国"),
        act_draft("deferred", until="2027-03-01"),
    ):
        with pytest.raises(DeskError, match="决定书、判决书定的"):
            desk.acts.note(case_id, act)
    assert desk.lookup.deadline(desk.lookup.case(case_id)).due_on == due


def test_the_period_of_the_law_can_be_lengthened_once_more(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    after = desk.acts.note(case_id, act_draft("extended", working_days="10", approved_by="王建国"))
    assert desk.lookup.deadline(after).due_on == date(2027, 1, 26)


def test_what_was_not_annulled_still_stands(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock, partly=YES)
    found = desk.reply.preview(case_id, "not_held", NOT_HELD).findings
    assert [(each.code, each.blocking) for each in found if each.where == "重新答复"] == [("partly_annulled", False)]


def test_another_agency_is_not_the_office_itself(desk: Desk) -> None:
    case_id = register(desk).case_id
    typed = {**typed_as("not_our_agency", desk, case_id), "agency": desk.lookup.unit().name}
    found = desk.reply.preview(case_id, "not_our_agency", typed).findings
    assert ("agency_is_us", True) in [(each.code, each.blocking) for each in found]
