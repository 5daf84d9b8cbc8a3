"""查询: what a search may be narrowed to, each with how many; how long is left; what was tried where nothing is found."""

from __future__ import annotations

import re

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.narrowing import KINDS
from deskapp.screens.cases.case import CaseScreen
from deskapp.widgets.case_pane import CasePane
from deskapp.widgets.rows import Rows
from tests.conftest import issue_granted, register
from tests.screens.conftest import app_of, dump, front, press, running, until, until_said

SIZES = ((80, 24), (120, 40), (160, 50))


def counts(rows: Rows) -> dict[str, dict[str, int]]:
    """The filters as they are shown: kind, name, how many."""
    found: dict[str, dict[str, int]] = {}
    for row in rows.rows:
        if row.heading:
            found[row.text] = {}
        else:
            name, n = re.fullmatch(r"[ *](.*?) +(\d+)", row.text).groups()  # type: ignore[union-attr]  # a row has both, or the test fails
            found[list(found)[-1]][name] = int(n)
    return found


async def test_the_counts_of_every_kind_add_up_to_all(practice: Desk) -> None:
    listed = practice.lookup.search("", 500)
    missing = {
        "答复": sum(not row.answered for row in listed),
        "还有几日": sum(not sort.left and n for sort, n in practice.lookup.kept().items()),
        "谁办": sum(not sort.handler and n for sort, n in practice.lookup.kept().items()),
    }
    async with running(practice.home, practice, size=(120, 40)) as pilot:
        await press(pilot, "f3")
        shown = counts(front(pilot).query_one("#filters", Rows))
        assert list(shown) == [kind.name for kind in KINDS.values()]
        for kind, names in shown.items():
            assert sum(names.values()) + missing.get(kind, 0) == len(listed), kind


async def test_space_sets_a_filter_and_takes_it_away(practice: Desk) -> None:
    async with running(practice.home, practice, size=(120, 40)) as pilot:
        await press(pilot, "f3", "f4")
        filters, found = (front(pilot).query_one(name, Rows) for name in ("#filters", "#found"))
        shown = counts(filters)
        filters.cursor = next(n for n, row in enumerate(filters.rows) if row.key == "state:to_serve")
        await press(pilot, "space")
        assert len(found.rows) == shown["状态"]["待送达"]
        assert "待送达，各年" in dump(app_of(pilot))
        assert sum(counts(filters)["怎么来"].values()) == len(found.rows), "the others are counted within it"
        await press(pilot, "space")
        assert "范围：全部" in dump(app_of(pilot))
        filters.cursor = next(n for n, row in enumerate(filters.rows) if row.key == "category:granted")
        await press(pilot, "enter")
        assert {practice.lookup.case(row.key).category for row in found.rows} == {"granted"}
        await press(pilot, "ctrl+b")
        assert "范围：全部，各年" in dump(app_of(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_found_says_what_was_tried(desk: Desk, size: tuple[int, int]) -> None:
    register(desk)
    async with running(desk.home, desk, size=size) as pilot:
        await press(pilot, "f3", *"zzzzz")
        seen = front(pilot).query_one("#count").render().plain.replace("\n", "")
        for words in ("【zzzzz】没有找到", "登记号", "姓名", "电话", "拼音首字母", "内容", "备注", "Ctrl+B"):
            assert words in seen
        await press(pilot, "ctrl+b")
        assert "找到1件" in dump(app_of(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_says_how_long_is_left_and_what_a_case_came_to(desk: Desk, size: tuple[int, int]) -> None:
    register(desk, applicant="逾期的", received_on="2026-10-15", remark="下午三点以后联系")
    register(desk, applicant="今天来的")
    issue_granted(desk, applicant="答复了的")
    async with running(desk.home, desk, size=size) as pilot:
        await press(pilot, "f3")
        lines = dump(app_of(pilot)).splitlines()
        for name, left in (("逾期的", "超6日"), ("今天来的", "余20日"), ("答复了的", "予以公开")):
            assert any(name in line and left in line for line in lines), name
        await press(pilot, *"三点")
        assert "找到1件" in dump(app_of(pilot)), "a word of the remark is found"
        if size[0] >= 150:
            pane = front(pilot).query_one(CasePane)
            await until(pilot, lambda: pane.glance and pane.glance.case.applicant == "逾期的")
            await until_said(pilot, "下午三点以后联系")


async def test_what_changed_is_seen_when_one_comes_back(desk: Desk) -> None:
    case = register(desk, applicant="王五")
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "f3", "enter")
        assert isinstance(front(pilot), CaseScreen)
        desk.acts.note(case.case_id, act_draft("withdrawn"))
        await press(pilot, "escape")
        await until_said(pilot, "已撤回")


async def test_what_remains_and_who_works_on_it_narrow_as_the_board_tells_them(practice: Desk) -> None:
    board = practice.work.board()
    async with running(practice.home, practice, size=(120, 40)) as pilot:
        await press(pilot, "f3", "f4")
        filters, found = (front(pilot).query_one(name, Rows) for name in ("#filters", "#found"))
        shown = counts(filters)
        assert shown["还有几日"]["已超期"] == len(board.groups["overdue"]) > 0
        assert shown["还有几日"]["今天到期"] == len(board.groups["due_today"]) > 0
        filters.cursor = next(n for n, row in enumerate(filters.rows) if row.key == "left:overdue")
        await press(pilot, "space")
        assert {row.key for row in found.rows} == {row.case_id for row in board.groups["overdue"]}
        assert "范围：全部，各年，已超期" in dump(app_of(pilot))
        who, n = next(iter(counts(filters)["谁办"].items()))
        filters.cursor = next(n for n, row in enumerate(filters.rows) if row.key == f"handler:{who}")
        await press(pilot, "space")
        assert len(found.rows) == n
        assert f"已超期，{who}办" in front(pilot).query_one("#count").render().plain.replace("\n", "")
        await press(pilot, "ctrl+b")
        assert "范围：全部，各年" in dump(app_of(pilot))


async def test_a_narrow_window_makes_room_for_the_filters_while_one_is_chosen(practice: Desk) -> None:
    overdue = practice.work.board().groups["overdue"]
    async with running(practice.home, practice, size=(80, 24)) as pilot:
        await press(pilot, "f3")
        filters, found = (front(pilot).query_one(name, Rows) for name in ("#filters", "#found"))
        whole = found.size.width
        assert not filters.region, "no room beside the list"
        await press(pilot, "f4")
        assert filters.has_focus
        assert filters.region.width + found.region.width <= 80
        filters.cursor = next(n for n, row in enumerate(filters.rows) if row.key == "left:overdue")
        await press(pilot, "space", "f4")
        assert not filters.region
        assert found.size.width == whole
        assert {row.key for row in found.rows} == {row.case_id for row in overdue}
        await press(pilot, "f4", "tab")
        assert not filters.region, "whoever goes on has chosen"
