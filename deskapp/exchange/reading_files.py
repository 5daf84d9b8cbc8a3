"""A year of the reading point as xlsx: its table, what else is to be said, and a chart of its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskapp.exchange.new_book import new_book

WIDE, NARROW = 26, 12  # characters of the first column, of the others


@dataclass(frozen=True)
class YearTable:
    """A table with a title: the heads of its columns, its lines (whole numbers stay numbers), sentences below, and which columns of
    the first ``charted`` lines are drawn."""

    title: str
    sheet: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str | int, ...], ...]
    said: tuple[str, ...] = ()
    charted: int = 0
    columns: tuple[int, ...] = field(default=())

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands below the columns of the plot."""
        return tuple(str(line[0]) for line in self.lines[: self.charted])

    @property
    def series(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """What is drawn, by name."""
        drawn = self.lines[: self.charted]
        return tuple(
            (self.heads[n], tuple(cell if isinstance(cell := line[n], int) else 0 for line in drawn))
            for n in self.columns
        )


def write_year(table: YearTable, path: Path) -> None:
    """Write a table with its chart. Raises OSError."""
    with new_book(path, table.title) as book:
        page = book.add_worksheet(table.sheet)
        _lines(book, page, table)
        if table.charted:
            _chart(book, page, table)


def _lines(book: Any, page: Any, table: YearTable) -> None:
    bold, text = book.add_format({"bold": True, "font_size": 14}), book.add_format({"border": 1, "num_format": "@"})
    head = book.add_format({"border": 1, "bold": True, "align": "center"})
    number = book.add_format({"border": 1})
    page.write_string(0, 0, table.title, bold)
    page.set_column(0, 0, WIDE)
    page.set_column(1, max(1, len(table.heads) - 1), NARROW)
    for column, name in enumerate(table.heads):
        page.write_string(1, column, name, head)
    for row, line in enumerate(table.lines, 2):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                page.write_number(row, column, cell, number)
            else:
                page.write_string(row, column, cell, text)
    for row, sentence in enumerate(table.said, len(table.lines) + 3):
        page.write_string(row, 0, sentence)


def _chart(book: Any, page: Any, table: YearTable) -> None:
    """Columns beside the table."""
    chart, first, last = book.add_chart({"type": "column"}), 2, 1 + table.charted
    for column in table.columns:
        chart.add_series(
            {
                "name": table.heads[column], "categories": [table.sheet, first, 0, last, 0],
                "values": [table.sheet, first, column, last, column],
            }
        )  # fmt: skip
    chart.set_title({"name": table.title})
    page.insert_chart(1, len(table.heads) + 1, chart, {"x_scale": 1.4, "y_scale": 1.2})


def boxes_of(table: YearTable) -> list[Sequence[str]]:
    """The table as lines of text, its heads first."""
    return [table.heads, *([str(cell) for cell in line] for line in table.lines)]
