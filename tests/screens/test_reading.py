"""The reading point through its screens: three keys for a visit, slips, questions, releases, and visitors who cannot get out."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from deskapp.catalogue.entry import Entry
from deskapp.desk import Desk
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.forms.view import FormView
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.paper import SheetScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.help import HelpScreen
from deskapp.screens.reading.catalogue import CatalogueScreen
from deskapp.screens.reading.day import ReadingScreen
from deskapp.screens.reading.leave import LeaveScreen
from deskapp.screens.reading.list_in import ImportScreen
from deskapp.screens.reading.visitors import VisitorScreen
from deskapp.widgets.rows import Rows
from tests.catalogue.test_catalogue import BUDGET, ROAD, table
from tests.conftest import issue_granted, register
from tests.screens.conftest import Paper, app_of, dump, fill, front, press, running, type_text, until, until_said

PIN = "246810"


async def test_a_visit_is_noted_in_three_keys(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "2", "enter")
        assert isinstance(front(pilot), ReadingScreen)
        assert "已记下：咨询1人" in dump(app_of(pilot))
        assert [(line.kind, line.people) for line in desk.daybook.day()] == [("advice", 1)]


async def test_a_visit_is_put_right_and_taken_back(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "1", "4", "enter", "down", "enter", "enter")
        await fill(pilot, topic="低保", why="几个人记错了")
        await press(pilot, "f9")
        assert [(line.people, line.topic) for line in desk.daybook.day()][1:] == [(4, "低保")]
        await press(pilot, "enter", "down", "enter", "enter")
        await until_said(pilot, "没有写原因")
        await type_text(pilot, "走错了门")
        await press(pilot, "enter")
        assert len(desk.daybook.day()) == 1
        await press(pilot, "enter")
        assert isinstance(front(pilot), CaseScreen)
        assert case.case_no in dump(app_of(pilot))


async def test_slips_and_the_tables_of_the_year(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f6", "3")
        await type_text(pilot, "等了两次")
        await press(pilot, "enter")
        assert "满意率0.00%" in dump(app_of(pilot))
        assert "等了两次" in dump(app_of(pilot))
        await press(pilot, "f5", "f6", "f8")
        await until_said(pilot, "2026年11月：1份")
        await press(pilot, "enter", "down", "enter")
        await type_text(pilot, "记错了")
        await press(pilot, "enter")
        await until_said(pilot, "已撤回：记错了")
        assert desk.satisfaction.year(2026).all.slips == 0
        await press(pilot, "escape", "escape", "f4")
        assert "2026年，查阅点共接待群众0人次" in dump(app_of(pilot)).replace("\n", "")
        await press(pilot, "f5")
        assert "2025年" in dump(app_of(pilot))


async def test_a_question_is_answered_and_one_is_an_application(desk: Desk) -> None:
    desk.questions.enter(QuestionDraft(question="宅基地怎么批", answer="先向村里申请"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f5", *"zjd", "f4")
        await until_said(pilot, "已记一次咨询")
        assert desk.daybook.year(2026).total("advice").visits == 1
        front(pilot).query_one("#words", Input).value = "要征地补偿方案"
        await press(pilot, "f2")
        assert isinstance(front(pilot), IntakeScreen)
        assert "要征地补偿方案" in dump(app_of(pilot))


async def test_a_question_is_added_and_the_list_printed(printing: Desk) -> None:
    async with running(printing.home, printing) as pilot:
        await press(pilot, "f12", "f5", "f7")
        await fill(pilot, question="几点下班", answer="下午五点半", checked_by="王建国", checked_on="11-01")
        await press(pilot, "f9")
        assert [one.of.question for one in printing.questions.all()] == ["几点下班"]
        await press(pilot, "f9", "enter")
        assert isinstance(front(pilot), SheetScreen)


async def test_a_list_is_imported_and_a_bad_one_named(desk: Desk, tmp_path: object) -> None:
    folder = desk.home.parent
    bad = table(folder, ROAD, {**BUDGET, "公开日期": "x"}, name="坏.csv")
    good = table(folder, ROAD, BUDGET, name="好.csv")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f8")
        front(pilot).query_one("#field-file", Input).value = str(bad)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ConfirmScreen))
        assert "有1行有错。其余1行先收" in dump(app_of(pilot))
        await press(pilot, "escape")
        await until_said(pilot, "第3行【公开日期】是【x】")
        assert isinstance(front(pilot), ImportScreen)
        front(pilot).query_one("#field-file", Input).value = str(good)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), CatalogueScreen))
        await until(pilot, lambda: len(front(pilot).query_one("#found", Rows).rows) == 2)
    assert Desk.open(desk.home, desk.clock).catalogue.count == 2


async def test_a_release_is_judged_and_becomes_an_entry(desk: Desk) -> None:
    for name in ("张三", "李四", "王五"):
        issue_granted(desk, applicant=name)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f6")
        assert "3名申请人要过" in dump(app_of(pilot))
        await press(pilot, "enter", "f4")
        front(pilot).query_one(FormView).put({"fit": "yes", "why": "王建国审查，不涉及第十四条至第十六条"})
        await press(pilot, "f9", "home", "enter")
        await fill(pilot, name="柳河镇土地流转台账", shelf="2号柜")
        await press(pilot, "f9")
        await until_said(pilot, "公开目录里有了")
        assert desk.catalogue.count == 1


# -- visitors --------------------------------------------------------------------------------------------------


@pytest.fixture
def lent(printing: Desk) -> Desk:
    register(printing, applicant="欧阳不公开")
    printing.catalogue.publish(
        Entry("LH1", "柳河镇2026年部门预算", url="https://a.example/1", published_on="2026-02-10")
    )
    printing.machine.set_pin(PIN)
    return printing


async def test_without_a_pin_there_is_no_visitors_mode(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f9")
        assert isinstance(front(pilot), CatalogueScreen)
        await until_said(pilot, "先在【本机设置】里设遮屏密码")


async def test_no_key_leads_a_visitor_to_the_register(lent: Desk) -> None:
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9")
        for key in (
            *(f"f{n}" for n in (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)), *(f"ctrl+{c}" for c in "abdefghklnoprstuvwxyz"), "escape",
            "tab", "tab", "enter", "shift+tab",
        ):  # fmt: skip
            await press(pilot, key)
            assert isinstance(front(pilot), VisitorScreen), key
            assert "欧阳不公开" not in dump(app_of(pilot)), key
        await press(pilot, "f1")
        assert isinstance(front(pilot), HelpScreen)
        await press(pilot, "f1")
        assert isinstance(front(pilot), VisitorScreen), "not into the clerk's handbook"


async def test_only_the_pin_leads_out(lent: Desk) -> None:
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9", "ctrl+q")
        assert isinstance(front(pilot), LeaveScreen)
        await press(pilot, *"1111", "enter")
        await until_said(pilot, "密码不对")
        await press(pilot, "ctrl+q", "ctrl+p", "ctrl+l", "f12")
        assert isinstance(front(pilot), LeaveScreen)
        await press(pilot, "escape")
        assert isinstance(front(pilot), VisitorScreen)
        await press(pilot, "ctrl+q", *PIN, "enter")
        assert isinstance(front(pilot), CatalogueScreen)


async def test_a_visitor_prints_a_page_and_it_is_counted(lent: Desk, paper: Paper) -> None:
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9", "f7")
        await until_said(pilot, "先点一条要印的")
        await press(pilot, *"bmys", "f7")
        assert "全部印，共1页" in dump(app_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: len(paper.sent) == 1)
        assert lent.visitors.copies(2026) == 1


async def test_two_idle_minutes_forget_the_last_search(lent: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.reading.visitors.LOOK_S", 0.05)
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9", *"ys", "f1")
        assert isinstance(front(pilot), HelpScreen)
        monkeypatch.setattr("deskapp.screens.reading.visitors.IDLE_S", 0.2)
        await until(pilot, lambda: isinstance(front(pilot), VisitorScreen))
        await until(pilot, lambda: not front(pilot).query_one("#words", Input).value)


async def test_the_command_opens_in_visitors_hands_and_ends_with_the_pin(lent: Desk) -> None:
    from deskapp.app import DeskApp

    app = DeskApp(lent.home, lent.clock, lent, visitors=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, VisitorScreen)
        assert not any(isinstance(room, BoardScreen) for room in app.screen_stack)
        await press(pilot, "ctrl+q", *PIN, "enter")
    assert not app.is_running


async def test_paging_where_there_is_nothing_to_page_ends_nothing(lent: Desk) -> None:
    lent.questions.enter(QuestionDraft(question="几点下班", answer="五点半"))
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "pagedown", "pageup", "f9", "pagedown", "pageup")
        assert isinstance(front(pilot), VisitorScreen)
        await press(pilot, "ctrl+q", *PIN, "enter", "escape", "f5", "pagedown", "pageup")


async def test_help_leaves_the_cursor_where_it_was(lent: Desk) -> None:
    lent.catalogue.publish(Entry("LH2", "防汛应急预案", url="https://a.example/2", published_on="2025-01-01"))
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "down", "f1", "escape")
        assert front(pilot).current().name == "防汛应急预案"


async def test_a_damaged_row_does_not_let_a_visitor_out(lent: Desk, paper: Paper) -> None:
    lent.machine.choose_printer("前台激光")
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9")
        with lent.catalogue._entries.store.write():
            lent.catalogue._entries.store.execute("UPDATE entries SET published_on = '2026-13-45'")
            lent.catalogue._entries.store.execute("DROP TABLE texts")
        await press(pilot, "escape", "f7")
        assert isinstance(front(pilot), VisitorScreen)


async def test_typing_the_pin_is_no_idling(lent: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.reading.visitors.LOOK_S", 0.02)
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9", "ctrl+q")
        monkeypatch.setattr("deskapp.screens.reading.visitors.IDLE_S", 3.0)
        for digit in PIN:
            await press(pilot, digit)
            await pilot.pause(0.9)
        assert isinstance(front(pilot), LeaveScreen)
        await press(pilot, "enter")
        assert isinstance(front(pilot), CatalogueScreen)


async def test_no_year_before_the_regulation(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f4", *["f5"] * 25)
        assert "2008年" in dump(app_of(pilot))


async def test_a_key_of_a_visitor_acts_once(lent: Desk) -> None:
    for n in range(2, 6):
        lent.catalogue.publish(Entry(f"LH{n}", f"预算{n}", url="https://a.example", published_on=f"202{n}-01-01"))
    async with running(lent.home, lent) as pilot:
        await press(pilot, "f12", "f3", "f9", *"ys", "down")
        assert front(pilot).query_one(Rows).cursor == 1
        await press(pilot, "down", "up")
        assert front(pilot).query_one(Rows).cursor == 1
