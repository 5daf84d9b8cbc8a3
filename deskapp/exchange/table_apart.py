"""A table of a known kind, read in a process of its own; see :mod:`deskapp.exchange.apart`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.heading import Columns
from deskapp.exchange.table import LeftOut, OpenTable, Read, TableRecord


@dataclass(frozen=True)
class TableTally:
    """What was read of a table: the columns that are there, what is to be said, the sheets, the lines that are no records."""

    names: frozenset[str]
    warnings: tuple[str, ...]
    sheets: tuple[Read, ...]
    left_out: tuple[LeftOut, ...]


class TableApart:
    """The records of a table, as they come over. Raises DeskError as :class:`deskapp.exchange.table.OpenTable` does; ``nothing`` says what a
    refusal means to whoever asked."""

    def __init__(
        self, path: Path, columns: Columns, nothing: str = "", mapping: Mapping[str, str] | None = None
    ) -> None:
        self._reader = Apart(
            "deskapp.exchange.table_apart:things_of",
            path,
            columns,
            dict(mapping or {}),
            size=size_of(path),
            nothing=nothing,
        )
        self._things = iter(self._reader)
        self.tally: TableTally = next(self._things)

    def __iter__(self) -> Iterator[TableRecord]:
        """The records."""
        for thing in self._things:
            if isinstance(thing, TableTally):
                self.tally = thing
            else:
                yield thing

    def close(self) -> None:
        """Stop the reader."""
        self._reader.close()


def things_of(path: Path, columns: Columns, mapping: Mapping[str, str]) -> Iterator[TableTally | TableRecord]:
    """What the other process sends."""
    table = OpenTable(path, columns, mapping)
    yield _tally(table)
    yield from table.records()
    yield _tally(table)
    table.close()


def _tally(table: OpenTable) -> TableTally:
    return TableTally(frozenset(table.names), table.warnings, (*table.read, *table.not_read), tuple(table.left_out))
