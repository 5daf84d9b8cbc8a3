"""The first quarter of an hour in a real terminal: an empty folder, the unit's particulars, an application, its receipt as PDF."""

from __future__ import annotations

import time
from pathlib import Path

from tests.real.conftest import NEEDS_TMUX, Terminal, set_up, type_in_application

pytestmark = NEEDS_TMUX


def test_from_an_empty_folder_to_the_first_letter_as_pdf(terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "home"
    set_up(terminal, home)
    type_in_application(terminal, "欧阳远")
    time.sleep(0.5)  # an Enter that follows at once was meant for the screen before
    terminal.keys("Enter")
    terminal.wait("已存成PDF")
    terminal.keys("Escape")
    terminal.wait("LH-2026-0001", "按 F4 写文书")
    terminal.keys("C-q")
    assert terminal.ended()
    (letter,) = home.rglob("*.pdf")
    assert letter.read_bytes().startswith(b"%PDF-")
