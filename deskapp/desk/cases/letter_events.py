"""What issuing a letter does to the case: the journal's account, why it was chosen, the letter, then the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.law.categories import outcome
from deskapp.law.clock_events import Notice
from deskapp.law.counting import ClockFault
from deskapp.law.fees import FEN
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.register.case import Case
from deskapp.register.events import EVENT
from deskapp.register.journal import FrozenLetter, Journal
from letters.document import Facts
from letters.template import Template

NUMBER = "number"  # the 文号 of the letter itself, as an act may take it


def newly_found(journal: Journal, before: Case, after: Case) -> list[ClockFault]:
    """What the clock says of the acts of a case, and did not say ``before``, if every letter that waits were sent today."""
    known = {finding.code for finding in journal.deadline_if_sent(before).findings}
    return [found for found in journal.deadline_if_sent(after).findings if found.code not in known]


def newly_idle(journal: Journal, before: Case, after: Case) -> list[ClockFault]:
    """The same of acts that have no effect."""
    return [found for found in newly_found(journal, before, after) if found.idle]


def taken_anyway(event: ev.AnyEvent) -> bool:
    """Whether an event is taken whatever the clock says of what follows from it: it puts something right that was wrong."""
    return isinstance(event, ev.Amended | ev.Struck | ev.Voided)


def append_checked(journal: Journal, case: Case, events: Sequence[ev.AnyEvent], seen: int | None) -> Case:
    """Append events inside a transaction; raise DeskError when the clock finds that one of them has no effect."""
    after = journal.append(case.case_id, events, seen)
    refused = newly_idle(journal, case, after)
    if refused and not all(map(taken_anyway, events)):
        raise DeskError(refused[0].message, "没有记下。", f"依据：{refused[0].article}。")
    return after


def act_fault(source: Template) -> str:
    """Why issuing a letter cannot be the act that its header names; empty when it can, or when it is none."""
    if not source.act:
        return ""
    act = ACTS.get(source.act)
    if act is None or not issubclass(act.event, ev.OfLetter):
        fit = "、".join(key for key, known in ACTS.items() if issubclass(known.event, ev.OfLetter))
        return f"文书模板 {source.file} 的 act【{source.act}】不是文书能做的事，可以用：{fit}。"
    given = {*source.fields, *source.act_values, NUMBER}
    missing = sorted(name for name in act.needed if source.act_facts.get(name, name) not in given)
    return (
        f"文书模板 {source.file} 的 act【{source.act}】要有【{missing[0]}】这一项（或者用 act_facts 指明）。"
        if missing
        else ""
    )


def events_of(case: Case, source: Template, letter: FrozenLetter, facts: Facts, why: str) -> list[ev.AnyEvent]:
    """The events of an issue, in their order; ``why`` are the answers of the guide that led to the letter."""
    today = date.fromisoformat(letter.issued_on)
    events: list[ev.AnyEvent] = [ev.Drafted(on=today, kind=letter.kind, why=why)] if why else []
    chosen = outcome(letter.kind)
    events.append(
        ev.Issued(
            on=today,
            letter_id=letter.id,
            kind=letter.kind,
            title=letter.title,
            number=letter.number,
            category=letter.kind if chosen and chosen.answers else "",
            sha256=letter.sha256,
            pages=letter.pages,
            seal=letter.seal,
        )
    )
    only_confirms = bool(chosen and not chosen.answers and case.category == chosen.key)  # withdrawn by hand before
    if source.act and not only_confirms:
        events.append(act_of(source, letter.id, facts, today))
    return events


def act_of(source: Template, letter_id: str, facts: Facts, today: date) -> ev.AnyEvent:
    """The act that issuing the letter is, with the facts its header names: what the letter does to the case. Raises ValidationError
    for facts that are not whole."""
    event = ACTS[source.act].event
    values: dict[str, Any] = {"act": source.act, "on": today, "letter_id": letter_id, **source.act_values}
    if issubclass(event, Notice):
        values["sent_on"] = None  # it works from the day its delivery is noted
    for name in event.model_fields:
        fact = source.act_facts.get(name, name)
        given = facts.number if fact == NUMBER and name in source.act_facts else facts.extra.get(fact)
        if given not in (None, ""):
            values[name] = given * FEN if name.endswith("_fen") else given
    return EVENT.validate_python(values)
