"""The terminal is asked how wide it draws signs of uncertain width, and is left as it was."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.real.conftest import NEEDS_TMUX, Terminal

pytestmark = NEEDS_TMUX


def test_a_terminal_answers(terminal: Terminal, tmp_path: Path) -> None:
    command = (
        f"{sys.executable} -m deskapp --at {tmp_path / 'home'} --diagnose; read line; echo typed:$line; sleep 60"
    )
    terminal.start("sh", "-c", command, width=120, height=40)
    shown = terminal.wait("可以照着念")
    width = next(line for line in shown.splitlines() if line.startswith("符号宽度"))
    assert "都是一格" in width or "这些画成两格" in width, width
    terminal.type("echoed")
    terminal.keys("Enter")
    assert "typed:echoed" in terminal.wait("typed:echoed")
