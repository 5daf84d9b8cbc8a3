"""A year of holidays, or local ones, from a file: a TOML text or a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskapp.errors import DeskError, os_reason, shortened
from deskapp.exchange.columns import Columns
from deskapp.exchange.days import day_of
from deskapp.exchange.table_apart import TableApart
from deskapp.law.calendar_file import COLUMNS, Arrangement, from_rows, from_toml
from deskapp.law.errors import LawError

CALENDAR = Columns(
    "放假安排",
    COLUMNS,
    ("日期", "安排"),
    {"类型": "安排", "假日": "节日", "节日名称": "节日", "名称": "节日"},
    days=("日期",),
)
LARGEST = 1_000_000  # bytes; a year of holidays is about two thousand


def read_arrangement(path: Path, today: date, title: str = "", number: str = "", place: str = "") -> Arrangement:
    """The arrangement in a file (.toml, or a table), checked on ``today``. Raises DeskError when the file is of no use."""
    try:
        if path.suffix.lower() == ".toml":
            return from_toml(_text(path), today)
        return from_rows(_rows(path), today, title, number, place)
    except LawError as error:
        raise DeskError(str(error), "没有导入。", "") from error


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table, days ISO where they can be read. Raises DeskError."""
    for record in TableApart(path, CALENDAR):
        if record.lost:
            column, why = next(iter(record.lost.items()))
            value = shortened(record.cells[column])
            raise DeskError(f"第{record.line}行【{column}】是【{value}】：{why}。", "没有导入。", "请改正后再导入。")
        day = day_of(record.cells["日期"])
        yield record.line, {**record.cells, "日期": day.isoformat() if day else record.cells["日期"]}


def _text(path: Path) -> str:
    """The text of a TOML file, UTF-8 or GB18030. Raises DeskError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise DeskError(f"文件 {path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请检查文件。") from error
    if len(raw) > LARGEST:
        raise DeskError(f"文件 {path.name} 太大，不像放假安排。", "没有导入。", "请核对文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DeskError(f"文件 {path.name} 的编码不认识。", "没有导入。", "请另存为 UTF-8。")
