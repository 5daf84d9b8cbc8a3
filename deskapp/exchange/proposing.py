"""What the columns and the words of an office's own ledger most likely stand for, to be looked at by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.heading import LOOKED_AT, Columns, find_heading
from deskapp.exchange.ledger import ALLOWED, COLUMNS, LEDGER, SHEET, LedgerOptions
from deskapp.exchange.mapping import usual
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


def proposed(path: Path, options: LedgerOptions) -> Iterator[tuple[dict[str, str], dict[str, Counter[str]]]]:
    """The names of the columns with what they stand for, and of each column the words that nobody knows. Raises DeskError where there is
    no heading at all."""
    names = _names(path, options)
    mapping = {**options.mapping.columns, **names}
    table = OpenTable(path, Columns(SHEET, COLUMNS, (), usual().columns), mapping, options.sheet, options.every)
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
    yield names, {column: found for column, found in words.items() if found}


def _names(path: Path, options: LedgerOptions) -> dict[str, str]:
    """Each name of the heading with the column that it stands for, empty for none; of every sheet that is looked at."""
    file = TableFile(path)
    names: dict[str, str] = {}
    columns = Columns(SHEET, COLUMNS, (), usual().columns)
    for number, info in enumerate(file.sheets):
        if info.hidden or (options.sheet and info.name.strip() != options.sheet.strip()):
            continue
        first = list(islice((line for line in file.lines(number) if not line.empty), LOOKED_AT))
        try:
            heading = find_heading(first, columns, options.mapping.columns, path.name)
        except DeskError:
            continue
        names |= {name: column for name, column in zip(heading.names, heading.columns, strict=True) if name}
    file.close()
    if not names:
        raise DeskError(
            f"{path.name} 里没有找到列名。", "没有写文件。", f"列名里至少要有：{'、'.join(LEDGER.required)}。"
        )
    return names
