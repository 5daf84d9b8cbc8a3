"""The lines of a bundle as what they must be: a signature says who wrote them, not that they make sense.

Everything is looked at before anything is written, in the forms that the columns and the county's own questions need. What this program
does not know yet (an act, a field, a kind of line) is told apart from nonsense: it waits until the county's program is newer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, TypeAdapter, ValidationError

from deskapp import __version__
from deskapp.exchange.bundle.packing import LARGEST_PLACE, Line
from deskapp.exchange.bundle.tasks import TaskAnswer
from deskapp.law.errors import LawError
from deskapp.parsing import moment_of
from deskapp.register.events import EVENT, AnyEvent
from deskapp.register.records import calendar_of

KINDS = {"unit": 2, "calendars": 2, "event": 9, "standing": 4}  # the lines of a bundle and how long they are
NAMES = re.compile(r"[0-9A-Za-z_-]{1,40} [0-9A-Za-z_-]{1,40} [a-z_]{1,40} [0-9a-z]{1,64}")
"""What an entry, its case, its act and its link are called, with a blank between."""
KIND, KEY, NUMBER = (
    re.compile(r"[a-z_]{1,20}"),
    re.compile(r"[0-9A-Za-z_-]{0,40}"),
    re.compile(r"[^\x00-\x1f\x7f]{1,40}"),
)
YEARS = range(1990, 2101)  # a day of an entry outside of them is a slip or worse, and no calendar reaches it
LARGEST_STANDING, LARGEST_CALENDARS = 4 << 20, 1 << 20
UNKNOWN_YET = {"union_tag_invalid", "extra_forbidden"}  # what pydantic calls an act or a field that is not known
UNFIT = (
    ValueError, TypeError, KeyError, AttributeError, ArithmeticError, IndexError, RecursionError, LawError,
)  # fmt: skip
"""What the fold, the clock and the calendars raise for what no desk writes."""


AT_ONCE = 2_000  # entries that are looked at in one go; nobody else gets a turn meanwhile
ENTRIES: TypeAdapter[list[AnyEvent]] = TypeAdapter(list[AnyEvent], config=ConfigDict(defer_build=True))


class Malformed(Exception):
    """A bundle is signed and whole, and what is in it is not what a point writes."""


class Newer(Exception):
    """A bundle has something that only a newer program knows."""


@dataclass
class Content:
    """The lines of a bundle, sorted; ``noted`` are the moments of the entries, in their order."""

    unit: dict[str, Any] = field(default_factory=dict)
    calendars: list[dict[str, Any]] = field(default_factory=list)
    events: list[Line] = field(default_factory=list)
    noted: list[datetime] = field(default_factory=list)
    standings: list[Line] = field(default_factory=list)

    @property
    def first_day(self) -> str:
        """Whether the day of receipt counts at the point."""
        return str(self.unit.get("first_day", "next"))

    def without(self, known: int) -> Content:
        """The same without the first ``known`` entries."""
        return replace(self, events=self.events[known:], noted=self.noted[known:]) if known > 0 else self


class _Month(BaseModel):
    """What is read of a month that a point says of itself."""

    visits: dict[str, NonNegativeInt] = Field(default_factory=dict)
    slips: NonNegativeInt = 0
    satisfied: NonNegativeInt = 0


class _Year(BaseModel):
    """What is read of a year."""

    model_config = ConfigDict(strict=True)

    frozen: bool = False
    table3: list[list[int]] = Field(default_factory=list, max_length=100)
    table_two: dict[str, Annotated[list[str | int | float], Field(max_length=20)]] = Field(default_factory=dict)


class _Owed(BaseModel):
    """One thing that is to be published."""

    duty: str | None = None
    item: str = ""


class _Published(BaseModel):
    """What is read of the catalogue."""

    entries: NonNegativeInt = 0
    owed: list[_Owed] = Field(default_factory=list)
    owed_all: NonNegativeInt = 0


READ: dict[str, type[BaseModel]] = {"month": _Month, "year": _Year, "published": _Published, "answer": TaskAnswer}


def content_of(lines: Iterator[Line], program: str) -> Content:
    """The lines by their kinds, each looked at; ``program`` is the version that wrote them. Raises Malformed, Newer, DeskError."""
    found = Content()
    try:
        for line in lines:
            _add(found, line)
        if found.first_day not in ("next", "same"):
            raise Malformed
        calendar_of(found.calendars)
    except ValidationError as error:
        raise _what(error, program) from error
    except UNFIT as error:
        raise Malformed from error
    except Malformed as error:
        raise (Newer if _later(program) else Malformed) from error
    return found


def checked_events(lines: Sequence[Line], program: str) -> list[AnyEvent]:
    """The entries of lines. Raises Malformed, Newer, by the first that does not fit."""
    found: list[AnyEvent] = []
    for start in range(0, len(lines), AT_ONCE):
        part = lines[start : start + AT_ONCE]
        try:
            made = ENTRIES.validate_python([line[7] for line in part])
        except ValidationError:
            made = [_entry(line, program) for line in part]  # which of them it is, and what it is
        for line, event in zip(part, made, strict=True):
            _check(line, event)
        found += made
    return found


def _entry(line: Line, program: str) -> AnyEvent:
    try:
        found = EVENT.validate_python(line[7])
    except ValidationError as error:
        raise _what(error, program) from error
    _check(line, found)
    return found


def _check(line: Line, event: AnyEvent) -> None:
    """Raise Malformed for an entry whose days or place no desk writes."""
    values = vars(event)
    for name in _days_in(type(event)):
        day = values[name]
        if isinstance(day, date) and day.year not in YEARS:
            raise Malformed
    if (line[5] == "received") != (line[4] == 0) or not NUMBER.fullmatch(values.get("case_no", "-")):
        raise Malformed


@cache
def _days_in(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of an act that may be days."""
    return tuple(name for name, known in kind.model_fields.items() if _may_be_day(known.annotation))


