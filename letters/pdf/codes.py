"""Square codes (QR, ISO/IEC 18004) on pages: the library finds which modules are dark, the press draws them as short thick lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from letters.document import Line, Page, Rule
from letters.typeset.grid import BASELINE, LEFT, TOP, WIDTH
from letters.typeset.ruled import TEXT_SIZE, TITLE_LEADING, TITLE_SIZE
from letters.typeset.typesetting import Metrics, centred, glyphs_of, set_at

ACROSS, DOWN = 2, 3  # codes of a page
SIDE = 190.0  # pt of a code
QUIET = 4  # modules that stay white around one
ROW = 216.0  # pt from one row of codes to the next


def code_pages(title: str, texts: Sequence[str], metrics: Metrics) -> list[Page]:
    """Pages with a code for each text, numbered, under a title that says which page of how many."""
    a_page = ACROSS * DOWN
    parts = [texts[start : start + a_page] for start in range(0, len(texts), a_page)]
    return [
        _page(f"{title}（第{n}页，共{len(parts)}页）", part, (n - 1) * a_page, len(texts), metrics)
        for n, part in enumerate(parts, 1)
    ]


def _page(title: str, texts: Sequence[str], before: int, count: int, metrics: Metrics) -> Page:
    lines = [centred(title, TOP + TITLE_LEADING * 0.5 + BASELINE * TITLE_SIZE, TITLE_SIZE, metrics)]
    rules: list[Rule] = []
    for n, text in enumerate(texts):
        x = (n % ACROSS) * (WIDTH / ACROSS) + (WIDTH / ACROSS - SIDE) / 2
        y = TOP + TITLE_LEADING * 1.5 + n // ACROSS * ROW
        rules += _code(text, LEFT + x, y)
        name = glyphs_of(f"第{before + n + 1}个，共{count}个", metrics, (), size=TEXT_SIZE, tracking=0.0)
        lines.append(Line(y=y + SIDE + TEXT_SIZE, spans=set_at(name, x, TEXT_SIZE)))
    return Page(tuple(lines), tuple(rules))


def _code(text: str, left: float, top: float) -> Iterator[Rule]:
    """The dark modules of a code, those of a row that touch in one line."""
    code: Any = QRCode(None, QRErrorCorrectLevel.M)  # the library has no types
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    step = SIDE / (side + 2 * QUIET)
    for row in range(side):
        y = top + (row + QUIET + 0.5) * step
        column = 0
        for dark, run in groupby(code.isDark(row, n) for n in range(side)):
            width = len(list(run))
            if dark:
                x = left + (column + QUIET) * step
                yield Rule(x, y, x + width * step, y, step)
            column += width
