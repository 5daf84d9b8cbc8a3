"""An annual report that somebody has written or published: tables two to four found in it by their labels, and its text.

What is blank stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.report_pages import NOTHING, pages_of
from deskapp.exchange.report_tables import table_four, table_three, table_two
from deskapp.files import read_json


def read_report(path: Path) -> dict[str, Any]:
    """A report in the shape of ``report --json``, with ``read_from`` and what was found. Raises DeskError."""
    if path.suffix.lower() == ".json":
        found = read_json(path)
        return found if isinstance(found, dict) else {"table3": None}
    made: dict[str, Any] = next(
        iter(Apart("deskapp.exchange.report_in:things_of", path, size=size_of(path), nothing=NOTHING))
    )
    return made


def things_of(path: Path) -> Iterator[dict[str, Any]]:
    """What the other process sends: the report. Raises DeskError where table three is not in the file."""
    pages = pages_of(path)
    table3, several = table_three(pages.grids)
    if not table3:
        raise DeskError(
            f"{path.name} 里没有找到表三（收到和处理政府信息公开申请情况）。",
            NOTHING,
            "请核对是不是年报，表格有没有变成图片。",
        )
    said = f"文件里有{several}个表三，核对的是第一个。" if several > 1 else ""
    yield {
        "table2": table_two(pages.grids), "table3": table3, "table4": table_four(pages.grids), "text": pages.text,
        "unread": said + pages.unread,
    }  # fmt: skip


def read_from(raw: dict[str, Any]) -> str:
    """What was found in a file, in a sentence."""
    found = [f"表二{len(raw['table2'])}行"] if raw["table2"] else []
    found.append(f"表三{len(raw['table3'])}行")
    found += ["表四"] if raw["table4"] else []
    missing = [name for name, key in (("表二", "table2"), ("表四", "table4"), ("文字", "text")) if not raw[key]]
    lacks = f"；没有找到{'、'.join(missing)}" if missing else ""
    return f"找到{'、'.join(found)}{lacks}。{raw['unread']}"
