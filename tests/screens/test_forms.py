"""Forms: what is cleared comes back once, what cannot be chosen any more is said, nothing typed is lost, refusals stay."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Select

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.office.doctor import BackupScreen
from deskapp.screens.office.report import ReportScreen
from deskapp.widgets.foot_lines import REFUSED, FootLines
from deskapp.widgets.header import DeskHeader
from tests.conftest import issue_granted, make_desk, register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until, until_said
from tests.screens.rooms import screen_named


def burst(pilot: Pilot[bool], *keys: str) -> None:
    """Keys that the terminal hands over at once."""
    for key in keys:
        assert pilot.app._driver
        pilot.app._driver.send_message(events.Key(key, key if len(key) == 1 else None))


def values(pilot: Pilot[bool]) -> dict[str, str]:
    return front(pilot).query_one(FormView).values()  # type: ignore[no-any-return]  # the screen in front is of any class


def test_a_choice_that_is_none_becomes_the_first() -> None:
    field = FormField("a", "甲", "choice", (("x", "一"), ("y", "二")))
    assert [field.settled(value) for value in ("x", "y", "", "z")] == ["x", "y", "x", "x"]
    assert FormField("b", "乙").settled("anything") == "anything"


@pytest.mark.parametrize("number", ["LH-2026-0001", "LH-2026-0042", "LH-2026-0045", "LH-2026-0041"])
@pytest.mark.each(2)
async def test_clearing_on_a_case_of_any_state(practice: Desk, number: str) -> None:
    """Archived, answered, withdrawn, open: nothing was typed, so nothing is said to be left over, and nothing is cleared."""
    case = practice.lookup.case_by_no(number)
    async with running(practice.home, practice) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await press(pilot, "f6")
        assert "上次没填完" not in dump(app_of(pilot))
        await press(pilot, "ctrl+b")
        assert isinstance(front(pilot), NoteScreen)
        await until_said(pilot, "还没有填过，不用清空")


async def test_clearing_shows_the_right_fields_and_can_be_taken_back(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        front(pilot).query_one("#field-act", Select).value = "voided"
        await pilot.pause()
        front(pilot).query_one("#field-why").focus()
        await type_text(pilot, "重复登记")
        typed = values(pilot)
        await press(pilot, "ctrl+b")
        assert values(pilot) == {"act": "voided", "on": "", "number": case.case_no, "why": ""}, "the act stays"
        assert "作废哪一个" in dump(app_of(pilot)), "the fields of the act that stands there"
        await press(pilot, "ctrl+b")
        assert values(pilot) == typed
        await press(pilot, "escape")
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await until_said(pilot, "上次没填完的还在")
        assert values(pilot)["why"] == "重复登记"


FORMS = (
    "intake", "letter", "letter_page", "serve", "note", "mail_entry", "set_aside", "opinions", "machine", "unit", "calendars", "handover",
    "visit", "slip", "question", "backup", "bundles", "table_two", "list_matching", "matching", "entry", "point_note", "tick", "reason",
)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.each(8)
async def test_every_form_is_cleared_by_one_key_and_brought_back_by_it(name: str, practice: Desk) -> None:
    """Whatever was typed or chosen: the last choice everywhere, words everywhere else."""
    async with running(practice.home, practice) as pilot:
        await pilot.app.push_screen(screen_named(name, practice) or CaseScreen(""))
        await pilot.pause()
        form = front(pilot).query_one(FormView)
        blank = values(pilot)
        for choice in list(form.query(Select)):
            choice.value = choice._options[-1][1]
            await pilot.pause()
        form.put({field.key: f"改过{n}" for n, field in enumerate(form.fields) if field.kind != "choice"})
        await pilot.pause()
        typed = values(pilot)
        assert typed != blank
        await press(pilot, "f6")
        assert values(pilot) == typed, "F6 changes nothing"
        await press(pilot, "ctrl+b")
        assert values(pilot) == {field.key: form.blank[field.key] for field in form.fields}
        await press(pilot, "ctrl+b")
        assert values(pilot) == typed


async def test_a_draft_of_a_choice_that_is_gone(desk: Desk) -> None:
    """The letter that the form was about was delivered elsewhere meanwhile."""
    letter = issue_granted(desk)
    key = f"NoteScreen:{letter.case_id}"
    desk.drafts.keep(key, {"act": "struck", "n": "99", "why": "写错了"})
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(NoteScreen(letter.case_id))
        await until_said(pilot, "【哪一条】上次选的，现在没有这一项了")
        assert values(pilot)["why"] == "写错了"


async def test_a_choice_and_f9_in_one_burst_both_count(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id, "granted"))
        await pilot.pause()
        front(pilot).query_one("#field-who", Input).value = "王建国"
        front(pilot).query_one("#field-verdict").focus()
        await pilot.pause()
        burst(pilot, "enter", "down", "enter", "f9")
        await until(pilot, lambda: desk.lookup.case(case.case_id).reviews)
        await until_said(pilot, "已记下")


async def test_what_f9_refuses_right_after_a_choice_stays_said(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id, "granted"))
        await pilot.pause()
        front(pilot).query_one("#field-who", Input).value = ""
        front(pilot).query_one("#field-verdict").focus()
        await pilot.pause()
        burst(pilot, "enter", "down", "enter", "f9")
        await until_said(pilot, REFUSED)
        await asyncio.sleep(0.6)
        await pilot.pause()
        assert front(pilot).query_one(FootLines).word == REFUSED
        assert front(pilot).query_one(FootLines).said


async def test_f9_twice_during_a_backup_says_that_it_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = Event(), desk.upkeep.backup

    def slow(target: Path, password: str = "") -> Any:
        go.wait(10)
        return real(target, password)

    monkeypatch.setattr(desk.upkeep, "backup", slow)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(BackupScreen())
        await pilot.pause()
        front(pilot).query_one("#field-folder", Input).value = str(tmp_path)
        await pilot.press("f9", "f9")
        await until_said(pilot, BackupScreen.GOING_ON)
        assert "请填写备份到哪里" not in dump(app_of(pilot))
        await pilot.press("escape")
        go.set()
        await until_said(pilot, "已备份到")  # said also after the screen was left


async def test_a_refusal_while_listing_a_cell_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> list[str]:
        raise DeskError("登记簿读不出来。", "", "")

    monkeypatch.setattr(desk.reporting, "cell", refused)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReportScreen())
        await pilot.pause()
        await press(pilot, "enter")
        await until_said(pilot, "登记簿读不出来")


async def test_a_sentence_of_before_takes_no_refusal_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.widgets.foot_lines.SHOWN_S", 0.2)
    async with running(desk.home, desk) as pilot:
        screen = front(pilot)
        assert isinstance(screen, DeskScreen)
        line = screen.query_one(FootLines)
        line.say("已登记。", False)
        line.say("没有存上。", True)
        await asyncio.sleep(0.4)
        await pilot.pause()
        assert line.said
        line.say("", False)
        assert "没有存上" in dump(app_of(pilot))


async def test_a_form_that_is_open_over_midnight_shows_the_new_day(tmp_path: Path) -> None:
    clock = FixedClock(date(2026, 11, 20))
    desk = make_desk(tmp_path / "home", clock)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        assert "2026-11-20 星期五" in dump(app_of(pilot))
        clock.set(date(2026, 11, 21))
        front(pilot).query_one(DeskHeader).keep_in_step()
        await pilot.pause()
        assert "2026-11-21 星期六" in dump(app_of(pilot))
