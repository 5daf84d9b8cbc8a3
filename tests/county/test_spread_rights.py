"""Users with rights over a county whose parts lie on other servers: what each may do there, and that it ends with the rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.county.rights import Rights
from deskapp.errors import DeskError
from scripts.postgres import Server, private_server, programs
from tests.conftest import DAY, make_desk, profile
from tests.county.conftest import PointDesk, said

Opened = Callable[[str], County]


@pytest.fixture
def near(server: Server, numbers: Iterator[int], tmp_path: Path) -> Iterator[County]:
    """Two further databases; that they lie on one server makes no difference to who may do what."""
    dsns = [server.create(f"spread{next(numbers)}") for _ in range(2)]
    with open_database(server.create(f"front{next(numbers)}")) as db:
        yield begun(db, dsns, tmp_path)


@pytest.fixture
def far(tmp_path: Path) -> Iterator[County]:
    """Three servers."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql-15)")
    with ExitStack() as stack:
        servers = [stack.enter_context(private_server()) for _ in range(3)]
        db = stack.enter_context(open_database(servers[0].create("front")))
        yield begun(db, [server.create("county") for server in servers], tmp_path)


def begun(db: Database, dsns: list[str], tmp_path: Path) -> County:
    made = County(db, tmp_path / "home", FixedClock(DAY))
    made.begin("青山省", servers=dsns)
    return made


def points_of(hall: County, tmp_path: Path) -> list[PointDesk]:
    made = []
    for n in range(3):
        desk = make_desk(tmp_path / f"desk{n}", FixedClock(DAY))
        desk.upkeep.save_unit(profile(name=f"青山县第{n}乡人民政府", site_code=f"P{chr(65 + n)}"))
        made.append(PointDesk(desk, hall, tmp_path / f"stick{n}"))
        hall.points.enroll(made[-1].card)
        made[-1].cases(n + 1)
    return made


def everyone_works(hall: County, tmp_path: Path) -> None:
    points, rights = points_of(hall, tmp_path), Rights(hall.db)
    for name in ("weit_a", "weit_b", "weit_c"):
        if hall.db.value("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]) is None:
            hall.db.run(f"CREATE ROLE {name} LOGIN")
    rights.give("weit_a", "taker")
    rights.give("weit_b", "reader")
    rights.give("weit_c", "point", points[1].card.id)
    with ExitStack() as stack:

        def opened(name: str) -> County:
            db = stack.enter_context(Database(hall.db.dsn.replace("://county@", f"://{name}@")))
            return County(db, hall.home.path.parent, hall.clock)

        assert said([each for point in points for each in opened("weit_a").take(point.bundle())]) == [
            ("taken", "", 1), ("taken", "", 2), ("taken", "", 3),
        ]  # fmt: skip
        assert [state.cases for state in opened("weit_b").status()] == [1, 2, 3]
        assert [state.cases for state in opened("weit_c").status()] == [2]
        assert opened("weit_c").figures("2026-11").whole.received == 2
        assert opened("weit_b").db.value("SELECT count(*) FROM events") == 6
        assert_kept_out(opened)
        rights.give("weit_b", "point", points[0].card.id)  # changed, and still on the way there
        assert opened("weit_b").db.value("SELECT count(*) FROM events") == 1
        rights.take("weit_b")
        with pytest.raises(DeskError, match="权限"):
            opened("weit_b").db.value("SELECT count(*) FROM events")
    ways = hall.db.rows("SELECT DISTINCT usename FROM pg_user_mappings WHERE srvname LIKE %s", ["county%"])
    assert {name for (name,) in ways} == {"county", "weit_a", "weit_c"}


def assert_kept_out(opened: Opened) -> None:
    """The way there is one through the tables alone: no part by itself, no words of the way, no table of one's own over it."""
    for statement in (
        "SELECT count(*) FROM events_0",
        "DELETE FROM cases",
        "CREATE FOREIGN TABLE pg_temp.mine (point text) SERVER county_0 OPTIONS (table_name 'cases_0')",
    ):
        with pytest.raises(DeskError):
            opened("weit_c").db.run(statement)
    ways = opened("weit_c").db.rows("SELECT umoptions FROM pg_user_mappings WHERE usename = 'weit_c'")
    assert set(ways) == {(None,)}


def test_who_was_given_rights_works_on_a_spread_county(near: County, tmp_path: Path) -> None:
    everyone_works(near, tmp_path)


@pytest.mark.long
def test_over_three_servers_too(far: County, tmp_path: Path) -> None:
    everyone_works(far, tmp_path)
