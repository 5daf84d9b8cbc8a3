"""What a killed program left half-written is named, and taken away by whoever repairs; what somebody writes just now is not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from deskapp.desk import Desk
from deskapp.files import STALE_S, begun_name, is_begun, sweep
from deskapp.paths import BACKUPS, VIEWED
from tests.conftest import register

KILLED = """
import os, signal, sys
from pathlib import Path
from deskapp import files
with files.written(Path(sys.argv[1]) / "half.db") as part:
    part.write_bytes(b"SQLite format 3")
    part.with_name(part.name + "-wal").write_bytes(b"more")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed_in(folder: Path) -> list[Path]:
    """What a process leaves that is killed while it writes there."""
    before = set(folder.iterdir())
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    return sorted(set(folder.iterdir()) - before)


def _found(desk: Desk) -> list[str]:
    return [note.message for note in desk.upkeep.check() if note.code == "leftovers"]


def test_what_a_killed_program_left_is_named_at_once_and_taken_away_by_a_repair(desk: Desk) -> None:
    register(desk)
    (desk.home / BACKUPS).mkdir(exist_ok=True)
    assert _found(desk) == []
    left = [*_killed_in(desk.home), *_killed_in(desk.home / BACKUPS)]
    assert len(left) == 4
    assert all(is_begun(path) for path in left)
    (message,) = _found(desk)
    assert message.startswith("有4个文件只写了一半")
    assert str(left[0]) in message
    assert desk.upkeep.repair() == 1
    assert not any(path.exists() for path in left)
    assert _found(desk) == []


def test_what_somebody_writes_just_now_is_left_alone(desk: Desk) -> None:
    mine = desk.home / begun_name()
    mine.write_bytes(b"being written")
    desk.upkeep.repair()
    assert _found(desk) == []
    assert mine.exists()
    _age(mine)
    assert _found(desk)[0].startswith("有1个文件")
    assert sweep(desk.home) == 1


def test_on_a_stick_only_time_tells_since_another_machine_may_write_there(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.upkeep.backup(stick / "a.db")
    left = _killed_in(stick)
    assert _found(desk) == []
    for path in left:
        _age(path)
    assert str(left[0]) in _found(desk)[0]
    desk.upkeep.repair()
    assert [path.name for path in stick.iterdir()] == ["a.db"]


def test_a_copy_that_was_looked_at_long_ago_is_one_of_them(desk: Desk) -> None:
    (desk.home / VIEWED).mkdir()
    shown = desk.home / VIEWED / "申请书.pdf"
    shown.write_bytes(b"%PDF")
    assert _found(desk) == []
    _age(shown)
    assert "申请书.pdf" in _found(desk)[0]
    desk.upkeep.repair()
    assert not shown.exists()


def _age(path: Path) -> None:
    long_ago = time.time() - STALE_S - 1
    os.utime(path, (long_ago, long_ago))
