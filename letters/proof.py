"""A template tried before it is believed: read and filled in with its example facts, its lists drawn out.

Meant for a process with limits: what runs away there ends there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letters.catalogue import parse_template
from letters.compose import compose
from letters.errors import PressError
from letters.example import UNIT, example_facts
from letters.facts import read_facts
from letters.template import LISTS, Template

NO_EXAMPLE = "文书模板 {} 抬头里的例子不合要求，没法试排：{}"
DRAWN_OUT = 60  # lines of a list; the longest index of a file that was seen has forty


def proved(texts: Sequence[tuple[str, str]], parts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with each template once it is filled in, empty for nothing, in their order; ``texts`` are file names and texts."""
    for name, text in texts:
        try:
            made = parse_template(text, name, dict(parts))
        except PressError:  # that it cannot be read is told by whoever reads it
            yield ""
            continue
        yield _fault_of(made)


def _fault_of(made: Template) -> str:
    try:
        facts = read_facts(made, _drawn_out(made))
    except (PressError, TypeError, ValueError) as error:
        return NO_EXAMPLE.format(made.file, error)
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
        lines = given.splitlines() if isinstance(given, str) else given
        facts[key] = (lines * DRAWN_OUT)[:DRAWN_OUT] if isinstance(lines, list) else given
    return facts
