"""Letters work from the day they were sent or arrived; an answer that was set aside is due once more; what nobody can help is
shown. Dates are literals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deskapp.law.errors import LawError
from tests.law.test_deadline import act, clock, codes

RECEIVED = act("2026-10-12", "received")  # seventh working day 2026-10-21, twentieth 2026-11-09


# -- sent, arrived -----------------------------------------------------------------------------------------------


def test_a_correction_notice_is_in_time_by_the_day_it_was_sent() -> None:
    written = act("2026-10-20", "correction_requested", sent_on="2026-10-22", respond_by="2026-11-05")
    assert codes(clock(RECEIVED, written)) == ["correction_late"]
    sent = act("2026-10-20", "correction_requested", sent_on="2026-10-21", respond_by="2026-11-05")
    assert codes(clock(RECEIVED, sent)) == []


def test_what_was_written_and_not_sent_moves_nothing_and_both_days_are_told() -> None:
    state = clock(
        RECEIVED,
        act("2026-11-06", "extended", working_days=20, sent_on=None, approved_by="张"),
        today=date(2026, 11, 9),
    )
    assert (state.status, state.due_on, codes(state)) == ("running", date(2026, 11, 9), ["not_sent"])
    assert state.due_if_sent == date(2026, 12, 7)
    assert "还没有送出，期限照算" in state.findings[0].message


@pytest.mark.parametrize(("sent", "due", "found"), [
    ("2026-11-09", date(2026, 12, 7), []),
    ("2026-11-10", date(2026, 11, 9), ["extension_late"]),
])  # fmt: skip
def test_an_extension_moves_the_day_if_it_was_sent_by_the_last_day(sent: str, due: date, found: list[str]) -> None:
    state = clock(RECEIVED, act("2026-11-06", "extended", working_days=20, sent_on=sent, approved_by="张"))
    assert (state.due_on, codes(state)) == (due, found)


def test_the_third_partys_days_run_from_arrival_and_the_clock_stands_from_sending() -> None:
    asked = act("2026-09-17", "party_consulted", party="甲", sent_on="2026-09-17", arrived_on="2026-09-28")
    state = clock(act("2026-09-16", "received"), asked, today=date(2026, 11, 25))
    assert state.due_on == date(2026, 11, 19)
    assert clock(act("2026-09-16", "received"), {**asked, "arrived_on": None}).due_on == date(2026, 11, 10)


def test_older_names_of_arrival_are_read() -> None:
    asked = act("2026-09-17", "party_consulted", party="甲", received_by_party_on="2026-09-28")
    assert clock(act("2026-09-16", "received"), asked).due_on == date(2026, 11, 19)


def test_a_consultation_that_was_not_sent_stops_nothing_even_if_it_was_answered() -> None:
    asked = act("2026-10-14", "party_consulted", party="甲", sent_on=None)
    state = clock(RECEIVED, asked, act("2026-10-20", "party_answered", party="甲"))
    assert (state.due_on, codes(state)) == (date(2026, 11, 9), ["not_sent"])


@pytest.mark.parametrize(
    ("asked_on", "due", "said", "status"),
    [
        ("2026-11-06", "2026-11-30", [], "paused"),  # one day is left: it comes after the fifteen working days
        ("2026-11-09", "2026-11-09", ["consulted_late"], "running"),  # the last day itself
        ("2026-11-11", "2026-11-09", ["consulted_late"], "running"),
    ],
)
def test_others_that_are_asked_on_the_last_day_or_later_stop_nothing_and_it_is_said(
    asked_on: str, due: str, said: list[str], status: str
) -> None:
    asked = act(asked_on, "party_consulted", party="甲", arrived_on=asked_on)
    state = clock(RECEIVED, asked, today=date(2026, 11, 12))
    assert (state.due_on, codes(state), state.status) == (date.fromisoformat(due), said, status)


def test_a_request_for_reasons_that_was_not_sent_is_told() -> None:
    assert codes(clock(RECEIVED, act("2026-10-14", "reason_requested", sent_on=None))) == ["not_sent"]
    assert codes(clock(RECEIVED, act("2026-10-14", "reason_requested"))) == []


def test_the_days_to_pay_run_from_the_arrival_of_the_notice() -> None:
    notice = act("2026-10-14", "fee_noticed", sent_on="2026-10-15", arrived_on="2026-10-19")
    assert clock(RECEIVED, notice, today=date(2026, 10, 20)).wait_until == date(2026, 11, 16)


def test_arrival_before_sending_cannot_be() -> None:
    with pytest.raises(LawError, match="早于发出的日期"):
        clock(RECEIVED, act("2026-10-14", "fee_noticed", sent_on="2026-10-15", arrived_on="2026-10-14"))
    with pytest.raises(LawError, match="早于发出的日期"):
        clock(RECEIVED, act("2026-10-14", "fee_noticed", sent_on=None, arrived_on="2026-10-14"))


@pytest.mark.parametrize("first", ["extended", "correction_requested"])
def test_an_extension_and_a_correction_notice_of_one_day_do_not_hinder_each_other(first: str) -> None:
    extended = act("2026-10-14", "extended", working_days=10, approved_by="张")
    asked = act("2026-10-14", "correction_requested", respond_by="2026-11-05")
    events = (extended, asked) if first == "extended" else (asked, extended)
    state = clock(RECEIVED, *events, today=date(2026, 10, 15))
    assert (state.status, codes(state)) == ("awaiting_correction", [])


def test_after_a_late_notice_the_cautious_count_goes_on_from_receipt() -> None:
    late = act("2026-10-22", "correction_requested", respond_by="2026-11-05")
    state = clock(RECEIVED, late, act("2026-10-28", "corrected"))
    assert (state.due_on, state.safe_on) == (date(2026, 11, 25), date(2026, 11, 6))


def test_where_the_day_of_receipt_counts_it_counts_for_the_correction_too() -> None:
    assert clock(act("2026-03-04", "received"), first_day="same").correction_by == date(2026, 3, 12)
    assert clock(act("2026-03-04", "received")).correction_by == date(2026, 3, 13)


# -- ordered anew ------------------------------------------------------------------------------------------------

ANSWERED = act("2026-11-06", "served", by="registered_mail")


def test_an_order_begins_a_full_new_period_on_the_day_it_arrived() -> None:
    order = act("2026-11-16", "redo_ordered", by="review", number="青政复决〔2026〕8号", working_days=None)
    state = clock(RECEIVED, ANSWERED, order)
    assert (state.status, state.counted_from, state.due_on) == ("running", date(2026, 11, 16), date(2026, 12, 14))
    assert state.in_time is None
    assert [(r.due_on, r.in_time, r.by) for r in state.rounds] == [
        (date(2026, 11, 9), True, ""),
        (date(2026, 12, 14), None, "review"),
    ]


@pytest.mark.parametrize(("served", "in_time"), [("2026-11-30", True), ("2026-12-01", False)])
def test_the_period_that_a_judgment_names_is_judged_by(served: str, in_time: bool) -> None:
    order = act("2026-11-16", "redo_ordered", by="court", number="（2026）浙0702行初8号", working_days=10)
    state = clock(RECEIVED, ANSWERED, order, act(served, "served", by="in_person"))
    assert (state.status, state.due_on, state.in_time) == ("answered", date(2026, 11, 30), in_time)
    assert [r.in_time for r in state.rounds] == [True, in_time]


@pytest.mark.parametrize(
    ("days", "due"),
    [(15, "2026-12-01"), (30, "2026-12-16"), (12, "2026-11-30"), (47, "2027-01-04"), (27, "2026-12-14")],
)
def test_a_period_in_days_of_the_calendar_ends_on_a_working_day(days: int, due: str) -> None:
    """12 days lead to Saturday 28 November, 27 to Sunday 13 December, 47 to Saturday 2 January 2027."""
    state = clock(RECEIVED, ANSWERED, act("2026-11-16", "redo_ordered", by="court", days=days))
    assert state.due_on == date.fromisoformat(due)


def test_an_order_where_no_answer_was_given_at_all() -> None:
    state = clock(RECEIVED, act("2026-11-16", "redo_ordered", by="review", working_days=15))
    assert [(r.due_on, r.in_time) for r in state.rounds] == [(date(2026, 11, 9), None), (date(2026, 12, 7), None)]


def test_a_new_round_may_be_extended_and_a_second_order_follows() -> None:
    order = act("2026-11-16", "redo_ordered", by="review")
    more = act("2026-12-10", "extended", working_days=5, approved_by="张")
    assert clock(RECEIVED, ANSWERED, order, more).due_on == date(2026, 12, 21)
    again = act("2026-12-16", "redo_ordered", by="court", working_days=5)
    state = clock(RECEIVED, ANSWERED, order, act("2026-12-14", "served", by="in_person"), again)
    assert (state.due_on, len(state.rounds)) == (date(2026, 12, 23), 3)


def test_what_is_called_after_the_answer_but_an_order_changes_nothing() -> None:
    late = act("2026-11-10", "extended", working_days=5, approved_by="张")
    assert clock(RECEIVED, ANSWERED, late) == clock(RECEIVED, ANSWERED)


def test_an_order_under_the_law_of_its_day() -> None:
    state = clock(act("2019-03-01", "received"), act("2019-03-20", "served", by="in_person"),
                  act("2019-06-03", "redo_ordered", by="review"))  # fmt: skip
    assert [r.due_on for r in state.rounds] == [date(2019, 3, 22), date(2019, 7, 2)]


# -- what nobody can help ----------------------------------------------------------------------------------------


def test_force_majeure_is_told_and_moves_no_day() -> None:
    flood = act("2026-10-20", "interrupted", until="2026-10-25", reason="洪水")
    state = clock(RECEIVED, flood)
    assert (state.due_on, codes(state)) == (date(2026, 11, 9), ["force_majeure"])
    assert "洪水" in state.findings[0].message


def test_what_was_answered_though_nobody_noted_its_sending_asks_for_the_note_and_not_for_the_sending() -> None:
    asked = act("2026-10-14", "correction_requested", sent_on=None)
    state = clock(RECEIVED, asked, act("2026-10-20", "corrected"))
    assert codes(state) == ["not_sent"]
    assert (
        state.findings[0].message == "【发出补正告知】（2026-10-14）已经有了回音，哪天、怎样送出的还没有记：请补记。"
    )


SET = act("2026-09-01", "redo_ordered", by="review", working_days=10)
ONCE = (act("2026-03-02", "received"), act("2026-03-20", "served", by="in_person"))


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ([act("2026-09-03", "party_consulted", party="甲", arrived_on="2026-09-04")], "pause_of_order"),
        ([act("2026-09-03", "agency_consulted", agency="乙局")], "pause_of_order"),
        ([act("2026-09-03", "correction_requested"), act("2026-09-10", "corrected")], "correction_of_order"),
        ([act("2026-09-03", "fee_noticed", arrived_on="2026-09-04"), act("2026-09-10", "fee_paid")], "fee_of_order"),
    ],
)
def test_nothing_of_ours_moves_a_period_that_a_decision_set(moves: list[dict[str, Any]], code: str) -> None:
    """复议法 64(1), 77: the period is the decision's; what 条例 30 and 33 say of stops and days taken off is said of their own."""
    alone = clock(*ONCE, SET, today=date(2026, 9, 11))
    found = clock(*ONCE, SET, *moves, today=date(2026, 9, 11))
    assert alone.due_on == date(2026, 9, 15)
    assert (found.due_on, found.safe_on, found.status) == (alone.due_on, alone.safe_on, "running")
    assert [fault.code for fault in found.findings] == [code]
    assert all("期限没有变" in fault.message for fault in found.findings)


def test_a_period_of_the_law_after_an_order_is_moved_as_any() -> None:
    order = act("2026-09-01", "redo_ordered", by="review")
    asked = [act("2026-09-03", "correction_requested"), act("2026-09-14", "corrected")]
    found = clock(*ONCE, order, *asked, today=date(2026, 9, 15))
    assert found.findings == ()
    assert found.due_on == clock(act("2026-09-14", "received"), today=date(2026, 9, 15)).due_on


def test_a_cautious_day_never_lies_before_the_order() -> None:
    order = act("2026-09-01", "redo_ordered", by="court")
    late = [act("2026-09-11", "correction_requested"), act("2026-09-14", "corrected")]
    found = clock(*ONCE, order, *late, today=date(2026, 9, 15))
    assert [fault.code for fault in found.findings] == ["correction_late"]
    assert found.safe_on is not None
    assert date(2026, 9, 1) < found.safe_on < (found.due_on or date.min)
