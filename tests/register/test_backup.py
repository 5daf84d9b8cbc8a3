"""Backups are opened again and counted; restoring goes into a new directory only."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp import files
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.register import backup, cipher
from deskapp.register.backup import rotate
from tests.conftest import DATA, DAY, issue_granted, register


def test_a_backup_comes_back_whole(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    letter = issue_granted(desk)
    register(desk, applicant="李四")
    _, counts, _ = desk.upkeep.backup(tmp_path / "a.db")
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


def test_the_folder_of_the_register_is_no_place_for_a_backup(desk: Desk, tmp_path: Path) -> None:
    home = desk.home
    (home / "usb").mkdir()
    (tmp_path / "link").symlink_to(home)
    for target in (home, home / "a.db", home / "usb", tmp_path / "link" / "a.db"):
        with pytest.raises(DeskError, match="登记簿自己所在的文件夹"):
            desk.upkeep.backup(target)
    assert desk.upkeep.backup(tmp_path / "a.db").path.is_file()


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


def test_a_link_to_nowhere_gets_no_restore_and_stays_what_it_is(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    desk.upkeep.backup(tmp_path / "a.db")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for home in (tmp_path / "link", tmp_path / "link/new"):
        with pytest.raises(DeskError, match="不是文件夹"):
            restore_backup(tmp_path / "a.db", home, clock)
    assert (tmp_path / "link").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "home", "link"]


def test_the_board_reminds_of_backups(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    assert any("备份" in banner for banner in desk.work.board().banners)
    desk.upkeep.backup(tmp_path / "a.db")
    assert not any("备份" in banner for banner in desk.work.board().banners)
    later = Desk.open(desk.home, FixedClock(DAY.replace(month=12)))
    assert any("上次备份到别处是2026-11-20" in banner for banner in later.work.board().banners)
    later.close()


@pytest.mark.parametrize("old", sorted((DATA / "registers").glob("*.db")), ids=lambda path: path.stem)
def test_a_backup_of_every_past_version_is_restored_and_counted(tmp_path: Path, clock: FixedClock, old: Path) -> None:
    done = restore_backup(old, tmp_path / "new", clock)
    assert (done.backup.cases, done.backup.events, done.backup.letters) == (2, 4, 1)
    assert (done.restored.cases, done.restored.events, done.restored.letters) == (2, 4, 1)


PASSWORD = "柳河2026备份"


def test_a_folder_gets_a_file_named_by_day_and_time(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made, _, _ = desk.upkeep.backup(stick)
    assert made.parent == stick
    assert made.name.startswith("deskapp-20261120-")
    assert list(stick.iterdir()) == [made]


@pytest.mark.long
def test_a_backup_under_a_password(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    register(desk, applicant="张三")
    made, counts, _ = desk.upkeep.backup(tmp_path / "locked.age", PASSWORD)
    assert "张三".encode() not in made.read_bytes()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with pytest.raises(DeskError, match="加了密码"):
        restore_backup(made, tmp_path / "new", clock)
    with pytest.raises(DeskError, match="密码不对"):
        restore_backup(made, tmp_path / "new", clock, "柳河2025备份")
    assert not (tmp_path / "new").exists()
    assert restore_backup(made, tmp_path / "new", clock, PASSWORD).restored == counts
    assert sorted(path.name for path in desk.home.iterdir() if path.is_file()) == [
        "register.db", "register.db-shm", "register.db-wal",
    ]  # fmt: skip


def test_a_password_must_be_long_enough(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="太短"):
        desk.upkeep.backup(tmp_path / "a.age", "1234567")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.long
def test_a_flipped_bit_under_the_password_is_refused(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    made, _, _ = desk.upkeep.backup(tmp_path / "a.age", PASSWORD)
    data = bytearray(made.read_bytes())
    data[-100] ^= 1
    made.write_bytes(data)
    with pytest.raises(DeskError, match="密码不对，或者文件已经损坏"):
        restore_backup(made, tmp_path / "new", clock, PASSWORD)


def test_without_the_component_a_password_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(DeskError, match=r"deskapp\[cipher\]"):
        desk.upkeep.backup(tmp_path / "a.age", PASSWORD)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_one_a_day_by_itself_and_the_reminder_stays(desk: Desk) -> None:
    made = desk.upkeep.daily_backup()
    assert made == desk.home / "backups/2026-11-20.db"
    assert desk.upkeep.daily_backup() is None
    assert any("备份" in banner for banner in desk.work.board().banners)


def test_old_daily_backups_are_cleared_away(tmp_path: Path) -> None:
    days = [date(2025, 10, 1) + timedelta(days=n) for n in range(410)]
    for day in days:
        (tmp_path / f"{day}.db").touch()
    (tmp_path / "mine.db").touch()
    rotate(tmp_path)
    kept = sorted(path.stem for path in tmp_path.iterdir())
    assert "mine" in kept
    assert kept[-8:-1] == [str(day) for day in days[-7:]]
    assert {"2026-10-31", "2026-09-30", "2025-12-31"} <= set(kept)
    assert len(kept) <= 1 + 7 + 4 + 12
    assert rotate(tmp_path) == []


def test_a_backup_on_a_full_stick_leaves_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DeskError, match="磁盘满了"):
        desk.upkeep.backup(tmp_path / "a.db")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE loot (x); CREATE TRIGGER e AFTER INSERT ON events BEGIN INSERT INTO loot VALUES (new.body); END",
        "CREATE TRIGGER words_e AFTER INSERT ON events BEGIN SELECT 1; END",
        "CREATE VIEW e AS SELECT * FROM events",
    ],
)
def test_a_backup_with_somebody_elses_tables_or_guards_is_not_restored(
    desk: Desk, clock: FixedClock, tmp_path: Path, sql: str
) -> None:
    register(desk)
    desk.upkeep.backup(tmp_path / "a.db")
    file = sqlite3.connect(tmp_path / "a.db")
    file.executescript(sql)
    file.close()
    with pytest.raises(DeskError, match="不属于登记簿的东西"):
        restore_backup(tmp_path / "a.db", tmp_path / "new", clock)
    assert not (tmp_path / "new").exists()


def test_a_backup_under_a_password_never_puts_clear_text_on_the_medium(
    desk: Desk, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
) -> None:
    """Every file that ever lies on the stick is looked through the moment it is written, renamed or removed."""
    register(desk, applicant="青山县宏远建筑有限公司")
    stick = tmp_path / "stick"
    stick.mkdir()
    looked: list[bytes] = []
    lock, gone = cipher.lock, files.gone

    def look() -> None:
        looked.extend(path.read_bytes() for path in stick.rglob("*") if path.is_file())

    def looking_lock(plain: Path, target: Path, password: str) -> None:
        look()
        lock(plain, target, password)
        look()

    def looking_gone(path: Path) -> None:
        look()
        gone(path)

    monkeypatch.setattr(cipher, "lock", looking_lock)
    monkeypatch.setattr(backup, "gone", looking_gone)
    monkeypatch.setattr(files, "gone", looking_gone)
    made, _, _ = desk.upkeep.backup(stick, PASSWORD)
    assert len(looked) >= 3
    for content in [*looked, made.read_bytes()]:
        assert "宏远建筑".encode() not in content
        assert not content.startswith(b"SQLite format 3")
    assert [path.name for path in stick.iterdir()] == [made.name]
    assert not [path for path in desk.home.iterdir() if files.is_begun(path)]


def test_a_restore_that_was_cut_off_does_not_block_the_next(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    desk.upkeep.backup(tmp_path / "a.db")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / files.begun_name()).write_bytes(b"SQLite format 3 half of it")
    assert restore_backup(tmp_path / "a.db", tmp_path / "new", clock).restored.cases == 0


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_what_holds_persons_is_private_from_its_first_byte(
    desk: Desk, tmp_path: Path, mask: int, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
) -> None:
    letter = issue_granted(desk)
    modes: list[int] = []
    replace = os.replace

    def looking(source: Path, target: Path) -> None:
        modes.append(stat.S_IMODE(os.stat(source).st_mode))
        replace(source, target)

    monkeypatch.setattr(os, "replace", looking)
    before = os.umask(mask)
    try:
        desk.upkeep.backup(tmp_path / "a.db")
        desk.upkeep.backup(tmp_path / "a.age", PASSWORD)
        desk.ledgers.give(tmp_path / "l.xlsx")
        desk.ledgers.give(tmp_path / "l.csv")
        desk.ledgers.give_platform(tmp_path / "p.xlsx")
        for ending in ("xlsx", "docx", "pdf"):
            desk.reporting.save_report(2026, tmp_path / f"r.{ending}")
        desk.paper.save_pdf(letter.id)
    finally:
        os.umask(before)
    assert len(modes) == 9
    assert set(modes) == {0o600}
    made = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and path.suffix in (".db", ".age", ".xlsx", ".csv", ".docx", ".pdf")
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
