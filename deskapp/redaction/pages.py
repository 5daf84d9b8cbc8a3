"""A page of a paper as it is looked at: its lines, their characters with boxes, and what has to be said of it.

Lengths are pt from the upper left corner of the page as it is shown, whatever its own axes and rotation are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

GAP = 0.45  # of the height of a line: a wider gap is a blank, as between the columns of a table
Spot = tuple[int, int]  # the line of a page, the character of the line


@dataclass(frozen=True)
class Area:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def grown(self, by: float) -> Area:
        """The same with ``by`` more on each side."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)


def around(boxes: Iterable[Area]) -> Area:
    """The box around all of some boxes, at least one."""
    all_ = list(boxes)
    return Area(
        min(b.left for b in all_), min(b.top for b in all_), max(b.right for b in all_), max(b.bottom for b in all_)
    )


@dataclass(frozen=True)
class Char:
    """A character in its box; ``n`` is its place in the order in which the file writes it, ``blank`` whether a blank comes before it there."""

    char: str
    box: Area
    n: int
    blank: bool = False


@dataclass(frozen=True)
class TextLine:
    """Characters beside each other, from the left; none for a row of a scan whose words are not known."""

    box: Area
    chars: tuple[Char, ...] = ()

    @cached_property
    def pieces(self) -> list[tuple[str, int]]:
        """The line as it reads: its characters with their numbers, and blanks (-1) where it leaves a gap."""
        read: list[tuple[str, int]] = []
        for n, char in enumerate(self.chars):
            before = self.chars[n - 1] if n else None
            if before and (char.blank or char.box.left - before.box.right > GAP * char.box.height):
                read.append((" ", -1))
            read.append((char.char, n))
        return read

    @property
    def text(self) -> str:
        """The line as it reads."""
        return "".join(char for char, _ in self.pieces)


@dataclass(frozen=True)
class PaperPage:
    """One page, from 1 on. ``pictures``: a picture stands on it, of which no word is known; ``read_off``: its words were read off a picture
    by a program, and may be wrong; without them a scan has empty lines, the rows that are seen on it. ``unseen`` characters are in the
    file and not on the page as it is shown (a hidden layer, white on white): they are no part of it."""

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    pictures: bool = False
    read_off: bool = False
    unseen: int = 0

    @property
    def not_shown(self) -> str:
        """What is said of characters that are in the file and not on the page as it is shown; empty for none."""
        return (
            f"文件里有{self.unseen}个字在页面上看不见（隐藏的图层、白字），复制件里也没有，没有列"
            if self.unseen
            else ""
        )

    @property
    def wordless(self) -> bool:
        """Whether no word of it is known."""
        return not any(line.chars for line in self.lines)

    def text_of(self, spots: Iterable[Spot]) -> str:
        """The characters at some places, line by line."""
        return "".join(self.lines[line].chars[at].char for line, at in sorted(spots))

    def boxes_of(self, spots: Iterable[Spot]) -> list[Area]:
        """The boxes of some characters: one for those that stand beside each other in a line."""
        boxes: list[Area] = []
        last: Spot | None = None
        for line, at in sorted(spots):
            box = self.lines[line].chars[at].box
            if last is not None and last == (line, at - 1):
                boxes[-1] = around((boxes[-1], box))
            else:
                boxes.append(box)
            last = (line, at)
        return boxes


def apart(a: Area, b: Area) -> float:
    """How far two boxes stand from each other, in the direction in which that is more; 0 where they touch."""
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    return max(across, down, 0.0)


def lines_of(chars: Iterable[Char]) -> tuple[TextLine, ...]:
    """Characters as lines from the top: those that overlap by half their height stand in one, from the left. On a page whose text stands
    upright, lines are its columns from the left, each as the file writes it."""
    seen = sorted((char for char in chars if char.char.strip()), key=lambda c: c.n)
    upright = _upright(seen)

    def reach(char: Char) -> tuple[float, float]:
        return (char.box.left, char.box.right) if upright else (char.box.top, char.box.bottom)

    groups: list[list[Char]] = []
    first = (0.0, 0.0)
    for char in sorted(seen, key=lambda c: sum(reach(c))):
        if groups and _beside(reach(char), first):
            groups[-1].append(char)
        else:
            groups.append([char])
            first = reach(char)
    lines = []
    for group in groups:
        group.sort(key=lambda c: c.n if upright else (c.box.left, c.n))
        lines.append(TextLine(around(c.box for c in group), tuple(group)))
    return tuple(lines)


def _upright(chars: list[Char]) -> bool:
    """Whether most characters stand below or above the one before and not beside it."""
    down = across = 0
    for a, b in pairwise(chars):
        if apart(a.box, b.box) <= b.box.height:
            steps = abs(a.box.left - b.box.left), abs(a.box.top - b.box.top)
            down, across = down + (steps[1] > steps[0]), across + (steps[0] >= steps[1])
    return down > across


def _beside(a: tuple[float, float], b: tuple[float, float]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0.5 * min(a[1] - a[0], b[1] - b[0])
