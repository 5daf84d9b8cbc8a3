"""A pile of slips and a queue of people keyed in one burst, in a real terminal: as many are there as were keyed."""

from __future__ import annotations

from pathlib import Path

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.conftest import DAY, make_desk
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp

pytestmark = NEEDS_TMUX
BURST = 38


def test_a_burst_of_slips_and_visits(terminal: Terminal, tmp_path: Path) -> None:
    home, t = tmp_path / "home", terminal
    make_desk(home, FixedClock(DAY)).close()
    t.start(*deskapp(home))
    t.wait("今日  ")
    t.keys("F12")
    t.wait("阅览点  ")
    t.keys(*["2", "Enter"] * BURST)
    t.wait(f"今天接待{BURST}批、{BURST}人次", "已记下：咨询1人")
    t.keys("F6")
    t.wait("满意度  ", "没有收到满意度问卷")
    t.keys(*["1", "Enter"] * BURST)
    t.wait(f"收到满意度问卷{BURST}份", "已记下：线下满意一份")
    t.keys("C-q")
    assert t.ended()

    desk = Desk.open(home, FixedClock(DAY))
    opinion = desk.satisfaction.year(2026)
    assert (opinion.all.slips, opinion.marks["yes"], opinion.remarks) == (BURST, BURST, ())
    assert desk.daybook.year(2026).total("advice").visits == BURST
    desk.close()
