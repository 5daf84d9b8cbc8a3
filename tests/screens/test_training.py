"""练习: the score is kept under a name, and a lesson is added from a case."""

from __future__ import annotations

from textual.widgets import Select

from deskapp.desk import Desk
from deskapp.screens.training.practice import KEPT, PracticeScreen
from tests.conftest import issue_granted
from tests.screens.conftest import app_of, dump, fill, press, running, type_text, until_said


async def test_the_score_is_kept_under_a_name_when_all_is_done(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PracticeScreen())
        await press(pilot, "f2")
        assert "还没有练完" in dump(app_of(pilot))
        await press(pilot, "escape")
        most = len(desk.lessons.all())
        desk.drafts.keep(KEPT, {"at": str(most), "points": "20"})
        await pilot.app.push_screen(PracticeScreen())
        await press(pilot, "f2")
        await type_text(pilot, "周小雨")
        await press(pilot, "enter")
        await until_said(pilot, "周小雨，20分")
        assert [score.who for score in desk.training.scores(2026)] == ["周小雨"]


async def test_a_lesson_is_added_from_a_case(desk: Desk) -> None:
    issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PracticeScreen())
        await press(pilot, "f8", "enter")
        assert "正确的答复：予以公开" in dump(app_of(pilot))
        app_of(pilot).screen.query_one("#field-other").focus()
        await press(pilot, *"bfgk", "enter")
        app_of(pilot).screen.query_one("#field-third", Select).value = "not_held"
        await fill(pilot, other_why="没有要遮的")
        await press(pilot, "f9")
        await until_said(pilot, "已添一道题")
        assert [wrong.kind for wrong in desk.training.own()[0].others] == ["partial", "not_held"]
