"""Workbooks of Excel and WPS (xlsx), read row by row with openpyxl.

The parser of its rows is used without its sheets: they pad what is missing and believe the size that a file says of itself, which other
programs leave wrong. What else offices' files have is mended here: built-in formats of dates that only a Chinese Excel knows, the strict
variant of the format, merged cells, formulas with the value that was calculated.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse

from deskapp.errors import DeskError
from deskapp.exchange.tables.aside import of_sheet
from deskapp.exchange.tables.besides import NOT_TOLD, Aside
from deskapp.exchange.tables.grid import (
    MOST_COLUMNS,
    NO_VALUE,
    SheetInfo,
    TableLine,
    error_text,
    number_text,
    text_of,
    truth_text,
)
from deskapp.exchange.tables.merged import Range, filled, look, merged_ranges, refused
from deskapp.exchange.tables.number_words import Shown, shown_by
from deskapp.exchange.tables.struck import StruckThrough, struck_texts
from deskapp.zipped import ZIP_FAULTS

# What the reader of workbooks raises on a damaged file, besides its own error: it does not check what it reads.
BROKEN_WORKBOOK = (*ZIP_FAULTS, SyntaxError, TypeError, AttributeError)
EAST_ASIAN_DATES = {
    *range(27, 37),
    *range(50, 59),
}  # built-in formats whose code stands in no file (ECMA-376, 18.8.30)
STRICT, ORDINARY = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LARGEST_STRICT = 50_000_000  # bytes unpacked; a larger one is to be saved anew
LARGEST_PART, LARGEST_STRINGS = 2_000_000_000, 400_000_000  # bytes unpacked of a sheet, of the texts of a book
MOST_TEXTS = 2_000_000  # that the cells of a book share
LARGEST_WHOLE = 60_000_000  # bytes unpacked of a part that the reader takes as a whole: styles, the list of sheets
_WHOLE = re.compile(r"(^|/)(workbook|styles|theme\d*|app|core|custom)\.xml$|\.rels$|^\[Content_Types\]\.xml$")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZONED = re.compile(r"T.*(?:Z|[-+][0-9:]+)$")


class Workbook:
    """An xlsx, opened. Raises DeskError for one that is damaged."""

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook
        from openpyxl.utils.datetime import MAC_EPOCH
        from openpyxl.utils.exceptions import InvalidFileException

        self._name = path.name
        self._merged: dict[int, list[Range]] = {}
        try:
            _not_too_large(path)
            source = _ordinary(path)
            self._strings = _as_written(source, self._name)
            self._book: Any = load_workbook(source, read_only=True, data_only=True)
            self._struck_texts = struck_texts(source)
        except (InvalidFileException, *BROKEN_WORKBOOK) as error:
            raise DeskError(
                f"{path.name} 打不开，可能已经损坏、加了密码，或者带有图表页。",
                "没有导入。",
                "请用表格软件打开，另存一份只有表格的。",
            ) from error
        self._dates()
        self._shown = self._words_of_formats()
        self.since_1904 = self._book.epoch == MAC_EPOCH
        self.sheets = [SheetInfo(sheet.title, sheet.sheet_state != "visible") for sheet in self._book.worksheets]
        if not self.sheets:
            raise DeskError(f"{path.name} 里没有工作表。", "没有导入。", "请核对文件。")

    def _dates(self) -> None:
        """Let the reader know the formats of dates that stand in no file."""
        for number, style in enumerate(self._book._cell_styles):
            if style.numFmtId in EAST_ASIAN_DATES:
                self._book._date_formats.add(number)

    def _words_of_formats(self) -> dict[int, Shown]:
        """The formats of cells that add something to a number."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        found = {}
        for number, style in enumerate(self._book._cell_styles):
            own = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
            formats = self._book._number_formats
            code = formats[own] if 0 <= own < len(formats) else BUILTIN_FORMATS.get(style.numFmtId, "")
            if number not in self._book._date_formats and (shown := shown_by(code)):
                found[number] = shown
        return found

    def _struck_styles(self) -> set[int]:
        """The formats of cells whose whole text is struck through."""
        fonts = [bool(font.strike) for font in self._book._fonts]
        styles = enumerate(self._book._cell_styles)
        return {number for number, style in styles if style.fontId < len(fonts) and fonts[style.fontId]}

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a sheet that have a cell. Raises DeskError where the file ends to be one."""
        sheet = self._book.worksheets[number]
        try:
            if number not in self._merged:
                self._merged[number] = merged_ranges(self._book._archive, sheet._worksheet_path, self._name)
            merged = self._merged[number]
            with sheet._get_source() as source:
                strings = self._strings if self._strings is not None else sheet._shared_strings
                yield from filled(self._parsed(source, strings), merged, self._name)
        except BROKEN_WORKBOOK as error:
            raise DeskError(
                f"{self._name} 读到一半读不下去，可能已经损坏。", "没有导入。", "请用表格软件打开后另存一份。"
            ) from error

    def _parsed(self, source: Any, strings: Any) -> Iterator[TableLine]:
        from openpyxl.worksheet._reader import WorkSheetParser

        parser = WorkSheetParser(
            source,
            strings,
            data_only=True,
            epoch=self._book.epoch,
            date_formats=self._book._date_formats,
            timedelta_formats=self._book._timedelta_formats,
        )
        _remember_formulas(parser)
        struck = StruckThrough(self._struck_styles(), self._struck_texts)
        struck.watch(parser)
        for number, cells in parser.parse():
            hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in ("1", "true")
            worded = self._as_shown(cells)
            line = _line(number, cells, hidden, self._name)
            is_struck = struck.of(cells)
            yield replace(line, struck=is_struck, worded=worded) if is_struck or worded else line

    def _as_shown(self, cells: list[dict[str, Any]]) -> int:
        """Write the numbers of a line with what their format adds; how many."""
        worded = 0
        for cell in cells if self._shown else ():
            shown, value = self._shown.get(cell["style_id"]), cell["value"]
            if shown and isinstance(value, (int, float)) and not isinstance(value, bool):
                plain, lost = number_text(value)
                if not lost and (text := shown.of(plain)) != plain:
                    cell["value"], worded = text, worded + 1
        return worded

    def aside(self, number: int) -> Aside:
        """What a sheet has beside its lines."""
        try:
            return of_sheet(self._book._archive, self._book.worksheets[number]._worksheet_path)
        except BROKEN_WORKBOOK:
            return NOT_TOLD

    def close(self) -> None:
        """Close the file."""
        self._book.close()


def _remember_formulas(parser: Any) -> None:
    """A formula whose value was not kept is not an empty cell; a text that stands in its cell without formats is taken as it is, since the
    reader's own way through its formats takes four times as long."""
    plain = parser.parse_cell

    def parse_cell(element: Any) -> dict[str, Any]:
        text = _text_inside(element)
        if text is not None:
            element.set("t", "n")  # a cell without a value: the reader only places it
            return {**plain(element), "value": text, "data_type": "s"}
        if element.get("t") == "d" and (text := _moment_of(element)):
            return {**plain(element), "value": text, "data_type": "s"}
        cell: dict[str, Any] = plain(element)
        if cell["value"] is None and element.find(f"{SPREADSHEET}f") is not None:
            cell["data_type"] = "f"
        return cell

    parser.parse_cell = parse_cell


