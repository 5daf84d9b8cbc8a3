"""Paging: lines of a table in parts that fit a ruled page, by the widest of their boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from letters.typeset.ruled import RuledSheet

ROWS, ACROSS = 30, 48  # rows of a page of a table, characters across it; fewer than there is room for
LEAST, LEADING, BESIDE, ROOM = (
    17.1,
    11.6,
    3.0,
    540.0,
)  # pt: a lowest row, a line in a box, what is free in it, a page below its title
T = TypeVar("T")


def parts(lines: Sequence[T], height: Callable[[T], float], room: float = ROWS) -> list[list[T]]:
    """Lines in parts that fit a page, which has ``room``."""
    found: list[list[T]] = []
    left = 0.0
    for line in lines:
        need = height(line)
        if need > left:
            found.append([])
            left = room
        found[-1].append(line)
        left -= need
    return found


def height_of(line: Sequence[str], shares: Sequence[float]) -> int:
    """How many rows of a page a line of the table takes, by the widest of its boxes."""
    rooms = [max(int(ACROSS * share / sum(shares)) - 1, 1) for share in shares]
    return max(-(-len(text) // room) for text, room in zip(line, rooms, strict=True)) or 1


def _points(line: Sequence[str], shares: Sequence[float]) -> float:
    """How high a line of a list is, in pt: signs of ASCII are half as wide as the others."""
    rooms = [max(ACROSS * share / sum(shares) - 1, 1.0) for share in shares]
    wide = (sum(1.0 if not char.isascii() else 0.85 if char.isupper() else 0.55 for char in text) for text in line)
    return max(LEAST, max(-(-width // room) for width, room in zip(wide, rooms, strict=True)) * LEADING + BESIDE)


def paged(
    title: tuple[str, ...], heads: Sequence[str], lines: Sequence[Sequence[str]], shares: Sequence[float], said: Sequence[str]
) -> list[RuledSheet]:  # fmt: skip
    """A list on as many pages as it needs, the heads on each; what is said stands below the last, or on a page of its own."""
    from letters.typeset.ruled import Box, RuledSheet

    sheets = []
    for part in parts(lines, lambda line: _points(line, shares), ROOM) or [[]]:
        boxes = [
            Box(row, column, text=text, centred=not row)
            for row, line in enumerate([heads, *part])
            for column, text in enumerate(line)
        ]
        sheets.append(RuledSheet(title, tuple(boxes), tuple(shares)))
    own = (Box(0, 0, text="说明"),)
    sheets += [
        RuledSheet(title, own, (1.0,), tuple(part))
        for part in parts(said, lambda sentence: height_of([sentence], (1.0,)))
    ]
    return sheets
