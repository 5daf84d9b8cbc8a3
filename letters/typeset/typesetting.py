"""Setting text: characters with faces and widths -> spans at their places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol
from weakref import WeakKeyDictionary

from letters.document import Line, Role, Span
from letters.typeset.grid import BODY, LEFT, TRACKING, WIDTH
from letters.typeset.linebreak import Glyph, Placed, break_lines

SAME_TRACKING = 0.002  # pt; a smaller difference is none


class Metrics(Protocol):
    """What setting needs of a font book."""

    def face_for(self, char: str, role: Role = "fangsong") -> str:
        """The face for a character."""

    def faces_for_name(self, name: str, role: Role = "fangsong") -> list[str]:
        """The faces for a name, one a character."""

    def advance(self, face: str, char: str) -> float:
        """A character's width in 1/1000 em."""


# Glyphs by font book, then by role, size and tracking, then by character: a letter repeats few characters often.
_KNOWN: WeakKeyDictionary[Metrics, dict[tuple[Role, float, float], dict[str, Glyph]]] = WeakKeyDictionary()


def glyphs_of(
    text: str, metrics: Metrics, names: Sequence[str], *,
    size: float = BODY, role: Role = "fangsong", tracking: float = TRACKING,
) -> list[Glyph]:  # fmt: skip
    """The characters of a text with their faces and widths; every name stands in one face."""
    known = _KNOWN.setdefault(metrics, {}).setdefault((role, size, tracking), {})
    glyphs = [known.get(char) or _learn(known, char, metrics, size, role, tracking) for char in text]
    for name in filter(None, names):
        at = text.find(name)
        while at >= 0:
            faces = metrics.faces_for_name(name, role)
            glyphs[at : at + len(name)] = [
                _glyph(c, f, metrics, size, tracking) for c, f in zip(name, faces, strict=True)
            ]
            at = text.find(name, at + len(name))
    return glyphs


def _learn(
    known: dict[str, Glyph], char: str, metrics: Metrics, size: float, role: Role, tracking: float
) -> Glyph:  # fmt: skip
    """A character seen for the first time in this role and size."""
    known[char] = _glyph(char, metrics.face_for(char, role), metrics, size, tracking)
    return known[char]


def _glyph(char: str, face: str, metrics: Metrics, size: float, tracking: float) -> Glyph:
    return Glyph(char, face, metrics.advance(face, char) * size / 1000 + tracking)


def spans_of(placed: Sequence[Placed], size: float = BODY, offset: float = 0.0) -> tuple[Span, ...]:
    """Glyphs in their places as spans: one span as long as face and spacing stay the same. ``offset`` pt from the left
    edge of the block is where their own zero lies."""
    if not placed:
        return ()
    natural = TRACKING if size == BODY else 0.0
    spans: list[Span] = []
    gaps = [b.x - a.x - a.glyph.width + natural for a, b in pairwise(placed)]
    gaps.append(gaps[-1] if gaps else natural)  # what follows the last glyph shows nowhere
    start, face, tracking = 0, placed[0].glyph.face, gaps[0]
    for n, gap in enumerate(gaps):
        if abs(gap - tracking) >= SAME_TRACKING or placed[n].glyph.face != face:
            spans.append(_span(placed, start, n, size, offset, tracking))
            start, face, tracking = n, placed[n].glyph.face, gap
    return (*spans, _span(placed, start, len(placed), size, offset, tracking))


def _span(placed: Sequence[Placed], start: int, end: int, size: float, offset: float, tracking: float) -> Span:
    text = "".join([item.glyph.char for item in placed[start:end]])
    first = placed[start]
    return Span(text, first.glyph.face, size, LEFT + offset + first.x, round(tracking, 4) + 0.0)  # -0.0 is 0


def set_at(glyphs: Sequence[Glyph], x: float, size: float = BODY) -> tuple[Span, ...]:
    """Glyphs one after the other from ``x`` pt of the block on."""
    placed = []
    for glyph in glyphs:
        placed.append(Placed(glyph, x))
        x += glyph.width
    return spans_of(placed, size)


def width_of(text: str, size: float, metrics: Metrics) -> float:
    """The width of a text of the title face in pt."""
    return sum(glyph.width for glyph in glyphs_of(text, metrics, (), size=size, role="title", tracking=0.0))


def centred(text: str, y: float, size: float, metrics: Metrics, red: bool = False, row: int | None = None) -> Line:
    """A line of the title face in the middle of the block, in one face as a name is."""
    glyphs = glyphs_of(text, metrics, (text,), size=size, role="title", tracking=0.0)
    spare = WIDTH - sum(glyph.width for glyph in glyphs)
    return Line(y=y, spans=set_at(glyphs, spare / 2, size), red=red, row=row)


def under_lines(text: str, size: float, metrics: Metrics, width: float = WIDTH) -> list[list[Placed]]:
    """The lines of a text in another language: from the left, not spread; none for an empty one."""
    glyphs = glyphs_of(text, metrics, (), size=size, tracking=0.0)
    return break_lines(glyphs, width, size, 0, 0, justified=False) if text else []
