"""The form of a letter: a field for each fact that its template declares."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.forms.fields import FormField, Kind, same
from letters.template import Field

PROSE = 32  # characters of its example from which a text is a paragraph, and has a box
KINDS: dict[str, Kind] = {"lines": "long", "rows": "long", "number": "number", "choice": "choice", "flag": "choice"}


def form_of_letter(facts: Mapping[str, Field]) -> tuple[FormField, ...]:
    """The whole form, facts by their keys in the order of the template."""
    return tuple(_shown(key, fact) for key, fact in facts.items())


def _shown(key: str, fact: Field) -> FormField:
    """One fact; a choice that may be left open has an empty one first."""
    choices = same(("否", "是")) if fact.type == "flag" else tuple(fact.choices.items())
    if fact.type == "choice" and not fact.default:
        choices = (("", "（请选择）" if fact.required else "（不选）"), *choices)
    kind = "prose" if fact.type == "text" and len(str(fact.example)) >= PROSE else KINDS.get(fact.type, "text")
    return FormField(key, fact.label, kind, choices, fact.help, fact.required)
