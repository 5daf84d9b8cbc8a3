"""What the columns and the words of an office's own ledger most likely stand for, to be looked at by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.heading import LOOKED_AT, best_heading
from deskapp.exchange.ledger import ALLOWED, LEDGER, LedgerOptions
from deskapp.exchange.table import OpenTable
from deskapp.exchange.tables.reading import TableFile
from deskapp.law.categories import categories, find_category

WORDED = ("答复类型", "重新答复类型")
MOST_WORDS = 200  # of one column; more are no words of an office
LONGEST_WORD = 40  # characters


def allowed_words() -> dict[str, tuple[str, ...]]:
    """What may stand in each column that has words of its own."""
    names = tuple(item.name for item in categories())
    return {**dict(ALLOWED), **dict.fromkeys(WORDED, names)}


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
    names, samples, sheets = _looked_at(path, options)
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


def _looked_at(
    path: Path, options: LedgerOptions
) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, int], ...]]:
    """Names with their columns, names with their first cells, and the sheets that have a heading."""
    file = TableFile(path)
    names: dict[str, str] = {}
    samples: dict[str, str] = {}
    sheets: list[tuple[str, int]] = []
    for number, info in enumerate(file.sheets):
        if info.hidden or (options.sheet and info.name.strip() != options.sheet.strip()):
            continue
        first = list(islice((line for line in file.lines(number) if not line.empty), LOOKED_AT))
        try:
            heading = best_heading(first, LEDGER, options.mapping.columns, path.name)
        except DeskError:
            continue
        names |= {name: column for name, column in zip(heading.names, heading.columns, strict=True) if name}
        for line in reversed([line for line in first if line.number > heading.last]):
            samples |= {name: cell for name, cell in zip(heading.names, line.cells, strict=False) if name and cell}
        held = sum(not line.empty for line in file.lines(number)) - len(heading.above) - 1
        sheets.append((info.name, held))
    file.close()
    if not names:
        needed = "、".join(LEDGER.required)
        raise DeskError(f"{path.name} 里没有找到列名。", "没有导入。", f"列名里至少要有：{needed}。")
    return names, samples, tuple(sheets)
