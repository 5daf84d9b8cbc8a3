"""A terminal that sends bytes which are no UTF-8: a paste from a GBK program, a broken line. The desk stands."""

from __future__ import annotations

import fcntl
import os
import pty
import select
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

PATIENCE_S = 20.0


class Pty:
    """The desk in a pseudo-terminal of 24 lines; what it draws is read all the time, or it would stop and wait."""

    def __init__(self, home: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "deskapp", "--at", str(home), "--today", "2026-11-20"]
        env = {**os.environ, "TERM": "xterm-256color"}
        self._program = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
        os.close(theirs)
        self._seen = ""

    def send(self, keys: bytes) -> None:
        self._seen = ""
        os.write(self._ours, keys)

    def _read(self) -> None:
        try:
            if select.select([self._ours], [], [], 0.1)[0]:
                self._seen += os.read(self._ours, 65536).decode("utf-8", errors="ignore")
        except OSError:  # the other end is closed
            time.sleep(0.05)

    def wait(self, words: str) -> None:
        """Until words are drawn after the last keys sent."""
        deadline = time.monotonic() + PATIENCE_S
        while words not in self._seen:
            assert time.monotonic() < deadline, f"{words} never shown: {self._seen[-500:]!r}"
            self._read()

    def ended(self) -> int | None:
        """The exit code, once the program has ended; None when it does not."""
        deadline = time.monotonic() + PATIENCE_S
        while self._program.poll() is None and time.monotonic() < deadline:
            self._read()
        return self._program.poll()

    def close(self) -> None:
        self._program.kill()
        self._program.wait(PATIENCE_S)
        os.close(self._ours)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Pty]:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    made = Pty(tmp_path / "home")
    yield made
    made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize("stray", [b"\xff\xfe", b"\xc3(", "张三".encode("gbk"), b"\xe5\xbc", b"\x80" * 40])
def test_stray_bytes_do_not_end_the_desk(screen: Pty, stray: bytes) -> None:
    screen.wait("按 F2 登记")
    screen.send(b"\x1bOQ")  # F2
    screen.wait("申请人")
    screen.send(stray + b"a")
    screen.wait("a")
    screen.send(b"\x1bOP")  # F1
    screen.wait("光标所在的这一项")
    screen.send(b"\x11")  # Ctrl+Q
    assert screen.ended() == 0
