"""The merged ranges of a sheet of an xlsx, told by its part before its rows are read, and the lines that they fill.

The same pass looks that nothing in the part is larger than any program writes it: the reader of rows would find out after minutes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from deskapp.errors import DeskError
from deskapp.exchange.tables.besides import MOST_MERGES, MOST_ROWS
from deskapp.exchange.tables.grid import MOST_COLUMNS, TableLine

PIECE = 1 << 20  # bytes that are looked at together
SHORTEST = 3  # bytes of a tag, its brackets counted
MOST_CELLS = 16_384  # of a row in any program; more without the end of a row is none
Range = tuple[int, int, int, int]
"""First row, last row, first column, last column, the columns counted from 0."""
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_ROW = re.compile(rb"</?(?:\w+:)?row[ >/]")
_OVERLAP = "合并的单元格互相重叠，文件多半已经损坏"


def merged_ranges(archive: zipfile.ZipFile, part: str, name: str) -> list[Range]:
    """The merged ranges of a sheet, from its part. Raises DeskError, with the ``name`` of the file, for a part that no program writes so."""
    from openpyxl.utils import column_index_from_string

    found: list[Range] = []
    rest, rows = b"", 0
    with archive.open(part) as stream:
        while chunk := stream.read(PIECE):
            look(chunk, name)
            text = rest + chunk
            for match in _MERGE.finditer(text):
                left, top, right, bottom = match.groups()
                columns = column_index_from_string(left.decode()) - 1, column_index_from_string(right.decode()) - 1
                found.append((int(top), int(bottom), *columns))
            rest = text[-200:].rpartition(b">")[2]
            if len(found) > MOST_MERGES:
                raise too_many_merges(name)
            rows += chunk.count(b"<row")
            if rows > MOST_ROWS:
                raise refused(name, f"有{MOST_ROWS}行以上，多半已经损坏")
    return found


def too_many_merges(name: str) -> DeskError:
    """The refusal of a table with more merged ranges than any office's."""
    return refused(name, f"合并的单元格超过{MOST_MERGES}处，不像办件的表格")


def look(chunk: bytes, name: str) -> None:
    """Raise DeskError where a piece of a part lies within one cell, is all brackets, or has more cells than a row may have and no row
    ends there."""
    if len(chunk) == PIECE and b"<" not in chunk:
        raise refused(name, "有一格超过一百万字，不像办件的表格")
    if chunk.count(b"<") > len(chunk) // SHORTEST + 1:
        raise refused(name, "里面全是尖括号，文件多半已经损坏")
    if not _ROW.search(chunk) and len(_CELL.findall(chunk)) > MOST_CELLS:
        raise refused(name, f"有一行超过{MOST_CELLS}列，不像办件的表格")


def refused(name: str, what: str) -> DeskError:
    """The refusal of a table that is none."""
    return DeskError(f"{name} {what}。", "没有导入。", "请核对文件；是办件的表格的，用表格软件打开，另存一份。")


def filled(lines: Iterator[TableLine], merged: list[Range], name: str) -> Iterator[TableLine]:
    """The lines with a merged range filled with its first cell: down in its first column, and over its columns for headings. Raises
    DeskError where ranges lie upon each other, which none of a whole file do."""
    if not merged:
        yield from lines
        return
    waiting = sorted(merged, reverse=True)
    open_ranges: list[tuple[int, int, int, str, int]] = []  # last row, first and last column, text, first row
    for line in lines:
        while waiting and waiting[-1][0] <= line.number:
            top, bottom, left, right = waiting.pop()
            if top == line.number and left < len(line.cells) and right < MOST_COLUMNS:
                open_ranges.append((bottom, left, right, line.cells[left], top))
        open_ranges = [found for found in open_ranges if found[0] >= line.number]
        if len(open_ranges) > MOST_COLUMNS:
            raise refused(name, _OVERLAP)
        if not open_ranges:
            yield line
            continue
        yield _with_ranges(line, open_ranges)


def _with_ranges(line: TableLine, open_ranges: list[tuple[int, int, int, str, int]]) -> TableLine:
    """A line with the ranges that lie over it."""
    cells, spread = list(line.cells), list(line.cells)
    for _, left, right, text, _ in open_ranges:
        cells += [""] * (left + 1 - len(cells))
        cells[left] = cells[left] or text
        spread += [""] * (right + 1 - len(spread))
        spread[left : right + 1] = [cell or text for cell in spread[left : right + 1]]
    above = frozenset(left for _, left, _, text, top in open_ranges if top < line.number and text)
    return replace(line, cells=tuple(cells), over_columns=tuple(spread), from_above=above)
