"""The acts of a case's life by their names: the one table of them, how the journal tells them, and what is wanting in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskapp.law.clock_events import CLOCK_ACTS, SAME_DAY_ORDER
from deskapp.register import events as ev
from deskapp.register.act import LISTING, Act, ByHand, Choices, Field, Why
from deskapp.register.acts_amended import AMENDED
from deskapp.register.acts_closed import CLOSED_ACTS
from deskapp.register.acts_disputes import DISPUTE_ACTS
from deskapp.register.acts_house import HOUSE_ACTS
from deskapp.register.acts_open import OPEN_ACTS
from deskapp.register.acts_papers import PAPER_ACTS
from deskapp.register.acts_people import PEOPLE_ACTS
from deskapp.register.case import Case, struck_places


def strikable(case: Case) -> list[int]:
    """The places in a case's history of what may still be struck out, the newest first."""
    struck = struck_places(case.history)
    return [
        n for n, event in reversed(list(enumerate(case.history))) if ACTS[event.act].strikable and n not in struck
    ]


def _may_strike(case: Case, event: ev.Struck) -> Why:
    if event.n >= len(case.history):
        return f"没有第{event.n + 1}条记录。"
    target = case.history[event.n]
    if event.n in struck_places(case.history):
        return "这一条已经划去。"
    if isinstance(target, ev.OfLetter) and target.letter_id:
        return "这一条是发出文书时记下的，请把那份文书作废。"
    return "" if ACTS[target.act].strikable else "这一条不能划去。"


def _entries(case: Case) -> Choices:
    lines = []
    for n in strikable(case):
        event = case.history[n]
        lines.append((str(n), f"{event.on:%m-%d} {name_of(event)} {describe(event)}".strip()))
    return tuple(lines) or (("", "没有可以划去的记录"),)


STRUCK = Act(
    ev.Struck, "any", True, False, "划去误记",
    rule=_may_strike,
    told=lambda e: (f"第{e.n + 1}条", e.why),
    by_hand=ByHand(
        "记错的一条不再算数，原文留着，写明原因。",
        (
            Field("n", "哪一条", "choice", _entries, "记错的那一条。", required=True, todo="请在【哪一条】里选。"),
            Field("why", "说明", help="为什么划去。", required=True, todo="请写明原因，以后看的人要明白。"),
        ),
    ),
)  # fmt: skip
# In the order in which a form offers them.
ACTS: dict[str, Act] = {
    act.key: act
    for act in (*OPEN_ACTS, *HOUSE_ACTS, *PEOPLE_ACTS, *CLOSED_ACTS, *DISPUTE_ACTS, *PAPER_ACTS, AMENDED, STRUCK)
}


def name_of(event: ev.AnyEvent) -> str:
    """What an event is called."""
    return ACTS[event.act].name


def describe(event: ev.AnyEvent) -> str:
    """An event's particulars in a few words; empty when its name says all."""
    return "，".join(part for part in ACTS[event.act].told(event) if part)


def by_hand() -> dict[str, Act]:
    """The acts that a clerk may note, by their names."""
    return {key: act for key, act in ACTS.items() if act.by_hand}


def incomplete(events: Iterable[type[ev.Event]] = ev.EVENTS, acts: dict[str, Act] | None = None) -> list[str]:
    """What is wanting so that every event of the union is known everywhere, one sentence each; empty when nothing is."""
    acts = ACTS if acts is None else acts
    found = []
    for event in events:
        key = event.model_fields["act"].default if "act" in event.model_fields else None
        if not key:
            found.append(f"{event.__name__}: its field act has no name")
        elif key not in acts or acts[key].event is not event:
            found.append(f"{event.__name__}: no record of {key!r} in deskapp/register/acts_*.py")
        else:
            found += _wanting(acts[key])
    return found + [f"{key}: its event is not in the union AnyEvent" for key in acts if acts[key].event not in events]


def _wanting(act: Act) -> list[str]:
    """What a record says that its event does not bear out."""
    found = []
    try:
        if not act.name:
            found.append(f"{act.key}: it has no label")
    except KeyError:
        where = "has its name in deskapp/law/data/clock.toml" if act.on_the_clock else "has a label in its record"
        found.append(f"{act.key}: an act {'of the clock ' if act.on_the_clock else ''}{where}")
    if act.on_the_clock and act.key not in SAME_DAY_ORDER:
        found.append(f"{act.key}: an act of the clock has its place in SAME_DAY_ORDER (deskapp/law/clock_events.py)")
    fields: dict[str, Any] = dict(act.event.model_fields)
    if act.by_hand and act.by_hand.make is None and not act.by_hand.several:
        asked = {field.key for field in act.by_hand.fields if field.required or field.choices}
        found += [
            f"{act.key}: its event needs {name!r}, and its form does not" for name in sorted(act.needed - asked)
        ]
    for field in act.by_hand.fields if act.by_hand and not act.by_hand.several else ():
        if field.key not in fields:
            found.append(f"{act.key}: its event has no field {field.key!r}")
        if (field.type in LISTING) != bool(field.choices or field.by_others):
            found.append(
                f"{act.key}: {field.key!r} is of type {field.type} and has {'' if field.choices else 'no '}choices"
            )
    return found


def clock_acts_without_event() -> list[str]:
    """Acts of the law's clock that no event of the register is, but for the delivery, whose day the clock takes over."""
    return [cls.__name__ for cls in CLOCK_ACTS if not any(issubclass(event, cls) for event in ev.EVENTS)]
