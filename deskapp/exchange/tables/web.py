"""Tables in web pages, which some systems save under the name of .xls: each of more than one row is a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.tables.grid import MOST_COLUMNS, SheetInfo, TableLine, text_of
from deskapp.exchange.tables.text import encoding_of
from deskapp.parsing import whole_number

LARGEST = 50_000_000  # bytes
SENTENCE = re.compile("[，。；]")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class _Tables(HTMLParser):
    """The tables of a page as rows of texts; cells that reach over several rows or columns are filled."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.hidden: set[tuple[int, int]] = set()  # rows that the page does not show, by table and number
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
            if "hidden" in of or HIDDEN.search(of.get("style") or ""):
                self.hidden.add((id(self._open[-1]), len(self._open[-1])))
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
    return min(whole_number((text or "").strip()) or 1, MOST_COLUMNS)


def tables_of(path: Path) -> list[list[list[str]]]:
    """The tables of a page as rows of cells. Raises DeskError for a page that is too large."""
    return _read(path).tables


def _read(path: Path) -> _Tables:
    if path.stat().st_size > LARGEST:
        raise DeskError(f"{path.name} 是网页，太大了。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
    page = _Tables()
    page.feed(path.read_text(encoding=encoding_of(path), errors="replace"))
    page.close()
    return page


class _Text(HTMLParser):
    """The text of a page: all outside of tables, scripts and styles, and what are sentences in tables, which old pages are laid out with."""

    BREAKS = ("p", "br", "div", "li", "h1", "h2", "h3", "tr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._closed = self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What is no text begins, or a line."""
        if tag in ("script", "style"):
            self._closed += 1
        elif tag == "table":
            self._tables += 1
        elif tag in self.BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag in ("script", "style"):
            self._closed = max(self._closed - 1, 0)
        elif tag == "table":
            self._tables = max(self._tables - 1, 0)

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._closed and (not self._tables or SENTENCE.search(data)):
            self.parts.append(data)


def text_of_page(path: Path) -> str:
    """The text of a page, without what stands in tables of figures."""
    page = _Text()
    page.feed(path.read_text(encoding=encoding_of(path), errors="replace"))
    page.close()
    return "".join(page.parts).strip()


class WebPage:
    """A page, opened: its tables as sheets. Raises DeskError where there is none."""

    def __init__(self, path: Path) -> None:
        page = _read(path)
        tables, self._hidden = page.tables, page.hidden
        self._tables = [table for table in tables if len(table) > 1] or tables[:1]
        if not self._tables:
            raise DeskError(f"{path.name} 是网页，里面没有表格。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
        several = len(self._tables) > 1
        self.sheets = [SheetInfo(f"第{n}个表" if several else "") for n in range(1, len(self._tables) + 1)]

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a table."""
        for at, row in enumerate(self._tables[number], 1):
            cells = [text_of(cell) for cell in row[:MOST_COLUMNS]]
            lost = {place: why for place, (_, why) in enumerate(cells) if why}
            hidden = (id(self._tables[number]), at) in self._hidden
            yield TableLine(at, tuple(text for text, _ in cells), lost, hidden)

    def close(self) -> None:
        """Nothing: the page is read."""
