"""Tables of text: comma, tab, semicolon or the full-width comma between cells; UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from deskapp.errors import DeskError, os_reason
from deskapp.exchange.tables.grid import BROKEN_LINE, MOST_COLUMNS, NO_VALUE, TableLine, bare_text

MANY = 3  # signs between cells in a line inside of a cell
SAMPLED = 30  # lines from which the sign between cells is told
BETWEEN = (",", "\t", ";", "，", "；")
LONGEST_LINE = 1_000_000  # characters of one line of the file
_DIGIT = re.compile("[0-9]")
_SPELT = re.compile(r'^="([^"]*)"$')  # how others keep a table program from changing a number
_FORMULA = re.compile("=[A-Za-z0-9$(+'\"-]")  # what was to be calculated and was not; a line of signs is none
_ARMED = re.compile(r"'*[=+\-@]")  # what a table program would calculate, with the apostrophes put before it


def encoding_of(path: Path) -> str:
    """UTF-8 with or without BOM, UTF-16 with one, else GB18030. Raises DeskError when the text is none of them."""
    with path.open("rb") as stream:
        head = stream.read(2)
    choices = ("utf-16",) if head in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in choices:
        with suppress(UnicodeDecodeError), path.open(encoding=encoding, newline="") as stream:
            while stream.read(1 << 20):
                pass
            return encoding
    raise DeskError(f"{path.name} 的文字编码不认识。", "没有导入。", "请另存为 UTF-8 或者 GB18030 编码的 csv。")


def armed(text: str) -> str:
    """A cell as a table program does not calculate it."""
    return f"'{text}" if _ARMED.match(text) else text


def disarmed(text: str) -> str:
    """The same taken back."""
    return text[1:] if text.startswith("'") and _ARMED.match(text) else text


def _unspelt(text: str) -> str:
    """A cell without the formula that only says its text."""
    return _SPELT.sub(r"\1", text) if text.startswith("=") else text


def lines_of(path: Path) -> Iterator[TableLine]:
    """The lines of a file, numbered as a table program numbers them: one with breaks inside its cells is one, but where a quote is not
    closed each line of the file that it took along has its own number. Raises DeskError for one that cannot be read."""
    encoding = encoding_of(path)
    sign, width = _sign_between(path, encoding)
    raw: list[str] = []  # the lines of the file that are one of the table
    try:
        with path.open(encoding=encoding, newline="") as stream:
            number = 1
            for cells in csv.reader(_whole(stream, path.name, raw), delimiter=sign):
                over = len(raw) - 1
                swallowed = over if over > 0 and _swallows(cells, raw, sign, width) else 0
                raw.clear()
                yield _line(number, cells, path.name, swallowed)
                number += 1 + swallowed
    except csv.Error as error:
        raise DeskError(
            f"{path.name} 有一格太长或者写法有误。", "没有导入。", "请用表格软件打开后另存一份。"
        ) from error
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请检查文件和权限。") from error


def _whole(stream: TextIO, name: str, raw: list[str]) -> Iterator[str]:
    """The lines of a stream, none longer than a table has them; each is put into ``raw`` as well."""
    readline = stream.readline
    while line := readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise DeskError(f"{name} 有一行太长，不像表格。", "没有导入。", "请用表格软件打开后另存一份。")
        raw.append(line)
        yield line


def _sign_between(path: Path, encoding: str) -> tuple[str, int]:
    """The sign that stands between cells: the one by which most of the first lines have the same number of cells, more than one; the comma
    where that decides nothing, for content is full of the others. With it the number of cells that most lines have."""
    with path.open(encoding=encoding, newline="") as stream:
        first = [line for line in (stream.readline(LONGEST_LINE) for _ in range(SAMPLED)) if line.strip()]
    best, found = (0, 0), ","
    for sign in BETWEEN:
        try:
            widths = Counter(len(row) for row in csv.reader(first, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if (alike, width) > best and (sign == "," or alike > best[0]):
            best, found = (alike, width), sign
    return found, best[1]


def _swallows(cells: list[str], raw: list[str], sign: str, width: int) -> bool:
    """Whether a line of the table that reaches over several of the file holds other lines of the table, since a quote was not closed: a
    cell has the signs of a whole line, the quotes are not as they should be, there are more cells than elsewhere, or a line inside of a
    cell begins as this one does."""
    inside = [line for cell in cells if "\n" in cell or "\r" in cell for line in cell.splitlines()]
    if any(line.count(sign) >= MANY for line in inside):
        return True
    try:
        list(csv.reader(raw, delimiter=sign, strict=True))
    except csv.Error:
        return True
    parted = [line.split(sign) for line in inside if sign in line]
    if not parted:
        return False
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return len(cells) > max(width, 1) or any(_next_of(first, parts[0].strip()) for parts in parted)


def _next_of(first: str, other: str) -> bool:
    """Whether a cell is made as the first cell of a line: 2026-03-06 as 2026-03-05; of whole numbers a higher one."""
    if first.isdecimal():
        return other.isdecimal() and int(other) > int(first)
    return any(map(str.isdecimal, first)) and _DIGIT.sub("0", first) == _DIGIT.sub("0", other)


def _line(number: int, cells: list[str], name: str, swallowed: int) -> TableLine:
    if len(cells) > MOST_COLUMNS:
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise DeskError(f"{name} 有{len(cells)}列，不像办件的表格。", "没有导入。", "请核对文件。")
    texts, lost, holding = [], dict[int, str](), list[int]()
    for place, cell in enumerate(cells):
        if not cell:  # most of the columns of most lines
            texts.append("")
            continue
        bare = _unspelt(cell.strip())
        text, why = bare_text(disarmed(bare))
        if _FORMULA.match(bare):
            why = NO_VALUE
        texts.append(text)
        if swallowed and ("\n" in cell or "\r" in cell):
            holding.append(place)
            why = why or BROKEN_LINE
        if why:
            lost[place] = why
    return TableLine(number, tuple(texts), lost, broken=frozenset(holding), swallowed=swallowed)
