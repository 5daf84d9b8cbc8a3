"""Numbers of points of which not everything is known: each has its mark, and so has every sum that it goes into."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.county.points import HELD, Point
from deskapp.county.states import PointState
from deskapp.county.summary import PointLine, Summary, together_cells
from deskapp.law.period_figures import PeriodFigures
from deskapp.law.spans import span_of
from deskapp.screens.county.board import _line, _sum_line
from tests.conftest import DAY

FIGURES = PeriodFigures(span_of("2026"), received=2, closed=1, carried_out=1)


def line_of(name: str = "甲", days_silent: int | None = 0, standing: str = "", **of: Any) -> PointLine:
    point = Point(
        point="a" * 32, name=name, site_code="LH", kind="township", practice=False, public_key="", standing=standing,
        fork_at=None, seq=3, link="", epoch=1, restored="", first_day="", calendars="", last_at="", heard_at="", taken_at="",
    )  # fmt: skip
    counted: dict[str, Any] = {
        "cases": 2,
        "open_cases": 1,
        "overdue": 1,
        "due_soon": 0,
        "disputes": 0,
        "waiting": 0,
        "gap": None,
    }
    return PointLine(PointState(point, days_silent, **{**counted, **of}), FIGURES, None, 0)


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        ({}, "2"), ({"days_silent": 6}, "2"), ({"days_silent": 7}, "2？"), ({"gap": (4, 6)}, "2？"), ({"standing": HELD}, "2？"),
        ({"days_silent": 400, "retired": DAY}, "2"), ({"days_silent": None}, "？"),
    ],
)  # fmt: skip
def test_a_number_that_may_be_more_has_its_mark_and_the_sum_too(of: dict[str, Any], shown: str) -> None:
    line = line_of(**of)
    summary = Summary("青山县", DAY, "2026年", (line, line_of("乙")), FIGURES, (), (), ())
    assert line.cells[5] == shown
    assert _line(line, 20, 0).split()[4] == shown
    assert together_cells(summary)[5] == ("2" if shown == "2" else "2？")
    assert _sum_line(summary, 20).split()[4] == ("2" if shown == "2" else "2？")
    assert together_cells(Summary("青山县", DAY, "2026年", (line_of("乙"),), FIGURES, (), (), ()))[5] == "2"
