"""What a screen says fits where one is: of an empty list, of a kind that cannot be made, of a printer that is not there."""

from __future__ import annotations

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.reviews import AGREE
from deskapp.desk.office.staff import ColleagueDraft
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.seat import SeatModal
from deskapp.screens.office.archive import ArchiveScreen
from deskapp.screens.office.machine import MachineScreen
from deskapp.screens.office.wordings import WordingsScreen
from deskapp.screens.reading.standards import StandardsScreen
from deskapp.widgets.foot_lines import NOTE, FootLines
from deskapp.widgets.rows import Rows
from tests.conftest import GRANTED, register
from tests.screens.conftest import app_of, dump, press, running, type_text, until
from tests.screens.test_wordings import on_kind


async def test_of_an_empty_list_of_what_has_expired(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ArchiveScreen())
        await press(pilot, "f2")
        assert "先按 F4 换到保管期满清单" in app_of(pilot).screen.query_one(FootLines).said
        await press(pilot, "f4", "f4", "f2")
        assert "到2026年没有保管期满的" in app_of(pilot).screen.query_one(FootLines).said


async def test_no_form_opens_for_a_kind_of_answer_that_cannot_be(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(WordingsScreen())
        screen = app_of(pilot).screen
        assert isinstance(screen, WordingsScreen)
        on_kind(screen, "granted")
        screen.action_sister_kind()
        await pilot.pause()
        assert app_of(pilot).screen is screen
        assert "不能另加一种" in screen.query_one(FootLines).said


async def test_a_new_kind_is_under_the_cursor(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(WordingsScreen())
        screen = app_of(pilot).screen
        assert isinstance(screen, WordingsScreen)
        first = desk.wordings.first("search_slip", True)
        desk.wordings.save(
            "search_slip",
            {**first, "title": "二次检索单", "use_when": "再查的时候用。", "articles": "第三十六条"},
            True,
        )
        screen.refresh_rows()
        await pilot.pause()
        line = screen._line()
        assert line is not None
        assert line.title == "二次检索单"


async def test_without_a_print_service_nothing_was_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise DeskError("打印服务没有运行。", "", "")

    monkeypatch.setattr(desk.paper, "printers", none)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(MachineScreen())
        await pilot.pause()
        foot = app_of(pilot).screen.query_one(FootLines)
        assert (foot.word, "打印服务没有运行" in foot.said) == (NOTE, True)


async def test_where_nothing_was_found_nothing_is_to_be_chosen(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(SearchScreen())
        await until(pilot, lambda: "上下键选一件" in dump(app_of(pilot)))
        await type_text(pilot, "没有这个人")
        await until(pilot, lambda: "换一个词再找" in dump(app_of(pilot)))


async def test_a_text_that_is_too_long_names_its_field(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(IntakeScreen())
        screen = app_of(pilot).screen
        assert isinstance(screen, IntakeScreen)
        problems = desk.intake.check(screen._draft().model_copy(update={"address": "路" * 300}))
        assert "通信地址：太长" in screen._missing(problems, [], named=True).plain


async def test_when_all_opinions_are_there_one_act_comes_next(desk: Desk) -> None:
    case = register(desk)
    desk.drafts.keep(desk.reply.draft_key(case.case_id, "granted"), GRANTED)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id, "granted"))
        await pilot.pause()
        form = app_of(pilot).screen.query_one(FormView)
        form.put({**form.values(), "who": "王建国", "verdict": AGREE})
        await pilot.press("f9")
        await until(pilot, lambda: "必须有的都有了，按 Esc 回去" in dump(app_of(pilot)))
        await until(pilot, lambda: app_of(pilot).screen.query_one(FootLines).said == "已记下。必须有的都有了。")


async def test_who_sits_here_is_explained(desk: Desk) -> None:
    desk.staff.enter(ColleagueDraft(name="王敏"))
    desk.staff.enter(ColleagueDraft(name="周小雨"))
    async with running(desk.home, desk) as pilot:
        pilot.app.push_screen(SeatModal())
        await pilot.pause()
        await pilot.press("f1")
        await until(pilot, lambda: "都写坐在这里的人的名字" in dump(app_of(pilot)))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SeatModal)


async def test_without_a_standard_catalogue_only_its_import_is_offered(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(StandardsScreen())
        await pilot.pause()
        assert dump(app_of(pilot)).count("还没有标准目录") == 1
        assert "F8" in dump(app_of(pilot))
        assert "F5" not in dump(app_of(pilot))


async def test_pages_of_the_list_of_acts_and_whole_keys(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        rows = app_of(pilot).screen.query_one("#commands", Rows)
        assert any("Ctrl+下键 " in row.text and "下一组 " in row.text for row in rows.rows)
        before = rows.cursor
        await pilot.press("pagedown")
        assert rows.cursor != before