def _text_inside(element: Any) -> str | None:
    """The text of a cell that holds it itself, all in one format; None for any other cell."""
    if element.get("t") != "inlineStr" or len(element) != 1:
        return None
    inside = element[0]
    if inside.tag != f"{SPREADSHEET}is" or len(inside) != 1 or inside[0].tag != f"{SPREADSHEET}t":
        return None
    return inside[0].text or ""


def _moment_of(element: Any) -> str:
    """The text of a moment that says where its clock stands, taken out of its cell, for the reader would leave that out; empty for others."""
    value = element.find(f"{SPREADSHEET}v")
    text = (value.text or "").strip() if value is not None else ""
    if not _ZONED.search(text):
        return ""
    element.remove(value)
    element.set("t", "n")
    return text


def _line(number: int, cells: list[dict[str, Any]], hidden: bool, name: str) -> TableLine:
    full = [cell for cell in cells if cell["value"] is not None or cell["data_type"] == "f"]
    last = max((cell["column"] for cell in full), default=0)
    if last > MOST_COLUMNS and sum(cell["column"] > MOST_COLUMNS for cell in full) > 1:
        raise DeskError(f"{name} 有{last}列，不像办件的表格。", "没有导入。", "请核对文件。")
    texts = [""] * min(last, MOST_COLUMNS)
    lost: dict[int, str] = {}
    for cell in full:
        place = cell["column"] - 1
        if place >= MOST_COLUMNS:
            continue
        texts[place], why = _text(cell)
        if why:
            lost[place] = why
    return TableLine(number, tuple(texts), lost, hidden)


