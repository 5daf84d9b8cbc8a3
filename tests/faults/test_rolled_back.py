"""A register that was turned back, rewritten or swapped: what the logs, the newest backup and the signs on paper find."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.handover import HandoverDraft
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.paths import state_folder
from deskapp.register.hashing import digest, seal
from deskapp.register.heads import sign, signs_in
from deskapp.register.journal import CHAINED
from deskapp.register.records import SEALED
from deskapp.register.register import HEAD
from tests.conftest import DAY, issue_granted, make_desk, profile, register

CODES = ("rolled_back", "other", "settings", "records")


def doubts(home: Path) -> list[str]:
    """The codes that the doctor gives as faults of this kind."""
    desk = Desk.open(home, FixedClock(DAY))
    found = [note.code for note in desk.upkeep.check() if note.fault and note.code in CODES]
    assert [doubt.code for doubt in desk.heads.doubts()] == found
    desk.close()
    return found


def connect(home: Path) -> sqlite3.Connection:
    """The file past the program, without the guards against change."""
    file = sqlite3.connect(home / "register.db", isolation_level=None)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{name}"')
    return file


def chain_anew(file: sqlite3.Connection) -> None:
    """Every hash and the note of the end as if nothing had happened."""
    file.row_factory = sqlite3.Row
    prev = "0" * 64
    for row in file.execute("SELECT * FROM events ORDER BY seq").fetchall():
        values = {**dict(row), "prev": prev}
        new = seal(values[name] for name in CHAINED)
        file.execute("UPDATE events SET prev = ?, hash = ? WHERE seq = ?", [prev, new, row["seq"]])
        prev, seq, at = new, row["seq"], row["at"]
    file.execute("UPDATE meta SET value = ? WHERE key = ?", [json.dumps([seq, prev, at]), HEAD])


def older_copy(home: Path) -> None:
    shutil.copyfile(home.parent / "older.db", home / "register.db")


def one_entry_changed(home: Path) -> None:
    file = connect(home)
    file.execute("UPDATE events SET body = replace(body, '张三', '李四') WHERE seq = 2")
    chain_anew(file)
    file.close()


def a_letter_replaced(home: Path) -> None:
    file = connect(home)
    pdf = b"%PDF-1.4 another"
    file.execute("UPDATE letters SET pdf = ?, sha256 = ?", [pdf, digest(pdf)])
    (old,) = file.execute("SELECT json_extract(body, '$.sha256') FROM events WHERE act = 'issued'").fetchone()
    file.execute("UPDATE events SET body = replace(body, ?, ?)", [old, digest(pdf)])
    chain_anew(file)
    file.close()


def the_unit_edited(home: Path) -> None:
    file = connect(home)
    file.row_factory = sqlite3.Row
    row = dict(file.execute("SELECT * FROM units").fetchone())
    row["body"] = row["body"].replace("青山县", "白水县")
    new = seal(row[name] for name in SEALED["units"])
    file.execute("UPDATE units SET body = ?, seal = ? WHERE seq = ?", [row["body"], new, row["seq"]])
    file.close()


def the_pin_deleted(home: Path) -> None:
    file = connect(home)
    file.execute("DELETE FROM meta WHERE key = 'pin'")
    file.close()


def the_last_entries_cut(home: Path) -> None:
    file = connect(home)
    file.execute("DELETE FROM events WHERE seq > 4")
    file.execute("DELETE FROM cases WHERE case_id NOT IN (SELECT case_id FROM events)")
    file.execute("UPDATE counters SET last = 3 WHERE last > 3")
    chain_anew(file)
    file.close()


def another_register(home: Path) -> None:
    shutil.copyfile(home.parent / "other" / "register.db", home / "register.db")


ATTACKS: list[tuple[Callable[[Path], None], str]] = [
    (older_copy, "rolled_back"), (one_entry_changed, "other"), (a_letter_replaced, "other"), (the_unit_edited, "settings"),
    (the_pin_deleted, "settings"), (the_last_entries_cut, "rolled_back"), (another_register, "other"),
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A register of eight cases and a letter that was backed up once, an older copy of it, and another register."""
    home = tmp_path / "home"
    desk = make_desk(home, FixedClock(DAY))
    desk.machine.set_pin("246810")
    for _ in range(3):
        register(desk)
    desk._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(home / "register.db", tmp_path / "older.db")
    issue_granted(desk)
    for _ in range(5):
        register(desk)
    desk.close()
    other = make_desk(tmp_path / "other", FixedClock(DAY))
    register(other)
    other.close()
    return home


