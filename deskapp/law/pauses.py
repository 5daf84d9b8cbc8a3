"""Consultations as pauses: the working days of the clock that do not count (条例 32, 33, 34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.law import clock_events as ev
from deskapp.law.errors import LawError
from deskapp.law.periods import PeriodKey, period
from deskapp.law.workdays import Calendar


@dataclass(frozen=True)
class Pause:
    """Working days after ``sent`` up to and including ``end`` do not count."""

    sent: date
    end: date
    answered: bool


def pauses_of(ordered: Sequence[ev.ClockEvent], calendar: Calendar, received: date) -> list[Pause]:
    """Match every consultation with its answer, first asked first answered, and cap it at the legal period. One that was not
    sent stops nothing, even if it was answered."""
    waiting: dict[tuple[str, str], list[tuple[date, date] | None]] = {}
    pauses: list[Pause] = []
    for event in ordered:
        if isinstance(event, ev.PartyConsulted | ev.AgencyConsulted):
            waiting.setdefault(_side(event), []).append(_asked(event, calendar, received))
        elif isinstance(event, ev.PartyAnswered | ev.AgencyAnswered):
            side = _side(event)
            if not waiting.get(side):
                raise LawError(f"“{side[1]}”在 {event.on.isoformat()} 答复，但没有对应的征求意见，请核对名称和日期。")
            asked = waiting[side].pop(0)
            if asked:
                pauses.append(Pause(asked[0], min(event.on, asked[1]), answered=True))
    pauses += [Pause(*asked, answered=False) for left in waiting.values() for asked in left if asked]
    return pauses


def _side(event: ev.PartyConsulted | ev.PartyAnswered | ev.AgencyConsulted | ev.AgencyAnswered) -> tuple[str, str]:
    """Which side was asked, or answered."""
    if isinstance(event, ev.PartyConsulted | ev.PartyAnswered):
        return "party", event.party
    return "agency", event.agency


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
