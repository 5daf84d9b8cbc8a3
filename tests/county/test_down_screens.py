"""收县里的, on the screen: what the county sends is seen, then taken as a whole; its law is taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.county.hall import County
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.office.bundles import BundleScreen
from deskapp.screens.office.from_county import FromCountyScreen
from deskapp.screens.office.tasks import TasksScreen
from tests.county.conftest import PointDesk
from tests.county.test_law_sent import folder, sent
from tests.county.test_sets import questions_file
from tests.screens.conftest import app_of, dump, front, press, running, until_said

UNTIL = date(2026, 12, 10)


@pytest.fixture
def known(point: PointDesk) -> PointDesk:
    """A point that knows its county: it has reported once."""
    point.cases(2)
    point.bundle()
    return point


async def test_a_set_is_seen_taken_and_its_task_waits(hall: County, known: PointDesk, tmp_path: Path) -> None:
    hall.tasking.give([hall.points.named(known.card.id)], "mend", "标识牌没有挂在入口", UNTIL)
    target = tmp_path / "下发.county"
    hall.tasking.send(target, [("questions", questions_file(tmp_path))], [])
    desk = known.desk
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(FromCountyScreen())
        await until_said(pilot, "随程序的")
        front(pilot).query_one("#field-file").value = str(target)
        await press(pilot, "f9")
        assert isinstance(front(pilot), ConfirmScreen)
        assert "2样，都列在下面" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert "常见问题【" in dump(app_of(pilot))
        assert desk.questions.all() == [], "only looked at"
        await press(pilot, "f9", "enter")
        await until_said(pilot, "收下了2样")
        assert "县里要办的事还有1件没有答复" in dump(app_of(pilot))
        assert [each.of.question for each in desk.questions.all()] == ["低保怎么申请"]
        await press(pilot, "f4")
        assert isinstance(front(pilot), TasksScreen)
        assert "整改：标识牌没有挂在入口" in dump(app_of(pilot))


async def test_a_set_with_a_fault_is_shown_and_not_taken(hall: County, known: PointDesk, tmp_path: Path) -> None:
    target = tmp_path / "a.county"
    hall.tasking.send(target, [("questions", questions_file(tmp_path, "没有回答的,,,\n"))], [])
    async with running(known.desk.home, known.desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(FromCountyScreen())
        front(pilot).query_one("#field-file").value = str(target)
        await press(pilot, "f9")
        await until_said(pilot, "有1样收不了，整份都不收")
        assert isinstance(front(pilot), FromCountyScreen)
        assert known.desk.questions.all() == []


async def test_the_law_of_the_county_is_taken_back(hall: County, known: PointDesk, tmp_path: Path) -> None:
    desk = known.desk
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(FromCountyScreen())
        await press(pilot, "f6")
        await until_said(pilot, "没有县里的可以退")
        front(pilot).query_one("#field-file").value = str(sent(hall, folder(tmp_path / "law"), tmp_path / "a.county"))
        await press(pilot, "f9", "enter")
        await until_said(pilot, "收下了1样")
        assert desk.law_data.state().from_set
        await press(pilot, "f6", "enter")
        await until_said(pilot, "已退回")
        assert not desk.law_data.state().from_set


async def test_nothing_goes_to_the_county_that_was_left(hall: County, known: PointDesk) -> None:
    async with running(known.desk.home, known.desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(BundleScreen())
        await press(pilot, "f6")
        assert "不再报送给" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert known.desk.bundles.county() is not None
        await press(pilot, "f6", "enter")
        await until_said(pilot, "不再报送给")
        assert known.desk.bundles.county() is None
