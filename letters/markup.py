"""The text of a template after rendering -> blocks: paragraphs, headings, the boxes of forms, further sheets.

One block stands between blank lines:

- plain lines: each line a paragraph of the body; ``~`` alone is an empty row;
- ``## 一、…`` and ``### （一）…``: headings in 黑体 and 楷体 (GB/T 9704 7.3.3);
- lines between ``|``: a form. Its second line gives the columns: as many ``-`` as the column has cells of the 28 in a row,
  ``:-:`` for a column of labels. A box ``<`` belongs to the box at its left; ``>text`` stands at its foot; ``{4}`` after the last ``|`` makes a row at
  least four rows high; ``{head}`` after the first line repeats it on every page;
- ``# 标题``: a further sheet under that title;
- ``@name`` at the head of a block names it a passage.

What a fact contains is never read as markup: :func:`shield` hides its signs until :func:`unshield`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from letters.document import CELLS, Block, Cell, Paragraph, Sheet, Table, TableRow
from letters.errors import PressError

SIGNS = "|#@~<>{}-:"
HIDDEN = {ord(sign): 0xE100 + n for n, sign in enumerate(SIGNS)}
SHOWN = {code: sign for sign, code in HIDDEN.items()}
EMPTY_ROW = "~"
NOTHING_LEFT = (">", "#", "##", "###")  # a line whose words all stood under a condition that does not hold


def shield(value: object) -> object:
    """A value with its signs hidden from the parser; anything but text is left alone."""
    return value.translate(HIDDEN) if isinstance(value, str) else value


def unshield(text: str) -> str:
    """A text with its signs back in place."""
    return text.translate(SHOWN)


@dataclass(frozen=True)
class Passage:
    """A block of a template's source, with its name if it has one and the line it starts at."""

    name: str
    text: str
    line: int


def passages(source: str, first_line: int = 1) -> list[Passage]:
    """The blocks of a template's body, unrendered."""
    found = []
    for match in re.finditer(r"[^\n](?:.|\n(?!\s*\n))*", source):
        text = match.group()
        line = first_line + source.count("\n", 0, match.start())
        named = re.match(r"@([a-z_]+)[ ]*\n", text)
        found.append(Passage(named[1], text[named.end() :], line + 1) if named else Passage("", text, line))
    return found


def blocks_of(rendered: Sequence[str], where: str) -> tuple[tuple[Block, ...], tuple[Sheet, ...]]:
    """The blocks of rendered passages and the further sheets. Raises PressError for a form whose columns do not fit."""
    body: list[Block] = []
    sheets: list[tuple[str, list[Block]]] = []
    for text in rendered:
        lines = [line for line in map(str.strip, text.splitlines()) if line and line not in NOTHING_LEFT]
        if not lines:
            continue
        target = sheets[-1][1] if sheets else body
        if lines[0].startswith("# "):
            sheets.append((unshield(lines[0][2:].strip()), []))
        elif lines[0].startswith("|"):
            target.append(_table(lines, where))
        else:
            target += [_paragraph(line) for line in lines]
    return tuple(body), tuple(Sheet(title, tuple(blocks)) for title, blocks in sheets)


def _paragraph(line: str) -> Paragraph:
    if line == EMPTY_ROW:
        return Paragraph("")
    if line.startswith("### "):
        return Paragraph(unshield(line[4:].strip()), style="subheading")
    if line.startswith("## "):
        return Paragraph(unshield(line[3:].strip()), style="heading")
    if line.startswith("> "):
        return Paragraph(unshield(line[2:].strip()), first=0)
    return Paragraph(unshield(line))


def _table(lines: list[str], where: str) -> Table:
    """A form from its lines; the second one gives the columns."""
    columns = _columns(lines[1] if len(lines) > 1 else "", where)
    head = lines[0].endswith("{head}")
    rows = [_row(line, columns, where) for n, line in enumerate(lines) if n != 1]
    if head:
        rows[0] = TableRow(tuple(replace(cell, label=True) for cell in rows[0].cells), rows[0].rows)
    return Table(tuple(rows), head)


def _columns(line: str, where: str) -> list[tuple[int, bool]]:
    """Width and whether it holds labels, of each column."""
    parts = [part.strip() for part in line.strip("| ").split("|")]
    if not all(re.fullmatch(r":?-+:?", part) for part in parts) or sum(map(len, parts)) != CELLS:
        raise PressError(
            f"文书模板 {where} 里有一张表的第二行“{line}”不是栏宽：每栏写几个“-”就是几格，合计应为{CELLS}。请改正。"
        )
    return [(len(part), part.startswith(":")) for part in parts]


def _row(line: str, columns: list[tuple[int, bool]], where: str) -> TableRow:
    """A row of boxes."""
    found = re.fullmatch(r"\|(.*)\|\s*(?:\{([0-9]+|head)\})?", line)
    texts = [text.strip() for text in found[1].split("|")] if found else []
    if found is None or len(texts) != len(columns) or texts[0] == "<":
        raise PressError(
            f"文书模板 {where} 里表的一行“{unshield(line)[:40]}”栏数不对，应有{len(columns)}栏。请改正。"
        )
    cells: list[Cell] = []
    for text, (width, label) in zip(texts, columns, strict=True):
        if text == "<":
            cells[-1] = replace(cells[-1], width=cells[-1].width + width)
        else:
            foot = text.startswith(">")
            cells.append(Cell(unshield(text[1:] if foot else text), width, label, foot))
    height = int(found[2]) if found[2] and found[2] != "head" else 1
    return TableRow(tuple(cells), height)
