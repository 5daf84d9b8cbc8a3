"""Properties of the deadline clock on open input, and an independent slow oracle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.law.workdays import official_calendar
from tests.law.test_deadline import act, clock

DAYS = st.dates(date(2015, 1, 1), date(2026, 6, 30))


def oracle(received: date, n: int, pauses: list[tuple[date, date]]) -> date:
    """The slow way: walk day by day with another package's calendar."""
    day, counted = received, 0
    while counted < n:
        day += timedelta(days=1)
        paused = any(sent < day <= end for sent, end in pauses)
        counted += chinese_calendar.is_workday(day) and not paused
    return day


@settings(max_examples=300, deadline=None)
@given(received=DAYS, pauses=st.lists(st.tuples(st.integers(0, 25), st.integers(0, 14)), max_size=4))
def test_agrees_with_the_slow_oracle(received: date, pauses: list[tuple[int, int]]) -> None:
    events = [act(received.isoformat(), "received")]
    spans = []
    for n, (start, length) in enumerate(pauses):
        sent = received + timedelta(days=start)
        end = sent + timedelta(days=length)
        spans.append((sent, end))
        events.append(act(sent.isoformat(), "party_consulted", party=f"第{n}方"))
        events.append(act(end.isoformat(), "party_answered", party=f"第{n}方"))
    n = 15 if received < date(2019, 5, 15) else 20
    assert clock(*events).due_on == oracle(received, n, spans)


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
