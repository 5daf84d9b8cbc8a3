"""What a line of a table is: a record, or no record and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Number(Enum):
    """What numbers a line: a number of its own; that of the line above, by a merged cell; none, where the lines have them; nothing that
    tells it."""

    OWN = auto()
    ABOVE = auto()
    NONE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class LeftOut:
    """A line that is no record, and why."""

    line: int
    why: str
    sheet: str = ""


@dataclass(frozen=True)
class TableRecord:
    """A line that is a record: its cells by column, why some of them are not what was meant, the title nearest above it, and the year that
    the sheet's name or title tells (0: none), with where that stands, or what stands there where it is not one. ``refused`` says why none
    of its cells can be taken, whatever stands in them: that, which ``lost`` has too, is the one thing to be said of it. ``from_above`` are
    the columns that a merged cell fills, ``number`` is what numbers the line, ``rest`` what stands in the columns that are not taken, by
    their names in the file."""

    line: int
    cells: dict[str, str]
    lost: dict[str, str]
    sheet: str = ""
    year: int = 0
    title: str = ""
    year_from: str = ""
    refused: str = ""
    from_above: frozenset[str] = frozenset()
    number: Number = Number.UNKNOWN
    rest: Mapping[str, str] = field(default_factory=dict)
