"""Letters from example facts: what the law gives of them, and the office's own particulars in them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from deskapp.desk.cases.fees import with_fee
from deskapp.desk.cases.fitted import fitted
from deskapp.desk.cases.letter_facts import remedies_for
from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import evaluate
from deskapp.law.periods import periods_on
from deskapp.unit import UnitProfile, read_profile
from letters.example import example_facts
from letters.template import Template


def completed(source: Template, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with what the law gives when it was left out: the periods, the remedies paragraph, the last day. Raises DeskError for
    particulars of an office that are none."""
    done = with_fee(source, facts)
    if "periods" not in done:
        with suppress(ValueError):  # a day of receipt that is none is refused with its key when the facts are read
            done["periods"] = periods_on(date.fromisoformat(str(done.get("received_on"))))
    if source.remedies and "remedies" not in done and isinstance(done.get("unit"), dict):
        unit: UnitProfile = read_profile(done["unit"], "文书的 unit ")
        found = remedies_for(source, done, date.fromisoformat(str(done.get("issued_on"))), unit)
        done["remedies"] = {"class": found.remedy, "text": found.text}
    if "due_on" in source.fields and not done.get("due_on"):
        received = date.fromisoformat(str(done.get("received_on")))
        deadline = evaluate(parse_events([{"act": "received", "on": received}]), received)
        done["due_on"] = deadline.due_on.isoformat() if deadline.due_on else ""
        done.setdefault("provisional", deadline.provisional)
    return done


def facts_of_unit(source: Template, unit: UnitProfile, today: date) -> dict[str, Any]:
    """Complete example facts of a kind as this office would send it today."""
    facts = {
        **fitted(example_facts(source), unit, today),
        "unit": unit.model_dump(),
        "case_no": f"{unit.site_code}-{today.year}-0001",
        "issued_on": today.isoformat(),
    }
    if source.numbered:
        facts["number"] = f"{unit.letter_word}〔{today.year}〕1号"
    return completed(source, facts)
