"""Measuring a printed letter against GB/T 9704-2012, from the PDF alone. Lengths in mm unless named _pt."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber

from letters.document import Page
from letters.pdf.fonts import FontBook

MM = 72 / 25.4
BLOCK_LEFT, BLOCK_TOP, BLOCK_WIDTH, BLOCK_HEIGHT = 28.0, 37.0, 156.0, 225.0
PITCH = BLOCK_HEIGHT / 22
CLOSEST = 25.8 / MM  # of rows that are set closer so that one page will do
TYPE = 16 / MM
# 10.1 of the standard: the lower red lines 20 mm from the edge, the row above them 7/8 of a character from the upper one.
LOWEST = 297 - 20 - (2.5 + 0.375) / MM - TYPE * 7 / 8 - TYPE * 0.12
NEVER_FIRST = "，。、；：？！”’）》〉】〕」』…—％℃,.;:?!)]}"
NEVER_LAST = "“‘（《〈【〔「『([{"


@dataclass(frozen=True)
class Row:
    """One line of 16 pt type on a page."""

    page: int
    baseline: float
    chars: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        return "".join(c["text"] for c in self.chars)

    @property
    def left(self) -> float:
        return float(self.chars[0]["x0"]) / MM

    @property
    def right(self) -> float:
        return float(self.chars[-1]["x1"]) / MM


@dataclass(frozen=True)
class Measured:
    """What was read off a PDF."""

    pages: int
    sizes: set[tuple[int, int]]
    text: str
    unembedded: list[str]
    rows: list[Row]
    below_title: dict[int, float]
    feet: dict[int, str]


def upright(char: dict[str, Any]) -> bool:
    return bool(abs(char["matrix"][1]) < 0.01)


def read(pdf: bytes) -> Measured:
    """Everything the faults are looked for in."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        rows: list[Row] = []
        below, feet, unembedded = {}, {}, []
        for number, page in enumerate(document.pages, 1):
            chars = [c for c in page.chars if upright(c)]
            titles = [page.height - c["matrix"][5] for c in chars if c["size"] > 20]
            below[number] = max(titles, default=0.0) / MM
            feet[number] = "".join(c["text"] for c in chars if c["top"] / MM > BLOCK_TOP + BLOCK_HEIGHT)
            rows += body_rows(page, chars, number)
            unembedded += fonts_without_file(page)
        sizes = {(round(p.width / MM), round(p.height / MM)) for p in document.pages}
        text = "".join("".join(c["text"] for c in p.chars).strip() for p in document.pages)
        return Measured(len(document.pages), sizes, "".join(text.split()), unembedded, rows, below, feet)


def body_rows(page: Any, chars: list[dict[str, Any]], number: int) -> list[Row]:
    """The lines of 16 pt characters, from the top."""
    found: dict[int, list[dict[str, Any]]] = {}
    for char in chars:
        if abs(char["size"] - 16) < 0.3 and char["text"].strip():
            found.setdefault(round(page.height - char["matrix"][5]), []).append(char)
    rows = []
    for _, row in sorted(found.items()):
        row.sort(key=lambda c: c["x0"])
        rows.append(Row(number, (page.height - row[0]["matrix"][5]) / MM, tuple(row)))
    return rows


