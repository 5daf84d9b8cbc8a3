"""Offices are merged, closed, and begin their registers anew: what they reported counts on, once, and nobody waits for them any more."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.errors import DeskError
from tests.conftest import DAY
from tests.county.conftest import PointDesk, said

LATER = DAY + timedelta(30)
WHY = "县政办〔2026〕8号，并入城关镇"


@pytest.fixture
def later(hall: County) -> County:
    """The county a month later: whoever reported on the day is silent by now."""
    return County(hall.db, hall.home.path.parent, FixedClock(LATER))


@pytest.fixture
def run(hall: County, dsn: str) -> Callable[..., Any]:
    def called(*words: str) -> Any:
        return CliRunner().invoke(
            deskapp, ["--at", str(hall.home.path.parent), "--today", LATER.isoformat(), "county", "--db", dsn, *words]
        )

    return called


def rows(hall: County) -> dict[str, list[Any]]:
    """What is counted, and how entries are marked."""
    asked = {
        "tally": "SELECT point, received_year, report_row, applicant_class, cases FROM tally WHERE cases > 0 ORDER BY 1, 2, 3, 4",
        "cases": "SELECT point, case_no, status FROM cases ORDER BY 1, 2",
        "events": "SELECT point, seq, superseded FROM events ORDER BY 1, 2, 3",
        "points": "SELECT point, standing, seq, epoch FROM points ORDER BY 1",
        "decisions": "SELECT decision, point, what, why, body FROM decisions ORDER BY 1",
    }
    return {name: hall.db.rows(text) for name, text in asked.items()}


def test_an_office_that_was_closed_is_not_waited_for_and_counts_on(
    later: County, point: PointDesk, run: Callable[..., Any]
) -> None:
    point.cases(2)
    later.take(point.bundle())
    before = rows(later)["tally"]
    assert later.status()[0].silent
    assert run("retire", "LH", "--on", "2026-12-01", "--why", WHY).exit_code == 0
    state = later.status()[0]
    assert (state.silent, state.retired, state.cases) == (False, date(2026, 12, 1), 2)
    assert state.as_contract()["retired"] == "2026-12-01"
    assert rows(later)["tally"] == before
    assert "2026-12-01起撤了" in run("status").output
    assert "天没有报" not in later.summary().sentence.replace("7天内都报过", "")
    tasks = run("task", "--mend", "标识牌", "--until", (LATER + timedelta(9)).isoformat()).output
    assert "记下0件" in tasks
    assert run("retire", "LH", "--back", "--why", "看错了").exit_code == 0
    assert later.status()[0].silent


def test_a_last_bundle_of_a_closed_office_is_still_taken(later: County, point: PointDesk) -> None:
    point.cases(1)
    later.take(point.bundle())
    later.retiring.retire(later.points.named("LH"), DAY, WHY)
    point.cases(1)
    assert said(later.take(point.bundle())) == [("taken", "", 1)]
    assert later.status()[0].cases == 2


@pytest.fixture
def twice(later: County, point: PointDesk, new_point: Callable[..., PointDesk]) -> PointDesk:
    """A lost register of three cases; the one that was begun anew has two of them again."""
    point.cases(3)
    later.take(point.bundle())
    anew = new_point(name="青山县柳河镇人民政府（新）")
    anew.cases(2)
    later.take(anew.bundle())
    return anew


def both(later: County, point: PointDesk, anew: PointDesk) -> tuple[Any, Any]:
    return later.points.named(point.card.id), later.points.named(anew.card.id)


def test_what_stands_in_the_new_register_again_counts_there_alone(
    later: County, point: PointDesk, twice: PointDesk
) -> None:
    old, new = both(later, point, twice)
    assert sum(row[-1] for row in rows(later)["tally"]) == 5
    assert later.retiring.retire(old, DAY, "电脑坏了，重新建", new) == 2
    assert sum(row[-1] for row in rows(later)["tally"]) == 3
    assert {state.point.point: (state.cases, state.twin) for state in later.status()} == {
        old.point: (1, ""),
        new.point: (2, ""),
    }
    assert len(rows(later)["events"]) == 5, "every entry is still there"
    twice.cases(1)
    later.take(twice.bundle())
    assert later.status()[0].twin or later.status()[1].twin, "it is named until somebody says it again"
    assert later.retiring.retire(old, DAY, "又补登了一件", new) == 1
    assert sum(row[-1] for row in rows(later)["tally"]) == 3
    assert later.retiring.take_back(old, "硬盘救回来了") == 3
    assert sum(row[-1] for row in rows(later)["tally"]) == 6


def test_whose_place_was_taken_reports_no_more_until_it_is_back(
    later: County, point: PointDesk, twice: PointDesk
) -> None:
    old, new = both(later, point, twice)
    later.retiring.retire(old, DAY, "电脑坏了，重新建", new)
    point.cases(1)
    bundle = point.bundle()
    assert said(later.take(bundle)) == [("held", "replaced", 0)]
    later.retiring.take_back(old, "救回来了")
    assert said(later.take(bundle)) == [("taken", "", 1)]


def test_the_database_made_anew_has_the_same(later: County, point: PointDesk, twice: PointDesk) -> None:
    old, new = both(later, point, twice)
    later.retiring.retire(old, DAY, "电脑坏了，重新建", new)
    later.retiring.take_back(old, "救回来了")
    later.retiring.retire(old, DAY, "还是坏了", new)
    before = rows(later)
    later.rebuild(later.home.path)
    assert rows(later) == before


def test_what_makes_no_sense_changes_nothing(later: County, point: PointDesk, twice: PointDesk) -> None:
    old, new = both(later, point, twice)
    before = rows(later)
    retiring = later.retiring
    acts: list[tuple[Callable[[], int], str]] = [
        (lambda: retiring.retire(old, DAY, " "), "why"),
        (lambda: retiring.retire(old, LATER + timedelta(1), WHY), "ahead"),
        (lambda: retiring.retire(old, DAY, WHY, old), "itself"),
        (lambda: retiring.take_back(new, WHY), "not_retired"),
    ]
    for act, code in acts:
        with pytest.raises(DeskError) as refused:
            act()
        assert refused.value.code == code
    assert rows(later) == before
    assert not list(later.home.path.glob("decisions/*"))


def test_a_closed_office_is_assessed_up_to_its_last_day(later: County, point: PointDesk, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'title = "办法"\nnumber = "青政办〔2026〕8号"\nvalid_from = 2026-01-01\nvalid_until = 2027-12-31\ntotal = 100\n'
        '[[rule]]\nkey = "silent"\nname = "没有报送"\ncounts = "silent_days"\neach = -1\nmost = 90\n',
        encoding="utf-8",
    )
    point.cases(1)
    later.take(point.bundle())
    assert later.assess(rules, 2026)[0].scored[0].count == 30
    later.retiring.retire(later.points.named("LH"), DAY + timedelta(5), WHY)
    assert later.assess(rules, 2026)[0].scored[0].count == 5
    assert (
        json.dumps(
            [
                sheet.name
                for sheet in County(later.db, later.home.path.parent, FixedClock(date(2027, 3, 1))).assess(
                    rules, 2027
                )
            ]
        )
        == "[]"
    )
