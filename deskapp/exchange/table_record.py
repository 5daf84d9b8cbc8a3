"""What a line of a table is: a record, or no record and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LeftOut:
    """A line that is no record, and why."""

    line: int
    why: str
    sheet: str = ""


@dataclass(frozen=True)
class TableRecord:
    """A line that is a record: its cells by column, why some of them are not what was meant, the title nearest above it, and the year that
    the sheet's name or title tells (0: none), with where that stands, or what stands there where it is not one. ``displaced`` says why no
    cell of it is sure: then all are empty, and that is the one thing to be said of it. ``from_above`` are the columns that a merged cell
    fills, and the names of those that only number the lines."""

    line: int
    cells: dict[str, str]
    lost: dict[str, str]
    sheet: str = ""
    year: int = 0
    title: str = ""
    year_from: str = ""
    displaced: str = ""
    from_above: frozenset[str] = frozenset()
