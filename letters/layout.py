"""Layout: document -> pages of lines on the 22 x 28 grid of GB/T 9704-2012. Pure geometry, no PDF.

Lengths are pt from the upper left corner of the paper unless a name ends in _mm. Papers: ``letter`` is 信函格式
(clause 10.1), ``preprinted`` leaves the room of its head empty, ``red_head`` is the full head (7.2), ``plain`` has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from letters.document import Document, Line, Page, Paper, Paragraph, Role, Rule, Span
from letters.linebreak import Glyph, Placed, break_lines

MM = 72 / 25.4
PAGE_HEIGHT, PAGE_WIDTH = 297 * MM, 210 * MM
LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM  # 版心, 5.2.1
ROWS, CELLS = 22, 28  # 5.2.3
PITCH, CELL = HEIGHT / ROWS, WIDTH / CELLS
BODY, TITLE, FOOT = 16.0, 22.0, 14.0  # 3号, 2号, 4号
TRACKING = CELL - BODY  # 28 characters of 16 pt are wider than the block
BASELINE = 0.38  # of the type size below the middle of the row: Chinese faces stand 0.88 above and 0.12 below
SEAL_ROWS = 2  # empty rows above the signature, so that the seal's upper edge is within a row of the text
DATE_RIGHT = 4  # cells to the right of the date, 7.3.5.1
KEEP = 2  # body lines that stay with the signature
SHORT_PARAGRAPH = 5  # rows; a paragraph no longer than this is not divided just for the signature
SHOWN_GAP = 4  # columns; a smaller gap inside a line comes from justifying it
LONGEST_TAIL = 10  # rows of attachments that stay with the signature; a longer list may be divided


class Metrics(Protocol):
    """What layout needs of a font book."""

    def face_for(self, char: str, role: Role = "fangsong") -> str:
        """The face for a character."""

    def faces_for_name(self, name: str, role: Role = "fangsong") -> list[str]:
        """The faces for a name, one a character."""

    def advance(self, face: str, char: str) -> float:
        """A character's width in 1/1000 em."""


@dataclass(frozen=True)
class Head:
    """How page one of a paper begins: rows of the number and the title, and where the head is drawn (mm)."""

    title_row: int
    number_row: int | None
    mark_top_mm: float | None = None
    mark_pt: float = 0.0
    number_right: bool = True
    drawn: bool = True


HEADS: dict[Paper, Head] = {
    "letter": Head(title_row=4, number_row=1, mark_top_mm=30, mark_pt=36),
    "preprinted": Head(title_row=4, number_row=1, mark_top_mm=30, mark_pt=36, drawn=False),
    "red_head": Head(title_row=10, number_row=7, mark_top_mm=37 + 35, mark_pt=42, number_right=False),
    "plain": Head(title_row=0, number_row=1),
}


def row_baseline(row: int, size: float = BODY) -> float:
    """The baseline of a row of the grid, pt below the upper paper edge."""
    return TOP + row * PITCH + PITCH / 2 + BASELINE * size


def lay_out(document: Document, metrics: Metrics) -> list[Page]:
    """The pages of a document."""
    head = HEADS[document.paper]
    title_lines = _title(document.title, metrics)
    start = max(head.title_row, (head.number_row or 0) if document.paper != "plain" else 0) + len(title_lines)
    if document.paper == "plain" and document.number:
        start += 1
    rows = _rows(document, metrics)
    chunks = _paginate(rows, first_row=start + 1)
    pages = []
    for n, (offset, chunk) in enumerate(chunks):
        lines = [_at_row(spans, offset + i) for i, spans in enumerate(chunk) if spans]
        rules: list[Rule] = []
        if n == 0:
            head_lines, rules = _head(document, head, title_lines, metrics)
            lines = head_lines + lines
        if n > 0 or (document.paper not in ("letter", "preprinted") and len(chunks) > 1):
            lines.append(_page_number(n + 1, metrics))
        pages.append(Page(tuple(lines), tuple(rules)))
    return pages


def _at_row(spans: tuple[Span, ...], row: int) -> Line:
    return Line(y=row_baseline(row), spans=spans, row=row)


def _glyphs(text: str, metrics: Metrics, names: Sequence[str], size: float = BODY) -> list[Glyph]:
    """The characters of a text with their faces and widths; every name stands in one face."""
    faces = [""] * len(text)
    for name in filter(None, names):
        at = text.find(name)
        while at >= 0:
            faces[at : at + len(name)] = metrics.faces_for_name(name)
            at = text.find(name, at + len(name))
    chosen = [face or metrics.face_for(char) for face, char in zip(faces, text, strict=True)]
    return [Glyph(c, f, metrics.advance(f, c) * size / 1000 + TRACKING) for c, f in zip(text, chosen, strict=True)]


