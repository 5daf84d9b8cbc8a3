"""One identity at two machines: which of the two journals counts is decided once, either way, and made anew the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.county.hall import County
from tests.conftest import DAY, register
from tests.county.conftest import PointDesk, said
from tests.county.test_taking import snapshot

Two = tuple[PointDesk, PointDesk]


@pytest.fixture
def two(hall: County, point: PointDesk, tmp_path: Path, new_point: Callable[..., PointDesk]) -> Two:
    """A true desk and a copy of its folder, of which the county holds three entries of the true one; two of them are common."""
    point.cases(2)
    hall.take(point.bundle())
    point.desk.close()
    shutil.copytree(point.desk.home, tmp_path / "copy")
    true, stray = new_point(home=point.desk.home), new_point(home=tmp_path / "copy")
    true.cases(1)
    assert said(hall.take(true.bundle())) == [("taken", "", 1)]
    register(stray.desk, applicant="另一台")
    return true, stray


def test_what_is_held_goes_on_holding_and_the_other_is_refused_for_good(hall: County, two: Two, dsn: str) -> None:
    true, stray = two
    other = stray.bundle()
    assert said(hall.take(other)) == [("fork", "changed_history", 0)]
    stray.cases(1)
    assert said(hall.take(stray.bundle())) == [("held", "held", 0)]
    true.cases(1)
    assert said(hall.take(true.bundle())) == [("held", "held", 0)]
    words = ["--at", str(hall.home.path.parent), "--today", DAY.isoformat(), "county", "--db", dsn, "epoch", "LH"]
    done = CliRunner().invoke(deskapp, [*words, "--keep", "--why", "电话核实，另一台是拷贝"])
    assert (done.exit_code, "另一份的2个包留着，不算" in done.output) == (0, True)
    (state,) = hall.status()
    assert (state.point.held, state.point.seq, state.waiting) == (
        False,
        4,
        0,
    )  # what waited of the true desk followed
    assert said(hall.take(other)) == [("refused", "rejected", 0)]
    true.cases(1)
    assert said(hall.take(true.bundle())) == [("taken", "", 1)]
    before = snapshot(hall)
    hall.rebuild(hall.home.path)
    assert snapshot(hall) == before
    assert said(hall.take(other)) == [("refused", "rejected", 0)]


def test_back_to_the_branch_that_was_decided_against_takes_one_decision(hall: County, two: Two) -> None:
    """The base that is named is the last entry that both have."""
    true, stray = two
    hall.take(stray.bundle())
    assert hall.new_epoch(true.card.id, "先按另一台的")[0] == 1
    true.cases(2)
    (found,) = hall.take(true.bundle())
    assert (found.verdict, found.code, found.at) == ("fork", "changed_history", 3)
    assert hall.new_epoch(true.card.id, "核实：原来那台是对的")[0] == 1
    assert hall.status()[0].gap == (3, 3)
    assert [each.verdict for each in hall.take(true.bundle(after=2))] == ["taken", "again"]
    (state,) = hall.status()
    assert (state.point.seq, state.gap, state.point.held) == (5, None, False)
    assert hall.report(2026).whole.narrative["new"] == 5


def test_an_undone_bundle_says_that_its_entries_count_no_more(hall: County, two: Two) -> None:
    true, stray = two
    hall.take(stray.bundle())
    hall.new_epoch(true.card.id, "先按另一台的")
    true.cases(1)
    hall.take(true.bundle())
    hall.new_epoch(true.card.id, "核实：原来那台是对的")
    digest = hall.db.value("SELECT digest FROM bundles WHERE verdict = 'taken' AND end_seq = 3 AND epoch = 0")
    found = hall.taking.take_bytes(hall.home.bundle(digest), "alt")[0]
    assert (found.verdict, found.code) == ("again", "undone")
    assert "--after" in found.why


def test_a_newer_bundle_that_has_less_is_a_second_journal(hall: County, two: Two) -> None:
    """The copy is behind what the true desk sent: its entries are none that the county could compare."""
    true, stray = two
    stray.desk.close()
    shutil.rmtree(stray.desk.home)
    shutil.copytree(true.desk.home, stray.desk.home)
    true.cases(3)
    hall.take(true.bundle())
    reopened = type(stray.desk).open(stray.desk.home, stray.desk.clock)
    late = PointDesk(reopened, hall, stray.folder)
    late.goes_to(DAY + timedelta(days=1))
    (found,) = hall.take(late.bundle())
    assert (found.verdict, found.code, found.at) == ("fork", "two_journals", 4)
    assert hall.status()[0].point.held
    reopened.close()


def test_a_clock_that_is_wrong_stands_on_the_status_until_it_is_right(
    hall: County, point: PointDesk, dsn: str
) -> None:
    def status() -> str:
        words = ["--at", str(hall.home.path.parent), "--today", DAY.isoformat(), "county", "--db", dsn, "status"]
        return CliRunner().invoke(deskapp, words).output

    point.goes_to(DAY + timedelta(days=34))
    point.cases(1)
    path = point.bundle()
    hall.take(path)
    assert (hall.status()[0].clock, hall.status()[0].as_contract()["clock"]) == ("clock_ahead", "clock_ahead")
    assert "电脑的日期晚了" in status()
    assert any("电脑的日期晚了" in line for line in hall.point_book(point.card.id, "2026-11").lines)


def test_a_register_that_was_begun_anew_is_seen_where_its_cases_count_twice(
    hall: County, point: PointDesk, new_point: Callable[..., PointDesk], dsn: str
) -> None:
    other = new_point(name="青山县留河乡人民政府")  # of the same code, other days: no twin
    point.cases(2)
    hall.take(point.bundle())
    other.goes_to(DAY - timedelta(days=1))
    other.cases(1)
    hall.take(other.bundle())
    assert [each.twin for each in hall.status()] == ["", ""]
    anew = new_point(name="青山县柳河镇人民政府二")
    anew.cases(2)
    hall.take(anew.bundle())
    found = {each.point.name: each.as_contract()["twin"] for each in hall.status()}
    assert found == {"青山县柳河镇人民政府": anew.card.name, anew.card.name: point.card.name, other.card.name: None}
    words = ["--at", str(hall.home.path.parent), "--today", DAY.isoformat(), "county", "--db", dsn, "status"]
    assert "有一样的申请，算了两次" in CliRunner().invoke(deskapp, words).output


def test_a_bad_card_stops_no_good_one(hall: County, point: PointDesk, tmp_path: Path, dsn: str) -> None:
    good, bad = tmp_path / "a.json", tmp_path / "b.json"
    good.write_text(point.card.text, encoding="utf-8")
    bad.write_text("{}", encoding="utf-8")
    words = ["--at", str(hall.home.path.parent), "county", "--db", dsn, "enroll", str(good), str(bad), str(good)]
    done = CliRunner().invoke(deskapp, words)
    assert done.exit_code == 1
    assert done.output.count("已登记：") == 2
    assert "1张没有登记" in done.output
