"""Keys typed ahead: nothing is lost, nothing acts twice, no question is answered before it could be read."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from deskapp.desk import Desk
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.reading.day import ReadingScreen
from deskapp.screens.reading.satisfaction import SatisfactionScreen
from tests.screens.conftest import app_of, front, press, running, until

BURST = 38


def burst(pilot: Pilot[bool], *keys: str) -> None:
    """Keys that are all there before the first of them has done anything."""
    app = app_of(pilot)
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else "\r" if key == "enter" else None))


@pytest.mark.long
async def test_slips_in_one_burst_are_all_there(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f6")
        burst(pilot, *["1", "enter"] * BURST)
        await until(pilot, lambda: desk.satisfaction.year(2026).all.slips >= BURST)
        await press(pilot)
        assert isinstance(front(pilot), SatisfactionScreen)
        assert len(app_of(pilot).screen_stack) == 4
        opinion = desk.satisfaction.year(2026)
        assert (opinion.all.slips, opinion.remarks) == (BURST, ())


@pytest.mark.long
async def test_visits_in_one_burst_are_all_there(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12")
        burst(pilot, *["2", "enter", "1", "4", "enter"] * (BURST // 2))
        await until(pilot, lambda: len(desk.daybook.day()) >= BURST)
        await press(pilot)
        assert isinstance(front(pilot), ReadingScreen)
        total = desk.daybook.year(2026)
        assert (total.total("advice").people, total.total("reading").people) == (BURST // 2, BURST // 2 * 4)


@pytest.mark.parametrize("keys", [("f12", "f6", "3", *"等了两次", "enter", "1", "enter")])
async def test_what_is_typed_into_a_form_that_is_opening_stands_in_it(desk: Desk, keys: tuple[str, ...]) -> None:
    async with running(desk.home, desk) as pilot:
        burst(pilot, *keys)
        await until(pilot, lambda: desk.satisfaction.year(2026).all.slips == 2)
        opinion = desk.satisfaction.year(2026)
        assert (opinion.marks["no"], opinion.marks["yes"], opinion.remarks) == (1, 1, ("2026-11-20 等了两次",))


async def test_a_question_is_not_answered_by_a_key_that_came_before_it(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"jiancha", "enter")
        burst(pilot, "f5", "enter", "enter")
        await until(pilot, lambda: isinstance(front(pilot), ConfirmScreen))
        await pilot.pause(0.2)
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "enter")
        assert not isinstance(front(pilot), ConfirmScreen)
