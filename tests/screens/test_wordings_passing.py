"""文书模板 given to another office and taken from one, by the keys of a clerk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.exchange.bundle.wordings import read_wordings
from deskapp.forms.view import FormView
from deskapp.screens.office.wordings import WordingsScreen
from deskapp.screens.office.wordings_passing import GiveWordingsScreen, LookWordingsScreen, TakeWordingsScreen
from tests.conftest import make_desk
from tests.desk.test_wordings import SEARCHED, line, progress
from tests.screens.conftest import app_of, dump, press, running, until


@pytest.fixture
def giver(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = make_desk(tmp_path / "giver", clock)
    made.wordings.save("not_held", made.wordings.first("not_held") | {"part_1": SEARCHED})
    made.wordings.save("extension_notice", progress(made), sister=True)
    yield made
    made.close()


async def test_some_kinds_are_written_to_a_file(giver: Desk) -> None:
    async with running(giver.home, giver) as pilot:
        app = app_of(pilot)
        app.push_screen(WordingsScreen())
        await press(pilot, "f7")
        assert isinstance(app.screen, GiveWordingsScreen)
        assert "选了2种" in dump(app)
        await press(pilot, "down", "enter")
        assert "选了1种" in dump(app)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(app.screen, WordingsScreen))
        assert "指纹" in dump(app)
    (written,) = giver.home.rglob("*.wordings")
    assert [each.kind for each in read_wordings(written.read_bytes()).manifest.items] == ["not_held"]


async def test_a_file_is_looked_at_and_one_kind_of_it_taken(desk: Desk, giver: Desk, tmp_path: Path) -> None:
    given = giver.wording_sets.give(tmp_path)
    async with running(desk.home, desk, (120, 40)) as pilot:
        app = app_of(pilot)
        app.push_screen(WordingsScreen())
        await press(pilot, "f8")
        assert isinstance(app.screen, TakeWordingsScreen)
        form = app.screen.query_one(FormView)
        form.put({**form.values(), "file": str(given.path)})
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(app.screen, LookWordingsScreen))
        shown = dump(app)
        assert given.fingerprint in shown
        assert "本机关查找了" in shown.replace("\n", "")
        assert not (desk.home / "templates").exists()
        await press(pilot, "down", "enter", "f9")
        await until(pilot, lambda: isinstance(app.screen, WordingsScreen))
        assert "收了1种" in dump(app)
    assert line(desk, "not_held").whose == "本单位"
    assert "办理进度告知书" not in [each.title for each in desk.wordings.kinds()]


async def test_a_broken_file_is_told_and_nothing_changes(desk: Desk, giver: Desk, tmp_path: Path) -> None:
    path = giver.wording_sets.give(tmp_path).path
    path.write_bytes(path.read_bytes()[:-40])
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        app.push_screen(TakeWordingsScreen())
        await pilot.pause()
        form = app.screen.query_one(FormView)
        form.put({**form.values(), "file": str(path)})
        await press(pilot, "f9")
        await until(pilot, lambda: "对不上" in dump(app))
        assert isinstance(app.screen, TakeWordingsScreen)
    assert not (desk.home / "templates").exists()


async def test_an_office_without_words_of_its_own_has_nothing_to_give(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        app.push_screen(GiveWordingsScreen())
        await press(pilot, "f9")
        assert "没有可以给的" in dump(app)
        assert isinstance(app.screen, GiveWordingsScreen)
