"""The events of the clock in the order in which they count: by rounds, each notice with the answer that came to it.

An order to answer anew begins a round. What bears its day belongs to the new round where it was noted after the order, and to the old
one where it was noted before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.law import clock_events as ev
from deskapp.law.errors import LawError

Place = int  # of an event in a list
ASKED, REPLIES = (
    {"party_consulted", "agency_consulted"},
    {"corrected", "fee_paid", "party_answered", "agency_answered"},
)


@dataclass(frozen=True)
class Stretch:
    """One round: its events in the order in which they count, the order to answer anew first; its consultations, each with its answer; the
    notices that were answered though nobody noted that they were sent."""

    events: tuple[ev.ClockEvent, ...]
    consultations: tuple[tuple[ev.PartyConsulted | ev.AgencyConsulted, date | None], ...]
    answered_unsent: tuple[ev.ClockEvent, ...] = ()


def in_rounds(events: Iterable[ev.ClockEvent]) -> list[Stretch]:
    """The events by rounds. Raises LawError for an answer to something that nobody asked."""
    listed = list(events)
    unsent = {n: event for n, event in enumerate(listed) if isinstance(event, ev.Notice) and event.sent_on is None}
    answered_by = _matched(listed)
    for reply, notice in answered_by.items():
        listed[notice] = _taken_as_sent(listed[notice], listed[reply].on)
    answers = {notice: listed[reply].on for reply, notice in answered_by.items()}
    orders = sorted((event.on, place) for place, event in enumerate(listed) if event.act == "redo_ordered")
    found: list[list[Place]] = [[] for _ in range(len(orders) + 1)]
    for place, event in enumerate(listed):
        found[bisect_right(orders, (event.works_on, place))].append(place)
    return [_stretch(listed, places, answers, unsent) for places in found]


def _stretch(
    listed: Sequence[ev.ClockEvent],
    places: list[Place],
    answers: dict[Place, date],
    unsent: Mapping[Place, ev.ClockEvent],
) -> Stretch:
    """One round of a list: those of one day in their lawful order."""
    places.sort(key=lambda place: _rank(listed[place]))
    asked = [(listed[place], answers.get(place)) for place in places if listed[place].act in ASKED]
    return Stretch(
        tuple(listed[place] for place in places),
        tuple((event, on) for event, on in asked if isinstance(event, ev.PartyConsulted | ev.AgencyConsulted)),
        tuple(unsent[place] for place in places if place in unsent and place in answers),
    )


def _rank(event: ev.ClockEvent) -> tuple[bool, date, int]:
    return event.act != "redo_ordered", event.works_on, ev.SAME_DAY_ORDER.index(event.act)


def _taken_as_sent(notice: ev.ClockEvent, answered_on: date) -> ev.ClockEvent:
    """A notice that was answered had been sent by then, however it went: whoever answers was asked (条例 30, 32, 34; 办法 6). To the
    applicant it went when it was written; a question to others stops nothing for days that nobody noted."""
    if not isinstance(notice, ev.Notice) or (notice.sent_on and notice.sent_on <= answered_on):
        return notice
    to_others = isinstance(notice, ev.PartyConsulted | ev.AgencyConsulted)
    return notice.model_copy(update={"sent_on": answered_on if to_others else notice.on, "arrived_on": None})


def _matched(listed: Sequence[ev.ClockEvent]) -> dict[Place, Place]:
    """For each answer the notice that it answers, the first asked first answered, by the days they were written."""
    replies = [place for place, event in enumerate(listed) if event.act in REPLIES]
    if not replies:
        return {}
    notices = sorted((event.on, place) for place, event in enumerate(listed) if isinstance(event, ev.Notice))
    taken: set[Place] = set()
    matched: dict[Place, Place] = {}
    for reply in sorted(replies, key=lambda place: (listed[place].on, place)):
        event = listed[reply]
        fitting = [place for on, place in notices if on <= event.on and _fits(listed[place], event)]
        free = next((place for place in fitting if place not in taken), None)
        if free is not None:
            taken.add(free)
            matched[reply] = free
        elif not fitting or isinstance(event, ev.PartyAnswered | ev.AgencyAnswered):
            raise LawError(_unasked(event))
    return matched


def _fits(notice: ev.ClockEvent, reply: ev.ClockEvent) -> bool:
    """Whether ``reply`` is of the kind that answers ``notice``, and from the side that was asked."""
    match reply:
        case ev.Corrected():
            return isinstance(notice, ev.CorrectionRequested)
        case ev.FeePaid():
            return isinstance(notice, ev.FeeNoticed)
        case ev.PartyAnswered():
            return isinstance(notice, ev.PartyConsulted) and notice.party == reply.party
        case ev.AgencyAnswered():
            return isinstance(notice, ev.AgencyConsulted) and notice.agency == reply.agency
    return False


def _unasked(reply: ev.ClockEvent) -> str:
    match reply:
        case ev.Corrected():
            return f"{reply.on.isoformat()} 收到补正，但没有发出过补正告知，请核对事件表。"
        case ev.FeePaid():
            return f"{reply.on.isoformat()} 完成缴费，但没有发出过收费通知，请核对事件表。"
    who = reply.party if isinstance(reply, ev.PartyAnswered) else getattr(reply, "agency", "")
    return f"【{who}】在 {reply.on.isoformat()} 答复，但没有对应的征求意见，请核对名称和日期。"
