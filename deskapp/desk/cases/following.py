"""What may follow on a case: every act that is noted by hand is tried on it as the desk would take it, without being written.

So there is no second list of what fits when: an act is offered when one way to fill in its form is accepted, and of any other the
reason is the sentence with which the desk would refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from deskapp.desk.cases.afterwards import to_judge
from deskapp.desk.cases.board import STATUS_NAMES
from deskapp.desk.cases.next_step import ANSWERS
from deskapp.errors import DeskError
from deskapp.law.deadline import Deadline
from deskapp.law.errors import LawError
from deskapp.register.act import LISTING, Field
from deskapp.register.case import Case, order_to_note
from deskapp.register.events import CorrectionRequested

TRIED = "试"  # stands for words that only a person can write
MOST_CHOICES, MOST_WAYS = (
    4,
    60,
)  # of one field, of a form: enough for an act that can be noted at all to be accepted once
STOPPED = ("withdrawn", "lapsed")  # no day will come
FAR = timedelta(days=30)  # a day to come


@dataclass(frozen=True)
class Offer:
    """An act as it may be chosen for a case; ``why_not`` is empty when it may follow."""

    key: str
    name: str
    effect: str
    why_not: str = ""


def ways_to_fill(case: Case, fields: Sequence[Field], today: date) -> Iterator[dict[str, str]]:
    """Forms of an act that somebody could hand in for this case: every choice in turn, what the case knows, and words for the rest."""
    options = [_options(case, field, today) for field in fields]
    for n, values in enumerate(product(*options)):
        if n >= MOST_WAYS:
            return
        yield {field.key: value for field, value in zip(fields, values, strict=True)}


def _options(case: Case, field: Field, today: date) -> Sequence[str]:
    if field.type in LISTING and (choices := field.offered(case)):
        return [key for key, _ in choices][:MOST_CHOICES]
    if field.type in LISTING and not field.by_others:
        return ("",)
    if field.type in ("day", "number") and not field.required:
        return ("",)
    texts = {
        "lines": f"{TRIED}\n{TRIED}",
        "number": "1",
        "day": today.isoformat(),
        "day_ahead": (today + FAR).isoformat(),
    }
    return (field.begun(case) or texts.get(field.type, TRIED),)


def why_not(ways: Iterator[dict[str, str]], try_one: Callable[[dict[str, str]], str]) -> str:
    """Why none of the ways is accepted; empty when one is. ``try_one`` gives the reason of one way, and raises DeskError or LawError for
    a form that is not whole, which is a reason only where there is no other."""
    refused, unread = "", ""
    for way in ways:
        try:
            reason = try_one(way)
        except (DeskError, LawError) as error:
            unread = unread or getattr(error, "what", str(error))
            continue
        if not reason:
            return ""
        refused = refused or reason
    return refused or unread


def consequences(before: Deadline, after: Deadline) -> list[str]:
    """What is otherwise with the clock than it was, in sentences; one that says so when nothing is."""
    said = []
    if before.status != after.status:
        said.append(f"状态：{STATUS_NAMES[before.status]}，变成{STATUS_NAMES[after.status]}。")
    if before.due_on != after.due_on:
        was, now = (f"{state.due_on}{'（暂定）' if state.provisional else ''}" for state in (before, after))
        if after.due_on is None:
            said.append(
                f"最后一日{was}不再走，期限停下。" if after.status in STOPPED else f"最后一日{was}，现在停着。"
            )
        else:
            said.append(f"最后一日{was}，变成{now}。" if before.due_on else f"期限又走起来，最后一日{now}。")
    if after.wait_until and after.wait_until != before.wait_until:
        said.append(f"等到{after.wait_until}。")
    known = {finding.code for finding in before.findings}
    said += [f"注意：{found.message}" for found in after.findings if found.code not in known]
    return said or ["只记下这一件事，期限不变。"]


def likeliest(case: Case) -> list[str]:
    """The acts that a case waits for, the likeliest first, as far as its state tells it."""
    asked: list[str] = [event.act for event in case.clock_events]
    order = [] if not case.received.unconfirmed else ["receipt_confirmed"]
    if case.category:
        return [*_after_answer(case), *order]
    if "correction_requested" in asked and "corrected" not in asked:
        order += ["corrected", "talked"]
    answers = {act: answer for act, answer in ANSWERS.items() if act != "correction_requested"}
    open_ones = [
        answers[act] for act in reversed(asked) if act in answers and asked.count(act) > asked.count(answers[act])
    ]
    order += [*open_ones, *(["referred_back"] if case.referred else [])]
    if any(isinstance(event, CorrectionRequested) for event in case.told) and "corrected" in asked:
        order.append("party_consulted")
    return [*dict.fromkeys([*order, *_dispute(case), "extended", "talked", "party_consulted", "withdrawn"])]


def _dispute(case: Case) -> list[str]:
    """What a review or suit waits for."""
    running = [matter for matter in case.disputes if matter.open]
    if running:
        return ["dispute_decided" if running[0].answered_on else "dispute_answered"]
    return ["redo_ordered"] if order_to_note(case) or (case.disputes and not case.category) else []


def _after_answer(case: Case) -> list[str]:
    """What follows an answer."""
    if waits := _dispute(case):
        return [*waits, "dispute_decided"]
    if case.archived:
        return ["followed_up", "disputed", "platform_entered"]
    first = (
        ["publication_judged", "archived"] if to_judge(case) and case.served else ["archived", "publication_judged"]
    )
    return [*first, "followed_up", "arrived", "disputed"]
