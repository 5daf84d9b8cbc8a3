"""导入台账 at the screen: an office's own table from the file to the board, by somebody who has no shell."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.lock import LockScreen
from deskapp.screens.office.ledger import DifferencesScreen, LedgerScreen, MatchingScreen, PreviewScreen
from deskapp.screens.office.period import PeriodScreen
from deskapp.screens.reading.day import ReadingScreen
from tests.conftest import DATA
from tests.exchange.test_tables import HEAD, book, row
from tests.screens.conftest import app_of, dump, fill, front, press, running, type_text, until, until_said

OWN: list[list[Any]] = [
    ["柳河镇2025年申请登记表"], ["序号", "申请日期", "姓名", "身份", "申请方式", "申请事项", "答复情况", "答复时间"],
    [1, "1月5日", "张三", "公民", "EMS", "预算", "不存在", "1月20日"], [2, "2月6日", "李四", "老乡", "现场", "决算", "正在办理", ""],
    ["合计", "2件"],
]  # fmt: skip


async def to_matching(pilot: Pilot[bool], path: Path) -> None:
    await press(pilot, "ctrl+p", *"drtz", "enter")
    assert isinstance(front(pilot), LedgerScreen)
    front(pilot).query_one("#field-file", Input).value = str(path)
    await press(pilot, "f9")
    await until(pilot, lambda: isinstance(front(pilot), MatchingScreen))


async def test_an_own_table_comes_in_and_what_was_confirmed_is_remembered(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "登记表.xlsx", {"登记": OWN})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        shown = dump(app_of(pilot))
        assert "收到日期*" in shown
        assert "自然人" in shown
        where = next(field.key for field in front(pilot).query_one(FormView).fields if field.label == "老乡")
        front(pilot).query_one(f"#field-{where}", Select).value = "自然人"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        assert "共4行 = 收下2行 + 没有用上的2行" in dump(app_of(pilot))
        assert desk.lookup.search("") == [], "nothing is written by looking"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen))
        await until_said(pilot, "已导入2件")
        assert [desk.lookup.case_by_no(f"LH-2025-000{n}").category for n in (1, 2)] == ["not_held", ""]
        assert desk.ledgers.remembered().words["申请人类别"] == {"公民": "自然人", "老乡": "自然人"}
        assert desk.ledgers.look(path).names["姓名"] == "申请人"


async def test_what_every_application_needs_and_the_table_lacks_is_asked_where_it_is_said(desk: Desk) -> None:
    """The star is at the field, and the cursor goes there."""
    path = DATA / "strangers/制表符.csv"
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        form = front(pilot).query_one(FormView)
        await press(pilot, "f9")
        assert isinstance(front(pilot), MatchingScreen)
        await until_said(pilot, "每一件都要有申请人类别，表里没有这一列。")
        focused = form.focused_field()
        assert focused
        assert (focused.label, focused.required) == ("整张表的申请人类别", True)
        await type_text(pilot, "自然人")
        await press(pilot, "enter", "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        assert "共11行 = 可以收的5行 + 没有用上的1行 + 有错的5行" in dump(app_of(pilot))


async def test_leaving_what_was_chosen_asks(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "登记表.xlsx", {"登记": OWN})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        where = next(field.key for field in front(pilot).query_one(FormView).fields if field.label == "老乡")
        front(pilot).query_one(f"#field-{where}", Select).value = "自然人"
        await press(pilot, "escape")
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "escape")
        assert front(pilot).query_one(FormView).values()[where] == "自然人", "it stays"
        await press(pilot, "escape", "enter")
        await until(pilot, lambda: isinstance(front(pilot), LedgerScreen))


async def test_what_comes_back_is_returned_under_the_same_name(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a（退回）.xlsx", {"台账": [HEAD, row(1), row(2, 收到日期="昨天")]})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        await press(pilot, "f9", "enter")
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen))
    assert [each.name for each in sorted(tmp_path.glob("a*.xlsx"))] == ["a（退回）.xlsx", "a（退回）（2）.xlsx"]


async def test_wrong_lines_are_returned_and_the_others_taken(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1), row(2, 收到日期="昨天"), row(3)]})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        assert "【昨天】：应当是日期" in dump(app_of(pilot))
        await press(pilot, "f9")
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen))
        await until_said(pilot, "已导入2件，有错的1行退回在")
    returned = openpyxl.load_workbook(tmp_path / "a（退回）.xlsx")["退回"]
    assert [cell.value for cell in returned[2]][-1] == "收到日期【昨天】：应当是日期，写成 2026-11-21"


async def test_files_that_cannot_come_in_are_told_and_the_form_stays(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    bad = book(tmp_path / "b.xlsx", {"台账": [HEAD, row(1, 收到日期="昨天")]})
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"drtz", "enter", "f9")
        await until_said(pilot, "没有找到文件")
        await type_text(pilot, str(tmp_path / "a.xlsx"))
        await press(pilot, "f9")
        await until_said(pilot, "是PDF 文件，不是表格")
        assert isinstance(front(pilot), LedgerScreen)
        await press(pilot, "escape")
        await to_matching(pilot, bad)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        await press(pilot, "f9")
        await until_said(pilot, "没有可以收的行")


async def test_an_import_that_is_stopped_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, *(row(n) for n in range(900))]})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        preview = front(pilot)
        assert isinstance(preview, PreviewScreen)
        preview._to_stop = True
        preview._start()
        await until_said(pilot, "已经停下。一行也没有导入")
        assert isinstance(front(pilot), PreviewScreen)
        assert desk.lookup.search("") == []


def test_what_was_remembered_and_is_damaged_is_nothing(desk: Desk) -> None:
    for text in ("{", "[]", '{"columns": {"a": "没有的列"}}', '{"words": 1}'):
        desk._journal.records.set_note("ledger_mapping", text)
        assert desk.ledgers.remembered().columns == {}


async def test_known_cases_are_updated_and_what_differs_is_chosen(desk: Desk, tmp_path: Path) -> None:
    desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "联系电话"], [*row(1), "111"], [*row(2), "222"]]}))
    columns = ["登记号", "联系电话", "答复类型", "答复日期"]
    lines = [["LH-2026-0001", "111", "予以公开", "2026-03-20"], ["LH-2026-0002", "999", "", ""]]
    path = book(tmp_path / "b.xlsx", {"台账": [columns, *lines]})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        front(pilot).query_one("#field-same", Select).value = "update"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), DifferencesScreen))
        shown = dump(app_of(pilot))
        assert "LH-2026-0002 联系电话" in shown
        assert "登记簿：222" in shown
        front(pilot).query_one("#field-d0", Select).value = "take"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        assert "共2行 = 更新2行" in dump(app_of(pilot))
        assert desk.lookup.case_by_no("LH-2026-0002").phone == "222", "nothing is written by looking"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen))
        await until_said(pilot, "已更新2件")
        assert desk.lookup.case_by_no("LH-2026-0001").category == "granted"
        assert desk.lookup.case_by_no("LH-2026-0002").phone == "999"


async def test_after_another_choice_of_columns_their_words_are_asked(desk: Desk, tmp_path: Path) -> None:
    lines = [
        ["来信日子", "怎样来的", "谁", "哪一类人", "要什么"],
        ["2026-03-05", "信使送来", "张三", "自然人", "预算"],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": [["收到日期", *lines[0][1:]], ["2026-03-05", *lines[1][1:]]]})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)

        def choose(label: str, value: str) -> None:
            where = next(field.key for field in front(pilot).query_one(FormView).fields if field.label == label)
            front(pilot).query_one(f"#field-{where}", Select).value = value

        for label, column in zip(lines[0][1:], ("收到方式", "申请人", "申请人类别", "申请内容"), strict=True):
            choose(label, column)
        await press(pilot, "f9")
        await until_said(pilot, "后面多了要定的词")
        assert isinstance(front(pilot), MatchingScreen)
        choose("信使送来", "当面")
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        assert "共1行 = 收下1行" in dump(app_of(pilot))


async def test_going_elsewhere_ends_an_import_and_asks_where_something_was_chosen(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "登记表.xlsx", {"登记": OWN})
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        await press(pilot, "ctrl+p", *"yb", "enter")
        await until(pilot, lambda: isinstance(front(pilot), PeriodScreen))
        await until_said(pilot, "导入没有做完，一行也没有收。")
        await press(pilot, "escape")
        assert isinstance(front(pilot), BoardScreen), "neither the form nor the file comes back"
        await to_matching(pilot, path)
        where = next(field.key for field in front(pilot).query_one(FormView).fields if field.label == "老乡")
        front(pilot).query_one(f"#field-{where}", Select).value = "自然人"
        await press(pilot, "f12")
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "escape")
        assert isinstance(front(pilot), MatchingScreen), "it is still there"
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        await press(pilot, "f12", "enter")
        await until(pilot, lambda: isinstance(front(pilot), ReadingScreen))
        await press(pilot, "escape")
        assert isinstance(front(pilot), BoardScreen)
        assert desk.lookup.search("") == []


async def test_what_was_found_waits_until_nothing_lies_over_the_form(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "登记表.xlsx", {"登记": OWN})
    go, look = threading.Event(), desk.ledgers.look

    def slowly(*args: Any) -> Any:
        assert go.wait(20)
        return look(*args)

    monkeypatch.setattr(desk.ledgers, "look", slowly)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"drtz", "enter")
        await type_text(pilot, str(path))
        await pilot.press("f9", "ctrl+l")
        go.set()
        await pilot.pause(1.5)
        assert isinstance(front(pilot), LockScreen), "the curtain stays down"
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(front(pilot), MatchingScreen))
        await press(pilot, "escape", "escape")
        go.clear()
        await press(pilot, "ctrl+p", *"drtz", "enter")
        await type_text(pilot, str(path))
        await pilot.press("f9", "ctrl+p", *"yb", "enter")
        go.set()
        await pilot.pause(1.5)
        assert isinstance(front(pilot), PeriodScreen), "nothing opens over where somebody has gone"
        await press(pilot, "escape")
        assert isinstance(front(pilot), BoardScreen)


async def test_nobody_goes_elsewhere_while_an_import_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1)]})
    go, take = threading.Event(), desk.ledgers.take

    def slowly(*args: Any, **named: Any) -> Any:
        assert named or go.wait(20)
        return take(*args, **named)

    monkeypatch.setattr(desk.ledgers, "take", slowly)
    async with running(desk.home, desk) as pilot:
        await to_matching(pilot, path)
        await press(pilot, "f9")
        await until(pilot, lambda: isinstance(front(pilot), PreviewScreen))
        await pilot.press("f9", "f12")
        await until_said(pilot, "正在导入。等它收完，或者按 Esc 停下，再去别处。")
        assert isinstance(front(pilot), PreviewScreen)
        await pilot.press("ctrl+l")
        go.set()
        await pilot.pause(1.5)
        assert isinstance(front(pilot), LockScreen)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(front(pilot), BoardScreen))
        await until_said(pilot, "已导入1件")


async def test_a_form_is_there_once(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        form = front(pilot)
        await fill(pilot, applicant="欧阳修远")
        await press(pilot, "ctrl+p", *"cx", "enter")
        assert isinstance(front(pilot), SearchScreen)
        await press(pilot, "ctrl+p", *"dj", "down", "enter")
        while not isinstance(front(pilot), IntakeScreen | BoardScreen):
            await press(pilot, "escape")
        assert front(pilot) is form, "the half-filled one, and no second that would be registered once more"
        assert sum(isinstance(screen, IntakeScreen) for screen in app_of(pilot).screen_stack) == 1