def _may_be_day(annotation: Any) -> bool:
    return annotation is date or any(map(_may_be_day, get_args(annotation)))


def moment(text: str) -> str:
    """A moment as texts that sort by it. Raises Malformed for what is none."""
    return as_moment(read_moment(text))


def read_moment(text: str) -> datetime:
    """A moment, in the years that an entry may have. Raises Malformed for what is none."""
    found = moment_of(text)
    if found is None or found.year not in YEARS:
        raise Malformed
    return found


def as_moment(at: datetime) -> str:
    """A moment as texts that sort by it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _what(error: ValidationError, program: str) -> Exception:
    """Whether a form that does not fit is nonsense or from a newer program."""
    unknown = {each["type"] for each in error.errors(include_url=False, include_input=False)} <= UNKNOWN_YET
    return Newer() if unknown or _later(program) else Malformed()


def _later(program: str) -> bool:
    """Whether a version is later than that of this program."""
    numbers = [[int(part) for part in re.findall(r"\d{1,6}", text)] for text in (program, __version__)]
    return numbers[0] > numbers[1]


def _add(found: Content, line: Any) -> None:
    """One line to the others of its kind."""
    if not isinstance(line, list) or not line or not isinstance(line[0], str):
        raise Malformed
    kind = line[0]
    if kind not in KINDS and KIND.fullmatch(kind) and len(line) > 1:
        raise Newer
    if KINDS.get(kind) != len(line):
        raise Malformed
    if kind == "event":
        found.noted.append(_noted(line))
        found.events.append(line)
    elif kind == "standing":
        found.standings.append(_standing(line))
    elif kind == "unit" and isinstance(line[1], dict):
        found.unit = line[1]
    elif kind == "calendars" and isinstance(line[1], list) and len(str(line[1])) <= LARGEST_CALENDARS:
        found.calendars = line[1]
    else:
        raise Malformed


def _noted(line: Line) -> datetime:
    """The moment of an entry whose places and names are those of an entry; its body is looked at when it is new."""
    _, seq, event_id, case_id, n, act, at, body, link = line
    if type(seq) is not int or type(n) is not int or not isinstance(body, dict) or body.get("act") != act:
        raise Malformed
    if not 0 < seq <= LARGEST_PLACE or not 0 <= n < 1_000_000:
        raise Malformed
    if len(at) > 40 or not NAMES.fullmatch(" ".join((event_id, case_id, act, link))):
        raise Malformed
    return read_moment(at)


def _standing(line: Line) -> Line:
    """Figures of a kind, as far as they are read here."""
    _, kind, key, body = line
    if not KIND.fullmatch(kind) or not KEY.fullmatch(key) or not isinstance(body, dict):
        raise Malformed
    if len(str(body)) > LARGEST_STANDING:
        raise Malformed
    if kind in READ:
        READ[kind].model_validate(body)
    return line
