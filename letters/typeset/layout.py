"""Layout: document -> pages of lines on the 22 x 28 grid of GB/T 9704-2012. Pure geometry, no PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from letters.document import STYLE_ROLES, Block, Document, Line, Page, Paragraph, Role, Rule, Sheet, Span, Table
from letters.typeset.grid import BODY, CELL, LEFT, PITCH, ROWS, TITLE, TOP, TRACKING, WIDTH, row_baseline, row_top
from letters.typeset.linebreak import break_lines
from letters.typeset.page_frame import draw_foot, draw_head, first_text_row, foot_rows, page_number, title_lines_at
from letters.typeset.tables import LABEL, GridRow, head_rows, table_rows
from letters.typeset.titles import break_title
from letters.typeset.typesetting import Metrics, glyphs_of, set_at, spans_of, width_of

SEAL_ROWS = 2  # empty rows above the signature, so that the seal's upper edge is within a row of the text
DATE_RIGHT = 4  # cells to the right of the date, 7.3.5.1
LEAST = 3  # lines of text on the last page of a form
KEEP = 2  # body lines that stay with the signature
SHORT_PARAGRAPH = 3  # rows; a paragraph no longer than this is not divided just for the signature
SHOWN_GAP = 4  # columns; a smaller gap inside a line comes from justifying it
LONGEST_TAIL = 10  # rows of attachments that stay with the signature; a longer list may be divided
SIDE = "│"  # of a box, on the screen
LINE = 0.75  # pt, the lines of a form
EMPTY = GridRow()


def lay_out(document: Document, metrics: Metrics) -> list[Page]:
    """The pages of a document, its further sheets behind it."""
    title = _title(document.title, metrics) if document.titled else []
    setter = _Setter(document, metrics)
    rows = setter.rows()
    foot = foot_rows(document, metrics)
    chunks = _paginate(rows, first_text_row(document, len(title)), foot + 1 if foot else 0)
    pages = [_page(chunk) for chunk in chunks]
    if document.titled:
        pages[0] = _with(pages[0], *draw_head(document, title, metrics))
    pages[-1] = _with(pages[-1], *draw_foot(document, metrics))
    for sheet in document.sheets:
        pages += _sheet_pages(sheet, setter, metrics)
    numbered = document.paper not in ("letter", "preprinted") and len(pages) > 1
    return [
        _with(page, [page_number(n, metrics)], []) if n > 1 or numbered else page for n, page in enumerate(pages, 1)
    ]


def _with(page: Page, lines: list[Line], rules: list[Rule]) -> Page:
    return Page((*lines, *page.lines), (*rules, *page.rules))


def _sheet_pages(sheet: Sheet, setter: _Setter, metrics: Metrics) -> list[Page]:
    """A further sheet: its title at the head, its blocks below."""
    title = _title(sheet.title, metrics)
    rows = _Rows(*setter.blocks(sheet.blocks), tail=[])
    pages = [_page(chunk) for chunk in _paginate(rows, len(title) + 1, 0)]
    return [_with(pages[0], title_lines_at(0, title, metrics), []), *pages[1:]]


def _title(title: str, metrics: Metrics) -> list[str]:
    return break_title(title, lambda text: width_of(text, TITLE, metrics), WIDTH)


@dataclass(frozen=True)
class _Rows:
    """The rows of a letter below its title: the text, and the tail that must not stand alone."""

    text: list[GridRow]
    starts: list[int]  # where in the text its paragraphs begin
    repeat: list[GridRow]  # the head of a form that runs over a page
    tail: list[GridRow]


@dataclass(frozen=True)
class _Setter:
    """Sets the text of one document."""

    document: Document
    metrics: Metrics

    def rows(self) -> _Rows:
        """The rows of the main text and its tail: attachments, signature, date, note."""
        document = self.document
        greeting = [Paragraph(f"{document.addressee}：", first=0)] if document.addressee else []
        text, starts, repeat = self.blocks([*greeting, *document.body])
        attached = [EMPTY] if document.attachments else []
        for paragraph in document.attachments:
            attached += self._paragraph(paragraph)
        tail = [EMPTY] * SEAL_ROWS + self._signature() if document.signature else []
        if len(attached) <= LONGEST_TAIL:
            tail = attached + tail
        else:
            text += attached
        if document.note:
            tail += self._paragraph(Paragraph(document.note, first=2, rest=2))
        return _Rows(text, starts, repeat, tail)

    def blocks(self, blocks: Sequence[Block]) -> tuple[list[GridRow], list[int], list[GridRow]]:
        """Rows of paragraphs and forms, where each begins, and the head that a form repeats."""
        text: list[GridRow] = []
        starts: list[int] = []
        repeat: list[GridRow] = []
        for n, block in enumerate(blocks):
            starts.append(len(text))
            if isinstance(block, Table):
                text += table_rows(block, self._in_box)
                repeat = head_rows(block, self._in_box)
                continue
            rows = self._paragraph(block) if block.text else [EMPTY]
            after_heading = n > 0 and isinstance(blocks[n - 1], Paragraph) and _style(blocks[n - 1]) != "body"
            text += [replace(rows[0], glued=True), *rows[1:]] if after_heading else rows
        return text, starts, repeat

    def _paragraph(self, paragraph: Paragraph) -> list[GridRow]:
        role = STYLE_ROLES[paragraph.style]
        glyphs = glyphs_of(paragraph.text, self.metrics, self.document.names, role=role)
        lines = break_lines(glyphs, WIDTH, CELL, paragraph.first, paragraph.rest)
        return [GridRow(spans_of(line)) for line in lines]

    def _in_box(self, text: str, left: float, width: float, label: bool, right: bool) -> list[tuple[Span, ...]]:
        """The text of a box: labels centred in 黑体, values from the left, places to sign at the right."""
        role: Role = "hei" if label else "fangsong"
        size, tracking = (LABEL, 0.0) if label else (BODY, TRACKING)
        names = self.document.names
        glyphs = glyphs_of(text, self.metrics, names, size=size, role=role, tracking=tracking)
        set_lines = []
        for line in break_lines(glyphs, width, CELL, 0, 0, justified=False):
            spare = width - line[-1].x - line[-1].glyph.width
            set_lines.append(spans_of(line, size, left + (spare / 2 if label else spare if right else 0.0)))
        return set_lines

    def _signature(self) -> list[GridRow]:
        """Signature and date for a seal (7.3.5.1): the date four cells from the right, the signature centred over it."""
        date_glyphs = glyphs_of(self.document.date_text, self.metrics, ())
        name_glyphs = glyphs_of(self.document.signature, self.metrics, ())
        date_width = sum(g.width for g in date_glyphs)
        name_width = sum(g.width for g in name_glyphs)
        middle = min(WIDTH - DATE_RIGHT * CELL - date_width / 2, WIDTH - name_width / 2)
        if name_width > WIDTH:
            lines = break_lines(name_glyphs, WIDTH - 8 * CELL, CELL, 4, 4)
            day = set_at(date_glyphs, WIDTH - DATE_RIGHT * CELL - date_width)
            return [*(GridRow(spans_of(line)) for line in lines), GridRow(day)]
        name = set_at(name_glyphs, middle - name_width / 2)
        return [GridRow(name), GridRow(set_at(date_glyphs, middle - date_width / 2))]


def _style(block: Block) -> str:
    return block.style if isinstance(block, Paragraph) else "body"


@dataclass(frozen=True)
class _Chunk:
    """The rows of one page and the row they start at."""

    first: int
    rows: list[GridRow]


def _paginate(rows: _Rows, first_row: int, foot: int) -> list[_Chunk]:
    """The rows page by page; the tail takes at least two body lines with it, and leaves ``foot`` rows free below.

    Where only the tail does not fit, a short last paragraph goes with it whole.
    """
    chunks: list[_Chunk] = []
    text, start, done = list(rows.text), first_row, 0
    below = len(rows.tail) + foot
    while len(text) + below > ROWS - start:
        take = min(ROWS - start, len(text) - (KEEP if below else _last_rows(text)))
        if below and len(text) <= ROWS - start:
            begins = max((n - done for n in rows.starts if n - done <= take), default=0)
            take = begins if begins > 1 and len(text) - begins <= SHORT_PARAGRAPH else take
        take = _part(text, take)
        if take <= 0:
            break
        chunks.append(_Chunk(start, text[:take]))
        text, start, done = text[take:], 0, done + take
        if text and text[0].frame and rows.repeat:
            text, done = [*rows.repeat, *text], done - len(rows.repeat)
    chunks.append(_Chunk(start, [*text, *rows.tail]))
    return chunks


def _last_rows(text: list[GridRow]) -> int:
    """How many rows at the end of a form hold three lines of text: fewer do not stand alone on its last page."""
    lines = 0
    for n, row in enumerate(reversed(text), 1):
        lines += bool(row.spans)
        if lines == LEAST:
            return n
    return 0


def _part(text: list[GridRow], take: int) -> int:
    """Where the rows may really be parted: not before a glued or an empty one, if any place is left."""
    at = take
    while at > 0 and at < len(text) and (text[at].glued or text[at].blank):
        at -= 1
    return at or take


def _page(chunk: _Chunk) -> Page:
    """A chunk in its place on the page, with the lines of its forms."""
    lines = [
        Line(y=row_baseline(chunk.first + n), spans=row.spans, row=chunk.first + n)
        for n, row in enumerate(chunk.rows)
        if row.spans
    ]
    lines += [
        Line(y=row_top(chunk.first + n) + below, spans=spans)
        for n, row in enumerate(chunk.rows)
        for below, spans in row.labels
    ]
    return Page(tuple(lines), tuple(rule for n in range(len(chunk.rows)) for rule in _frame_rules(chunk, n)))


def _frame_rules(chunk: _Chunk, n: int) -> list[Rule]:
    """The lines around one row of a form: its edges, and those that a break between pages opens."""
    frame = chunk.rows[n].frame
    if frame is None:
        return []
    top, bottom = row_top(chunk.first + n), row_top(chunk.first + n + 1)
    left, right = LEFT + frame.xs[0], LEFT + frame.xs[-1]
    rules = [Rule(LEFT + x, top, LEFT + x, bottom, LINE) for x in frame.xs]
    if frame.top or n == 0:
        rules.append(Rule(left, top, right, top, LINE))
    if frame.bottom or n == len(chunk.rows) - 1:
        rules.append(Rule(left, bottom, right, bottom, LINE))
    return rules


def as_rows(page: Page) -> list[str]:
    """A page as 22 rows of text, about 56 half-width columns each: what the desk shows before anything is printed.

    Indents and centring are kept; the spread of justified lines is not, since a terminal knows whole columns only.
    """
    shown: list[list[tuple[float, str]]] = [[] for _ in range(ROWS)]
    for line in page.lines:
        row = line.row if line.row is not None else round((line.y - TOP) / PITCH - 0.7)
        if 0 <= row < ROWS and not line.red:
            shown[row] += [(span.x, span.text) for span in line.spans]
    for rule in page.rules:
        if rule.x0 == rule.x1:  # the side of a box
            shown[round((rule.y0 - TOP) / PITCH)].append((rule.x0, SIDE))
    return [_as_text(sorted(row)) for row in shown]


def _as_text(parts: Sequence[tuple[float, str]]) -> str:
    """Texts and sides of boxes in their columns; a small gap within a line is what justifying left, and closed."""
    text = ""
    for x, part in parts:
        gap = round((x - LEFT) / (CELL / 2)) - _columns(text)
        wanted = gap >= SHOWN_GAP or not text or part == SIDE
        text += " " * (gap if wanted else 0) + part
    return text


def _columns(text: str) -> int:
    return sum(1 if (ord(c) < 0x2000 and c != "·") or c == SIDE else 2 for c in text)
