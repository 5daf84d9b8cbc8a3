"""A template tried before it is believed: read and filled in with its example facts, its lists drawn out.

Meant for a process with limits: what runs away there ends there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from letters.catalogue import parse_template
from letters.compose import compose
from letters.document import Facts
from letters.errors import PressError
from letters.example import UNIT, example_facts
from letters.facts import read_facts
from letters.template import LISTS, Template

DRAWN_OUT = 60  # lines of a list; the longest index of a file that was seen has forty


def proved(texts: Sequence[tuple[str, str]], parts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with each template once it is filled in, empty for nothing, in their order; ``texts`` are file names and texts."""
    for name, text in texts:
        fault = ""
        with suppress(PressError):  # that it cannot be read is told by whoever reads it
            made = parse_template(text, name, dict(parts))
            facts = read_facts(made, _drawn_out(made))
            fault = _filled_in(made, facts)
        yield fault


def _filled_in(made: Template, facts: Facts) -> str:
    try:
        compose(made, facts)
    except PressError as error:
        return str(error)
    return ""


def _drawn_out(made: Template) -> dict[str, Any]:
    """Example facts in which every list has many lines."""
    facts = example_facts(made)
    lists = [*LISTS, *(key for key, field in made.fields.items() if field.type in ("lines", "rows"))]
    for key in lists:
        given = facts.get(key) or UNIT["name"]
        lines = given.splitlines() if isinstance(given, str) else list(given)
        facts[key] = (lines * DRAWN_OUT)[:DRAWN_OUT]
    return facts
