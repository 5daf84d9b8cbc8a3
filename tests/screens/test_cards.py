"""Small screens over another one: their names, what the palette finds and remembers, where the help stands."""

from __future__ import annotations

from deskapp.desk import Desk
from deskapp.screens.frame.help import HelpScreen
from deskapp.screens.frame.palette import KEPT
from deskapp.widgets.rows import Rows
from deskapp.widgets.themes import PLAIN
from tests.screens.conftest import app_of, dump, front, press, running


def listed(rows: Rows) -> list[str]:
    return [row.text.split()[0] if row.heading else row.key for row in rows.rows]


async def test_the_palette_finds_by_pinyin_and_says_when_it_finds_nothing(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p")
        line, rows = front(pilot).query_one("#words"), front(pilot).query_one(Rows)
        for typed in ("jiancha", "jc", "cha", "检查"):
            line.value = typed
            await pilot.pause()
            assert "app.go('doctor')" in listed(rows), typed
        line.value = "jc"
        await pilot.pause()
        assert listed(rows)[0] == "app.go('doctor')", "what begins so stands before what has it inside"
        line.value = "zzzz"
        await pilot.pause()
        assert rows.current is None
        assert "没有找到【zzzz】" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert "没有找到【zzzz】" in dump(app_of(pilot)), "nothing is taken"


async def test_the_palette_shows_first_what_was_used_last(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p")
        assert "刚用过的" not in listed(front(pilot).query_one(Rows))
        await press(pilot, "escape")
        for words in ("jiancha", "danwei", "tongji", "lianxi", "yuebao", "chaxun", "jiancha"):
            await press(pilot, "ctrl+p", *words, "enter", "escape")
        await press(pilot, "ctrl+p")
        shown = listed(front(pilot).query_one(Rows))
        last = [f"app.go('{name}')" for name in ("doctor", "search", "period", "practice", "report")]
        assert shown[: KEPT + 2] == ["刚用过的", *last, "全部"]
        assert len(shown) == len(set(shown)), "nothing stands there twice"


async def test_help_says_the_field_first_and_stands_beside_it(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2", "tab", "tab", *"li")
        field = front(pilot).query_one("#field-applicant").region
        await press(pilot, "f1")
        assert isinstance(front(pilot), HelpScreen)
        card = front(pilot).query_one("#card").region
        assert card.x >= 60
        row = dump(app_of(pilot)).splitlines()[field.y]
        assert "申请人" in row[: card.x]
        assert "li" in row[: card.x]
        text = dump(app_of(pilot))
        assert text.index("光标所在的这一项") < text.index("这一屏") < text.index("按键")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert front(pilot).query_one("#card").region.x < 40


async def test_a_card_is_framed_only_where_there_are_no_colours(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f1")
        assert "+--" not in dump(app_of(pilot))
        pilot.app.theme = PLAIN.name
        await pilot.pause()
        assert "+--" in dump(app_of(pilot))
