"""Tables in web pages, which some systems save under the name of .xls: the largest table of the page."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.tables.grid import MOST_COLUMNS, TableLine, text_of
from deskapp.exchange.tables.text import encoding_of

LARGEST = 50_000_000  # bytes


class _Tables(HTMLParser):
    """The tables of a page as rows of texts; cells that reach over several rows or columns are filled."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._down: dict[tuple[int, int], str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, or a break in one begins."""
        of = dict(attrs)
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._end_cell()
            self._cell = []
            self._span = _count(of.get("rowspan")), _count(of.get("colspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A cell or a table ends."""
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None or not self._open or not self._open[-1]:
            return
        rows, text = self._open[-1], " ".join("".join(self._cell).split())
        down, right = self._span
        row, number = rows[-1], len(rows) - 1
        while (number, len(row)) in self._down:
            row.append(self._down.pop((number, len(row))))
        for _ in range(right):
            for below in range(1, down):
                self._down[number + below, len(row)] = text
            row.append(text)
        self._cell = None


def _count(text: str | None) -> int:
    return min(int(text), MOST_COLUMNS) if text and text.isdigit() and int(text) > 0 else 1


def lines_of(path: Path) -> Iterator[TableLine]:
    """The lines of the largest table of a page. Raises DeskError where there is none."""
    if path.stat().st_size > LARGEST:
        raise DeskError(f"{path.name} 是网页，太大了。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
    page = _Tables()
    page.feed(path.read_text(encoding=encoding_of(path), errors="replace"))
    page.close()
    table = max(page.tables, key=len, default=[])
    if not table:
        raise DeskError(f"{path.name} 是网页，里面没有表格。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
    for number, row in enumerate(table, 1):
        cells = [text_of(cell) for cell in row[:MOST_COLUMNS]]
        yield TableLine(
            number, tuple(text for text, _ in cells), {at: why for at, (_, why) in enumerate(cells) if why}
        )
