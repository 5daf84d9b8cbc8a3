"""答复向导: the way that was walked stands at the left from the start, and with it what may still be asked."""

from __future__ import annotations

import pytest

from deskapp.desk import Desk
from deskapp.law.guide import guide
from deskapp.screens.cases.guide import GuideScreen
from tests.conftest import register
from tests.screens.conftest import app_of, dump, front, press, running

WIDE = ((120, 40), (160, 50))


def way(screen: GuideScreen) -> list[str]:
    """The lines of the pane."""
    return [line for line in screen.query_one("#steps")._text.plain.split("\n") if line]  # type: ignore[attr-defined]  # what it shows, which the library keeps to itself


@pytest.mark.parametrize("size", WIDE)
async def test_every_step_stands_there_from_the_start(desk: Desk, size: tuple[int, int]) -> None:
    case = register(desk)
    async with running(desk.home, desk, size=size) as pilot:
        screen = GuideScreen(case.case_id)
        await pilot.app.push_screen(screen)
        await pilot.pause()
        names = [question.name for question in guide().question]
        assert [line.split()[-2 if "？" in line else -1] for line in way(screen)] == names
        before = screen.query_one("#kinds").region
        await press(pilot, "enter", "enter")
        first, second, third, *rest = way(screen)
        assert first.startswith(f"1 {names[0]}  清楚")
        assert second.startswith(f"2 {names[1]}  是")
        assert third.endswith("？")
        assert all(line.strip() in names for line in rest)
        assert screen.query_one("#kinds").region == before, "nothing moves"
        await press(pilot, "escape", "escape")
        assert way(screen)[0] == f"1 {names[0]}  ？"


async def test_in_a_narrow_window_it_stands_above_the_question(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(GuideScreen(case.case_id))
        await press(pilot, "enter")
        assert not front(pilot).query_one("#walked").display
        assert "补不补：清楚，材料也齐" in dump(app_of(pilot))


@pytest.mark.parametrize("number", ["0", "11", "99"])
async def test_a_number_that_no_answer_has_takes_none(desk: Desk, number: str) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        screen = GuideScreen(case.case_id)
        await pilot.app.push_screen(screen)
        await pilot.pause()
        before = way(screen)
        await press(pilot, *number, "enter")
        assert f"没有第{number}个回答" in dump(app_of(pilot))
        assert way(screen) == before
        await press(pilot, *["backspace"] * len(number), "1", "enter")
        assert way(screen) != before
