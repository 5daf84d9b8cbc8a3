"""The county's program in a real terminal: opened, a stick taken in, a point looked at, left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.county.hall import County
from tests.county.conftest import PointDesk

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed (Debian: tmux)"),
]


class Terminal:
    """A window of tmux of its own server."""

    def __init__(self, socket: Path, command: list[str]) -> None:
        self._tmux = ["tmux", "-S", str(socket)]
        env = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        subprocess.run(
            [*self._tmux, "-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "30", *command],
            check=True,
            env=env,
        )

    def press(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def until(self, words: str) -> str:
        for _ in range(300):
            shown = subprocess.run(
                [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=False
            ).stdout
            if words in shown.replace("\n", ""):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"not within thirty seconds: {words}\n{shown}")

    def ended(self) -> bool:
        for _ in range(100):
            if subprocess.run([*self._tmux, "has-session"], capture_output=True, check=False).returncode:
                return True
            time.sleep(0.1)
        return False

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


def test_a_stick_is_taken_in_and_looked_at(
    hall: County, dsn: str, tmp_path: Path, new_point: Callable[..., PointDesk]
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    for n, name in enumerate(("青山县柳河镇人民政府", "青山县桥头乡人民政府")):
        point = new_point(name=name, code="AB"[n])
        point.cases(n + 1)
        point.desk.bundles.make(stick, county=point.key)
    words = [
        sys.executable,
        "-m",
        "deskapp",
        "county",
        "--db",
        dsn,
        "--at",
        str(hall.home.path.parent),
        "--today",
        "2026-11-20",
    ]
    terminal = Terminal(tmp_path / "tmux", words)
    try:
        assert "柳河镇人民政府" in terminal.until("没有报过")
        terminal.press("F9")
        terminal.until("报送包在哪里")
        terminal.press("-l", str(stick))
        terminal.press("Enter")
        shown = terminal.until("收下2个包，新记录3条")
        assert "合计" in shown
        terminal.press("Enter")
        terminal.until("逾期没有答复")
        terminal.press("Escape")
        terminal.until("先做" if "先做" in shown else "2个登记点")
        terminal.press("C-q")
        assert terminal.ended()
    finally:
        terminal.close()
