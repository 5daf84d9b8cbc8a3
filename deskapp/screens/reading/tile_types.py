"""The tiles of the visitors' first page and of their keyboard in each type: as they are, with room between their signs, drawn from blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len

from deskapp.desk.office.machine import DRAWN, NORMAL, SPACED
from deskapp.widgets.large_type import LINES, large_lines
from deskapp.widgets.tiles import written
from letters.pdf.fonts import SHIPPED


class Look(NamedTuple):
    """How tiles look: the least width and height of one, the lines of its text."""

    least: int
    height: int
    made: Callable[[str, int], list[str]]


def spaced_out(text: str, width: int) -> list[str]:
    """A text with room between its wide signs, in lines with room between them."""
    wide = "".join(f"{char} " if cell_len(char) > 1 else char for char in text).rstrip()
    lines = written(wide, width)
    return [piece for n, line in enumerate(lines) for piece in (("", line.strip()) if n else (line.strip(),))]


drawn_large = partial(large_lines, font=SHIPPED / "hei.ttf")


def look_of_first(kind: str, low: bool, wide: int) -> Look:
    """The first page in a type, in a ``low`` window, with ``wide`` cells for a row."""
    return {
        NORMAL: Look(18, 1 if low else 3, written),
        SPACED: Look(34, 3 if low else 5, spaced_out),
        DRAWN: Look(wide, LINES, drawn_large),
    }[kind]


def look_of_letters(kind: str, low: bool) -> Look:
    """The keyboard in a type: a key grows, and its letter stands alone."""
    return {
        NORMAL: Look(4 if low else 6, 1 if low else 3, written),
        SPACED: Look(6 if low else 9, 3 if low else 5, written),
        DRAWN: Look(8 if low else 14, 3 if low else 7, written),
    }[kind]
