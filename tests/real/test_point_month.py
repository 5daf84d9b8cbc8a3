"""A month of a reading point in a real terminal: lists come in, people come, an inspection finds something, it is mended, the month is told."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.catalogue.test_standards import standard
from tests.conftest import make_desk
from tests.real.conftest import NEEDS_TMUX, Terminal

pytestmark = [*NEEDS_TMUX, pytest.mark.long]
PIN, COUNTY = "246810", Path(__file__).parent.parent / "data/catalogue/青山县目录.csv"
FIRST = date(2026, 11, 26)  # the last day of the list; the month is the one that follows


def opened(terminal: Terminal, home: Path, day: date, *words: str) -> Terminal:
    command = [sys.executable, "-m", "deskapp", *words, "--at", str(home), "--today", day.isoformat()]
    terminal.start(*command, width=100, height=30)
    return terminal


def closed(terminal: Terminal) -> None:
    terminal.keys("C-q")
    assert terminal.ended()


def to_the_point(terminal: Terminal) -> None:
    terminal.wait("今日  ")
    terminal.keys("F12")
    terminal.wait("阅览点  ")


def test_a_month_of_a_point(terminal: Terminal, tmp_path: Path) -> None:
    home, t = tmp_path / "home", terminal
    desk = make_desk(home, FixedClock(FIRST))
    desk.machine.set_pin(PIN)
    desk.close()
    standard(tmp_path, "社会救助", "养老服务")

    # the first day: what is published, and what must be
    opened(t, home, FIRST)
    to_the_point(t)
    t.keys("F3", "F8")
    t.wait("导入目录  ")
    t.type(str(COUNTY))
    t.keys("F9")
    t.wait("新的600条")
    t.keys("F3")
    t.wait("标准目录  ", "还没有标准目录")
    t.keys("F8")
    t.wait("导入标准目录")
    t.type(str(tmp_path / "标准目录.xlsx"))
    t.keys("F9")
    t.wait("哪张表", "全部2张")
    time.sleep(0.5)  # an F9 that follows at once was meant for the form before
    t.keys("F9")
    t.wait("共6项", "社会救助")
    closed(t)

    # some days later: people come, one by one and in a burst of slips
    opened(t, home, date(2026, 12, 3))
    to_the_point(t)
    for kind in "1213":
        t.keys(kind, "Enter")
    t.wait("今天接待4批、4人次")
    t.keys("F6")
    t.wait("满意度  ")
    t.keys(*["1", "Enter"] * 6, "3", "Enter")
    t.wait("85.71%")
    closed(t)

    # visitors by themselves, in a small window
    words = [sys.executable, "-m", "deskapp", "read", "--at", str(home), "--today", "2026-12-04"]
    t.start(*words, width=40, height=15)
    t.wait("查阅  ", "大家常问的")
    t.type("低保怎么领")
    t.wait("找到")
    t.keys("Enter")
    t.wait("发布机构")
    t.keys("F2", "F2", "F9")
    t.wait("大家常问的")
    t.keys("C-q")
    t.wait("请输入遮屏密码")
    t.type(PIN)
    t.keys("Enter")
    assert t.ended()

    # an inspection finds something; past its day it stands on the board, then it is mended
    desk = Desk.open(home, FixedClock(date(2026, 12, 10)))
    from deskapp.desk.reading.point_log import INSPECTION, PointDraft

    desk.point_log.enter(
        PointDraft(
            kind=INSPECTION, title="查看查阅点", who="县监督员", found="标识牌旧了", mend="换标识牌", mend_by="办公室", mend_until="2026-12-15"
        )
    )  # fmt: skip
    desk.close()
    opened(t, home, date(2026, 12, 18))
    t.wait("换标识牌")
    to_the_point(t)
    t.keys("F9")
    t.wait("工作记事  ", "还没有改好的（1件）", "已过限期")
    t.keys("F4")
    t.wait_gone("已过限期")
    t.keys("Escape")
    t.wait("阅览点  ")

    # the month is told
    t.keys("F4")
    t.wait("月表  ", "2026年，查阅点共接待群众4人次")
    closed(t)

    desk = Desk.open(home, FixedClock(date(2026, 12, 31)))
    assert desk.catalogue.count == 600
    assert desk.satisfaction.year(2026).all.slips == 7
    assert desk.daybook.year(2026).total().people == 4
    assert desk.point_log.open_mends() == []
    assert not [note for note in desk.upkeep.check() if note.fault and note.code != "calendar"]  # of the next year
    desk.close()
