"""A day in the reading point in a real terminal: a list comes in, people read, ask, apply, say how it went, read alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.catalogue.test_catalogue import BUDGET, ROAD, table
from tests.conftest import DAY, make_desk
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp

pytestmark = NEEDS_TMUX
PIN = "246810"


def test_a_day_in_the_reading_point(terminal: Terminal, tmp_path: Path) -> None:
    home, t = tmp_path / "home", terminal
    desk = make_desk(home, FixedClock(DAY))
    desk.machine.set_pin(PIN)
    desk.close()
    table(tmp_path, ROAD, BUDGET, name="list.xlsx")

    t.start(*deskapp(home))
    t.wait("今日  ")
    t.keys("F12")
    t.wait("阅览点  ", "今天还没有人来")
    t.keys("F3")
    t.wait("公开目录还是空的")
    t.keys("F8")
    t.wait("导入目录  ")
    t.type(str(tmp_path / "list.xlsx"))
    t.keys("F9")
    t.wait("公开目录  ", "新的2条")
    t.type("dlyh")
    t.wait("列出1条")
    t.keys(*["BSpace"] * 4)
    t.type("道路硬化")
    t.wait("列出1条", "查阅点2号柜3层")
    t.keys("Escape")
    t.wait("阅览点  ")

    t.keys("1")
    t.wait("记一批  ", "几个人   1")
    t.keys("Enter")
    t.wait("已记下：阅览1人")
    t.keys("3")
    t.wait("记一批  ", "政策解读")
    t.type("12")
    t.keys("Tab")
    t.type("医保缴费")
    t.keys("Enter")
    t.wait("今天接待2批、13人次")

    t.keys("F5")
    t.wait("还没有常见问题")
    t.keys("F7")
    t.wait("谁核对的")
    for text in ("宅基地怎么批", "先向村里申请，村里公示", "土地管理法第六十二条", "王建国", "2026-11-02"):
        t.type(text)
        t.keys("Tab")
    t.keys("F9")
    t.wait("常见问题  ", "王建国2026-11-02核对")
    t.keys("F4")
    t.wait("已记一次咨询", "1次")
    t.type("农村道路硬化项目招标公告")
    t.wait("没有找到。按 F2")
    t.keys("F2")
    t.wait("登记  ", "农村道路硬化项目招标公告")
    t.keys("Tab", "Tab")
    t.type("张三")
    t.wait("公开目录里有（F7 当场答复）")
    t.keys("F7")
    t.wait("文书  ", "www.example.gov.cn")
    t.keys("F9")
    t.wait("发出后给文号")
    t.keys("Enter")
    t.wait("已发出：")
    t.keys("Escape")
    t.wait("下一步  把")
    t.keys("Escape")
    t.wait("常见问题  ")
    t.keys("Escape")
    t.wait("今天接待4批、15人次", "LH-2026-0001")

    t.keys("F6")
    t.wait("满意度  ", "没有收到满意度问卷")
    t.keys("1")
    t.wait("记一份问卷  ")
    t.keys("Enter")
    t.wait("已记下：线下满意一份", "100.00%（1份中1份，份数少，只供参考）")
    t.keys("Escape")
    t.wait("阅览点  ")
    t.keys("F4")
    t.wait("2026年，查阅点共接待群众15人次（4批）")
    t.keys("Escape", "F3")
    t.wait("公开目录  ")
    t.keys("F9")
    t.wait("查阅  ", "最新公开的", "大家常问的")
    t.keys("F12", "C-p", "C-n", "C-l")
    t.type("yusuan")
    t.wait("查阅  ", "找到1条", "部门预算")
    t.keys("F9")
    t.wait("大家常问的")
    t.keys("C-q")
    t.wait("请输入遮屏密码")
    t.type("1111")
    t.keys("Enter")
    t.wait("密码不对")
    t.type(PIN)
    t.keys("Enter")
    t.wait("公开目录  ")
    t.keys("C-q")
    assert t.ended()

    desk = Desk.open(home, FixedClock(date(2026, 11, 20)))
    assert desk.catalogue.count == 2
    assert desk.daybook.year(2026).total().people == 15
    assert desk.satisfaction.year(2026).all.slips == 1
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.category, case.applicant) == ("already_public", "张三")
    assert not [note for note in desk.upkeep.check() if note.fault]
    desk.close()


def test_the_reading_areas_computer(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk = make_desk(home, FixedClock(DAY))
    desk.machine.set_pin(PIN)
    desk.close()
    words = deskapp(home)
    terminal.start(*words[:3], "read", *words[3:])
    terminal.wait("查阅  ", "大家常问的")
    terminal.keys("C-q")
    terminal.wait("请输入遮屏密码")
    terminal.type(PIN)
    terminal.keys("Enter")
    assert terminal.ended()
