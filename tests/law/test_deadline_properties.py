"""Properties of the deadline clock on open input, and an independent slow oracle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.law.workdays import official_calendar
from tests.law import oracle
from tests.law.test_deadline import act, clock

DAYS = st.dates(date(2015, 1, 1), date(2026, 6, 30))


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A random life of a case: any number of anything, in any order that one case can have."""
    received = draw(DAYS)
    events = [act(received.isoformat(), "received")]

    def on(after: date, most: int) -> date:
        return after + timedelta(days=draw(st.integers(0, most)))

    for n in range(draw(st.integers(0, 3))):
        side = draw(st.sampled_from(["party", "agency"]))
        sent = on(received, 40)
        fact = {f"received_by_{side}_on": on(sent, 6).isoformat()} if draw(st.booleans()) else {}
        events.append(act(sent.isoformat(), f"{side}_consulted", **{side: f"第{n}方"}, **fact))
        if draw(st.booleans()):
            events.append(act(on(sent, 40).isoformat(), f"{side}_answered", **{side: f"第{n}方"}))
    if draw(st.booleans()):
        asked = on(received, 45)
        events.append(act(asked.isoformat(), "correction_requested"))
        if draw(st.booleans()):
            events.append(act(on(asked, 30).isoformat(), "corrected"))
    events += [
        act(on(received, 60).isoformat(), "extended", working_days=draw(st.integers(1, 25)))
        for _ in range(draw(st.integers(0, 2)))
    ]
    if draw(st.booleans()):
        noticed = on(received, 45)
        events.append(act(noticed.isoformat(), "fee_noticed"))
        if draw(st.booleans()):
            events.append(act(on(noticed, 40).isoformat(), "fee_paid"))
    if draw(st.booleans()):
        events.append(act(on(received, 30).isoformat(), "deferred", until=on(received, 120).isoformat()))
    if draw(st.integers(0, 9)) == 0:
        events.append(act(on(received, 60).isoformat(), "withdrawn"))
    if draw(st.integers(0, 4)) == 0:
        events.append(act(on(received, 90).isoformat(), "served", by="registered_mail"))
    return draw(st.permutations(events))


@settings(max_examples=1000, deadline=None)
@given(history=histories())
def test_agrees_with_the_slow_oracle(history: list[dict[str, Any]]) -> None:
    assert clock(*history).due_on == oracle.due(history)


@settings(max_examples=200, deadline=None)
@given(history=histories())
def test_the_last_day_is_a_working_day_and_the_safe_one_is_not_later(history: list[dict[str, Any]]) -> None:
    found = clock(*history)
    if found.due_on and found.safe_on:
        assert official_calendar().is_working(found.due_on)
        assert official_calendar().is_working(found.safe_on)
        assert found.safe_on <= found.due_on
    numbers = [day.n for day in found.days if day.n]
    assert numbers == list(range(1, len(numbers) + 1))


@settings(max_examples=150, deadline=None)
@given(received=DAYS, start=st.integers(0, 20), length=st.integers(0, 20), days=st.integers(1, 20))
def test_a_pause_or_an_extension_never_makes_the_date_earlier(
    received: date, start: int, length: int, days: int
) -> None:
    plain = clock(act(received.isoformat(), "received")).due_on
    sent = received + timedelta(days=start)
    answered = sent + timedelta(days=length)
    paused = clock(
        act(received.isoformat(), "received"),
        act(sent.isoformat(), "agency_consulted", agency="乙局"),
        act(answered.isoformat(), "agency_answered", agency="乙局"),
    ).due_on
    extended = clock(
        act(received.isoformat(), "received"), act(received.isoformat(), "extended", working_days=min(days, 15))
    )
    assert plain
    assert paused
    assert extended.due_on
    assert paused >= plain
    assert extended.due_on > plain
    assert all(official_calendar().is_working(day) for day in (plain, paused, extended.due_on))


@settings(max_examples=100, deadline=None)
@given(
    st.permutations(
        [
            act("2026-10-12", "received"),
            act("2026-10-12", "party_consulted", party="甲"),
            act("2026-10-12", "party_answered", party="甲"),
            act("2026-10-12", "extended", working_days=3),
        ]
    )
)
def test_the_order_of_events_in_the_file_does_not_matter(events: list[dict[str, Any]]) -> None:
    assert clock(*events).due_on == date(2026, 11, 12)
