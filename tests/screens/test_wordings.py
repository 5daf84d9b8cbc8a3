"""文书模板: the list, the text beside it, own words with the page, a kind of one's own, and the way back."""

from __future__ import annotations

from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.office.wordings import WordingScreen, WordingsScreen
from deskapp.widgets.rows import Rows
from tests.screens.conftest import app_of, dump, running, until

KIND = "not_held"


def on_kind(screen: WordingsScreen, kind: str) -> None:
    rows = screen.query_one("#found", Rows)
    rows.fill([row for row in rows.rows if row.key], kind)
    screen.on_rows_moved()


async def test_a_kind_is_put_in_own_words_and_given_back(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        app = app_of(pilot)
        app.push_screen(WordingsScreen())
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, WordingsScreen)
        on_kind(screen, KIND)
        await until(pilot, lambda: "〔检索的经过〕" in dump(app))
        await pilot.press("enter")
        await pilot.pause()
        form = app.screen.query_one(FormView)
        form.put({**form.values(), "part_1": "收到申请后，本机关查找了：〔检索的经过〕。"})
        await pilot.press("f9")
        await until(pilot, lambda: "已经发出的文书不变" in dump(app))
        await pilot.press("f4")
        await until(pilot, lambda: "本机关查找了" in dump(app))
        await pilot.press("f6")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert not (desk.home / "templates/not_held.md").exists()


async def test_a_wrong_name_is_said_and_nothing_is_kept(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        app = app_of(pilot)
        app.push_screen(WordingScreen(KIND))
        await pilot.pause()
        assert isinstance(app.screen, WordingScreen)
        form = app.screen.query_one(FormView)
        form.put({**form.values(), "part_1": "查找了：〔检索经过〕。"})
        await pilot.press("f9")
        await until(pilot, lambda: "是不是〔检索的经过〕" in dump(app))
        assert isinstance(app.screen, WordingScreen)
        assert not (desk.home / "templates").exists()


async def test_a_paragraph_is_emptied_and_put_back_by_one_key(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        app = app_of(pilot)
        app.push_screen(WordingScreen(KIND))
        await pilot.pause()
        form = app.screen.query_one(FormView)
        before = form.values()
        for key in ("title", "part_1"):
            form.focus_field(key)
            await pilot.pause()
            await pilot.press("f5")
            assert form.values() == {**before, key: ""}
            await pilot.press("f5")
            assert form.values() == before
