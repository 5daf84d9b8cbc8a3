"""Who may see and write what, looked at with users of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.county.database import Database, _way
from deskapp.county.hall import County
from deskapp.county.holding import held
from deskapp.county.rights import Rights, Role
from deskapp.errors import DeskError
from scripts.postgres import Server
from tests.conftest import DAY
from tests.county.conftest import PointDesk


@pytest.fixture
def two(hall: County, new_point: Callable[..., PointDesk]) -> list[PointDesk]:
    made = [new_point(), new_point(name="青山县桥头乡人民政府", code="QT")]
    for n, each in enumerate(made, 1):
        each.cases(n)
        hall.take(each.bundle())
    return made


def user(server: Server, hall: County, name: str) -> Callable[[], Database]:
    if hall.db.value("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]) is None:
        hall.db.run(f"CREATE ROLE {name} LOGIN")
    database = hall.db.value("SELECT current_database()")
    return lambda: Database(server.dsn(database).replace("://county@", f"://{name}@"))


def test_a_reader_reads_all_and_writes_nothing(server: Server, hall: County, two: list[PointDesk]) -> None:
    open_as = user(server, hall, "leser_a")
    Rights(hall.db).give("leser_a", "reader")
    with open_as() as db:
        assert db.value("SELECT count(*) FROM cases") == 3
        for statement in (
            "DELETE FROM cases",
            "UPDATE points SET seq = 0",
            "INSERT INTO county_notes VALUES ('x', 'y')",
        ):
            with pytest.raises(DeskError, match="没有做这一步的权限"):
                db.run(statement)


def test_a_reader_of_one_point_sees_that_point_alone(server: Server, hall: County, two: list[PointDesk]) -> None:
    open_as = user(server, hall, "leser_b")
    Rights(hall.db).give("leser_b", "point", two[1].card.id)
    with open_as() as db:
        for table in ("points", "bundles", "cases", "events", "tally", "standings"):
            assert {row[0] for row in db.rows(f"SELECT DISTINCT point FROM {table}")} == {two[1].card.id}, table
        assert db.value("SELECT count(*) FROM cases") == 2
        with pytest.raises(DeskError):
            db.run("DELETE FROM cases")


def test_a_taker_takes(server: Server, hall: County, two: list[PointDesk]) -> None:
    open_as = user(server, hall, "nehmer")
    Rights(hall.db).give("nehmer", "taker")
    two[0].cases(2)
    with open_as() as db:
        taker = County(db, hall.home.path.parent, hall.clock)
        assert [each.verdict for each in taker.take(two[0].bundle())] == ["taken"]
        with pytest.raises(DeskError, match="权限"):
            db.run("DROP TABLE cases")


def test_a_reader_of_one_point_sees_nothing_that_the_county_keeps_to_itself(
    server: Server, hall: County, two: list[PointDesk]
) -> None:
    """An application under cover that the point can read is none; the reasons of decisions are of the county."""
    where = hall.points.named(two[1].card.id)
    hall.trials.note(where, date(2026, 9, 1), "online", "暗访的内容")
    hall.tasking.give([where], "mend", "补公开决算", DAY)
    decided = [1, "2026-11-20T09:00:00+08:00", where.point, "epoch", "电话核实", "0"]
    columns = "decision, decided_at, point, what, why, body"
    hall.db.run(f"INSERT INTO decisions ({columns}) VALUES (%s, %s, %s, %s, %s, %s)", decided)
    open_as, seen = user(server, hall, "leser_d"), {}
    roles: tuple[Role, ...] = ("reader", "point")
    for role in roles:
        Rights(hall.db).give("leser_d", role, where.point)
        with open_as() as db:
            of = County(db, hall.home.path.parent, hall.clock)
            tasks = [each.task.text for each in of.tasking.all()]
            seen[role] = (len(of.trials.all()), tasks, db.value("SELECT count(*) FROM decisions"))
    assert seen == {"reader": (1, ["补公开决算"], 1), "point": (0, ["补公开决算"], 0)}


def test_rights_are_taken_away(server: Server, hall: County, dsn: str, two: list[PointDesk]) -> None:
    open_as = user(server, hall, "leser_e")
    words = ["--at", str(hall.home.path.parent), "county", "--db", dsn, "grant"]
    assert CliRunner().invoke(deskapp, [*words, "leser_e", "--as", "reader"]).exit_code == 0
    assert "都收回了" in CliRunner().invoke(deskapp, [*words, "leser_e", "--as", "none"]).output
    with open_as() as db, pytest.raises(DeskError, match="权限"):
        db.value("SELECT count(*) FROM cases")
    with pytest.raises(DeskError, match="建库的用户"):
        Rights(hall.db).give("county", "reader")


def test_rights_are_changed_and_not_added(server: Server, hall: County, two: list[PointDesk]) -> None:
    open_as = user(server, hall, "wechsler")
    rights = Rights(hall.db)
    rights.give("wechsler", "taker")
    rights.give("wechsler", "point", two[0].card.id)
    with open_as() as db:
        assert db.value("SELECT count(*) FROM cases") == 1
        with pytest.raises(DeskError):
            db.run("DELETE FROM cases")


@pytest.mark.parametrize("name", ["", "A", "a b", "a;drop table cases", "x" * 60, "中"])
def test_a_name_that_is_none_is_refused(hall: County, name: str) -> None:
    with pytest.raises(DeskError, match="不能用"):
        Rights(hall.db).give(name, "reader")


def test_a_user_or_point_that_is_not_there(server: Server, hall: County) -> None:
    with pytest.raises(DeskError, match="没有用户"):
        Rights(hall.db).give("nobody_here", "reader")
    user(server, hall, "leser_c")
    with pytest.raises(DeskError, match="没有写哪个登记点"):
        Rights(hall.db).give("leser_c", "point")


def test_what_is_held_is_said(hall: County, two: list[PointDesk]) -> None:
    found = held(hall.db, hall.home)
    assert (found.points, found.events, found.cases, found.with_persons) == (2, 3, 3, 0)
    assert "没有姓名" in found.sentence
    two[0].key.write_text(hall.ask_for_all([two[0].card.id], "代办复议").text, encoding="utf-8")
    assert found.kept is not None
    assert (found.kept.files, found.kept.with_persons) == (2, 0)
    two[0].cases(1)
    make = two[0].desk.bundles.make
    hall.take(make(two[0].folder / "full", "full", two[0].key).path)
    assert held(hall.db, hall.home).with_persons == 1
    offered = hall.take(make(two[0].folder / "all", "full", two[0].key, after=0).path)  # of what is held as facts
    assert [(each.verdict, each.code) for each in offered] == [("taken", "facts_stay")]
    where = hall.points.named(two[0].card.id)
    hall.tasking.give([where], "mend", "补公开决算", DAY)
    hall.trials.note(where, date(2026, 9, 1), "online", "预算")
    last = held(hall.db, hall.home)
    assert last.kept is not None
    assert (last.with_persons, last.kept.files, last.kept.with_persons) == (1, 4, 2)
    assert (last.tasks, last.trials, last.answers, last.decisions) == (1, 1, 0, 0)
    assert "留着的报送包4个，其中2个含姓名和内容" in last.sentence
    assert set(last.as_contract()) > set(found.as_contract()) - {"kept_bundles"}


def test_persons_that_nobody_asks_for_any_more_are_not_taken(hall: County, two: list[PointDesk]) -> None:
    one = two[0]
    one.key.write_text(hall.ask_for_all([one.card.id], "代办复议").text, encoding="utf-8")
    one.cases(1)
    first = one.desk.bundles.make(one.folder / "first", "full", one.key).path
    assert [each.verdict for each in hall.take(first)] == ["taken"]
    hall.ask_for_all([], "")
    one.cases(1)
    late = one.desk.bundles.make(one.folder / "late", "full", one.key).path  # by the key file of before
    offered = hall.take(late)
    assert [(each.verdict, each.code) for each in offered] == [("refused", "not_asked")]
    assert "没有收，也没有留" in offered[0].why
    kept = held(hall.db, hall.home).kept
    assert kept is not None
    assert kept.with_persons == 1
    again = County(hall.db, hall.home.path.parent, hall.clock)
    assert [each.verdict for each in again.take(first)] == ["again"]
    again.rebuild(hall.home.path)
    assert held(hall.db, hall.home).with_persons == 1  # what was asked for then


def test_readers_need_no_keys(server: Server, hall: County, two: list[PointDesk], tmp_path: Path) -> None:
    hall.note_name()
    open_as = user(server, hall, "leser_f")
    Rights(hall.db).give("leser_f", "reader")
    with open_as() as db:
        of = County(db, tmp_path / "elsewhere", hall.clock)
        of.write_report(2026, tmp_path / "a.html")
        assert "青山县人民政府办公室2026年" in (tmp_path / "a.html").read_text("utf-8")
        assert of.summary("2026-11").whole.received == 3
        assert "没有数" in held(db, of.home).sentence


@pytest.mark.parametrize(
    ("dsn", "encrypted"),
    [
        ("postgresql://county@127.0.0.1:5432/c", False), ("postgresql://county@localhost/c", False), ("postgresql:///c", False),
        ("host=/run/postgresql dbname=c", False), ("postgresql://county@10.1.2.3/c", True), ("host=db.example dbname=c", True),
        ("postgresql://county@10.1.2.3/c?sslmode=verify-full", False), ("postgresql://county@[::1]/c", False),
    ],
)  # fmt: skip
def test_over_a_network_the_way_is_encrypted(dsn: str, encrypted: bool) -> None:
    """An address that says itself how is left as it is."""
    assert _way(dsn) == ({"sslmode": "require"} if encrypted else {})
