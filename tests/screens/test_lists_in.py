"""Lists as offices have them, brought in by the screen: titles, merged headings, other words, other offices, columns nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from textual.widgets import Input

from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.reading.catalogue import CatalogueScreen
from deskapp.screens.reading.list_in import ImportScreen, ListMatchingScreen
from deskapp.screens.reading.standards import StandardsScreen
from tests.catalogue.test_standards import standard
from tests.screens.conftest import app_of, dump, front, press, running, until, until_said


def book(folder: Path, *rows: tuple[str | None, ...], merged: tuple[str, ...] = ()) -> Path:
    made = Workbook()
    page = made["Sheet"]
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    path = folder / "目录.xlsx"
    made.save(path)
    return path


def titled(folder: Path) -> Path:
    title = ("柳河镇主动公开信息目录（2026年）", None, None)
    return book(
        folder, title, ("索引号", "信息名称", "发布日期"), ("A1", "预算公开", "2026-01-05"), merged=("A1:C1",)
    )


def exported(folder: Path) -> Path:
    path = folder / "网站导出.csv"
    path.write_text(
        "索 引 号,标题,发布时间,信息有效性\nA1,预算公开,2026-01-05 10:20:30,现行有效\n", encoding="gb18030"
    )
    return path


def with_files(folder: Path) -> Path:
    (folder / "通知.wps").write_bytes(b"\xd0\xcf\x11\xe0")
    return book(folder, ("名称", "全文文件"), ("预算公开", "通知.wps"))


def states(folder: Path) -> Path:
    words = ("现行有效", "已废止", "已失效", "部分失效", "修改", "尚未生效", "是", "否")
    return book(folder, ("名称", "有效性"), *((f"第{n}件", word) for n, word in enumerate(words)))


def with_sum(folder: Path) -> Path:
    return book(
        folder, ("名称", "文号"), ("预算公开", "柳政〔2026〕1号"), (None, None), ("合计", "1件"), ("填表人：王", None)
    )


@pytest.mark.parametrize(
    ("make", "entries"), [(titled, 1), (exported, 1), (with_files, 1), (states, 8), (with_sum, 1)]
)
@pytest.mark.each(2)
async def test_a_list_comes_in_by_the_screen(
    desk: Desk, tmp_path: Path, make: Callable[[Path], Path], entries: int
) -> None:
    path = make(tmp_path)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f8")
        assert isinstance(front(pilot), ImportScreen)
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), CatalogueScreen))
        await until_said(pilot, f"新的{entries}条")
        assert desk.catalogue.count == entries


async def test_columns_that_nobody_knows_are_asked_and_remembered(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path, ("编号", "公开的东西", "状态"), ("A1", "预算公开", "好用"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f8")
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ListMatchingScreen))
        assert "公开的东西" in dump(app_of(pilot))
        front(pilot).query_one(FormView).put({"c0": "索引号", "c1": "名称", "c2": ""})
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), CatalogueScreen))
        await until_said(pilot, "新的1条")
        await press(pilot, "f8")
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ListMatchingScreen))  # 状态 is still nobody's
        assert front(pilot).query_one(FormView).values()["c1"] == "名称", "what was confirmed is there again"


async def test_another_offices_list_with_the_same_numbers_needs_its_office(desk: Desk, tmp_path: Path) -> None:
    first = book(tmp_path, ("索引号", "名称", "发布机构"), ("A1", "防汛预案", "柳河镇人民政府"))
    desk.catalogue.take(first)
    second = book(tmp_path, ("索引号", "名称"), ("A1", "水库调度方案"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f8")
        form = front(pilot)
        form.query_one("#field-file", Input).value = str(second)
        await press(pilot, "f9")
        await until_said(pilot, "柳河镇人民政府《防汛预案》")
        form.query_one("#field-whole", Input).value = "青山县水利局"
        await press(pilot, "f9")
        await until_said(pilot, "新的1条")
        assert desk.catalogue.count == 2


async def test_the_good_part_by_choice_and_the_bad_lines_in_a_table_beside(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path, ("名称", "公开日期"), ("预算", "2026-01-05"), ("决算", "二月三十"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f8")
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ConfirmScreen))
        await press(pilot, "enter")
        await until_said(pilot, "有错的1行退回在")
        assert desk.catalogue.count == 1
        assert (tmp_path / "目录（退回）.xlsx").exists()


async def test_a_standard_catalogue_of_several_fields_by_the_screen(desk: Desk, tmp_path: Path) -> None:
    path = standard(tmp_path, "社会救助", "养老服务")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f3", "f8")
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), ListMatchingScreen))
        assert "哪张表" in dump(app_of(pilot))
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), StandardsScreen))
        await until_said(pilot, "共6项")
        assert "社会救助" in dump(app_of(pilot))
        await press(pilot, "f4")
        await until_said(pilot, "只看没有公开的")


async def test_an_entry_is_taken_down_given_back_and_put_on_a_shelf(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(book(tmp_path, ("名称", "馆藏位置"), ("预算公开", "1号柜")))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f5")
        front(pilot).query_one("#field-shelf", Input).value = "2号柜3层"
        await press(pilot, "f9")
        await until_said(pilot, "2号柜3层")
        await press(pilot, "f4", "enter")
        front(pilot).query_one("#field-down_why", Input).value = "含个人信息"
        await press(pilot, "f9")
        await until_said(pilot, "已撤下：预算公开")
        assert desk.catalogue.search("预算") == []
        await press(pilot, "f4", "enter")
        await until_said(pilot, "原因是：含个人信息")
        await press(pilot, "escape")
        assert desk.catalogue.search("预算") == []
        await press(pilot, "f4", "enter", "enter")
        await until_said(pilot, "已恢复：预算公开")
        assert desk.catalogue.search("预算")[0][1].shelf == "2号柜3层"


async def test_what_fits_an_item_is_put_right_by_hand(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(book(tmp_path, ("名称",), ("政务公开工作要点",), ("低保对象名单公示",)))
    desk.duties.take(standard(tmp_path))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f3", "enter", "enter")
        await press(pilot, *"工作要点", "enter")
        await until(pilot, lambda: isinstance(front(pilot), StandardsScreen))
        await until_said(pilot, "配到的（1条）")
        await press(pilot, "down", "f6")
        front(pilot).query_one("#field-why", Input).value = "由县民政局公开"
        await press(pilot, "f9")
        await until_said(pilot, "本地没有的1项")
        assert [duty.state for duty in desk.duties.all()] == ["published", "not_here", "published"]
