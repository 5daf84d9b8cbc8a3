"""What one kind of act is. One record holds everything the program knows of it: there is no second place to look.

A record says what the act is called, when it may happen, what it makes of a case, how the journal tells it, whether it can be
struck out, and, where a clerk notes it by hand, what it means and which fields it asks for. What it does to the clock follows
from its event: one that is a :class:`deskapp.law.clock_events.ClockAct` moves it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from deskapp.law.clock_events import ClockAct, act_text
from deskapp.register import events as ev
from deskapp.register.case import Case, Changes

Why = str  # a sentence; empty when the act may happen
When = Literal["before_answer", "after_answer", "any"]
FieldType = Literal["text", "lines", "day", "day_ahead", "number", "choice", "verdict", "letter"]
Choices = tuple[tuple[str, str], ...]
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Field:
    """One thing that a form asks of an act; ``key`` is the field of its event.

    Types: text; lines (one thing a line); day, day_ahead (one still to come); number; choice (of ``choices``, which may depend
    on the case); verdict (``choices`` name yes, no and, if it may stay open, empty); letter (of the case, by its 文号; empty is
    the answer). ``todo`` is what to do when a required one is empty.
    """

    key: str
    label: str
    type: FieldType = "text"
    choices: Choices | Callable[[Case], Choices] = ()
    help: str = ""
    required: bool = False
    todo: str = ""

    def offered(self, case: Case) -> Choices:
        """What may be chosen for a case."""
        return self.choices(case) if callable(self.choices) else self.choices


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