def spans_of(placed: Sequence[Placed], size: float = BODY) -> tuple[Span, ...]:
    """Glyphs in their places as spans: one span as long as face and spacing stay the same."""
    spans: list[Span] = []
    for n, item in enumerate(placed):
        following = placed[n + 1].x if n + 1 < len(placed) else item.x + item.glyph.width
        tracking = round(following - item.x - item.glyph.width + TRACKING, 4)
        last = spans[-1] if spans else None
        at_end = n == len(placed) - 1
        if last and last.face == item.glyph.face and (at_end or abs(last.tracking - tracking) < 0.002):
            spans[-1] = replace(last, text=last.text + item.glyph.char)
        else:
            spans.append(Span(item.glyph.char, item.glyph.face, size, LEFT + item.x, tracking))
    return tuple(spans)


def _lines(paragraph: Paragraph, document: Document, metrics: Metrics) -> list[tuple[Span, ...]]:
    glyphs = _glyphs(paragraph.text, metrics, document.names)
    lines = break_lines(glyphs, WIDTH, CELL, paragraph.first, paragraph.rest)
    return [spans_of(line) for line in lines]


Row = tuple[Span, ...]
EMPTY: Row = ()


@dataclass(frozen=True)
class _Rows:
    """The rows of a letter below its title: the text, and the tail that must not stand alone."""

    text: list[Row]
    tail: list[Row]
    starts: list[int]  # where in the text its paragraphs begin


def _rows(document: Document, metrics: Metrics) -> _Rows:
    text: list[Row] = []
    starts: list[int] = []
    greeting = [Paragraph(f"{document.addressee}：", first=0)] if document.addressee else []
    for paragraph in (*greeting, *document.body):
        starts.append(len(text))
        text += _lines(paragraph, document, metrics)
    attached = [EMPTY] if document.attachments else []
    for paragraph in document.attachments:
        attached += _lines(paragraph, document, metrics)
    tail = [EMPTY] * SEAL_ROWS + _signature(document, metrics)
    if len(attached) <= LONGEST_TAIL:
        tail = attached + tail
    else:
        text += attached
    if document.note:
        tail += _lines(Paragraph(document.note, first=2, rest=2), document, metrics)
    return _Rows(text, tail, starts)


def _signature(document: Document, metrics: Metrics) -> list[Row]:
    """Signature and date for a seal (7.3.5.1): the date four cells from the right, the signature centred over it."""
    date_glyphs = _glyphs(document.date_text, metrics, ())
    name_glyphs = _glyphs(document.signature, metrics, ())
    date_width = sum(g.width for g in date_glyphs)
    name_width = sum(g.width for g in name_glyphs)
    middle = min(WIDTH - DATE_RIGHT * CELL - date_width / 2, WIDTH - name_width / 2)
    if name_width > WIDTH:
        lines = break_lines(name_glyphs, WIDTH - 8 * CELL, CELL, 4, 4)
        return [*(spans_of(line) for line in lines), _set_at(date_glyphs, WIDTH - DATE_RIGHT * CELL - date_width)]
    return [_set_at(name_glyphs, middle - name_width / 2), _set_at(date_glyphs, middle - date_width / 2)]


def _set_at(glyphs: Sequence[Glyph], x: float, size: float = BODY) -> Row:
    placed = []
    for glyph in glyphs:
        placed.append(Placed(glyph, x))
        x += glyph.width
    return spans_of(placed, size)


def _paginate(rows: _Rows, first_row: int) -> list[tuple[int, list[Row]]]:
    """Chunks of rows with the row each page starts at; the tail takes at least two body lines with it.

    Where only the tail does not fit, a short last paragraph goes with it whole.
    """
    chunks: list[tuple[int, list[Row]]] = []
    text, start, done = list(rows.text), first_row, 0
    while len(text) + len(rows.tail) > ROWS - start:
        take = min(ROWS - start, len(text) - KEEP)
        if len(text) <= ROWS - start:
            begins = max((n - done for n in rows.starts if n - done <= take), default=0)
            take = begins if begins > 1 and len(text) - begins <= SHORT_PARAGRAPH else take
        while take < len(text) and take > 0 and text[take] == EMPTY:
            take -= 1
        if take <= 0:
            break
        chunks.append((start, text[:take]))
        text, start, done = text[take:], 0, done + take
    chunks.append((start, [*text, *rows.tail]))
    return chunks


