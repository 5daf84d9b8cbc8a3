"""Notices: plain pages to take home or to hang up, in normal or large type, in the type area of GB/T 9704-2012.

Normal type is the standard's 3号 (16 pt), 28 characters a line, its 28 lines a little closer than a letter's; large type,
for readers with poor sight (条例 43), is 22 pt with lines further apart; a sign is read from across a room. What does not fit goes on
to the next page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from letters.document import Line, Page, Role, Span
from letters.typeset.grid import BASELINE, BODY, HEIGHT, TITLE, TOP, TRACKING, WIDTH
from letters.typeset.linebreak import break_lines
from letters.typeset.titles import break_title
from letters.typeset.typesetting import Metrics, centred, glyphs_of, spans_of, under_lines, width_of

Type = Literal["normal", "large", "sign"]


@dataclass(frozen=True)
class Part:
    """A paragraph of a notice; a heading is set in 黑体 and not indented. ``under`` is the same in another language, smaller below it."""

    text: str
    heading: bool = False
    under: str = ""


@dataclass(frozen=True)
class _Sizes:
    body: float
    title: float
    pitch: float
    tracking: float
    under: float

    @property
    def small_row(self) -> float:
        """The height of a line in another language, in rows."""
        return UNDER_PITCH * self.under / self.pitch

    @property
    def cell(self) -> float:
        """The width of one character with what follows it."""
        return self.body + self.tracking


ROUNDED = 0.01  # rows
APART = 0.15  # rows free below a translation, which belongs to what is above it
UNDER_PITCH = 1.3  # of its size: a line in another language
SIZES: dict[Type, _Sizes] = {
    "normal": _Sizes(BODY, TITLE, HEIGHT / 28, TRACKING, 12.0),
    "large": _Sizes(22.0, 30.0, HEIGHT / 19, 0.3, 18.0),
    "sign": _Sizes(36.0, 60.0, HEIGHT / 9, 0.4, 20.0),
}


def notice(title: str, parts: Sequence[Part], metrics: Metrics, type: Type = "normal", under: str = "") -> list[Page]:
    """The pages of a notice; ``under`` is its title in another language."""
    sizes = SIZES[type]
    lines = break_title(title, lambda text: width_of(text, sizes.title, metrics), WIDTH)
    small = under_lines(under, sizes.under, metrics) if under else []
    sheet = _Sheet(sizes, int(HEIGHT / sizes.pitch + 0.01))
    sheet.pages[0] += [centred(text, _y(n, sizes, sizes.title), sizes.title, metrics) for n, text in enumerate(lines)]
    sheet.at = float(len(lines))
    for placed in small:
        spare = (WIDTH - placed[-1].x - placed[-1].glyph.width) / 2
        sheet.add(spans_of(placed, sizes.under, spare), small=True)
    sheet.at += 1
    for n, part in enumerate(parts, 1):
        below = under_lines(part.under, sizes.under, metrics)
        follows = 1 if part.heading and n < len(parts) else 0  # a heading does not stand alone at the foot
        sheet.keep(1 + follows + (len(below) * sizes.small_row if part.heading else 0))
        for spans in _set(part, sizes, metrics):
            sheet.add(spans)
        for placed in below:
            sheet.add(spans_of(placed, sizes.under), small=True)
        sheet.at += APART if below else 0
    return [Page(tuple(page)) for page in sheet.pages]


@dataclass
class _Sheet:
    """Pages that are being filled: ``at`` is the row, or the part of one, at which the next line stands."""

    sizes: _Sizes
    rows: int
    at: float = 0.0
    pages: list[list[Line]] = field(default_factory=lambda: [[]])

    def keep(self, rows: float) -> None:
        """Go on on the next page where less than so many rows are free."""
        if self.at + rows > self.rows + ROUNDED:
            self.pages.append([])
            self.at = 0.0

    def add(self, spans: tuple[Span, ...], small: bool = False) -> None:
        """A line of the text, or of its translation."""
        size, height = (self.sizes.under, self.sizes.small_row) if small else (self.sizes.body, 1.0)
        self.keep(height)
        middle = (self.at + height / 2) * self.sizes.pitch
        self.pages[-1].append(Line(y=TOP + middle + BASELINE * size, spans=spans))
        self.at += height


def _y(row: int, sizes: _Sizes, size: float) -> float:
    return TOP + row * sizes.pitch + sizes.pitch / 2 + BASELINE * size


def _set(part: Part, sizes: _Sizes, metrics: Metrics) -> Iterator[tuple[Span, ...]]:
    role: Role = "hei" if part.heading else "fangsong"
    glyphs = glyphs_of(part.text, metrics, (), size=sizes.body, role=role, tracking=sizes.tracking)
    for line in break_lines(glyphs, WIDTH, sizes.cell, 0 if part.heading else 2, 0):
        yield spans_of(line, sizes.body)
