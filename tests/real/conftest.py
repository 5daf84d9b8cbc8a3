"""A real terminal: one tmux server with one window, keys in, screens out."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from tests.conftest import DAY, make_desk

NEEDS_TMUX = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed (Debian: tmux)"),
    pytest.mark.xdist_group("tmux"),
]
PATIENCE_S = 60.0  # a machine that others work on stands still for some seconds at times
PROGRAM = shlex.split(os.environ.get("DESKAPP_PROGRAM", "")) or [
    sys.executable,
    "-m",
    "deskapp",
]  # make kit-test names the kit's


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
        """The screen once it shows every text; fails with the screen when that stands still and does not."""
        last, since = "", time.monotonic()
        while time.monotonic() - since < PATIENCE_S:
            shown = self.screen()
            if all(text in shown for text in texts):
                return shown
            if shown != last:  # many keys sent at once are worked off one by one
                last, since = shown, time.monotonic()
            time.sleep(0.05)
        raise AssertionError(f"{texts} never shown:\n{self.screen()}")

    def wait_gone(self, text: str) -> None:
        """Until the screen does not show a text any more."""
        deadline = time.monotonic() + PATIENCE_S
        while text in self.screen():
            assert time.monotonic() < deadline, f"{text} never went:\n{self.screen()}"
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        """Another size of the window."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

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
    return [*PROGRAM, *words, "--at", str(home), "--today", "2026-11-20"]


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
    terminal.wait("今日  青山县柳河镇人民政府", "按 F2 登记")


def type_in_application(terminal: Terminal, name: str) -> None:
    """From 今日 into the form of 登记, filled in and registered: the receipt is shown."""
    terminal.keys("F2")
    terminal.wait("登记  青山县柳河镇人民政府", "提交之日")
    terminal.keys("Tab", "Tab")
    terminal.type(name)
    terminal.keys("Tab", "Tab", "Tab")
    terminal.type("13905550123")
    terminal.keys("Tab")
    terminal.type("柳河镇桥头村12号")
    terminal.keys("Tab")
    terminal.type("柳河镇2025年农村土地承包经营权流转台账")
    terminal.wait("流转台账")
    terminal.keys("F9")
    terminal.wait("政府信息公开申请收件回执", "已登记：LH-2026-0001")


class Pty:
    """The desk in a pseudo-terminal of 24 lines; what it draws is read all the time, or it would stop and wait."""

    def __init__(self, home: Path, *words: str, **settings: str) -> None:
        """The desk, or the command that ``words`` name, with further environment variables."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "deskapp", "--at", str(home), "--today", "2026-11-20", *words]
        env = {**os.environ, "TERM": "xterm-256color", **settings}
        self._program = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
        os.close(theirs)
        self._seen, self._lost = "", False
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")  # a read may end within a character
        self._looked = 0  # up to where words waited for have been found

    def send(self, keys: bytes) -> None:
        self._seen, self._looked = "", 0
        os.write(self._ours, keys)

    def _read(self) -> None:
        try:
            if select.select([self._ours], [], [], 0.1)[0]:
                self._seen += self._decoder.decode(os.read(self._ours, 65536))
        except OSError:  # the other end is closed
            time.sleep(0.05)

    def wait(self, words: str) -> None:
        """Until words are drawn, after the last keys sent and after what was last waited for: older ones are no answer."""
        deadline = time.monotonic() + PATIENCE_S
        while (found := self._seen.find(words, self._looked)) < 0:
            assert time.monotonic() < deadline, f"{words} never shown: {self._seen[-500:]!r}"
            self._read()
        self._looked = found + len(words)

    def ended(self) -> int | None:
        """The exit code, once the program has ended; None when it does not."""
        deadline = time.monotonic() + PATIENCE_S
        while self._program.poll() is None and time.monotonic() < deadline:
            if self._lost:
                time.sleep(0.05)
            else:
                self._read()
        return self._program.poll()

    def lose(self) -> None:
        """Take the terminal away; the program is not told, for it is not the terminal's own."""
        os.close(self._ours)
        self._lost = True

    @property
    def pid(self) -> int:
        return self._program.pid

    @property
    def seen(self) -> str:
        """What was drawn after the last keys."""
        return self._seen

    def close(self) -> None:
        self._program.kill()
        self._program.wait(PATIENCE_S)
        if not self._lost:
            os.close(self._ours)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Pty]:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    made = Pty(tmp_path / "home")
    yield made
    made.close()
