"""What stands on a page, as text: each line with its place and type, each rule, each plot; so that a change of a page reads as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.document import Line, Page, Plot, Rule


def described(pages: Sequence[Page]) -> str:
    """All pages, a thing a line; lengths in pt."""
    return "\n".join(line for n, page in enumerate(pages, 1) for line in _page(n, page)) + "\n"


def _page(n: int, page: Page) -> Iterator[str]:
    closer = f", rows closer from {page.close_from} on, {page.pitch:.2f} each" if page.pitch else ""
    yield f"page {n}{closer}"
    for line in page.lines:
        yield from line_text(line)
    yield from map(rule_text, page.rules)
    yield from map(_plot, page.plots)


def line_text(line: Line) -> Iterator[str]:
    """A line: its baseline, its row, its colour; each of its spans with where it begins and in which type."""
    where = f"{line.y:8.2f} row {'-' if line.row is None else line.row}{' red' if line.red else ''}"
    for span in line.spans:
        yield f"{where} | {span.x:8.2f} {span.face} {span.size:g} {span.tracking:+.4f} {span.text}"


def rule_text(rule: Rule) -> str:
    """A rule: its ends, how thick it is, its colour."""
    colour = " red" if rule.red else " grey" if rule.grey else ""
    return f"rule ({rule.x0:.2f} {rule.y0:.2f}) ({rule.x1:.2f} {rule.y1:.2f}) {rule.width:g}{colour}"


def _plot(plot: Plot) -> str:
    return f"plot {plot.x:.2f} {plot.y:.2f} {plot.width:.2f} x {plot.height:.2f}: {plot.labels} {plot.series}"


def xml_lines(xml: bytes) -> str:
    """An XML file with an element a line."""
    return re.sub(r">\s*<", ">\n<", xml.decode("utf-8")) + "\n"
