"""A ledger of others is read and checked in a process of its own, while this one writes; see :mod:`deskapp.exchange.apart`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskapp.exchange.apart import Apart, Tallied, size_of
from deskapp.exchange.ledger import Ledger, LedgerLine, LedgerOptions, Tally


class LedgerApart(Tallied[Tally, LedgerLine]):
    """A ledger like :class:`deskapp.exchange.ledger.Ledger`, read elsewhere. Raises DeskError as that does."""

    def __init__(self, path: Path, today: date, options: LedgerOptions) -> None:
        source = "deskapp.exchange.ledger_process:things_of"
        super().__init__(Apart(source, path, today, options, size=size_of(path)))


def things_of(path: Path, today: date, options: LedgerOptions) -> Iterator[Tally | LedgerLine]:
    """What the other process sends: what is known before the first line, the records, what is known after the last."""
    ledger = Ledger(path, today, options)
    yield ledger.tally
    yield from ledger
    yield ledger.tally
    ledger.close()
