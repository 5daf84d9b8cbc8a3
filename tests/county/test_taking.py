"""What becomes of a bundle that is offered: every way in which a month's report can go wrong between a town and its county."""

from __future__ import annotations

import json
import lzma
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.exchange.bundle import packing
from deskapp.exchange.bundle.packing import MAGIC, read_bundle, wrapped
from deskapp.exchange.bundle.signing import SigningKey, canonical
from tests.conftest import DAY, register
from tests.county.conftest import PointDesk, said


def held(hall: County, point: PointDesk) -> tuple[int, int]:
    """Up to where the county holds the point, and how many entries that are."""
    found = hall.points.find(point.card.id)
    assert found is not None
    return found.seq, hall.db.value("SELECT count(*) FROM events WHERE point = %s AND superseded = 0", [found.point])


def test_a_first_bundle_is_taken(hall: County, point: PointDesk) -> None:
    point.cases(3)
    assert said(hall.take(point.bundle())) == [("taken", "", 3)]
    assert held(hall, point) == (3, 3)


def test_the_same_twice_is_taken_once(hall: County, point: PointDesk) -> None:
    point.cases(3)
    path = point.bundle()
    hall.take(path)
    assert said(hall.take(path)) == [("again", "again", 0)]
    assert held(hall, point) == (3, 3)


def test_one_that_comes_early_is_kept_and_follows_by_itself(hall: County, point: PointDesk) -> None:
    point.cases(2)
    first = point.bundle()
    point.cases(2)
    second = point.bundle()
    point.cases(2)
    third = point.bundle()
    found = hall.take(third)
    assert said(found) == [("early", "early", 0)]
    assert found[0].gap == (1, 4)
    assert "缺第1至4条" in found[0].why
    assert said(hall.take(second)) == [("early", "early", 0)]
    assert hall.status()[0].gap == (1, 2)
    assert said(hall.take(first)) == [("taken", "", 2), ("taken", "", 2), ("taken", "", 2)]
    assert held(hall, point) == (6, 6)
    assert hall.status()[0].waiting == 0


def test_one_that_overlaps_brings_what_is_new(hall: County, point: PointDesk) -> None:
    point.cases(3)
    hall.take(point.bundle())
    point.cases(2)
    assert said(hall.take(point.bundle(after=1))) == [("taken", "overlap", 2)]
    assert held(hall, point) == (5, 5)


def test_one_without_new_entries_brings_the_figures(hall: County, point: PointDesk) -> None:
    point.cases(3)
    hall.take(point.bundle())
    point.goes_to(DAY + timedelta(days=1))
    assert said(hall.take(point.bundle())) == [("taken", "nothing_new", 0)]
    found = hall.points.find(point.card.id)
    assert found is not None
    assert found.heard_at.startswith("2026-11-21")


def test_a_lost_bundle_is_made_again_from_the_place_the_county_names(hall: County, point: PointDesk) -> None:
    point.cases(2)
    hall.take(point.bundle())
    point.cases(2)
    point.bundle().unlink()  # the stick was lost
    point.cases(1)
    gap = hall.take(point.bundle())[0].gap
    assert gap == (3, 4)
    assert said(hall.take(point.bundle(after=gap[0] - 1))) == [("taken", "", 3), ("again", "nothing_new", 0)]
    assert held(hall, point) == (5, 5)


# -- not believed ----------------------------------------------------------------------------------------------


def opened(hall: County, path: Path) -> bytes:
    return packing.unwrapped(path.read_bytes(), hall.home.keys().identity)


def sealed(hall: County, content: bytes, path: Path) -> Path:
    path.write_bytes(wrapped(content, hall.home.keys().card.age))
    return path


