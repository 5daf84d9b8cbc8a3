"""A whole day at the counter in a real terminal: twelve applications of different kinds, typed by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp, set_up

pytestmark = NEEDS_TMUX
CHANNELS = ("当面", "挂号邮寄", "平信", "网络", "传真", "口头")


def choose(t: Terminal, downs: int) -> None:
    """Open the list under the cursor and take the entry so far below."""
    t.keys("Enter")
    t.wait("Esc 收起")
    t.keys(*["Down"] * downs, "Enter")
    t.wait_gone("Esc 收起")


def register(t: Terminal, channel: str, before: tuple[str, ...], person: tuple[str, ...], content: str) -> None:
    """One application: ``before`` are the fields between the channel and the applicant, ``person`` name, identity, telephone,
    address."""
    t.keys("F2")
    t.wait("登记  ", "提交之日")
    if channel != "当面":
        choose(t, CHANNELS.index(channel))
        t.wait(f"收到方式   {channel}", "口头的原因" if channel == "口头" else "到登记台")
    name, identity, phone, address = person
    for text in before:
        t.keys("Tab")
        t.type(text)
    t.keys("Tab")
    t.type(name)
    t.keys("Tab", "Tab")
    for text in (identity, phone, address):
        t.type(text)
        t.keys("Tab")
    t.type(content)
    t.wait(content[-8:])
    t.keys("F9")
    t.wait("已登记：", "存成PDF文件")
    t.keys("Escape")
    t.wait("法定经过")


def answer(t: Terminal, words: str, opinions: int, facts: tuple[str, ...]) -> None:
    """From the case through the guide to an issued letter; a fact ``#2`` is the second of a list."""
    t.keys("F4")
    t.wait("第1问")
    t.type(words)
    t.wait("不要用于")
    t.keys("Enter")
    t.wait("文书  ")
    if opinions:
        t.keys("F8")
        for _ in range(opinions):
            t.wait("必须有，还没有")
            t.type("王建国")
            t.keys("Tab")
            choose(t, 1)
            t.keys("F9")
        t.wait("必须有的都有了")
        t.keys("Escape")
        t.wait("文书  ")
    for fact in facts:
        if fact.startswith("#"):
            choose(t, int(fact[1:]))
        else:
            t.type(fact)
        t.keys("Tab")
    t.keys("F9")
    t.wait("发出后给文号")
    t.keys("Enter")
    t.wait("已发出：")
    t.keys("Escape")
    t.wait("法定经过")


def deliver(t: Terminal) -> None:
    """Handed over to the applicant himself."""
    t.keys("F5")
    t.wait("期限看申请人签收之日")
    t.keys("Tab", "Tab", "Tab", "Tab")
    t.type("本人")
    t.keys("F9")
    t.wait("按期")


def home_again(t: Terminal) -> None:
    t.keys("Escape")
    t.wait("今日  ")


