"""The merged cells and hidden rows of an .ods workbook, which the library for old and other workbooks does not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from deskapp.parsing import whole_number
from deskapp.zipped import ZIP_FAULTS

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MOST_ROWS, MOST_COLUMNS, MOST_MERGES = 1_048_576, 16_384, 200_000
Merge = tuple[int, int, int, int]  # first row, last row, first column, last column, from 0


def ods_merges(path: Path, number: int) -> list[Merge]:
    """The merged cells of a sheet by its place, as far as the file can be read; the library itself says what is damaged."""
    try:
        with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
            return [merge for merge, _ in zip(_merges(stream, number), range(MOST_MERGES), strict=False)]
    except (ParseError, *ZIP_FAULTS):
        return []


def ods_hidden(path: Path, number: int) -> list[tuple[int, int]]:
    """The hidden rows of a sheet by its place, filtered or folded away: first and last of each run, from 0."""
    try:
        with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
            return [run for run, _ in zip(_hidden(stream, number), range(MOST_MERGES), strict=False)]
    except (ParseError, *ZIP_FAULTS):
        return []


def _hidden(stream: IO[bytes], wanted: int) -> Iterator[tuple[int, int]]:
    sheet, row, depth, folded = -1, 0, 0, 0
    for event, element in iterparse(stream, ("start", "end")):
        step = 1 if event == "start" else -1
        if element.tag == f"{TABLE}table":
            depth += step
            sheet, row = (sheet + 1, 0) if event == "start" and depth == 1 else (sheet, row)
        elif element.tag == f"{TABLE}table-row-group" and element.get(f"{TABLE}display") == "false":
            folded += step
        elif event == "end" and element.tag == f"{TABLE}table-row" and depth == 1:
            times = ods_times(element, "number-rows-repeated", MOST_ROWS)
            unseen = folded or element.get(f"{TABLE}visibility", "visible") != "visible"
            if sheet == wanted and unseen:
                yield row, row + times - 1
            row += times
            element.clear()
        if sheet > wanted or row > MOST_ROWS:
            return


def _merges(stream: IO[bytes], wanted: int) -> Iterator[Merge]:
    for row, element in ods_rows(stream, wanted):
        yield from _of_row(element, row)


def ods_rows(stream: IO[bytes], wanted: int) -> Iterator[tuple[int, Element]]:
    """The rows of a sheet by its place, each with its number from 0; one that is repeated once."""
    sheet, row, depth = -1, 0, 0
    for event, element in iterparse(stream, ("start", "end")):
        if element.tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            sheet, row = (sheet + 1, 0) if event == "start" and depth == 1 else (sheet, row)
            if event == "end" and depth == 0:
                element.clear()
        elif event == "end" and element.tag == f"{TABLE}table-row" and depth == 1:
            if sheet == wanted:
                yield row, element
            row += ods_times(element, "number-rows-repeated", MOST_ROWS)
            element.clear()
            if sheet > wanted or row > MOST_ROWS:
                return


def _of_row(element: Element, row: int) -> Iterator[Merge]:
    column = 0
    for cell in element:
        if cell.tag not in CELLS:
            continue
        down, right = (
            ods_times(cell, "number-rows-spanned", MOST_ROWS),
            ods_times(cell, "number-columns-spanned", MOST_COLUMNS),
        )
        if down > 1 or right > 1:
            yield row, row + down - 1, column, column + right - 1
        column += ods_times(cell, "number-columns-repeated", MOST_COLUMNS)
        if column > MOST_COLUMNS:
            return


def ods_times(element: Element, name: str, most: int) -> int:
    """How often a cell, row or column stands there, or over how many it reaches: an attribute by its name, at most ``most``."""
    return min(whole_number(element.get(f"{TABLE}{name}", "1")) or 1, most)
