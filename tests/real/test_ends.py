"""What may not end the desk, and what ends it in good order: in a pseudo-terminal, with the real program."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from tests.conftest import DAY, make_desk
from tests.real.conftest import PATIENCE_S, Pty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")


def test_the_systems_request_to_end_gives_the_terminal_back(screen: Pty) -> None:
    screen.wait("按 F2 登记")
    screen.send(b"\x1bOQ")  # F2
    screen.wait("申请人")
    os.kill(screen.pid, signal.SIGTERM)
    assert screen.ended() == 128 + signal.SIGTERM, screen.seen[-1000:]
    assert "\x1b[?1049l" in screen.seen  # out of the alternate screen
    assert "\x1b[?1000l" in screen.seen  # the mouse is free


@pytest.mark.parametrize("words", [(), ("read", "--alone")])
def test_a_terminal_that_is_gone_without_a_word_ends_the_program(tmp_path: Path, words: tuple[str, ...]) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    desk.machine.set_pin("246810")
    desk.close()
    screen = Pty(tmp_path / "home", *words)
    screen.wait("最新公开的" if words else "按 F2 登记")
    screen.lose()
    assert screen.ended() == 129
    screen.close()


@pytest.mark.parametrize("theme", ["x", "", "dark"])
@pytest.mark.each(3)
def test_any_theme_that_somebody_names_opens_the_desk(tmp_path: Path, theme: str) -> None:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    screen = Pty(tmp_path / "home", DESKAPP_THEME=theme)
    screen.wait("按 F2 登记")
    screen.send(b"\x11")
    assert screen.ended() == 0
    screen.close()


def test_a_bad_template_does_not_end_the_desk_and_stands_in_the_doctor(tmp_path: Path) -> None:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    (tmp_path / "home/templates").mkdir()
    (tmp_path / "home/templates/granted.md").write_text("坏的", encoding="utf-8")
    desk = subprocess.run(
        [sys.executable, "-m", "deskapp", "--at", str(tmp_path / "home"), "check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "granted.md" in desk.stdout + desk.stderr
    screen = Pty(tmp_path / "home")
    screen.wait("按 F2 登记")
    for _ in range(50):  # five seconds: what is read beside the first picture is read by then
        screen._read()
    screen.send(b"\x11")
    assert screen.ended() == 0
    screen.close()


def reader_of(guard: int) -> int:
    """The process that the guard has started."""
    told = Path(f"/proc/{guard}/task/{guard}/children")
    deadline = time.monotonic() + PATIENCE_S
    while not (words := told.read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(words[0])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc there")
@pytest.mark.long
def test_no_end_of_the_reader_leads_to_a_shell(tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk = make_desk(home, FixedClock(DAY))
    desk.machine.set_pin("246810")
    desk.close()
    screen = Pty(home, "read")
    screen.wait("大家常问的")
    first = reader_of(screen.pid)
    (home / "register.db").rename(home / "away.db")
    os.kill(first, signal.SIGKILL)
    for _ in range(40):  # while the next one starts
        screen.send(b"\x03\x1c\x1a")
        time.sleep(0.05)
    screen.wait("查阅暂时打不开")
    (home / "away.db").rename(home / "register.db")
    screen.wait("大家常问的")
    assert screen._program.poll() is None
    screen.send(b"\x11")
    screen.wait("请输入遮屏密码")
    screen.send(b"246810\r")
    assert screen.ended() == 0
    screen.close()


SLOW_READERS = """
import sys, time
from deskapp import supervisor
supervisor.AGAIN_S = supervisor.SLOW_S = 0.1
supervisor.SOON_S = 0.0  # every reader has lived longer, as on a machine that is slow to find out what is wrong
codes = {codes}
readers = [[sys.executable, "-c", "raise SystemExit(%d)" % code] for code in codes]
supervisor.subprocess.call = lambda _, env, call=supervisor.subprocess.call: call(readers.pop(0), env=env)
supervisor.guard([], {{}})
"""


@pytest.mark.parametrize(("codes", "said"), [([1, 0], True), ([3, 0], False)])
def test_a_reader_that_never_stood_is_spoken_of_however_slow_the_machine(codes: list[int], said: bool) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_READERS.format(codes=codes)], stdin=theirs, stdout=theirs
    ) as program:
        os.close(theirs)
        assert program.wait(PATIENCE_S) == 0
        assert ("查阅暂时打不开" in os.read(ours, 65536).decode()) is said
    os.close(ours)


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
@pytest.mark.each(4)
def test_closed_streams_are_no_fault_of_the_step(tmp_path: Path, closed: tuple[int, ...]) -> None:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    target = tmp_path / "a.db"
    words = ["-m", "deskapp", "--at", str(tmp_path / "home"), "backup", str(target)]
    code = f"import os, sys\nfor n in {closed}: os.close(n)\nos.execv(sys.executable, [sys.executable, *{words!r}])"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert target.read_bytes()[:15] == b"SQLite format 3"
