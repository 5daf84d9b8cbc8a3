"""A refusal that is about a field puts the cursor there and marks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.widgets import TextArea

from deskapp.desk import Desk
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.mail import MailEntryScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.line_input import MOST_PASTED
from tests.conftest import issue_granted, register
from tests.screens.conftest import front, press, running, until_said

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
async def test_the_cursor_goes_to_the_field(desk: Desk, room: str, typed: dict[str, str], field: str) -> None:
    case = issue_granted(desk) if room == "serve" else register(desk)
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
