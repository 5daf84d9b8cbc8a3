"""The words by which the people of a case are found again wherever they were written down: names, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from deskapp.parsing import one_line
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.facts import SIGN

NAMES = ("applicant", "legal_representative", "party", "name")
PARTICULARS = ("id_number", "phone", "address", "email")
NO_PERSON = ("attached", "detached")  # acts whose name is that of a paper
STOOD_IN = re.compile(r"(申请人|第三方)[0-9]+")  # what an earlier erasing put in the place of a name
FEWEST = {"name": 2, "particular": 7}  # signs of a word that is looked for; fewer stand everywhere


@dataclass(frozen=True)
class PersonWords:
    """What stands for somebody in a text."""

    words: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether one of them is in a text."""
        return any(word in text for word in self.words)


def words_of_people(cases: Iterable[Case]) -> PersonWords:
    """The words for the people of some cases, third parties and those who acted for others among them, as they were ever written down."""
    return words_in(event for case in cases for event in case.history)


def words_in(entries: Iterable[ev.AnyEvent]) -> PersonWords:
    """The same for the people of some entries."""
    return PersonWords(tuple(dict.fromkeys(word for event in entries for word in _words(event))))


def _words(event: ev.AnyEvent) -> Iterator[str]:
    if event.act in NO_PERSON:
        return
    if isinstance(event, ev.Amended):
        yield from _word(event.field, event.value)
        return
    yield from _inside(event.model_dump())


def _inside(values: dict[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _inside(value)
        elif isinstance(value, list | tuple):
            for item in value:
                yield from _inside(item) if isinstance(item, dict) else ()
        else:
            yield from _word(key, value)


def _word(key: str, value: object) -> Iterator[str]:
    kind = "name" if key in NAMES else "particular" if key in PARTICULARS else ""
    text = one_line(str(value or ""))
    if kind and text != SIGN and not STOOD_IN.fullmatch(text) and len(text) >= FEWEST[kind]:
        yield text
