"""案卷材料: a file comes by its path, from the scanner's folder, or dropped into the window; it is opened, given out, taken off."""

from __future__ import annotations

import errno
import shlex
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from deskapp.desk import Desk
from deskapp.desk.cases import paper_words
from deskapp.desk.cases.papers import PaperDraft
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.paths import EXPORTS, pasted, typed_path
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.papers import AttachScreen, PapersScreen, TakeOffScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.pick import PickModal
from tests.conftest import register
from tests.papers import scans
from tests.screens.conftest import app_of, dump, running, type_text, workers_ended


def shown(pilot: Pilot[bool]) -> str:
    return dump(app_of(pilot)).replace("\n", "").replace(" ", "")


async def test_from_the_case_by_its_path_and_back(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    source = scans.pdf(tmp_path / "扫描 1.pdf", 3)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "还没有入卷的材料" in shown(pilot)
        assert "还缺：申请书、身份证明。" in shown(pilot)
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AttachScreen)
        await type_text(pilot, f"'{source}'")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "已入卷：申请书【申请书】，3页。还缺：身份证明。" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "还缺身份证明" in shown(pilot)


async def test_a_file_dropped_into_the_window_begins_the_form(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    source = scans.picture(tmp_path / "身份证 正面.jpg")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PapersScreen(case.case_id))
        await pilot.pause()
        pilot.app.post_message(events.Paste("no file at all"))
        await pilot.pause()
        assert "拖进来的不是文件" in shown(pilot)
        pilot.app.post_message(events.Paste(shlex.quote(str(source)) + " "))
        await pilot.pause()
        assert isinstance(pilot.app.screen, AttachScreen)
        form = pilot.app.screen.query_one(FormView)
        assert form.values()["file"] == str(source)
        form.put({**form.values(), "kind": "identity"})
        await pilot.press("f9")
        await pilot.pause()
        assert [paper.kind for paper in desk.lookup.case(case.case_id).papers] == ["identity"]


async def test_from_the_scanners_folder(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    scans.pdf(tmp_path / "a.pdf")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PapersScreen(case.case_id))
        await pilot.press("f5")
        await pilot.pause()
        assert "还没有设扫描文件夹" in shown(pilot)
        desk.machine.choose_scan_folder(str(tmp_path))
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickModal)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen.query_one(FormView).values()["file"] == str(tmp_path / "a.pdf")


async def test_opened_given_out_and_taken_off(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.papers.attach(register(desk).case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    opened: list[Path] = []
    monkeypatch.setattr(desk.papers, "_open", opened.append)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PapersScreen(case.case_id))
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert [path.name for path in opened] == [f"{case.case_no} 申请书.pdf"]
        assert "看到的是副本" in shown(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert [path.name for path in (desk.home / EXPORTS).iterdir()] == [f"{case.case_no} 申请书.pdf"]
        await pilot.press("f6")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TakeOffScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert "没有写为什么移出" in shown(pilot)
        await type_text(pilot, "放错了")
        await pilot.press("enter")
        await pilot.pause()
        assert desk.lookup.case(case.case_id).papers == ()


async def test_what_cannot_be_opened_is_said(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise DeskError("没有能打开这种文件的程序。", "", f"文件在 {path}，请用别的程序打开。")

    case = desk.papers.attach(register(desk).case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    monkeypatch.setattr(desk.papers, "_open", refuse)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PapersScreen(case.case_id))
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert "没有能打开这种文件的程序" in shown(pilot)


async def test_a_disk_that_fails_in_the_background_is_said_and_the_desk_stands(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise OSError(errno.EIO, "fault")

    case = desk.papers.attach(register(desk).case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    monkeypatch.setattr(desk.papers, "_open", fail)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(PapersScreen(case.case_id))
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert "文件读写出错" in shown(pilot)
        assert isinstance(pilot.app.screen, PapersScreen)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("'/扫描/a b.pdf' ", "/扫描/a b.pdf"),
        ('"C:\\扫描\\a b.pdf"', "C:\\扫描\\a b.pdf"),
        ("'/a/it'\\''s.pdf'", "/a/it's.pdf"),
        ("/a/b\\ c\\(1\\).pdf", "/a/b c(1).pdf"),
        ("file:///a/%E6%89%AB%20b.pdf", "/a/扫 b.pdf"),
        ("/a/b c.pdf", "/a/b c.pdf"),
        ("", ""),
    ],
)
def test_what_terminals_paste_for_a_dropped_file(text: str, path: str) -> None:
    assert pasted(text) == path
    assert not text or typed_path(text) == Path(path), "every form that asks for a file takes it"


async def test_words_on_scans_are_found_from_the_search(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_words, "can_read", lambda: True)
    monkeypatch.setattr(paper_words, "words_in", lambda *_: "桥头村饮水安全")
    desk.papers.attach(register(desk).case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(SearchScreen())
        await pilot.pause()
        await type_text(pilot, "饮水")
        await pilot.press("f6")
        await pilot.pause()
        assert "材料里找到0份" in shown(pilot)
        await pilot.press("enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert "读完1份。按F6再找。" in shown(pilot)
        await pilot.press("f6")
        await pilot.pause()
        assert "桥头村饮水安全" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PapersScreen)
