"""The blocks of a document as rows of the grid: paragraphs, forms, the tail of a letter with its signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from letters.document import STYLE_ROLES, Block, Document, Paragraph, Span, Table
from letters.typeset.grid import BASELINE, BODY, CELL, PITCH, TRACKING, WIDTH
from letters.typeset.labels import label_lines
from letters.typeset.linebreak import Glyph, Placed, break_lines
from letters.typeset.tables import LABEL, UNDER, GridRow, Of, head_rows, table_rows
from letters.typeset.typesetting import Metrics, glyphs_of, set_at, spans_of, under_lines

SEAL_ROWS = 2  # empty rows above the signature, so that the seal's upper edge is within a row of the text
PLAIN_ROWS = 1  # the same without a seal
DATE_RIGHT = 4  # cells to the right of the date, 7.3.5.1
PLAIN_RIGHT, PLAIN_IN = (
    2,
    2,
)  # without a seal: cells to the right of the name, and of the date's beginning from the name's
LONGEST_TAIL = 10  # rows of attachments that stay with the signature; a longer list may be divided
UNDER_TEXT = 10.5  # pt, a paragraph in another language: two lines in a row
EMPTY = GridRow()
MOST_KNOWN = (
    500  # paragraphs that are kept as they were set: a letter looked at while it is typed changes one at a time
)
_KNOWN: WeakKeyDictionary[Metrics, dict[tuple[Paragraph, tuple[str, ...]], list[GridRow]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class TextRows:
    """The rows of a letter below its title: the text, and the tail that must not stand alone."""

    text: list[GridRow]
    starts: list[int]  # where in the text its paragraphs begin
    repeat: list[GridRow]  # the head of a form that runs over a page
    tail: list[GridRow]

    @property
    def count(self) -> int:
        """How many rows they are."""
        return len(self.text) + len(self.tail)


@dataclass(frozen=True)
class Setter:
    """Sets the text of one document, its rows so many pt apart; with ``note_inside`` the note who can be asked is the end of
    the closing paragraph."""

    document: Document
    metrics: Metrics
    pitch: float = PITCH
    note_inside: bool = False

    def rows(self) -> TextRows:
        """The rows of the main text and its tail: attachments, signature, date, note."""
        document = self.document if not self.note_inside else _with_note(self.document)
        greeting = [Paragraph(f"{document.addressee}：", first=0)] if document.addressee else []
        text, starts, repeat = self.blocks([*greeting, *document.body])
        attached = [EMPTY] if document.attachments else []
        for paragraph in document.attachments:
            attached += self._paragraph(paragraph)
        tail = self._signature() if document.signature else []
        if len(attached) <= LONGEST_TAIL:
            tail = attached + tail
        else:
            text += attached
        if document.note:
            tail += self._paragraph(Paragraph(document.note, first=2, rest=2))
        return TextRows(text, starts, repeat, tail)

    @property
    def has_boxes(self) -> bool:
        """Whether there are forms in it, whose labels depend on the pitch."""
        return any(isinstance(block, Table) for block in self.document.body)

    def closer(self, pitch: float) -> TextRows:
        """The rows, set at that pitch."""
        return replace(self, pitch=pitch).rows()

    def blocks(self, blocks: Sequence[Block]) -> tuple[list[GridRow], list[int], list[GridRow]]:
        """Rows of paragraphs and forms, where each begins, and the head that a form repeats."""
        text: list[GridRow] = []
        starts: list[int] = []
        repeat: list[GridRow] = []
        for n, block in enumerate(blocks):
            starts.append(len(text))
            if isinstance(block, Table):
                text += table_rows(block, self._in_box, self.pitch)
                repeat = head_rows(block, self._in_box, self.pitch)
                continue
            rows = self._paragraph(block) if block.text or block.under else [EMPTY]
            after_heading = n > 0 and isinstance(blocks[n - 1], Paragraph) and _style(blocks[n - 1]) != "body"
            text += [replace(rows[0], glued=True), *rows[1:]] if after_heading else rows
        return text, starts, repeat

    def _paragraph(self, paragraph: Paragraph) -> list[GridRow]:
        """The rows of a paragraph; one that was set before with the same names in it is not set again."""
        known = _KNOWN.setdefault(self.metrics, {})
        names = tuple(name for name in self.document.names if name in paragraph.text)
        rows = known.get((paragraph, names))
        if rows is None:
            if len(known) >= MOST_KNOWN:
                known.clear()
            rows = known[paragraph, names] = self._set(paragraph)
        return rows

    def _set(self, paragraph: Paragraph) -> list[GridRow]:
        role = STYLE_ROLES[paragraph.style]
        glyphs = glyphs_of(paragraph.text, self.metrics, self.document.names, role=role)
        lines = break_lines(glyphs, WIDTH, CELL, paragraph.first, paragraph.rest) if glyphs else []
        below = under_lines(paragraph.under, UNDER_TEXT, self.metrics)
        return [*(GridRow(spans_of(line)) for line in lines), *_two_a_row(below, centred=not paragraph.text)]

    def _in_box(self, text: str, left: float, width: float, of: Of, right: bool) -> list[tuple[Span, ...]]:
        """The text of a box: labels centred and smaller, values from the left, places to sign at the right; what is below them in
        another language smaller still."""
        label, under = of in ("label", "under_label"), of in ("under_label", "under_text")
        size, tracking = (UNDER, 0.0) if under else (LABEL, 0.0) if label else (BODY, TRACKING)

        def glyphs(of: str) -> list[Glyph]:
            return glyphs_of(of, self.metrics, self.document.names, size=size, tracking=tracking)

        parts = label_lines(text, lambda part: _width(glyphs(part)), width) if of == "label" else [text]
        cell = UNDER if under else CELL
        set_lines = []
        for line in (
            line for part in parts for line in break_lines(glyphs(part), width, cell, 0, 0, justified=False)
        ):
            spare = width - line[-1].x - line[-1].glyph.width
            set_lines.append(spans_of(line, size, left + (spare / 2 if label else spare if right else 0.0)))
        return set_lines

    def _signature(self) -> list[GridRow]:
        """Signature and date below empty rows: the date four cells from the right and the signature centred over it, for a
        seal (7.3.5.1), or without one both from the right (7.3.5.2)."""
        date_glyphs = glyphs_of(self.document.date_text, self.metrics, ())
        name_glyphs = glyphs_of(self.document.signature, self.metrics, ())
        sealed = self.document.sealed
        above = [EMPTY] * (SEAL_ROWS if sealed else PLAIN_ROWS)
        date_width, name_width = _width(date_glyphs), _width(name_glyphs)
        if name_width > WIDTH:
            lines = break_lines(name_glyphs, WIDTH - 8 * CELL, CELL, 4, 4)
            day = set_at(date_glyphs, WIDTH - DATE_RIGHT * CELL - date_width)
            return [*above, *(GridRow(spans_of(line)) for line in lines), GridRow(day)]
        name_at, date_at = (_over_a_seal if sealed else _without_a_seal)(name_width, date_width)
        return [*above, GridRow(set_at(name_glyphs, name_at)), GridRow(set_at(date_glyphs, date_at))]


def _two_a_row(below: Sequence[Sequence[Placed]], centred: bool) -> list[GridRow]:
    """Lines in another language as rows of the grid, two of them in each; that of a title ``centred``."""
    placed = []
    for n, line in enumerate(below):
        spare = (WIDTH - line[-1].x - line[-1].glyph.width) / 2 if centred else 0.0
        placed.append(((n % 2 + 0.5) * PITCH / 2 + BASELINE * UNDER_TEXT, spans_of(line, UNDER_TEXT, spare)))
    return [GridRow(labels=tuple(placed[n : n + 2]), glued=True) for n in range(0, len(placed), 2)]


def _over_a_seal(name_width: float, date_width: float) -> tuple[float, float]:
    """Where name and date begin, pt from the left: the date four cells from the right, the name centred over it."""
    middle = min(WIDTH - DATE_RIGHT * CELL - date_width / 2, WIDTH - name_width / 2)
    return middle - name_width / 2, middle - date_width / 2


def _without_a_seal(name_width: float, date_width: float) -> tuple[float, float]:
    """Where name and date begin: the name two cells from the right and the date two cells further in than the name, or a date
    that is the longer one two cells from the right and the name so much further from it."""
    right = WIDTH - PLAIN_RIGHT * CELL
    name_at = right - name_width
    date_at = name_at + PLAIN_IN * CELL
    over = max(0.0, date_at + date_width - right)
    return max(0.0, name_at - over), date_at - min(over, name_at)


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum([glyph.width for glyph in glyphs])


def _with_note(document: Document) -> Document:
    """The document with its note at the end of the closing paragraph."""
    closing = document.body[-1]
    if not isinstance(closing, Paragraph):
        raise TypeError
    joined = replace(closing, text=closing.text + document.note)
    return replace(document, body=(*document.body[:-1], joined), note="")


def _style(block: Block) -> str:
    return block.style if isinstance(block, Paragraph) else "body"
