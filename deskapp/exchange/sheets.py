"""Tables of text written to files, xlsx or csv, line by line; :mod:`deskapp.exchange.tables` reads them.

Text stays text: a formula is taken as it is written, ``=张三`` is a name. In a csv, where a table program would calculate
such a cell, it is written with an apostrophe before it, which reading takes off again.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.exchange.new_book import new_book
from deskapp.exchange.tables.text import armed
from deskapp.files import written

Cells = Sequence[str]


def write_lines(path: Path, sheet: str, lines: Iterable[Cells], text_widths: Sequence[int] = ()) -> int:
    """Write a new xlsx or csv file (UTF-8 with BOM); the number of lines. Equal lines make an equal file.

    Raises DeskError, and leaves nothing, when the file is there already, is of another kind, or cannot be written.
    """
    writers: dict[str, Callable[[Path, str, Iterable[Cells], Sequence[int]], int]] = {
        ".xlsx": _write_xlsx, ".csv": _write_csv,
    }  # fmt: skip
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise DeskError(f"不能写成 {path.name}。", "没有写文件。", "请用 .xlsx 或者 .csv 结尾的文件名。")
    if os.path.lexists(path):
        raise DeskError(f"{path} 已经存在。", "程序不会覆盖它。", "请换一个文件名。")
    try:
        with written(path) as part:
            return writer(part, sheet, lines, text_widths)
    except OSError as error:
        raise DeskError(f"不能写 {path}：{os_reason(error)}。", "没有写文件。", "请换一个位置再试。") from error


def _write_xlsx(path: Path, sheet: str, lines: Iterable[Cells], widths: Sequence[int]) -> int:
    n = 0
    with new_book(path, by_lines=True) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        text_only = book.add_format({"num_format": "@"})  # or a number that is typed over a cell loses its end
        for column, width in enumerate(widths):
            page.set_column(column, column, width, text_only)
        for n, cells in enumerate(lines, 1):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(n - 1, column, text, text_only)
    return n


def _write_csv(path: Path, sheet: str, lines: Iterable[Cells], widths: Sequence[int]) -> int:
    done = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for cells in lines:
            writer.writerow([armed(text) for text in cells])
            done += 1
    return done
