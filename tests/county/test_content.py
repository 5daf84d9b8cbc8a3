"""The entries of a bundle looked at many at a time are what they are looked at one at a time."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from deskapp import __version__
from deskapp.county import content
from deskapp.county.content import Malformed, Newer, checked_events
from deskapp.county.hall import County
from deskapp.county.noting import uncollected
from deskapp.exchange.bundle.packing import Line
from deskapp.register.events import EVENT, Deferred, Received, Served
from tests.county.conftest import PointDesk
from tests.county.test_hostile import honest


@pytest.fixture
def events(hall: County, point: PointDesk, monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """Five entries, of which two are looked at in one go."""
    point.cases(3)
    monkeypatch.setattr(content, "AT_ONCE", 2)
    return [line for line in honest(hall, point) if line[0] == "event"]


def test_all_of_them_come_out_in_their_order(events: list[Line]) -> None:
    assert len(events) == 5
    assert checked_events(events, __version__) == [EVENT.validate_python(line[7]) for line in events]
    assert checked_events([], __version__) == []


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"act": "danced"}, Newer),
        ({"shoes": 1}, Newer),
        ({"on": "yesterday"}, Malformed),
        ({"on": "1066-10-14"}, Malformed),
    ],
)
@pytest.mark.parametrize("n", [0, 1, 4])
def test_one_that_does_not_fit_is_found_wherever_it_is(
    events: list[Line], n: int, change: dict[str, Any], refusal: type[Exception]
) -> None:
    events[n][7].update(change)
    with pytest.raises(refusal):
        checked_events(events, __version__)


def test_the_first_that_does_not_fit_decides(events: list[Line]) -> None:
    events[1][7]["act"], events[0][7]["on"] = "danced", "yesterday"
    with pytest.raises(Malformed):
        checked_events(events, __version__)
    events[0][7]["on"], events[4][7]["on"] = "2026-11-20", "yesterday"
    with pytest.raises(Newer):
        checked_events(events, __version__)


def test_every_field_that_is_a_day_is_known() -> None:
    assert set(content._days_in(Received)) >= {"on", "handed_over_on", "confirmed_on"}
    assert set(content._days_in(Served)) >= {"on", "arrived_on"}
    assert set(content._days_in(Deferred)) >= {"on", "sent_on", "arrived_on", "until"}
    assert "by" not in content._days_in(Served)


def test_the_search_for_cycles_goes_on_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()  # the outer one is not over
        raise KeyError
    assert gc.isenabled()
