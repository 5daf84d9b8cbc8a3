"""Where nothing can be written, on a full disk or a locked stick, the register can still be read, and what is said is true."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import opening
from deskapp.register.driver import IN_THE_CLEAR, connect
from tests.conftest import DAY, register

CLOCK = FixedClock(DAY)
PLACES = [(sqlite3.SQLITE_CANTOPEN, "只能读"), (sqlite3.SQLITE_IOERR, "磁盘满了"), (sqlite3.SQLITE_FULL, "磁盘满了")]


def _refusing(patch: pytest.MonkeyPatch, code: int) -> None:
    """A disk on which SQLite cannot make what it keeps beside a file."""

    def refused(path: Path, key: Any = IN_THE_CLEAR, read_only: bool = False) -> Any:
        if read_only:
            return connect(path, key, read_only)
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    patch.setattr(opening, "connect", refused)


@pytest.mark.parametrize(("code", "why"), PLACES)
def test_what_cannot_be_written_can_be_read_and_a_write_says_why_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: int, why: str
) -> None:
    case = register(desk)
    desk.close()
    _refusing(monkeypatch, code)
    with Desk.open(desk.home, CLOCK) as again:
        assert why in again.startup.only_read
        assert [found.case_no for found in again.lookup.search("张三", 5)] == [case.case_no]
        board = again.work.board()
        assert board.today == DAY
        assert why in board.banners[0]
        assert board.banners[0] == again.startup.only_read
        with pytest.raises(DeskError, match=why) as caught:
            register(again)
        assert "没有存上" in caught.value.meaning


def test_what_stands_in_the_log_alone_is_not_left_out_unseen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    register(desk)
    assert (desk.home / "register.db-wal").stat().st_size
    _refusing(monkeypatch, sqlite3.SQLITE_CANTOPEN)
    with pytest.raises(DeskError, match="只能读") as caught:
        Desk.open(desk.home, CLOCK)
    assert "register.db-wal" in caught.value.meaning
