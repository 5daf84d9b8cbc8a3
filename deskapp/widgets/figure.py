"""Large figures painted by cells: four wide and five high, every cell a blank on a ground, so that no console can misdraw one."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

HEIGHT, GAP = 5, 2  # rows of a figure, cells between two
_ROWS = {
    "0": "#### #  # #  # #  # ####",
    "1": "  #   ##    #    #   ###",
    "2": "####    # #### #    ####",
    "3": "####    # ####    # ####",
    "4": "#  # #  # ####    #    #",
    "5": "#### #    ####    # ####",
    "6": "#### #    #### #  # ####",
    "7": "####    #   #   #    #  ",
    "8": "#### #  # #### #  # ####",
    "9": "#### #  # ####    # ####",
}
FIGURES = {digit: tuple(rows[n * 5 : n * 5 + 4] for n in range(HEIGHT)) for digit, rows in _ROWS.items()}


def figure_rows(number: int) -> list[str]:
    """The rows of a whole number from 0 on, ``#`` where a cell is painted."""
    return [(" " * GAP).join(FIGURES[digit][row] for digit in str(number)) for row in range(HEIGHT)]


def figure_width(number: int) -> int:
    """How many cells wide it is."""
    return len(str(number)) * (4 + GAP) - GAP


def painted(row: str, ink: Style, ground: Style) -> list[Segment]:
    """One row of a figure as cells: blanks on the ink where it is painted."""
    cells: list[Segment] = []
    for sign in row:
        style = ink if sign == "#" else ground
        if cells and cells[-1].style is style:
            cells[-1] = Segment(cells[-1].text + " ", style)
        else:
            cells.append(Segment(" ", style))
    return cells
