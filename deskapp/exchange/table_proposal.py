"""What is believed of a table of any known kind, to be looked at by a person: its sheets, its columns with their first cells, its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.columns import Columns
from deskapp.exchange.heading import LOOKED_AT, Heading, best_heading
from deskapp.exchange.table import OpenTable
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.tables.grid import TableLine
from deskapp.exchange.tables.reading import TableFile

MOST_WORDS, LONGEST_WORD = 200, 40  # of a column, characters: more are no words of an office


@dataclass(frozen=True)
class TableProposal:
    """The names of the columns with what they stand for (empty: nothing of ours), the first cell of each, the sheets that have a heading with
    their lines, and how often each word stands in the columns of which the words were wanted."""

    names: Mapping[str, str]
    samples: Mapping[str, str]
    sheets: tuple[tuple[str, int], ...]
    words: Mapping[str, Mapping[str, int]]


def proposed_apart(path: Path, columns: Columns, choice: TableChoice, worded: tuple[str, ...] = ()) -> TableProposal:
    """What is believed of a file, read in a process of its own; ``worded`` are the columns of which the words are wanted. Raises
    DeskError."""
    reader = Apart("deskapp.exchange.table_proposal:proposed", path, columns, choice, worded, size=size_of(path))
    found: TableProposal = next(iter(reader))
    reader.close()
    return found


def proposed(path: Path, columns: Columns, choice: TableChoice, worded: tuple[str, ...]) -> Iterator[TableProposal]:
    """The one thing that it yields. Raises DeskError where there is no heading at all."""
    names, samples, sheets = looked_at(path, columns, choice)
    every = choice.every or (len(sheets) > 1 and not choice.sheet)
    worded = worded if any(names.values()) else ()  # without a heading there is no column to look into
    words: dict[str, Counter[str]] = {column: Counter() for column in worded}
    if worded:
        table = OpenTable(path, columns, {**names, **choice.columns}, choice.sheet, every, partial=True)
        for record in table.records():
            for column, found in words.items():
                text = record.cells[column]
                if text and len(text) <= LONGEST_WORD and (text in found or len(found) < MOST_WORDS):
                    found[text] += 1
        table.close()
    yield TableProposal(names, samples, sheets, words)


def looked_at(
    path: Path, columns: Columns, choice: TableChoice
) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, int], ...]]:
    """Names with their columns, names with their first cells, and the sheets that have a heading. Raises DeskError where none has."""
    file = TableFile(path)
    names: dict[str, str] = {}
    samples: dict[str, str] = {}
    sheets: list[tuple[str, int]] = []
    unknown: dict[str, str] = {}
    for number, info in enumerate(file.sheets):
        if info.hidden or (choice.sheet and info.name.strip() != choice.sheet.strip()):
            continue
        first = list(islice((line for line in file.lines(number) if not line.empty), LOOKED_AT))
        try:
            heading = best_heading(first, columns, choice.columns, path.name)
        except DeskError:
            unknown = unknown or _first_line(first)
            continue
        names |= believed(heading)
        for line in reversed([line for line in first if line.number > heading.last]):
            samples |= {name: cell for name, cell in zip(heading.names, line.cells, strict=False) if name and cell}
            samples |= {name: cell for name, cell in heading.parted(line, columns).items() if cell}
        held = sum(not line.empty for line in file.lines(number)) - len(heading.above) - 1
        sheets.append((info.name, held))
    file.close()
    if not names and not unknown:
        needed = "、".join(columns.required)
        raise DeskError(f"{path.name} 里没有找到列名。", "没有导入。", f"列名里至少要有：{needed}。")
    return names or dict.fromkeys(unknown, ""), samples or unknown, tuple(sheets)


def believed(heading: Heading) -> dict[str, str]:
    """The names with what they stand for; one that the cells leave open with the first that nothing else is."""
    names = {name: column for name, column in zip(heading.names, heading.columns, strict=True) if name}
    for name, possible in heading.open:
        names[name] = next((column for column in possible if column not in names.values()), "")
    return names


def _first_line(first: Sequence[TableLine]) -> dict[str, str]:
    """Where no name is known: the cells of the first line that has several, with those below, for a person to say what they are."""
    for line, below in pairwise(first):
        if len(set(line.cells) - {""}) > 1:
            return {name: cell for name, cell in zip_longest(line.cells, below.cells, fillvalue="") if name}
    return {}
