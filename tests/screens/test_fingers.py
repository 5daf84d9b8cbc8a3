"""Fingers in a form: typing in a closed list, taking back, selecting all, copying out."""

from __future__ import annotations

from typing import TypeVar

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from deskapp.desk import Desk
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.frame import copying
from deskapp.screens.frame.copying import DEAF, SURE, UNKNOWN, clipboard_program, terminal_takes, told
from tests.conftest import register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until

OneWidget = TypeVar("OneWidget", bound=Widget)


async def registering(pilot: Pilot[bool], field: str, kind: type[OneWidget]) -> OneWidget:
    """The form of 登记, the cursor in one of its fields."""
    await pilot.app.push_screen(IntakeScreen())
    await pilot.pause()
    found: OneWidget = front(pilot).query_one(field, kind)
    found.focus()
    return found


def chosen(pilot: object) -> str:
    select = front(pilot).query_one("#field-channel", Select)  # type: ignore[arg-type]  # a pilot
    return str(select.value)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("px", "ordinary_mail"), ("pingxin", "ordinary_mail"), ("平", "ordinary_mail"), ("wl", "online"), ("gh", "registered_mail"),
        ("kou", "oral"), ("wlpx", "ordinary_mail"), ("vvv", "in_person"), ("ghx", "registered_mail"),
    ],
)  # fmt: skip
@pytest.mark.each(9)
async def test_typing_in_a_closed_list_opens_it_at_what_is_meant(desk: Desk, keys: str, value: str) -> None:
    async with running(desk.home, desk) as pilot:
        await registering(pilot, "#field-channel", Widget)
        await press(pilot, *keys)
        assert front(pilot).query_one("#field-channel", Select).expanded
        await press(pilot, "enter")
        assert chosen(pilot) == value


async def test_a_backspace_takes_back_a_letter_of_what_is_looked_for(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await registering(pilot, "#field-applicant_class", Widget)
        await press(pilot, "s", "h", "backspace", "y", "enter")
        assert front(pilot).query_one("#field-applicant_class", Select).value == "enterprise"


async def test_what_was_typed_in_a_line_is_taken_back_and_done_again(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        line = await registering(pilot, "#field-applicant", Input)
        await pilot.pause()
        await type_text(pilot, "张三")
        await press(pilot, "ctrl+a")
        assert line.selected_text == "张三"
        await type_text(pilot, "李四")
        assert line.value == "李四"
        await press(pilot, "ctrl+z", "ctrl+z")
        assert line.value == "张三"
        await press(pilot, "ctrl+z")
        assert line.value == ""
        await press(pilot, "ctrl+z", "ctrl+y")
        assert line.value == "张三"
        await type_text(pilot, "丰")
        await press(pilot, "ctrl+y")
        assert line.value == "张三丰"


async def test_a_deleted_word_comes_back_whole(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        line = await registering(pilot, "#field-address", Input)
        await type_text(pilot, "桥头村12号")
        await press(pilot, "ctrl+u")
        assert line.value == ""
        await press(pilot, "ctrl+z")
        assert line.value == "桥头村12号"


async def test_a_long_text_is_selected_and_taken_back_too(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        box = await registering(pilot, "#field-content", TextArea)
        await type_text(pilot, "预算")
        await press(pilot, "ctrl+a", "x")
        assert box.text == "x"
        await press(pilot, "ctrl+z")
        assert box.text == "预算"


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a clipboard program of this computer was given."""
    given: list[str] = []

    def take(text: str) -> bool:
        given.append(text)
        return True

    monkeypatch.setattr(copying, "hand_over", take)
    return given


async def test_the_row_the_number_the_field_and_the_selection_are_copied(desk: Desk, clipboard: list[str]) -> None:
    content = "柳河镇2025年农村土地承包经营权流转台账，包括桥头村、上街村和白杨村的全部附件"
    case = register(desk, content=content)
    async with running(desk.home, desk) as pilot:
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen) and case.case_no in dump(app_of(pilot)))
        await press(pilot, "ctrl+c")
        assert clipboard[-1] == f"LH-2026-0001　张三　{content}"
        assert "已复制：LH-2026-0001" in dump(app_of(pilot))
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await press(pilot, "ctrl+c")
        assert clipboard[-1] == "LH-2026-0001"
        await pilot.app.push_screen(IntakeScreen())
        await pilot.pause()
        front(pilot).query_one("#field-applicant", Input).focus()
        await type_text(pilot, "王建军")
        await press(pilot, "ctrl+c")
        assert clipboard[-1] == "王建军"
        await press(pilot, "shift+left", "ctrl+c")
        assert clipboard[-1] == "军"


async def test_where_nothing_is_selected_it_says_so_and_names_the_key_that_ends(
    desk: Desk, clipboard: list[str]
) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+c")
        assert clipboard == []
        assert "没有复制" in dump(app_of(pilot))
        assert "Ctrl+Q" in dump(app_of(pilot))


@pytest.mark.parametrize(
    ("env", "platform", "says"),
    [
        ({"WT_SESSION": "1"}, "win32", SURE), ({}, "win32", DEAF), ({"TERM": "xterm-256color"}, "linux", UNKNOWN),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, "linux", DEAF), ({"TERM": "putty-256color"}, "linux", DEAF),
        ({"TMUX": "/tmp/x", "VTE_VERSION": "7200"}, "linux", SURE), ({"TERM": "foot"}, "linux", SURE),
    ],
)  # fmt: skip
def test_what_is_known_of_terminals(env: dict[str, str], platform: str, says: str) -> None:
    assert terminal_takes(env, platform) == says


def test_it_is_said_plainly_where_a_terminal_takes_nothing() -> None:
    assert told("LH-2026-0001", False, SURE) == ("已复制：LH-2026-0001", False)
    assert told("LH-2026-0001", True, DEAF) == ("已复制：LH-2026-0001", False)
    sentence, refused = told("LH-2026-0001", False, DEAF)
    assert refused
    assert "不让程序复制" in sentence
    assert "LH-2026-0001" in sentence
    sentence, refused = told("字" * 100, False, UNKNOWN)
    assert not refused
    assert "共100个字" in sentence
    assert "粘贴不出来的" in sentence


def test_the_clipboard_of_another_computer_is_not_this_ones() -> None:
    assert clipboard_program({"SSH_CONNECTION": "1", "DISPLAY": ":0"}, "linux") == []
    assert clipboard_program({}, "linux") == []
    assert clipboard_program({}, "win32") == ["clip"]
