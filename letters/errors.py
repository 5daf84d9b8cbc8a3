"""What the press cannot take."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import ValidationError


class PressError(Exception):
    """The press cannot take what it was given; the message is a Chinese sentence that says what to do."""


class ModelFault(NamedTuple):
    """What a model refuses: the path of the key (a.b.0), the kind of fault, the model's words for it, the value as short text."""

    where: str
    kind: str
    words: str
    value: str


def first_fault(error: ValidationError) -> ModelFault:
    """The first thing that a model refuses."""
    first = error.errors()[0]
    value = first["input"]  # of a table the outermost levels: it may be nested without end
    shown = reprlib.repr(value) if isinstance(value, (dict, list, tuple)) else str(value)
    return ModelFault(".".join(map(str, first["loc"])), first["type"], first["msg"], shown[:40])
