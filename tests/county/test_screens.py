"""The county's screens and the point's own, by keys: from the stick to the decision."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from deskapp.county.hall import County
from deskapp.county_app import CountyApp
from deskapp.desk import Desk
from deskapp.desk.office.restoring import restore_backup
from deskapp.screens.county.board import CountyScreen, same_beginning
from deskapp.screens.county.point import CountyCaseScreen, CountyPointScreen
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.office.bundles import BundleScreen
from tests.conftest import register
from tests.county.conftest import PointDesk, said
from tests.county.test_forgetting import asked, forget, whole
from tests.screens.conftest import app_of, dump, fill, press, running, until_said

__all__ = ["asked"]
Opens = Callable[..., Any]


@pytest.fixture
def opened(hall: County, tmp_path: Path) -> Opens:
    """The county in a terminal of a size."""

    @asynccontextmanager
    async def run_county(size: tuple[int, int] = (120, 30)) -> AsyncIterator[Pilot[bool]]:
        app = CountyApp(tmp_path, hall.clock, hall)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return run_county


def text_of(pilot: Pilot[bool]) -> str:
    return dump(app_of(pilot))


async def type_in(pilot: Pilot[bool], text: str) -> None:
    pilot.app.screen.query_one(Input).value = text
    await press(pilot, "enter")


async def test_a_stick_is_taken_in_by_one_key(
    opened: Opens, hall: County, new_point: Callable[..., PointDesk], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    point = new_point()
    late = new_point(name="青山县桥头乡人民政府", code="QT")
    hall.db.run("DELETE FROM points")  # nobody is known yet: their cards lie on the stick
    for n, each in enumerate((point, late)):
        each.cases(n + 1)
        each.desk.bundles.enroll(stick / f"{n}.json")
        each.desk.bundles.make(stick, county=each.key)
    async with opened() as pilot:
        assert "还没有登记点" in text_of(pilot)
        await pilot.press("f9")
        await type_in(pilot, str(stick))
        shown = text_of(pilot)
        assert "登记了2个登记点" in shown
        assert "收下2个包，新记录3条" in shown
        assert "柳河镇人民政府" in shown
        await pilot.press("f9")
        await type_in(pilot, str(stick))
        assert "以前收过的2个" in text_of(pilot)
        await pilot.press("f9")
        await type_in(pilot, str(tmp_path / "nowhere"))
        assert "没有找到" in text_of(pilot)


async def test_from_the_county_to_a_case(opened: Opens, hall: County, point: PointDesk) -> None:
    point.goes_to(date(2026, 9, 1))
    point.cases(2)
    point.goes_to(date(2026, 11, 20))
    hall.take(point.bundle())
    async with opened() as pilot:
        assert "逾期2件" in text_of(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CountyPointScreen)
        assert "LH-2026-0001" in text_of(pilot)
        assert "最后一日2026-09-29" in text_of(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CountyCaseScreen)
        assert "2026-09-01　收到申请" in text_of(pilot)
        assert "张" not in text_of(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CountyScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_erased_is_cleared_by_one_key(
    opened: Opens, hall: County, asked: PointDesk, size: tuple[int, int]
) -> None:
    hall.take(whole(asked))
    async with opened(size) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert "或者已经清过" in text_of(pilot)
        forget(asked)
        hall.take(whole(asked))
        await pilot.press("f4", "f4", "f4")  # read again
        await pilot.pause()
        assert "按 F8 清掉" in text_of(pilot).replace("\n", "")
        await pilot.press("f8")
        await pilot.pause()
        assert "一张表一张表重写" in text_of(pilot)
        await press(pilot, "enter")
        await until_said(pilot, "都清掉了")
        await until_said(pilot, "知道了")
        shown = re.sub(r"\s", "", text_of(pilot))  # a long path breaks anywhere
        for word in ("pg_wal", "pg_dump"):
            assert word in shown, word
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CountyScreen)
        assert "按 F8 清掉" not in text_of(pilot).replace("\n", "")


@pytest.mark.parametrize(
    ("keys", "told", "epoch"),
    [((), "原来的1条留着", 1), (("down",), "还按收下的算；和它不一样的1个包不收", 0)],
    ids=["what comes now", "what is held"],
)
async def test_a_fork_is_decided_either_way_with_a_reason(
    opened: Opens,
    hall: County,
    point: PointDesk,
    new_point: Callable[..., PointDesk],
    tmp_path: Path,
    keys: tuple[str, ...],
    told: str,
    epoch: int,
) -> None:
    point.cases(2)
    backup = point.desk.upkeep.backup(tmp_path / "b.db", "")
    point.cases(1)
    hall.take(point.bundle())
    point.desk.close()
    restore_backup(backup.path, tmp_path / "again", point.desk.clock)
    again = new_point(home=tmp_path / "again")
    register(again.desk, applicant="恢复以后")
    assert said(hall.take(again.bundle())) == [("fork", "restored", 0)]
    async with opened() as pilot:
        assert "等着决定" in text_of(pilot)
        await pilot.press("enter", "f8")
        await pilot.pause()
        asked = pilot.app.screen
        assert isinstance(asked, PickModal)
        assert "从第3条起" in text_of(pilot)
        for part in ("收下的从那里起有1条（2026-11-20至2026-11-20记的）", "等着的有1个包"):
            assert part in asked._question
        await pilot.press(*keys, "enter")
        await pilot.pause()
        await pilot.press("enter")  # nothing typed: the question stays
        await type_in(pilot, "电话核实，今天从备份恢复")
        assert told in text_of(pilot)
        assert [each.epoch for each in hall.points.all()] == [epoch]
        assert hall.db.value("SELECT count(*) FROM events WHERE superseded > 0") == epoch
        await pilot.press("f8")
        await pilot.pause()
        assert "没有等着决定" in text_of(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CountyScreen)
        assert "等着决定" not in text_of(pilot), "what was decided is seen at once"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50), (200, 60)])
@pytest.mark.each(3)
async def test_every_pane_holds_at_every_width(
    opened: Opens, hall: County, new_point: Callable[..., PointDesk], size: tuple[int, int]
) -> None:
    for n, name in enumerate(("青山县柳河镇人民政府", "青山县人力资源和社会保障局", "青山县桥头乡人民政府")):
        each = new_point(name=name, code="ABC"[n])
        each.cases(n)
        hall.take(each.bundle())
    async with opened(size) as pilot:
        lines = text_of(pilot).splitlines()
        assert lines[-1] == f"({size[0]} x {size[1]})"
        heads = next(line for line in lines if "登记点" in line and "在办" in line)
        assert heads.index("上次报来") > heads.index("登记点")
        for key in ("f4", "f5", "f6", "f4", "f4", "f1", "escape", "f7", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(pilot.app.screen, CountyScreen)


async def test_keys_of_the_desk_lead_nowhere_here(opened: Opens, hall: County) -> None:
    async with opened() as pilot:
        for key in (
            "f2",
            "f3",
            "f12",
            "ctrl+n",
            "ctrl+t",
            "ctrl+o",
            "ctrl+r",
            "ctrl+p",
            "escape",
            "escape",
            "f8",
            "enter",
            "f5",
            "f6",
        ):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(pilot.app.screen, CountyScreen)


def test_the_countys_own_name_is_said_once() -> None:
    assert same_beginning(["青山县柳河镇人民政府", "青山县柳树乡人民政府"]) == "青山县"
    assert same_beginning(["青山县柳河镇人民政府"]) == ""
    assert same_beginning(["柳河镇", "桥头乡"]) == ""
    assert same_beginning([]) == ""


# -- at the point ------------------------------------------------------------------------------------------------


async def test_a_point_packs_by_keys(desk: Desk, hall: County, tmp_path: Path) -> None:
    key, stick = tmp_path / "county.key", tmp_path / "U盘"
    key.write_text(hall.home.keys().card.text, encoding="utf-8")
    stick.mkdir()
    register(desk)
    async with running(desk.home, desk, (120, 30)) as pilot:
        app_of(pilot).action_go("bundles")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BundleScreen)
        assert "还没有打过包" in text_of(pilot)
        await press(pilot, "f9")
        assert "请填写写到哪里" in text_of(pilot)
        await fill(pilot, folder=str(stick), key=str(key))
        await press(pilot, "f4")
        await until_said(pilot, "名片写到")
        await press(pilot, "f9")
        await until_said(pilot, "已经用县里的钥匙加密")
        await until_said(pilot, "以后新增0条")
        await fill(pilot, after="三")
        await press(pilot, "f9")
        await until_said(pilot, "要写数字")
    found = hall.take_all(stick)
    assert [each.verdict for each in found[0]] == ["taken"]
    assert found[1] == [hall.points.all()[0].name]
