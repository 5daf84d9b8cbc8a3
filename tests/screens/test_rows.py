"""The list to pick from: where the cursor goes, what is in sight, what is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.pilot import Pilot

from deskapp.widgets.rows import Row, Rows
from tests.screens.conftest import Bare

HEIGHT = 6


class Listed(Bare):
    """A list of six lines, and what it said."""

    CSS = f"Rows {{ height: {HEIGHT}; }}"

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.given, self.taken, self.moved = rows, list[str](), list[str]()

    def compose(self) -> ComposeResult:
        yield Rows(self.given)

    def on_rows_taken(self, event: Rows.Taken) -> None:
        self.taken.append(event.row.key)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self.moved.append(event.row.key)


@asynccontextmanager
async def listed(rows: list[Row]) -> AsyncIterator[tuple[Pilot[None], Listed, Rows]]:
    app = Listed(rows)
    async with app.run_test(size=(40, 12)) as pilot:
        one = app.query_one(Rows)
        one.focus()
        await pilot.pause()
        yield pilot, app, one


def shown(rows: Rows) -> list[str]:
    return [rows.render_line(y).text.rstrip() for y in range(HEIGHT)]


GROUPS = [
    Row("急", heading=True),
    Row("一", "1"),
    Row("二", "2"),
    Row("缓", heading=True),
    *(Row(f"第{n}件", str(n)) for n in range(3, 20)),
]


async def test_the_cursor_passes_over_headings_and_goes_round() -> None:
    async with listed(GROUPS) as (pilot, app, rows):
        await pilot.press("down", "down", "up", "up", "up", "down", "enter")
        assert app.moved == ["1", "2", "3", "2", "1", "19", "1"]
        assert app.taken == ["1"]
        assert shown(rows)[0].startswith("急"), "the heading over the first row is in sight"


async def test_pages_ends_and_the_bar() -> None:
    async with listed(GROUPS) as (pilot, _, rows):
        bars = [len(rows._bar(y)) for y in range(HEIGHT)]
        assert bars == [2] * HEIGHT
        await pilot.press("pagedown")
        assert rows.current is not None
        assert rows.current.key == "5"
        await pilot.press("end")
        assert shown(rows)[-1].startswith("第19件")
        await pilot.press("pageup", "home")
        assert rows.current.key == "1"
        rows.fill([Row("只有一件", "x")])
        await pilot.pause()
        assert rows._bar(0) == []


async def test_rows_of_several_lines_are_one_row() -> None:
    async with listed([Row("一\n  续", "1"), Row("二", "2"), Row("[b]三[/b]", "3")]) as (pilot, app, rows):
        assert shown(rows)[:4] == ["一", "  续", "二", "[b]三[/b]"]
        await pilot.click(Rows, offset=(3, 1))
        await pilot.click(Rows, offset=(3, 2))
        assert app.taken == ["1", "2"]


async def test_the_wheel_looks_and_leaves_the_cursor() -> None:
    async with listed(GROUPS) as (pilot, _, rows):
        rows.on_mouse_scroll_down()
        await pilot.pause()
        assert shown(rows)[0].startswith("缓")
        assert rows.current is not None
        assert rows.current.key == "1"
        await pilot.press("down")
        assert any(line.startswith("二") for line in shown(rows)), "a key brings the cursor into sight"


async def test_filled_anew_it_keeps_the_row_asked_for() -> None:
    async with listed(GROUPS) as (_, _, rows):
        rows.fill(GROUPS[3:], key="7")
        assert rows.current is not None
        assert rows.current.key == "7"
        rows.fill([Row("没有", heading=True)])
        assert rows.cursor is None
        rows.action_select()
        rows.action_cursor_down()
        rows.action_page_down()
        assert rows.cursor is None


@pytest.mark.parametrize("way", ["cursor_down", "cursor_up", "page_down", "page_up", "first", "last"])
@given(headings=st.lists(st.booleans(), max_size=30), at=st.integers(0, 29))
def test_no_key_leaves_the_list_or_stops_at_a_heading(way: str, headings: list[bool], at: int) -> None:
    rows = Rows(Row(str(n), str(n), heading=heading) for n, heading in enumerate(headings))
    picks = [n for n, heading in enumerate(headings) if not heading]
    rows._cursor = picks[at % len(picks)] if picks else None
    getattr(rows, f"action_{way}")()
    assert rows.cursor in picks if picks else rows.cursor is None
