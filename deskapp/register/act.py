"""What one kind of act is. One record holds everything the program knows of it: there is no second place to look.

A record says what the act is called, when it may happen, what it makes of a case, how the journal tells it, whether it can be
struck out, and, where a clerk notes it by hand, what it means and which fields it asks for. What it does to the clock follows
from its event: one that is a :class:`deskapp.law.clock_events.ClockAct` moves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from deskapp.law.clock_events import ClockAct, act_text
from deskapp.register import events as ev
from deskapp.register.case import Case, Changes

Why = str  # a sentence; empty when the act may happen
When = Literal["before_answer", "after_answer", "any"]
FieldType = Literal["text", "lines", "day", "day_ahead", "number", "choice", "verdict", "letter", "listed"]
LISTING = ("choice", "verdict", "letter", "listed")  # types that have choices
Choices = tuple[tuple[str, str], ...]
Known = Callable[[Case, Mapping[str, str]], Sequence[str]]
Depending = Callable[[Case, Mapping[str, str]], Choices]
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Field:
    """One thing that a form asks of an act; ``key`` is the field of its event.

    Types: text; lines (one thing a line); day, day_ahead (one still to come); number; choice (of ``choices``, which may depend
    on the case); verdict (``choices`` name yes, no and, if it may stay open, empty); letter (of the case, by its 文号; empty is
    the answer); listed (names or numbers that the case has: a form shows them to choose from, and the act's rule judges what
    was written; where the case has none, ``none`` says so). ``todo`` is what to do when a required one is empty. ``known`` is what
    the case knows of it, the likeliest first: a form begins with that. ``by_others`` gives the choices where they depend on what
    stands in the other fields; none for a text.
    """

    key: str
    label: str
    type: FieldType = "text"
    choices: Choices | Callable[[Case], Choices] = ()
    help: str = ""
    required: bool = False
    todo: str = ""
    known: Known | None = None
    by_others: Depending | None = None
    none: str = ""

    def offered(self, case: Case, others: Mapping[str, str] | None = None) -> Choices:
        """What may be chosen for a case, while ``others`` stand in the other fields."""
        if self.by_others:
            return self.by_others(case, others or {})
        return self.choices(case) if callable(self.choices) else self.choices

    def begun(self, case: Case, others: Mapping[str, str] | None = None) -> str:
        """What a form begins with: what the case knows, while ``others`` stand in the other fields; empty for nothing."""
        return next(iter(self.known(case, others or {})), "") if self.known else ""


@dataclass(frozen=True)
class ByHand:
    """How an act is noted by hand: ``effect`` says what it does, with the law's periods in braces by their keys;
    ``make`` builds the event where its fields are not simply the typed ones."""

    effect: str
    fields: tuple[Field, ...] = ()
    make: Callable[[Case, dict[str, Any], date, date], ev.AnyEvent] | None = None
    several: bool = False  # it is more than one event: the desk has a way of its own
    one_of: tuple[str, ...] = ()  # fields of which at least one must be filled


def _may(case: Case, event: Any) -> Why:
    return ""


def _nothing(case: Case, event: Any) -> Changes:
    return {}


def _no_more(event: Any) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Act:
    """One kind of act by its event."""

    event: type[ev.Event]
    when: When
    after_archiving: bool
    strikable: bool
    label: str = ""
    rule: Callable[[Case, Any], Why] = field(default=_may, repr=False)
    changes: Callable[[Case, Any], Changes] = field(default=_nothing, repr=False)
    told: Callable[[Any], Sequence[str]] = field(default=_no_more, repr=False)
    by_hand: ByHand | None = None

    @property
    def key(self) -> str:
        """The name of the act in the journal."""
        return str(self.event.model_fields["act"].default)

    @property
    def name(self) -> str:
        """What it is called at the counter; an act of the clock is called what the law's data calls it."""
        return self.label or act_text(self.key).name

    @property
    def needed(self) -> set[str]:
        """The fields of its event that must be given, besides the day."""
        return {name for name, field in self.event.model_fields.items() if field.is_required()} - {"on"}

    @property
    def on_the_clock(self) -> bool:
        """Whether it moves the deadline."""
        return issubclass(self.event, ClockAct)