def _title(title: str, metrics: Metrics) -> list[str]:
    """The title in one line, or in two of nearly equal length."""
    width = sum(metrics.advance(metrics.face_for(c, "title"), c) for c in title) * TITLE / 1000
    if width <= WIDTH:
        return [title]
    middle = (len(title) + 1) // 2
    return [title[:middle], title[middle:]]


def _centred(text: str, y: float, size: float, metrics: Metrics, red: bool = False, row: int | None = None) -> Line:
    faces = metrics.faces_for_name(text, "title")
    widths = [metrics.advance(f, c) * size / 1000 for f, c in zip(faces, text, strict=True)]
    x = LEFT + (WIDTH - sum(widths)) / 2
    spans: list[Span] = []
    for char, face, width in zip(text, faces, widths, strict=True):
        if spans and spans[-1].face == face:
            spans[-1] = replace(spans[-1], text=spans[-1].text + char)
        else:
            spans.append(Span(char, face, size, x))
        x += width
    return Line(y=y, spans=tuple(spans), red=red, row=row)


def _head(document: Document, head: Head, title: list[str], metrics: Metrics) -> tuple[list[Line], list[Rule]]:
    """Mark, red lines, number and title of page one."""
    lines: list[Line] = []
    rules: list[Rule] = []
    number_y = row_baseline(head.title_row + len(title) if document.paper == "plain" else head.number_row or 0)
    if head.mark_top_mm is not None:
        size = min(head.mark_pt, WIDTH / max(len(document.head), 1))
        top = head.mark_top_mm * MM
        if head.drawn:
            lines.append(_centred(document.head, top + 0.88 * size, size, metrics, red=True))
        if document.paper != "red_head":
            below = top + head.mark_pt + 4 * MM
            rules = _letter_rules(below) if head.drawn else []
            number_y = below + BODY * 7 / 8 + 0.88 * BODY
        elif head.drawn:
            rules = [Rule(row_baseline(head.number_row or 0) + 4 * MM, LEFT, LEFT + WIDTH, 1.0)]
    if document.number:
        glyphs = _glyphs(document.number, metrics, ())
        spare = WIDTH - sum(g.width for g in glyphs)
        lines.append(Line(number_y, _set_at(glyphs, spare if head.number_right else spare / 2)))
    for n, text in enumerate(title):
        row = head.title_row + n
        lines.append(_centred(text, row_baseline(row, TITLE), TITLE, metrics, row=row))
    return lines, rules


def _letter_rules(below: float) -> list[Rule]:
    """The double red lines of 信函格式, 170 mm long: thick over thin above, thin over thick 20 mm from the foot."""
    x0 = (210 - 170) / 2 * MM
    x1, foot = x0 + 170 * MM, PAGE_HEIGHT - 20 * MM
    return [
        Rule(below, x0, x1, 2.0),
        Rule(below + 2.5, x0, x1, 0.75),
        Rule(foot - 2.5, x0, x1, 0.75),
        Rule(foot, x0, x1, 2.0),
    ]


def _page_number(n: int, metrics: Metrics) -> Line:
    """— n — in 4号, 7 mm under the block: odd pages on the right, even on the left, one cell in (7.5)."""
    text = f"— {n} —"
    width = sum(metrics.advance("song", c) for c in text) * FOOT / 1000
    x = LEFT + CELL if n % 2 == 0 else LEFT + WIDTH - CELL - width
    y = TOP + HEIGHT + 7 * MM + 0.35 * FOOT
    return Line(y, (Span(text, "song", FOOT, x),))


def as_rows(page: Page) -> list[str]:
    """A page as 22 rows of text, about 56 half-width columns each: what the desk shows before anything is printed.

    Indents and centring are kept; the spread of justified lines is not, since a terminal knows whole columns only.
    """
    rows = [""] * ROWS
    for line in page.lines:
        row = line.row if line.row is not None else round((line.y - TOP) / PITCH - 0.7)
        if not 0 <= row < ROWS or line.red:
            continue
        text = rows[row]
        for span in line.spans:
            gap = round((span.x - LEFT) / (CELL / 2)) - _columns(text)
            text += " " * (gap if gap >= SHOWN_GAP or not text else 0) + span.text
        rows[row] = text
    return rows


def _columns(text: str) -> int:
    return sum(1 if ord(c) < 0x2000 and c != "·" else 2 for c in text)
