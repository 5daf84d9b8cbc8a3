"""案件 in its panes: law apart from papers and prints, the calendar under the arrows, the day-by-day list behind a key."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.desk import Desk
from deskapp.law.wall import Wall
from deskapp.printing.port import Printer
from deskapp.register import events as ev
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.paper import LetterPaperScreen, SheetScreen
from deskapp.widgets.rows import Rows
from deskapp.widgets.wall_calendar import WallCalendar
from tests.conftest import DAY, issue_granted, register
from tests.screens.conftest import app_of, dump, front, press, running, until_said

SIZES = ((80, 24), (120, 40), (160, 50))


@pytest.mark.parametrize("size", SIZES)
async def test_everything_known_stands_there(desk: Desk, size: tuple[int, int]) -> None:
    case = register(
        desk,
        received_on="2026-11-13",
        remark="只要2024年的也可以",
        delivery_form="纸质复制件，自取",
        phone="13905550040",
    )
    async with running(desk.home, desk, size=size) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        seen = dump(app_of(pilot))
        for words in (
            case.case_no, "13905550040", "只要2024年", "纸质复制件", "法定经过", "收到申请", "余15个工作日", "2026-12-11", "11-13收到",
            "2026年11月", "2026年12月", "稳 末", "第几个工作日",
        ):  # fmt: skip
            assert words in seen, words
        assert f"经办 {case.received.by}" in seen
        assert "下一步" in seen.splitlines()[-5:][0] or any("下一步" in line for line in seen.splitlines()[-5:])


async def test_printing_five_times_adds_no_row_to_what_happened_by_law(printing: Desk) -> None:
    letter = issue_granted(printing)
    async with running(printing.home, printing, size=(120, 40)) as pilot:
        screen = CaseScreen(letter.case_id)
        await pilot.app.push_screen(screen)
        await pilot.pause()
        rows = screen.query_one("#story", Rows)
        before = [row for row in rows.rows if row.key.startswith("law:")]
        printer: Printer = printing.paper.printers()[0]
        for _ in range(5):
            printing.paper.print(letter.id, printer.name, why="再要一份")
        screen.refresh_rows()
        await pilot.pause()
        assert [row for row in rows.rows if row.key.startswith("law:")] == before
        (folded,) = (row for row in rows.rows if row.key == "prints")
        assert "5条" in folded.text
        rows.cursor = rows.rows.index(folded)
        many = len(rows.rows)
        await press(pilot, "enter")
        assert len(rows.rows) == many + 5
        await press(pilot, "enter")
        assert len(rows.rows) == many
        assert "印过5次" in next(row.text for row in rows.rows if row.key.startswith("paper:"))


async def test_enter_on_a_paper_opens_it(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await pilot.pause()
        rows = front(pilot).query_one("#story", Rows)
        rows.cursor = next(n for n, row in enumerate(rows.rows) if row.key.startswith("paper:"))
        await press(pilot, "enter")
        assert isinstance(front(pilot), LetterPaperScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_arrows_walk_the_days_and_pages_the_months(desk: Desk, size: tuple[int, int]) -> None:
    case = register(desk, received_on="2026-10-20")
    async with running(desk.home, desk, size=size) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        calendar = front(pilot).query_one(WallCalendar)
        before = calendar.region
        await press(pilot, "tab")
        assert calendar.has_focus
        assert calendar.chosen == DAY
        await press(pilot, "left", "left", "left")
        assert "11-17 二  第20个工作日  最后一日（第三十三条）" in dump(app_of(pilot))
        await press(pilot, "up", "right")
        assert calendar.chosen == date(2026, 11, 11)
        await press(pilot, "pagedown")
        assert (calendar.chosen, calendar.months[-1]) == (date(2026, 12, 11), date(2026, 12, 1))
        await press(pilot, "pageup", "pageup", "pageup")
        assert calendar.chosen == date(2026, 9, 11)
        assert date(2026, 9, 1) in calendar.months
        await press(pilot, "home")
        assert calendar.chosen == DAY
        assert calendar.region == before, "no layout"


async def test_one_storey_where_two_do_not_fit(desk: Desk) -> None:
    case = register(desk, received_on="2026-10-20")
    async with running(desk.home, desk, size=(80, 24)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        calendar = front(pilot).query_one(WallCalendar)
        calendar.styles.height = 11
        await pilot.pause()
        lines = ["".join(s.text for s in calendar.render_line(y)).rstrip() for y in range(11)]
        assert not any("16 17 18 19" in line for line in lines), "the word takes the place of the date"
        assert any("稳 末 +1 +2" in line for line in lines)


async def test_the_list_of_days_is_a_key_away(desk: Desk) -> None:
    case = register(desk, received_on="2026-10-20")
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await press(pilot, "f2")
        await until_said(pilot, "逐日计算")
        assert "10-20 二 　  0 收到申请（第三十一条）" in dump(app_of(pilot))
        await press(pilot, "end")
        assert "11-17 二 　 20 最后一日" in dump(app_of(pilot))
        await press(pilot, "f2")
        assert "2026年10月" in dump(app_of(pilot))
        await press(pilot, "f3")
        assert isinstance(front(pilot), SheetScreen)


async def test_a_year_is_told_where_it_is_not_this_one(desk: Desk) -> None:
    case = register(desk, received_on="2025-12-01")
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        assert "2025-12-01 一  收到申请" in dump(app_of(pilot))


async def test_what_is_wrong_with_the_history_is_told(desk: Desk) -> None:
    case = register(desk, received_on="2026-10-20")
    desk.acts.record(case.case_id, ev.PartyConsulted(on=DAY, party="宏远建筑公司"))
    async with running(desk.home, desk, size=(160, 50)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        seen = dump(app_of(pilot))
        assert "征求第三方意见：送出了，哪天收到还没有记" in seen
        assert "可以接着记的" in seen


def test_a_wall_is_no_picture() -> None:
    assert Wall.__dataclass_params__.frozen  # type: ignore[attr-defined]  # of every dataclass