def test_nothing_is_doubted_where_nothing_happened(home: Path) -> None:
    assert doubts(home) == []
    desk = Desk.open(home, FixedClock(DAY))
    desk.upkeep.daily_backup()
    desk.upkeep.save_unit(profile(contact="李敏"), DAY + timedelta(1))
    desk.machine.set_pin("135790")
    desk.close()
    assert doubts(home) == []


@pytest.mark.parametrize(("attack", "code"), ATTACKS, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("kept", ["both", "state", "backups"])
@pytest.mark.each(4)
def test_each_attack_is_named_by_either_log(home: Path, attack: Callable[[Path], None], code: str, kept: str) -> None:
    if kept == "state":
        shutil.rmtree(home / "backups")
    elif kept == "backups":
        shutil.rmtree(state_folder())
    attack(home)
    assert code in doubts(home)


def test_an_older_register_than_the_newest_backup_is_named_without_any_log(home: Path) -> None:
    desk = Desk.open(home, FixedClock(DAY))
    desk.upkeep.daily_backup()
    desk.close()
    shutil.rmtree(state_folder())
    os.remove(home / "backups/heads.log")
    older_copy(home)
    assert doubts(home) == ["rolled_back"]


def test_without_logs_and_backups_the_signs_on_paper_tell(home: Path) -> None:
    desk = Desk.open(home, FixedClock(DAY))
    paper = f"登记簿校验 {sign(desk._store)}"
    assert [note.fault for note in desk.upkeep.against(paper)] == [False]
    desk.close()
    shutil.rmtree(state_folder())
    shutil.rmtree(home / "backups")
    one_entry_changed(home)
    assert doubts(home) == []  # nothing is left that could
    desk = Desk.open(home, FixedClock(DAY))
    assert [note.fault for note in desk.upkeep.against(paper)] == [True]
    with pytest.raises(DeskError, match="没有认出校验"):
        desk.upkeep.against("没有")
    desk.close()


@pytest.mark.parametrize("text", ["192-1a2b3c4d", "校验 192-1A2B3C4D。", "第192条 1a2b3c4d", "192 — 1a2b3c4d"])
def test_signs_as_people_copy_them(text: str) -> None:
    assert signs_in(text) == [(192, "1a2b3c4d")]


def test_a_restore_says_what_came_after_the_backup_and_is_no_fault(home: Path, tmp_path: Path) -> None:
    result = restore_backup(tmp_path / "older.db", tmp_path / "new", FixedClock(DAY))
    assert "后来发出的号可能会再用一次" in result.later
    assert doubts(tmp_path / "new") == []


def test_what_was_looked_into_is_not_said_again(home: Path) -> None:
    older_copy(home)
    desk = Desk.open(home, FixedClock(DAY))
    desk.upkeep.accept_heads()
    desk.close()
    assert doubts(home) == []
    assert not [note for note in Desk.open(home, FixedClock(DAY)).upkeep.check() if note.code in CODES]


def test_a_log_that_was_damaged_or_cannot_be_written_stops_nobody(home: Path) -> None:
    log = state_folder() / "heads.log"
    log.write_bytes(b"\xff{]\n" + log.read_bytes()[:-20])
    assert doubts(home) == []
    os.remove(log)
    log.mkdir()
    desk = Desk.open(home, FixedClock(DAY))
    assert register(desk).case_no
    desk.close()


def test_receipt_and_hand_over_sheet_and_backup_carry_the_signs(home: Path, tmp_path: Path) -> None:
    desk = Desk.open(home, FixedClock(DAY))
    before = sign(desk._store)
    case = register(desk)
    at = sign(desk._store)
    receipt = desk.reply.issue_form(case.case_id, "receipt")
    assert f"{case.case_no}（校验 {at}）" in receipt.text
    sheet = desk.handover.sheet(HandoverDraft(from_whom="王敏", to_whom="李敏"))
    with pdfplumber.open(io.BytesIO(sheet.pdf)) as pdf:
        assert sign(desk._store) in pdf.pages[0].extract_text()
    _, counts, _ = desk.upkeep.backup(tmp_path / "a.db")
    assert counts.head == sign(desk._store) != before
    assert [note.fault for note in desk.upkeep.against(f"{receipt.text} {counts.head}")] == [False, False]
    desk.close()


def test_a_new_register_in_a_folder_that_had_another_is_no_doubt(home: Path) -> None:
    shutil.rmtree(home)
    desk = make_desk(home, FixedClock(DAY))
    register(desk)
    desk.close()
    assert doubts(home) == []
    another_register(home)
    assert doubts(home) == ["other"]


def test_a_new_register_that_another_program_fills_is_no_doubt_either(home: Path) -> None:
    shutil.rmtree(home)
    make_desk(home, FixedClock(DAY)).close()  # a command that only sets it up
    assert doubts(home) == []
    desk = Desk.open(home, FixedClock(DAY))
    register(desk)
    desk.close()
    assert doubts(home) == []
    another_register(home)
    assert doubts(home) == ["other"]


@pytest.mark.parametrize("table", ["events", "meta", "units"])
def test_a_register_without_one_of_its_tables_is_examined_all_the_same(home: Path, table: str) -> None:
    file = connect(home)
    file.execute(f"DROP TABLE {table}")
    file.close()
    desk = Desk.open(home, FixedClock(DAY))
    assert any(note.fault and table in note.message for note in desk.upkeep.check())
    desk.close()


def a_visit_changed(home: Path) -> None:
    file = connect(home)
    file.row_factory = sqlite3.Row
    row = dict(file.execute("SELECT * FROM records WHERE kind = 'seen'").fetchone())
    row["body"] = '{"people": 99}'
    new = seal(row[name] for name in SEALED["records"])
    file.execute("UPDATE records SET body = ?, seal = ? WHERE seq = ?", [row["body"], new, row["seq"]])
    file.close()


def the_last_visit_deleted(home: Path) -> None:
    file = connect(home)
    file.execute("DELETE FROM records WHERE seq = (SELECT max(seq) FROM records)")
    file.execute("UPDATE meta SET value = value - 1 WHERE key = 'count:records'")
    file.close()


@pytest.mark.parametrize("attack", [a_visit_changed, the_last_visit_deleted])
def test_rows_of_visits_and_mail_that_were_changed_past_the_program_are_named(
    home: Path, attack: Callable[[Path], None]
) -> None:
    with Desk.open(home, FixedClock(DAY)) as desk:
        for n in range(3):
            desk._journal.records.save_record("seen", str(n), '{"people": 1}')
    with Desk.open(home, FixedClock(DAY)) as desk:
        assert desk.heads.doubts() == []
    attack(home)
    assert doubts(home) == ["records"]
    with Desk.open(home, FixedClock(DAY)) as desk:
        desk.upkeep.accept_heads()
        assert desk.heads.doubts() == []
        desk._journal.records.save_record("seen", "9", "{}")
        assert desk.heads.doubts() == []


def test_a_log_of_an_earlier_version_raises_no_doubt_about_them(home: Path) -> None:
    logs = (state_folder() / "heads.log", home / "backups" / "heads.log")
    for log in logs:
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        old = [{key: value for key, value in line.items() if key not in ("records", "seal")} for line in lines]
        log.write_text(
            "".join(json.dumps({**line, "seal": seal(line.values())}, ensure_ascii=False) + "\n" for line in old),
            encoding="utf-8",
        )
    with Desk.open(home, FixedClock(DAY)) as desk:
        assert desk.heads.doubts() == []
        register(desk)
        assert desk.heads.doubts() == []


def test_a_write_ahead_log_that_is_deleted_after_a_crash_is_named(home: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from deskapp.clock import FixedClock; from deskapp.desk import Desk\n"
        "from tests.conftest import DAY, register\n"
        "desk = Desk.open(Path(sys.argv[1]), FixedClock(DAY)); register(desk); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed, str(home)], check=False, env=os.environ)
    (home / "register.db-wal").unlink()
    (home / "register.db-shm").unlink(missing_ok=True)
    assert doubts(home) == ["rolled_back"]


def test_a_clock_that_ran_ahead_once_makes_nothing_of_ours_look_changed(tmp_path: Path) -> None:
    """What was written in the wrong year has a later date than what follows; the order of the lines is what counts."""
    home = tmp_path / "home"
    make_desk(home, FixedClock(DAY)).close()
    with Desk.open(home, FixedClock(DAY)) as desk:
        register(desk)
    with Desk.open(home, FixedClock(DAY.replace(year=DAY.year + 1))) as desk:  # the machine's clock, one year ahead
        desk.upkeep.save_unit(profile(phone="0579-5550199"))
    with Desk.open(home, FixedClock(DAY + timedelta(3))) as desk:
        register(desk, applicant="李四")
        assert [note.code for note in desk.upkeep.check() if note.code == "settings"] == []
