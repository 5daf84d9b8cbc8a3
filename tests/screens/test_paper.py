"""Printing from the screen: what the queue says is said, and nothing prints twice unasked."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.printing.port import JobEnd, Printer, PrintResult
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from tests.conftest import issue_granted, make_desk
from tests.screens.conftest import app_of, dump, running, workers_ended


class Tray:
    """A printer port that answers as it is told to and counts what it is sent."""

    def __init__(self, state: str = "printed", down: bool = False) -> None:
        self.state, self.down, self.sent = state, down, 0

    def printers(self) -> list[Printer]:
        if self.down:
            raise DeskError("打印服务没有运行。", "", "请管理员启动。")
        return [Printer("窗口打印机", "ready", default=True)]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        self.sent += 1
        if self.state == "waiting":
            return PrintResult("waiting", f"job-{self.sent}", "打印机停住了（卡纸），不要重复打印。")
        return PrintResult("printed", f"job-{self.sent}", f"已交给打印机【{printer}】。")

    def may_still_print(self, printer: str, job: str) -> bool:
        return self.state == "waiting"

    def end_of(self, printer: str, job: str) -> JobEnd:
        return "" if self.state == "waiting" else "printed"


async def opened(pilot: Pilot[bool], desk: Desk) -> None:
    letter = issue_granted(desk)
    await pilot.app.push_screen(LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters)))
    await settled(pilot)


async def settled(pilot: Pilot[bool]) -> None:
    """Until the workers in the background have spoken."""
    await workers_ended(pilot)
    await pilot.pause()


def shown_again(pilot: Pilot[bool]) -> None:
    """As when the screen is opened anew."""
    screen = pilot.app.screen
    assert isinstance(screen, LetterPaperScreen)
    screen.show_paper()


def outcomes(desk: Desk) -> list[str]:
    return [p.outcome for p in desk.lookup.case_by_no("LH-2026-0001").prints]


async def test_a_letter_is_printed(tmp_path: Path, clock: FixedClock) -> None:
    tray = Tray()
    desk = make_desk(tmp_path / "home", clock, tray)
    async with running(desk.home, desk) as pilot:
        await opened(pilot, desk)
        assert "打印到 窗口打印机" in dump(app_of(pilot))
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "已交给打印机【窗口打印机】" in dump(app_of(pilot))
        assert (tray.sent, outcomes(desk)) == (1, ["printed"])


async def test_a_jam_is_told_and_the_second_time_is_asked(tmp_path: Path, clock: FixedClock) -> None:
    tray = Tray("waiting")
    desk = make_desk(tmp_path / "home", clock, tray)
    async with running(desk.home, desk) as pilot:
        await opened(pilot, desk)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "卡纸" in dump(app_of(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert "还在队列里" in dump(app_of(pilot))
        await pilot.press("escape")
        await settled(pilot)
        assert tray.sent == 1
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, AskModal)
        await pilot.press(*"no paper", "enter")
        await settled(pilot)
        assert (tray.sent, outcomes(desk)) == (2, ["waiting", "waiting"])
        assert desk.lookup.case_by_no("LH-2026-0001").prints[-1].why == "no paper"
        tray.state = "printed"
        shown_again(pilot)
        await settled(pilot)
        assert "已经印出" in dump(app_of(pilot))


async def test_who_saw_the_paper_come_out_notes_it(tmp_path: Path, clock: FixedClock) -> None:
    desk = make_desk(tmp_path / "home", clock, Tray("waiting"))
    async with running(desk.home, desk) as pilot:
        await opened(pilot, desk)
        await pilot.press("down", "enter")
        await settled(pilot)
        shown_again(pilot)
        await settled(pilot)
        assert "上一次打印已经出纸" in dump(app_of(pilot))
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        case = desk.lookup.case_by_no("LH-2026-0001")
        assert [end.outcome for end in case.print_ends] == ["printed"]
        assert "上一次打印已经出纸" not in dump(app_of(pilot))


async def test_no_print_service_leaves_the_pdf(tmp_path: Path, clock: FixedClock) -> None:
    desk = make_desk(tmp_path / "home", clock, Tray(down=True))
    async with running(desk.home, desk) as pilot:
        await opened(pilot, desk)
        assert "打印服务没有运行" in dump(app_of(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert "已存成PDF" in dump(app_of(pilot))
        assert outcomes(desk) == ["saved"]
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "已存成副本" in dump(app_of(pilot))
        files = sorted(path.name for path in (desk.home / "文书").iterdir())
        assert len(files) == 2
        assert sum("（副本）" in name for name in files) == 1
        assert outcomes(desk) == ["saved"]
        case = desk.lookup.case(desk.work.board().groups["to_serve"][0].case_id)
        assert [event.act for event in case.history][-2:] == ["printed", "copied"]
