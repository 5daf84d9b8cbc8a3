"""A stick that is pulled under the desk's hand: the desk says so, stays, and goes on; with a real file system on a loop device, as root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from tests.conftest import DAY, make_desk, register
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp

pytestmark = [
    *NEEDS_TMUX,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root"),
]
SIZE = 20_000_000  # bytes


class Stick:
    """A file system in a file, mounted."""

    def __init__(self, folder: Path) -> None:
        self.image, self.path = folder / "stick.img", folder / "U盘"
        self.path.mkdir()
        self.image.write_bytes(bytes(SIZE))
        subprocess.run(["mkfs.ext4", "-q", str(self.image)], check=True)
        subprocess.run(["mount", "-o", "loop,sync", str(self.image), str(self.path)], check=True)

    def pull(self) -> None:
        """Take it out: what is read and written from now on meets nothing."""
        os.truncate(self.image, 0)

    def away(self) -> None:
        subprocess.run(["umount", "-l", str(self.path)], check=False, capture_output=True)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    made = Stick(tmp_path)
    yield made
    made.away()


def to_backup(terminal: Terminal, home: Path, stick: Stick) -> None:
    desk = make_desk(home, FixedClock(DAY))
    register(desk)
    desk.catalogue.publish(Entry("1", "公告"))
    desk.close()
    terminal.start(*deskapp(home), width=100)
    terminal.wait("正在办理 1")
    terminal.keys("C-p")
    terminal.type("jc")
    terminal.keys("Enter")
    terminal.wait("登记簿是好的")
    terminal.keys("F7")
    terminal.wait("备份到")
    terminal.type(str(stick.path))


def test_a_stick_pulled_before_the_backup_is_told_and_the_desk_goes_on(
    terminal: Terminal, tmp_path: Path, stick: Stick
) -> None:
    to_backup(terminal, tmp_path / "home", stick)
    stick.pull()
    terminal.keys("F9")
    shown = terminal.wait("备份没有写成")
    assert "已备份" not in shown
    terminal.keys("Escape", "Escape")
    terminal.wait("正在办理 1")
    terminal.keys("F2")
    terminal.wait("申请人")


def test_what_is_said_to_be_on_the_stick_is_there_when_it_is_pulled_at_once(
    terminal: Terminal, tmp_path: Path, stick: Stick
) -> None:
    to_backup(terminal, tmp_path / "home", stick)
    terminal.keys("F9")
    terminal.wait("已备份到", "核对过")
    copy = tmp_path / "pulled.img"
    copy.write_bytes(stick.image.read_bytes())  # what the medium holds at that moment
    stick.away()
    subprocess.run(["mount", "-o", "loop", str(copy), str(stick.path)], check=True)
    backups = [path for path in stick.path.iterdir() if path.suffix == ".db"]
    assert len(backups) == 1
    done = subprocess.run(
        [*deskapp(tmp_path / "home")[:3], "restore", str(backups[0]), "--to", str(tmp_path / "again")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "和备份一致。一起回来的：公开目录1条。" in done.stdout
