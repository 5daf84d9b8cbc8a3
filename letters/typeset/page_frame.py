"""What stands around the text: the head of page one by paper, the page number, the line of 抄送 at the foot.

Papers: ``letter`` is 信函格式 (GB/T 9704 clause 10.1), ``preprinted`` leaves the room of its head empty, ``red_head`` is the
full head (7.2), ``plain`` has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from letters.document import Document, Line, Paper, Rule
from letters.typeset.grid import (
    BASELINE,
    BODY,
    CELL,
    FOOT,
    HEIGHT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PITCH,
    ROWS,
    TITLE,
    TOP,
    WIDTH,
    row_baseline,
)
from letters.typeset.linebreak import Placed, break_lines
from letters.typeset.typesetting import Metrics, centred, glyphs_of, set_at, spans_of

THICK, THIN = 0.35 * MM, 0.25 * MM  # lines of the foot, 7.4.1
FOOT_RULE = PAGE_HEIGHT - 20 * MM  # the thick one of the lower red lines of 信函格式, 10.1
APART, RED_THICK, RED_THIN = 2.5, 2.0, 0.75  # of two red lines
LOWER_RULE = FOOT_RULE - APART - RED_THIN / 2  # the upper edge of the thin one above it


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


def first_text_row(document: Document, title_lines: int) -> int:
    """The row where the text of page one begins: one empty row below the title or, on plain paper, the number."""
    head = HEADS[document.paper]
    if not document.titled:
        return 0
    row = head.title_row + title_lines + 1
    return row + 1 if document.paper == "plain" and document.number else row


def draw_head(document: Document, title: list[str], metrics: Metrics) -> tuple[list[Line], list[Rule]]:
    """Mark, red lines, number and title of page one."""
    head = HEADS[document.paper]
    lines: list[Line] = []
    rules: list[Rule] = []
    number_y = row_baseline(head.title_row + len(title) if document.paper == "plain" else head.number_row or 0)
    if head.mark_top_mm is not None:
        size = min(head.mark_pt, WIDTH / max(len(document.head), 1))
        top = head.mark_top_mm * MM
        if head.drawn:
            lines.append(centred(document.head, top + 0.88 * size, size, metrics, red=True))
        if document.paper != "red_head":
            below = top + head.mark_pt + 4 * MM
            rules = _letter_rules(below) if head.drawn else []
            number_y = below + BODY * 7 / 8 + 0.88 * BODY
        elif head.drawn:
            y = row_baseline(head.number_row or 0) + 4 * MM
            rules = [Rule(LEFT, y, LEFT + WIDTH, y, 1.0, red=True)]
    if document.number:
        glyphs = glyphs_of(document.number, metrics, ())
        spare = WIDTH - sum(g.width for g in glyphs)
        lines.append(Line(number_y, set_at(glyphs, spare if head.number_right else spare / 2)))
    return [*lines, *title_lines_at(head.title_row, title, metrics)], rules


def title_lines_at(row: int, title: list[str], metrics: Metrics) -> list[Line]:
    """The lines of a title from a row of the grid on."""
    return [centred(text, row_baseline(row + n, TITLE), TITLE, metrics, row=row + n) for n, text in enumerate(title)]


def _letter_rules(below: float) -> list[Rule]:
    """The double red lines of 信函格式, 170 mm long: thick over thin above, thin over thick 20 mm from the foot."""
    x0 = (210 - 170) / 2 * MM
    x1 = x0 + 170 * MM
    return [
        Rule(x0, y, x1, y, width, red=True)
        for y, width in (
            (below, RED_THICK),
            (below + APART, RED_THIN),
            (FOOT_RULE - APART, RED_THIN),
            (FOOT_RULE, RED_THICK),
        )
    ]


def page_number(n: int, metrics: Metrics) -> Line:
    """— n — in 4号, 7 mm under the block: odd pages on the right, even on the left, one cell in (7.5)."""
    text = f"— {n} —"
    glyphs = glyphs_of(text, metrics, (), size=FOOT, role="song", tracking=0.0)
    width = sum(g.width for g in glyphs)
    x = CELL if n % 2 == 0 else WIDTH - CELL - width
    return Line(TOP + HEIGHT + 7 * MM + BASELINE * FOOT, set_at(glyphs, x, FOOT))


def foot_rows(document: Document, metrics: Metrics) -> int:
    """How many rows at the foot of the last page 抄送 and 印发机关 take; 0 without 抄送."""
    if not document.copies:
        return 0
    return len(_copies(document, metrics)) + (1 if document.paper == "red_head" else 0)


def draw_foot(document: Document, metrics: Metrics) -> tuple[list[Line], list[Rule]]:
    """抄送 at the foot of the last page; with the full red head also 印发机关, 印发日期 and the lines (7.4)."""
    rows = foot_rows(document, metrics)
    if not rows:
        return [], []
    first = ROWS - rows
    lines = [
        Line(row_baseline(first + n, FOOT), spans_of(placed, FOOT, offset=CELL))
        for n, placed in enumerate(_copies(document, metrics))
    ]
    if document.paper != "red_head":
        return lines, []
    y = row_baseline(ROWS - 1, FOOT)
    issued = glyphs_of(f"{document.date_text}印发", metrics, (), size=FOOT, tracking=0.0)
    right = WIDTH - CELL - sum(g.width for g in issued)
    office = glyphs_of(document.signature, metrics, (), size=FOOT, tracking=0.0)
    lines.append(Line(y, (*set_at(office, CELL, FOOT), *set_at(issued, right, FOOT))))
    edges = ((first, THICK), (ROWS - 1, THIN), (ROWS, THICK))
    return lines, [Rule(LEFT, TOP + row * PITCH, LEFT + WIDTH, TOP + row * PITCH, width) for row, width in edges]


def _copies(document: Document, metrics: Metrics) -> list[list[Placed]]:
    glyphs = glyphs_of(document.copies, metrics, (), size=FOOT, tracking=0.0)
    return break_lines(glyphs, WIDTH - 2 * CELL, FOOT, 0, 3)
