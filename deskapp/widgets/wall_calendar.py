"""The clock of a case as a wall calendar: two months beside each other, below each other where that is too wide; the date, and below it
what the day is to the case.

Drawn line by line: other months, another case, another day under the cursor are one repaint and no layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType

from deskapp.law.wall import WEEK, Wall, WallDay, first_of, months_on, weeks
from deskapp.widgets.look import style
from deskapp.widgets.pane import Line
from deskapp.widgets.prose import broken
from deskapp.widgets.surface import Surface

CELL, BETWEEN = 3, 3  # cells of a day, of the gap between two months
MONTH = 7 * CELL - 1
TWO = 2 * MONTH + BETWEEN  # cells of two months
HEAD = 2  # rows above the weeks
STACKED = 2 * (HEAD + 6) + 5  # rows of two months below each other in one storey, a blank between them, the legend


@dataclass(frozen=True)
class Inks:
    """The styles that days are painted with, each laid over ``base``."""

    base: Style
    quiet: Style
    accent: Style
    walked: Style
    mark: Style
    late: Style
    last: Style
    last_late: Style

    @classmethod
    def of(cls, app: App[Any], base: Style) -> Inks:
        """Those of the theme that is chosen."""
        plain = {name: base + style(app, name) for name in ("quiet", "accent", "walked", "mark", "late")}
        reversed_ = {"last": "accent", "last_late": "late"}
        return cls(base, **plain, **{key: base + style(app, use, reverse=True) for key, use in reversed_.items()})

    def strong(self, late: bool) -> Style:
        """For the number of days that are left, or past."""
        return self.late if late else self.base + Style(bold=True)

    def cell(self, late: bool) -> Style:
        """For a painted cell of a figure: a blank on the ink of what it says."""
        ink = self.late if late else self.accent
        if ink.color is None or ink.color.is_default:
            return self.base + Style(reverse=True)
        on_ground = ink.bgcolor is not None and ink.bgcolor != self.base.bgcolor
        return Style(bgcolor=ink.bgcolor if on_ground else ink.color)

    def pair(self, day: WallDay) -> tuple[Style, Style]:
        """How the date and the word of a day are written."""
        word = self._word(day)
        date_ = word if day.kind in ("last", "off") or (day.kind == "late" and day.word == "末") else self.base
        if day.kind == "paused":
            date_ = word
        elif day.walked and day.kind not in ("last", "late"):
            ground = Style(bgcolor=self.walked.bgcolor)
            date_, word = date_ + ground, word + ground
        return (self.base + Style(reverse=True) if day.today else date_), word

    def _word(self, day: WallDay) -> Style:
        if day.kind == "late":
            return self.last_late if day.word == "末" else self.late
        styles = {
            "last": self.last,
            "off": self.quiet,
            "provisional": self.quiet,
            "paused": self.mark,
            "start": self.accent + Style(bold=True),
            "extended": self.accent,
            "safe": self.accent + Style(underline=True),
            "act": self.base + Style(bold=True),
            "added": self.base + Style(bold=True),
        }
        return styles.get(day.kind, self.base)


def month_lines(wall: Wall, month: date, storeys: int, inks: Inks, chosen: date | None = None) -> list[Line]:
    """A month in lines of :data:`MONTH` cells: its title, the weekdays, one or two lines a week."""
    title = wall.title(month)
    before = (MONTH - cell_len(title)) // 2
    head = Segment(" " * before + title + " " * (MONTH - before - cell_len(title)), inks.base)
    lines = [[head], [Segment(" ".join(WEEK), inks.quiet)]]
    for week in weeks(month):
        days = [wall.on(day) if day else None for day in week]
        if storeys == 1:
            lines.append(_storey(days, inks, 0, chosen, whole=True))
        else:
            lines += [_storey(days, inks, storey, chosen) for storey in (0, 1)]
    return lines


def _storey(
    days: Sequence[WallDay | None], inks: Inks, storey: int, chosen: date | None, whole: bool = False
) -> list[Segment]:
    """One line of a week: its dates or its words; ``whole`` puts the word where the date would be."""
    line: list[Segment] = []
    for at, day in enumerate(days):
        if day is None:
            line.append(Segment("  ", inks.base))
        else:
            ways = inks.pair(day)
            says_word = storey == 1 or (whole and day.word)
            text = day.word if says_word else str(day.date.day)
            how = ways[0] if whole and day.today else ways[1 if says_word else 0]
            if day.date == chosen:
                how += Style(reverse=True, bold=True)
            line.append(Segment(_two_cells(text), how))
        if at < 6:
            line.append(_gap(line, day, days[at + 1], inks))
    return line


def _two_cells(text: str) -> str:
    return " " * (2 - cell_len(text)) + text


def _gap(line: list[Segment], day: WallDay | None, after: WallDay | None, inks: Inks) -> Segment:
    """The blank between two days: painted where both belong to one band, none after a number of three signs."""
    if cell_len(line[-1].text) > 2:
        return Segment("", inks.base)
    if day and after and day.walked and after.walked:
        return Segment(" ", Style(bgcolor=inks.walked.bgcolor) if inks.walked.bgcolor else inks.base)
    if day and after and day.kind == after.kind == "paused":
        return Segment(" ", inks.mark)
    return Segment(" ", inks.base)


def legend_lines(wall: Wall, months: Sequence[date], width: int, inks: Inks) -> list[Line]:
    """What the words mean that occur in these months, and which letters have not arrived."""
    lines: list[list[str]] = [[]]
    for word, meaning in wall.legend(months):
        part = f"{word} {meaning}"
        if lines[-1] and cell_len("  ".join([*lines[-1], part])) > width:
            lines.append([])
        lines[-1].append(part)
    texts = ["  ".join(line) for line in lines if line]
    texts += [line for text in wall.waiting for line in broken(Text(text), width).plain.split("\n")]
    return [[Segment(text, inks.quiet)] for text in texts]


def calendar_lines(
    wall: Wall, months: Sequence[date], height: int, inks: Inks, chosen: date | None = None
) -> list[Line]:
    """Months side by side in at most ``height`` lines: in one storey where two do not fit."""
    rows = max(len(weeks(month)) for month in months)
    storeys = 2 if HEAD + 2 * rows <= height else 1
    blocks = [month_lines(wall, month, storeys, inks, chosen) for month in months]
    blank = [Segment(" " * MONTH, inks.base)]
    lines = []
    for at in range(HEAD + storeys * rows):
        line: list[Segment] = []
        for n, block in enumerate(blocks):
            line += [Segment(" " * BETWEEN, inks.base)] if n else []
            line += block[at] if at < len(block) else blank
        lines.append(line)
    return lines[:height]


def stacked_lines(
    wall: Wall, months: Sequence[date], height: int, inks: Inks, chosen: date | None = None
) -> list[Line]:
    """Months below each other in at most ``height`` lines, a blank one between two: all in one storey where two do not fit."""
    storeys = 2 if sum(HEAD + 2 * len(weeks(month)) + 1 for month in months) - 1 <= height else 1
    blocks = [month_lines(wall, month, storeys, inks, chosen) for month in months]
    lines = [line for block in blocks for line in ([], *block)]
    return lines[1 : height + 1]


class WallCalendar(Surface, can_focus=True):
    """A clock's calendar; with the keys, arrows walk the days and a line tells the one under the cursor, PgUp and PgDn the months."""

    DEFAULT_CSS = "WallCalendar { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "walk(1)", show=False),
        Binding("left", "walk(-1)", show=False),
        Binding("down", "walk(7)", show=False),
        Binding("up", "walk(-7)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("home", "today", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wall: Wall | None = None
        self._months: list[date] = []
        self.chosen: date | None = None  # the day under the cursor

    def show(self, wall: Wall | None) -> None:
        """The calendar of another clock, or of none."""
        if wall != self._wall:
            self._wall, self.chosen = wall, None
            self._months = []
            self.draw_again()

    @property
    def told(self) -> str:
        """The day under the cursor in a line."""
        return self._wall.on(self.chosen).line if self._wall and self.chosen else ""

    @property
    def _stacked(self) -> bool:
        """Whether the months stand below each other."""
        return self.size.width < TWO and self.size.height >= STACKED

    @property
    def months(self) -> list[date]:
        """The months that are shown: as many as there is room for."""
        most = 2 if self.size.width >= TWO or self._stacked else 1
        if self._wall and len(self._months) != most:
            self._months = self._wall.months(most)
        return self._months

    # -- drawing -----------------------------------------------------------------------------------------------

    def drawn(self) -> list[Line]:
        """The months, the day under the cursor in words, what the marks mean."""
        if self._wall is None:
            return []
        inks = Inks.of(self.app, self.rich_style)
        width, height = self.size.width, self.size.height
        chosen = self.chosen if self.has_focus else None
        told = broken(Text(self.told), width).plain.split("\n") if chosen else []
        legend = legend_lines(self._wall, self.months, width, inks)
        room = height - max(len(told), 1)
        if self._stacked:
            lines = stacked_lines(self._wall, self.months, room - len(legend), inks, chosen)
        else:
            lines = calendar_lines(self._wall, self.months, room, inks, chosen)
        below = [[Segment(line, inks.base + Style(bold=True))] for line in told] + legend
        if len(lines) + 1 + len(below) <= height:
            lines.append([])
        return (lines + below)[:height]

    # -- keys --------------------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        """The cursor comes to today, or to where it was."""
        if self._wall and self.chosen is None:
            self.chosen = min(max(self._wall.today, self._wall.days[0].date), max(self._wall.last, self._wall.today))
            self._bring()
        self.draw_again()

    def on_blur(self) -> None:
        """The cursor is not shown."""
        self.draw_again()

    def action_walk(self, days: int) -> None:
        """So many days on."""
        self._choose(self.chosen + timedelta(days=days) if self.chosen else None)

    def action_turn(self, months: int) -> None:
        """So many months on; the cursor goes with them."""
        if self._wall and self.chosen:
            self._months = [months_on(month, months) for month in self.months]
            to = months_on(first_of(self.chosen), months)
            last = months_on(to, 1) - timedelta(days=1)
            self._choose(min(to.replace(day=1) + timedelta(days=self.chosen.day - 1), last))

    def action_today(self) -> None:
        """Back to the day it is."""
        self._choose(self._wall.today if self._wall else None)

    def _choose(self, day: date | None) -> None:
        if day is not None:
            self.chosen = day
            self._bring()
            self.draw_again()

    def _bring(self) -> None:
        """Show the month of the day under the cursor."""
        months, chosen = self.months, self.chosen
        if not chosen or first_of(chosen) in months or not months:
            return
        if chosen < months[0]:
            self._months = [months_on(first_of(chosen), n) for n in range(len(months))]
        else:
            back = len(months) - 1
            self._months = [months_on(first_of(chosen), n - back) for n in range(len(months))]
