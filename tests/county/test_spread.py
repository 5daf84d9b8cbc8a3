"""A province that one machine does not carry: the parts lie on three servers, and one of them stops in the middle."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.errors import DeskError
from scripts.postgres import Server, private_server, programs
from tests.conftest import DAY, make_desk, profile
from tests.county.conftest import PointDesk, said
from tests.county.test_many import whole

POINTS, BUNDLES, CASES = 12, 2, 3


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql-15)")
    with ExitStack() as stack:
        yield [stack.enter_context(private_server(durable=True)) for _ in range(3)]


@pytest.fixture
def spread(servers: list[Server], tmp_path: Path) -> Iterator[County]:
    dsns = [server.create("county") for server in servers]
    here = servers[0].create("front")
    with open_database(here) as db:
        made = County(db, tmp_path / "home", FixedClock(DAY))
        made.begin("青山省", servers=dsns)
        yield made


@pytest.fixture
def points(spread: County, tmp_path: Path) -> list[list[Path]]:
    made = []
    for n in range(POINTS):
        desk = make_desk(tmp_path / f"desk{n}", FixedClock(DAY))
        desk.upkeep.save_unit(profile(name=f"青山县第{n}乡人民政府", site_code=f"P{chr(65 + n)}"))
        point = PointDesk(desk, spread, tmp_path / f"stick{n}")
        spread.points.enroll(point.card)
        paths = []
        for _ in range(BUNDLES):
            point.cases(CASES)
            paths.append(point.bundle())
        made.append(paths)
        desk.close()
    return made


@pytest.mark.long
def test_the_parts_lie_on_three_servers_and_answer_together(
    spread: County, servers: list[Server], points: list[list[Path]]
) -> None:
    for paths in points:
        for path in paths:
            assert said(spread.take(path)) == [("taken", "", CASES)]
    assert set(whole(spread).values()) == {(6, 6, 6)}
    held = []
    for server in servers:
        with Database(server.dsn("county")) as db:
            tables = [row[0] for row in db.rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 'events_%%'")]
            held.append(sum(db.value(f"SELECT count(*) FROM {table}") for table in tables))
    assert sum(held) == POINTS * 6
    assert sum(1 for each in held if each) >= 2  # by point: some server may have none of twelve, not two of them
    assert spread.report(2026).whole.narrative["new"] == POINTS * 6
    assert spread.figures("2026-11").whole.received == POINTS * 6
    plan = "\n".join(row[0] for row in spread.db.rows("EXPLAIN SELECT count(*) FROM cases WHERE is_due = 1"))
    assert "Async Foreign Scan" in plan


@pytest.mark.long
def test_one_server_stops_in_the_middle_and_nothing_is_lost(
    spread: County, servers: list[Server], points: list[list[Path]]
) -> None:
    paths = [path for each in points for path in each]
    words = [
        "county",
        "--db",
        servers[0].dsn("front"),
        "take",
        "--at",
        str(spread.home.path.parent),
        "--today",
        "2026-11-20",
        "--json",
    ]
    for n in range(4):
        process = subprocess.Popen(
            [sys.executable, "-m", "deskapp", *words, *map(str, paths)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(0.9 + 0.25 * n)
        servers[1 + n % 2].stop("immediate")
        _, error = process.communicate(timeout=120)
        assert "Traceback" not in error
        assert process.returncode in (0, 1)
        servers[1 + n % 2].start()
    with open_database(servers[0].dsn("front")) as db:
        last = County(db, spread.home.path.parent, FixedClock(DAY))
        for path in paths:
            last.take(path)
        assert set(whole(last).values()) == {(6, 6, 6)}
        assert last.report(2026).whole.narrative["new"] == POINTS * 6


@pytest.mark.long
def test_a_part_that_was_written_and_not_acknowledged_is_mended(spread: County, points: list[list[Path]]) -> None:
    first, second = points[0]
    spread.take(first)
    point = next(each for each in spread.points.all() if each.seq)
    spread.db.run(
        "INSERT INTO events (point, superseded, seq, id, case_id, n, act, noted_at, body, link) SELECT point, 0, seq + 3, 'x' || id, case_id || 'x', n,"
        " act, noted_at, body, link FROM events WHERE point = %s", [point.point],
    )  # fmt: skip
    spread.db.run("UPDATE cases SET case_no = 'x' WHERE point = %s", [point.point])
    assert said(spread.take(second)) == [("taken", "", CASES)]
    assert whole(spread)[point.point] == (6, 6, 6)
    assert spread.db.value("SELECT count(*) FROM cases WHERE case_no = 'x'") == 0


@pytest.mark.long
def test_an_address_without_a_host_is_refused(servers: list[Server], tmp_path: Path) -> None:
    with open_database(servers[0].create("other")) as db, pytest.raises(DeskError, match="没有写主机"):
        County(db, tmp_path, FixedClock(DAY)).begin("青山省", servers=["dbname=x"])
