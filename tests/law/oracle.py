"""The deadline clock once more, the slow way: the seven rules walked day by day with another package's calendar.

Written from the rules, not from the code: no sorted tables, no bisection, no shared helper; numbers stand as literals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import chinese_calendar

ORDER = (
    "received", "correction_requested", "corrected", "fee_noticed", "fee_paid", "party_consulted", "agency_consulted",
    "party_answered", "agency_answered", "extended", "deferred", "withdrawn", "served",
)  # fmt: skip
DAY = timedelta(days=1)


def works(day: date) -> bool:
    """Whether offices work, says the other package."""
    return bool(chinese_calendar.is_workday(day))


def nth_working_day_after(day: date, n: int) -> date:
    """Step by step."""
    while n:
        day += DAY
        n -= works(day)
    return day


@dataclass
class State:
    """What the walk knows so far."""

    received: date
    start: date
    extra: int = 0
    until: date | None = None
    open_correction: date | None = None
    corrections: int = 0
    fee_on: date | None = None
    gone: bool = False
    served: date | None = None
    pauses: list[tuple[date, date]] = field(default_factory=list)

    def last_day(self, known: date) -> date:
        """Count the period out, leaving out every day in a pause that had begun by ``known``."""
        need = (20 if self.received >= date(2019, 5, 15) else 15) + self.extra
        day = self.start
        while need:
            day += DAY
            paused = any(sent < day <= end for sent, end in self.pauses if sent <= known)
            need -= works(day) and not paused
        if self.until:
            until = self.until
            while not works(until):
                until += DAY
            day = max(day, until)
        return day


def due(events: list[dict[str, Any]]) -> date | None:
    """The last day that a history leads to; None while an answer of the applicant is awaited or after withdrawal."""
    ordered = sorted(events, key=lambda e: (e["on"], ORDER.index(e["act"])))
    days = [{**e, "on": date.fromisoformat(e["on"])} for e in ordered]
    state = State(days[0]["on"], days[0]["on"])
    state.pauses = pauses_of(days)
    for event in days[1:]:
        step(state, event)
        if state.gone or state.served:
            break
    if served := state.served:  # nobody is asked any more once it is answered
        state.pauses = [pause for pause in state.pauses if pause[0] <= served]
    waiting = state.open_correction or state.fee_on or state.gone
    return None if waiting else state.last_day(date.max)


def pauses_of(days: list[dict[str, Any]]) -> list[tuple[date, date]]:
    """Each consultation with the first later answer of the same name, ended by the fifteenth working day."""
    found = []
    answers = [e for e in days if e["act"] in ("party_answered", "agency_answered")]
    for event in days:
        if event["act"] not in ("party_consulted", "agency_consulted"):
            continue
        side = "party" if event["act"].startswith("party") else "agency"
        if side == "agency" and days[0]["on"] < date(2019, 5, 15):  # the old Regulation knew the third party only
            continue
        arrived = event.get(f"received_by_{side}_on")
        end = nth_working_day_after(date.fromisoformat(arrived) if arrived else event["on"], 15)
        answer = next((a for a in answers if a.get(side) == event[side]), None)
        if answer:
            answers.remove(answer)
            end = min(end, answer["on"])
        found.append((event["on"], end))
    return found


def step(state: State, event: dict[str, Any]) -> None:
    """One event's effect on the walk."""
    on, act = event["on"], event["act"]
    if act == "correction_requested":
        state.corrections += 1
        if state.corrections == 1 and on <= state.last_day(on):
            state.open_correction = on
    elif act == "corrected" and state.open_correction:
        state.open_correction, state.start, state.extra, state.until = None, on, 0, None
    elif act == "extended":
        asked = (state.open_correction, state.fee_on)
        waiting = any(day and day < on for day in asked)  # what is asked and extended on one day may both be
        if (
            not waiting
            and not state.extra
            and event["working_days"] <= most_extra(state)
            and on <= state.last_day(on)
        ):
            state.extra = event["working_days"]
    elif act == "fee_noticed":
        if state.open_correction or on <= state.last_day(on):
            state.fee_on = on
    elif act == "fee_paid" and state.fee_on:
        if on <= nth_working_day_after(state.fee_on, 20):
            state.fee_on, state.start, state.extra, state.until = None, on, 0, None
    elif act == "deferred" and on <= state.last_day(on):
        state.until = date.fromisoformat(event["until"])
    elif act == "withdrawn":
        state.gone = True
    elif act == "served":
        state.served = on


def most_extra(state: State) -> int:
    """The longest extension: 20 working days, 15 under the first Regulation."""
    return 20 if state.received >= date(2019, 5, 15) else 15
