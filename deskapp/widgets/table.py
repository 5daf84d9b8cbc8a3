"""Lines of a list in columns: each as wide as what stands in it, one of them takes the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from deskapp.widgets.cells import fit

BETWEEN = 2  # cells
LEAST = 8  # of the column that takes the rest


@dataclass(frozen=True)
class ListColumn:
    """A column: its head, its cells (0 takes the rest), whether what stands in it stands at the right."""

    head: str
    width: int
    right: bool = False

    @classmethod
    def as_wide_as(cls, head: str, texts: Iterable[str], right: bool = False) -> ListColumn:
        """One that cuts nothing."""
        return cls(head, max([cell_len(head), *map(cell_len, texts)]), right)

    @staticmethod
    def filled(columns: Sequence[ListColumn], width: int) -> list[ListColumn]:
        """The same in ``width`` cells: what is left is that of the column without a width."""
        taken = sum(column.width for column in columns) + BETWEEN * (len(columns) - 1)
        return [replace(column, width=column.width or max(width - taken, LEAST)) for column in columns]

    def put(self, text: str) -> str:
        """A text in exactly its cells."""
        words = " ".join(text.split())
        room = self.width - cell_len(words)
        return " " * room + words if self.right and room > 0 else fit(words, self.width)


def line_of(texts: Sequence[str], columns: Sequence[ListColumn]) -> str:
    """A line of the list."""
    return (" " * BETWEEN).join(column.put(text) for text, column in zip(texts, columns, strict=True))
