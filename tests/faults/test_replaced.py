"""The register is deleted, replaced, moved or overwritten under an open desk: nothing is acknowledged into nowhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import driver, same_file
from deskapp.register.same_file import REPLACED
from tests.conftest import DAY, make_desk, register


def checkpoint(desk: Desk) -> None:
    desk._store.query("PRAGMA wal_checkpoint(TRUNCATE)")


def delete(home: Path) -> None:
    (home / "register.db").unlink()


def replace(home: Path) -> None:
    os.replace(home / "old.db", home / "register.db")


def overwrite(home: Path) -> None:
    shutil.copyfile(home / "old.db", home / "register.db")


def move_folder(home: Path) -> None:
    home.rename(home.with_name("moved"))


@pytest.mark.parametrize(
    ("how", "settled"),
    [
        (delete, True),
        (delete, False),
        (replace, True),
        (replace, False),
        (overwrite, True),
        (overwrite, False),
        (move_folder, False),
    ],
)
def test_the_next_write_is_refused_and_nothing_more(
    tmp_path: Path, how: Callable[[Path], None], settled: bool
) -> None:
    home = tmp_path / "home"
    desk = make_desk(home, FixedClock(DAY))
    for _ in range(5):
        register(desk)
    checkpoint(desk)
    shutil.copyfile(home / "register.db", home / "old.db")
    register(desk)
    checkpoint(desk)
    register(desk)
    if settled:
        checkpoint(desk)
    how(home)
    for _ in range(2):
        with pytest.raises(DeskError) as refused:
            register(desk)
        assert refused.value.code == REPLACED
    desk.close()


def test_another_desk_that_writes_the_main_file_changes_nothing(tmp_path: Path) -> None:
    first = make_desk(tmp_path / "home", FixedClock(DAY))
    register(first)
    second = Desk.open(tmp_path / "home", FixedClock(DAY))
    numbers = []
    for _ in range(3):
        numbers.append(register(second).case_no)
        checkpoint(second)
        numbers.append(register(first).case_no)
    assert numbers == [f"LH-2026-{n:04d}" for n in range(2, 8)]
    second.close()
    assert register(first).case_no == "LH-2026-0008"
    assert not [note for note in first.upkeep.check() if note.fault and note.code != "calendar"]
    first.close()


class Between:
    """A connection of the look at the file; another desk writes right before its first answer, and right after."""

    def __init__(self, real: Any, write: Callable[[], None]) -> None:
        self._real, self._write, self._asked = real, write, 0

    def execute(self, sql: str) -> Any:
        if sql.startswith("SELECT ("):
            self._asked += 1
            if self._asked <= 3:
                self._write()
                answer = self._real.execute(sql).fetchall()
                self._write()
                return SimpleNamespace(fetchone=lambda: answer[0])
        return self._real.execute(sql)

    def close(self) -> None:
        self._real.close()


def test_another_desk_that_writes_in_the_middle_of_the_look_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    other = Desk.open(tmp_path / "home", FixedClock(DAY))
    real = driver.connect

    written: list[str] = []

    def write() -> None:
        written.append(f"k{len(written)}")
        other._store.execute("INSERT INTO drafts VALUES (?, '{}', '', '')", [written[-1]])

    monkeypatch.setattr(same_file, "connect", lambda path, key: Between(real(path, key), write))
    other._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    os.utime(tmp_path / "home/register.db")
    assert register(desk).case_no
    assert len(written) == 6, "the look was disturbed"
    other.close()
    desk.close()
