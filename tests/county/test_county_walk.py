"""Random walks over the county's screens, as over the desk's (tests/walk): no key ends the program, and what is held is what was taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.county_app import CountyApp
from deskapp.desk.office.restoring import restore_backup
from tests.conftest import DAY, register
from tests.county.conftest import PointDesk, said
from tests.walk.walker import Walker

STEPS, OFTEN, MORE = 40, 2, 14
LATER = FixedClock(DAY + timedelta(60))  # what was registered is overdue


class CountyWalker(Walker):
    """Knows where the stick is, and that there are no cases to jump to."""

    def __init__(self, seed: int, stick: Path) -> None:
        super().__init__(seed, [])
        self._stick = stick

    def _jump(self, app: Any) -> None:
        self._send(
            app,
            *self._random.choice((("f9", *str(self._stick), "enter"), ("enter", "enter"), ("f8", "down", "enter"))),
        )


@pytest.fixture
def stick(hall: County, new_point: Callable[..., PointDesk], tmp_path: Path) -> Path:
    """A point that is late, one that lives twice and waits for a decision, one that never reported; and a stick with what they sent."""
    folder = tmp_path / "U"
    folder.mkdir()
    late, twice, _ = (
        new_point(name=f"青山县{name}镇人民政府", code=code)
        for name, code in (("柳河", "LH"), ("桥头", "QT"), ("上街", "SJ"))
    )
    for n, each in enumerate((late, twice)):
        each.cases(n + 2)
    backup = twice.desk.upkeep.backup(tmp_path / "b.db", "")
    twice.cases(1)
    for each in (late, twice):
        hall.take(each.bundle())
        each.cases(1)
        each.desk.bundles.make(folder, county=each.key)
    twice.desk.close()
    restore_backup(backup.path, tmp_path / "again", twice.desk.clock)
    again = new_point(home=tmp_path / "again")
    register(again.desk, applicant="恢复以后")
    assert said(hall.take(again.bundle())) == [("fork", "restored", 0)]
    return folder


@pytest.mark.parametrize(
    "seed", [*range(OFTEN), *(pytest.param(n, marks=pytest.mark.long) for n in range(OFTEN, OFTEN + MORE))]
)
async def test_no_key_ends_the_county(seed: int, hall: County, stick: Path, tmp_path: Path) -> None:
    walker, left = CountyWalker(seed, stick), STEPS
    try:
        while left > 0:
            app = CountyApp(tmp_path, LATER, County(hall.db, tmp_path / "county-home", LATER))
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                await walker.walk(pilot, left)
                left = STEPS - walker.tally.steps
            assert app.failure is None
    except BaseException as error:
        error.add_note(f"seed {seed}, after: {' '.join(walker.trail[-60:])}")
        raise
    assert walker.tally.rooms["CountyScreen"]
    held = hall.db.rows("SELECT point, seq FROM points ORDER BY point")
    counted = "SELECT point, count(*) FROM events WHERE superseded = 0 GROUP BY point ORDER BY point"
    assert hall.db.rows(counted) == [row for row in held if row[1]]
