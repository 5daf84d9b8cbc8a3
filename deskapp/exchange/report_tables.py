"""Tables two to four of an annual report, found in the tables of a file by their labels; what is blank stays blank.

A table may go on in the next one (a page of a PDF ends), stand twice (a whole town and its office), have its columns in another order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product
from typing import Any

from deskapp.exchange.report_pages import Grid
from deskapp.law.annual_report import ROUTES, bare, columns, outcome_names, report_file
from deskapp.law.report_published import BLANK, cell_number
from deskapp.law.table_two import ALONE
from deskapp.law.table_two import names as names_of_two

WHOLE = 20  # rows of table three: with fewer it is a part, or a summary in the text
HEAD_OF_TWO = "信息内容"
MOST_HEADINGS, MOST_PLACES = 3, 16  # of table two: a page may say that its cells reach over hundreds
AMOUNT = re.compile(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,6})?(?:元|万元)?")
REMARK = re.compile(r"\(.*\)$")
Row = dict[str, Any]
TableFour = dict[str, dict[str, int | None]]


def _folded(text: str) -> str:
    """A label without blanks, signs and its number."""
    plain = bare("".join(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").split()))
    return re.sub(r"[“”‘’'\"、，,。.:：;；]", "", plain)


def _number(cell: str) -> int | None:
    try:
        return cell_number(cell)
    except ValueError:
        return None


def table_three(grids: Iterable[Grid]) -> tuple[list[Row], int]:
    """The rows of table three, key and seven cells, and how many such tables there are: the first that is whole is taken, or the longest."""
    tables: list[dict[str, Row]] = [{}]
    for row, again in _told_apart(grids):
        if again:
            continue
        before = tables[-1].get(row["key"])
        if before is None or not _told(before):
            tables[-1][row["key"]] = row
        elif _told(row):
            tables.append({row["key"]: row})
    whole = next((table for table in tables if len(table) >= WHOLE), max(tables, key=len))
    return list(whole.values()), max(sum(len(table) >= WHOLE for table in tables), 1)


def doubled_rows(grids: Iterable[Grid]) -> list[str]:
    """The keys of rows of table three that stand twice, one below the other."""
    return list(dict.fromkeys(row["key"] for row, again in _told_apart(grids) if again))


def _told_apart(grids: Iterable[Grid]) -> Iterator[tuple[Row, bool]]:
    """The rows of table three, each with whether the one above it is the same row."""
    above: Row = {"key": "", "values": []}
    for row in _rows_of_three(grids):
        yield row, row["key"] == above["key"] and _told(above) and _told(row)
        above = row


def has_table_two(grids: Iterable[Grid]) -> bool:
    """Whether there is a table two, be it blank."""
    return any(_folded(cell) == HEAD_OF_TWO for grid in grids for cells in grid for cell in cells)


def _told(row: Row) -> bool:
    return any(value is not None for value in row["values"])


def _rows_of_three(grids: Iterable[Grid]) -> Iterator[Row]:
    labels = {_folded(row.label): row.key for row in report_file().row} | {"其他": "other", "总计": "total"}
    order = list(range(len(columns())))
    for grid in grids:
        found, placed = _order(grid)
        order = found or order
        for cells in grid:
            known = [place for place, cell in enumerate(cells) if cell and _folded(cell) in labels]
            values = _seven(cells, known[-1], placed) if known else None
            if values is not None:
                yield {"key": labels[_folded(cells[known[-1]])], "values": [values[place] for place in order]}


def _order(grid: Grid) -> tuple[list[int], list[int]]:
    """Where the official columns stand among the seven of a table, by its heading, and the places of the seven in its lines; nothing where
    the heading does not name all of them."""
    wanted = {_folded(column.name): place for place, column in enumerate(columns())}
    found: dict[str, int] = {}
    for cells in grid:
        for place, cell in enumerate(cells):
            name = _folded(cell)
            if name in wanted:
                found.setdefault(name, place)
        if len(found) == len(wanted):
            placed = sorted(found, key=lambda name: found[name])
            return [placed.index(name) for name in wanted], sorted(found.values())
    return [], []


def _seven(cells: Sequence[str], at: int, placed: Sequence[int] = ()) -> list[Any] | None:
    """The seven cells behind a label: numbers, nothing, or the text of one that is no number where the others are. None for a heading, a
    sentence, a line that is too short. ``placed`` is where the heading has its names: where nothing stands between the label and the first of
    them, the label reaches that far."""
    width = len(columns())
    after = list(cells[at + 1 :])
    if placed and at < placed[0] and placed[-1] < len(cells) and not any(cells[at + 1 : placed[0]]):
        after = [cells[place] for place in placed]
    while after and after[0] == cells[at]:  # the label over several columns
        after = after[1:]
    whole = len(after) >= width
    after = [*after, *[""] * (width - len(after))][:width]
    numbers = [_number(cell) for cell in after]
    strange = {
        cell for cell, number in zip(after, numbers, strict=True) if number is None and cell.strip() not in BLANK
    }
    told = sum(number is not None for number in numbers)
    if not (whole or told) or (strange and not (whole and told > len(strange))):
        return None
    return [cell if cell in strange else number for cell, number in zip(after, numbers, strict=True)]


def table_four(grids: Iterable[Grid]) -> TableFour:
    """The fifteen numbers below the headings of table four, in one table or in one of each route; nothing where they are not all there."""
    kinds = list(outcome_names())
    blocks: list[list[int | None]] = []
    for grid in grids:
        blocks += _blocks_of_four(grid, len(kinds))
        if len(blocks) >= len(ROUTES):
            return {route: dict(zip(kinds, block, strict=True)) for route, block in zip(ROUTES, blocks, strict=False)}
    return {}


def _blocks_of_four(grid: Grid, width: int) -> list[list[int | None]]:
    """The five numbers of each route that a table has, in their order. A heading with one route may have the lines of all below it."""
    blocks: list[list[int | None]] = []
    starts: list[int] = []
    for cells in grid:
        heads = [place for place, cell in enumerate(cells) if "维持" in cell]
        if heads:
            starts = heads
            continue
        numbers = [(place, _number(cell)) for place, cell in enumerate(cells) if _is_cell(cell)]
        if not starts or len(numbers) < len(starts) * width or all(number is None for _, number in numbers):
            continue
        by_place = dict(numbers)
        whole = all(start + n in by_place for start in starts for n in range(width))
        row = [by_place[start + n] for start in starts for n in range(width)] if whole else [n for _, n in numbers]
        blocks += [row[n * width : (n + 1) * width] for n in range(len(starts))]
    return blocks


def _is_cell(cell: str) -> bool:
    return _number(cell) is not None or cell.strip() in BLANK


def table_two(grids: Iterable[Grid]) -> list[Row]:
    """The lines of table two: what they are about, and their numbers as they are written, for amounts are no whole numbers."""
    return [row for grid in grids for row in _rows_of_two(grid)]


def _rows_of_two(grid: Grid) -> Iterator[Row]:
    names = {_folded(name): name for name in names_of_two()}
    heading: list[list[int]] = []
    for cells in grid:
        folded = [_folded(cell) for cell in cells]
        if HEAD_OF_TWO in folded:
            heading = _merged(cells, folded.index(HEAD_OF_TWO) + 1)
            continue
        known = [name for name in folded if name in names]
        amounts = [_amount(cell) for cell in cells]
        if known and any(amounts[1:]):
            values = _one_each(amounts, heading) or [amount for amount in amounts[1:] if amount]
            alone = not heading and names[known[0]] in ALONE and len(set(values)) == 1
            yield {"name": names[known[0]], "values": values[:1] if alone else values}


def _amount(cell: str) -> str:
    plain = REMARK.sub("", "".join(unicodedata.normalize("NFKC", cell).replace(",", "").split()))
    return plain if AMOUNT.fullmatch(plain) else ""


def _merged(cells: Sequence[str], first: int) -> list[list[int]]:
    """The places of each heading, for one may reach over several."""
    places = groupby(range(first, len(cells)), key=lambda place: cells[place])
    return [list(group) for name, group in places if name.strip()]


def _one_each(amounts: Sequence[str], heading: Sequence[Sequence[int]]) -> list[str]:
    """One number below each heading. Cells and headings may reach over different places: of the choices the one that leaves no cell out."""
    if not 0 < len(heading) <= MOST_HEADINGS or heading[-1][-1] >= min(len(amounts), MOST_PLACES):
        return []
    told = [value for value, _ in groupby(amounts[heading[0][0] : heading[-1][-1] + 1])]
    choices = product(*(dict.fromkeys(amounts[place] for place in reversed(group)) for group in heading))
    best = max(choices, key=lambda choice: sum(value in choice for value in told))
    return list(best) if any(best) else []
