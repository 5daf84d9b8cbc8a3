"""A table of a known kind, read in a process of its own; see :mod:`deskapp.exchange.apart`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deskapp.exchange.apart import Apart, Tallied, size_of
from deskapp.exchange.columns import Columns
from deskapp.exchange.table import OpenTable
from deskapp.exchange.table_record import LeftOut, TableRecord


@dataclass(frozen=True)
class TableChoice:
    """What somebody chose of a file: what its columns stand for, one sheet by its name, or every one that has the heading."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    every: bool = False


@dataclass(frozen=True)
class TableTally:
    """What was read of a table: the columns that are there, what is to be said, the lines that are no records (``left_out_count`` are all
    of them)."""

    names: frozenset[str]
    warnings: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    left_out_count: int = 0


class TableApart(Tallied[TableTally, TableRecord]):
    """The records of a table, read elsewhere. Raises DeskError as :class:`deskapp.exchange.table.OpenTable` does; ``nothing`` says what a
    refusal means to whoever asked."""

    def __init__(self, path: Path, columns: Columns, nothing: str = "", choice: TableChoice | None = None) -> None:
        source = "deskapp.exchange.table_apart:things_of"
        super().__init__(Apart(source, path, columns, choice or TableChoice(), size=size_of(path), nothing=nothing))


def things_of(path: Path, columns: Columns, choice: TableChoice) -> Iterator[TableTally | TableRecord]:
    """What the other process sends."""
    table = OpenTable(path, columns, choice.columns, choice.sheet, choice.every)
    yield _tally(table)
    yield from table.records()
    yield _tally(table)
    table.close()


def _tally(table: OpenTable) -> TableTally:
    left = table.left_out
    return TableTally(frozenset(table.names), table.warnings, tuple(left), len(left) + table.left_out_more)