def _text(cell: dict[str, Any]) -> tuple[str, str]:
    """A cell as text on one line, and why it is not what was meant. Days are ISO."""
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return "（公式）", NO_VALUE
    if kind == "e":
        return error_text(str(value))
    if isinstance(value, bool):
        return truth_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat(), ""
    if isinstance(value, date):
        return value.isoformat(), ""
    if isinstance(value, (time, timedelta)):
        return str(value), ""
    if isinstance(value, (int, float)):
        return number_text(value)
    return text_of(unescaped(str(value)))


def unescaped(text: str) -> str:
    """A text of a workbook without the marks by which a character that XML cannot hold, or a mark itself, is written: _x000D_ is the end of a
    line, _x005F_ an underline (ECMA-376, 22.4.2.4 and 22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # of two halves one character


def _as_written(source: Any, name: str) -> list[str] | None:
    """The texts of a book as they are written, where an underline is spelled in one: the reader drops that mark, and what stands behind it
    would be taken for another. None for any other book. Raises DeskError for texts that no program writes so."""
    with zipfile.ZipFile(source) as box:
        part = next((name for name in box.namelist() if name.endswith("sharedStrings.xml")), "")
        return list(_texts(box, part)) if part and _holds(box, part, b"_x005F_", name) else None


def _texts(box: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The texts that cells share, without how they are spoken."""
    with box.open(part) as stream:
        for _, item in iterparse(stream):
            if item.tag == f"{SPREADSHEET}si":
                inside = (*item.findall(f"{SPREADSHEET}t"), *item.findall(f"{SPREADSHEET}r/{SPREADSHEET}t"))
                yield "".join(text.text or "" for text in inside)
                item.clear()


def _holds(archive: zipfile.ZipFile, part: str, mark: bytes, name: str) -> bool:
    """Whether a part of a book holds some bytes, read piece by piece."""
    found, rest, texts = False, b"", 0
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            look(chunk, name)
            found = found or mark in rest + chunk
            rest = chunk[-len(mark) :]
            texts += chunk.count(b"</si>")
            if texts > MOST_TEXTS:
                raise refused(name, f"有{MOST_TEXTS}个以上不同的内容，不像办件的表格")
    return found


def _not_too_large(path: Path) -> None:
    """Raise DeskError for a file whose parts are larger than any office's; a small file may unpack to thousands of times its size."""
    with zipfile.ZipFile(path) as box:
        parts = {info.filename: info.file_size for info in box.infolist()}
    strings = sum(size for name, size in parts.items() if name.endswith("sharedStrings.xml"))
    whole = max((size for name, size in parts.items() if _WHOLE.search(name)), default=0)
    if strings > LARGEST_STRINGS or max(parts.values(), default=0) > LARGEST_PART or whole > LARGEST_WHOLE:
        raise DeskError(
            f"{path.name} 解开以后太大，不像办件的表格。",
            "没有导入。",
            "请用表格软件打开，只留要导入的内容，另存一份。",
        )


def _ordinary(path: Path) -> Any:
    """The file as the reader takes it: one of the strict variant in its ordinary words, else itself."""
    with zipfile.ZipFile(path) as box:
        if "xl/workbook.xml" not in box.namelist() or STRICT not in box.read("xl/workbook.xml"):
            return path
        if sum(info.file_size for info in box.infolist()) > LARGEST_STRICT:
            raise DeskError(f"{path.name} 是【严格】格式的表格，又太大。", "没有导入。", "请另存为普通的 xlsx。")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in box.infolist():
                content = box.read(info)
                if info.filename.endswith((".xml", ".rels")):
                    content = content.replace(STRICT + b"officeDocument/", ORDINARY + b"officeDocument/2006/")
                    content = content.replace(STRICT + b"spreadsheetml/main", ORDINARY + b"spreadsheetml/2006/main")
                    content = content.replace(STRICT + b"drawingml/", ORDINARY + b"drawingml/2006/")
                copy.writestr(info.filename, content)
    made.seek(0)
    return made
