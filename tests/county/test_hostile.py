"""Bundles that a point signed and that no point of this program writes: refused as a whole, and nothing is changed by them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.county import content, taking
from deskapp.county.hall import County
from deskapp.exchange.bundle import packing
from deskapp.exchange.bundle.packing import Line, read_bundle
from tests.conftest import DAY
from tests.county.conftest import PointDesk, said
from tests.county.test_taking import held

Lines = list[Line]
add = content._add


def honest(hall: County, point: PointDesk) -> Lines:
    """The lines of a bundle with two cases, as the point writes them."""
    point.cases(2)
    return list(read_bundle(point.bundle().read_bytes(), hall.home.keys().identity).lines())


def signed(point: PointDesk, hall: County, lines: Lines, path: Path, **changes: Any) -> Path:
    """A bundle of these lines, signed by the point."""
    who = point.desk.bundles.identity()
    events = [line for line in lines if line[0] == "event"]
    ends = {"end": events[-1][1], "events": len(events), "end_link": events[-1][8]} if events else {}
    manifest = point.desk.bundles._manifest(who, "facts", 0).model_copy(update={**ends, **changes})
    path.write_bytes(packing.pack(manifest, lines, who.key, hall.home.keys().card.age))
    return path


def event(lines: Lines, n: int = 0) -> Line:
    return [line for line in lines if line[0] == "event"][n]


def set_body(n: int, **values: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        event(lines, n)[7].update(values)

    return change


def set_field(n: int, place: int, value: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        event(lines, n)[place] = value

    return change


def set_unit(value: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        next(line for line in lines if line[0] == "unit")[1] = value

    return change


def set_calendars(value: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        lines[:] = [line for line in lines if line[0] != "calendars"]
        lines.insert(1, ["calendars", value])

    return change


def add_standing(*rest: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        lines.append(["standing", *rest])

    return change


def one_more(act: str, **body: Any) -> Callable[[Lines], None]:
    """One more entry of the first case."""

    def change(lines: Lines) -> None:
        first = event(lines, 0)
        made = [*copy.deepcopy(event(lines, 1))]
        made[1], made[2], made[3], made[4], made[5] = 3, "0" * 36, first[3], 1, act
        made[7] = {"act": act, **body}
        made[8] = "e" * 32
        lines.append(made)

    return change


def two_receipts(lines: Lines) -> None:
    event(lines, 1)[3], event(lines, 1)[4] = event(lines, 0)[3], 1


def orphan(lines: Lines) -> None:
    event(lines, 1)[4] = 3


def gap_in_case(lines: Lines) -> None:
    one_more("archived", on="2026-11-20")(lines)
    event(lines, 2)[4] = 7


YEAR = {
    "year": 2027, "title": "x", "number": "x", "number_confidence": "high", "days_confidence": "high", "checked_on": "2026-11-20",
    "holiday": [],
}  # fmt: skip

MALFORMED: dict[str, Callable[[Lines], None]] = {
    "two receipts": two_receipts,
    "a case without a beginning": orphan,
    "n with a hole": gap_in_case,
    "case_no long": set_body(0, case_no="L" * 60),
    "case_no nul": set_body(0, case_no="LH\x00"),
    "case_no int": set_body(0, case_no=7),
    "case_no empty": set_body(0, case_no=""),
    "on 9999": set_body(0, on="9999-12-31"),
    "on 0001": set_body(0, on="0001-01-01"),
    "on int": set_body(0, on=7),
    "category": set_body(0, channel="smoke"),
    "seq huge n": set_field(0, 4, 10**30),
    "n negative": set_field(0, 4, -1),
    "id long": set_field(0, 2, "x" * 64),
    "case long": set_field(0, 3, "x" * 64),
    "act long": set_field(0, 5, "x" * 60),
    "moment": set_field(0, 6, "yesterday"),
    "moment 9999": set_field(0, 6, "9999-12-31T23:59:59-14:00"),
    "moment 0001": set_field(0, 6, "0001-01-01T00:00:00+14:00"),
    "link long": set_field(0, 8, "f" * 65),
    "id nul": set_field(0, 2, "a\x00b"),
    "unit list": set_unit([]),
    "unit text": set_unit("x"),
    "unit null": set_unit(None),
    "first_day x": set_unit({"first_day": "x"}),
    "first_day list": set_unit({"first_day": []}),
    "calendars text": set_calendars("x"),
    "calendars dict": set_calendars({"a": 1}),
    "calendars numbers": set_calendars([1, 2]),
    "calendars nonsense": set_calendars([{"year": "x"}]),
    "calendars huge year": set_calendars([{"year": 10**9}]),
    "calendars nul": set_calendars([{"year": 2027, "x": "\x00"}]),
    "standing kind int": add_standing(1, "", {}),
    "standing body text": add_standing("year", "2026", "x"),
    "standing body list": add_standing("published", "", [1]),
    "standing kind long": add_standing("x" * 30, "", {}),
    "standing key long": add_standing("year", "x" * 50, {}),
    "standing owed text": add_standing("published", "", {"owed_all": "many"}),
    "standing owed list": add_standing("published", "", {"owed_all": [1]}),
    "standing months": add_standing("month", "2026-11", {"visits": "many", "slips": []}),
    "standing year": add_standing("year", "2026", {"table3": 1, "table_two": 3}),
    "standing year rows": add_standing("year", "2026", {"table3": [[None]], "table_two": {"a": 1}}),
    "standing answer": add_standing("answer", "x", {"task": 1}),
    "standing months below zero": add_standing("month", "2026-11", {"slips": -5}),
    "calendars without end": set_calendars([{**YEAR, "year": 10**9}]),
    "calendars of another age": set_calendars([{**YEAR, "holiday": [{"name": "x", "off": ["9999-12-31"]}]}]),
    "made in 9999": set_body(0, handed_over_on="9999-12-31"),
    "standing huge": add_standing("log", "x", {"a": "字" * 5_000_000}),
}


@pytest.mark.parametrize("name", MALFORMED)
@pytest.mark.each(4)
def test_what_cannot_be_a_history_is_refused_whole(hall: County, point: PointDesk, tmp_path: Path, name: str) -> None:
    lines = honest(hall, point)
    sane = copy.deepcopy(lines)
    MALFORMED[name](lines)
    found = hall.take(signed(point, hall, lines, tmp_path / "x"))
    got = said(found)
    everything(hall, point)
    assert got == [("refused", "malformed", 0)]
    assert held(hall, point) == (0, 0)
    assert said(hall.take(signed(point, hall, sane, tmp_path / "y"))) == [("taken", "", 2)]


HARMLESS: dict[str, Callable[[Lines], None]] = {
    "a moment without a zone": set_field(0, 6, "2026-11-20T00:00:00"),
    "figures of a kind that comes later": add_standing("weather", "x", {"a": "\x00"}),
    "a year of a thousand digits": add_standing(
        "year", "2026", {"table_two": {"row": ["1E999999999", "NaN", "-", "12"]}}
    ),
    "markup": add_standing("published", "", {"owed": [{"duty": "[/b]", "item": "\u202e[red]"}], "owed_all": 1}),
}


def everything(hall: County, point: PointDesk) -> None:
    """Whatever is asked of a county."""
    (
        hall.status(),
        hall.summary("2026-11"),
        hall.report(2026),
        hall.year_book(2026),
        hall.page(2026),
        hall.tasking.all(),
    )
    hall.point_book(point.card.id, "2026-11")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_taken_and_every_answer_still_comes(
    hall: County, point: PointDesk, tmp_path: Path, name: str
) -> None:
    lines = honest(hall, point)
    HARMLESS[name](lines)
    assert said(hall.take(signed(point, hall, lines, tmp_path / "x"))) == [("taken", "", 2)]
    everything(hall, point)


@pytest.mark.parametrize(
    "change",
    [
        set_body(0, feeling="x"), one_more("teleported", on="2026-11-20"), lambda lines: lines.append(["weather", 1]),
        add_standing("answer", "x", {"task": "x", "on": "2026-11-20", "photo": "x"}),
    ],
)  # fmt: skip
def test_what_only_a_newer_program_knows_is_kept_and_taken_after_the_update(
    hall: County, point: PointDesk, tmp_path: Path, change: Callable[[Lines], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = honest(hall, point)
    sane = copy.deepcopy(lines)
    change(lines)
    path = signed(point, hall, lines, tmp_path / "x")
    found = hall.take(path)
    assert said(found) == [("held", "newer", 0)]
    assert "登记点的程序比县里的新，请更新" in found[0].why
    assert held(hall, point) == (0, 0)
    assert hall.status()[0].waiting == 1
    if len(lines) > len(sane) and lines[-1][0] == "event":
        one_more("archived", on="2026-11-20")(sane)
    # the update: what was not known is known now
    known = list(
        read_bundle(signed(point, hall, sane, tmp_path / "y").read_bytes(), hall.home.keys().identity).lines()
    )
    real = content.content_of
    monkeypatch.setattr(
        taking, "content_of", lambda got, program: real(iter(known if list(got) == lines else got), program)
    )
    events = sum(line[0] == "event" for line in sane)
    assert said(hall.take(path)) == [("taken", "", events)]
    assert hall.status()[0].waiting == 0
    assert held(hall, point) == (events, events)


def test_a_bundle_of_a_later_version_that_makes_no_sense_here_waits(
    hall: County, point: PointDesk, tmp_path: Path
) -> None:
    lines = honest(hall, point)
    set_body(0, channel="telepathy")(lines)
    path = signed(point, hall, lines, tmp_path / "x", program="99.0")
    assert said(hall.take(path)) == [("held", "newer", 0)]
    assert said(hall.take(signed(point, hall, lines, tmp_path / "y"))) == [("refused", "malformed", 0)]


def test_figures_of_a_clock_that_was_years_ahead_do_not_stay_forever(
    hall: County, point: PointDesk, tmp_path: Path
) -> None:
    lines = honest(hall, point)
    add_standing("published", "", {"owed_all": 7})(lines)
    hall.take(signed(point, hall, lines, tmp_path / "x", made_at="2090-01-01T00:00:00+00:00"))
    assert isinstance(hall.clock, FixedClock)
    hall.clock.set(DAY + timedelta(days=3))
    point.goes_to(DAY + timedelta(days=3))
    assert said(hall.take(point.bundle())) == [("taken", "nothing_new", 0)]
    assert hall.questions.standings("published")[0].body["owed_all"] == 0


@pytest.mark.parametrize("changes", [{"name": "\ud800"}, {"end": 10**30}, {"made_at": "soon"}, {"site_code": "[/b]"}])
def test_a_manifest_of_nonsense_is_refused(
    hall: County, point: PointDesk, tmp_path: Path, changes: dict[str, Any]
) -> None:
    lines = honest(hall, point)
    try:
        path = signed(point, hall, lines, tmp_path / "x", **changes)
    except UnicodeEncodeError:
        path = tmp_path / "x"
        whole = packing.unwrapped(point.bundle(after=0).read_bytes(), hall.home.keys().identity)
        name = json.dumps(point.card.name, ensure_ascii=False).encode()
        path.write_bytes(packing.wrapped(whole.replace(name, b'"\\ud800"', 1), hall.home.keys().card.age))
    assert hall.take(path)[0].verdict in ("refused", "taken")
    everything(hall, point)


def test_a_bundle_that_waits_for_an_update_is_taken_with_the_next_one(
    hall: County, point: PointDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = honest(hall, point)
    lines.append(["weather", 1])
    assert said(hall.take(signed(point, hall, lines, tmp_path / "x"))) == [("held", "newer", 0)]
    point.cases(1)
    second, third = point.bundle(), point.bundle()
    assert [each[:2] for each in said(hall.take(second))] == [("early", "early"), ("held", "newer")]
    monkeypatch.setitem(content.KINDS, "weather", 2)
    monkeypatch.setattr(content, "_add", lambda found, line: line[0] == "weather" or add(found, line))
    assert [each[0] for each in said(hall.take(third))] == ["early", "taken", "taken", "taken"]
    assert held(hall, point) == (3, 3)
