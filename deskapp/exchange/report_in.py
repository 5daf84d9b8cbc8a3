"""An annual report that somebody has written or published: tables two to four found in it by their labels, and its text.

What is blank stays blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.report_pages import NOTHING, Grid, pages_of
from deskapp.files import read_json
from deskapp.law.annual_report import ROUTES, bare, columns, outcome_names, report_file
from deskapp.law.report_published import BLANK, cell_number
from deskapp.law.table_two import ALONE
from deskapp.law.table_two import names as names_of_two


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
    table3 = [row for grid in pages.grids for row in _table_three(grid)]
    if not table3:
        raise DeskError(
            f"{path.name} 里没有找到表三（收到和处理政府信息公开申请情况）。",
            NOTHING,
            "请核对是不是年报，表格有没有变成图片。",
        )
    table4 = next((found for grid in pages.grids if (found := _table_four(grid))), {})
    table2 = [row for grid in pages.grids for row in _table_two(grid)]
    yield {"table2": table2, "table3": table3, "table4": table4, "text": pages.text, "unread": pages.unread}


def _folded(text: str) -> str:
    """A label without blanks, signs and its number."""
    plain = bare("".join(unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").split()))
    return re.sub(r"[“”\"、，,。.:：;；]", "", plain)


def _labels() -> dict[str, str]:
    """The rows of table three by their labels; those of the last three kinds of other outcomes by 其他 as well."""
    return {_folded(row.label): row.key for row in report_file().row} | {"其他": "other", "总计": "total"}


def _table_three(grid: Grid) -> Iterator[dict[str, Any]]:
    labels = _labels()
    width = len(columns())
    for cells in grid:
        known = [place for place, cell in enumerate(cells) if cell and _folded(cell) in labels]
        if not known:
            continue
        label = cells[known[-1]]
        after = list(cells[known[-1] + 1 :])
        while after and after[0] == label:  # the label over several columns
            after = after[1:]
        whole = len(after) >= width
        after = [*after, *[""] * (width - len(after))][:width]
        numbers = [_is_number(cell) for cell in after]
        if any(not number and cell.strip() not in BLANK for number, cell in zip(numbers, after, strict=True)):
            continue  # a heading, a sentence
        if not (whole or any(numbers)):
            continue
        yield {"key": labels[_folded(label)], "values": [_number(cell) for cell in after]}


def _table_four(grid: Grid) -> dict[str, dict[str, int | None]]:
    """The fifteen numbers below the three headings of table four; nothing where they are not."""
    kinds = list(outcome_names())
    for at, cells in enumerate(grid):
        if sum("维持" in cell for cell in cells) < len(ROUTES):
            continue
        for below in grid[at + 1 :]:
            numbers = [_number(cell) for cell in below if _is_number(cell) or cell.strip() in BLANK]
            if sum(number is not None for number in numbers) >= 1 and len(numbers) >= len(ROUTES) * len(kinds):
                return {
                    route: dict(zip(kinds, numbers[n * len(kinds) : (n + 1) * len(kinds)], strict=True))
                    for n, route in enumerate(ROUTES)
                }
    return {}


def _is_number(cell: str) -> bool:
    return _number(cell) is not None


def _number(cell: str) -> int | None:
    try:
        return cell_number(cell)
    except ValueError:
        return None


def _table_two(grid: Grid) -> Iterator[dict[str, Any]]:
    """The lines of table two: what they are about, and their numbers as they are written, for amounts are no whole numbers."""
    names = {_folded(name): name for name in names_of_two()}
    for cells in grid:
        known = [name for cell in cells if (name := _folded(cell)) in names]
        numbers = [_amount(cell) for cell in cells[1:]]
        if known and any(numbers):
            values = [number for number in numbers if number]
            alone = names[known[0]] in ALONE and len(set(values)) == 1  # one number over three columns
            yield {"name": names[known[0]], "values": values[:1] if alone else values}


def _amount(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).replace(",", "").strip()
    return plain if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", plain) else ""


def read_from(raw: dict[str, Any]) -> str:
    """What was found in a file, in a sentence."""
    found = [f"表二{len(raw['table2'])}行"] if raw["table2"] else []
    found.append(f"表三{len(raw['table3'])}行")
    found += ["表四"] if raw["table4"] else []
    missing = [name for name, key in (("表二", "table2"), ("表四", "table4"), ("文字", "text")) if not raw[key]]
    lacks = f"；没有找到{'、'.join(missing)}" if missing else ""
    return f"找到{'、'.join(found)}{lacks}。{raw['unread']}"
