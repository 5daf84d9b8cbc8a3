"""A plot as a page: the PDF library's chart gives its geometry, the press draws it with the fonts of the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, Group, Rect, String, UserNode
from reportlab.graphics.shapes import Line as Stroke

from letters.document import Line, Page, Rule
from letters.typeset.grid import BASELINE, LEFT, TOP, WIDTH
from letters.typeset.ruled import TEXT_SIZE, TITLE_LEADING, TITLE_SIZE
from letters.typeset.typesetting import Metrics, centred, glyphs_of, set_at

HEIGHT = 220.0  # pt of the plot
EDGE = 24.0  # pt at its left, for the figures of the axis
BELOW = 16.0  # pt below the axis, for the months
STEPS = 6  # figures at the axis, about
HAIR = 0.5  # pt
MARK = 10.0  # pt of a mark in the legend


def plot_months(
    title: Sequence[str], names: tuple[str, str], months: Sequence[tuple[int, int]], metrics: Metrics
) -> Page:
    """A page with two bars for each month of a year: the first black, the second grey, both named above the plot."""
    lines = [
        centred(text, TOP + TITLE_LEADING * (n + 0.5) + BASELINE * TITLE_SIZE, TITLE_SIZE, metrics)
        for n, text in enumerate(title)
    ]
    y = TOP + TITLE_LEADING * (len(title) + 0.5)
    rules = []
    for n, name in enumerate(names):
        x = EDGE + n * WIDTH / 4
        rules.append(Rule(LEFT + x, y, LEFT + x + MARK, y, MARK, grey=n == 1))
        lines.append(_text(name, x + MARK + TEXT_SIZE / 2, y + TEXT_SIZE / 3, metrics))
    drawn_lines, drawn_rules = _drawn(_chart(months), y + MARK + HEIGHT, metrics)
    return Page((*lines, *drawn_lines), (*rules, *drawn_rules))


def _chart(months: Sequence[tuple[int, int]]) -> Drawing:
    """The chart, as the library lays it out."""
    chart: Any = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = EDGE, BELOW, WIDTH - EDGE, HEIGHT - BELOW
    chart.data = [tuple(month[n] for month in months) for n in range(2)]
    chart.categoryAxis.categoryNames = [f"{n}月" for n in range(1, len(months) + 1)]
    most = max((count for month in months for count in month), default=0)
    chart.valueAxis.valueMin, chart.valueAxis.valueStep = 0, max(1, -(-most // STEPS))
    chart.valueAxis.valueMax = chart.valueAxis.valueStep * max(1, -(-most // chart.valueAxis.valueStep))
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(chart)
    return drawing


def _drawn(drawing: Drawing, foot: float, metrics: Metrics) -> tuple[list[Line], list[Rule]]:
    """The parts of a drawing whose lower edge lies ``foot`` pt below the upper edge of the paper: bars are thick rules, the second of each
    month grey."""
    lines, rules, bars = [], [], list[tuple[Any, float, float]]()
    for part, dx, dy in _parts(drawing, 0.0, 0.0):
        if isinstance(part, Rect):
            bars.append((part, dx, dy))
        elif isinstance(part, Stroke):
            ends = LEFT + part.x1 + dx, foot - part.y1 - dy, LEFT + part.x2 + dx, foot - part.y2 - dy
            rules.append(Rule(*ends, width=HAIR))
        elif isinstance(part, String):
            at_axis = dx <= EDGE  # a figure stands left of the axis, a month in the middle below its bars
            lines.append(
                _text(
                    part.text,
                    dx,
                    foot - dy + (TEXT_SIZE / 3 if at_axis else -part.y),
                    metrics,
                    -1.0 if at_axis else -0.5,
                )
            )
    for part, dx, dy in bars:
        x, base = LEFT + part.x + dx + part.width / 2, foot - part.y - dy
        grey = part.fillColor == bars[-1][0].fillColor and part.fillColor != bars[0][0].fillColor
        rules.append(Rule(x, base, x, base - part.height, part.width, grey=grey))
    return lines, rules


def _parts(group: Any, dx: float, dy: float) -> Iterator[tuple[Any, float, float]]:
    """The shapes of a group with where its own zero lies."""
    for part in group.contents:
        made = part.provideNode() if isinstance(part, UserNode) else part
        if isinstance(made, Group):
            yield from _parts(made, dx + made.transform[4], dy + made.transform[5])
        else:
            yield made, dx, dy


def _text(text: str, x: float, y: float, metrics: Metrics, shift: float = 0.0) -> Line:
    """A text at a place; ``shift`` of its own width aside."""
    glyphs = glyphs_of(text, metrics, (), size=TEXT_SIZE, role="song", tracking=0.0)
    width = sum(glyph.width for glyph in glyphs)
    return Line(y=y, spans=set_at(glyphs, x + shift * width, TEXT_SIZE))
