"""The first line of a table that comes in: which columns there are, and the cells that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deskapp.errors import DeskError
from deskapp.exchange.sheets import Cells

BEYOND = "有的行比表头多出几格，多出的没有导入。"


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be taken: line of the file (the heading is 1), column, value, what would be right."""

    line: int
    column: str
    value: str
    right: str


class Heading:
    """The names of the columns as they stand in the file, each by its proper name; ``warnings`` about them."""

    def __init__(
        self,
        file: str,
        cells: Cells,
        columns: Sequence[str],
        required: Sequence[str],
        called: Mapping[str, str] | None = None,
    ) -> None:
        """Read the heading. ``called`` gives the proper name of other usual ones. Raises DeskError when a required column
        is missing or one is there twice."""
        plain = [cell.strip().lstrip("\ufeff").rstrip("*") for cell in cells]
        self.names = [(called or {}).get(name, name) for name in plain]
        self._columns = columns
        missing = [column for column in required if column not in self.names]
        if missing:
            raise DeskError(
                f"{file} 缺少列：{'、'.join(missing)}。", "没有导入。", "第一行应当是列名，带星号的列必须有。"
            )
        doubled = sorted({name for name in self.names if name and self.names.count(name) > 1})
        if doubled:
            raise DeskError(
                f"{file} 有重复的列：{'、'.join(doubled)}。", "分不清用哪一列，没有导入。", "请删去多余的列。"
            )
        unknown = [name for name in self.names if name and name not in columns]
        self.warnings: tuple[str, ...] = (f"不认识的列没有导入：{'、'.join(unknown)}。",) if unknown else ()

    def records(self, lines: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, dict[str, str]]]:
        """The lines that are not empty, as cells by column."""
        for line, cells in lines:
            record = dict.fromkeys(self._columns, "")
            record.update((n, c) for n, c in zip(self.names, cells, strict=False) if n in record)
            if any(cells[len(self.names) :]) and BEYOND not in self.warnings:
                self.warnings = (*self.warnings, BEYOND)
            if any(record.values()):
                yield line, record
