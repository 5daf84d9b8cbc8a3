"""What a sheet of an xlsx has beside its lines: columns that are not shown, remarks that hang on cells."""

from __future__ import annotations

import posixpath
import re
import zipfile

from deskapp.exchange.tables.besides import MOST_COLUMNS, Aside
from deskapp.parsing import whole_number

LOOKED_AT = 2_000_000  # bytes of a sheet in which its columns stand: before its lines
MOST_REMARKS = 50_000_000  # bytes of the part that holds them
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData")
_GIVEN = re.compile(rb'(\w+)="([^"]*)"')
_REMARK = re.compile(rb"<(?:\w+:)?comment\s")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")


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
