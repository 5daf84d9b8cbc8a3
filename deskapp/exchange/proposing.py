"""What the columns and the words of an office's own ledger most likely stand for, to be looked at by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import LEDGER, WORDED, allowed_words
from deskapp.exchange.table import OpenTable
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import LONGEST_WORD, MOST_WORDS, looked_at
from deskapp.law.categories import find_category


@dataclass(frozen=True)
class MappingProposal:
    """What is believed of an office's table: the names of its columns with what they stand for (empty: nothing of ours), the first cell of
    each, the words of each column that nobody knows with how often they stand there, the sheets that have a heading with their lines."""

    names: dict[str, str]
    samples: dict[str, str]
    words: dict[str, Counter[str]]
    sheets: tuple[tuple[str, int], ...]


def proposed(path: Path, options: LedgerOptions) -> Iterator[MappingProposal]:
    """What is believed of a file; the one thing that it yields. Raises DeskError where there is no heading at all."""
    choice = TableChoice(options.mapping.columns, options.sheet, options.every)
    names, samples, sheets = looked_at(path, LEDGER, choice)
    mapping = {**options.mapping.columns, **names}
    every = options.every or (len(sheets) > 1 and not options.sheet)
    table = OpenTable(path, LEDGER, mapping, options.sheet, every, partial=True)
    words: dict[str, Counter[str]] = {}
    allowed = allowed_words()
    for record in table.records():
        for column in (column for column in allowed if record.cells[column]):
            text = record.cells[column]
            known = find_category(text) is not None if column in WORDED else text in allowed[column]
            found = words.setdefault(column, Counter())
            if not known and len(text) <= LONGEST_WORD and (text in found or len(found) < MOST_WORDS):
                found[text] += 1
    table.close()
    yield MappingProposal(names, samples, {column: found for column, found in words.items() if found}, sheets)
