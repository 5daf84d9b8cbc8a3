"""核对年报 on the screens: a file is named, read, its faults listed, each with its whole; kept as a table; stopped; refused."""

from __future__ import annotations

import shlex
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from deskapp.desk import Desk
from deskapp.exchange import report_in
from deskapp.exchange.report_pages import PagesRead
from deskapp.screens.office.report import ReportScreen
from deskapp.screens.office.verifying import ReportFindingsScreen, VerifyReportScreen
from deskapp.widgets.foot_lines import REFUSED, FootLines
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Rows
from tests.conftest import DATA, register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until

REPORTS = DATA / "reports"
SHANGHAI, JINHU = "上海市人民政府办公厅_2019.html", "金湖县_2023.json"
SIZES = ((80, 24), (120, 40), (160, 50))


async def verified(pilot: Pilot[bool], path: Path, year: str = "") -> None:
    """From 统计 by its key, the file named, F9."""
    await press(pilot, "ctrl+t")
    assert isinstance(front(pilot), ReportScreen)
    await press(pilot, "f8")
    assert isinstance(front(pilot), VerifyReportScreen)
    front(pilot).query_one("#field-file", Input).value = str(path)
    front(pilot).query_one("#field-year", Input).value = year
    await press(pilot, "f9")


async def shown(pilot: Pilot[bool]) -> str:
    await until(pilot, lambda: isinstance(front(pilot), ReportFindingsScreen))
    await pilot.pause()
    return dump(app_of(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_the_faults_of_a_published_page_stand_first_each_with_its_whole(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with running(desk.home, desk, size) as pilot:
        await verified(pilot, REPORTS / SHANGHAI)
        text = await shown(pilot)
        assert "2019年" in text
        assert "不符4处，相符5项，要看一眼4处。找到表二8行、表三23行、表四。" in text
        rows = front(pilot).query_one(Rows)
        headings = [row.text for row in rows.rows if row.heading]
        assert headings == ["不符4处　f. 文字里的数＝表格里的数", "要看一眼4处", "相符5项", "文件里有的4项"]
        assert rows.rows[4].text == "【无法提供265件，占32.9%】：文字写265，应当是表格里的无法提供337，差72"
        beside = size[0] >= 110
        side = front(pilot).query_one(Reader)
        assert side.display == beside
        assert ("为什么：" in text) == beside
        await press(pilot, "down", "down", "down", "enter")
        text = dump(app_of(pilot))
        for part in ("哪里：【无法提供265件", "写的：文字265", "应当是：表格里的无法提供337", "为什么：", "怎么办："):
            assert part in text
        assert front(pilot).focused is side
        await press(pilot, "escape")
        assert isinstance(front(pilot), ReportFindingsScreen)
        assert front(pilot).focused is rows
        assert side.display == beside
        await press(pilot, "escape")
        assert isinstance(front(pilot), VerifyReportScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_wrong_sum_of_a_table_is_one_line(desk: Desk, size: tuple[int, int]) -> None:
    async with running(desk.home, desk, size) as pilot:
        await verified(pilot, REPORTS / JINHU)
        text = await shown(pilot)
        assert "不符1处　d. 表四：四种结果之和＝总计" in text
        assert "行政诉讼（未经复议直接起诉）：总计写0，应当是四种结果之和3，差3" in text


async def test_a_dropped_path_is_taken_and_a_page_without_faults_says_so(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"hdnb", "enter")
        assert isinstance(front(pilot), VerifyReportScreen)
        dropped = shlex.quote(str(REPORTS / "沭阳县发展和改革局_2023.html"))
        front(pilot).query_one("#field-file", Input).post_message(events.Paste(f"{dropped} "))
        await press(pilot, "f9")
        text = await shown(pilot)
        assert "没有不符的，相符6项，要看一眼2处。" in text
        assert "没有要改的" in text


async def test_the_register_stands_beside_what_was_published(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    desk.reporting.save_report(2026, tmp_path / "年报.xlsx")
    register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await verified(pilot, tmp_path / "年报.xlsx")
        text = await shown(pilot)
        assert "和登记簿不同4处　j. 公布的数＝登记簿的数" in text
        assert "公布的写1，登记簿里是2，差1" in text.replace("\n", "").replace("   ", "")
        assert "登记簿里是：2" in text


async def test_the_list_is_kept_as_a_file(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await verified(pilot, REPORTS / JINHU)
        await shown(pilot)
        await press(pilot, "f7")
        await until(pilot, lambda: (desk.home / "年报" / "核对　金湖县_2023.xlsx").exists())
        await until(pilot, lambda: "已存成" in front(pilot).query_one(FootLines).said)


@pytest.mark.parametrize(
    ("name", "year", "field"),
    [("没有.pdf", "", "file"), (JINHU, "去年", "year"), (JINHU, "2999", "year"), ("README.md", "2025", None)],
)
async def test_what_cannot_be_checked_is_refused_and_the_form_stays(
    desk: Desk, name: str, year: str, field: str | None
) -> None:
    async with running(desk.home, desk) as pilot:
        await verified(pilot, REPORTS / name, year)
        await until(pilot, lambda: front(pilot).query_one(FootLines).word == REFUSED)
        assert isinstance(front(pilot), VerifyReportScreen)
        assert front(pilot).query_one("#field-file", Input).value == str(REPORTS / name)
        if field:
            assert front(pilot).query_one(f"#label-{field}").has_class("problem")
            assert front(pilot).focused.id == f"field-{field}"
        front(pilot).query_one("#field-file", Input).value = str(REPORTS / JINHU)
        front(pilot).query_one("#field-year", Input).value = ""
        await press(pilot, "f9")
        await shown(pilot)


async def test_a_file_without_a_year_asks_for_it(desk: Desk, tmp_path: Path) -> None:
    page = (REPORTS / SHANGHAI).read_text(encoding="utf-8").replace("2019", "某")
    (tmp_path / "年报.html").write_text(page, encoding="utf-8")
    async with running(desk.home, desk) as pilot:
        await verified(pilot, tmp_path / "年报.html")
        await until(pilot, lambda: front(pilot).focused.id == "field-year")
        await type_text(pilot, "2019")
        await press(pilot, "f9")
        assert "不符" in await shown(pilot)


async def test_a_reading_can_be_stopped_and_nobody_leaves_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, read = threading.Event(), threading.Event(), list[object]()

    class Slow:
        """A reader of a file with pages, of which the second waits."""

        def __init__(self, *words: Any, **named: Any) -> None:
            pass

        def __iter__(self) -> Any:
            for page in (1, 2, 3):
                read.append(page)
                yield PagesRead(page, 3, "页")
                begun.set()
                go_on.wait(10)

        def close(self) -> None:
            read.append("closed")

    monkeypatch.setattr(report_in, "Apart", Slow)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"hdnb", "enter")
        front(pilot).query_one("#field-file", Input).value = str(REPORTS / SHANGHAI)
        await pilot.press("f9")
        await until(pilot, begun.is_set)
        await until(pilot, lambda: "第1页，共3页" in front(pilot).query_one(FootLines).said)
        assert front(pilot).stays()
        await pilot.press("escape")
        assert isinstance(front(pilot), VerifyReportScreen), "it is stopped first"
        go_on.set()
        await until(pilot, lambda: not front(pilot).stays())
        assert read == [1, 2, "closed"]
        assert front(pilot).query_one(FootLines).word == REFUSED
        await press(pilot, "escape")
        assert not isinstance(front(pilot), VerifyReportScreen)
