"""What is published, at the counter: offered while the form is filled in, given as an answer by one key."""

from __future__ import annotations

from pathlib import Path

from deskapp.catalogue.entry import Entry
from deskapp.desk import Desk
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from tests.screens.conftest import app_of, dump, fill, front, press, running, until_said

ROAD = Entry(
    "LH001", "柳河镇2025年农村道路硬化项目招标公告", published_on="2025-06-03", url="https://www.example.gov.cn/12.html",
    shelf="查阅点2号柜3层",
)  # fmt: skip


async def test_one_key_answers_on_the_spot(desk: Desk) -> None:
    desk.catalogue.publish(ROAD)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三", phone="13905550123", content="农村道路硬化项目的招标公告")
        await until_said(pilot, "公开目录里有（F7 当场答复）")
        await press(pilot, "f7")
        assert isinstance(front(pilot), LetterScreen)
        shown = dump(app_of(pilot)).replace("\n", "").replace(" ", "")
        assert "https://www.example.gov.cn/12.html" in shown
        await press(pilot, "f9", "enter")
        assert isinstance(front(pilot), LetterPaperScreen)
        await press(pilot, "escape")
        assert isinstance(front(pilot), CaseScreen)
    again = Desk.open(desk.home, desk.clock)
    case = again.lookup.case_by_no("LH-2026-0001")
    assert case.category == "already_public"
    assert (
        "政府信息查阅点（青山县柳河镇中心街1号，电话0579-5550100）2号柜3层，可以查阅、抄录"
        in again._journal.letter(case.letters[0].letter_id).text
    )
    again.close()


async def test_several_that_fit_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.publish(ROAD)
    desk.catalogue.publish(
        Entry("LH002", "柳河镇2024年农村道路硬化项目招标公告", url="https://www.example.gov.cn/11.html")
    )
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三", content="农村道路硬化项目招标公告")
        await press(pilot, "f7", "down", "enter")
        assert isinstance(front(pilot), LetterScreen)


async def test_nothing_that_fits_is_said_and_nothing_registered(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三", content="征地补偿款分配方案")
        await press(pilot, "f7")
        await until_said(pilot, "公开目录里没有找到相近的")
    assert Desk.open(desk.home, desk.clock).lookup.search("") == []
