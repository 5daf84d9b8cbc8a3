"""Tables in web pages, which some systems save under the name of .xls: each of more than one row is a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.tables.besides import Aside
from deskapp.exchange.tables.grid import MOST_COLUMNS, SheetInfo, TableLine, bare_text
from deskapp.exchange.tables.merged import refused
from deskapp.exchange.tables.text import encoding_of
from deskapp.parsing import whole_number

LARGEST = 50_000_000  # bytes
MOST_ROWS = 65_534  # that a cell may reach over (HTML Standard, 4.9.11)
SENTENCE = re.compile("[，。；]")
THROUGH = re.compile(r"text-decoration[^;]*line-through", re.I)
STRUCK = ("del", "s", "strike")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class TooWideError(ValueError):
    """A row has more cells than any table of an office."""


@dataclass
class _OpenTable:
    """A table of a page while it is read: its rows, the cell that is open with the rows and columns it reaches over, and what cells
    above reach down with, by column: the text, and up to which row. A table inside of a cell of another has its own."""

    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    down: dict[int, tuple[str, int]] = field(default_factory=dict)

    def end_cell(self) -> None:
        """Write the open cell into every place that it covers."""
        if self.cell is None or not self.rows:
            return
        text = " ".join("".join(self.cell).split())
        below, right = self.span
        self._take_from_above()
        row, last = self.rows[-1], len(self.rows) - 2 + below
        if len(row) >= MOST_COLUMNS and text:
            raise TooWideError
        for _ in range(min(right, MOST_COLUMNS - len(row))):
            self.down[len(row)] = text, last
            row.append(text)
        self.cell = None

    def end_row(self) -> None:
        """Close the row with what reaches down at its end."""
        self.end_cell()
        if self.rows:
            self._take_from_above()

    def _take_from_above(self) -> None:
        row, number = self.rows[-1], len(self.rows) - 1
        while (above := self.down.get(len(row))) and above[1] >= number:
            row.append(above[0])


class _Tables(HTMLParser):
    """The tables of a page as rows of texts; cells that reach over several rows or columns are filled."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.hidden: set[tuple[int, int]] = set()  # rows that the page does not show, by table and number
        self.struck: set[tuple[int, int]] = set()  # rows with words that are struck through
        self._open: list[_OpenTable] = []
        self._through: list[str] = []  # the tags that are open and strike through

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, or a break in one begins."""
        of = dict(attrs)
        if tag == "table":
            self._open.append(_OpenTable())
            self.tables.append(self._open[-1].rows)
            return
        if not self._open:
            return
        if tag in STRUCK or (tag != "br" and THROUGH.search(of.get("style") or "")):
            self._through.append(tag)
        table = self._open[-1]
        if tag == "tr":
            table.end_row()
            table.rows.append([])
            if "hidden" in of or HIDDEN.search(of.get("style") or ""):
                self.hidden.add((id(table.rows), len(table.rows)))
        elif tag in ("td", "th") and table.rows:
            table.end_cell()
            table.cell, table.span = (
                [],
                (_count(of.get("rowspan"), MOST_ROWS), _count(of.get("colspan"), MOST_COLUMNS)),
            )
        elif tag == "br" and table.cell is not None:
            table.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A cell, a row or a table ends."""
        if not self._open:
            return
        if tag in self._through:
            while self._through.pop() != tag:
                pass
        if tag in ("td", "th"):
            self._open[-1].end_cell()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag == "table":
            self._open.pop().end_row()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._open and (cell := self._open[-1].cell) is not None:
            cell.append(data)
            if self._through and data.strip():
                rows = self._open[-1].rows
                self.struck.add((id(rows), len(rows)))


def _count(text: str | None, most: int) -> int:
    return min(whole_number((text or "").strip()) or 1, most)


def tables_of(path: Path) -> list[list[list[str]]]:
    """The tables of a page as rows of cells. Raises DeskError for a page that is too large."""
    return _read(path).tables


def _read(path: Path) -> _Tables:
    if path.stat().st_size > LARGEST:
        raise DeskError(f"{path.name} 是网页，太大了。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
    page = _Tables()
    try:
        page.feed(path.read_text(encoding=encoding_of(path), errors="replace"))
        page.close()
    except TooWideError as error:
        raise refused(path.name, f"有一行超过{MOST_COLUMNS}列，不像办件的表格") from error
    return page


class _Text(HTMLParser):
    """The text of a page: all outside of tables, scripts and styles, and the lines of sentences in tables, which old pages are laid out
    with. What stands between two breaks is a line, in however many pieces the page has it."""

    BREAKS = ("p", "br", "div", "li", "h1", "h2", "h3", "h4", "tr", "td", "th", "table")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._closed = self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What is no text begins, or a line."""
        if tag in ("script", "style"):
            self._closed += 1
        elif tag in self.BREAKS:
            self._end_line()
        if tag == "table":
            self._tables += 1

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag in ("script", "style"):
            self._closed = max(self._closed - 1, 0)
        elif tag in self.BREAKS:
            self._end_line()
        if tag == "table":
            self._tables = max(self._tables - 1, 0)

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._closed:
            self._line.append(data)

    def text(self) -> str:
        """What was read."""
        self._end_line()
        return "\n".join(self._lines)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line = []
        if line and (not self._tables or SENTENCE.search(line)):
            self._lines.append(line)


def text_of_page(path: Path) -> str:
    """The text of a page, without what stands in tables of figures."""
    page = _Text()
    page.feed(path.read_text(encoding=encoding_of(path), errors="replace"))
    page.close()
    return page.text()


class WebPage:
    """A page, opened: its tables as sheets. Raises DeskError where there is none."""

    since_1904 = False

    def __init__(self, path: Path) -> None:
        page = _read(path)
        tables, self._hidden, self._struck = page.tables, page.hidden, page.struck
        self._tables = [table for table in tables if len(table) > 1] or tables[:1]
        if not self._tables:
            raise DeskError(f"{path.name} 是网页，里面没有表格。", "没有导入。", "请在表格软件里打开，另存为 xlsx。")
        several = len(self._tables) > 1
        self.sheets = [SheetInfo(f"第{n}个表" if several else "") for n in range(1, len(self._tables) + 1)]

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a table."""
        for at, row in enumerate(self._tables[number], 1):
            cells = [bare_text(cell) for cell in row[:MOST_COLUMNS]]
            lost = {place: why for place, (_, why) in enumerate(cells) if why}
            row_of = id(self._tables[number]), at
            texts = tuple(text for text, _ in cells)
            yield TableLine(at, texts, lost, row_of in self._hidden, struck=row_of in self._struck)

    def aside(self, number: int) -> Aside:
        """Nothing: a page has no remarks, and what it does not show is read."""
        return Aside()

    def close(self) -> None:
        """Nothing: the page is read."""
