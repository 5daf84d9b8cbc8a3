"""Setting text: characters with faces and widths -> spans at their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from letters.document import Line, Role, Span
from letters.grid import BODY, LEFT, TRACKING, WIDTH
from letters.linebreak import Glyph, Placed

SAME_TRACKING = 0.002  # pt; a smaller difference is none


class Metrics(Protocol):
    """What setting needs of a font book."""

    def face_for(self, char: str, role: Role = "fangsong") -> str:
        """The face for a character."""

    def faces_for_name(self, name: str, role: Role = "fangsong") -> list[str]:
        """The faces for a name, one a character."""

    def advance(self, face: str, char: str) -> float:
        """A character's width in 1/1000 em."""


def glyphs_of(
    text: str, metrics: Metrics, names: Sequence[str], *,
    size: float = BODY, role: Role = "fangsong", tracking: float = TRACKING,
) -> list[Glyph]:  # fmt: skip
    """The characters of a text with their faces and widths; every name stands in one face."""
    faces = [""] * len(text)
    for name in filter(None, names):
        at = text.find(name)
        while at >= 0:
            faces[at : at + len(name)] = metrics.faces_for_name(name, role)
            at = text.find(name, at + len(name))
    chosen = [face or metrics.face_for(char, role) for face, char in zip(faces, text, strict=True)]
    return [Glyph(c, f, metrics.advance(f, c) * size / 1000 + tracking) for c, f in zip(text, chosen, strict=True)]


def spans_of(placed: Sequence[Placed], size: float = BODY, offset: float = 0.0) -> tuple[Span, ...]:
    """Glyphs in their places as spans: one span as long as face and spacing stay the same. ``offset`` pt from the left
    edge of the block is where their own zero lies."""
    if not placed:
        return ()
    natural = TRACKING if size == BODY else 0.0
    spans: list[Span] = []
    start, face = 0, placed[0].glyph.face
    tracking = _tracking(placed, 0, natural)
    last = len(placed) - 1
    for n in range(1, len(placed)):
        following = tracking if n == last else _tracking(placed, n, natural)
        if placed[n].glyph.face != face or abs(following - tracking) >= SAME_TRACKING:
            spans.append(_span(placed, start, n, size, offset, tracking))
            start, face = n, placed[n].glyph.face
            tracking = _tracking(placed, n, natural)
    return (*spans, _span(placed, start, last + 1, size, offset, tracking))


def _tracking(placed: Sequence[Placed], n: int, natural: float) -> float:
    """What is added after a glyph beyond its own width; after the last of a line, what is usual."""
    if n + 1 == len(placed):
        return natural
    item = placed[n]
    return placed[n + 1].x - item.x - item.glyph.width + natural


def _span(placed: Sequence[Placed], start: int, end: int, size: float, offset: float, tracking: float) -> Span:
    text = "".join([item.glyph.char for item in placed[start:end]])
    first = placed[start]
    return Span(text, first.glyph.face, size, LEFT + offset + first.x, round(tracking, 4))


def set_at(glyphs: Sequence[Glyph], x: float, size: float = BODY) -> tuple[Span, ...]:
    """Glyphs one after the other from ``x`` pt of the block on."""
    placed = []
    for glyph in glyphs:
        placed.append(Placed(glyph, x))
        x += glyph.width
    return spans_of(placed, size)


def width_of(text: str, size: float, metrics: Metrics, role: Role = "title") -> float:
    """The width of a text in pt."""
    return sum(metrics.advance(metrics.face_for(c, role), c) for c in text) * size / 1000


def centred(text: str, y: float, size: float, metrics: Metrics, red: bool = False, row: int | None = None) -> Line:
    """A line of the title face in the middle of the block."""
    faces = metrics.faces_for_name(text, "title")
    widths = [metrics.advance(f, c) * size / 1000 for f, c in zip(faces, text, strict=True)]
    x = LEFT + (WIDTH - sum(widths)) / 2
    spans: list[Span] = []
    for char, face, width in zip(text, faces, widths, strict=True):
        if spans and spans[-1].face == face:
            spans[-1] = replace(spans[-1], text=spans[-1].text + char)
        else:
            spans.append(Span(char, face, size, x))
        x += width
    return Line(y=y, spans=tuple(spans), red=red, row=row)
