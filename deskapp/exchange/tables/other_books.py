"""Old workbooks (.xls of Excel, .et of WPS), .xlsb and .ods, read by calamine (extra ``books``), a kept library for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.tables.besides import Aside, Besides
from deskapp.exchange.tables.epochs import counts_from_1904
from deskapp.exchange.tables.grid import SheetInfo, TableLine, number_text, text_of, truth_text
from deskapp.exchange.tables.kinds import SAVE_AS, Kind
from deskapp.exchange.tables.merged import filled
from deskapp.exchange.tables.ods_besides import in_order, of_ods
from deskapp.exchange.tables.xls_besides import OldBesides

PANIC = "PanicException"  # by its name: the class is nowhere to be imported from
NAMES: dict[Kind, str] = {"xls": "旧的 xls（或者 WPS 的 et）表格", "xlsb": "xlsb 表格", "ods": "ods 表格"}


@contextmanager
def _readable(what: str) -> Iterator[None]:
    """A refusal in place of whatever the library meets in a damaged file; a panic of its compiled core is no ordinary exception."""
    try:
        yield
    except (MemoryError, DeskError):
        raise
    except BaseException as error:  # it raises what it happens to meet
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        raise DeskError(what, "没有导入。", SAVE_AS) from error


class OtherBook:
    """Such a workbook, opened. Raises DeskError for a damaged one, and without the extra by the name of what it is."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self._name, self._path, self._kind = path.name, path, kind
        self._read: dict[int, Besides] = {}  # of each sheet that was asked for
        self._old: OldBesides | None = None
        try:
            import python_calamine as calamine
        except ImportError as error:
            raise DeskError(
                f"{path.name} 是{NAMES[kind]}，这台机器没有装读它的组件。",
                "没有导入。",
                f"{SAVE_AS}或者安装 deskapp[books]。",
            ) from error
        with _readable(f"{path.name} 是{NAMES[kind]}，打不开，可能已经损坏或者加了密码。"):
            if kind == "ods":
                in_order(path)
            self._book = calamine.load_workbook(path)
            self.since_1904 = counts_from_1904(path, kind)
            states = calamine.SheetVisibleEnum.Visible
            self.sheets = [
                SheetInfo(sheet.name, sheet.visible != states)
                for sheet in self._book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]

    def lines(self, number: int) -> Iterator[TableLine]:
        """The lines of a sheet. Raises DeskError where it cannot be read."""
        with _readable(f"{self._name} 的【{self.sheets[number].name}】读不出来。"):
            sheet = self._book.get_sheet_by_name(self.sheets[number].name)
            first = sheet.start[0] + 1 if sheet.start else 1
            rows = sheet.to_python(skip_empty_area=True)
            left = sheet.start[1] if sheet.start else 0
            merged = [(top, bottom, x, y) for (top, x), (bottom, y) in (sheet.merged_cell_ranges or [])]
        beside = self._besides(number)
        merged += beside.merges
        hidden, shown = list(beside.hidden_rows), beside.shown
        lines = (_line(first + at, left, row, _within(hidden, first + at - 1), shown) for at, row in enumerate(rows))
        ranges = [(top + 1, bottom + 1, x, y) for top, bottom, x, y in merged]
        yield from filled(lines, ranges, self._name)

    def aside(self, number: int) -> Aside:
        """What a sheet has beside its lines; of .xlsb nothing is told."""
        return self._besides(number).aside

    def _besides(self, number: int) -> Besides:
        if number not in self._read:
            self._read[number] = self._read_besides(number)
        return self._read[number]

    def _read_besides(self, number: int) -> Besides:
        if self._kind == "ods":
            return of_ods(self._path, number)
        if self._kind == "xls":
            self._old = self._old or OldBesides(self._path)
            return self._old.of(self.sheets[number].name)
        return Besides()

    def close(self) -> None:
        """Close the file."""
        self._book.close()


def _within(runs: list[tuple[int, int]], row: int) -> bool:
    """Whether a row is in one of the runs, which follow each other; those before it are taken away."""
    while runs and runs[0][1] < row:
        runs.pop(0)
    return bool(runs) and runs[0][0] <= row


def _line(number: int, left: int, row: list[Any], hidden: bool, shown: Mapping[tuple[int, int], str]) -> TableLine:
    texts, lost = [""] * left, {}
    for place, value in enumerate(row, left):
        text, why = _text(value)
        text = shown.get((number - 1, place), text) if not why else text
        texts.append(text)
        if why:
            lost[place] = why
    worded = sum((number - 1, place) in shown for place in range(len(texts))) if shown else 0
    return TableLine(number, tuple(texts), lost, hidden, worded=worded)


def _text(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return truth_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat(), ""
    if isinstance(value, (date, time, timedelta)):
        return (value.isoformat() if isinstance(value, date) else str(value)), ""
    if isinstance(value, (int, float)):
        return number_text(value)
    return text_of(value)
