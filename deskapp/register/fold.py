"""A case is what its events make of it: ``fold(events) -> Case``. Pure; what each act does stands in its own record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskapp.law import clock_events as clock
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.register.case import Case, Changes, changed, struck_places


def fold(case_id: str, events: Sequence[ev.AnyEvent]) -> Case:
    """The case that ``events`` make. The first must be its receipt (ValueError otherwise)."""
    if not events or not isinstance(events[0], ev.Received):
        raise ValueError("the first event of a case is its receipt")
    start = (clock.Received(on=events[0].on),)
    if len(events) == 1:
        return Case(case_id, events[0], clock_events=start, history=tuple(events))
    case = Case(case_id, events[0], clock_events=start, void_letters=_void_letters(events))
    for _, event in counting(events):
        vars(case).update(_changes(case, event))  # nobody else holds it yet
    return changed(case, {"history": tuple(events)})


def grow(case: Case, event: ev.AnyEvent) -> Case:
    """The case after one more event, the same as folding everything once more."""
    history = (*case.history, event)
    if isinstance(event, ev.Struck | ev.Voided):
        return fold(case.case_id, history)
    return changed(case, {**_changes(case, event), "history": history})


def counting(events: Sequence[ev.AnyEvent]) -> Iterable[tuple[int, ev.AnyEvent]]:
    """The events after the receipt that still count, with their place: not those struck out, nor what a voided letter did."""
    struck = struck_places(events)
    void = _void_letters(events)
    for n, event in enumerate(events[1:], 1):
        undone = void and isinstance(event, ev.OfLetter) and event.letter_id in void
        if n not in struck and not undone:
            yield n, event


def _void_letters(events: Sequence[ev.AnyEvent]) -> frozenset[str]:
    """The letters whose number was given up."""
    numbers = {event.number for event in events if event.act == "voided"}
    if not numbers:
        return frozenset()
    return frozenset(e.letter_id for e in events if e.act == "issued" and e.number and e.number in numbers)


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
