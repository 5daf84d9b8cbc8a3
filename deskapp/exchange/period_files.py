"""The monthly page as xlsx: its lines, the late answers, and the months of the year with a plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deskapp.exchange.new_book import new_book
from deskapp.law.period_figures import COLUMNS, Line

WIDTHS = (36, 12, 12, 18)  # characters


def write_period(
    path: Path, title: str, lines: Sequence[Line], late: Sequence[str], months: Sequence[tuple[int, int]], year: int
) -> None:
    """Write the page; ``months`` are what came in and what was closed in each month of ``year``. Raises OSError."""
    with new_book(path, title) as book:
        page, bold = book.add_worksheet("月报"), book.add_format({"bold": True, "font_size": 14})
        box, head = (
            book.add_format({"border": 1, "num_format": "@"}),
            book.add_format({"border": 1, "bold": True, "align": "center"}),
        )
        page.write_string(0, 0, title, bold)
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(1, column, name, head)
        for row, line in enumerate(lines, 2):
            for column, text in enumerate(line):
                page.write_string(row, column, text, box)
        for row, text in enumerate(["超期、逾期的", *late] if late else [], len(lines) + 3):
            page.write_string(row, 0, text)
        _months(book, months, year)


def _months(book: Any, months: Sequence[tuple[int, int]], year: int) -> None:
    """A sheet with the months, and their plot beside them."""
    page = book.add_worksheet("全年走势")
    for column, name in enumerate((f"{year}年", "收到", "办结")):
        page.write_string(0, column, name)
    for row, (received, closed) in enumerate(months, 1):
        page.write_string(row, 0, f"{row}月")
        page.write_number(row, 1, received)
        page.write_number(row, 2, closed)
    chart = book.add_chart({"type": "column"})
    for column, name in ((1, "收到"), (2, "办结")):
        span = ["全年走势", 1, column, len(months), column]
        chart.add_series({"name": name, "categories": ["全年走势", 1, 0, len(months), 0], "values": span})
    chart.set_title({"name": f"{year}年每月收到和办结的件数"})
    page.insert_chart("E2", chart, {"x_scale": 1.4, "y_scale": 1.2})
