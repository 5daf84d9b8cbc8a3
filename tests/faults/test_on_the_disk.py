"""What is said to be written is on the disk by then, a second save that fails spoils no first one, and where nobody can know nobody is told."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.register.store import UNCERTAIN
from tests.conftest import DAY, issue_granted, register

PASSWORD = "密码密码密码密码"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and folders of POSIX")


@contextmanager
def room_for(most: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_second_save_that_fails_leaves_the_first_file_whole(desk: Desk) -> None:
    letter = issue_granted(desk)
    path = desk.paper.save_pdf(letter.id)
    assert path.read_bytes() == letter.pdf
    before = sorted(path.parent.iterdir())
    for save in (desk.paper.save_pdf, desk.paper.save_copy, desk.paper.save_ofd):
        with room_for(len(letter.pdf) // 2), pytest.raises(DeskError, match=r"(PDF|OFD)没有存上"):
            save(letter.id)
        assert path.read_bytes() == letter.pdf
        assert sorted(path.parent.iterdir()) == before


def _restored(desk: Desk, out: Path) -> Path:
    restore_backup(desk.home.parent / "kept.db", out / "new", FixedClock(DAY))
    return out / "new/register.db"


def _ledger(desk: Desk, out: Path, ending: str) -> Path:
    path = out / f"l.{ending}"
    desk.ledgers.give(path)
    return path


def _report(desk: Desk, out: Path) -> Path:
    desk.reporting.save_report(2026, out / "r.pdf")
    return out / "r.pdf"


WRITTEN: dict[str, Callable[[Desk, Path], Path]] = {
    "backup": lambda desk, out: desk.upkeep.backup(out / "a.db")[0],
    "backup under a password": lambda desk, out: desk.upkeep.backup(out / "a.age", PASSWORD)[0],
    "restore": _restored,
    "letter": lambda desk, out: desk.paper.save_pdf(str(desk._store.value("SELECT id FROM letters"))),
    "ledger as xlsx": lambda desk, out: _ledger(desk, out, "xlsx"),
    "ledger as csv": lambda desk, out: _ledger(desk, out, "csv"),
    "report": _report,
}


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_the_bytes_are_synced_before_the_name_and_the_folder_after_it(
    desk: Desk, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
) -> None:
    issue_granted(desk)
    desk.upkeep.backup(tmp_path / "kept.db")
    (tmp_path / "out").mkdir()
    done: list[tuple[str, int]] = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        sync(descriptor)
        done.append(("synced", os.fstat(descriptor).st_ino))

    def named(source: Any, target: Any) -> None:
        replace(source, target)
        done.append(("named", os.stat(target).st_ino))

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", named)
    made = WRITTEN[name](desk, tmp_path / "out")
    file, folder = made.stat().st_ino, made.parent.stat().st_ino
    at = done.index(("named", file))
    assert ("synced", file) in done[:at]
    assert ("synced", folder) in done[at:]


class Failing:
    """A connection whose last call of a transaction fails, once or always, as on a disk that cannot sync."""

    def __init__(self, real: Any, times: int) -> None:
        self._real, self._left = real, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, *params: Any) -> Any:
        if sql == "COMMIT" and self._left:
            self._left -= 1
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error
        return self._real.execute(sql, *params)


@pytest.mark.parametrize(("times", "sure"), [(1, True), (9, False)])
def test_what_failed_at_its_end_is_only_called_lost_where_that_is_certain(
    desk: Desk, times: int, sure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(desk)
    with monkeypatch.context() as patch, pytest.raises(DeskError) as refused:
        patch.setattr(desk._store, "_connection", Failing(desk._store._connection, times))
        register(desk)
    assert (refused.value.code == UNCERTAIN) is not sure
    assert ("不能确定" in str(refused.value)) is not sure
    assert register(desk).case_no == "LH-2026-0002"
