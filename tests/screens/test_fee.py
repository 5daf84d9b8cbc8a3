"""The fee is worked out while it is typed, and is the one that a letter would name."""

from __future__ import annotations

from deskapp.desk import Desk
from deskapp.desk.cases.fees import calculated
from deskapp.screens.office.fee import FeeScreen
from deskapp.widgets.prose import Prose
from tests.screens.conftest import app_of, dump, fill, front, press, running, until


async def test_the_sum_and_its_working_stand_below(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(FeeScreen())
        await fill(pilot, units="35")
        await until(pilot, lambda: "应缴3000元" in front(pilot).query_one("#sum", Prose).plain)
        await press(pilot, "f9")
        assert "应缴3000元" in dump(app_of(pilot))
        await fill(pilot, already="30")
        await press(pilot, "f9")
        assert "第31件至第35件：200元/件×5件=1000元" in dump(app_of(pilot))


def test_what_is_free_and_what_is_no_number() -> None:
    assert calculated("by_items", "10") == ["10件不收费。"]
    assert calculated("by_pages", "300")[0].startswith("应缴6700元")


async def test_no_number_is_refused(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(FeeScreen())
        await press(pilot, "f9")
        assert "没有填件数" in dump(app_of(pilot))
