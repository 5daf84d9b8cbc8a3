"""A key pressed twice does once what it is for: the second press starts nothing on the screen that came up."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.frame import twice
from deskapp.screens.reading.catalogue import CatalogueScreen
from deskapp.screens.reading.day import ReadingScreen
from deskapp.screens.reading.list_in import ListMatchingScreen
from deskapp.screens.reading.point_log import PointLogScreen
from deskapp.screens.reading.questions import QuestionsScreen
from deskapp.screens.reading.visitors import VisitorScreen
from tests.conftest import give_opinions, register
from tests.screens.conftest import Paper, app_of, dump, fill, front, press, running, until, until_said


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a key may be pressed twice, on a slow machine as well."""
    monkeypatch.setattr(twice, "BACK_S", 30.0)
    monkeypatch.setattr(twice, "ON_S", 30.0)
    monkeypatch.setattr(twice, "HELD_S", 0.0)


def a_list(folder: Path, head: str) -> Path:
    path = folder / "目录.csv"
    path.write_text(f"{head},公开日期\n预算公开,2026-03-01\n", encoding="utf-8")
    return path


async def test_f9_after_an_import_does_not_hand_the_computer_over(desk: Desk, tmp_path: Path) -> None:
    desk.machine.set_pin("246810")
    async with running(desk.home, desk, meant=False) as pilot:
        await press(pilot, "f12", "f3", "f8")
        await fill(pilot, file=str(a_list(tmp_path, "名称")))
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), CatalogueScreen))
        await until_said(pilot, "新的1条")
        await press(pilot, "f9")
        assert isinstance(front(pilot), CatalogueScreen)
        await until_said(pilot, "要【查阅】，再按一次")
        assert "新的1条" in dump(app_of(pilot)), "what the import did is still there to read"
        await press(pilot, "f9")
        assert isinstance(front(pilot), VisitorScreen)


async def test_a_key_that_is_held_starts_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twice, "HELD_S", 30.0)
    async with running(desk.home, desk, meant=False) as pilot:
        await press(pilot, "f12", "1", *["f9"] * 12)
        assert isinstance(front(pilot), ReadingScreen)
        assert len(desk.daybook.day()) == 1
        await press(pilot, "down", "f9")
        assert isinstance(front(pilot), PointLogScreen), "another key between: it is meant"


async def test_columns_that_are_to_be_looked_at_are_not_taken_by_the_same_press(desk: Desk, tmp_path: Path) -> None:
    async with running(desk.home, desk, meant=False) as pilot:
        await press(pilot, "f12", "f3", "f8")
        await fill(pilot, file=str(a_list(tmp_path, "这是什么")))
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ListMatchingScreen))
        await press(pilot, "f9")
        assert not front(pilot)._done
        assert isinstance(front(pilot), ListMatchingScreen)


async def test_enter_that_issues_a_letter_prints_nothing(printing: Desk, paper: Paper) -> None:
    case = register(printing)
    give_opinions(printing, case.case_id, "granted")
    async with running(printing.home, printing, meant=False) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await press(pilot)
        await fill(pilot, attachments="台账（2页）")
        await press(pilot, "f9", "enter")
        await until(pilot, lambda: isinstance(front(pilot), LetterPaperScreen))
        await press(pilot, "enter", "enter", "enter")
        assert paper.sent == []


async def test_one_answer_is_counted_once(desk: Desk) -> None:
    desk.questions.enter(QuestionDraft(question="几点下班", answer="五点半"))
    async with running(desk.home, desk, meant=False) as pilot:
        await press(pilot, "f12", "f5")
        assert isinstance(front(pilot), QuestionsScreen)
        await press(pilot, "f4", "f4")
        await until_said(pilot, "刚才已经记了一次")
        assert desk.daybook.year(2026).total("advice").visits == 1
