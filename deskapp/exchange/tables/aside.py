"""What a sheet has beside what is read of its cells: columns that are not shown, remarks that hang on cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError, iterparse

from deskapp.exchange.tables.ods_merges import CELLS, MOST_COLUMNS, TABLE, ods_rows, ods_times
from deskapp.parsing import whole_number
from deskapp.zipped import ZIP_FAULTS

LOOKED_AT = 2_000_000  # bytes of a sheet in which its columns stand: before its lines
MOST_REMARKS = 50_000_000  # bytes of the part that holds them
REPEATED = "number-columns-repeated"
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData")
_GIVEN = re.compile(rb'(\w+)="([^"]*)"')
_REMARK = re.compile(rb"<(?:\w+:)?comment\s")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PLAIN_NUMBER = re.compile(r"[-+(]?[¥￥$\u20ac]?\s*(?:0|[1-9][0-9,\s]*)?(?:\.[0-9]*)?(?:[Ee][-+]?[0-9]+)?\s*[%)]?|#+")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True)
class Aside:
    """The places of columns that are not shown, from 0; how many cells have a remark; whether the file can tell."""

    hidden: frozenset[int] = frozenset()
    remarks: int = 0
    told: bool = True


NOT_TOLD = Aside(told=False)


def of_sheet(box: zipfile.ZipFile, part: str) -> Aside:
    """Of a sheet of an xlsx, by its part (ECMA-376, 18.3.1.13 col, 18.7.3 comment)."""
    with box.open(part) as stream:
        head = _ROWS.split(stream.read(LOOKED_AT))[0]
    hidden: set[int] = set()
    for column in _COLUMN.finditer(head):
        given = dict(_GIVEN.findall(column[1]))
        if given.get(b"hidden") in (b"1", b"true"):
            first, last = (
                whole_number(given.get(edge, b"").decode("ascii", "replace")) or 0 for edge in (b"min", b"max")
            )
            hidden.update(range(max(first - 1, 0), min(last, MOST_COLUMNS)))
    return Aside(frozenset(hidden), _remarks(box, part))


def _remarks(box: zipfile.ZipFile, part: str) -> int:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in box.namelist():
        return 0
    given = [dict(_GIVEN.findall(found[1])) for found in _RELATION.finditer(box.read(relations))]
    named = [of[b"Target"].decode("utf-8", "replace") for of in given if of.get(b"Type", b"").endswith(b"/comments")]
    target = posixpath.normpath(posixpath.join("/", folder, named[0])).lstrip("/") if named else ""
    if target not in box.namelist() or box.getinfo(target).file_size > MOST_REMARKS:
        return 0
    return len(_REMARK.findall(box.read(target)))


def of_ods(path: Path, number: int) -> Aside:
    """Of a sheet of an .ods by its place, as far as the file can be read."""
    hidden: set[int] = set()
    remarks = 0
    try:
        with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
            for found in _of_ods(stream, number):
                hidden.update(found or ())
                remarks += found is None
    except (ParseError, *ZIP_FAULTS):
        pass
    return Aside(frozenset(hidden), remarks)


def _of_ods(stream: IO[bytes], wanted: int) -> Iterator[range | None]:
    """The places of each run of columns that are not shown; None for a remark."""
    sheet, depth, column = -1, 0, 0
    for event, element in iterparse(stream, ("start", "end")):
        if element.tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            sheet, column = (sheet + 1, 0) if event == "start" and depth == 1 else (sheet, column)
            if sheet > wanted:
                return
        elif event == "end" and sheet == wanted and depth == 1:
            yield from _one(element, column)
            column += ods_times(element, REPEATED, MOST_COLUMNS) if element.tag == f"{TABLE}table-column" else 0
        if event == "end" and element.tag == f"{TABLE}table-row":
            element.clear()


def shown_in_ods(path: Path, number: int) -> dict[tuple[int, int], str]:
    """The numbers of a sheet of an .ods that are shown with words, or with noughts before: as shown, by row and column from 0."""
    try:
        with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
            return dict(_shown(stream, number))
    except (ParseError, *ZIP_FAULTS):
        return {}


def _shown(stream: IO[bytes], wanted: int) -> Iterator[tuple[tuple[int, int], str]]:
    for row, element in ods_rows(stream, wanted):
        column = 0
        for cell in element:
            if cell.tag not in CELLS:
                continue
            text = "".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))
            times = ods_times(cell, REPEATED, MOST_COLUMNS)
            if cell.get(f"{OFFICE}value-type") == "float" and text and not _PLAIN_NUMBER.fullmatch(text):
                yield from (((row, at), text) for at in range(column, min(column + times, MOST_COLUMNS)))
            column += times
            if column > MOST_COLUMNS:
                return


def _one(element: Any, column: int) -> Iterator[range | None]:
    if element.tag == f"{OFFICE}annotation":
        yield None
    elif element.tag == f"{TABLE}table-column" and element.get(f"{TABLE}visibility", "visible") != "visible":
        yield range(column, min(column + ods_times(element, REPEATED, MOST_COLUMNS), MOST_COLUMNS))
