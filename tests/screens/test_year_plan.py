"""年度事项 on the screen: done, added, dropped."""

from __future__ import annotations

from deskapp.desk import Desk
from deskapp.screens.reading.year_plan import YearPlanScreen
from tests.screens.conftest import app_of, dump, fill, press, running, until_said


async def test_a_duty_is_marked_added_and_dropped(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(YearPlanScreen())
        await press(pilot, "down", "up")
        assert "政府信息公开条例" in dump(app_of(pilot)) or "国办公开办函" in dump(app_of(pilot))
        await press(pilot, "f4")
        await fill(pilot, how="已经报县里")
        await press(pilot, "f9")
        await until_said(pilot, "做了1件")
        assert "已经报县里" in dump(app_of(pilot))
        await press(pilot, "f7")
        await fill(pilot, name="报送半年小结", by="6-30")
        await press(pilot, "f9")
        await until_said(pilot, "报送半年小结")
        await press(pilot, "f6", "enter")
        await until_said(pilot, "8件")
        await press(pilot, "f4", "f9")