def fonts_without_file(page: Any) -> list[str]:
    """The names of fonts on a page that carry no font file."""
    fonts = solved((page.page_obj.resources or {}).get("Font") or {})
    bad = []
    for reference in fonts.values():
        font = solved(reference)
        holder = solved(solved(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
        descriptor = solved(holder.get("FontDescriptor"))
        if not descriptor or "FontFile2" not in descriptor:
            bad.append(str(font.get("BaseFont")))
    return bad


def solved(reference: Any) -> Any:
    """What a reference of the PDF refers to."""
    return reference.resolve() if hasattr(reference, "resolve") else reference


def faults(pdf: bytes, *must: str) -> list[str]:
    """What is off; empty when every measure holds."""
    m = read(pdf)
    found = []
    if m.sizes != {(210, 297)}:
        found.append(f"paper {m.sizes}")
    if m.unembedded:
        found.append(f"not embedded {m.unembedded}")
    found += [f"cannot be extracted: {text}" for text in must if "".join(text.split()) not in m.text]
    if "\ufffd" in m.text or "\x00" in m.text:
        found.append("replacement or null characters")
    for page in range(1, m.pages + 1):
        found += page_faults([r for r in m.rows if r.page == page], m.below_title[page])
        if page > 1 and str(page) not in m.feet[page]:
            found.append(f"no number on page {page}")
    last = [r for r in m.rows if r.page == m.pages]
    if m.pages > 1 and len(last) < 3:
        found.append("the last page holds the signature alone")
    return found


def page_faults(rows: list[Row], below_title: float) -> list[str]:
    """Grid, block, line ends and overlaps of one page."""
    block = [r for r in rows if r.baseline > below_title and BLOCK_TOP <= r.baseline <= LOWEST + 0.1]
    found = [f"{len(block)} rows"] if len(block) > 22 and pitch_of(block) > PITCH - 0.1 else []
    found += [f"below the last row: {r.text[:8]}" for r in rows if LOWEST + 0.1 < r.baseline < 275]
    pitch = pitch_of(block)
    if not CLOSEST - 0.01 <= pitch <= PITCH + 0.01:
        found.append(f"pitch {pitch}")
    for row in block:
        steps = (row.baseline - block[0].baseline) / pitch
        if abs(steps - round(steps)) * pitch * MM > 1.0:
            found.append(f"off the grid: {row.text[:8]}")
        if row.left < BLOCK_LEFT - 0.7 or row.right > BLOCK_LEFT + BLOCK_WIDTH + 3:
            found.append(f"outside the block: {row.text[:8]}")
        if row.text[0] in NEVER_FIRST:
            found.append(f"begins with closing punctuation: {row.text[:8]}")
        if row.right > BLOCK_LEFT + BLOCK_WIDTH - 6 and row.text[-1] in NEVER_LAST:
            found.append(f"ends with opening punctuation: {row.text[-8:]}")
        found += [f"overlap {a['text']}{b['text']}" for a, b in pairwise(row.chars) if b["x0"] < a["x0"] + 3]
    return found


def pitch_of(block: list[Row]) -> float:
    """How far apart the rows of a page stand: the usual pitch, or a closer one that all of them keep."""
    steps = [b.baseline - a.baseline for a, b in pairwise(block)]
    usual = not steps or min(steps) > PITCH - 0.05 or min(steps) < CLOSEST - 0.05
    return PITCH if usual else min(steps)


def layout_faults(pages: list[Page], fonts: FontBook) -> list[str]:
    """Grid, block, line ends and overlaps of laid-out pages, before anything is printed."""
    found = []
    for number, page in enumerate(pages, 1):
        taken: dict[tuple[int, float], float] = {}
        for line in page.lines:
            if line.red or line.row is None:
                continue
            if line.row < 0 or (line.row >= 22 and (number > 1 or line.y / MM > LOWEST + 0.01)):
                found.append(f"page {number}: row {line.row}")
            ends = []
            for span in line.spans:
                widths = [fonts.advance(span.face, c) * span.size / 1000 + span.tracking for c in span.text]
                ends.append((span.x, span.x + sum(widths)))
                if min(widths) < 3:
                    found.append(f"page {number}: on top of each other: {span.text}")
            left, right = ends[0][0] / MM, (ends[-1][1] - line.spans[-1].tracking) / MM
            if left < BLOCK_LEFT - 0.7 or right > BLOCK_LEFT + BLOCK_WIDTH + 3:
                found.append(f"page {number}: outside the block: {line.text[:8]}")
            found += [f"page {number}: overlap in {line.text[:8]}" for a, b in pairwise(ends) if b[0] < a[1] - 9]
            if line.text.strip()[0] in NEVER_FIRST:
                found.append(f"page {number}: begins with closing punctuation: {line.text[:8]}")
            if right > BLOCK_LEFT + BLOCK_WIDTH - 6 and line.text[-1] in NEVER_LAST:
                found.append(f"page {number}: ends with opening punctuation: {line.text[-8:]}")
            if (line.row, line.y) in taken:
                found.append(f"page {number}: two lines in row {line.row}")
            taken[line.row, line.y] = left
    return found
