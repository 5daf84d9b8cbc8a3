"""What is typed in a list and is none of its options is never lost without a word."""

from __future__ import annotations

import pytest
from textual import events

from deskapp.desk import Desk
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.widgets.choice import Choice
from tests.conftest import register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until_said


async def test_a_name_typed_into_the_list_of_channels_is_told_at_once(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        await type_text(pilot, "赵建国")
        await until_said(pilot, "【收到方式】里没有【赵建国】这一项，打的字没有记下")
        await press(pilot, "tab")
        assert front(pilot).query_one("#field-channel", Choice).value == "in_person", "nothing was chosen by it"


async def test_f9_right_after_it_asks_once_and_then_does_it(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        front(pilot).query_one("#field-applicant").value = "钱明"
        front(pilot).query_one("#field-content").text = "道路"
        front(pilot).query_one("#field-channel").focus()
        await type_text(pilot, "东街")
        await press(pilot, "f9")
        await until_said(pilot, "真的不要，再按一次 F9")
        assert desk.lookup.search("钱明") == []
        await press(pilot, "f9")
        await until_said(pilot, "LH-2026-0001")
        assert len(desk.lookup.search("钱明")) == 1


async def test_a_slip_of_one_letter_is_none(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2", "v")
        assert "这一项" not in dump(app_of(pilot))


async def test_what_is_pasted_is_chosen_or_told(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        choice = front(pilot).query_one("#field-channel", Choice)
        choice.post_message(events.Paste("传真"))
        await pilot.pause()
        assert choice.value == "fax"
        choice.post_message(events.Paste("石桥镇东街8号"))
        await until_said(pilot, "里没有【石桥镇东街8号】这一项")


@pytest.mark.parametrize(("typed", "chosen"), [("交", "given"), ("没", "lacking")])
async def test_the_opposite_is_not_taken_for_it(desk: Desk, typed: str, chosen: str) -> None:
    """没有交，要补正 has 有交 within it and means none."""
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        choice = Choice(
            [("交了授权委托书", "given"), ("没有交，要补正", "lacking")], value="given", allow_blank=False
        )
        await front(pilot).mount(choice)
        choice.focus()
        await type_text(pilot, typed)
        await press(pilot, "enter")
        assert choice.value == chosen
        choice.value = "given"
        choice.focus()
        await type_text(pilot, "有")
        await press(pilot, "enter")
        assert choice.value == "given"
        assert choice.lost == "", "a choice ends it"


async def test_before_a_letter_goes_out_it_is_said_whose_it_is(desk: Desk) -> None:
    case = register(desk, applicant="钱明")
    desk.reviews.note(case.case_id, OpinionDraft(who="王建国"))
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        front(pilot).query_one("#field-attachments").text = "台账12页"
        await until_said(pilot, "可以发出")
        await press(pilot, "f9")
        assert isinstance(front(pilot), ConfirmScreen)
        assert "发出【政府信息公开申请答复书】？LH-2026-0001 钱明" in dump(app_of(pilot))


async def test_a_number_that_was_given_up_is_not_answered(desk: Desk) -> None:
    case = register(desk)
    desk.passing.out(case.case_no, "别的机关", desk.home)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(CaseScreen(case.case_id))
        assert "已作废" in dump(app_of(pilot))
        assert "办理中" not in dump(app_of(pilot))
        await press(pilot, "f4")
        await until_said(pilot, "这个登记号不再用")
        assert isinstance(front(pilot), CaseScreen)
