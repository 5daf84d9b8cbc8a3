"""Notices: plain pages to take home or to hang up, in normal or large type, in the type area of GB/T 9704-2012.

Normal type is the standard's 3号 (16 pt), 28 characters a line, its 28 lines a little closer than a letter's; large type,
for readers with poor sight (条例 43), is 22 pt with lines further apart; a sign is read from across a room. What does not fit goes on
to the next page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from letters.document import Line, Page, Role, Span
from letters.typeset.grid import BASELINE, BODY, HEIGHT, TITLE, TOP, TRACKING, WIDTH
from letters.typeset.linebreak import break_lines
from letters.typeset.titles import break_title
from letters.typeset.typesetting import Metrics, centred, glyphs_of, spans_of, width_of

Type = Literal["normal", "large", "sign"]


@dataclass(frozen=True)
class Part:
    """A paragraph of a notice; a heading is set in 黑体 and not indented."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class _Sizes:
    body: float
    title: float
    pitch: float
    tracking: float

    @property
    def cell(self) -> float:
        """The width of one character with what follows it."""
        return self.body + self.tracking


SIZES: dict[Type, _Sizes] = {
    "normal": _Sizes(BODY, TITLE, HEIGHT / 28, TRACKING),
    "large": _Sizes(22.0, 30.0, HEIGHT / 19, 0.3),
    "sign": _Sizes(36.0, 60.0, HEIGHT / 9, 0.4),
}


def notice(title: str, parts: Sequence[Part], metrics: Metrics, type: Type = "normal") -> list[Page]:
    """The pages of a notice."""
    sizes = SIZES[type]
    lines = break_title(title, lambda text: width_of(text, sizes.title, metrics), WIDTH)
    rows = int(HEIGHT / sizes.pitch + 0.01)
    pages: list[list[Line]] = [
        [centred(text, _y(n, sizes, sizes.title), sizes.title, metrics) for n, text in enumerate(lines)]
    ]
    at = len(lines) + 1
    for part in parts:
        made = list(_set(part, sizes, metrics))
        keep = 2 if part.heading else 1  # a heading does not stand alone at the foot
        if at + keep > rows:
            pages.append([])
            at = 0
        for spans in made:
            if at >= rows:
                pages.append([])
                at = 0
            pages[-1].append(Line(y=_y(at, sizes, sizes.body), spans=spans))
            at += 1
    return [Page(tuple(page)) for page in pages]


def _y(row: int, sizes: _Sizes, size: float) -> float:
    return TOP + row * sizes.pitch + sizes.pitch / 2 + BASELINE * size


def _set(part: Part, sizes: _Sizes, metrics: Metrics) -> Iterator[tuple[Span, ...]]:
    role: Role = "hei" if part.heading else "fangsong"
    glyphs = glyphs_of(part.text, metrics, (), size=sizes.body, role=role, tracking=sizes.tracking)
    for line in break_lines(glyphs, WIDTH, sizes.cell, 0 if part.heading else 2, 0):
        yield spans_of(line, sizes.body)
