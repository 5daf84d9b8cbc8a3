"""区分处理 on the screen: a person goes through each page, sees it as it will be given out, and only then is there a copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskapp.desk import Desk
from deskapp.screens.cases.papers import PapersScreen
from deskapp.screens.cases.redaction import RedactionPagesScreen, RedactScreen
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from tests.conftest import register
from tests.redaction.papers import ROWS, text_pdf
from tests.screens.conftest import app_of, dump, running, workers_ended


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The pages that were opened in the system's program."""
    seen: list[Path] = []

    def opened(path: Path) -> None:
        seen.append(path)

    monkeypatch.setattr("deskapp.desk.cases.redaction.open_file", opened)
    return seen


async def settled(pilot: Pilot[bool]) -> None:
    await workers_ended(pilot)
    await pilot.pause()


async def pages_of(pilot: Pilot[bool], desk: Desk, path: Path) -> RedactionPagesScreen:
    """The screen of a paper's pages, as a clerk comes to it."""
    case = register(desk)
    await pilot.app.push_screen(PapersScreen(case.case_id))
    await pilot.press("f3")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, RedactScreen)
    await pilot.press(*str(path), "f9")
    await settled(pilot)
    found = pilot.app.screen
    assert isinstance(found, RedactionPagesScreen)
    return found


async def asked(pilot: Pilot[bool], key: str, typed: str) -> None:
    await pilot.press(key)
    await pilot.pause()
    assert isinstance(pilot.app.screen, AskModal)
    pilot.app.screen.dismiss(typed)
    await pilot.pause()
    await pilot.pause()  # what is said stands after the next picture


async def test_from_the_case_to_the_copy(desk: Desk, tmp_path: Path, shown: list[Path]) -> None:
    path = text_pdf(tmp_path / "list.pdf", [ROWS, ["第二页", "张三来过"]])
    async with running(desk.home, desk, (120, 40)) as pilot:
        screen = await pages_of(pilot, desk, path)
        assert "第1页，共2页，已核0页" in dump(app_of(pilot))
        await pilot.press("f9")
        assert "处待定" in dump(app_of(pilot)), "what is open has to be decided first"
        assert shown == []
        page = screen._paper.decisions[1]
        for n, cover in enumerate(list(page.covers)):
            if cover.on is None:
                screen._show(n)
                await pilot.press("f4" if cover.kind == "number" else "enter")
        await pilot.pause()
        assert page.open == 0
        assert "□不遮　其他号码" in dump(app_of(pilot)).replace("  ", "　") or "不遮" in dump(app_of(pilot))
        await asked(pilot, "f3", "1")
        await asked(pilot, "f2", "序号")
        assert [cover.kind for cover in page.covers[-2:]] == ["line", "word"]
        await pilot.press("f7")
        await pilot.pause()
        pilot.app.screen.dismiss("internal_affairs")
        await pilot.pause()
        assert page.covers[-1].reason == "internal_affairs"
        for number in (1, 2):
            await pilot.press("f9")
            await settled(pilot)
            assert isinstance(pilot.app.screen, ConfirmScreen)
            assert len(shown) == number
            assert f"第{number}页将要给出的样子" in dump(app_of(pilot))
            await pilot.press("enter")
            await pilot.pause()
        assert "做复制件" in dump(app_of(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert "部分公开答复书" in dump(app_of(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, PapersScreen)
        assert "区分处理" in dump(app_of(pilot))
        (copy,) = (desk.home / "导出").glob("区分处理件*.pdf")
        assert not (desk.home / "导出/待核").exists()
        case_id = screen._paper.case_id
        assert desk.lookup.case(case_id).history[-1].act == "redacted"
        assert "内部事务信息" in desk.reply.draft(case_id, "partial")["withheld"]
        assert copy.stat().st_size > 1000


async def test_a_page_that_is_changed_has_to_be_confirmed_again(
    desk: Desk, tmp_path: Path, shown: list[Path]
) -> None:
    path = text_pdf(tmp_path / "a.pdf", [["张三的电话13905550123"], ["乙"]])
    async with running(desk.home, desk, (120, 40)) as pilot:
        screen = await pages_of(pilot, desk, path)
        await pilot.press("f9")
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert (screen._number, screen._paper.decisions.confirmed) == (2, 1)
        await pilot.press("f5", "enter")
        await pilot.pause()
        assert screen._paper.decisions.confirmed == 0
        assert "已核0页" in dump(app_of(pilot))
        await pilot.press("f9")
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert screen._paper.decisions.confirmed == 0, "whoever does not say so has not confirmed"
    assert len(shown) == 2


async def test_leaving_is_asked_and_leaves_nothing(desk: Desk, tmp_path: Path, shown: list[Path]) -> None:
    path = text_pdf(tmp_path / "a.pdf", [["甲"]])
    async with running(desk.home, desk, (80, 24)) as pilot:
        await pages_of(pilot, desk, path)
        await pilot.press("f9")
        await settled(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app_of(pilot).screen, PapersScreen)
    assert not list((desk.home / "导出").rglob("*.pdf"))


async def test_a_place_that_is_none_is_told(desk: Desk, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", [["甲乙丙"]])
    async with running(desk.home, desk, (80, 24)) as pilot:
        screen = await pages_of(pilot, desk, path)
        for typed in ("9", "1:2-9", "x", "0 0 900 10"):
            await asked(pilot, "f3", typed)
            assert "没有改动" in dump(app_of(pilot)), typed
        assert screen._page.covers == []
        for n, typed in enumerate(("1", "1：2-3", "10 20 30 40"), 1):
            await asked(pilot, "f3", typed)
            assert len(screen._page.covers) == n
        assert [cover.value for cover in screen._page.covers] == ["第1行 甲乙丙", "乙丙", "左10 上20 右30 下40 毫米"]


async def test_a_paper_that_cannot_be_read_is_told_on_the_form(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    case = register(desk)
    async with running(desk.home, desk, (80, 24)) as pilot:
        await pilot.app.push_screen(RedactScreen(case.case_id))
        await pilot.press(*str(tmp_path / "a.pdf"), "f9")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RedactScreen)
        assert "损坏" in dump(app_of(pilot))


async def test_only_the_chosen_pages_are_gone_through(desk: Desk, tmp_path: Path, shown: list[Path]) -> None:
    path = text_pdf(tmp_path / "a.pdf", [["第一页"], ["第二页"], ["第三页"], ["第四页"]])
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(RedactScreen(case.case_id, str(path)))
        await pilot.pause()
        await pilot.press("enter", *"2-9", "f9")
        await settled(pilot)
        assert "没有第2-9页" in dump(app_of(pilot)).replace("\n", "")
        await pilot.press("backspace", "backspace", *",4", "f9")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RedactionPagesScreen)
        assert "第2页，共4页，选了第2、4页，已核0页" in dump(app_of(pilot))
        await pilot.press("f5", "f6")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, RedactionPagesScreen)
        assert screen._number == 4
