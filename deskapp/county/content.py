"""The lines of a bundle as what they must be: a signature says who wrote them, not that they make sense.

Everything is looked at before anything is written, in the forms that the columns and the county's own questions need. What this program
does not know yet (an act, a field, a kind of line) is told apart from nonsense: it waits until the county's program is newer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from deskapp import __version__
from deskapp.exchange.bundle.packing import LARGEST_PLACE, Line
from deskapp.exchange.bundle.tasks import TaskAnswer
from deskapp.law.errors import LawError
from deskapp.parsing import moment_of
from deskapp.register.events import EVENT, AnyEvent
from deskapp.register.records import calendar_of

KINDS = {"unit": 2, "calendars": 2, "event": 9, "standing": 4}  # the lines of a bundle and how long they are
NAME, ACT, LINK = re.compile(r"[0-9A-Za-z_-]{1,40}"), re.compile(r"[a-z_]{1,40}"), re.compile(r"[0-9a-z]{1,64}")
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


class Malformed(Exception):
    """A bundle is signed and whole, and what is in it is not what a point writes."""


class Newer(Exception):
    """A bundle has something that only a newer program knows."""


@dataclass
class Content:
    """The lines of a bundle, sorted."""

    unit: dict[str, Any] = field(default_factory=dict)
    calendars: list[dict[str, Any]] = field(default_factory=list)
    events: list[Line] = field(default_factory=list)
    standings: list[Line] = field(default_factory=list)

    @property
    def first_day(self) -> str:
        """Whether the day of receipt counts at the point."""
        return str(self.unit.get("first_day", "next"))


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


def checked_event(line: Line, program: str) -> AnyEvent:
    """The entry of a line. Raises Malformed, Newer."""
    try:
        found = EVENT.validate_python(line[7])
    except ValidationError as error:
        raise _what(error, program) from error
    days = [value for value in vars(found).values() if isinstance(value, date)]
    if any(day.year not in YEARS for day in days) or (line[5] == "received") != (line[4] == 0):
        raise Malformed
    if not NUMBER.fullmatch(getattr(found, "case_no", "-")):
        raise Malformed
    return found


def moment(text: str) -> str:
    """A moment as texts that sort by it. Raises Malformed for what is none."""
    found = moment_of(text)
    try:
        if found is None or found.year not in YEARS:
            raise Malformed
        return found.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        raise Malformed from error


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
        found.events.append(_event(line))
    elif kind == "standing":
        found.standings.append(_standing(line))
    elif kind == "unit" and isinstance(line[1], dict):
        found.unit = line[1]
    elif kind == "calendars" and isinstance(line[1], list) and len(str(line[1])) <= LARGEST_CALENDARS:
        found.calendars = line[1]
    else:
        raise Malformed


def _event(line: Line) -> Line:
    """An entry whose places, names and moment are those of an entry; its body is looked at when it is new."""
    _, seq, event_id, case_id, n, act, at, body, link = line
    if type(seq) is not int or type(n) is not int or not isinstance(body, dict) or body.get("act") != act:
        raise Malformed
    if not 0 < seq <= LARGEST_PLACE or not 0 <= n < 1_000_000:
        raise Malformed
    if not all(sign.fullmatch(text) for sign, text in ((NAME, event_id), (NAME, case_id), (ACT, act), (LINK, link))):
        raise Malformed
    if len(at) > 40:
        raise Malformed
    moment(at)
    return line


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
