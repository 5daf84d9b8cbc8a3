"""A scan without words: its rows by where it is dark, and its words where this computer can read scans.

The program of others reads a picture that we drew, in a process of its own with a limit of time. What it reads may be wrong and is said to be so.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable, Iterator

from deskapp.exchange.placed import PlacedText
from deskapp.exchange.scans import can_read, placed_on
from deskapp.redaction.pages import GAP, Area, Char, TextLine, lines_of
from deskapp.redaction.reading import Drawn

PATIENCE_S = 120  # for one page
DARK = 160  # of 255: what is darker is ink
INK = 0.002  # share of a row of pixels that is dark where something stands on it
LEAST_PT, APART_PT = 4.0, 1.5  # a row is at least so high; a smaller gap does not part two
MARGIN_PT = 1.0
FULL_WIDTH = "\u2e80"  # from here on signs are twice as wide as digits
SLACK = 0.7  # of the height of a word, that its box may miss at either end


def rows_on(drawn: Drawn) -> tuple[TextLine, ...]:
    """The rows that are seen on a page, from the top, as lines without words."""
    pixels, k = drawn.pixels(), 72 / drawn.dots
    ink = bytes(sign < DARK for sign in range(256))
    dark = []
    for n in range(drawn.height):
        row = pixels[n * drawn.width : (n + 1) * drawn.width].translate(ink)
        dark.append(row.count(1) > INK * drawn.width)
    width = drawn.width * k
    return tuple(
        TextLine(Area(0.0, max(0.0, top * k - MARGIN_PT), width, bottom * k + MARGIN_PT))
        for top, bottom in _bands(dark, APART_PT / k)
        if (bottom - top) * k >= LEAST_PT
    )


def _bands(dark: list[bool], gap: float) -> Iterator[tuple[int, int]]:
    """Where rows of pixels are dark one after the other, gaps below ``gap`` closed."""
    start, last = -1, -1
    for n, is_dark in enumerate(dark):
        if not is_dark:
            continue
        if start >= 0 and n - last > gap:
            yield start, last + 1
            start = -1
        start, last = (n if start < 0 else start), n
    if start >= 0:
        yield start, last + 1


def words_on(drawn: Drawn) -> tuple[TextLine, ...]:
    """The lines that are read off a page; none where nothing is, or this computer cannot read scans."""
    if not can_read():
        return ()
    try:
        read = placed_on(_png(drawn), drawn.dots, PATIENCE_S)
    except (OSError, subprocess.SubprocessError):
        return ()
    return lines_of(_chars(read, 72 / drawn.dots))


def _png(drawn: Drawn) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels()).save(file, "PNG", dpi=(drawn.dots, drawn.dots))
    return file.getvalue()


def _chars(words: Iterable[PlacedText], k: float) -> Iterator[Char]:
    """The words as characters, each with its share of the word's box and a good part of its neighbours': the reader's boxes miss a stroke
    now and then."""
    n, before = 0, Area(0, 0, 0, 0)
    for word in words:
        text = "".join(word.text.split())
        if not text:
            continue
        box = Area(word.left * k, word.top * k, word.right * k, word.bottom * k)
        widths = [1 if sign < FULL_WIDTH else 2 for sign in text]
        share, at, blank = (box.right - box.left) / sum(widths), box.left, box.left - before.right > GAP * box.height
        for sign, cells in zip(text, widths, strict=True):
            right = at + cells * share
            around_it = Area(
                at - SLACK * box.height, box.top - MARGIN_PT, right + SLACK * box.height, box.bottom + MARGIN_PT
            )
            yield Char(sign, around_it, n, blank)
            at, n, blank = right, n + 1, False
        before = box
