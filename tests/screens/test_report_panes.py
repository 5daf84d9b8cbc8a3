"""统计: table and months on one screen, the label beside its number, bars of painted cells."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from textual.widgets import ContentSwitcher

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.cases.letter import LetterScreen
from deskapp.widgets.bars import Bars, cells_of
from deskapp.widgets.look import style
from tests.conftest import register
from tests.desk.test_disputes import disputed
from tests.screens.conftest import app_of, dump, front, press, running

SIZES = ((80, 24), (120, 40), (160, 50))


@pytest.mark.parametrize("size", SIZES)
async def test_the_number_stands_beside_its_label(practice: Desk, size: tuple[int, int]) -> None:
    async with running(practice.home, practice, size=size) as pilot:
        await press(pilot, "ctrl+t")
        lines = [line for line in dump(app_of(pilot)).splitlines() if re.match(r" *(一|二|三|四)(、|（)", line)]
        assert len(lines) >= 15
        for line in lines:
            label, gap = re.match(r"( *\S+?)( +)\d", line).groups()  # type: ignore[union-attr]  # a row has both, or the test fails
            assert cell_len(gap) <= 12, label


@pytest.mark.parametrize("size", SIZES)
async def test_the_months_stand_beside_the_tables_or_on_a_page(practice: Desk, size: tuple[int, int]) -> None:
    async with running(practice.home, practice, size=size) as pilot:
        await press(pilot, "ctrl+t")
        pages, wide = front(pilot).query_one(ContentSwitcher), size[0] >= 110
        assert ("全年走势" in dump(app_of(pilot))) == wide
        seen = []
        for _ in range(5):
            seen.append(pages.current)
            await press(pilot, "f4")
        assert ("months" in seen) != wide
        assert set(seen) >= {"three", "four", "two", "checks"}


async def test_a_bar_is_painted_for_every_month(desk: Desk) -> None:
    for _ in range(3):
        register(desk)
    register(desk, received_on="2026-10-12")
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "ctrl+t")
        bars = front(pilot).query_one("#beside_plot", Bars)
        ink = style(pilot.app, "accent").color
        painted = [
            sum(len(s.text) for s in bars.render_line(y) if s.style and s.style.bgcolor == ink) for y in range(1, 13)
        ]
        assert painted[9] > 0
        assert painted[10] == pytest.approx(3 * painted[9], abs=3)
        assert not any(painted[:9])
        assert "11月 3" in dump(app_of(pilot))
        assert "11月收到比办结多3件" in dump(app_of(pilot))


def test_the_least_bar_is_a_cell_and_the_greatest_the_whole_width() -> None:
    assert [cells_of(value, 100, 20) for value in (0, 1, 5, 6, 100)] == [0, 1, 1, 2, 20]
    assert cells_of(3, 0, 20) == 0


async def test_the_cases_of_table_four_are_listed_by_enter(desk: Desk, clock: FixedClock) -> None:
    case_id = disputed(desk, clock)
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "ctrl+t", "f4", "right", "right", "right", "enter")
        shown = dump(app_of(pilot))
        assert "行政复议" in shown
        assert desk.lookup.case(case_id).case_no in shown
        assert "1件" in shown
        await press(pilot, "escape", "home", "enter")
        assert "按右键到数字上" in dump(app_of(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_while_the_letter_is_looked_at_is_not_lost_without_a_word(
    desk: Desk, size: tuple[int, int]
) -> None:
    case = register(desk)
    async with running(desk.home, desk, size=size) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await pilot.pause()
        before = front(pilot).query_one(FormView).values()
        await press(pilot, "f4", "a", "b")
        assert "刚才打的字没有进去" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "刚才打的字没有进去" not in dump(app_of(pilot))
        await press(pilot, "x")
        after = front(pilot).query_one(FormView).values()
        assert [key for key in after if after[key] != before[key]] == [next(iter(after))]