def test_every_changed_byte_is_refused(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(1)
    path = point.bundle()
    whole = path.read_bytes()
    plain = opened(hall, path)
    for place in [*range(0, len(whole), 97), len(whole) - 1]:
        changed = bytearray(whole)
        changed[place] ^= 1
        (tmp_path / "x").write_bytes(bytes(changed))
        assert hall.take(tmp_path / "x")[0].verdict == "refused", place
    for place in [*range(0, len(plain), 61), len(plain) - 1]:
        changed = bytearray(plain)
        changed[place] ^= 1
        assert hall.take(sealed(hall, bytes(changed), tmp_path / "x"))[0].verdict == "refused", place
    assert held(hall, point) == (0, 0)


def test_one_packed_again_is_refused(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(2)
    head, _, packed = opened(hall, point.bundle())[len(MAGIC) :].partition(b"\n")
    other = lzma.compress(lzma.decompress(packed), preset=1)
    path = sealed(hall, MAGIC + head + b"\n" + other, tmp_path / "x")
    assert said(hall.take(path)) == [("refused", "repacked", 0)]


def test_one_signed_by_somebody_else_is_refused(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(2)
    bundle = read_bundle(point.bundle().read_bytes(), hall.home.keys().identity)
    content = packing.pack(bundle.manifest, bundle.lines(), SigningKey.fresh(), hall.home.keys().card.age)
    (tmp_path / "x").write_bytes(content)
    assert said(hall.take(tmp_path / "x")) == [("refused", "forged", 0)]


def test_an_unknown_point_is_refused(
    hall: County, tmp_path: Path, clock: FixedClock, new_point: Callable[..., PointDesk]
) -> None:
    stranger = new_point(home=make_other(tmp_path / "other", clock))
    stranger.cases(1)
    assert said(hall.take(stranger.bundle())) == [("refused", "unknown", 0)]


def make_other(home: Path, clock: FixedClock) -> Path:
    from tests.conftest import make_desk

    make_desk(home, clock).close()
    return home


def test_a_bundle_for_another_county_is_refused(
    hall: County, point: PointDesk, tmp_path: Path, clock: FixedClock
) -> None:
    from deskapp.county.home import CountyHome

    other = CountyHome(tmp_path / "elsewhere").begin("别的县", clock)
    point.key.write_text(other.text, encoding="utf-8")
    point.cases(1)
    assert said(hall.take(point.bundle())) == [("refused", "wrong_key", 0)]


@pytest.mark.parametrize(
    "content", [b"", b"x", MAGIC, MAGIC + b"[]\n", MAGIC + b"[{}, 1]\n", b"PK\x03\x04", MAGIC + b"[" * 5000]
)
def test_what_is_no_bundle_is_refused(hall: County, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    assert said(hall.take(tmp_path / "x")) == [("refused", "no_bundle", 0)]


def made_by_point(point: PointDesk, hall: County, lines: list[object], path: Path, **changes: object) -> Path:
    """A bundle that the point signs with whatever lines."""
    who = point.desk.bundles.identity()
    manifest = point.desk.bundles._manifest(who, "facts", 0).model_copy(update=changes)
    path.write_bytes(packing.pack(manifest, lines, who.key, hall.home.keys().card.age))  # type: ignore[arg-type]  # any lines
    return path


EVENT = ["event", 1, "a", "c", 0, "received", "2026-11-20T00:00:00+00:00", {"act": "received"}, "f" * 32]


@pytest.mark.parametrize(
    "lines",
    [
        [1], ["x"], [[]], [["event"]], [["unit"]], [["event", 1, 2, 3, 4, 5, 6, 7, 8]], [EVENT],
        [[*EVENT[:7], {"act": "received", "on": "2026-13-40"}, "f"]], [[*EVENT[:5], "served", EVENT[6], {"act": "received"}, "f"]],
        [["event", True, *EVENT[2:]]],
    ],
)  # fmt: skip
def test_a_signed_bundle_with_nonsense_in_it_changes_nothing(
    hall: County, point: PointDesk, tmp_path: Path, lines: list[object]
) -> None:
    path = made_by_point(point, hall, lines, tmp_path / "x", end=1, events=1, end_link="f")
    assert said(hall.take(path)) == [("refused", "malformed", 0)]
    assert held(hall, point) == (0, 0)
    point.cases(1)
    assert said(hall.take(point.bundle())) == [("taken", "", 1)]


def test_a_signed_bundle_that_swells_is_refused(hall: County, point: PointDesk, tmp_path: Path) -> None:
    who = point.desk.bundles.identity()
    content = lzma.compress(b"0" * (64 << 20))
    said_of = point.desk.bundles._manifest(who, "facts", 0).model_copy(
        update={
            "sha256": "0" * 64,
            "packed": __import__("hashlib").sha256(content).hexdigest(),
            "size": 10_000,
            "packed_size": len(content),
        }
    )
    head = canonical([said_of.model_dump(), who.key.sign(packing.SIGNED, canonical(said_of.model_dump()))])
    path = sealed(hall, MAGIC + head + b"\n" + content, tmp_path / "x")
    assert said(hall.take(path)) == [("refused", "changed", 0)]
    large = said_of.model_copy(update={"size": packing.LARGEST_LINES + 1})
    head = canonical([large.model_dump(), who.key.sign(packing.SIGNED, canonical(large.model_dump()))])
    assert said(hall.take(sealed(hall, MAGIC + head + b"\n" + content, tmp_path / "y"))) == [("refused", "huge", 0)]


def test_a_practice_desk_does_not_count(hall: County, point: PointDesk, tmp_path: Path) -> None:
    path = made_by_point(point, hall, [], tmp_path / "x", practice=True)
    assert said(hall.take(path)) == [("refused", "practice", 0)]


# -- restored, copied ------------------------------------------------------------------------------------------


@pytest.fixture
def restored(hall: County, point: PointDesk, tmp_path: Path, new_point: Callable[..., PointDesk]) -> PointDesk:
    """A point whose county holds five entries and that went on from a backup after three."""
    point.cases(3)
    backup = point.desk.upkeep.backup(tmp_path / "backup.db", "")
    point.cases(2)
    assert said(hall.take(point.bundle())) == [("taken", "", 5)]
    point.desk.close()
    home = tmp_path / "again"
    restore_backup(backup.path, home, point.desk.clock)
    found = new_point(home=home)
    assert found.card.id == point.card.id
    return found


def test_a_point_that_was_restored_is_held_until_somebody_decides(hall: County, restored: PointDesk) -> None:
    register(restored.desk, applicant="恢复以后的")
    found = hall.take(restored.bundle())
    assert said(found) == [("fork", "restored", 0)]
    assert found[0].at == 4
    restored.cases(1)
    assert said(hall.take(restored.bundle())) == [("held", "held", 0)]
    assert held(hall, restored) == (5, 5)
    assert hall.status()[0].point.held
    undone, offered = hall.new_epoch(restored.card.id, "电话核实，11月3日从备份恢复")
    assert undone == 2
    assert said(offered) == [
        ("taken", "overlap", 1),
        ("taken", "", 1),
    ]  # the first begins at the beginning: the backup knew no bundle
    assert held(hall, restored) == (5, 5)
    assert hall.db.value("SELECT count(*) FROM events WHERE superseded = 1") == 2
    assert hall.report(2026).whole.narrative["new"] == restored.desk.reporting.report(2026).narrative["new"] == 5
    restored.cases(1)
    assert said(hall.take(restored.bundle())) == [("taken", "", 1)]


def test_a_restored_point_that_lost_nothing_the_county_has_simply_goes_on(
    hall: County, point: PointDesk, tmp_path: Path, new_point: Callable[..., PointDesk]
) -> None:
    point.cases(3)
    hall.take(point.bundle())
    backup = point.desk.upkeep.backup(tmp_path / "backup.db", "")
    point.cases(2)  # never reported
    point.desk.close()
    restore_backup(backup.path, tmp_path / "again", point.desk.clock)
    again = new_point(home=tmp_path / "again")
    again.cases(1)
    assert said(hall.take(again.bundle())) == [("taken", "", 1)]


def test_a_folder_that_was_copied_is_a_fork_at_the_first_other_entry(
    hall: County, point: PointDesk, tmp_path: Path, new_point: Callable[..., PointDesk]
) -> None:
    point.cases(2)
    hall.take(point.bundle())
    point.desk.close()
    shutil.copytree(point.desk.home, tmp_path / "copy")
    one, other = new_point(home=point.desk.home), new_point(home=tmp_path / "copy")
    one.cases(1)
    register(other.desk, applicant="另一台")
    assert said(hall.take(one.bundle())) == [("taken", "", 1)]
    found = hall.take(other.bundle())
    assert said(found) == [("fork", "changed_history", 0)]
    assert found[0].at == 3


def test_a_decision_needs_a_reason_and_something_to_decide(hall: County, point: PointDesk) -> None:
    with pytest.raises(DeskError, match="没有等着决定"):
        hall.new_epoch(point.card.id, "核实过")
    with pytest.raises(DeskError, match="没有写为什么"):
        hall.new_epoch(point.card.id, " ")


# -- clocks and labels -----------------------------------------------------------------------------------------


def test_a_clock_that_is_ahead_is_said_and_taken(hall: County, point: PointDesk) -> None:
    point.goes_to(date(2026, 12, 24))
    point.cases(1)
    path = point.bundle()
    point.goes_to(DAY)
    assert said(hall.take(path)) == [("taken", "clock_ahead", 1)]
    register(point.desk, applicant="校正以后")
    assert said(hall.take(point.bundle())) == [("taken", "clock_back", 1)]


def test_the_same_code_twice_is_said_and_kept_apart(
    hall: County, tmp_path: Path, clock: FixedClock, new_point: Callable[..., PointDesk]
) -> None:
    one, other = new_point(), new_point(name="青山县留河乡人民政府", code="LH")
    third = make_other(tmp_path / "third", clock)
    assert "也在用" in hall.points.enroll(new_point(home=third).card)[0]
    one.cases(2)
    other.cases(3)
    hall.take(one.bundle())
    hall.take(other.bundle())
    report = hall.report(2026)
    assert report.whole.narrative["new"] == 5
    assert sorted(made.narrative["new"] for made in report.points.values()) == [2, 3]


def test_a_card_with_another_key_under_a_known_name_is_refused(hall: County, point: PointDesk) -> None:
    from deskapp.exchange.bundle.cards import POINT, PointCard

    key = SigningKey.fresh()
    card: PointCard = point.card.model_copy(update={"public_key": key.public}).signed(POINT, key)
    with pytest.raises(DeskError, match="换了钥匙"):
        hall.points.enroll(card)


# -- made anew -------------------------------------------------------------------------------------------------


def snapshot(hall: County) -> dict[str, list[tuple[object, ...]]]:
    wanted = {
        "events": "*", "cases": "*", "matters": "*", "tally": "*", "spans": "*", "standings": "*",
        "points": "point, seq, link, epoch, standing, restored, heard_at",
    }  # fmt: skip
    return {
        table: sorted(
            hall.db.rows(
                f"SELECT {columns} FROM {table}" + (" WHERE cases > 0" if table in ("tally", "spans") else "")
            ),
            key=str,
        )
        for table, columns in wanted.items()
    }


def test_the_database_is_made_anew_from_the_files(
    hall: County, restored: PointDesk, new_point: Callable[..., PointDesk]
) -> None:
    register(restored.desk, applicant="恢复以后的")
    hall.take(restored.bundle())
    hall.new_epoch(restored.card.id, "核实过")
    other = new_point(name="青山县桥头乡人民政府", code="QT")
    other.cases(2)
    first = other.bundle()
    other.cases(2)
    hall.take(other.bundle())  # early, and kept
    before = snapshot(hall)
    assert hall.rebuild(hall.home.path) == (2, 2, before["events"].__len__())
    assert snapshot(hall) == before
    assert said(hall.take(first)) == [("taken", "", 2), ("taken", "", 2)]


def test_a_damaged_file_stops_the_making_and_changes_nothing(hall: County, point: PointDesk) -> None:
    point.cases(2)
    hall.take(point.bundle())
    before = snapshot(hall)
    kept = next(path for path in (hall.home.path / "bundles").rglob("*") if path.is_file())
    os.chmod(kept, 0o600)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))  # another byte, whatever it was
    with pytest.raises(DeskError):
        hall.rebuild(hall.home.path)
    assert snapshot(hall) == before


def test_what_is_taken_is_a_document_for_programs(hall: County, point: PointDesk) -> None:
    point.cases(1)
    path = point.bundle()
    found = json.loads(json.dumps([each.as_contract() for each in hall.take(path)]))
    assert found[0]["file"] == path.name
    assert found[0] | {"why": ""} == {
        "file": path.name, "point": point.card.id, "result": "taken", "events": 1, "why": "", "code": "", "name": point.card.name, "gap": None,
        "erased": 0,
    }  # fmt: skip
