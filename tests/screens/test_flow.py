"""The main job through the screens: every act ends in the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.guide import GuideScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.too_small import TooSmallScreen
from deskapp.screens.office.setup import SetupScreen
from deskapp.screens.training.specimen import SpecimenScreen
from deskapp.widgets.rows import Rows
from tests.conftest import DAY, give_opinions, issue_granted, register
from tests.screens.conftest import app_of, dump, fill, running, type_text, until, until_said


async def test_first_run_asks_for_the_unit_and_opens_the_board(tmp_path: Path) -> None:
    async with running(tmp_path / "home", None) as pilot:
        assert isinstance(pilot.app.screen, SetupScreen)
        await pilot.press("f9")
        assert "机关全称" in dump(app_of(pilot))
        assert not (tmp_path / "home").exists()
        await fill(
            pilot, name="青山县柳河镇人民政府", letter_word="柳政依复", site_code="lh", address="中心街1号",
            phone="0579-5550100", review_body="青山县人民政府", court="青山县人民法院",
        )  # fmt: skip
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SpecimenScreen)
        assert "资料齐全" in dump(app_of(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BoardScreen)
        assert app_of(pilot).desk.lookup.unit().site_code == "LH"


async def test_register_answer_serve_archive(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        assert isinstance(pilot.app.screen, IntakeScreen)
        await fill(pilot, applicant="欧阳修远", phone="13905550123", content="流转台账")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterPaperScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CaseScreen)
        await pilot.press("f4", "y", "y", "g", "k", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterScreen)
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewsScreen)
        await fill(pilot, who="王建国")
        pilot.app.screen.query_one("#field-verdict", Select).value = "yes"
        await pilot.press("f9", "escape")
        await pilot.pause()
        await fill(pilot, attachments="台账（2页）")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterPaperScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert len(list((desk.home / "文书").glob("*.pdf"))) == 1
        await pilot.press("escape", "f5")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DeliveryScreen)
        await fill(pilot, signed_by="欧阳修远")
        await pilot.press("f9")
        await pilot.pause()
        assert "按期" in dump(app_of(pilot))
        await pilot.press("f6", "g", "d", "f9")
        await pilot.pause()
        assert "案卷里还缺" in dump(app_of(pilot)), "papers are missing: it is asked"
        await pilot.press("escape", "f9", "enter")
        case = desk.lookup.case_by_no("LH-2026-0001")
        assert [e.act for e in case.history] == [
            "received",
            "issued",
            "reviewed",
            "drafted",
            "issued",
            "printed",
            "served",
            "archived",
        ]


async def test_a_blocking_fault_stops_issue_and_takes_the_cursor_there(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "not_held", "信息不存在"))
        await pilot.pause()
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterScreen)
        assert "还不能发出。法律顾问意见" in dump(app_of(pilot))
        give_opinions(desk, case.case_id, "not_held")
        await pilot.press("f9")
        await pilot.pause()
        assert pilot.app.focused is pilot.app.screen.query_one("#field-search_process")
        assert not desk.lookup.case(case.case_id).letters


async def test_pressed_twice_done_once(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        await fill(pilot, applicant="张三", content="预算")
        await pilot.press("f9", "f9", "f9")
        await pilot.pause()
        assert len(desk.lookup.search("")) == 1
        case = desk.lookup.case_by_no("LH-2026-0001")
        assert [e.act for e in case.history] == ["received", "issued"]


async def test_issue_confirmed_twice_takes_one_number(desk: Desk) -> None:
    case = register(desk)
    give_opinions(desk, case.case_id, "granted")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await pilot.pause()
        await fill(pilot, attachments="台账")
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert [x.number for x in desk.lookup.case(case.case_id).letters] == ["柳政依复〔2026〕1号"]


async def test_what_was_typed_is_kept_when_leaving(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        await fill(pilot, applicant="半个名")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        await pilot.press("f2")
        await pilot.pause()
        assert pilot.app.screen.query_one("#field-applicant", Input).value == "半个名"


async def test_what_was_typed_is_kept_when_the_terminal_is_closed(desk: Desk, clock: FixedClock) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        await fill(pilot, applicant="半个名")
        await until(pilot, lambda: desk.drafts.get("intake").get("applicant") == "半个名")
    again = Desk.open(desk.home, clock)
    assert again.drafts.get("intake")["applicant"] == "半个名"
    again.close()


async def test_a_form_that_another_window_fills_in_begins_empty_and_says_so(desk: Desk, clock: FixedClock) -> None:
    other = Desk.open(desk.home, clock)
    other.drafts.keep("intake", {"applicant": "张老汉"})
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        await until_said(pilot, "另一个窗口正在填这张表")
        assert pilot.app.screen.query_one("#field-applicant", Input).value == ""
        await pilot.press("escape")
        other.close()
        await pilot.press("f2")
        await until_said(pilot, "上次没填完的还在（11月20日00:00在这台电脑上填的），接着填就行")
        assert pilot.app.screen.query_one("#field-applicant", Input).value == "张老汉"


async def test_a_paste_of_several_lines_is_taken_whole(desk: Desk) -> None:
    from textual import events

    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        field = pilot.app.screen.query_one("#field-address", Input)
        field.focus()
        await pilot.pause()
        field.post_message(events.Paste("柳河镇\r\n桥头村\n12号"))
        await pilot.pause()
        assert field.value == "柳河镇 桥头村 12号"


async def test_the_channel_names_the_legal_day_of_receipt(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        pilot.app.screen.query_one("#field-channel", Select).value = "registered_mail"
        await pilot.pause()
        assert "签收之日（门卫、收发室签收也算）" in dump(app_of(pilot))


async def test_hostile_text_is_only_text(desk: Desk) -> None:
    for name in ("赵[红]", "钱[/bad]", "[link=x]孙", "[bold", "李\x1b[31m红"):
        register(desk, applicant=name, content=f"{name}的[/][@click=app.exit]台账")
    async with running(desk.home, desk, (120, 40)) as pilot:
        board = dump(app_of(pilot))
        assert all(name in board for name in ("赵[红]", "钱[/bad]", "[bold"))
        await pilot.press("f3", "b", "a", "d")
        await pilot.pause()
        assert "钱[/bad]" in dump(app_of(pilot))
        await pilot.press("enter")
        await pilot.pause()
        assert "钱[/bad]  自然人" in dump(app_of(pilot))
        await pilot.press("f4", "enter")
        await pilot.pause()
        assert "钱[/bad]" in dump(app_of(pilot))


async def test_the_mouse_opens_a_case(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        cases = pilot.app.screen.query_one("#cases", Rows)
        row = next(n for n, option in enumerate(cases.rows) if option.key == case.case_id)
        await pilot.click("#cases", offset=(10, row))
        await pilot.pause()
        assert isinstance(pilot.app.screen, CaseScreen)


async def test_another_desks_change_comes_to_the_board(desk: Desk, clock: FixedClock) -> None:
    async with running(desk.home, desk) as pilot:
        other = Desk.open(desk.home, clock)
        register(other, applicant="别处来的")
        other.close()
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        screen._look()
        await pilot.pause()
        assert "别处来的" in dump(app_of(pilot))


async def test_a_case_changed_elsewhere_is_said_and_not_overwritten(desk: Desk, clock: FixedClock) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(letter.case_id, "platform_entered"))
        await pilot.pause()
        other = Desk.open(desk.home, clock)
        from deskapp.desk.cases.delivery import DeliveryDraft

        other.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="本人"))
        other.close()
        await pilot.press("f9")
        await pilot.pause()
        assert "另一个窗口里有了变化" in dump(app_of(pilot))
        assert not desk.lookup.case(letter.case_id).archived


async def test_a_small_window_is_told_and_loses_nothing(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        await fill(pilot, applicant="张三")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert isinstance(pilot.app.screen, TooSmallScreen)
        assert "窗口太小" in dump(app_of(pilot))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.screen.query_one("#field-applicant", Input).value == "张三"


async def test_search_by_initials_opens_the_case(desk: Desk) -> None:
    register(desk, applicant="李四")
    register(desk, applicant="曾巩")
    async with running(desk.home, desk) as pilot:
        await pilot.press("f3", *"zg")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "找到1件" in dump(app_of(pilot))
        await pilot.press("enter")
        await pilot.pause()
        assert "曾巩" in dump(app_of(pilot))


async def test_a_letter_out_of_time_is_said(desk: Desk, clock: FixedClock) -> None:
    letter = issue_granted(desk, received_on="2026-10-12")
    clock.set(date(2026, 11, 20))
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(DeliveryScreen(letter.case_id))
        await pilot.pause()
        await fill(pilot, signed_by="张三")
        await pilot.press("f9")
        await pilot.pause()
    assert desk_state(desk, letter.case_id) is False


def desk_state(desk: Desk, case_id: str) -> bool | None:
    again = Desk.open(desk.home, FixedClock(DAY))
    try:
        return again.lookup.deadline(again.lookup.case(case_id)).in_time
    finally:
        again.close()


async def test_an_unforeseen_error_shows_no_values(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    register(desk, applicant="机密的名字")

    def broken() -> None:
        secret = "机密的名字"
        raise RuntimeError(secret)

    app = DeskApp(desk.home, desk.clock, desk)
    with pytest.raises(RuntimeError):
        async with app.run_test(size=(80, 24)) as pilot:
            monkeypatch.setattr(app.desk.work, "board", broken)
            await pilot.press("f2", "escape")
            await pilot.pause()
    assert isinstance(app.failure, RuntimeError)
    assert app._exit_renderables == []


async def test_the_units_particulars_are_changed(desk: Desk, clock: FixedClock) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        pilot.app.screen.query_one("#field-phone", Input).value = "0579-5550199"
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BoardScreen)
        assert desk.lookup.unit().phone == "0579-5550199"


async def test_the_board_follows_the_day(desk: Desk, clock: FixedClock) -> None:
    register(desk, received_on="2026-10-26")
    async with running(desk.home, desk) as pilot:
        assert "三个工作日内 1" in dump(app_of(pilot))
        clock.set(date(2026, 11, 25))
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        screen._look()
        await pilot.pause()
        shown = dump(app_of(pilot))
        assert "2026-11-25" in shown
        assert "已逾期 1" in shown


async def test_a_burst_in_the_filter_of_kinds(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(GuideScreen(case.case_id))
        await pilot.pause()
        field = pilot.app.screen.query_one("#words", Input)
        for text in ("x", "xy", "xyz", "", "xyz"):
            field.value = text
        await pilot.pause()
        assert "没有符合的种类" in dump(app_of(pilot))


async def test_esc_in_the_preview_goes_back_to_the_fields(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await pilot.pause()
        await pilot.press("f4", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterScreen)
        assert "保密审查" in dump(app_of(pilot))


async def test_a_mended_fault_is_no_longer_said(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2", "f9")
        await pilot.pause()
        assert "请填写申请人" in dump(app_of(pilot))
        await type_text(pilot, "张三")
        await pilot.pause()
        assert "请填写申请人" not in dump(app_of(pilot))


async def test_half_a_delivery_is_kept(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await pilot.press("f5")
        await pilot.pause()
        await fill(pilot, proof="XA12")
        await pilot.press("escape", "f5")
        await pilot.pause()
        assert pilot.app.screen.query_one("#field-proof", Input).value == "XA12"


async def test_leaving_the_set_up_half_done_is_asked_first(tmp_path: Path) -> None:
    async with running(tmp_path / "home", None) as pilot:
        await type_text(pilot, "青山县")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SetupScreen)
