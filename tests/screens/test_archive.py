"""归档: the lists of a year, to a case from each, out as files, and all folders at once."""

from __future__ import annotations

from datetime import date

from textual.pilot import Pilot

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.paths import EXPORTS
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.office.archive import ArchiveScreen
from deskapp.screens.office.erasing import EraseScreen
from tests.conftest import DAY, issue_granted
from tests.screens.conftest import app_of, dump, running, type_text, workers_ended


def shown(pilot: Pilot[bool]) -> str:
    return dump(app_of(pilot)).replace("\n", "").replace(" ", "")


async def test_through_the_lists_and_years_to_a_case(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ArchiveScreen())
        await pilot.pause()
        assert "2026年归档移交目录" in shown(pilot)
        assert "档号的编法和保管期限没有核对过原文" in shown(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert "2026年发文1个号，其中作废0个；空缺0处。" in shown(pilot)
        assert letter.title[:6] in shown(pilot)
        await pilot.press("f5")
        await pilot.pause()
        assert "2025年发文0个号" in shown(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert "什么也没有删" in shown(pilot)
        await pilot.press("f4", "f6", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CaseScreen)


async def test_the_fonds_files_and_all_folders(desk: Desk) -> None:
    issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ArchiveScreen())
        await pilot.press("f8")
        await pilot.pause()
        await type_text(pilot, "Z109")
        await pilot.press("enter")
        await pilot.pause()
        assert "已记下：全宗号Z109。" in shown(pilot)
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert "1件的案卷在" in shown(pilot)
        assert sorted(path.name for path in (desk.home / EXPORTS).iterdir()) == [
            "2026年归档移交目录.xlsx",
            "2026年案卷",
        ]


async def test_the_books_that_are_over_are_cleared_from_the_list(desk: Desk, clock: FixedClock) -> None:
    desk.daybook.enter(VisitDraft(topic="找欧阳修远", name="欧阳修远"))
    clock.set(date(2037, 1, 4))
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ArchiveScreen())
        await pilot.press("f4", "f4")
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert "来访、收件、问卷的登记里到期的1条" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, EraseScreen)
        await type_text(pilot, "王建国")
        await pilot.press("enter")
        await type_text(pilot, "鉴定意见")
        await pilot.press("f9")
        await pilot.pause()
        assert "删去1条登记里的个人信息？" in shown(pilot)
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert desk.erasing.books_over() == 0
        assert desk.daybook.day(DAY)[0].topic == ""
