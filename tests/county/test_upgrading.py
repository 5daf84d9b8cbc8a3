"""An older database becomes what a new one is, by its own catalogue; one of a later program is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from deskapp.county import rights, schema
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.county.rights import Rights
from deskapp.county.upgrading import Upgraded, upgrade
from deskapp.errors import DeskError
from scripts.postgres import Server
from tests.conftest import DAY
from tests.county.conftest import PointDesk
from tests.county.test_rights import user
from tests.county.test_taking import snapshot

OLD = Path(__file__).parent.parent / "data/county"
FIRST, TASKS = "schema-1-first.sql", "schema-1-tasks.sql"
SEEN = {
    "columns": "SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "keys": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
    "tables": "SELECT relname, relkind::text, relrowsecurity, relispartition, pg_get_expr(relpartbound, oid), relowner::regrole::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S'",
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "rights": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = 'public'",
    "notes": "SELECT note_key, body FROM county_notes WHERE note_key <> 'practice'",
}


def catalogue(db: Database, without: str = "") -> dict[str, list[Any]]:
    """What the server itself knows of a database: everything that a program could stumble over."""
    return {name: sorted(db.rows(sql), key=str) for name, sql in SEEN.items() if name != without}


def make_old(db: Database, file: str, monkeypatch: pytest.MonkeyPatch, servers: tuple[str, ...] = ()) -> None:
    """A database as the program of that time made it."""
    pieces = schema.statements_in((OLD / file).read_text("utf-8"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_pieces", lambda: pieces)
        schema.make_tables(db, servers)
    db.run("UPDATE county_notes SET body = '1' WHERE note_key = 'version'")
    if file == FIRST:
        db.run("DELETE FROM county_notes WHERE note_key = 'spread'")
    db.run("INSERT INTO county_notes (note_key, body) VALUES ('practice', '0')")


@pytest.fixture
def empty(server: Server, numbers: Iterator[int]) -> Iterator[Callable[[], Database]]:
    opened: list[Database] = []

    def made() -> Database:
        opened.append(open_database(server.create(f"empty{next(numbers)}")))
        return opened[-1]

    yield made
    for each in opened:
        each.close()


@pytest.mark.parametrize("file", [FIRST, TASKS])
def test_an_older_database_becomes_what_a_new_one_is(
    empty: Callable[[], Database], server: Server, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = empty(), empty()
    make_old(old, file, monkeypatch)
    schema.make_tables(new)
    for name in ("alt_a", "alt_b", "alt_c"):
        if new.value("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]) is None:
            new.run(f"CREATE ROLE {name} LOGIN")
    given = (("alt_a", "taker", ""), ("alt_b", "reader", ""), ("alt_c", "point", "0" * 31 + "a"))
    with monkeypatch.context() as patch:
        if file == FIRST:
            for module, name in ((rights, "OF_A_POINT"), (rights, "TABLES")):
                patch.setattr(module, name, tuple(each for each in getattr(module, name) if each != "tasks"))
        for each in given:
            Rights(old).give(*each)  # type: ignore[arg-type]  # a role is a word of a few
    for each in given:
        Rights(new).give(*each)  # type: ignore[arg-type]  # as above
    old.run("DROP POLICY county_alt_c ON decisions")  # as it was given then
    old.run(f"CREATE POLICY county_alt_c ON decisions FOR SELECT TO alt_c USING (point = '{given[2][2]}')")
    assert catalogue(old) != catalogue(new)
    done = upgrade(old)
    assert catalogue(old) == catalogue(new)
    assert (done.before, done.now) == (1, schema.VERSION)
    assert len(done.done) == (4 if file == FIRST else 2)
    assert "从第1版升到第4版" in done.sentence
    assert all(each in done.sentence for each in done.done)
    again = upgrade(old)
    assert again == Upgraded(schema.VERSION, schema.VERSION, ())
    assert "没有要做的" in again.sentence


def test_what_was_taken_in_is_as_it_was_and_made_anew_the_same(
    empty: Callable[[], Database],
    point: PointDesk,
    hall: County,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the first tables, which had no index of what was erased."""
    old, new = empty(), empty()
    make_old(old, TASKS, monkeypatch)
    then = County(old, hall.home.path.parent, clock)
    then.points.enroll(point.card)
    point.cases(4)
    assert then.take(point.bundle())[0].verdict == "taken"
    before = snapshot(then)
    upgrade(old)
    assert snapshot(then) == before
    schema.make_tables(new)
    new.run("INSERT INTO county_notes (note_key, body) VALUES ('practice', '0')")
    for db in (old, new):
        County(db, hall.home.path.parent, clock).rebuild(hall.home.path)
        assert snapshot(County(db, hall.home.path.parent, clock)) == before
    assert catalogue(old) == catalogue(new)


