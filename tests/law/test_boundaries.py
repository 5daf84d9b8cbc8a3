"""The days before and after each boundary of the clock, with literal dates; what has legal weight has both sides here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.errors import LawError
from deskapp.law.receipt import Arrival, receipt_of
from deskapp.law.workdays import Calendar, official_calendar

LATE = date(2026, 12, 31)


def clock(
    *events: tuple[str, str] | tuple[str, str, dict[str, Any]], today: date = LATE, first_day: Any = "next"
) -> Deadline:
    """The clock of an application of Monday 2026-10-12, whose last day is 2026-11-09."""
    told = [{"on": "2026-10-12", "act": "received"}]
    told += [{"on": on, "act": act, **(rest[0] if rest else {})} for on, act, *rest in events]
    return evaluate(parse_events(told), today, first_day=first_day)


def codes(state: Deadline) -> list[str]:
    return [finding.code for finding in state.findings]


ASKED = ("2026-10-14", "correction_requested", {"respond_by": "2026-10-28"})
FEE = ("2026-10-14", "fee_noticed", {"received_on": "2026-10-16"})
EXTENDED = {"working_days": 10, "approved_by": "王建国"}


@pytest.mark.parametrize(
    ("corrected_on", "found", "due_on"),
    [
        ("2026-10-28", [], date(2026, 11, 25)),
        ("2026-10-29", ["corrected_after_limit"], date(2026, 11, 26)),
    ],
)
def test_a_correction_on_its_last_day_and_the_day_after(corrected_on: str, found: list[str], due_on: date) -> None:
    state = clock(ASKED, (corrected_on, "corrected"))
    assert (codes(state), state.due_on, state.counted_from) == (found, due_on, date.fromisoformat(corrected_on))
    assert all(finding.article == "条例第三十条" and not finding.idle for finding in state.findings)


@pytest.mark.parametrize(("corrected_on", "found"), [("2026-10-26", []), ("2026-10-27", ["corrected_after_limit"])])
def test_a_limit_on_a_saturday_ends_on_monday(corrected_on: str, found: list[str]) -> None:
    asked = ("2026-10-14", "correction_requested", {"respond_by": "2026-10-24"})
    assert codes(clock(asked, (corrected_on, "corrected"))) == found
    assert clock(asked, today=date(2026, 10, 26)).status == "awaiting_correction"
    assert clock(asked, today=date(2026, 10, 27)).status == "lapsed"


def test_a_limit_on_the_day_of_the_notice_is_no_contradiction_and_one_before_it_is() -> None:
    assert clock(("2026-10-14", "correction_requested", {"respond_by": "2026-10-14"})).status == "lapsed"
    with pytest.raises(LawError, match="早于告知的日期"):
        clock(("2026-10-14", "correction_requested", {"respond_by": "2026-10-13"}))


@pytest.mark.parametrize("before", [ASKED, FEE], ids=["correction", "fee"])
def test_an_extension_while_the_clock_stands_does_nothing(before: Any) -> None:
    state = clock(before, ("2026-10-15", "extended", EXTENDED))
    assert (codes(state), state.findings[0].idle, state.findings[0].article) == (
        ["extension_idle"],
        True,
        "条例第三十三条第二款",
    )


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([ASKED, ("2026-10-20", "corrected"), ("2026-10-22", "correction_requested")], "correction_twice"),
        ([("2026-10-14", "extended", EXTENDED), ("2026-10-15", "extended", EXTENDED)], "extension_twice"),
        ([("2026-10-14", "extended", {**EXTENDED, "working_days": 21})], "extension_too_long"),
        ([("2026-11-10", "extended", EXTENDED)], "extension_late"),
        ([("2026-11-10", "fee_noticed")], "fee_notice_late"),
        ([("2026-11-10", "deferred", {"until": "2026-12-01"})], "deferral_late"),
    ],
)
def test_what_has_no_effect_is_marked_so(events: list[Any], code: str) -> None:
    found = {finding.code: finding for finding in clock(*events).findings}
    assert found[code].idle
    assert found[code].article


@pytest.mark.parametrize(
    ("event", "due_on"),
    [
        (("2026-11-09", "extended", EXTENDED), date(2026, 11, 23)),
        (("2026-11-09", "extended", {**EXTENDED, "working_days": 20}), date(2026, 12, 7)),
        (("2026-11-09", "deferred", {"until": "2026-12-01"}), date(2026, 12, 1)),
        (("2026-11-09", "deferred", {"until": "2026-12-05"}), date(2026, 12, 7)),
        (("2026-11-09", "fee_noticed"), None),
    ],
)
def test_on_the_last_day_all_of_them_still_count(event: Any, due_on: date | None) -> None:
    state = clock(event)
    assert (codes(state), state.due_on) == ([], due_on)


def test_what_was_decided_before_a_pause_is_judged_without_it() -> None:
    """On 11-10 the last day was over; a consultation of the 11th cannot bring it back."""
    consulted = ("2026-11-11", "party_consulted", {"party": "甲公司"})
    for event, code in (
        (("2026-11-10", "extended", EXTENDED), "extension_late"),
        (("2026-11-10", "deferred", {"until": "2026-12-20"}), "deferral_late"),
        (("2026-11-10", "fee_noticed"), "fee_notice_late"),
    ):
        assert code in codes(clock(event, consulted))
    late = ("2026-11-10", "correction_requested")
    assert clock(late, consulted).due_on is not None, "a request after the last day stops nothing"


@pytest.mark.parametrize(
    ("paid_on", "found", "status", "due_on"),
    [
        ("2026-11-13", [], "running", date(2026, 12, 11)),
        ("2026-11-16", ["fee_paid_late"], "lapsed", None),
    ],
)
def test_a_payment_on_its_last_day_and_after_it(
    paid_on: str, found: list[str], status: str, due_on: date | None
) -> None:
    state = clock(FEE, (paid_on, "fee_paid"), today=date(2026, 11, 16))
    assert (codes(state), state.status, state.due_on) == (found, status, due_on)
    same = clock(FEE, (paid_on, "fee_paid"), today=date(2026, 11, 16), first_day="same")
    assert same.due_on == due_on, "payment starts the period on the day after it, however the unit counts"


def test_a_fee_notice_that_arrived_on_the_day_it_went_out() -> None:
    state = clock(("2026-10-14", "fee_noticed", {"received_on": "2026-10-14"}), today=date(2026, 10, 20))
    assert (state.status, state.wait_until) == ("awaiting_payment", date(2026, 11, 11))
    with pytest.raises(LawError, match="早于发出的日期"):
        clock(("2026-10-14", "fee_noticed", {"received_on": "2026-10-13"}))
    with pytest.raises(LawError, match="没有发出过收费通知"):
        clock(("2026-10-14", "fee_paid"))


CONSULTED = ("2026-10-14", "party_consulted", {"party": "甲公司"})
ANSWERED = ("2026-10-21", "party_answered", {"party": "甲公司"})


@pytest.mark.parametrize(
    ("events", "today", "status", "left"),
    [
        ([CONSULTED], date(2026, 10, 14), "paused", 18),  # waits for fifteen days that do not count
        ([CONSULTED], date(2026, 11, 4), "paused", 18),  # the fifteenth, still theirs
        ([CONSULTED], date(2026, 11, 5), "running", 17),
        ([CONSULTED, ANSWERED], date(2026, 10, 20), "paused", 18),
        ([CONSULTED, ANSWERED], date(2026, 10, 21), "running", 18),
        ([CONSULTED, ANSWERED], date(2026, 10, 22), "running", 17),
        ([], date(2026, 11, 9), "running", 0),
        ([], date(2026, 11, 10), "running", -1),
        ([("2026-11-02", "withdrawn")], date(2026, 11, 3), "withdrawn", None),
        ([("2026-11-02", "served", {"by": "in_person"})], date(2026, 11, 3), "answered", None),
    ],
)
def test_status_and_days_left_around_a_pause(events: list[Any], today: date, status: str, left: int | None) -> None:
    state = clock(*events, today=today)
    assert (state.status, state.working_days_left) == (status, left)


def test_the_working_ends_where_the_clock_stands() -> None:
    assert clock(ASKED).days[-1].date == date(2026, 10, 14)
    assert clock(FEE).days[-1].date == date(2026, 10, 14)
    assert clock().days[-1].date == date(2026, 11, 9)
    assert [day.n for day in clock().days][-1] == 20
    assert clock(("2026-10-13", "withdrawn")).days[-1].date == date(2026, 10, 12)


def test_makeup_days_are_counted_in_the_working() -> None:
    events = parse_events([{"on": "2026-09-18", "act": "received"}])
    days = {day.date: day for day in evaluate(events, LATE).days}
    assert (days[date(2026, 9, 20)].kind, days[date(2026, 9, 20)].n) == ("makeup", 1)


def test_lists_leave_the_working_out() -> None:
    events = parse_events([{"on": "2026-10-12", "act": "received"}])
    assert evaluate(events, LATE, working=False).days == ()


def test_what_began_in_a_year_without_a_calendar_stays_provisional() -> None:
    """Received in 2025, corrected in 2026, and only 2026 is known: the whole history counts, not the running period alone."""
    only_2026 = Calendar([official_calendar().years[2026]])
    events = parse_events(
        [
            {"on": "2025-12-29", "act": "received"},
            {"on": "2025-12-30", "act": "correction_requested", "respond_by": "2026-01-20"},
            {"on": "2026-01-12", "act": "corrected"},
        ]
    )
    assert evaluate(events, LATE, only_2026).provisional
    assert not evaluate(events, LATE).provisional
    assert clock(("2026-11-09", "deferred", {"until": "2027-01-06"})).provisional
    assert not clock().provisional


def test_the_keys_of_the_contract_and_no_others() -> None:
    found = clock(("2026-11-10", "extended", EXTENDED)).as_contract()
    assert set(found) == {
        "status", "due_on", "safe_on", "provisional", "in_time", "working_days_left", "days", "findings", "rounds",
    }  # fmt: skip
    findings = found["findings"]
    assert isinstance(findings, list)
    assert set(findings[0]) == {"code", "article", "message"}
    assert found["due_on"] == "2026-11-09"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([{"on": "2026-10-12"}], "第1条事件有误：缺少 act"),
        ([{"act": "received"}], "第1条事件的【on】有误：缺少这一项"),
        ([{"on": "2026-10-12", "act": "sent"}], "第1条事件有误：act 不是认识的动作，可以用：received、"),
        ([{"on": "2026-10-12", "act": "received", "by": "x"}], "第1条事件的【by】有误：没有这个键"),
        ([{"on": 20261012, "act": "received"}], "【20261012】不是日期，要写成 2026-11-21"),
        (
            [{"on": "2026-10-12", "act": "received"}, {"on": "2026-10-13", "act": "extended", "working_days": "x"}],
            "第2条事件的【working_days】有误：【x】不合要求",
        ),
        ([3], "第1条事件有误"),
        ({}, "不空的列表"),
        ([], "不空的列表"),
    ],
)
def test_a_bad_event_is_named(raw: Any, says: str) -> None:
    with pytest.raises(LawError) as refused:
        parse_events(raw)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("arrival", "why"),
    [
        (
            Arrival(channel="in_person", arrived_on=date(2026, 10, 12)),
            "以提交之日2026-10-12为收到之日。",
        ),
        (
            Arrival(
                channel="registered_mail",
                arrived_on=date(2026, 10, 12),
                handed_over_on=date(2026, 10, 12),
                signed_by="门卫",
            ),
            "以签收之日2026-10-12为收到之日，门卫签收。",
        ),
        (
            Arrival(channel="registered_mail", arrived_on=date(2026, 10, 12), handed_over_on=date(2026, 10, 13)),
            "以签收之日2026-10-12为收到之日。2026-10-13才转到本机构，不影响期限。",
        ),
        (
            Arrival(channel="online", arrived_on=date(2026, 10, 12), confirmed_on=date(2026, 10, 12)),
            "以与申请人确认之日2026-10-12为收到之日。",
        ),
        (
            Arrival(channel="fax", arrived_on=date(2026, 10, 12), confirmed_on=date(2026, 10, 13)),
            "以与申请人确认之日2026-10-13为收到之日（2026-10-12已经收到，应当当日确认）。",
        ),
    ],
)
def test_why_a_day_is_the_day_of_receipt(arrival: Arrival, why: str) -> None:
    assert receipt_of(arrival).why == why
