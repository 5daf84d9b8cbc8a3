"""Visitors' pages: names are read whole, more below is said, each size of the type is seen, a page turns as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.reading.sights import LONGEST_ROW
from deskapp.widgets.rows import Rows
from deskapp.widgets.tiles import Tiles
from tests.conftest import DAY, make_desk
from tests.screens.conftest import dump, front, press, running, until, until_said
from tests.screens.test_visitors import SIZES, reader

OFFICE = "青山土家族苗族自治县住房和城乡建设局（人民防空办公室）"
NAME = "关于青山土家族苗族自治县农村低收入群体危房改造工作实施方案的"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Desk]:
    """A desk with entries of offices of long names."""
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    for n in range(40):
        issuer = OFFICE if n < 9 else f"第{n:02}办公室"
        desk.catalogue.publish(
            Entry(f"Q{n}", f"{NAME}通知{n:02}", issuer=issuer, topic=f"第{n % 14}类", published_on="2026-11-01")
        )
    yield desk
    desk.close()


def drawn(tiles: Tiles) -> str:
    """What stands on a tile that says its office, all of its lines."""
    at = next(at for at in tiles._placed if "住房" in at.tile.text)
    return re.sub(r"\s", "", "".join(at.lines))


@pytest.mark.parametrize("keys", [(), ("f2",), ("f2", "f2")])
@pytest.mark.parametrize("size", SIZES)
async def test_the_longest_name_of_an_office_is_read_whole(
    offices: Desk, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with reader(offices).run_test(size=size) as pilot:
        await press(pilot, *keys)
        tiles = front(pilot).query_one("#tiles", Tiles)
        if len(keys) < 2:
            assert drawn(tiles) == f"{OFFICE}（9）"
        for at in tiles._placed:
            assert len(at.lines) <= at.high
            assert all(cell_len(line) <= at.width for line in at.lines)


@pytest.mark.parametrize("size", SIZES)
async def test_names_in_a_list_are_read_whole(offices: Desk, size: tuple[int, int]) -> None:
    async with reader(offices).run_test(size=size) as pilot:
        await press(pilot, *"危房改造")
        await until_said(pilot, "找到40条")
        rows = front(pilot).query_one("#found", Rows)
        await until(
            pilot, lambda: ".." not in "".join(rows.render_line(y).text for y in range(rows.size.height))
        )  # the list is laid out a picture after it came
        first = "".join(rows._lines[: rows._starts[1]])
        assert re.sub(r"\s", "", first).startswith(f"2026-11-01{NAME}通知")


@pytest.mark.parametrize("size", SIZES)
async def test_more_below_is_said_until_the_end_is_in_sight(offices: Desk, size: tuple[int, int]) -> None:
    app = reader(offices)
    async with app.run_test(size=size) as pilot:
        tiles = front(pilot).query_one("#tiles", Tiles)
        await pilot.pause(0.2)
        while tiles.below:
            await until_said(pilot, f"下面还有{tiles.below}项。按 F6 往下看。")
            await press(pilot, "f6")
        await until(pilot, lambda: "下面还有" not in dump(app))
        assert tiles._placed[-1].line + tiles._placed[-1].high == tiles._top + min(
            tiles.size.height, tiles.line_count
        )
        await press(pilot, *"危房改造")
        rows = front(pilot).query_one("#found", Rows)
        await until(pilot, lambda: rows.below and f"下面还有{rows.below}条" in dump(app))


@pytest.mark.parametrize("page", [(), ("f4",)])
@pytest.mark.parametrize("size", SIZES)
async def test_each_size_of_the_type_is_seen_on_the_first_page(
    offices: Desk, size: tuple[int, int], page: tuple[str, ...]
) -> None:
    app = reader(offices)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *page)
        seen = []
        for _ in range(3):
            tiles = front(pilot).query_one(f"#{front(pilot)._part}", Tiles)
            seen.append([(at.line, at.x, at.width, at.lines) for at in tiles._placed])
            await press(pilot, "f2")
        assert seen[0] != seen[1] != seen[2] != seen[0]


async def test_a_page_turns_and_the_cursor_stays_where_it_is_in_sight(offices: Desk) -> None:
    async with reader(offices).run_test(size=(80, 24)) as pilot:
        await press(pilot, *"危房改造", "down")
        rows = front(pilot).query_one("#found", Rows)
        height, place = rows.size.height, rows._starts[1] - rows._top
        for n in range(1, 3):
            await press(pilot, "f6")
            assert rows._top == n * (height - 1)
            assert rows.cursor is not None
            assert abs(rows._starts[rows.cursor] - rows._top - place) < LONGEST_ROW
        await press(pilot, "f5", "f5")
        assert rows._top == 0
        rows._look(30)
        await press(pilot, "f6")
        assert rows._top > 30, "a list that was scrolled by hand goes on from there"


async def test_answers_of_a_question_are_read_whole(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        pilot.app.push_screen(
            PickModal("哪一条？", [("1", f"恢复2026-11-01撤下的：{NAME}通知（含个人信息，收到反映以后撤下）")])
        )
        await until_said(pilot, "收到反映以后撤下）")
