"""The deadline clock, one test for each sentence of its rules; dates are literals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from deskapp.law.clock_events import SAME_DAY_ORDER, act_text, parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.errors import LawError
from tests.conftest import DATA

LATER = date(2026, 11, 20)


def clock(*events: dict[str, Any], today: date = LATER, **options: Any) -> Deadline:
    return evaluate(parse_events(list(events)), today, **options)


def act(on: str, name: str, **rest: Any) -> dict[str, Any]:
    return {"on": on, "act": name, **rest}


def codes(deadline: Deadline) -> list[str]:
    return [finding.code for finding in deadline.findings]


# -- published cases ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", json.loads((DATA / "deadline_cases.json").read_text()), ids=lambda c: c["name"])
def test_published_cases(case: dict[str, Any]) -> None:
    state = clock(*case["events"])
    assert state.due_on == date.fromisoformat(case["due_on"])
    if "safe_on" in case:
        assert state.safe_on == date.fromisoformat(case["safe_on"])
    if "in_time" in case:
        assert state.in_time is case["in_time"]


# -- 1. the period ------------------------------------------------------------------------------------------------


def test_the_day_of_receipt_is_day_zero() -> None:
    state = clock(act("2025-02-20", "received"))
    assert state.days[0].n == 0
    assert state.days[1].n == 1
    assert state.due_on == date(2025, 3, 20)


def test_the_safe_day_counts_the_day_of_receipt() -> None:
    assert clock(act("2025-02-20", "received")).safe_on == date(2025, 3, 19)


def test_received_on_a_rest_day_both_counts_begin_on_the_next_working_day() -> None:
    state = clock(act("2025-02-22", "received"))
    assert state.due_on == state.safe_on == date(2025, 3, 21)


def test_fifteen_days_for_receipt_before_15_may_2019() -> None:
    assert clock(act("2019-05-14", "received")).due_on == date(2019, 6, 4)
    assert clock(act("2019-05-15", "received")).due_on == date(2019, 6, 13)


def test_the_unit_may_count_from_the_day_of_receipt() -> None:
    state = clock(act("2025-02-20", "received"), first_day="same")
    assert state.due_on == date(2025, 3, 19)
    assert state.days[0].n == 1


def test_working_days_left() -> None:
    state = clock(act("2026-11-02", "received"), today=date(2026, 11, 20))
    assert state.due_on == date(2026, 11, 30)
    assert state.working_days_left == 6
    assert clock(act("2026-11-02", "received"), today=date(2026, 12, 2)).working_days_left == -2


# -- 2. correction ------------------------------------------------------------------------------------------------


def test_correction_in_time_up_to_the_seventh_working_day() -> None:
    on_time = clock(act("2026-11-02", "received"), act("2026-11-11", "correction_requested"))
    late = clock(act("2026-11-02", "received"), act("2026-11-12", "correction_requested"))
    assert codes(on_time) == []
    assert codes(late) == ["correction_late"]


def test_while_a_correction_is_open_there_is_no_last_day() -> None:
    state = clock(act("2026-11-02", "received"), act("2026-11-05", "correction_requested", respond_by="2026-11-26"))
    assert (state.status, state.due_on, state.safe_on) == ("awaiting_correction", None, None)
    assert state.wait_until == date(2026, 11, 26)


def test_the_corrected_application_starts_a_full_new_period() -> None:
    state = clock(
        act("2026-09-01", "received"), act("2026-09-07", "correction_requested"), act("2026-09-21", "corrected")
    )
    assert state.due_on == clock(act("2026-09-21", "received")).due_on == date(2026, 10, 26)


def test_a_second_correction_request_stops_nothing() -> None:
    state = clock(
        act("2026-09-01", "received"),
        act("2026-09-07", "correction_requested"),
        act("2026-09-21", "corrected"),
        act("2026-09-23", "correction_requested"),
    )
    assert codes(state) == ["correction_twice"]
    assert state.due_on == date(2026, 10, 26)


def test_no_correction_by_the_day_given_lapses() -> None:
    events = [act("2026-11-02", "received"), act("2026-11-05", "correction_requested", respond_by="2026-11-19")]
    assert clock(*events, today=date(2026, 11, 19)).status == "awaiting_correction"
    assert clock(*events, today=date(2026, 11, 20)).status == "lapsed"


# -- 3. consultations ---------------------------------------------------------------------------------------------


def test_days_after_sending_up_to_the_answer_do_not_count() -> None:
    state = clock(
        act("2026-10-12", "received"),
        act("2026-10-15", "party_consulted", party="甲公司"),
        act("2026-10-22", "party_answered", party="甲公司"),
    )
    paused = [day.date.day for day in state.days if day.kind == "paused"]
    assert paused == [16, 19, 20, 21, 22]
    assert state.due_on == date(2026, 11, 16)


def test_a_third_partys_pause_ends_on_the_fifteenth_working_day_after_it_received_the_letter() -> None:
    events = [
        act("2026-09-01", "received"),
        act("2026-09-03", "party_consulted", party="甲", received_by_party_on="2026-09-07"),
    ]
    state = clock(*events, today=date(2026, 9, 15))
    assert (state.status, state.wait_until) == ("paused", date(2026, 9, 28))
    assert max(day.date for day in state.days if day.kind == "paused") == date(2026, 9, 28)


def test_without_a_known_receipt_the_pause_is_counted_from_sending() -> None:
    state = clock(
        act("2026-10-12", "received"), act("2026-10-13", "party_consulted", party="甲"), today=date(2026, 10, 20)
    )
    assert state.wait_until == date(2026, 11, 3)


def test_an_answer_after_the_limit_does_not_lengthen_the_pause() -> None:
    asked = [act("2026-09-01", "received"), act("2026-09-03", "party_consulted", party="甲")]
    silent = clock(*asked)
    late = clock(*asked, act("2026-10-30", "party_answered", party="甲"))
    assert silent.due_on == late.due_on


def test_an_agencys_pause_has_the_same_limit() -> None:
    party = clock(act("2026-10-12", "received"), act("2026-10-13", "party_consulted", party="甲"))
    agency = clock(act("2026-10-12", "received"), act("2026-10-13", "agency_consulted", agency="乙局"))
    assert party.due_on == agency.due_on


def test_overlapping_pauses_count_once() -> None:
    state = clock(
        act("2026-10-12", "received"),
        act("2026-10-15", "party_consulted", party="甲"),
        act("2026-10-16", "agency_consulted", agency="乙局"),
        act("2026-10-21", "agency_answered", agency="乙局"),
        act("2026-10-22", "party_answered", party="甲"),
    )
    assert state.due_on == date(2026, 11, 16)


def test_an_answer_to_a_question_never_asked_is_refused() -> None:
    with pytest.raises(LawError, match="没有对应的征求意见"):
        clock(act("2026-10-12", "received"), act("2026-10-15", "party_answered", party="甲"))


# -- 4. extension -------------------------------------------------------------------------------------------------


def test_an_extension_is_added_at_the_end() -> None:
    state = clock(act("2026-09-01", "received"), act("2026-09-28", "extended", working_days=10))
    assert state.due_on == date(2026, 10, 19)


def test_an_extension_on_the_last_day_is_in_time() -> None:
    assert clock(act("2026-10-12", "received")).due_on == date(2026, 11, 9)
    in_time = clock(act("2026-10-12", "received"), act("2026-11-09", "extended", working_days=5))
    late = clock(act("2026-10-12", "received"), act("2026-11-10", "extended", working_days=5))
    assert (codes(in_time), in_time.due_on) == ([], date(2026, 11, 16))
    assert (codes(late), late.due_on) == (["extension_late"], date(2026, 11, 9))


def test_only_one_extension() -> None:
    state = clock(
        act("2026-10-12", "received"),
        act("2026-10-20", "extended", working_days=5),
        act("2026-10-21", "extended", working_days=5),
    )
    assert (codes(state), state.due_on) == (["extension_twice"], date(2026, 11, 16))


def test_an_extension_of_more_than_twenty_days_does_not_move_the_date() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-10-20", "extended", working_days=21))
    assert (codes(state), state.due_on) == (["extension_too_long"], date(2026, 11, 9))


# -- 5. fees ------------------------------------------------------------------------------------------------------


def test_while_unpaid_there_is_no_last_day_and_twenty_days_to_pay() -> None:
    events = [act("2026-09-01", "received"), act("2026-09-03", "fee_noticed")]
    state = clock(*events, today=date(2026, 9, 10))
    assert (state.status, state.due_on, state.wait_until) == ("awaiting_payment", None, date(2026, 10, 8))
    assert clock(*events, today=date(2026, 10, 8)).status == "awaiting_payment"
    assert clock(*events, today=date(2026, 10, 9)).status == "lapsed"


def test_payment_starts_a_full_new_period() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-10-13", "fee_noticed"), act("2026-10-20", "fee_paid"))
    assert state.due_on == date(2026, 11, 17)


def test_a_fee_notice_after_the_period_is_late() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-11-10", "fee_noticed"))
    assert codes(state) == ["fee_notice_late"]


# -- 6. service ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["in_person", "entrusted", "registered_mail", "online"])
def test_served_on_the_last_day_is_in_time(way: str) -> None:
    in_time = clock(act("2026-10-12", "received"), act("2026-11-09", "served", by=way))
    late = clock(act("2026-10-12", "received"), act("2026-11-10", "served", by=way))
    assert (in_time.status, in_time.in_time, codes(in_time)) == ("answered", True, [])
    assert late.in_time is False


def test_a_private_courier_is_a_finding_and_still_counts() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-11-09", "served", by="courier"))
    assert (codes(state), state.in_time) == (["carrier_not_postal"], True)


def test_not_served_is_neither_in_time_nor_late() -> None:
    assert clock(act("2026-10-12", "received")).in_time is None


# -- 7. calendar, and the rest ------------------------------------------------------------------------------------


def test_a_count_into_an_unpublished_year_is_provisional() -> None:
    assert clock(act("2026-12-10", "received"), today=date(2026, 12, 10)).provisional
    assert not clock(act("2026-11-02", "received")).provisional


def test_deferral_sets_the_day() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-10-20", "deferred", until="2026-12-05"))
    assert (state.due_on, state.safe_on) == (date(2026, 12, 7), date(2026, 12, 4))


def test_withdrawn() -> None:
    state = clock(act("2026-10-12", "received"), act("2026-10-20", "withdrawn"))
    assert (state.status, state.due_on) == ("withdrawn", None)


def test_the_worked_example_of_the_format() -> None:
    events = [
        act("2022-09-30", "received"),
        act("2022-10-10", "correction_requested", respond_by="2022-10-24"),
        act("2022-10-20", "corrected"),
        act("2022-10-25", "party_consulted", party="甲公司", received_by_party_on="2022-10-27"),
        act("2022-11-08", "party_answered", party="甲公司"),
        act("2022-11-21", "extended", working_days=20, approved_by="张主任"),
        act("2022-12-20", "served", by="registered_mail"),
    ]
    state = clock(*events)
    assert (state.status, state.due_on, state.in_time, codes(state)) == ("answered", date(2022, 12, 29), True, [])
    assert set(state.as_contract()) == {
        "status", "due_on", "safe_on", "provisional", "in_time", "working_days_left", "days", "findings", "rounds",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([], "不空的列表"),
        ([{"on": "2026-10-12", "act": "arrived"}], "act 不是认识的动作"),
        ([{"on": "2026-13-12", "act": "received"}], "不是日期"),
        ([{"on": 20261012, "act": "received"}], "不是日期"),
        ([{"act": "received"}], "缺少"),
        ([{"on": "2026-10-12", "act": "received", "when": 1}], "没有这个键"),
        ([{"on": "2026-10-12", "act": "corrected"}], "有且只有一条"),
        (
            [{"on": "2026-10-12", "act": "received"}, {"on": "2026-10-01", "act": "extended", "working_days": 3}],
            "早于收到申请",
        ),
        ([{"on": "2026-10-12", "act": "received"}, {"on": "2026-10-13", "act": "corrected"}], "没有发出过补正告知"),
        ([{"on": "1999-01-04", "act": "received"}], "2008年5月1日以后"),
    ],
)
def test_bad_histories_are_refused_in_words(events: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(LawError, match=says):
        clock(*events)


def test_every_act_has_a_name() -> None:
    assert all(act_text(name).name for name in SAME_DAY_ORDER)


def test_a_correction_request_after_the_last_day_revives_nothing() -> None:
    state = clock(
        act("2026-08-03", "received"),
        act("2026-09-15", "correction_requested"),
        act("2026-09-21", "corrected"),
        act("2026-10-16", "served", by="registered_mail"),
    )
    assert (codes(state), state.due_on, state.in_time) == (["correction_late"], date(2026, 8, 31), False)


def test_a_fee_notice_after_the_last_day_revives_nothing() -> None:
    state = clock(act("2026-08-03", "received"), act("2026-09-15", "fee_noticed"), act("2026-09-18", "fee_paid"))
    assert (codes(state), state.due_on) == (["fee_notice_late"], date(2026, 8, 31))


def test_a_new_period_may_be_extended_again() -> None:
    state = clock(
        act("2026-10-12", "received"),
        act("2026-10-13", "extended", working_days=20),
        act("2026-10-14", "correction_requested"),
        act("2026-10-20", "corrected"),
        act("2026-10-21", "extended", working_days=5),
    )
    assert (codes(state), state.due_on) == ([], date(2026, 11, 24))


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (act("2026-10-14", "correction_requested", respond_by="2026-10-13"), "补正期限"),
        (act("2026-10-14", "party_consulted", party="甲", received_by_party_on="2026-10-13"), "对方收到的日期"),
    ],
)
def test_days_that_run_backwards_are_refused(event: dict[str, Any], says: str) -> None:
    with pytest.raises(LawError, match=says):
        clock(act("2026-10-12", "received"), event)


def test_a_correction_period_that_ends_on_a_day_of_rest_ends_on_the_next_working_day() -> None:
    events = [act("2026-03-16", "received"), act("2026-03-18", "correction_requested", respond_by="2026-04-04")]
    assert clock(*events, today=date(2026, 4, 7)).status == "awaiting_correction"
    assert clock(*events, today=date(2026, 4, 8)).status == "lapsed"
    in_time = clock(*events, act("2026-04-07", "corrected"))
    assert codes(in_time) == []


def test_the_days_to_pay_follow_the_day_the_notice_arrived() -> None:
    received, noticed = act("2026-03-02", "received"), act("2026-03-10", "fee_noticed", received_on="2026-03-16")
    waiting = clock(received, noticed, today=date(2026, 4, 14))
    assert (waiting.status, waiting.wait_until) == ("awaiting_payment", date(2026, 4, 14))
    assert clock(received, noticed, today=date(2026, 4, 15)).status == "lapsed"
    with pytest.raises(LawError, match="早于发出的日期"):
        clock(received, act("2026-03-10", "fee_noticed", received_on="2026-03-09"))


def test_findings_cite_the_rule_they_offend() -> None:
    late = clock(act("2026-03-02", "received"), act("2026-04-20", "deferred", until="2026-05-20"))
    assert [(f.code, f.article) for f in late.findings] == [("deferral_late", "条例第三十五条")]
    courier = clock(act("2026-03-02", "received"), act("2026-03-20", "served", by="courier"))
    assert courier.findings[0].article == "国办公开办函〔2016〕235号第二条"
