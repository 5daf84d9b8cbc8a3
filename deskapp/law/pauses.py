"""Consultations as pauses: the working days of the clock that do not count (条例 32, 33, 34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.law import clock_events as ev
from deskapp.law.periods import PeriodKey, period
from deskapp.law.rounds import Stretch
from deskapp.law.workdays import Calendar


@dataclass(frozen=True)
class Pause:
    """Working days after ``sent`` up to and including ``end`` do not count."""

    sent: date
    end: date
    answered: bool


def pauses_of(stretch: Stretch, calendar: Calendar, received: date) -> list[Pause]:
    """The consultations of a round, each capped at the legal period. One that was not sent stops nothing, even if it was answered."""
    pauses: list[Pause] = []
    for event, answered_on in stretch.consultations:
        if asked := _asked(event, calendar, received):
            sent, latest = asked
            end = latest if answered_on is None else min(answered_on, latest)
            pauses.append(Pause(sent, end, answered=answered_on is not None))
    return pauses


def opinion_by(event: ev.PartyConsulted | ev.AgencyConsulted, calendar: Calendar, received: date) -> date | None:
    """The last day on which the other side may answer (条例 32); None while the question was not sent."""
    asked = _asked(event, calendar, received)
    return asked[1] if asked else None


def _asked(
    event: ev.PartyConsulted | ev.AgencyConsulted, calendar: Calendar, received: date
) -> tuple[date, date] | None:
    """The day a consultation was sent and the day the other side's period ends: counted from when it got the letter, from
    sending while that is unknown. None for one that was not sent, and for an agency where the law knows no such pause."""
    event.checked()
    key: PeriodKey = "party_opinion" if isinstance(event, ev.PartyConsulted) else "agency_opinion"
    rule = period(key, received)
    if event.sent_on is None or not rule.value:
        return None
    return event.sent_on, calendar.nth_after(event.arrived_on or event.sent_on, rule.value)
