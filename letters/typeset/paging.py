"""Rows page by page: what stays together, and what must not stand alone."""

from __future__ import annotations

from dataclasses import dataclass

from letters.typeset.grid import ROWS
from letters.typeset.setting import TextRows
from letters.typeset.tables import GridRow

LEAST = 3  # lines of text on the last page of a form
KEEP = 2  # body lines that stay with the signature
SHORT_PARAGRAPH = 6  # rows; a paragraph no longer than this is not divided just for the signature


@dataclass(frozen=True)
class Chunk:
    """The rows of one page and the row they start at."""

    first: int
    rows: list[GridRow]


def paginate(rows: TextRows, first_row: int, foot: int) -> list[Chunk]:
    """The rows page by page; the tail takes at least two body lines with it, and leaves ``foot`` rows free below.

    Where only the tail does not fit, a short last paragraph goes with it whole.
    """
    chunks: list[Chunk] = []
    text, start, done = list(rows.text), first_row, 0
    below = len(rows.tail) + foot
    while len(text) + below > ROWS - start:
        take = min(ROWS - start, len(text) - (KEEP if below else _last_rows(text)))
        if below and len(text) <= ROWS - start:
            begins = max((n - done for n in rows.starts if n - done <= take), default=0)
            take = begins if begins > 1 and len(text) - begins <= SHORT_PARAGRAPH else take
        take = _part(text, take)
        if take <= 0:
            break
        chunks.append(Chunk(start, text[:take]))
        text, start, done = text[take:], 0, done + take
        if text and text[0].frame and rows.repeat:
            text, done = [*rows.repeat, *text], done - len(rows.repeat)
    chunks.append(Chunk(start, [*text, *rows.tail]))
    return chunks


def _last_rows(text: list[GridRow]) -> int:
    """How many rows at the end of a form hold three lines of text: fewer do not stand alone on its last page."""
    lines = 0
    for n, row in enumerate(reversed(text), 1):
        lines += bool(row.spans)
        if lines == LEAST:
            return n
    return 0


def _part(text: list[GridRow], take: int) -> int:
    """Where the rows may really be parted: not before a glued or an empty one, if any place is left."""
    at = take
    while at > 0 and at < len(text) and (text[at].glued or text[at].blank):
        at -= 1
    return at or take
