"""A case is what its events make of it: ``fold(events) -> Case``. Pure; what each act does stands in its own record."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.law import clock_events as clock
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.register.case import Case, Changes, changed, counting, void_letters_of


def fold(case_id: str, events: Sequence[ev.AnyEvent]) -> Case:
    """The case that ``events`` make. The first must be its receipt (ValueError otherwise)."""
    if not events or not isinstance(events[0], ev.Received):
        raise ValueError("the first event of a case is its receipt")
    start = (clock.Received(on=events[0].on),)
    if len(events) == 1:
        return Case(case_id, events[0], clock_events=start, history=tuple(events))
    case = Case(case_id, events[0], clock_events=start, void_letters=void_letters_of(events))
    for _, event in counting(events):
        vars(case).update(_changes(case, event))  # nobody else holds it yet
    return changed(case, {"history": tuple(events)})


def grow(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event, the same as folding everything once more."""
    history = (*case.history, event)
    if isinstance(event, ev.Struck | ev.Voided):
        return fold(case.case_id, history)
    return changed(case, {**_changes(case, event), "history": history})


def apply(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event; its history is left as it is."""
    return changed(case, _changes(case, event))


def _changes(case: Case, event: ev.AnyEvent) -> Changes:
    """What one more event changes in a case: the clock by itself, the rest as its record says."""
    act = ACTS[event.act]
    if act.on_the_clock:
        ticked: Changes = {"clock_events": (*case.clock_events, event)}  # type: ignore[arg-type]  # on_the_clock says that it is one
        return {**ticked, **act.changes(case, event)}
    return act.changes(case, event)
