"""What a sheet has beside what is read of its cells: which of them are merged, rows and columns that are not shown, remarks that hang on
cells, numbers that are shown with words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_ROWS, MOST_COLUMNS, MOST_MERGES = 1_048_576, 16_384, 200_000
Merge = tuple[int, int, int, int]  # first row, last row, first column, last column
Place = tuple[int, int]  # row and column


@dataclass(frozen=True)
class Aside:
    """The places of columns that are not shown, from 0; how many cells have a remark; whether the file can tell."""

    hidden: frozenset[int] = frozenset()
    remarks: int = 0
    told: bool = True


NOT_TOLD = Aside(told=False)


@dataclass(frozen=True)
class Besides:
    """Of one sheet, all places from 0: merged cells; the first and last row of each run that is not shown; the numbers that are shown with
    words or noughts, as they are shown; the rest."""

    merges: tuple[Merge, ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    shown: Mapping[Place, str] = field(default_factory=dict)
    aside: Aside = NOT_TOLD
