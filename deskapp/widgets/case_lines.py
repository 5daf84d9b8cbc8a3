"""A case in lines of cells: what it is, how long is left as a large figure, its calendar; with more room its history and papers too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App

from deskapp.desk.cases.glance import Glance, Told, dated
from deskapp.widgets.left_face import left_lines
from deskapp.widgets.pane import SIDE, TALL, Line, beside, name_line
from deskapp.widgets.prose import broken
from deskapp.widgets.wall_calendar import HEAD, Inks, calendar_lines, legend_lines

LEAST_BESIDE = 22  # cells of the facts that stand beside a calendar


def text_lines(text: str, width: int, ink: Style) -> list[Line]:
    """A text broken to the width."""
    return [[Segment(line, ink)] for line in broken(Text(text), width).plain.split("\n")]


def told_lines(heading: str, told: Iterable[Told], glance: Glance, width: int, inks: Inks) -> list[Line]:
    """A part of the file, the newest first; nothing where it is empty."""
    lines: list[Line] = []
    for item in told:
        day, indent = dated(item.on, glance.wall.today), "  "
        text = "  ".join(part for part in (day, item.name, item.detail) if part)
        hang = cell_len(day) + len(indent)
        lines += [[Segment(line, inks.base)] for line in broken(Text(text), width, hang).plain.split("\n")]
    return [[Segment(heading, inks.accent + Style(bold=True))], *lines] if lines else []


def case_lines(app: App[Any], glance: Glance, base: Style, width: int, height: int) -> list[Line]:
    """A case in ``height`` lines of ``width`` cells: its clock beside everything else where there is room, else one under the other."""
    drawing = _CaseDrawing(app, glance, base, Inks.of(app, base))
    return drawing.lines(width, height)


@dataclass(frozen=True)
class _CaseDrawing:
    """One case being drawn."""

    app: App[Any]
    glance: Glance
    base: Style
    inks: Inks

    def lines(self, width: int, height: int) -> list[Line]:
        """All of it."""
        inks = self.inks
        if width >= SIDE + 3 + LEAST_BESIDE:
            right = [self._heading("申请", inks), *self._whole(self.glance, width - SIDE - 3, inks)]
            left = [self._heading("期限", inks), *self._clock(self.glance, SIDE, height - 1, inks)]
            return beside(self.app, self.base, left, right, SIDE, height)
        return self._stacked(self.glance, width, height, inks)

    def _heading(self, name: str, inks: Inks) -> Line:
        return name_line(self.app, name, inks.base, has_keys=False)

    def _stacked(self, glance: Glance, width: int, height: int, inks: Inks) -> list[Line]:
        """One under the other: the case in short, how long is left, the calendar; more of the case where that leaves room."""
        tall = self.app.size.height >= TALL
        head = [self._heading("申请", inks), *self._short(glance, width, inks, most=3 if tall else 2)]
        left = left_lines(glance.left, inks, tall, width)
        gap: list[Line] = [[]] if tall else []
        below = self._calendar(glance, width, height - len(head) - len(left) - 2 * len(gap), inks)
        lines = [*head, *gap, *left, *gap, *below]
        more = [line for wish in glance.wishes for line in text_lines(wish, width, inks.base)]
        if len(lines) + len(more) <= height:
            lines[len(head) : len(head)] = more
        return lines[:height]

    def _short(self, glance: Glance, width: int, inks: Inks, most: int) -> list[Line]:
        content = text_lines(glance.case.content, width, inks.base)
        return [
            *text_lines(glance.who, width, inks.base + Style(bold=True))[:2],
            *content[:most],
            *text_lines(glance.came, width, inks.quiet)[:1],
        ]

    def _clock(self, glance: Glance, width: int, height: int, inks: Inks) -> list[Line]:
        tall = self.app.size.height >= TALL
        left = left_lines(glance.left, inks, tall, width)
        gap: list[Line] = [[]] if tall else []
        return [*left, *gap, *self._calendar(glance, width, height - len(left) - len(gap), inks)]

    def _calendar(self, glance: Glance, width: int, height: int, inks: Inks) -> list[Line]:
        """The months with their legend, in as many storeys as fit."""
        wall = glance.wall
        months = wall.months(2 if width >= SIDE - 2 else 1)
        legend = legend_lines(wall, months, width, inks)
        lines = calendar_lines(wall, months, max(height - min(len(legend), 2), HEAD), inks)
        spare = height - len(lines) - len(legend)
        return [*lines, *([[]] if spare > 0 else []), *legend][: max(height, 0)]

    def _whole(self, glance: Glance, width: int, inks: Inks) -> list[Line]:
        """Everything that is known, for a pane of its own."""
        parts: Sequence[list[Line]] = (
            [line for wish in glance.wishes for line in text_lines(wish, width, inks.base)],
            text_lines(glance.answer, width, inks.base) if glance.answer else [],
            told_lines("法定经过", glance.law, glance, width, inks),
            told_lines(f"案卷 {len(glance.papers)}份", glance.papers, glance, width, inks),
        )
        lines = self._short(glance, width, inks, most=9)
        for part in parts:
            lines += [[], *part] if part else []
        return lines
