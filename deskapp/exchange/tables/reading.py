"""A file of a table, opened in this process: its sheets, and the lines of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from deskapp.exchange.tables import text, web
from deskapp.exchange.tables.besides import Aside
from deskapp.exchange.tables.grid import SheetInfo, TableLine
from deskapp.exchange.tables.kinds import Kind, kind_of


class TableFile:
    """One file. Raises DeskError for one that is no table or cannot be read. A text is one sheet without a name."""

    def __init__(self, path: Path) -> None:
        self.path, self.kind = path, kind_of(path)
        self._book = _book(path, self.kind)
        self.since_1904 = bool(self._book and self._book.since_1904)  # whether its numbers of days count from 1904
        self.sheets: list[SheetInfo] = self._book.sheets if self._book else [SheetInfo("")]

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a sheet, by its place; empty ones may be among them or left out. Raises DeskError."""
        if self._book:
            return self._book.lines(number)
        return text.lines_of(self.path)

    def aside(self, number: int) -> Aside:
        """What a sheet has beside its lines."""
        return self._book.aside(number) if self._book else Aside()

    def close(self) -> None:
        """Close the file."""
        if self._book:
            self._book.close()


class Book(Protocol):
    """A workbook of any kind."""

    sheets: list[SheetInfo]
    since_1904: bool

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a sheet."""

    def aside(self, number: int) -> Aside:
        """What a sheet has beside its lines."""

    def close(self) -> None:
        """Close the file."""


def _book(path: Path, kind: Kind) -> Book | None:
    if kind == "xlsx":
        from deskapp.exchange.tables.workbook import Workbook

        return Workbook(path)
    if kind == "html":
        return web.WebPage(path)
    if kind in ("xls", "xlsb", "ods"):
        from deskapp.exchange.tables.other_books import OtherBook

        return OtherBook(path, kind)
    return None
