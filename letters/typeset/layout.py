"""Layout: document -> pages of lines on the 22 x 28 grid of GB/T 9704-2012. Pure geometry, no PDF."""

from __future__ import annotations

from dataclasses import dataclass

from letters.document import Document, Line, Page, Rule, Sheet
from letters.typeset.fitting import Fit, best_fit, best_sheet
from letters.typeset.grid import LEFT, PITCH, TITLE, WIDTH, RowGrid
from letters.typeset.onscreen import as_rows as as_rows  # pages, and what is shown of them
from letters.typeset.page_frame import draw_foot, draw_head, first_text_row, foot_rows, page_number, title_lines_at
from letters.typeset.paging import Chunk, paginate
from letters.typeset.titles import break_title
from letters.typeset.typesetting import Metrics, width_of

LINE = 0.75  # pt, the lines of a form


@dataclass(frozen=True)
class LaidOut:
    """The pages of a document, its further sheets behind it, and how its main part was made to fit."""

    pages: list[Page]
    fit: Fit


def lay_out(document: Document, metrics: Metrics) -> list[Page]:
    """The pages of a document, its further sheets behind it."""
    return fitted(document, metrics).pages


def fitted(document: Document, metrics: Metrics) -> LaidOut:
    """The pages of a document, and by which step of :mod:`letters.typeset.fitting` one page sufficed, if it took one."""
    title = _title(document.title, metrics) if document.titled else []
    foot = foot_rows(document, metrics)
    first = first_text_row(document, len(title))
    fit = best_fit(document, metrics, first, foot)
    whole = [Chunk(first, [*fit.rows.text, *fit.rows.tail])]
    chunks = whole if fit.one_page else paginate(fit.rows, first, foot + 1 if foot else 0)
    pages = [_page(chunk, fit) for chunk in chunks]
    if document.titled:
        pages[0] = _with(pages[0], *draw_head(document, title, metrics))
    pages[-1] = _with(pages[-1], *draw_foot(document, metrics))
    for sheet in document.sheets:
        pages += _sheet_pages(document, sheet, metrics)
    numbered = document.paper not in ("letter", "preprinted") and len(pages) > 1
    return LaidOut(
        [
            _with(page, [page_number(n, metrics)], []) if n > 1 or numbered else page
            for n, page in enumerate(pages, 1)
        ],
        fit,
    )


def _with(page: Page, lines: list[Line], rules: list[Rule]) -> Page:
    return Page((*lines, *page.lines), (*rules, *page.rules), close_from=page.close_from, pitch=page.pitch)


def _sheet_pages(document: Document, sheet: Sheet, metrics: Metrics) -> list[Page]:
    """A further sheet: its title at the head, its blocks below."""
    title = _title(sheet.title, metrics)
    first = len(title) + 1
    fit = best_sheet(document, sheet, metrics, first)
    chunks = [Chunk(first, fit.rows.text)] if fit.one_page else paginate(fit.rows, first, 0)
    pages = [_page(chunk, fit) for chunk in chunks]
    return [_with(pages[0], title_lines_at(0, title, metrics), []), *pages[1:]]


def _title(title: str, metrics: Metrics) -> list[str]:
    return break_title(title, lambda text: width_of(text, TITLE, metrics), WIDTH)


def _page(chunk: Chunk, fit: Fit) -> Page:
    """A chunk in its place on the page, with the lines of its forms."""
    grid = RowGrid(fit.close_from, fit.pitch)
    lines = [
        Line(y=grid.baseline(chunk.first + n), spans=row.spans, row=chunk.first + n)
        for n, row in enumerate(chunk.rows)
        if row.spans
    ]
    lines += [
        Line(y=grid.top(chunk.first + n) + below, spans=spans)
        for n, row in enumerate(chunk.rows)
        for below, spans in row.labels
    ]
    rules = tuple(rule for n in range(len(chunk.rows)) for rule in _frame_rules(chunk, n, grid))
    if grid.pitch == PITCH:
        return Page(tuple(lines), rules)
    return Page(tuple(lines), rules, close_from=grid.first, pitch=grid.pitch)


def _frame_rules(chunk: Chunk, n: int, grid: RowGrid) -> list[Rule]:
    """The lines around one row of a form: its edges, and those that a break between pages opens."""
    frame = chunk.rows[n].frame
    if frame is None:
        return []
    top, bottom = grid.top(chunk.first + n), grid.top(chunk.first + n + 1)
    left, right = LEFT + frame.xs[0], LEFT + frame.xs[-1]
    rules = [Rule(LEFT + x, top, LEFT + x, bottom, LINE) for x in frame.xs]
    if frame.top or n == 0:
        rules.append(Rule(left, top, right, top, LINE))
    if frame.bottom or n == len(chunk.rows) - 1:
        rules.append(Rule(left, bottom, right, bottom, LINE))
    return rules
