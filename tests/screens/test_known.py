"""What is known stands in the forms: who signs, where something published is found."""

from __future__ import annotations

from textual.widgets import Select

from deskapp.catalogue.entry import Entry
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.forms.view import FormView
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.page_form import GRID
from deskapp.widgets.prose import Prose
from tests.conftest import issue_granted, register
from tests.screens.conftest import app_of, dump, fill, front, press, running, until_said


async def test_the_usual_signer_stands_there_and_gives_way(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(DeliveryScreen(letter.case_id))
        await pilot.pause()
        form = front(pilot).query_one(FormView)
        assert form.values()["signed_by"] == "张三"
        form.query_one("#field-way", Select).value = "registered_mail"
        await pilot.pause()
        assert form.values()["signed_by"] == ""
        form.query_one("#field-way", Select).value = "in_person"
        await pilot.pause()
        assert form.values()["signed_by"] == "张三"
        await fill(pilot, signed_by="李四")
        assert form.values()["signed_by"] == "李四", "the first letter takes the place of what was a guess"
        await press(pilot, "f9")
        assert "不是申请人" in dump(app_of(pilot)).replace("\n", "")


async def test_a_letter_about_something_published_takes_it_from_the_catalogue(desk: Desk) -> None:
    desk.catalogue.publish(Entry("LH1", "柳河镇2025年部门预算", published_on="2026-03-01", url="https://a.example/1"))
    case = register(desk, content="柳河镇2025年部门预算")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "already_public", "已主动公开"))
        await until_said(pilot, "公开目录里有相近的")
        await press(pilot, "enter")
        await until_said(pilot, "已照公开目录填好")
        values = front(pilot).query_one(FormView).values()
        assert values["public_title"] == "柳河镇2025年部门预算"
        assert "https://a.example/1" in values["where"]


async def test_the_next_search_takes_the_place_of_the_last_and_shows_what_changed(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(SearchScreen())
        await press(pilot, *"zs", "enter")
        assert "办理中" in dump(app_of(pilot))
        desk.acts.note(case.case_id, act_draft("withdrawn"))
        await press(pilot, "escape")
        assert "已撤回" in dump(app_of(pilot))
        await press(pilot, "l", "s")
        assert front(pilot).words == "ls"


async def test_the_page_beside_the_form_is_as_wide_as_a_line_even_with_its_scroll_bar(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "third_party_consultation", "征求意见书"))
        await pilot.pause()
        assert front(pilot).query_one("#page-pane").show_vertical_scrollbar
        assert front(pilot).query_one("#page").size.width >= GRID


async def test_in_a_narrow_window_every_check_stands_over_the_letter(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, (80, 24)) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "third_party_consultation", "征求意见书"))
        await pilot.pause()
        below = front(pilot).query_one("#findings-above", Prose)
        assert not below.display
        await press(pilot, "f4")
        assert below.display
        assert below.virtual_region.y < front(pilot).query_one("#page").virtual_region.y
        assert "必须改" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert not below.display
