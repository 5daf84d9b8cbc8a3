"""The first quarter of an hour in a real terminal: an empty folder, the unit's particulars, an application, its receipt as PDF and on paper."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.printing.private_cups import PrivateCups, why_not
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


@pytest.fixture
def cups(tmp_path: Path) -> Iterator[tuple[PrivateCups, str]]:
    """A private cupsd, and the address by which the desk finds it: a socket file, since the kit is tried without a network. The rest of it lies
    outside of the test's folder, which make kit-test gives to the clerk: a backend must be root's own."""
    if why_not():
        pytest.skip(why_not())
    socket_file = tmp_path / "cups"
    with TemporaryDirectory(prefix="cupsd") as folder:
        server = PrivateCups(Path(folder, "cups"), socket_file=socket_file)
        yield server, str(socket_file)
        server.stop()


def test_the_first_letter_comes_out_of_the_printer(
    terminal: Terminal, tmp_path: Path, cups: tuple[PrivateCups, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, address = cups
    monkeypatch.setenv("CUPS_SERVER", address)
    set_up(terminal, tmp_path / "home")
    type_in_application(terminal, "欧阳远")
    terminal.wait("tray")
    time.sleep(0.5)
    terminal.keys("Down", "Enter")
    terminal.wait("已交给打印机【tray】")
    (page,) = server.printed(10)
    assert page.startswith(b"%PDF-")
    terminal.keys("Escape", "C-q")
