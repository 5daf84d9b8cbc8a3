"""What an .ods workbook has beside its cells, which the library for old and other workbooks does not tell; read in one go."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers.expat import ParserCreate

from deskapp.exchange.tables.besides import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, Aside, Besides, Merge, Place
from deskapp.exchange.tables.merged import PIECE, look, refused, too_many_merges
from deskapp.parsing import whole_number
from deskapp.zipped import ZIP_FAULTS

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
COLUMNS_REPEATED = "number-columns-repeated"
FAR = "最下面还有内容，和上面隔着十万行以上，程序读不了；在表格软件里把最下面的内容删掉，才能导入"
LONGEST_MARK = 40  # bytes that are looked at once more with the next piece
_FAR_BELOW = re.compile(rb'number-rows-repeated="[0-9]{6,}"|<text:p|</table:table>')
_PLAIN_NUMBER = re.compile(r"[-+(]?[¥￥$\u20ac]?\s*(?:0|[1-9][0-9,\s]*)?(?:\.[0-9]*)?(?:[Ee][-+]?[0-9]+)?\s*[%)]?|#+")


def of_ods(path: Path, number: int) -> Besides:
    """Of a sheet by its place, as far as the file can be read; the library itself says what is damaged. Raises DeskError for more merged
    ranges than any office's table has."""
    sheet = _OdsSheet(number, path.name)
    try:
        with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
            sheet.read(stream)
    except (ParseError, *ZIP_FAULTS):
        pass
    return sheet.besides


def in_order(path: Path) -> None:
    """Nothing, where the text of the workbook is whole; the library would look for the end of a table that has none for ever. Raises
    DeskError for cells that no program writes, ExpatError, OSError, KeyError or what a damaged zip file raises."""
    parser, far = ParserCreate(), _FarBelow()
    with zipfile.ZipFile(path) as box, box.open("content.xml") as stream:
        while chunk := stream.read(PIECE):
            look(chunk, path.name)
            if far.see(chunk):
                raise refused(path.name, FAR)
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


class _FarBelow:
    """Whether something stands below a hundred thousand rows that are alike: the library lays out each of them, and its memory ends."""

    def __init__(self) -> None:
        self._rest, self._repeated = b"", False

    def see(self, chunk: bytes) -> bool:
        """Look at the next piece of the text."""
        for found in _FAR_BELOW.finditer(self._rest + chunk):
            if found[0].startswith(b"number") or found[0] == b"</table:table>":
                self._repeated = found[0].startswith(b"number")
            elif self._repeated:
                return True
        self._rest = chunk[-LONGEST_MARK:]
        return False


class _OdsSheet:
    """A sheet as it is read, row by row."""

    def __init__(self, wanted: int, name: str) -> None:
        self._wanted, self._name = wanted, name
        self._sheet, self._row, self._column, self._depth, self._folded = -1, 0, 0, 0, 0
        self._merges: list[Merge] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._shown: dict[Place, str] = {}
        self._hidden: set[int] = set()
        self._remarks = 0

    @property
    def besides(self) -> Besides:
        """What was found so far."""
        aside = Aside(frozenset(self._hidden), self._remarks)
        return Besides(tuple(self._merges), tuple(self._hidden_rows), self._shown, aside)

    def read(self, stream: IO[bytes]) -> None:
        """Until the sheet is over. Raises ParseError."""
        for event, element in iterparse(stream, ("start", "end")):
            if element.tag == f"{TABLE}table":
                self._table(element, event == "start")
            elif element.tag == f"{TABLE}table-row-group":
                folded = element.get(f"{TABLE}display") == "false"
                self._folded += (1 if event == "start" else -1) if folded else 0
            elif event == "end" and self._depth == 1:
                self._part(element)
            if self._sheet > self._wanted or self._row > MOST_ROWS:
                return

    def _table(self, element: Element, begins: bool) -> None:
        self._depth += 1 if begins else -1
        if begins and self._depth == 1:
            self._sheet, self._row, self._column = self._sheet + 1, 0, 0
        elif not begins and not self._depth:
            element.clear()

    def _part(self, element: Element) -> None:
        here = self._sheet == self._wanted
        if element.tag == f"{OFFICE}annotation":
            self._remarks += here
        elif element.tag == f"{TABLE}table-column":
            times = ods_times(element, COLUMNS_REPEATED, MOST_COLUMNS)
            if here and _unseen(element):
                self._hidden.update(range(self._column, min(self._column + times, MOST_COLUMNS)))
            self._column += times
        elif element.tag == f"{TABLE}table-row":
            times = ods_times(element, "number-rows-repeated", MOST_ROWS)
            if here:
                if self._folded or _unseen(element):
                    self._hidden_rows.append((self._row, self._row + times - 1))
                self._cells(element)
            self._row += times
            element.clear()

    def _cells(self, row: Element) -> None:
        """The cells of a row; of one that is repeated those of the first."""
        for cell, column, times in _placed(row):
            down = ods_times(cell, "number-rows-spanned", MOST_ROWS)
            right = ods_times(cell, "number-columns-spanned", MOST_COLUMNS)
            if down > 1 or right > 1:
                if len(self._merges) == MOST_MERGES:
                    raise too_many_merges(self._name)
                self._merges.append((self._row, self._row + down - 1, column, column + right - 1))
            if text := _shown(cell):
                last = min(column + times, MOST_COLUMNS)
                self._shown.update({(self._row, at): text for at in range(column, last)})


def _placed(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row, each with its column and how often it stands there."""
    column = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        times = ods_times(cell, COLUMNS_REPEATED, MOST_COLUMNS)
        yield cell, column, times
        column += times
        if column > MOST_COLUMNS:
            return


def _shown(cell: Element) -> str:
    """The text of a number that is shown with words, or with noughts before; empty for any other cell."""
    if cell.get(f"{OFFICE}value-type") != "float":
        return ""
    text = "".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))
    return "" if _PLAIN_NUMBER.fullmatch(text) else text


def _unseen(element: Element) -> bool:
    return element.get(f"{TABLE}visibility", "visible") != "visible"


def ods_times(element: Element, name: str, most: int) -> int:
    """How often a cell, row or column stands there, or over how many it reaches: an attribute by its name, at most ``most``."""
    return min(whole_number(element.get(f"{TABLE}{name}", "1")) or 1, most)
