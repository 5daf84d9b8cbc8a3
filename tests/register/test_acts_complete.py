"""One record for each act, and nothing wanting: a class added to the union alone is told at once, in words."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Literal

import pytest

from deskapp.law.clock_events import CLOCK_ACTS, ClockAct
from deskapp.register import events as ev
from deskapp.register.act import Act, ByHand, Field
from deskapp.register.acts import ACTS, by_hand, clock_acts_without_event, describe, incomplete, name_of
from deskapp.register.case import Case, Changes
from tests.register.test_order import EXAMPLES


def test_every_event_of_the_union_has_everything() -> None:
    assert incomplete() == []
    assert len(ACTS) == len(ev.EVENTS) == 50


def test_the_clock_knows_no_act_that_the_register_does_not() -> None:
    assert clock_acts_without_event() == ["Served"], (
        "the register's own delivery names the way, the clock only its day"
    )
    shared = [act for act in ACTS.values() if act.on_the_clock]
    assert len(shared) == len(CLOCK_ACTS) - 1


class Annulled(ev.Event):
    """An event that somebody has just added."""

    act: Literal["annulled"] = "annulled"


class Resumed(ClockAct, ev.Event):
    """An act of the clock that the law's data does not know."""

    act: Literal["resumed"] = "resumed"


def test_a_class_alone_is_told_with_the_place_where_its_record_goes() -> None:
    assert incomplete([*ev.EVENTS, Annulled]) == ["Annulled: no record of 'annulled' in deskapp/register/acts_*.py"]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (replace(ACTS["followed_up"], label=""), "followed_up: an act has a label in its record"),
        (
            replace(ACTS["corrected"], by_hand=ByHand("", (Field("x", "甲"),))),
            "corrected: its event has no field 'x'",
        ),
        (
            replace(ACTS["corrected"], by_hand=ByHand("", (Field("content", "甲", "choice"),))),
            "corrected: 'content' is of type choice and has no choices",
        ),
        (replace(ACTS["struck"], by_hand=ByHand("")), "struck: its event needs 'why', and its form does not"),
    ],
)
def test_what_a_record_lacks_is_told(act: Act, says: str) -> None:
    acts = {**ACTS, act.key: act}
    assert [line for line in incomplete(acts=acts) if says in line]


def test_an_act_of_the_clock_needs_a_name_and_a_place_in_the_order() -> None:
    act = replace(ACTS["fee_paid"], event=Resumed)
    told = incomplete([*ev.EVENTS, Resumed], {**ACTS, "resumed": act})
    assert [line.split(":")[0] for line in told] == ["resumed", "resumed"]
    assert "clock.toml" in told[0]
    assert "SAME_DAY_ORDER" in told[1]


def test_a_change_names_fields_of_a_case_and_no_others() -> None:
    names = {field.name for field in fields(Case)} - {"case_id"}
    assert set(Changes.__annotations__) == names


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.act)
def test_every_event_is_told_in_words(event: ev.AnyEvent) -> None:
    assert name_of(event)
    assert "None" not in describe(event)


def test_the_examples_are_of_every_kind() -> None:
    assert {type(event) for event in EXAMPLES} == set(ev.EVENTS)


def test_every_act_by_hand_says_what_it_does_and_what_to_do_about_an_empty_field() -> None:
    for act in by_hand().values():
        assert act.by_hand
        assert len(act.by_hand.effect) > 6
        for field in act.by_hand.fields:
            assert field.label
            assert not field.required or field.todo
