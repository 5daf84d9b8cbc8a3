"""A table of a known kind, read in a process of its own; see :mod:`deskapp.exchange.apart`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp.exchange.apart import Apart, Tallied, size_of
from deskapp.exchange.heading import Columns
from deskapp.exchange.table import LeftOut, OpenTable, TableRecord


@dataclass(frozen=True)
class TableTally:
    """What was read of a table: the columns that are there, what is to be said, the lines that are no records."""

    names: frozenset[str]
    warnings: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


class TableApart(Tallied[TableTally, TableRecord]):
    """The records of a table, read elsewhere. Raises DeskError as :class:`deskapp.exchange.table.OpenTable` does; ``nothing`` says what a
    refusal means to whoever asked."""

    def __init__(self, path: Path, columns: Columns, nothing: str = "") -> None:
        source = "deskapp.exchange.table_apart:things_of"
        super().__init__(Apart(source, path, columns, size=size_of(path), nothing=nothing))


def things_of(path: Path, columns: Columns) -> Iterator[TableTally | TableRecord]:
    """What the other process sends."""
    table = OpenTable(path, columns)
    yield _tally(table)
    yield from table.records()
    yield _tally(table)
    table.close()


def _tally(table: OpenTable) -> TableTally:
    return TableTally(frozenset(table.names), table.warnings, tuple(table.left_out))
