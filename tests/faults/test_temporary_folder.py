"""The folder for temporary files is full or gone while a letter goes to the printer: a sentence, and the desk stands."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.printing.cups import CupsPort
from deskapp.screens.cases.paper import LetterPaperScreen
from tests.conftest import DAY, issue_granted, make_desk
from tests.screens.conftest import press, running, until_said

# The print service, as far as it is asked before the file is written.
STATUS = """#!/bin/sh
case "$1" in
-r) echo "scheduler is running" ;;
-p) echo "printer tray is idle.  enabled since now" ;;
-d) echo "system default destination: tray" ;;
esac
"""
SENT = '#!/bin/sh\necho "$@" >> "$(dirname "$0")/sent"\necho "request id is tray-1 (1 file(s))"\n'


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "commands"
    folder.mkdir()
    for name, text in (("lpstat", STATUS), ("lp", SENT)):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


@pytest.fixture
def desk(tmp_path: Path, commands: Path) -> Desk:
    return make_desk(tmp_path / "home", FixedClock(DAY), CupsPort(settle_s=0.1))


def fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be written to a temporary file any more."""
    real = tempfile.NamedTemporaryFile

    def full(*words: Any, **options: Any) -> Any:
        made = real(*words, **options)

        def write(content: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(made, "write", write)
        return made

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)


def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")


@pytest.mark.parametrize(
    ("how", "why"), [(fill, "磁盘满了"), (take_away, "没有这个文件或者文件夹")], ids=["full", "gone"]
)
def test_printing_is_refused_in_words_and_goes_on_with_room_again(
    desk: Desk, commands: Path, monkeypatch: pytest.MonkeyPatch, how: Any, why: str
) -> None:
    letter = issue_granted(desk)
    with monkeypatch.context() as patch:
        how(patch)
        with pytest.raises(DeskError, match=f"临时文件夹写不进去：{why}"):
            desk.paper.print(letter.id, "tray")
    assert not (commands / "sent").exists()
    assert not desk.lookup.case(letter.case_id).prints
    assert desk.paper.print(letter.id, "tray").state == "printed"
    assert (commands / "sent").read_text(encoding="utf-8").count("\n") == 1
    desk.close()


async def test_the_desk_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters)))
        await until_said(pilot, "打印到 tray")
        fill(monkeypatch)
        await press(pilot, "down", "enter")
        await until_said(pilot, "临时文件夹写不进去：磁盘满了")
        assert isinstance(pilot.app.screen, LetterPaperScreen)
