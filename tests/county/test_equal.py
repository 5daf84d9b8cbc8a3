"""What the county counts is what each point counts: every case of towns that were played by chance, day by day, act by act."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.desk import Desk
from tests.county.conftest import PointDesk
from tests.recount.moves import move
from tests.recount.town import PlayedTown


def played(tmp_path: Path, seed: int, papers: int) -> Desk:
    town = PlayedTown(tmp_path / f"town{seed}", seed, papers)
    town.play(move)
    return town.desk


def days_at_point(desk: Desk) -> dict[str, tuple[object, ...]]:
    """Of every case: status, last day, what is waited for, the rounds, all as the desk sees them."""
    found: dict[str, tuple[object, ...]] = {}
    for case_id in desk._journal.queries.ids_by_number():
        case = desk.lookup.case(case_id)
        clock = desk.lookup.deadline(case)
        rounds = [(each.due_on, each.in_time) for each in clock.rounds]
        found[case_id] = (case.case_no, clock.status, clock.due_on, clock.wait_until, clock.provisional, rounds[0])
    return found


def days_at_county(hall: County, point: str) -> dict[str, tuple[object, ...]]:
    rows = hall.db.rows(
        "SELECT case_id, case_no, status, due_on, wait_until, provisional, first_due_on, in_time FROM cases WHERE point = %s AND NOT void",
        [point],
    )
    return {row[0]: (*row[1:6], (row[6], row[7])) for row in rows}


def compare(hall: County, point: PointDesk, today: date) -> int:
    """Everything of a point against the county; how many cases."""
    desk, at = point.desk, point.card.id
    mine = days_at_point(desk)
    assert days_at_county(hall, at) == mine
    for year in (2025, 2026, 2027):
        united, own = hall.report(year, at).whole, desk.reporting.report(year)
        assert (united.table3, united.table4, united.narrative) == (own.table3, own.table4, own.narrative)
    assert hall.report(today.year, at).differing == ()
    late = {row.case_no: row.due_on for row in desk.work.board().groups["overdue"]}
    assert {each.case_no: each.due_on for each in hall.questions.overdue(at)} == late
    for month in ("2025-06", "2026Q2", "2026"):
        ours = hall.figures(month, at)
        assert bare(ours.whole.as_contract()) == bare(desk.periods.report(month).now.as_contract())
        assert bare(ours.points[at].as_contract()) == bare(ours.whole.as_contract())
    this = f"{today:%Y-%m}"
    assert hall.figures(this, at).whole.visits == desk.periods.report(this).now.visits
    assert hall.figures(this, at).missing == ()
    assert hall.figures("2025-06", at).missing == (at,)  # more than a year ago: never sent
    return len(mine)


def bare(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of a span but for the reasons of late answers, which stay at the point, and its days long ago, which were never sent."""
    late = sorted(({**each, "why": ""} for each in figures["late"]), key=str)
    rest = {name: value for name, value in figures.items() if name not in ("visits", "slips", "satisfied")}
    return {**rest, "late": late, "overdue": sorted(figures["overdue"], key=str)}


def union(hall: County, tmp_path: Path, towns: int, papers: int) -> int:
    cases = 0
    for seed in range(1, towns + 1):
        desk = played(tmp_path, seed, papers)
        today = desk.clock.today()
        clock = hall.clock
        assert isinstance(clock, FixedClock)
        clock.set(today)
        point = PointDesk(desk, hall, tmp_path / f"stick{seed}")
        hall.points.enroll(point.card)
        end = desk.bundles._entries.end()[0]
        assert hall.take(point.bundle())[0].events == end
        cases += compare(hall, point, today)
        desk.close()
    return cases


@pytest.mark.long
def test_two_towns_are_equal_in_every_case(hall: County, tmp_path: Path) -> None:
    assert union(hall, tmp_path, 2, 40) > 80


@pytest.mark.long
def test_forty_points_are_equal_in_every_case(hall: County, tmp_path: Path) -> None:
    assert union(hall, tmp_path, 40, 12) > 480
