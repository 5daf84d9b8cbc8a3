"""What a form is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "prose", "long", "choice", "secret", "number"]
"""A line; a paragraph in a box, whose lines are one; several lines; a list; a line that nobody reads; a line for a number."""
NUMBER_HINT = "填数字"
Choices = tuple[tuple[str, str], ...]
"""What may be chosen: keys with their labels, the first stands at the beginning."""


@dataclass(frozen=True)
class FormField:
    """One field: ``key`` in the draft, ``label`` on the screen, ``help`` shown while it has the focus. What stands in one that is
    ``ready`` is a guess: the first key takes its place. One of a number says so where nothing stands in it, and in its help. Fields of one
    ``group`` stand under its name; one without stands with those before it."""

    key: str
    label: str
    kind: Kind = "text"
    choices: Choices = ()
    help: str = ""
    required: bool = False
    placeholder: str = ""
    ready: bool = False
    group: str = ""

    @property
    def hint(self) -> str:
        """What an empty line shows."""
        return self.placeholder or (NUMBER_HINT if self.kind == "number" else "")

    def offers(self, value: str) -> bool:
        """Whether ``value`` may stand in the field: anything in a line, one of the choices in a choice."""
        return self.kind != "choice" or any(value == key for key, _ in self.choices)

    def settled(self, value: str) -> str:
        """``value``, the choice that is called so, or the first one where it is none of the choices (any more)."""
        if self.offers(value):
            return value
        return next((key for key, label in self.choices if label == value), self.choices[0][0])


def in_groups(fields: Sequence[FormField], *groups: tuple[str, str]) -> tuple[FormField, ...]:
    """The fields, each with its group: a group begins with the field of its key, and ends where the next one begins. Raises KeyError for a
    key that no field has."""
    names, known = dict(groups), {field.key for field in fields}
    if strange := [key for key in names if key not in known]:
        raise KeyError(*strange)
    grouped, group = [], ""
    for field in fields:
        group = names.get(field.key, group)
        grouped.append(replace(field, group=group))
    return tuple(grouped)


def same(values: tuple[str, ...]) -> Choices:
    """Choices whose label is their value."""
    return tuple((value, value) for value in values)
