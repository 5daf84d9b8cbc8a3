"""Text that was read off a picture, with its place, and how pieces of a line are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class PlacedText:
    """A word, or a whole line, in its box: pixels from the upper left corner of the picture."""

    text: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def in_lines(pieces: Iterable[PlacedText]) -> list[list[PlacedText]]:
    """Pieces as lines from the top, each from the left: those whose middles lie within each other's height stand in one."""
    lines: list[list[PlacedText]] = []
    for piece in sorted(pieces, key=lambda p: p.middle[1]):
        if lines and lines[-1][0].top <= piece.middle[1] <= lines[-1][0].bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]
