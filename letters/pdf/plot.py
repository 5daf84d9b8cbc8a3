"""A plot of columns on a page: the geometry is that of reportlab's charts, the words are set in the press's own fonts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from letters.document import Line, Plot
from letters.pdf.fonts import FontBook
from letters.typeset.grid import LEFT, PAGE_HEIGHT
from letters.typeset.typesetting import glyphs_of, set_at

SIZE = 9.0
GREYS = (0.25, 0.7, 0.5, 0.85)  # of the series, one after the other; they are told apart on any printer
LINE_WIDTH = 0.5  # pt
STEPS = 5  # of the axis
KEY = 7.0  # pt, the side of the square before the name of a series
Matrix = tuple[float, float, float, float, float, float]
STILL: Matrix = (1, 0, 0, 1, 0, 0)


def drawn(plot: Plot, fonts: FontBook) -> tuple[list[str], list[Line]]:
    """The columns and axes as page description, the words beside them as lines to be set."""
    marks: list[str] = []
    lines: list[Line] = []
    for shape, matrix in _flat(_chart(plot), STILL):
        if type(shape).__name__ == "Rect":
            marks.append(_column(shape, matrix))
        elif type(shape).__name__ == "Line":
            ends = (*_at(matrix, shape.x1, shape.y1), *_at(matrix, shape.x2, shape.y2))
            marks.append(f"0 0 0 RG {LINE_WIDTH} w {ends[0]:.3f} {ends[1]:.3f} m {ends[2]:.3f} {ends[3]:.3f} l S")
        elif type(shape).__name__ == "String":
            lines.append(_word(shape, matrix, fonts))
    return marks, [*lines, *_names(plot, fonts, marks)]


def _chart(plot: Plot) -> Any:  # the library says little of its types
    from reportlab.graphics.charts.barcharts import VerticalBarChart
    from reportlab.lib.colors import Color

    chart: Any = VerticalBarChart()
    chart.x, chart.y = plot.x, PAGE_HEIGHT - plot.y - plot.height
    chart.width, chart.height = plot.width, plot.height
    chart.data = [tuple(values) for _, values in plot.series]
    chart.categoryAxis.categoryNames = list(plot.labels)
    chart.valueAxis.valueMin = 0
    step = _step(max(value for _, values in plot.series for value in values))
    chart.valueAxis.valueMax, chart.valueAxis.valueStep = step * STEPS, step
    chart.valueAxis.labelTextFormat = "%d"
    for n in range(len(plot.series)):
        grey = GREYS[n % len(GREYS)]
        chart.bars[n].fillColor = Color(grey, grey, grey)
    return chart


def _step(most: int) -> int:
    """The least of 1, 2, 5, 10, 20, … with which so many steps reach ``most``."""
    tens = 1
    while True:
        for step in (tens, 2 * tens, 5 * tens):
            if step * STEPS >= most:
                return step
        tens *= 10


def _flat(node: Any, matrix: Matrix) -> Iterator[tuple[Any, Matrix]]:
    """The shapes of a drawing, each with where it lies."""
    if hasattr(node, "draw"):
        yield from _flat(node.draw(), matrix)
    elif hasattr(node, "contents"):
        inner = _times(matrix, node.transform)
        for each in node.contents:
            yield from _flat(each, inner)
    else:
        yield node, matrix


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[2] * b[1], a[1] * b[0] + a[3] * b[1], a[0] * b[2] + a[2] * b[3], a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4], a[1] * b[4] + a[3] * b[5] + a[5],
    )  # fmt: skip


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _column(shape: Any, matrix: Matrix) -> str:
    x, y = _at(matrix, shape.x, shape.y)
    return f"{shape.fillColor.red} g {x:.3f} {y:.3f} {shape.width:.3f} {shape.height:.3f} re f"


def _set(text: str, fonts: FontBook, x: float, y: float, back: float = 0.0) -> tuple[Line, float]:
    """A text from ``x`` on, moved back by a share of its width; and the width."""
    glyphs = glyphs_of(text, fonts, (), size=SIZE, role="song", tracking=0.0)
    width = sum(glyph.width for glyph in glyphs)
    return Line(y, set_at(glyphs, x - back * width - LEFT, SIZE)), width


def _word(shape: Any, matrix: Matrix, fonts: FontBook) -> Line:
    x, y = _at(matrix, shape.x, shape.y)
    back = {"middle": 0.5, "end": 1.0}.get(shape.textAnchor, 0.0)
    return _set(str(shape.text), fonts, x, PAGE_HEIGHT - y, back)[0]


def _names(plot: Plot, fonts: FontBook, marks: list[str]) -> Iterator[Line]:
    """The names of the series above the columns, each behind a square of its grey."""
    x, y = plot.x, plot.y - 1.5 * KEY
    for n, (name, _) in enumerate(plot.series):
        marks.append(f"{GREYS[n % len(GREYS)]} g {x:.3f} {PAGE_HEIGHT - y:.3f} {KEY} {KEY} re f")
        line, width = _set(name, fonts, x + 1.5 * KEY, y)
        yield line
        x += 4 * KEY + width
