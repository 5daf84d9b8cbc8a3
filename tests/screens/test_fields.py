"""A refusal that is about a field puts the cursor there and marks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.widgets import TextArea

from deskapp.desk import Desk
from deskapp.forms.acts import form_of_act
from deskapp.forms.letters import form_of_letter
from deskapp.forms.office import table_two_form
from deskapp.forms.reading import POINT_NUMBERS, VISIT
from deskapp.forms.view import FormView
from deskapp.law.table_two import lines_of
from deskapp.register.acts import ACTS
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.mail import MailEntryScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.line_input import MOST_PASTED
from letters.catalogue import shipped
from tests.conftest import issue_granted, register
from tests.screens.conftest import fill, front, press, running, until_said

CASES: tuple[tuple[str, dict[str, str], str], ...] = (
    ("serve", {"proof": ""}, "signed_by"),
    ("serve", {"signed_by": "李四"}, "relation"),
    ("serve", {"on": "二月三十"}, "on"),
    ("mail", {"number": ""}, "number"),
    ("mail", {"number": "XA1", "signed_on": "13-13"}, "signed_on"),
    ("note", {"act": "extended", "working_days": "二十"}, "working_days"),
    ("note", {"act": "extended", "working_days": "5"}, "approved_by"),
    ("note", {"act": "party_consulted"}, "party"),
    ("opinions", {}, "who"),
    ("handover", {}, "to_whom"),
)


@pytest.mark.parametrize(("room", "typed", "field"), CASES, ids=[f"{room}-{field}" for room, _, field in CASES])
@pytest.mark.each(3)
async def test_the_cursor_goes_to_the_field(desk: Desk, room: str, typed: dict[str, str], field: str) -> None:
    nobody_known = {"applicant_class": "enterprise"} if field == "signed_by" else {}
    case = issue_granted(desk, **nobody_known) if room == "serve" else register(desk)
    rooms: dict[str, Callable[[], DeskScreen]] = {
        "serve": lambda: DeliveryScreen(case.case_id),
        "mail": MailEntryScreen,
        "note": lambda: NoteScreen(case.case_id),
        "opinions": lambda: ReviewsScreen(case.case_id),
    }
    async with running(desk.home, desk) as pilot:
        if room == "handover":
            await press(pilot, "ctrl+o")
        else:
            await pilot.app.push_screen(rooms[room]())
            await pilot.pause()
        front(pilot)._lay(typed)
        await pilot.pause()
        await press(pilot, "f9")
        assert (front(pilot).focused.id or "") == f"field-{field}"
        assert front(pilot).query_one(f"#label-{field}").has_class("problem")


async def test_a_paste_of_a_million_signs_does_not_hold_the_desk(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.press("f2")
        for key in ("applicant", "content"):
            field = pilot.app.screen.query_one(f"#field-{key}")
            field.focus()
            await pilot.pause()
            field.post_message(events.Paste("字" * 1_000_000))
            await pilot.pause()
            text = field.text if isinstance(field, TextArea) else str(getattr(field, "value", ""))
            assert len(text) == MOST_PASTED
        await pilot.press("f9")
        await until_said(pilot, "太长")


def test_every_field_of_a_number_says_that_it_wants_one() -> None:
    of_acts = [field for act in ACTS.values() if act.by_hand for field in act.by_hand.fields]
    shown = {field.key: field for field in form_of_act({}, of_acts)}
    numbers = [shown[field.key] for field in of_acts if field.type == "number"]
    facts = {
        key: fact
        for kind in shipped().templates.values()
        for key, fact in kind.fields.items()
        if fact.type == "number"
    }
    numbers += [
        *form_of_letter(facts),
        *POINT_NUMBERS.values(),
        *(f for f in VISIT if f.key in ("people", "minutes")),
    ]
    numbers += table_two_form(lines_of(2026))
    assert len(numbers) > 20
    for field in numbers:
        assert (field.kind, field.hint) == ("number", "填数字"), field.label


async def test_an_opinion_written_as_words_is_refused_as_no_number(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f9", "f2")
        await fill(pilot, title="座谈", opinions="希望延长时间")
        await press(pilot, "f9")
        await until_said(pilot, "几条意见、问题【希望延长时间】不是数字。")
        assert (front(pilot).focused.id or "") == "field-opinions"


async def test_what_a_way_of_delivery_needs_is_starred_and_said_to_be_next(desk: Desk) -> None:
    letter = issue_granted(desk, applicant_class="enterprise")
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await pilot.app.push_screen(DeliveryScreen(letter.case_id))
        await until_said(pilot, "填签收人，填好按 F9 记下")
        labels = {key: front(pilot).query_one(f"#label-{key}").render().plain for key in ("signed_by", "proof")}
        assert labels == {"signed_by": "*签收人", "proof": "凭证号"}
        front(pilot)._lay({"way": "registered_mail"})
        await until_said(pilot, "填凭证号，填好按 F9 记下")
        await fill(pilot, proof="1234567890123")
        await until_said(pilot, "下一步  填好按 F9 记下")


async def test_a_form_that_was_cleared_begins_at_its_first_field(desk: Desk) -> None:
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "f2", "tab", "tab", *"张三", "tab", "tab", "tab", *"139")
        await press(pilot, "ctrl+b")
        assert front(pilot).focused.id == "field-channel"


async def test_words_that_name_no_act_are_where_the_cursor_goes_and_are_cleared(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await press(pilot, *"没有这事", "tab", "f9")
        await until_said(pilot, "没有叫【没有这事】的事")
        assert front(pilot).focused.id == "words"
        await press(pilot, "ctrl+b")
        await until_said(pilot, "已清空，可以记的都列出来了")
        assert front(pilot).query_one("#words").value == ""


@pytest.mark.parametrize(
    ("keys", "channel"), [(("tab",), "registered_mail"), (("escape",), "in_person"), (("enter",), "registered_mail")]
)
async def test_what_typing_found_in_a_list_is_taken_by_going_on(
    desk: Desk, keys: tuple[str, ...], channel: str
) -> None:
    """Every other field takes Tab; Escape alone gives up what was typed."""
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2", *"邮寄", *keys)
        await press(pilot, "tab", "tab")
        assert front(pilot).query_one(FormView).values()["channel"] == channel


async def test_what_typing_found_in_a_list_is_taken_by_acting(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三", content="部门预算", phone="13905550123")
        front(pilot).query_one("#field-channel").focus()
        await press(pilot, *"传真", "f9")
        await pilot.pause()
        found = desk.lookup.search("张三")
        assert [desk.lookup.case(each.case_id).received.channel for each in found] == ["fax"]
