"""What the figures of a span need of a case that its clock knows: when the first answer was due, when it went out, in how many days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from deskapp.law.clock_events import ClockEvent
from deskapp.law.counting import FirstDay
from deskapp.law.deadline import evaluate
from deskapp.law.errors import LawError
from deskapp.law.period_figures import Worked
from deskapp.law.workdays import Calendar


def worked_of(
    known: Worked, every: Sequence[ClockEvent], until: date, calendar: Calendar, first_day: FirstDay
) -> Worked:
    """The case with its first answer and the days of its acts; the clock is read as it stands at the end of the span."""
    events = [event for event in every if event.on <= until]
    found = replace(known, acts=tuple((event.act, getattr(event, "sent_on", None) or event.on) for event in every))
    try:
        clock = evaluate(events, until, calendar, first_day, working=False)
    except LawError:  # a history that the clock cannot take is named where the case is
        return found
    first = clock.rounds[0] if clock.rounds else None
    due_on, in_time = (first.due_on, first.in_time) if first else (clock.due_on, clock.in_time)
    served_on = min((event.on for event in events if event.act == "served"), default=None)
    days = calendar.between(known.received_on, served_on) if served_on else None
    return replace(found, due_on=due_on, in_time=in_time, served_on=served_on, working_days=days)
