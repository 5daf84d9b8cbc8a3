"""The county as one page of HTML: everything in the file, no script, prints on A4, opens from a stick without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from deskapp.county.questions import DueCase
from deskapp.county.summary import COLUMNS, Summary, together_cells
from deskapp.law.report_checks import ROUTE_NAMES, Report

HIGHEST = 120  # of a bar


@dataclass(frozen=True)
class PageContent:
    """What the page shows: the summary, the year's tables where they are wanted, the months of the year as received and closed, the names of
    the points that report other figures than ours; ``alone`` where it is of one point."""

    summary: Summary
    report: Report | None = None
    months: tuple[tuple[int, int], ...] = ()
    differing: tuple[str, ...] = ()
    practice: bool = False
    alone: bool = False


def page_of(content: PageContent) -> str:
    """The page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    template = environment.from_string(files("deskapp.county").joinpath("page.html").read_text("utf-8"))
    summary = content.summary
    names = {line.state.point.point: line.name for line in summary.lines}
    return template.render(
        title=f"{summary.county}{summary.span}依申请公开情况",
        summary=summary, columns=COLUMNS, together=together_cells(summary), practice=content.practice,
        missing="、".join(names.get(point, point) for point in summary.missing),
        months=_bars(content.months), months_said=_said(content.months), year=summary.today.year if content.report is None else content.report.year,
        late=_late(summary), disputes=[{"of": of, "name": names.get(of.point, of.point), "route": ROUTE_NAMES[of.route]} for of in summary.disputes],
        report=content.report, alone=content.alone, differing="、".join(content.differing),
    )  # fmt: skip


def _bars(months: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    most = max((max(pair) for pair in months), default=0) or 1
    return [
        {"month": n, "received": a, "closed": b, "a": round(HIGHEST * a / most), "b": round(HIGHEST * b / most)}
        for n, (a, b) in enumerate(months, 1)
    ]


def _said(months: Sequence[tuple[int, int]]) -> str:
    """The bars in words, for who does not see them."""
    return "；".join(f"{n}月收到{a}件、办结{b}件" for n, (a, b) in enumerate(months, 1))


def _late(summary: Summary) -> list[dict[str, Any]]:
    rows: dict[str, list[DueCase]] = {}
    for row in summary.overdue:
        rows.setdefault(row.point, []).append(row)
    return [
        {"n": n, "name": line.name, "rows": rows[line.state.point.point]}
        for n, line in enumerate(summary.lines, 1)
        if line.state.point.point in rows
    ]
