"""Every job of the command line has its place on the screens, found by Ctrl+P, or says why it has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskapp.cli.program import MODULES
from deskapp.desk import Desk
from deskapp.screens.frame.palette import PaletteScreen
from deskapp.screens.frame.places import FROM_ANYWHERE, PLACES
from deskapp.widgets.rows import Rows
from tests.screens.conftest import front, press, running

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
ONLY = "只用命令："
WITHIN = (
    "案件",
    "今日",
    "记事",
    "文书",
    "送达",
    "答复向导",
    "第一次打开",
)  # entered from a case or at the start, and not from anywhere


def places() -> dict[str, str]:
    part = PAGE.read_text(encoding="utf-8").split("### 在屏幕上的哪里")[1].split("\n县里的命令")[0]
    return dict(re.findall(r"^\| `([a-z]+)` \| (.+) \|$", part, re.MULTILINE))


def test_every_command_has_a_place_or_a_reason() -> None:
    known = {place.name for place in FROM_ANYWHERE.values()}
    told = places()
    assert list(told) == list(MODULES)
    for command, where in told.items():
        if where.startswith(ONLY):
            assert len(where) > len(ONLY) + 5, command
        else:
            assert re.split("：", where)[0] in known | set(WITHIN), command


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("台账", "ledger"), ("导出", "files"), ("平台", "files"), ("收费", "fee"), ("xxclf", "fee"), ("xinxichuli", "fee"), ("备份", "doctor"),
        ("jiancha", "doctor"), ("jc", "doctor"), ("cha", "doctor"), ("年报", "report"), ("放假", "calendars"), ("打印机", "machine"), ("报送", "bundles"),
        ("满意", "satisfaction"), ("培训", "point_log"),
    ],
)  # fmt: skip
async def test_the_jobs_are_found_by_their_words(desk: Desk, words: str, place: str) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *words)
        assert isinstance(front(pilot), PaletteScreen)
        found = [row.key for row in front(pilot).query_one(Rows).rows if not row.heading]
        assert f"app.go('{place}')" in found


async def test_a_word_that_means_nothing_is_answered(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"zzzq")
        assert "没有找到【zzzq】" in front(pilot).query_one(Rows).rows[0].text


async def test_the_doctor_has_a_key(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+d")
        assert type(front(pilot)).__name__ == PLACES["doctor"].screen
