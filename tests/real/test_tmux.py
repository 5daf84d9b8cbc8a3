"""The real program in a real terminal, 80 x 24, Chinese typed in: from an empty directory to a recorded delivery."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed (Debian: tmux)"),
    pytest.mark.xdist_group("tmux"),
]
PATIENCE_S = 20.0


class Terminal:
    """One tmux server of its own with one window."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux.socket")

    def start(self, *command: str, width: int = 80, height: int = 24) -> None:
        env = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        words = ["env", "-u", "COLUMNS", "-u", "LINES", "TERM=tmux-256color", "LC_ALL=C.UTF-8", *command]
        size = ["-x", str(width), "-y", str(height)]
        subprocess.run(
            ["tmux", "-u", "-f", "/dev/null", "-S", self._socket, "new-session", "-d", *size, *words],
            env=env,
            check=True,
        )

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-u", "-S", self._socket, *words], capture_output=True, text=True, check=False)
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press named keys, one after the other in one write."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait(self, *texts: str) -> str:
        """The screen once it shows every text; fails with the screen when it never does."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            shown = self.screen()
            if all(text in shown for text in texts):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{texts} never shown:\n{self.screen()}")

    def ended(self) -> bool:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if not self._tmux("list-sessions"):
                return True
            time.sleep(0.05)
        return False

    def kill(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.kill()


def deskapp(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "deskapp", *words, "--at", str(home), "--today", "2026-11-20"]


def set_up(terminal: Terminal, home: Path) -> None:
    """Fill in the unit's particulars on an empty directory."""
    terminal.start(*deskapp(home))
    terminal.wait("第一次使用", "照公章写")
    for text, tabs in (
        ("青山县柳河镇人民政府", 2), ("柳政依复", 1), ("lh", 1), ("中心街1号", 1), ("0579-5550100", 1),
        ("青山县人民政府", 1), ("青山县人民法院", 1), ("李晓梅", 1),
    ):  # fmt: skip
        terminal.type(text)
        terminal.keys(*["Tab"] * tabs)
    terminal.wait("李晓梅")
    terminal.keys("F9")
    terminal.wait("样本文书", "资料齐全")
    terminal.keys("Escape")
    terminal.wait("今日 · 青山县柳河镇人民政府", "按 F2 登记")


def test_from_an_empty_directory_to_a_recorded_delivery(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    set_up(terminal, home)
    terminal.keys("F2")
    terminal.wait("登记 · 青山县柳河镇人民政府", "提交之日")
    terminal.keys("Tab", "Tab")
    terminal.type("欧阳𠮷远")
    terminal.keys("Tab", "Tab", "Tab")
    terminal.type("13905550123")
    terminal.keys("Tab")
    terminal.type("柳河镇桥头村12号")
    terminal.keys("Tab")
    terminal.type("柳河镇2025年农村土地承包经营权流转台账")
    terminal.wait("流转台账")
    terminal.keys("F9")
    terminal.wait("政府信息公开申请收件回执", "已登记：LH-2026-0001")
    terminal.keys("Escape")
    terminal.wait("最后一日　2026-12-18", "余20个工作日", "按 F4 写文书")
    terminal.keys("F4")
    terminal.wait("第1问", "这样回答")
    terminal.type("xxbcz")
    terminal.wait("依据：条例第三十六条第四项")
    terminal.keys("Enter")
    terminal.wait("必须改正：法律顾问意见")
    terminal.keys("F8")
    terminal.wait("必须有，还没有")
    terminal.keys("Tab")
    terminal.type("赵律师")
    terminal.keys("F9")
    terminal.wait("必须有的都有了")
    terminal.keys("Escape")
    terminal.wait("必须改正：检索的经过")
    terminal.type("经办人在档案室目录中查找，没有找到")
    terminal.wait("检查没有发现问题，按 F9 发出")
    terminal.keys("F4")
    terminal.wait("政府信息不存在告知书", "60日内向")
    terminal.keys("F4")
    terminal.keys("F9")
    terminal.wait("不能再改")
    terminal.keys("Enter")
    terminal.wait("已发出：柳政依复〔2026〕1号", "存成PDF文件")
    terminal.keys("Enter")
    terminal.wait("已存成PDF")
    terminal.keys("Escape")
    terminal.wait("按 F5 记下送达")
    terminal.keys("F5")
    terminal.wait("期限看申请人签收之日")
    terminal.keys("Tab", "Tab", "Tab", "Tab")
    terminal.type("欧阳𠮷远")
    terminal.keys("F9")
    terminal.wait("按期：申请人签收之日是2026-11-20", "按 F6 归档")
    terminal.keys("Escape")
    terminal.wait("待归档（1件）")
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
    """A name, Tab and a number in one write, as a card reader types."""
    home = tmp_path / "home"
    set_up(terminal, home)
    terminal.keys("F2")
    terminal.wait("提交之日")
    terminal.keys("Tab", "Tab")
    terminal.type("阿卜杜热西提·买买提依明\t\t330102199001011234\t13905550123\t")
    shown = terminal.wait("330102199001011234", "13905550123")
    assert "申请人 阿卜杜热西提·买买提依明" in shown
    assert "证件号码 330102199001011234" in shown
    assert "联系电话 13905550123" in shown


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
