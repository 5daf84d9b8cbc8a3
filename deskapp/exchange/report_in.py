"""An annual report that somebody has written or published, as xlsx, docx or web page: tables three and four found in it by their labels.

What is blank stays blank. The figures of its text are not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.tables import web
from deskapp.exchange.tables.kinds import kind_of
from deskapp.exchange.tables.reading import TableFile
from deskapp.files import read_json
from deskapp.law.annual_report import ROUTES, bare, columns, outcome_names, report_file

NOTHING = "没有核对。"
BLANK = ("", "-", "—", "－", "/", "／", "无", "——")
Grid = Sequence[Sequence[str]]


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
    grids = list(_grids(path))
    table3 = [row for grid in grids for row in _table_three(grid)]
    if not table3:
        raise DeskError(
            f"{path.name} 里没有找到表三（收到和处理政府信息公开申请情况）。",
            NOTHING,
            "请核对是不是年报，表格有没有变成图片。",
        )
    table4 = next((found for grid in grids if (found := _table_four(grid))), {})
    yield {"table3": table3, "table4": table4}


def _grids(path: Path) -> Iterator[Grid]:
    """The tables of a file as rows of cells; a merged cell stands in every place it covers."""
    if path.suffix.lower() == ".docx":
        yield from _of_docx(path)
        return
    if path.suffix.lower() == ".pdf":
        raise DeskError(
            f"{path.name} 是 PDF：里面的表格认不准。", NOTHING, "请用 docx、xlsx 或者网页（html）的那一份。"
        )
    if kind_of(path) == "html":
        yield from web.tables_of(path)
        return
    file = TableFile(path)
    for number in range(len(file.sheets)):
        yield [line.spread for line in file.lines(number)]
    file.close()


def _of_docx(path: Path) -> Iterator[Grid]:
    try:
        from docx import Document
    except ImportError as error:
        raise DeskError(
            f"读 {path.name} 需要 word 组件。", NOTHING, "请安装 deskapp[word]，或者另存为 xlsx、网页。"
        ) from error
    try:
        for table in Document(str(path)).tables:
            yield [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    except Exception as error:  # the reader of damaged archives raises what it happens to meet
        raise DeskError(f"{path.name} 打不开，可能已经损坏。", NOTHING, "请另存一份再核对。") from error


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
    return bool(re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}(?:\.0+)?", _plain(cell)))


def _number(cell: str) -> int | None:
    return int(_plain(cell).replace(",", "").partition(".")[0]) if _is_number(cell) else None


def _plain(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def read_from(raw: dict[str, Any]) -> str:
    """What was found in a file, in a sentence."""
    table4 = "表四" if raw["table4"] else "没有找到表四"
    blank = sum(value is None for row in raw["table3"] for value in row["values"])
    blanks = f"，{blank}格是空的，按0核对" if blank else ""
    return f"找到表三{len(raw['table3'])}行{blanks}；{table4}。文字里的数没有核对。"
