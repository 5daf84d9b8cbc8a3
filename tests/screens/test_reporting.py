"""What reports need of the clerk: the reason of a late answer, table two; and the monthly page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
from textual.widgets import Input

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.office.doctor import DoctorScreen
from deskapp.screens.office.files import FileInScreen, FilesScreen
from deskapp.screens.office.period import PeriodScreen
from deskapp.screens.office.report import ReportScreen
from deskapp.screens.office.table_two import TableTwoScreen
from tests.conftest import issue_granted, make_desk, register
from tests.exchange.test_tables import book
from tests.screens.conftest import app_of, dump, fill, front, press, running, type_text, until, until_said


async def test_a_late_answer_is_asked_for_its_reason(desk: Desk) -> None:
    letter = issue_granted(desk, received_on="2026-10-12")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await pilot.app.push_screen(DeliveryScreen(letter.case_id))
        await pilot.pause()
        await fill(pilot, signed_by="张三")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoteScreen)
        assert "超期" in dump(app_of(pilot))
        assert "说明超期原因" in dump(app_of(pilot))
        await fill(pilot, why="征求意见的回函迟到")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CaseScreen)
        assert desk.lookup.entries(letter.case_id)[-1][1:] == ("说明超期原因", "征求意见的回函迟到")


async def test_the_monthly_page_goes_back_and_forth_and_to_a_file(desk: Desk) -> None:
    issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"yb", "enter")
        assert isinstance(front(pilot), PeriodScreen)
        assert "2026年11月（到今天为止）" in dump(app_of(pilot))
        await press(pilot, "f6")
        await until_said(pilot, "后面的还没有到")
        await press(pilot, "f5")
        assert "2026年10月" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "2026年第四季度（到今天为止）" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "2026年（到今天为止）" in dump(app_of(pilot))
        await press(pilot, "f7", "enter")
        await until_said(pilot, "已存成")
    assert [path.name for path in (desk.home / "年报").iterdir()] == ["2026年月报.xlsx"]


async def test_table_two_is_filled_in_from_its_page(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t", "f4", "f4")
        assert "没有填" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert isinstance(front(pilot), TableTwoScreen)
        await fill(pilot, **{"rules-0": "两件"})
        await press(pilot, "f9")
        await until_said(pilot, "请填数字")
        front(pilot).query_one("#field-rules-0", Input).value = "2"
        await press(pilot, "f9")
        await until_said(pilot, "2026年的表二已记下")
        assert "本年制发件数：2" in dump(app_of(pilot))


async def test_tables_go_out_and_come_back_without_a_shell(desk: Desk, tmp_path: Path) -> None:
    issue_granted(desk, applicant="欧阳修远")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"drdc", "enter")
        assert isinstance(front(pilot), FilesScreen)
        await press(pilot, "enter", "down", "enter")  # the ledger, people masked
        await until_said(pilot, "1件，已存成")
        await press(pilot, "down", "down", "enter")
        await until_said(pilot, "空白台账.xlsx")
        assert {path.name for path in (desk.home / "导出").iterdir()} == {"台账.xlsx", "空白台账.xlsx"}
        assert "欧阳修远" not in str(openpyxl.load_workbook(desk.home / "导出/台账.xlsx").worksheets[0]["D2"].value)
        unit = tmp_path / "unit.toml"
        desk.handing.give("unit", unit)
        await press(pilot, *["down"] * 7, "enter")
        assert isinstance(front(pilot), FileInScreen)
        await type_text(pilot, str(unit))
        await press(pilot, "f9")
        await until_said(pilot, "和现在的单位资料一样，没有换。")


def _changed(kept: Callable[[], str], before: str) -> bool:
    return kept() != before


async def test_what_would_be_replaced_is_shown_and_asked(desk: Desk, tmp_path: Path) -> None:
    unit = tmp_path / "unit.toml"
    desk.handing.give("unit", unit)
    text = unit.read_text(encoding="utf-8").replace("0579-5550100", "0579-5550199")
    unit.write_text(text + 'paper = "plain"\n' if "paper" not in text else text, encoding="utf-8")
    desk.questions.enter(QuestionDraft(question="多久答复", answer="20个工作日"))
    lines = [["问题", "回答"], ["多久答复", "二十个工作日"]]
    answers = book(tmp_path / "q.xlsx", {"常见问题": lines})
    cases: list[tuple[str, Path, str, Callable[[], str]]] = [
        ("unit", unit, "联系电话：【0579-5550100】换成【0579-5550199】", lambda: desk.lookup.unit().phone),
        (
            "questions",
            answers,
            "多久答复：【20个工作日】换成【二十个工作日】",
            lambda: desk.questions.all()[0].of.answer,
        ),
    ]
    async with running(desk.home, desk) as pilot:
        for kind, path, shown, kept in cases:
            before = kept()
            front(pilot).go("file_in", kind)
            await until(pilot, lambda: isinstance(front(pilot), FileInScreen))
            await type_text(pilot, str(path))
            await press(pilot, "f9")
            await until(pilot, lambda: isinstance(app_of(pilot).screen, ConfirmScreen))
            asked = dump(app_of(pilot)).replace("\n", "").replace("│", "").replace(" ", "")
            assert shown in asked
            await press(pilot, "escape")
            assert kept() == before
            await press(pilot, "f9", "enter")
            await until(pilot, partial(_changed, kept, before))


async def test_signs_on_paper_are_typed_in_and_compared(desk: Desk) -> None:
    register(desk)
    seq, head = desk.upkeep.seal()
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"jc", "enter")
        await until(pilot, lambda: isinstance(front(pilot), DoctorScreen))
        await press(pilot, "f4")
        for typed, said in (
            ("一张纸", "没有认出校验"),
            (f"{seq}-{head[:8]}", "登记簿里有这一条"),
            (f"{seq}-00000000", "登记簿里没有这一条"),
        ):
            front(pilot).query_one("#field-signs", Input).value = typed
            await press(pilot, "f9")
            await until_said(pilot, said)


async def test_a_year_is_frozen_again_with_a_reason_and_both_are_shown(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(date(2026, 11, 20)))
    register(desk)
    desk.close()
    desk = Desk.open(tmp_path / "home", FixedClock(date(2027, 1, 11)))
    desk.reporting.freeze(2026)
    register(desk, received_on="2026-12-30")
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(ReportScreen())
        await press(pilot, "f5", "f9")
        assert "2026年的年报2027-01-11已经冻结，现在的数和那时不同。" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert len(desk.reporting.freezings(2026)) == 1, "no words, no freezing"
        await press(pilot, "escape", "f9", *"补登了一件", "enter")
        shown = dump(app_of(pilot)).replace("\n", "").replace(" ", "")
        assert "冻结过2次：2027-01-11；2027-01-11（原因：补登了一件；和上一次不同：【一、本年新收" in shown
    again = Desk.open(tmp_path / "home", FixedClock(date(2027, 1, 12)))
    assert [time.reason for time in again.reporting.freezings(2026)] == ["", "补登了一件"]
    again.close()