@pytest.mark.long
def test_twelve_applications_in_one_day(terminal: Terminal, tmp_path: Path) -> None:
    home, t = tmp_path / "home", terminal
    set_up(t, home)

    register(t, "当面", ("",), ("欧阳修远", "", "13905550001", "桥头村1号"), "柳河镇2025年低保对象公示名单")
    answer(t, "yygk", 1, ("", "低保对象公示名单，共2页"))
    deliver(t)
    home_again(t)

    t.keys("C-n")
    t.wait("还没有记过信件")
    t.keys("F2")
    t.wait("F9 记下", "平信、网络、传真")
    t.keys("Tab")
    t.type("XA12345678944")
    t.keys("Tab")
    t.type("李秀兰")
    t.keys("Tab")
    t.type("门卫老赵")
    t.keys("Tab")
    t.type("11-17")
    t.keys("F9")
    t.wait("还没有登记")
    t.keys("Enter")
    t.wait("登记成一件申请")
    t.keys("Enter")
    t.wait("签收之日", "门卫老赵")
    t.keys(*["Tab"] * 10)
    t.type("桥头村征地补偿款分配方案")
    t.wait("分配方案")
    t.keys("F9")
    t.wait("已登记：LH-2026-0002")
    t.keys("Escape")
    t.wait("11-17收到")
    t.keys("Escape")
    t.wait("收件登记  ", "LH-2026-0002")
    home_again(t)

    register(t, "口头", ("", "不识字"), ("周玉梅", "", "13905550003", "上街村3号"), "危房改造补助名单")
    answer(t, "xxbcz", 1, ("经办人在档案室文书档案目录中以“危房改造”查找，没有找到",))
    home_again(t)

    register(t, "网络", ("", "11-19", ""), ("赵小燕", "", "13905550004", "下街村4号"), "柳河镇2026年部门预算")
    answer(t, "yzd", 0, ("柳河镇2026年部门预算", "县政府网站“预算公开”栏目，2026年2月10日发布"))
    home_again(t)

    register(t, "平信", ("", "", ""), ("陈祎昇", "", "13905550005", "红旗村5号"), "关于土地的所有材料")
    answer(
        t,
        "bz",
        0,
        ("没有写明文件的名称或者年份", "请写明所需信息的名称、文号或者年份", "", "可以在县政府网站的目录里查名称"),
    )
    home_again(t)

    register(t, "传真", ("", "", ""), ("刘珺堃", "", "13905550006", "新民村6号"), "全县建设用地供应计划")
    answer(
        t,
        "bsy",
        0,
        ("该信息由县自然资源和规划局制作", "青山县自然资源和规划局", "青山县人民路18号，电话0579-5550123"),
    )
    home_again(t)

    register(t, "当面", ("",), ("吴国庆", "", "13905550007", "东风社区7号"), "请查处村干部不公并说明理由")
    answer(t, "xf", 1, ("#2", "投诉村干部办事不公", "青山县信访局，电话0579-5550199"))
    home_again(t)

    register(t, "当面", ("",), ("郑爱华", "", "13905550008", "平安街道8号"), "河滨路拓宽工程投标文件")
    answer(t, "zqyjs", 0, ("青山县宏远建筑有限公司", "#1", "投标文件里的报价", "#1"))
    home_again(t)

    register(t, "当面", ("",), ("孙立新", "", "13905550009", "向阳村9号"), "柳河镇2026年第一期政府公报")
    answer(t, "cbw", 0, ("柳河镇政府公报2026年第1期", "镇政府办公室、县图书馆可以查阅"))
    home_again(t)

    register(t, "当面", ("",), ("钱多多", "", "13905550010", "青山乡10号"), "防汛应急预案")
    t.keys("F6")
    t.wait("记事  ")
    t.type("sqrch")
    t.keys("Enter")
    t.wait("变成已撤回")
    t.keys("F9")
    t.wait("已记下：申请人撤回")
    home_again(t)

    register(t, "当面", ("",), ("冯晓东", "", "13905550011", "青山乡11号"), "2015年至2025年河道整治验收报告")
    answer(t, "ycdf", 0, ("王建国", "", "要跨三个部门查档"))
    home_again(t)

    t.keys("F2")
    t.wait("提交之日")
    t.keys("Tab", "Tab")
    t.type("赵小燕")
    t.keys("F4")
    t.wait("13905550004", "下街村4号")
    t.type("柳河镇2026年部门预算")
    t.keys("F9")
    t.wait("已登记：LH-2026-0012")
    t.keys("Escape")
    t.wait("法定经过")
    answer(t, "yzd", 0, ())
    home_again(t)

    t.resize(120, 40)
    t.wait("待送达 9", "待归档 2", "正在办理 1")
    t.resize(60, 20)
    t.wait("窗口太小")
    t.resize(80, 24)
    t.wait("今日  ")
    t.keys("F3")
    t.wait("找到12件")
    t.type("oyxy")
    t.wait("找到1件", "欧阳修远")
    t.kill()
    assert t.ended()
    t.start(*deskapp(home))
    t.wait("今日  ", "0002")

    desk = Desk.open(home, FixedClock(date(2026, 11, 20)))
    cases = [desk.lookup.case_by_no(f"LH-2026-{n:04d}") for n in range(1, 13)]
    assert [case.category for case in cases] == [
        "granted", "", "not_held", "already_public", "", "not_our_agency", "petition", "", "publication", "withdrawn", "",
        "already_public",
    ]  # fmt: skip
    assert cases[0].served
    assert cases[1].received.on == date(2026, 11, 17)
    assert [letter.kind for letter in cases[2].letters] == ["oral_record", "receipt", "not_held"]
    assert cases[11].address == "下街村4号"
    assert [event.act for event in cases[10].clock_events] == ["received", "extended"]
    assert [event.act for event in cases[7].clock_events] == ["received", "party_consulted"]
    assert not [note for note in desk.upkeep.check() if note.fault]
    report = desk.reporting.report(2026)
    assert all(check.ok for check in report.checks)
    desk.close()
