"""Tables of text in files: lines of an xlsx or csv are read one by one, and written one by one.

Text stays text: a formula is taken as it is written, ``=张三`` is a name. In a csv, where a table program would calculate
such a cell, it is written with an apostrophe before it, which reading takes off again.
"""

from __future__ import annotations

import csv
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError, os_reason
from deskapp.files import written
from deskapp.parsing import one_line, parse_day

Cells = Sequence[str]
_ARMED = re.compile(r"'*[=+\-@]")  # what a table program would calculate, with the apostrophes put before it
# What the reader of workbooks raises on a damaged file, besides its own error: it does not check what it reads.
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    EOFError, NotImplementedError, OSError,
)  # fmt: skip
BORN = datetime(2019, 5, 15)  # the date inside every workbook we write: equal content is an equal file


def read_lines(path: Path, sheet: str) -> Iterator[tuple[int, Cells]]:
    """Numbered lines of an xlsx (its sheet of that name, else the first) or csv file, the heading being 1.

    Raises DeskError when it is neither or is damaged.
    """
    if not path.is_file():
        raise DeskError(f"没有找到文件 {path}。", "", "请核对文件名和位置。")
    readers: dict[str, Callable[[Path, str], Iterator[Cells]]] = {".xlsx": _read_xlsx, ".csv": _read_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise DeskError(f"{path.name} 不是 xlsx 或者 csv 文件。", "没有导入。", "请在表格软件里另存为 xlsx。")
    return enumerate(reader(path, sheet), 1)


def _read_xlsx(path: Path, sheet: str) -> Iterator[Cells]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False)
    except (InvalidFileException, *BROKEN_WORKBOOK) as error:
        raise DeskError(
            f"{path.name} 打不开，可能已经损坏、加了密码，或者带有图表页。",
            "没有导入。",
            f"请用表格软件打开，只留{sheet}，另存一份。",
        ) from error
    named = [found for found in book.worksheets if found.title == sheet]
    if not book.worksheets:
        raise DeskError(f"{path.name} 里没有工作表。", "没有导入。", f"请把内容放在名为“{sheet}”的工作表里。")
    try:
        for row in (named or book.worksheets)[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in row]
    except BROKEN_WORKBOOK as error:
        raise DeskError(
            f"{path.name} 读到一半读不下去，可能已经损坏。", "没有导入。", "请用表格软件打开后另存一份。"
        ) from error
    finally:
        book.close()


def _text(cell: Any) -> str:
    """A cell as text on one line; dates as ISO, whole numbers without a decimal point, a formula as it is written."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(str(getattr(cell, "text", cell)))


def _read_csv(path: Path, sheet: str) -> Iterator[Cells]:
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for row in csv.reader(stream):
                yield [_disarmed(one_line(cell)) for cell in row]
    except csv.Error as error:
        raise DeskError(
            f"{path.name} 有一格太长或者写法有误。", "没有导入。", "请用表格软件打开后另存一份。"
        ) from error
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请检查文件和权限。") from error


def encoding_of(path: Path) -> str:
    """UTF-8 with or without BOM, else GB18030. Raises DeskError when the text is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError), path.open(encoding=encoding, newline="") as stream:
            while stream.read(1 << 20):
                pass
            return encoding
    raise DeskError(f"{path.name} 的文字编码不认识。", "没有导入。", "请另存为 UTF-8 或者 GB18030 编码的 csv。")


def _armed(text: str) -> str:
    return f"'{text}" if _ARMED.match(text) else text


def _disarmed(text: str) -> str:
    return text[1:] if text.startswith("'") and _ARMED.match(text) else text


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
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    n = 0
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": BORN})
    page = book.add_worksheet(sheet)
    page.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for n, cells in enumerate(lines, 1):
        for column, text in enumerate(cells):
            if text:
                page.write_string(n - 1, column, text)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
    return n


def _write_csv(path: Path, sheet: str, lines: Iterable[Cells], widths: Sequence[int]) -> int:
    done = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for cells in lines:
            writer.writerow([_armed(text) for text in cells])
            done += 1
    return done


def day_of(text: str) -> date | None:
    """A day in a table, with its year: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日; None otherwise."""
    if not re.match(r"\s*[0-9０-９]{4}", text):
        return None
    with suppress(DeskError):
        return parse_day(text, date.min)
    return None
