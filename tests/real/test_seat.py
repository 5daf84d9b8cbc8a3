"""Who sits here, in a real terminal: Ctrl+S arrives as a key and does not stop the terminal; a first start says that names can be entered."""

from __future__ import annotations

from pathlib import Path

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.staff import ColleagueDraft
from tests.conftest import DAY, make_desk, profile
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp

pytestmark = NEEDS_TMUX


def test_ctrl_s_is_a_key_and_what_follows_is_the_other_persons(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk = make_desk(home, FixedClock(DAY))
    for name in ("周小雨", "王敏"):
        desk.staff.enter(ColleagueDraft(name=name))
    desk.close()
    terminal.start(*deskapp(home))
    terminal.wait("现在谁坐在这里", "1　周小雨", "2　王敏")
    terminal.keys("1")
    terminal.wait("今日  ", "经办 周小雨")
    terminal.keys("F2")
    terminal.wait("登记  ")
    terminal.keys("C-s")
    terminal.wait("现在谁坐在这里")
    terminal.keys("2")
    terminal.wait("经办 王敏")
    terminal.keys("Tab", "Tab")
    terminal.type("张三")
    terminal.keys("Tab", "Tab", "Tab", "Tab", "Tab")
    terminal.type("柳河镇2025年台账")
    terminal.keys("F9")
    terminal.wait("已登记：LH-2026-0001")
    terminal.keys("C-q")
    assert terminal.ended()
    desk = Desk.open(home, FixedClock(DAY))
    assert desk.lookup.case_by_no("LH-2026-0001").history[0].by == "王敏"
    desk.close()


def test_that_names_can_be_entered_is_said_once(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_desk(home, FixedClock(DAY)).close()
    terminal.start(*deskapp(home))
    terminal.wait("今日  ", "现在每一步都记在李晓梅名下")
    terminal.keys("C-q")
    assert terminal.ended()
    again = Desk.open(home, FixedClock(DAY))
    assert again.seat.tell_once() == ""
    again.close()


def test_ctrl_e_opens_another_register_of_the_hall_and_comes_back(terminal: Terminal, tmp_path: Path) -> None:
    first = make_desk(tmp_path / "home", FixedClock(DAY))
    other = Desk.create(tmp_path / "other", profile(name="青山县自然资源局", site_code="ZR"), FixedClock(DAY))
    first.neighbours.choose([str(first.home), str(other.home)])
    for desk in (first, other):
        desk.staff.enter(ColleagueDraft(name="周小雨"))
        desk.close()
    terminal.start(*deskapp(tmp_path / "home"))
    terminal.wait("今日  青山县柳河镇人民政府")
    terminal.keys("C-e")
    terminal.wait("换到哪个机关的登记簿")
    terminal.keys("Enter")
    terminal.wait("今日  青山县自然资源局")
    terminal.keys("C-e")
    terminal.wait("换到哪个机关的登记簿")
    terminal.keys("Enter")
    terminal.wait("今日  青山县柳河镇人民政府")
    terminal.keys("C-q")
    assert terminal.ended()
