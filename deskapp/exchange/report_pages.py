"""A written report as a file has it: its tables as rows of cells, and its text. xlsx, docx (extra ``word``), web page, PDF (extra ``pdf``).
Read in a process of its own, for the libraries believe what a file says of itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.docx_accepted import W, accept
from deskapp.exchange.tables import web
from deskapp.exchange.tables.kinds import kind_of
from deskapp.exchange.tables.reading import TableFile
from deskapp.exchange.years import year_in

NOTHING = "没有核对。"
AGAIN = 500  # rows after which it is told once more how far it is, and may be stopped
LARGEST_SIGN, LIGHT = 40, 0.5  # of a sign of the text: points, share of light
ASKEW = 0.05  # how far a sign leans that neither stands nor lies
MOST_PAGES = 60  # of a report; its tables stand in the first ones
Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Pages:
    """The tables of a file and its text; a merged cell stands in every place it covers. ``unread`` says what was left out."""

    grids: tuple[Grid, ...]
    text: str = ""
    unread: str = ""


@dataclass(frozen=True)
class PagesRead:
    """How far the reading of a file is: the part that is next, of how many, and what its parts are called."""

    part: int
    parts: int
    unit: str


def pages_of(path: Path) -> Iterator[PagesRead | Pages]:
    """How far it is, again and again, and in the end the tables and the text of a report. Raises DeskError."""
    ending = path.suffix.lower()
    if ending == ".docx":
        yield from _of_docx(path)
    elif ending == ".pdf":
        yield from _of_pdf(path)
    elif kind_of(path) == "html":
        yield Pages(tuple(web.tables_of(path)), web.text_of_page(path))
    else:
        yield from _of_sheets(path)


def _of_sheets(path: Path) -> Iterator[PagesRead | Pages]:
    file = TableFile(path)
    grids: list[Grid] = []
    seen = [number for number, sheet in enumerate(file.sheets) if not sheet.hidden] or [*range(len(file.sheets))]
    seen.sort(key=lambda number: -year_in(file.sheets[number].name))  # of several years the last one is asked about
    hidden = 0
    for part, number in enumerate(seen, 1):
        grid: list[Sequence[str]] = []
        for row, line in enumerate(file.lines(number)):
            if row % AGAIN == 0:
                yield PagesRead(part, len(seen), "张表")
            hidden += line.hidden and not line.empty
            if not line.hidden:
                grid.append(line.spread)
        grids.append(grid)
    file.close()
    unread = (
        [f"隐藏的工作表【{'】【'.join(_hidden_names(file, seen))}】没有看。"] if len(seen) < len(file.sheets) else []
    )
    unread += [f"隐藏的{hidden}行没有看。"] if hidden else []
    text = "\n".join(cells[0] for grid in grids for cells in grid if _is_sentence(cells))
    yield Pages(tuple(grids), text, "".join(unread))


def _hidden_names(file: TableFile, seen: Sequence[int]) -> list[str]:
    return [sheet.name for number, sheet in enumerate(file.sheets) if number not in seen]


def _is_sentence(cells: Sequence[str]) -> bool:
    """Whether a line of a sheet is text rather than a line of a table: one cell, or one cell over all columns."""
    return len({cell for cell in cells if cell}) == 1


def _of_docx(path: Path) -> Iterator[PagesRead | Pages]:
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise DeskError(
            f"读 {path.name} 需要 word 组件。", NOTHING, "请安装 deskapp[word]，或者另存为 xlsx、网页。"
        ) from error
    try:
        book = Document(str(path))
        accepted = accept(book.element.body)
        tables = [Table(each, book) for each in book.element.body.iter(f"{W}tbl")]  # those in boxes of a layout too
        grids: list[Grid] = []
        for number, table in enumerate(tables, 1):
            grid: list[Sequence[str]] = []
            for place, row in enumerate(table.rows):
                if place % AGAIN == 0:
                    yield PagesRead(number, len(tables), "个表")
                grid.append([" ".join(cell.text.split()) for cell in row.cells])
            grids.append(grid)
        text = "\n".join(paragraph.text for paragraph in book.paragraphs)
    except MemoryError:
        raise
    except Exception as error:  # the reader of damaged archives raises what it happens to meet
        raise DeskError(f"{path.name} 打不开，可能已经损坏。", NOTHING, "请另存一份再核对。") from error
    yield Pages(tuple(grids), text, accepted.sentence)


def _of_pdf(path: Path) -> Iterator[PagesRead | Pages]:
    try:
        import pdfplumber
    except ImportError as error:
        raise DeskError(
            f"读 {path.name} 需要 pdf 组件。", NOTHING, "请安装 deskapp[pdf]，或者用 docx、xlsx、网页的那一份。"
        ) from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it finds is said by us
    grids: list[Grid] = []
    texts: list[str] = []
    try:
        with pdfplumber.open(path) as file:
            pages = len(file.pages)
            for number, whole in enumerate(file.pages[:MOST_PAGES], 1):
                yield PagesRead(number, min(pages, MOST_PAGES), "页")
                page = whole.filter(_is_of_the_page)
                grids += map(_filled, page.extract_tables())
                texts.append(page.extract_text() or "")
                whole.close()
    except MemoryError:
        raise
    except Exception as error:  # the reader of damaged PDF files raises what it happens to meet
        raise DeskError(f"{path.name} 打不开，可能已经损坏或者加了密码。", NOTHING, "请另存一份再核对。") from error
    text = "\n".join(texts)
    if not text.strip():
        raise DeskError(f"{path.name} 里没有文字，多半是扫描的图片。", NOTHING, "请用 docx、xlsx 或者网页的那一份。")
    yield Pages(
        tuple(grids),
        text,
        f"只看了前{MOST_PAGES}页，后面{pages - MOST_PAGES}页没有看。" if pages > MOST_PAGES else "",
    )


def _is_of_the_page(item: dict[str, Any]) -> bool:
    """Whether a sign is of the text and not of a watermark, which stands askew, or is large and pale. Lines and pictures are of the page."""
    if item.get("object_type") != "char":
        return True
    turned = abs(item["matrix"][1]) > ASKEW and abs(item["matrix"][0]) > ASKEW
    return not turned and not (item["size"] > LARGEST_SIGN and _is_pale(item.get("non_stroking_color")))


def _is_pale(colour: object) -> bool:
    """Whether a colour is a light one: grey, or of red, green and blue; of ink on paper less than half."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    numbers = [part for part in parts if isinstance(part, (int, float))]
    if len(numbers) == 4:
        return sum(numbers) < LIGHT
    return bool(numbers) and min(numbers) > LIGHT


def _filled(table: list[list[str | None]]) -> Grid:
    """The rows of a drawn table; a place that another cell covers has its text: of the one at its left, or above at the beginning."""
    rows: list[list[str]] = []
    for cells in table:
        row: list[str] = []
        for place, cell in enumerate(cells):
            covered = row[-1] if row else rows[-1][0] if rows and rows[-1] else ""
            if cell is None and rows and place < len(rows[-1]) and all(x is None for x in cells[:place]):
                covered = rows[-1][place]
            row.append(covered if cell is None else "".join(cell.split()))
        rows.append(row)
    return rows
