"""The rooms besides the counter's main line: year, hand-over, handbook, palette, curtain, settings, doctor, lessons, search."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import ContentSwitcher, DataTable, Input, Select

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.register import events as ev
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.mail import MailScreen
from deskapp.screens.cases.paper import LetterPaperScreen, SheetScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.form import SETTLE_S
from deskapp.screens.frame.help import HelpScreen
from deskapp.screens.frame.lock import LockScreen
from deskapp.screens.frame.palette import PaletteScreen
from deskapp.screens.office.cell import CellScreen
from deskapp.screens.training.handbook import HandbookScreen
from deskapp.widgets.rows import Rows
from tests.conftest import DAY, give_opinions, issue_granted, register
from tests.screens.conftest import app_of, dump, fill, front, press, running, type_text, until, until_said

# -- the year --------------------------------------------------------------------------------------------------


async def test_enter_on_a_number_lists_its_cases(desk: Desk) -> None:
    issue_granted(desk)
    register(desk, applicant="李四")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t", "enter")
        assert isinstance(front(pilot), CellScreen)
        shown = dump(app_of(pilot))
        assert "LH-2026-0001" in shown
        assert "LH-2026-0002" in shown
        await press(pilot, "enter")
        assert isinstance(front(pilot), CaseScreen)


async def test_pages_years_and_files_of_the_report(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t", "f4", "f4")
        assert front(pilot).query_one(ContentSwitcher).current == "two"
        await press(pilot, "f4")
        assert front(pilot).query_one(ContentSwitcher).current == "months"
        assert "全年收到1件" in dump(app_of(pilot))
        await press(pilot, "f5")
        assert "2025年　全年走势" in dump(app_of(pilot))
        await press(pilot, "f6", "f6")
        assert "2026年（到今天为止）" in dump(app_of(pilot))
        await press(pilot, "f7", "enter")
        assert (desk.home / "年报/2026年年报.xlsx").is_file()
        await press(pilot, "f9", "enter")
        assert "还没有过完" in dump(app_of(pilot))


async def test_the_report_follows_another_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.frame.base.WATCH_S", 0.05)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t")
        other = Desk.open(desk.home, FixedClock(DAY))
        register(other)
        other.close()
        table: DataTable[Any] = front(pilot).query_one("#three", DataTable)
        await until(pilot, lambda: str(table.get_cell_at((0, 7))) == "1")  # type: ignore[arg-type]  # a coordinate is a pair


# -- hand-over, handbook, help ---------------------------------------------------------------------------------


async def test_the_hand_over_sheet_is_made(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+o")
        assert "没有办结的1件" in dump(app_of(pilot))
        await press(pilot, "f9")
        assert "没有填接收人" in dump(app_of(pilot))
        await fill(pilot, to_whom="陈志强")
        await press(pilot, "f9")
        assert isinstance(front(pilot), SheetScreen)
        await press(pilot, "enter")
    assert len(list((desk.home / "文书").glob("*交接单.pdf"))) == 1


async def test_help_tells_of_the_field_and_leads_to_the_handbook(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        front(pilot).query_one("#field-phone").focus()
        await press(pilot, "f1")
        assert isinstance(front(pilot), HelpScreen)
        assert "联系电话：答复和确认都要用。" in dump(app_of(pilot))
        await press(pilot, "f1")
        assert isinstance(front(pilot), HandbookScreen)
        await type_text(pilot, "冻结")
        await pilot.pause()
        assert "十四、年报" in dump(app_of(pilot))


# -- everywhere ------------------------------------------------------------------------------------------------


async def test_everything_is_found_by_initials(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(front(pilot), PaletteScreen)
        await type_text(pilot, "sjdj")
        await press(pilot, "enter")
        assert isinstance(front(pilot), MailScreen)
        await press(pilot, "ctrl+p", *"cx", "enter")
        assert isinstance(front(pilot), SearchScreen)


async def test_the_curtain_hides_everything_and_gives_it_back(desk: Desk) -> None:
    register(desk, applicant="欧阳修远")
    desk.machine.set_pin("246810")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="半个名")
        await press(pilot, "ctrl+l")
        assert isinstance(front(pilot), LockScreen)
        hidden = dump(app_of(pilot))
        assert "半个名" not in hidden
        assert "欧阳修远" not in hidden
        await press(pilot, "escape", "ctrl+p", "f2", *"1111", "enter")
        assert isinstance(front(pilot), LockScreen)
        assert "密码不对" in dump(app_of(pilot))
        await press(pilot, *"246810", "enter")
        assert isinstance(front(pilot), IntakeScreen)
        assert front(pilot).query_one("#field-applicant", Input).value == "半个名"


async def test_where_the_office_wants_it_the_curtain_falls_in_every_window(desk: Desk, clock: FixedClock) -> None:
    desk.machine.set_pin("246810")
    desk.machine.cover()
    other = Desk.open(desk.home, clock)
    async with running(desk.home, desk) as pilot:
        for curtain, screen in (("one", BoardScreen), ("every", LockScreen)):
            other.machine.choose_curtain(curtain)
            told = other.machine.cover()
            assert bool(told) is (curtain == "every")
            app_of(pilot).window.look()
            await pilot.pause()
            assert isinstance(front(pilot), screen)
        await press(pilot, *"246810", "enter")
        app_of(pilot).window.look()
        await pilot.pause()
        assert isinstance(front(pilot), BoardScreen), "once for each time"
        before = other.startup.covered
        await press(pilot, "ctrl+l")
        assert other.startup.covered != before, "the other window is told"
        await press(pilot, *"246810", "enter")
        app_of(pilot).window.look()
        await pilot.pause()
        assert isinstance(front(pilot), BoardScreen), "its own is no news"
    other.close()


async def test_the_machine_is_set_up(printing: Desk) -> None:
    async with running(printing.home, printing) as pilot:
        await press(pilot, "ctrl+p", *"bjsz", "enter")
        screen = front(pilot)
        screen.query_one("#field-printer", Select).value = "前台激光"
        screen.query_one("#field-theme", Select).value = "dark"
        screen.query_one("#field-use", Select).value = "set"
        await pilot.pause()
        await press(pilot, "f9")
        assert "没有填新密码" in dump(app_of(pilot))
        await fill(pilot, pin="246810")
        await press(pilot, "f9")
        assert pilot.app.theme == "counter-dark"
        assert (printing.machine.printer, printing.machine.theme) == ("前台激光", "dark")
        assert printing.machine.open("246810").opens


async def test_the_doctor_and_a_backup(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    (tmp_path / "usb").mkdir()
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"jc", "enter")
        assert "登记簿是好的" in dump(app_of(pilot))
        await press(pilot, "f5", "enter")
        assert "列表已经重建，共1件" in dump(app_of(pilot))
        await press(pilot, "f7", "f9")
        assert "请填写备份到哪里" in dump(app_of(pilot))
        await fill(pilot, folder=str(tmp_path / "usb"))
        await press(pilot, "f9")
        assert "打开核对过：申请1件" in dump(app_of(pilot)).replace("\n", "").replace(" ", "")
    assert len(list((tmp_path / "usb").glob("*.db"))) == 1
    assert Desk.open(desk.home, FixedClock(DAY)).drafts.remembered("backup") == {"folder": str(tmp_path / "usb")}


async def test_a_calendar_is_looked_at_before_it_is_taken(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    (tmp_path / "三月三.csv").write_text("日期,安排,节日\n2026-12-01,放假,三月三\n", encoding="utf-8")
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"fjap", "enter")
        await fill(pilot, file=str(tmp_path / "三月三.csv"), title="测试", number="无", place="三月三")
        await press(pilot, "f9")
        assert "2026-12-18 改为 2026-12-21" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert desk.calendars.known()[1] == ()
        await press(pilot, "f9", "enter")
        assert [item.place for item in desk.calendars.known()[1]] == ["三月三"]


async def test_a_calendar_with_less_asks(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "少.csv").write_text("日期,安排,节日\n2026-01-01,放假,元旦\n", encoding="utf-8")
    before = desk.calendars.known()[0][-1]
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"fjap", "enter")
        await fill(pilot, file=str(tmp_path / "少.csv"), title="测试", number="无")
        await press(pilot, "f9")
        shown = dump(app_of(pilot)).replace("\n", "").replace(" ", "")
        assert "2026年放假安排比现在用的少了" in shown
        assert "Enter照新的" in shown
        await press(pilot, "escape")
        assert desk.calendars.known()[0][-1] == before
        await press(pilot, "f9", "enter")
        assert desk.calendars.known()[0][-1].title == "测试"


async def test_all_lessons_are_walked_through(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+r")
        for lesson in desk.lessons.all():
            listed = front(pilot).query_one("#answers", Rows)
            listed.cursor = [row.key for row in listed.rows].index(lesson.answer)
            await press(pilot, "enter")
            front(pilot).query_one("#day", Input).value = str(lesson.due_on)
            await press(pilot, "enter", "enter")
        assert "练完了：22分，满分22分" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "第1题" in dump(app_of(pilot))


# -- search ----------------------------------------------------------------------------------------------------


async def test_search_in_a_state_and_a_year_and_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.cases.search.PAGE", 5)
    for n in range(12):
        register(desk, applicant=f"申请人{n:02d}", received_on="2025-12-01" if n < 4 else "")
    issue_granted(desk, applicant="答复了的")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f3")
        assert "找到5件，往下翻还有" in dump(app_of(pilot))
        await press(pilot, *["down"] * 12)
        assert "找到13件。" in dump(app_of(pilot))
        await press(pilot, "f4", "space")  # the filters, the state that most are in first
        assert "范围：没有办结，各年" in dump(app_of(pilot))
        assert "答复了的" not in dump(app_of(pilot))
        await press(pilot, "f5", "f5")
        assert "找到4件。　范围：没有办结，2025年收到" in dump(app_of(pilot))


# -- envelope --------------------------------------------------------------------------------------------------


async def test_the_envelope_is_made_where_the_delivery_is_noted(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await press(pilot, "f5", "f7", "enter")
        assert isinstance(front(pilot), LetterPaperScreen)
    kinds = [x.kind for x in Desk.open(desk.home, FixedClock(DAY)).lookup.case(letter.case_id).letters]
    assert kinds[-1] == "envelope"


async def test_a_case_changed_elsewhere_is_shown_as_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.frame.base.WATCH_S", 0.05)
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        other = Desk.open(desk.home, FixedClock(DAY))
        other.acts.record(case.case_id, ev.Extended(on=DAY, working_days=20, approved_by="王建国"))
        other.close()
        await until_said(pilot, "延长20个")
        assert "余40个工作日" in dump(app_of(pilot))


async def test_a_letter_begun_before_another_desk_wrote_is_not_issued_over_it(desk: Desk) -> None:
    case = register(desk)
    give_opinions(desk, case.case_id, "granted")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await pilot.pause()
        await fill(pilot, attachments="台账")
        other = Desk.open(desk.home, FixedClock(DAY))
        other.acts.record(case.case_id, ev.Extended(on=DAY, working_days=20, approved_by="王建国"))
        other.close()
        await press(pilot, "f9", "enter")
        await until_said(pilot, "另一个窗口里有了变化")
        await pilot.pause(SETTLE_S * 2)
        assert "另一个窗口里有了变化" in dump(app_of(pilot)).replace("\n", ""), "a refusal stays until the next key"
    assert not Desk.open(desk.home, FixedClock(DAY)).lookup.case(case.case_id).letters


@pytest.mark.parametrize(("answer", "left"), [(("enter",), [1, 2]), (("down", "enter"), [2])])
@pytest.mark.each(2)
async def test_local_days_are_added_or_take_their_place_as_it_was_asked(
    desk: Desk, tmp_path: Path, answer: tuple[str, ...], left: list[int]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("日期,安排,节日\n2026-12-01,放假,三月三\n", encoding="utf-8")
    desk.calendars.take(desk.calendars.read(path, "测试", "无", "某州"))
    path.write_text("日期,安排,节日\n2026-12-02,放假,火把节\n", encoding="utf-8")
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"fjap", "enter")
        await fill(pilot, file=str(path), title="测试", number="无", place="某州")
        await press(pilot, "f9")
        assert "比现在用的少了1天：2026-12-01三月三放假" in re.sub(r"[\s│]", "", dump(app_of(pilot)))
        await press(pilot, *answer)
        await press(pilot, "enter")
        (local,) = desk.calendars.known()[1]
        assert sorted(day.day for holiday in local.holiday for day in holiday.off) == left
