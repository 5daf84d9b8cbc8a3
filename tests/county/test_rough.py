"""A county in a rough world: sticks full of other things, keys that are damaged, servers that go away, folders from which files are gone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.errors import DeskError
from tests.county.conftest import PointDesk, said
from tests.county.test_taking import held


def test_a_stick_full_of_other_things_is_no_hindrance(hall: County, point: PointDesk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "folder").mkdir(parents=True)
    point.cases(1)
    name = os.fsencode(stick) + b"/\xb1\xa8\xcb\xcd\n.bundle"  # as an old machine writes it
    with open(name, "wb") as stream:
        stream.write(point.bundle().read_bytes())
    point.cases(1)
    (stick / "no ending").write_bytes(point.bundle().read_bytes())
    (stick / "notes.json").write_text('{"a": 1}')
    (stick / "broken.bundle").write_bytes(b"x")
    (stick / "dangling.bundle").symlink_to("/nowhere")
    os.mkfifo(stick / "pipe.bundle")
    found, cards = hall.take_all(stick)
    assert sorted(each.verdict for each in found) == ["refused", "taken", "taken"]
    assert cards == []
    assert held(hall, point) == (2, 2)
    assert all(each.file.isprintable() for each in found)


def test_a_file_that_cannot_be_read_stops_no_other(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(1)
    found = hall.take_together([tmp_path, point.bundle()])
    assert sorted(each[:2] for each in said(found)) == [("refused", "unreadable"), ("taken", "")]


@pytest.mark.parametrize("key", ["identity", "signing"])
def test_a_damaged_key_is_not_blamed_on_the_points(hall: County, point: PointDesk, key: str) -> None:
    path = hall.home.path / "keys.json"
    document = json.loads(path.read_bytes())
    document[key] = document[key][:-4] + "AAAA"
    path.chmod(0o600)
    path.write_text(json.dumps(document))
    point.cases(1)
    with pytest.raises(DeskError, match="钥匙文件") as refused:
        hall.take_together([point.bundle()])
    assert refused.value.code == "keys"


def test_lost_keys_are_not_made_anew_for_a_county_in_use(hall: County, point: PointDesk) -> None:
    (hall.home.path / "keys.json").unlink()
    with pytest.raises(DeskError, match="已经登记过登记点"):
        hall.begin("青山县")


def test_a_server_that_was_away_is_found_again(hall: County, dsn: str) -> None:
    with open_database(dsn) as other:
        other.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    with pytest.raises(DeskError, match="连接断了"):
        hall.status()
    assert hall.status() == []
    with hall.db.transaction():
        assert hall.points.all() == []


def test_nothing_is_rebuilt_where_something_would_be_lost(hall: County, point: PointDesk) -> None:
    point.cases(2)
    hall.take(point.bundle())
    bundle = next(path for path in (hall.home.path / "bundles").rglob("*") if path.is_file())
    content = bundle.read_bytes()
    bundle.unlink()
    with pytest.raises(DeskError, match="少了1个收过的报送包"):
        hall.rebuild(hall.home.path)
    assert held(hall, point) == (2, 2)
    bundle.write_bytes(content)
    card = next((hall.home.path / "points").iterdir())
    text = card.read_bytes()
    card.unlink()
    with pytest.raises(DeskError, match="少了1个登记点的名片"):
        hall.rebuild(hall.home.path)
    card.write_bytes(text)
    for folder in ("bundles", "decisions"):
        (hall.home.path / folder).mkdir(exist_ok=True)
        stranger = hall.home.path / folder / "stranger.txt"
        stranger.write_text("x")
        with pytest.raises(DeskError, match=r"stranger\.txt"):
            hall.rebuild(hall.home.path)
        stranger.unlink()
    assert hall.rebuild(hall.home.path) == (1, 1, 2)
    bundle.unlink()
    assert hall.rebuild(hall.home.path, missing_ok=True) == (1, 0, 0)


def test_takers_wait_while_the_database_is_made_anew(hall: County, point: PointDesk, dsn: str) -> None:
    point.cases(2)
    path = point.bundle()
    hall.take(path)
    found: list[Any] = []
    with open_database(dsn) as other, hall.db.transaction():
        hall.db.run("LOCK TABLE points IN EXCLUSIVE MODE")
        taker = Thread(target=lambda: found.extend(County(other, hall.home.path.parent, hall.clock).take(path)))
        taker.start()
        row = hall.db.row("SELECT card FROM points")
        hall.db.run("CREATE TEMP TABLE kept AS SELECT * FROM points")
        hall.db.run("DELETE FROM points")
        hall.db.run("INSERT INTO points SELECT * FROM kept")
        assert row
        hall.db._connection.commit()  # as the end of the transaction does, while the taker waits
        taker.join(20)
    assert said(found) == [("again", "again", 0)]


def test_broken_off_in_the_middle_of_a_statement_nothing_is_left_and_work_goes_on(db: Database) -> None:
    """As by Ctrl+C while the server is still at it: what the key means comes through, and not a complaint of the driver."""
    with pytest.raises(KeyboardInterrupt), db.transaction():
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('x', 'y')")
        db._connection.pgconn.send_query(b"SELECT pg_sleep(20)")
        raise KeyboardInterrupt
    assert db.value("SELECT count(*) FROM county_notes WHERE note_key = 'x'") == 0
    with db.transaction():
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('x', 'y')")
    assert db.value("SELECT count(*) FROM county_notes WHERE note_key = 'x'") == 1


@pytest.mark.parametrize(("code", "words"), [("53100", "磁盘满了"), ("53300", "连接太多"), ("2F003", "要有密码")])
def test_what_a_server_has_no_room_for_is_said_in_words(db: Database, code: str, words: str) -> None:
    with pytest.raises(DeskError, match=words) as found:
        db.run(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")
    assert code not in str(found.value)
