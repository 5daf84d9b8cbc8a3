"""Backups are opened again and counted; restoring goes into a new directory only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.upkeep import restore_backup
from deskapp.errors import DeskError
from tests.conftest import DAY, issue_granted, register


def test_a_backup_comes_back_whole(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    letter = issue_granted(desk)
    register(desk, applicant="李四")
    _, counts = desk.upkeep.backup(tmp_path / "a.db")
    assert (counts.cases, counts.events, counts.letters) == (2, 4, 1)
    assert stat.S_IMODE((tmp_path / "a.db").stat().st_mode) == 0o600
    result = restore_backup(tmp_path / "a.db", tmp_path / "new", clock)
    assert result.backup == result.restored == counts
    restored = Desk.open(tmp_path / "new", clock)
    assert restored.paper.letter(letter.id).pdf == letter.pdf
    restored.close()


def test_an_earlier_backup_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("older")
    with pytest.raises(DeskError, match="已经存在"):
        desk.upkeep.backup(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_text() == "older"


def test_no_such_place(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="U盘"):
        desk.upkeep.backup(tmp_path / "usb/a.db")


def test_a_damaged_backup_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    register(desk)
    desk.upkeep.backup(tmp_path / "a.db")
    data = bytearray((tmp_path / "a.db").read_bytes())
    at = data.find("张三".encode())
    data[at] ^= 1
    (tmp_path / "a.db").write_bytes(data)
    with pytest.raises(DeskError, match="损坏"):
        restore_backup(tmp_path / "a.db", tmp_path / "new", clock)
    assert not (tmp_path / "new").exists()


def test_a_directory_in_use_is_not_restored_into(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    desk.upkeep.backup(tmp_path / "a.db")
    with pytest.raises(DeskError, match="不是空的"):
        restore_backup(tmp_path / "a.db", desk.home, clock)


def test_the_board_reminds_of_backups(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    assert any("备份" in banner for banner in desk.lookup.board().banners)
    desk.upkeep.backup(tmp_path / "a.db")
    assert not any("备份" in banner for banner in desk.lookup.board().banners)
    later = Desk.open(desk.home, FixedClock(DAY.replace(month=12)))
    assert any("上次备份是2026-11-20" in banner for banner in later.lookup.board().banners)
    later.close()
