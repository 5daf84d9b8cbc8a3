"""What was erased is not in the files of the server any more once they were cleared; what stays elsewhere is told by name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.county import clearing, database
from deskapp.county.clearing import Clearing
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.county.rights import Rights
from scripts.postgres import Server
from tests.county.conftest import PointDesk
from tests.county.test_forgetting import SECRETS, STAYS, asked, forget, whole
from tests.county.test_rights import user

__all__ = ["asked"]


def on_disk(server: Server, db: Database) -> set[str]:
    """Which of the secrets stand in the files of a database."""
    db.run("CHECKPOINT")
    oid = db.value("SELECT oid::text FROM pg_database WHERE datname = current_database()")
    every = b"".join(p.read_bytes() for p in (server.folder / "data/base" / oid).iterdir() if p.is_file())
    return {secret for secret in (*SECRETS, STAYS) if secret.encode() in every}


@pytest.fixture
def erased(hall: County, asked: PointDesk) -> PointDesk:
    """A point that was asked for everything and has erased a case since; the server has taken samples in between."""
    hall.take(whole(asked))
    hall.db.run("ANALYZE")
    forget(asked)
    hall.take(whole(asked))
    return asked


def test_nothing_of_it_is_in_the_files_any_more(hall: County, erased: PointDesk, server: Server) -> None:
    assert on_disk(server, hall.db) >= {SECRETS[0], SECRETS[3], STAYS}  # dead rows keep it
    one = Clearing(hall.db, hall.home.path)
    assert one.waiting() == 1
    done = one.clear()
    assert (done.whole, done.kept, done.refused) == (True, 0, {})
    assert on_disk(server, hall.db) == {STAYS}
    assert one.waiting() == 0
    remains = "".join(done.remains)
    assert f"{server.folder}/data/pg_wal" in remains
    assert str(hall.home.path) in remains
    assert "pg_dump" in remains
    assert "archive_mode" not in remains  # this server keeps no archive
    assert all(each in done.sentence for each in done.remains)


def test_what_an_older_reader_still_sees_is_told_and_cleared_later(
    hall: County, asked: PointDesk, server: Server
) -> None:
    hall.take(whole(asked))
    with open_database(hall.db.dsn) as older, older.transaction():
        older.run("DECLARE seen CURSOR FOR SELECT body FROM county_notes")
        forget(asked)
        hall.take(whole(asked))
        done = Clearing(hall.db, hall.home.path).clear()
        assert not done.whole
        assert done.kept > 0
        assert f"{done.kept}行旧内容" in done.first
        assert SECRETS[0] in on_disk(server, hall.db)
        assert Clearing(hall.db, hall.home.path).waiting() == 1
    assert Clearing(hall.db, hall.home.path).clear().whole
    assert on_disk(server, hall.db) == {STAYS}


def test_a_table_that_others_are_using_is_told(
    hall: County, erased: PointDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", "200ms")
    with open_database(hall.db.dsn) as other, other.transaction():
        other.run("LOCK TABLE standings IN ACCESS SHARE MODE")
        done = Clearing(hall.db, hall.home.path).clear()
    assert done.refused == {"别人正在用这张表，等不到": ("登记点报的数和答复",)}
    assert "登记点报的数和答复（别人正在用" in done.first
    assert "办理记录" in done.done
    assert Clearing(hall.db, hall.home.path).waiting() == 1


def test_who_may_not_is_told_who_may(server: Server, hall: County, erased: PointDesk) -> None:
    open_as = user(server, hall, "nehmer_b")
    Rights(hall.db).give("nehmer_b", "taker")
    with open_as() as db:
        done = Clearing(db, hall.home.path).clear()
    assert done.done == ()
    assert [len(tables) for tables in done.refused.values()] == [7]
    assert "请用 county 运行" in done.first
    assert any("检查点" in each for each in done.remains)
    assert Clearing(hall.db, hall.home.path).waiting() == 1


def test_a_county_without_persons_has_nothing_to_clear(hall: County, asked: PointDesk) -> None:
    hall.take(asked.bundle())
    forget(asked)
    assert hall.take(asked.bundle())[0].erased == 1
    assert Clearing(hall.db, hall.home.path).waiting() == 0


def test_the_commands_offer_it_and_do_it(hall: County, asked: PointDesk, dsn: str) -> None:
    words = ["--at", str(hall.home.path.parent), "county", "--db", dsn]
    hall.take(whole(asked))
    assert "county vacuum" not in CliRunner().invoke(deskapp, [*words, "status"]).output
    forget(asked)
    assert "county vacuum" in CliRunner().invoke(deskapp, [*words, "take", str(whole(asked))]).output
    assert "county vacuum" in CliRunner().invoke(deskapp, [*words, "status"]).output
    found = CliRunner().invoke(deskapp, [*words, "vacuum", "--json"])
    assert found.exit_code == 0
    assert json.loads(found.output)["whole"] is True
    assert "county vacuum" not in CliRunner().invoke(deskapp, [*words, "status"]).output


def test_an_archive_a_standby_and_a_slot_are_named(hall: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server tells of them; here there are none."""
    told: dict[str, list[tuple[str, ...]]] = {
        "pg_stat_replication": [("备机", "10.1.2.3")],
        "pg_replication_slots": [("slot_a",)],
        "archive_mode": [("on",)],
        "archive_command": [("cp %p /archive/%f",)],
    }

    def answered(self: Clearing, sql: str, values: Sequence[str] = ()) -> list[tuple[str, ...]]:
        return next((rows for key, rows in told.items() if key in sql or key in values), [])

    monkeypatch.setattr(clearing.Clearing, "_asked", answered)
    remains = "".join(Clearing(hall.db, hall.home.path).clear().remains)
    for word in ("备机 10.1.2.3", "slot_a", "cp %p /archive/%f", "服务器的数据文件夹/pg_wal"):
        assert word in remains


def test_parts_on_other_servers_are_cleared_there(
    server: Server, numbers: Iterator[int], hall: County, asked: PointDesk, tmp_path: Path
) -> None:
    parts = [server.create(f"clear{next(numbers)}") for _ in range(2)]
    with open_database(server.create(f"clear{next(numbers)}")) as db:
        spread = County(db, hall.home.path.parent, hall.clock)
        spread.begin("青山省", servers=parts)
        spread.points.enroll(asked.card)
        spread.take(whole(asked))
        forget(asked)
        spread.take(whole(asked))
        done = Clearing(db, hall.home.path).clear()
        assert done.whole
        assert "办理记录（第2台服务器）" in done.done
        for dsn in parts:
            with Database(dsn) as there:
                assert SECRETS[0] not in on_disk(server, there)
