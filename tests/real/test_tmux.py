"""The real program in a real terminal, 80 x 24, Chinese typed in: from an empty directory to a recorded delivery."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.real.conftest import NEEDS_TMUX, PATIENCE_S, Terminal, deskapp, set_up, type_in_application

pytestmark = NEEDS_TMUX


def test_from_an_empty_directory_to_a_recorded_delivery(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    set_up(terminal, home)
    type_in_application(terminal, "欧阳𠮷远")
    terminal.keys("Escape")
    terminal.wait("最后一日 2026-12-18", "余20个工作日", "按 F4 写文书")
    terminal.keys("F4")
    terminal.wait("第1问", "这样回答")
    terminal.type("xxbcz")
    terminal.wait("依据：条例第三十六条第四项")
    terminal.keys("Enter")
    terminal.wait("必须改  法律顾问意见")
    terminal.keys("F8")
    terminal.wait("必须有，还没有")
    terminal.type("赵律师")
    terminal.keys("Tab", "Enter")
    terminal.wait("Esc 收起")
    terminal.keys("Down", "Enter")
    terminal.wait_gone("Esc 收起")
    terminal.keys("F9")
    terminal.wait("必须有的都有了")
    terminal.keys("Escape")
    terminal.wait("必须改  检索的经过")
    terminal.type("经办人在档案室目录中查找，没有找到")
    terminal.wait("按 F9 发出，给文号")
    terminal.keys("F4")
    terminal.wait("政府信息不存在告知书", "60日内向")
    terminal.keys("F4")
    terminal.keys("F9")
    terminal.wait("不能再改")
    terminal.keys("Enter")
    terminal.wait("已发出：柳政依复〔2026〕1号", "存成PDF文件")
    time.sleep(0.5)  # an Enter that follows at once was meant for the question before
    terminal.keys("Enter")
    terminal.wait("已存成PDF")
    terminal.keys("Escape")
    terminal.wait("按 F5 记下送达")
    terminal.keys("F5")
    terminal.wait("期限看申请人签收之日")
    terminal.keys("Tab", "Tab", "Tab", "Tab")
    terminal.type("欧阳𠮷远")
    terminal.keys("F9")
    terminal.wait("按期：申请人签收之日是2026-11-20")
    terminal.keys("Escape")
    terminal.wait("待归档 1", "按 F6 归档")
    terminal.keys("C-q")
    assert terminal.ended()
    desk = Desk.open(home, FixedClock(date(2026, 11, 20)))
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.applicant, case.category, case.number) == ("欧阳𠮷远", "not_held", "柳政依复〔2026〕1号")
    assert case.served
    assert [p.outcome for p in case.prints] == ["saved"]
    assert next((home / "文书").glob("*.pdf")).read_bytes() == desk.paper.letter(case.answer_id).pdf
    desk.close()


def test_killed_while_typing_the_form_comes_back(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    set_up(terminal, home)
    terminal.keys("F2")
    terminal.wait("提交之日")
    terminal.keys("Tab", "Tab")
    terminal.type("半途而废")
    terminal.wait("半途而废")
    time.sleep(1.0)
    terminal.kill()
    assert terminal.ended()
    terminal.start(*deskapp(home))
    terminal.wait("按 F2 登记")
    terminal.keys("F2")
    terminal.wait("半途而废")
    until = time.monotonic() + PATIENCE_S
    while not list((home / "backups").glob("????-??-??.db")):  # one a day by itself
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_burst_lands_in_the_right_fields(terminal: Terminal, tmp_path: Path) -> None:
    """A name with a slip that is taken back, Tab and a number in one write, as a card reader or an input method types."""
    home = tmp_path / "home"
    set_up(terminal, home)
    terminal.keys("F2")
    terminal.wait("提交之日")
    terminal.keys("Tab", "Tab")
    terminal.type("阿卜杜热西提·买买提依明误误\x7f\x7f\t\t330102199001011234\t13905550123\t")
    shown = terminal.wait("330102199001011234", "13905550123")
    for label, value in (
        ("申请人", "阿卜杜热西提·买买提依明"),
        ("证件号码", "330102199001011234"),
        ("联系电话", "13905550123"),
    ):
        assert re.search(rf"{label} +{value}", shown), label


@pytest.mark.parametrize("term", ["linux", "dumb"])
def test_a_terminal_that_cannot_show_chinese_is_refused(terminal: Terminal, tmp_path: Path, term: str) -> None:
    script = tmp_path / "run.sh"
    command = " ".join(f"'{word}'" for word in deskapp(tmp_path / "home"))
    script.write_text(f"TERM={term} {command}; echo code $?; sleep 30\n")
    terminal.start("sh", str(script))
    shown = terminal.wait("code 1")
    assert f"TERM={term}" in shown
    assert "显示不了中文界面" in shown
    assert not (tmp_path / "home").exists()


def test_a_small_window_says_so(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start(*deskapp(tmp_path / "home"), width=60, height=20)
    terminal.wait("窗口太小")