def test_parts_on_other_servers_are_brought_up_too(
    empty: Callable[[], Database], server: Server, numbers: Iterator[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    dsns = {}
    for age in ("old", "new"):
        dsns[age] = tuple(server.create(f"part{next(numbers)}") for _ in range(2))
    old, new = empty(), empty()
    make_old(old, TASKS, monkeypatch, dsns["old"])
    schema.make_tables(new, dsns["new"])
    assert "2台服务器" in upgrade(old).sentence
    assert catalogue(old, "keys") == catalogue(new, "keys")
    for one, other in zip(dsns["old"], dsns["new"], strict=True):
        with Database(one) as mended, Database(other) as fresh:
            assert catalogue(mended, "notes") == catalogue(fresh, "notes")
    assert upgrade(old).done == ()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    empty: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = empty()
    make_old(old, FIRST, monkeypatch)
    before = catalogue(old)
    old.run("ALTER TABLE events RENAME TO events_away")
    with pytest.raises(DeskError):
        upgrade(old)
    old.run("ALTER TABLE events_away RENAME TO events")
    assert catalogue(old) == before


@pytest.mark.parametrize("version", ["99", "2027a"])
def test_a_database_of_a_later_program_is_left_alone(hall: County, dsn: str, version: str) -> None:
    hall.db.run("UPDATE county_notes SET body = %s WHERE note_key = 'version'", [version])
    for words in (["upgrade"], ["status"], ["holds"], ["rebuild", str(hall.home.path)]):
        found = CliRunner().invoke(deskapp, ["--at", str(hall.home.path.parent), "county", "--db", dsn, *words])
        assert isinstance(found.exception, DeskError), words
        assert found.exception.code == "newer_tables"
        assert "更新这台机器上的程序" in str(found.exception)
    assert hall.db.value("SELECT body FROM county_notes WHERE note_key = 'version'") == version


def test_an_older_one_is_told_at_every_command_and_brought_up_by_one(
    empty: Callable[[], Database], hall: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = empty()
    make_old(old, FIRST, monkeypatch)
    words = ["--at", str(hall.home.path.parent), "--today", DAY.isoformat(), "county", "--db", old.dsn]
    for command in ("status", "tasks", "overdue"):
        found = CliRunner().invoke(deskapp, [*words, command])
        assert isinstance(found.exception, DeskError)
        assert (found.exception.code, "county upgrade" in str(found.exception)) == ("older_tables", True)
    assert "交办事项" in CliRunner().invoke(deskapp, [*words, "upgrade"]).output
    assert CliRunner().invoke(deskapp, [*words, "tasks"]).exit_code == 0


def test_who_may_not_change_the_tables_is_told_so(
    empty: Callable[[], Database], server: Server, hall: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = empty()
    make_old(old, TASKS, monkeypatch)
    user(server, hall, "leser_alt")
    Rights(old).give("leser_alt", "reader")
    with Database(old.dsn.replace("://county@", "://leser_alt@")) as db, pytest.raises(DeskError, match="权限"):
        upgrade(db)
    assert old.value("SELECT body FROM county_notes WHERE note_key = 'version'") == "1"


def test_nothing_is_there_to_be_brought_up(empty: Callable[[], Database]) -> None:
    with pytest.raises(DeskError, match="还没有建好"):
        upgrade(empty())
