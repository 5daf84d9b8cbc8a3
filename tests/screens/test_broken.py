"""What somebody found who tried to break the rooms."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Input, Select

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.desk.cases.paper import STILL_WAITING
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.errors import DeskError
from deskapp.printing.port import PrintResult
from deskapp.register import events as ev
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.lock import LockScreen
from deskapp.screens.office.doctor import BackupScreen
from deskapp.screens.office.machine import MachineScreen
from deskapp.screens.training.practice import PracticeScreen
from tests.conftest import DAY, application, issue_granted, register
from tests.screens.conftest import Paper, app_of, dump, fill, front, press, running, until, until_said, workers_ended


async def test_a_backup_that_ends_does_not_open_the_curtain(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = Event(), desk.upkeep.backup

    def slow(target: Path, password: str = "") -> object:
        go.wait(10)
        return real(target, password)

    monkeypatch.setattr(desk.upkeep, "backup", slow)
    desk.machine.set_pin("246810")
    (tmp_path / "usb").mkdir()
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(BackupScreen())
        await pilot.pause()
        await fill(pilot, folder=str(tmp_path / "usb"))
        await pilot.press("f9", "ctrl+l")
        await pilot.pause()
        go.set()
        await workers_ended(pilot)
        await pilot.pause()
        assert isinstance(front(pilot), LockScreen)
        await press(pilot, *"246810", "enter")
        assert isinstance(front(pilot), BoardScreen)
        assert "打开核对过" in dump(app_of(pilot))


async def test_no_question_opens_over_the_curtain(
    printing: Desk, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()

    def waits(letter_id: str, printer: str, again: bool = False, why: str = "") -> PrintResult:
        go.wait(10)
        raise DeskError("这份文书上一次打印还在队列里。", "再打一次可能印出两份。", "", code=STILL_WAITING)

    monkeypatch.setattr(printing.paper, "print", waits)
    printing.machine.set_pin("246810")
    printing.machine.choose_printer("前台激光")
    letter = issue_granted(printing)
    async with running(printing.home, printing) as pilot:
        await pilot.app.push_screen(LetterPaperScreen(letter.id, list(printing.lookup.case(letter.case_id).letters)))
        await pilot.pause()
        await pilot.press("enter", "ctrl+l")
        await pilot.pause()
        go.set()
        await workers_ended(pilot)
        await pilot.pause()
        assert isinstance(front(pilot), LockScreen)
        await press(pilot, *"246810", "enter")
        assert isinstance(front(pilot), ConfirmScreen)


@pytest.mark.parametrize("folder", ["{tmp}/media/USB", "~nosuchuser/x", "{tmp}/" + "长" * 300, "a\0b"])
async def test_a_folder_that_is_not_there_gets_no_backup(desk: Desk, tmp_path: Path, folder: str) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(BackupScreen())
        await pilot.pause()
        front(pilot).query_one("#field-folder", Input).value = folder.format(tmp=tmp_path)
        await press(pilot, "f9")
        await until(pilot, lambda: "没有动任何文件" in dump(app_of(pilot)).replace("\n", ""))
    assert not (tmp_path / "media").exists()


async def test_a_stick_that_is_pulled_during_a_backup_leaves_the_desk_standing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the new file nor what is left of it can be reached any more: the clean-up is refused as well."""
    stick = tmp_path / "usb"
    stick.mkdir()

    def pulled(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *words: Any, **options: Any) -> Any:
            if str(path).startswith(str(stick)):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(path, *words, **options)

        return call

    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(BackupScreen())
        await pilot.pause()
        await fill(pilot, folder=str(stick))
        for name in ("replace", "unlink", "chmod"):
            monkeypatch.setattr(os, name, pulled(getattr(os, name)))
        await press(pilot, "f9")
        await until_said(pilot, "U盘可能松了或者拔掉了")
        assert isinstance(front(pilot), BackupScreen)
        assert register(desk).case_no == "LH-2026-0001"


async def test_markup_in_a_list_to_choose_from_is_only_text(desk: Desk) -> None:
    case = register(desk)
    desk.reviews.note(
        case.case_id, OpinionDraft(review="secrecy", who="[/] [bold", opinion="[/red]x[@click=app.quit]y[/]")
    )
    desk.machine.choose_printer("[/]激光[red")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        front(pilot).query_one("#field-act", Select).value = "struck"
        await pilot.pause()
        assert "保密审查，[/]" in dump(app_of(pilot))
        await pilot.app.push_screen(MachineScreen())
        await pilot.pause()
        assert "[/]激光[red" in dump(app_of(pilot))


