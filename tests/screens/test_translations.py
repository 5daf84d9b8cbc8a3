"""单子的译文: the table that goes out, the one that comes back, and a sheet printed with it, by the keys of a clerk."""

from __future__ import annotations

from pathlib import Path

from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.cases.paper import SheetScreen
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.reading.day import ReadingScreen
from deskapp.screens.reading.translations import TranslationsScreen
from tests.screens.conftest import app_of, dump, press, running, until


async def test_a_table_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        app.push_screen(TranslationsScreen())
        await press(pilot, "f7", *"英文", "enter")
        await until(pilot, lambda: "译文-英文" in dump(app))
        (path,) = desk.home.rglob("译文-英文.xlsx")
        assert path.is_file()
        back = tmp_path / "b.csv"
        back.write_text("语言,中文,译文\n英文,一、怎样申请,How to apply\n", encoding="utf-8")
        await press(pilot, "f8")
        app.screen.query_one(FormView).put({"file": str(back)})
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(app.screen, TranslationsScreen))
        assert "译了1句" in dump(app)


async def test_a_language_that_is_not_printed_is_said(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        app.push_screen(TranslationsScreen())
        await press(pilot, "f7", *"蒙古文", "enter")
        await until(pilot, lambda: "蒙古文这里印不了" in dump(app))


async def test_a_sheet_is_printed_in_the_languages_there_are(desk: Desk, tmp_path: Path) -> None:
    back = tmp_path / "b.csv"
    back.write_text("语言,中文,译文\n英文,一、怎样申请,How to apply\n", encoding="utf-8")
    desk.handouts.translations.take(back)
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        app.push_screen(ReadingScreen())
        await press(pilot, "f7", "enter")
        assert isinstance(app.screen, PickModal)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SheetScreen))
        assert "13句译了1句" in dump(app)
