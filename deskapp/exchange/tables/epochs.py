"""From which day a workbook counts its days, where the library for old and other workbooks does not tell: 1900, or 1904 as once on Apple's
machines."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from deskapp.exchange.tables.kinds import Kind
from deskapp.zipped import ZIP_FAULTS

GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # how the first part of an .xls begins ([MS-XLS] 2.4.21, BOF)
DATE_MODE, ALL_READ = 0x22, 0x0A  # [MS-XLS] 2.4.77 Date1904, 2.4.103 EOF
WORKBOOK_PROPERTIES = 0x99  # [MS-XLSB] 2.4.820 BrtWbProp, whose first bit is f1904
MOST_RECORDS, LOOKED_AT = 80, 4_000_000  # the record stands before the fonts
_NULL_DATE = re.compile(rb"<table:null-date[^>]*date-value=\"1904-")


def counts_from_1904(path: Path, kind: Kind) -> bool:
    """Whether the numbers of a workbook's days count from 1904. Raises OSError."""
    if kind == "xls":
        with path.open("rb") as stream:
            return _in_records(stream.read(LOOKED_AT))
    if kind == "ods":
        return bool(_NULL_DATE.search(_part(path, "content.xml")))
    return kind == "xlsb" and _in_binary(_part(path, "xl/workbook.bin"))


def _part(path: Path, name: str) -> bytes:
    """The beginning of a part of a packed file; empty where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as box, box.open(name) as stream:
            return stream.read(LOOKED_AT)
    except ZIP_FAULTS:
        return b""


def _in_binary(content: bytes) -> bool:
    """Of the records of an .xlsb, whose kinds and sizes take as many bytes as they need ([MS-XLSB] 2.1.4)."""
    at = 0
    for _ in range(MOST_RECORDS):
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        if kind == WORKBOOK_PROPERTIES:
            return bool(content[at : at + 1]) and bool(content[at] & 1)
        at += size
    return False


def _number(content: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where the next one begins."""
    value = 0
    for place in range(longest):
        byte = content[at] if at < len(content) else 0
        value, at = value | (byte & 0x7F) << 7 * place, at + 1
        if byte < 0x80:
            break
    return value, at


def _in_records(content: bytes) -> bool:
    at = content.find(GLOBALS)
    for _ in range(MOST_RECORDS if at >= 0 else 0):
        if at + 6 > len(content):
            return False
        kind, size, value = struct.unpack_from("<HHH", content, at)
        if kind in (DATE_MODE, ALL_READ):
            return bool(kind == DATE_MODE and value == 1)
        at += 4 + size
    return False
