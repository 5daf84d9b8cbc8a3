"""One letter from facts alone, without a register: for scripts, schools, and a look at the press."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.desk.reply import remedies_for
from deskapp.law.categories import categories
from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import evaluate
from deskapp.unit import UnitProfile, read_profile
from letters.catalogue import template, templates
from letters.compose import read_facts
from letters.document import Finding, Letter
from letters.example import example_facts
from letters.preflight import preflight

if TYPE_CHECKING:
    from letters.fonts import FontBook


def kinds() -> list[dict[str, Any]]:
    """The kinds of letter there are, in the shape of ``deskapp letters --json``."""
    rows = {category.letter: category.row for category in categories()}
    return [
        {
            "kind": item.kind,
            "title": item.title,
            "articles": list(item.articles),
            "use_when": item.use_when,
            "not_when": item.not_when,
            "row": rows.get(item.kind, ""),
        }
        for item in templates().values()
    ]


def example(kind: str) -> dict[str, Any]:
    """Complete example facts of a kind. Raises PressError for a kind without a template."""
    return complete(kind, example_facts(kind))


def complete(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with what the law gives when it was left out: the remedies paragraph and the day a receipt promises."""
    source = template(kind)
    done = dict(facts)
    if source.remedies and "remedies" not in done and isinstance(done.get("unit"), dict):
        unit: UnitProfile = read_profile(done["unit"], "文书的 unit ")
        found = remedies_for(kind, date.fromisoformat(str(done.get("issued_on"))), unit)
        done["remedies"] = {"class": found.remedy, "text": found.text}
    if "due_on" in source.fields and not done.get("due_on"):
        received = date.fromisoformat(str(done.get("received_on")))
        clock = evaluate(parse_events([{"act": "received", "on": received}]), received)
        done["due_on"] = clock.due_on.isoformat() if clock.due_on else ""
    return done


def check_letter(kind: str, facts: dict[str, Any], today: date, fonts: FontBook) -> list[Finding]:
    """What preflight says of a letter. Raises PressError or DeskError for facts that cannot be read."""
    return preflight(kind, read_facts(kind, facts), fonts, today)


def make_letter(kind: str, facts: dict[str, Any], fonts: FontBook) -> Letter:
    """The finished letter."""
    from letters.press import print_letter

    return print_letter(kind, read_facts(kind, facts), fonts)


def fonts_of(home: Path) -> FontBook:
    """The fonts in use for a data directory, whether or not it exists."""
    from letters.fonts import FontBook

    return FontBook(home / "fonts")
