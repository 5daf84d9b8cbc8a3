"""The press stands alone, so it has copies of some values of the law; each is compared with the law's own here."""

from __future__ import annotations

from datetime import date
from typing import get_args

from deskapp.desk.cases.letter_events import NUMBER
from deskapp.law.annual_report import class_names
from deskapp.law.categories import RemedyClass, categories
from deskapp.law.dated import load
from deskapp.law.periods import periods_on
from deskapp.law.receipt import channel_names
from deskapp.law.remedies import RemedyFile
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from letters import document, preflight
from letters.catalogue import shipped
from letters.example import PERIODS, example_facts
from letters.template import Template


def test_channels_classes_and_remedies_are_the_laws() -> None:
    assert get_args(document.ApplicantClass) == tuple(class_names().values())
    assert get_args(document.Channel) == tuple(channel_names().values())
    assert {*get_args(Template.model_fields["remedies"].annotation), "none"} == {*get_args(RemedyClass), ""}


def test_the_day_since_which_review_comes_first_is_the_laws() -> None:
    clauses = load(RemedyFile, "remedies.toml").clause
    assert min(clause.valid_from for clause in clauses if clause.review_comes_first) == preflight.REVIEW_FIRST_SINCE


def test_the_day_since_which_courts_refuse_some_answers_is_the_laws() -> None:
    refused = [c for c in load(RemedyFile, "remedies.toml").clause if c.remedy == "review_only" and not c.suable]
    assert min(clause.valid_from for clause in refused) == preflight.REVIEW_ONLY_SINCE


def test_each_answers_remedies_are_those_of_its_outcome() -> None:
    templates = shipped().templates
    for outcome in categories():
        assert templates[outcome.letter].remedies == ("" if outcome.remedy == "none" else outcome.remedy), outcome.key


def test_the_periods_of_the_example_are_those_of_its_day() -> None:
    received = example_facts(shipped().template("granted"))["received_on"]
    assert periods_on(date.fromisoformat(received)) == PERIODS


def test_what_issuing_a_letter_is_names_an_act_and_facts_that_there_are() -> None:
    acting = [item for item in shipped().templates.values() if item.act]
    for item in acting:
        fields = ACTS[item.act].event.model_fields
        assert issubclass(ACTS[item.act].event, ev.OfLetter), item.kind
        assert set(item.act_facts) <= set(fields), item.kind
        assert set(item.act_facts.values()) <= {*item.fields, NUMBER}, item.kind
        needed = {name for name, field in fields.items() if field.is_required()} - {"on"}
        assert needed <= {*item.fields, *item.act_facts, *item.act_values}, item.kind
    assert len(acting) == 9, "a letter that is an act was added or lost: put the number right here"
