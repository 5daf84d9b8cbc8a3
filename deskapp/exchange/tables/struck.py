"""Words of a workbook that are struck through: whole cells by their format, or pieces of a text (ECMA-376, 18.4.10 strike)."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, iterparse

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MARK = b"<strike"
NOT = ("0", "false")


@dataclass
class StruckThrough:
    """What is struck through in a book: formats of cells, and texts that cells share, by number; the places of those that were met."""

    styles: set[int]
    texts: set[int]
    _met: set[tuple[int, int]] = field(default_factory=set)

    def watch(self, parser: Any) -> None:
        """Look at each cell as the reader takes it."""
        if not self.styles and not self.texts:
            return
        plain = parser.parse_cell

        def parse_cell(element: Any) -> dict[str, Any]:
            pieces = self._pieces(element)
            cell: dict[str, Any] = plain(element)
            if pieces or (cell["style_id"] in self.styles):
                self._met.add((cell["row"], cell["column"]))
            return cell

        parser.parse_cell = parse_cell

    def _pieces(self, element: Any) -> bool:
        """Whether a piece of the text of a cell is struck through."""
        if element.get("t") == "inlineStr":
            return _has(element)
        value = element.find(f"{SPREADSHEET}v") if self.texts and element.get("t") == "s" else None
        number = (value.text or "").strip() if value is not None else ""
        return number.isdigit() and int(number) in self.texts

    def of(self, cells: list[dict[str, Any]]) -> bool:
        """Whether a line has a cell with words that are struck through."""
        return bool(self._met) and any(
            (cell["row"], cell["column"]) in self._met for cell in cells if cell["value"] is not None
        )


def struck_texts(source: Any) -> set[int]:
    """The numbers of the texts of a book that have a piece struck through."""
    with zipfile.ZipFile(source) as box:
        part = next((name for name in box.namelist() if name.endswith("sharedStrings.xml")), "")
        if not part or not _holds(box, part):
            return set()
        found, number = set(), 0
        with box.open(part) as stream:
            for _, item in iterparse(stream):
                if item.tag == f"{SPREADSHEET}si":
                    if _has(item):
                        found.add(number)
                    number += 1
                    item.clear()
        return found


def _has(item: Element) -> bool:
    return any(mark.get("val") not in NOT for mark in item.iter(f"{SPREADSHEET}strike"))


def _holds(box: zipfile.ZipFile, part: str) -> bool:
    """Whether a part has such a piece at all, read piece by piece."""
    rest = b""
    with box.open(part) as stream:
        while chunk := stream.read(1 << 20):
            if MARK in rest + chunk or b":strike" in rest + chunk:
                return True
            rest = chunk[-len(MARK) :]
    return False
