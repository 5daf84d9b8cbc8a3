"""Twenty points at once, and the power goes at the county: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from deskapp.clock import FixedClock
from deskapp.county.database import open_database
from deskapp.county.hall import County
from deskapp.county.schema import make_tables
from deskapp.errors import DeskError
from deskapp.exchange.bundle import packing
from scripts.postgres import Server, private_server
from tests.conftest import DAY, register
from tests.county.conftest import PointDesk, said

COMMAND = [sys.executable, "-m", "deskapp"]


def whole(hall: County) -> dict[str, tuple[int, int, int]]:
    """Of each point: its watermark, its entries that hold, its cases."""
    found = {}
    for point in hall.points.all():
        events = hall.db.value("SELECT count(*) FROM events WHERE point = %s AND superseded = 0", [point.point])
        cases = hall.db.value("SELECT count(*) FROM cases WHERE point = %s", [point.point])
        tally = hall.db.value("SELECT coalesce(sum(cases), 0) FROM tally WHERE point = %s", [point.point])
        assert tally == cases
        found[point.point] = point.seq, events, cases
    return found


@pytest.fixture
def twenty(hall: County, new_point: Callable[..., PointDesk]) -> list[tuple[PointDesk, list[Path]]]:
    """Twenty points with three bundles each."""
    made = []
    for n in range(20):
        point = new_point(name=f"青山县第{n}乡人民政府", code=f"P{chr(65 + n)}")
        paths = []
        for count in (2, 1, 2):
            point.cases(count)
            paths.append(point.bundle())
        made.append((point, paths))
    return made


@pytest.mark.long
def test_twenty_points_at_once_each_bundle_twice(
    dsn: str, hall: County, twenty: list[tuple[PointDesk, list[Path]]]
) -> None:
    paths = [path for _, files in twenty for path in files for _ in range(2)]
    Random(7).shuffle(paths)

    def take(part: list[Path]) -> list[str]:
        with open_database(dsn) as db:
            taker = County(db, hall.home.path.parent, FixedClock(hall.clock.today()))
            return [each.verdict for path in part for each in taker.take(path)]

    with ThreadPoolExecutor(8) as pool:
        verdicts = [verdict for found in pool.map(take, [paths[n::8] for n in range(8)]) for verdict in found]
    assert set(verdicts) <= {"taken", "again", "early"}
    assert set(whole(hall).values()) == {(5, 5, 5)}


# -- kills -------------------------------------------------------------------------------------------------------


def taker(dsn: str, home: Path, paths: list[Path]) -> subprocess.Popen[str]:
    words = ["county", "--db", dsn, "take", "--at", str(home), "--today", "2026-11-20", "--json", *map(str, paths)]
    return subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.long
def test_the_taker_is_killed_again_and_again(
    dsn: str, hall: County, twenty: list[tuple[PointDesk, list[Path]]]
) -> None:
    paths = [path for _, files in twenty for path in files]
    random = Random(3)
    for _ in range(8):
        process = taker(dsn, hall.home.path.parent, paths)
        time.sleep(0.4 + random.random() * 1.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for seq, events, _ in whole(hall).values():
            assert seq == events
    process = taker(dsn, hall.home.path.parent, paths)
    assert process.wait(60) == 0, process.communicate()[1]
    process.communicate()
    assert set(whole(hall).values()) == {(5, 5, 5)}
    kept = [path for path in (hall.home.path / "bundles").rglob("*") if path.is_file()]
    assert all(not path.name.startswith(".") or path.name.endswith(".part") for path in kept)


@pytest.fixture
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with private_server(durable=True) as made:
        yield made


@pytest.mark.long
def test_the_server_is_killed_under_the_taker(
    durable: Server, tmp_path: Path, hall: County, twenty: list[tuple[PointDesk, list[Path]]]
) -> None:
    dsn = durable.create("killed")
    paths = [path for _, files in twenty for path in files]
    with open_database(dsn) as db:
        make_tables(db)
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('practice', '0')")
        fresh = County(db, hall.home.path.parent, FixedClock(hall.clock.today()))
        for point, _ in twenty:
            fresh.points.enroll(point.card)
    acknowledged: set[str] = set()
    for n in range(4):
        process = taker(dsn, hall.home.path.parent, paths)
        time.sleep(0.8 + 0.35 * n)
        os.kill(
            int((durable.folder / "data/postmaster.pid").read_text().splitlines()[0]), signal.SIGQUIT
        )  # as by a power cut: no checkpoint
        out, err = process.communicate(timeout=60)
        assert process.returncode in (0, 1)
        if process.returncode:
            assert "连接断了" in err or "连不上" in err, err
        durable.stop("immediate")
        durable.start()
        with open_database(dsn) as db:
            state = whole(County(db, hall.home.path.parent, FixedClock(hall.clock.today())))
            taken = {row[0] for row in db.rows("SELECT digest FROM bundles WHERE verdict = 'taken'")}
        assert acknowledged <= taken
        acknowledged = taken
        assert all(seq == events for seq, events, _ in state.values())
        del out
    with open_database(dsn) as db:
        last = County(db, hall.home.path.parent, FixedClock(hall.clock.today()))
        for path in paths:
            last.take(path)
        assert set(whole(last).values()) == {(5, 5, 5)}


def test_a_server_that_is_not_there_has_a_sentence() -> None:
    with pytest.raises(DeskError, match="连不上"):
        open_database("postgresql://county@127.0.0.1:1/none")
    with pytest.raises(DeskError, match="不认识"):
        open_database("mysql://x")
    with pytest.raises(DeskError, match="没有装连接数据库的组件"):
        open_database("kingbase://x@127.0.0.1/none")


def test_a_database_without_tables_has_a_sentence(server: Server, tmp_path: Path) -> None:
    with open_database(server.create("bare")) as db, pytest.raises(DeskError, match="还没有建好"):
        County(db, tmp_path, FixedClock(DAY)).status()


def test_what_another_window_adds_while_a_bundle_is_packed_goes_with_the_next(
    hall: County, point: PointDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    point.cases(2)
    manifest_of = point.desk.bundles._manifest

    def and_another_window(*words: object) -> packing.Manifest:
        made = manifest_of(*words)  # type: ignore[arg-type]  # handed on as they came
        register(point.desk, applicant="另一个窗口")
        return made

    monkeypatch.setattr(point.desk.bundles, "_manifest", and_another_window)
    assert said(hall.take(point.bundle())) == [("taken", "", 2)]
    monkeypatch.undo()
    assert said(hall.take(point.bundle())) == [("taken", "", 1)]
