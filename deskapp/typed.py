"""A form that was typed, read once: each value comes out as what it means, each refusal names its field and what to do."""

from __future__ import annotations

import reprlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from deskapp.errors import DeskError
from deskapp.parsing import LONGEST_CELL, When, half_width, one_line, parse_day, whole_number

NOTHING_DONE = "没有记下。"


@dataclass(frozen=True)
class Since:
    """A day that others may not lie before, and what it is called."""

    day: date
    name: str


class Typed:
    """The texts of a form by their keys. ``refused`` says what a refusal means: nothing was noted, nothing registered."""

    def __init__(self, texts: BaseModel | Mapping[str, str], today: date, refused: str = NOTHING_DONE) -> None:
        self._texts = texts.model_dump() if isinstance(texts, BaseModel) else dict(texts)
        self._today, self._refused = today, refused

    def refuse(self, what: str, todo: str, field: str, meaning: str = "") -> DeskError:
        """A refusal about a field, to be raised."""
        return DeskError(what, meaning or self._refused, todo, field)

    def text(self, key: str, label: str = "", most: int = LONGEST_CELL) -> str:
        """One line, at most ``most`` characters."""
        value = one_line(str(self._texts.get(key, "")))
        if len(value) > most:
            raise self.refuse(f"{label}太长，最多{most}个字。", "请写短一些。", key)
        return value

    def needed(self, key: str, label: str, todo: str, most: int = LONGEST_CELL, meaning: str = "") -> str:
        """The same, and not empty."""
        value = self.text(key, label, most)
        if not value:
            raise self.refuse(f"没有填{label}。", todo, key, meaning)
        return value

    def choice(self, key: str, known: Container[str], what: str, todo: str = "") -> str:
        """One of the choices; ``what`` asks for it."""
        value = str(self._texts.get(key, ""))
        if value not in known:
            raise self.refuse(what, todo, key)
        return value

    def day(self, key: str, label: str, since: Since | None = None) -> date:
        """A day up to today, today for nothing; not before ``since``."""
        day = self.day_if_any(key, label)
        return self.checked(self._today if day is None else day, key, label, since)

    def day_if_any(self, key: str, label: str, when: When = "past", of: date | None = None) -> date | None:
        """A day, None for nothing. ``when`` says whether it is of what has happened or of what is to come, seen from the day ``of`` which it is
        told (today, if none is given)."""
        text = str(self._texts.get(key, ""))
        return parse_day(text, of or self._today, label, when, key) if text.strip() else None

    def checked(self, day: date, key: str, label: str, since: Since | None = None) -> date:
        """``day``, if it is not in the future and not before ``since``."""
        if day > self._today:
            raise self.refuse(f"{label}{day}还没有到（今天是{self._today}）。", "请核对日期。", key)
        if since and day < since.day:
            raise self.refuse(f"{label}{day}早于{since.name}{since.day}。", "请核对日期。", key)
        return day

    def whole(self, key: str, label: str, least: int, most: int, nothing: int) -> int:
        """A whole number between two, ``nothing`` for nothing."""
        plain = half_width(str(self._texts.get(key, ""))) or str(nothing)
        number = whole_number(plain)
        if number is None:
            raise self.refuse(f"{label}【{plain[:20]}】不是数字。", f"这一项只填数字，{least}到{most}。", key)
        if not least <= number <= most:
            raise self.refuse(f"{label}【{plain[:20]}】不对。", f"请填{least}到{most}的数字。", key)
        return number


class Refused(NamedTuple):
    """What a model refuses: the path of the key (a.b.0), the kind of fault, the value as short text, what the kind says besides."""

    where: str
    kind: str
    value: str
    besides: Mapping[str, object]

    @property
    def said(self) -> str:
        """What the model's own check says of it; empty where it was none of its own."""
        return str(self.besides.get("error", ""))


def first_fault(error: ValidationError) -> Refused:
    """The first thing that a model refuses."""
    first = error.errors()[0]
    return Refused(
        ".".join(map(str, first["loc"])), str(first["type"]), shortly(first["input"]), first.get("ctx", {})
    )


def shortly(value: object) -> str:
    """The beginning of a value that somebody wrote; of a table no more than the outermost levels, for it may be nested without end."""
    return (reprlib.repr(value) if isinstance(value, (dict, list, tuple)) else str(value))[:40]