async def test_a_register_that_cannot_be_read_leaves_the_curtain_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(desk.home, desk) as pilot:

        def refuse(*words: object) -> object:
            raise DeskError("登记簿读写出错。", "", "")

        monkeypatch.setattr(desk._store, "value", refuse)
        monkeypatch.setattr(desk._store, "query", refuse)
        await press(pilot, "ctrl+l")
        await press(pilot, *"1234", "enter")
        assert isinstance(front(pilot), LockScreen)


async def test_a_damaged_row_of_the_mail_does_not_keep_the_desk_shut(desk: Desk) -> None:
    desk._journal.records.save_record("mail", "k", '{"key":"k"}')
    async with running(desk.home, desk) as pilot:
        assert "收件登记有1条读不出来" in dump(app_of(pilot))


def test_a_letter_is_registered_once_whatever_its_kind(desk: Desk) -> None:
    key = desk.mail.enter(MailDraft(kind="平信", sender="李秀兰", signed_on="11-19")).key
    case = desk.intake.register(application(**desk.mail.form_of(key)), mail_key=key)
    assert desk.mail.row(key).case_no == case.case_no
    assert desk.mail.row(key).reached_on == DAY
    with pytest.raises(DeskError, match="这一封已经登记为LH-2026-0001"):
        desk.intake.register(application(**desk.mail.form_of(key)), mail_key=key)
    assert len(desk.lookup.search("")) == 1


def test_a_letter_set_aside_stays_so_when_it_is_put_right(desk: Desk) -> None:
    key = desk.mail.enter(MailDraft(number="XA1")).key
    desk.mail.set_aside(key, "会议通知")
    desk.mail.enter(desk.mail.draft_of(key).model_copy(update={"remark": "x"}), key)
    assert desk.mail.row(key).set_aside == "会议通知"


async def test_opinions_go_on_after_another_desk_wrote(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id, "granted"))
        await pilot.pause()
        other = Desk.open(desk.home, FixedClock(DAY))
        other.acts.record(case.case_id, ev.Extended(on=DAY, working_days=20, approved_by="王建国"))
        other.close()
        await fill(pilot, who="王建国")
        front(pilot).query_one("#field-verdict", Select).value = "yes"
        await press(pilot, "f9")
        assert "另一个窗口里有了变化" in dump(app_of(pilot)).replace("\n", "")
        await press(pilot, "f9")
        assert "同意    保密审查" in dump(app_of(pilot))


async def test_an_amended_identity_number_is_masked_in_the_account(desk: Desk) -> None:
    case = register(desk)
    desk.acts.record(case.case_id, ev.Amended(on=DAY, field="id_number", value="330722198001015678", why="抄错"))
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        assert "330722198001015678" not in dump(app_of(pilot))


@pytest.mark.parametrize("kept", [{"at": "abc"}, {"at": "-99"}, {"at": "7", "points": "x"}])
async def test_damaged_lessons_begin_afresh(desk: Desk, kept: dict[str, str]) -> None:
    desk.drafts.keep("lessons", kept)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PracticeScreen())
        await pilot.pause()
        assert "得分0" in dump(app_of(pilot))


async def test_leaving_and_covering_are_found_in_the_palette(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"zp", "enter")
        assert isinstance(front(pilot), LockScreen)
        await press(pilot, "enter", "ctrl+p", *"tc", "enter")
        assert app_of(pilot)._exit


async def test_the_window_grows_under_the_curtain(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await press(pilot, "ctrl+l")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "enter")
        assert isinstance(front(pilot), BoardScreen)


async def test_a_letters_form_and_the_counters_form_do_not_mix(desk: Desk) -> None:
    key = desk.mail.enter(MailDraft(number="XB999", sender="李四", signed_by="门卫")).key
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张五", phone="13900000000")
        await press(pilot, "escape")
        await pilot.app.push_screen(IntakeScreen(key))
        await pilot.pause()
        assert front(pilot).query_one("#field-phone", Input).value == ""
        await press(pilot, "escape", "f2")
        assert front(pilot).query_one("#field-applicant", Input).value == "张五"
        assert "上次没填完的还在" in dump(app_of(pilot))
        await press(pilot, "ctrl+b")
        assert front(pilot).query_one("#field-applicant", Input).value == ""
