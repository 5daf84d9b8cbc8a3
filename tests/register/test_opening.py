"""Coming into the shape of this version: a copy first, one of two does it, a failure leaves the file as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.migrations import migrations
from deskapp.register.opening import open_store
from deskapp.register.search import search
from deskapp.register.store import Store
from tests.conftest import DATA, DAY, make_desk

PAST = sorted((DATA / "registers").glob("*.db"))
OPENER = (
    "import sys; from pathlib import Path; from deskapp.register.opening import open_store\n"
    "sys.stdin.readline(); print(open_store(Path(sys.argv[1])).value('SELECT count(*) FROM cases'))"
)


def test_there_is_a_register_of_every_past_version() -> None:
    names = [migration.name for migration in migrations.pending(Database(memory=True))]
    assert [path.stem for path in PAST] == [name[:4] for name in names[:-1]]


@pytest.mark.parametrize("old", PAST, ids=lambda path: path.stem)
def test_a_past_register_has_everything_of_this_version(tmp_path: Path, old: Path) -> None:
    path = tmp_path / "register.db"
    shutil.copyfile(old, path)
    store = open_store(path)
    journal = Journal(store, FixedClock(DAY))
    assert verify(journal) == []
    assert [case.applicant for case in search(store, "张三", 10)] == ["张三"]
    assert "张三" in [case.applicant for case in search(store, "zs", 10)]
    assert "LH-2026-0002" in {case.case_no for case in search(store, "土地承包", 10)}
    with store.write():
        assert journal.numbers.next_case_no("LH", 2026) == "LH-2026-0003"
        assert journal.numbers.next_letter_no("柳政依复", 2026) == "柳政依复〔2026〕2号"
    store.close()


@pytest.mark.parametrize("old", PAST, ids=lambda path: path.stem)
@pytest.mark.each(11)
def test_four_programs_that_open_an_old_register_at_once(tmp_path: Path, old: Path) -> None:
    path = tmp_path / "register.db"
    shutil.copyfile(old, path)
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", OPENER, str(path)]
    workers = [subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(4)]
    answers = [worker.communicate("go\n", timeout=60) for worker in workers]
    assert [out.strip() for out, _ in answers] == ["2"] * 4, answers
    copies = list(tmp_path.glob("register-升级前-*.db"))
    assert len(copies) == 1
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(tmp_path.glob(".*.part*"))
    store = open_store(path)
    assert verify(Journal(store, FixedClock(DAY))) == []
    store.close()


def test_a_damaged_old_register_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    shutil.copyfile(PAST[0], path)
    tool = sqlite3.connect(path)
    tool.execute("DROP TRIGGER events_no_update")
    tool.execute("UPDATE events SET body = replace(body, '当面', '当靣')")
    tool.commit()
    before = "\n".join(tool.iterdump())
    tool.close()
    with pytest.raises(DeskError, match="已经损坏"):
        open_store(path)
    tool = sqlite3.connect(path)
    assert "\n".join(tool.iterdump()) == before
    tool.close()


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.db"
    shutil.copyfile(PAST[0], path)

    def full(self: Store, target: Path) -> None:
        target.write_bytes(b"half")
        raise DeskError("磁盘满了或者写不进去。", "", "")

    monkeypatch.setattr(Store, "vacuum_into", full)
    with pytest.raises(DeskError, match="磁盘满了"):
        open_store(path)
    with sqlite3.connect(path) as tool:
        assert tool.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (1,)
    assert [file.name for file in tmp_path.iterdir() if ".part" in file.name] == []


def test_names_of_classes_in_a_past_register_are_read_as_keys(tmp_path: Path) -> None:
    shutil.copyfile(DATA / "registers/0005.db", tmp_path / "register.db")
    desk = Desk.open(tmp_path, FixedClock(DAY))
    assert [desk.lookup.case_by_no(f"LH-2026-000{n}").applicant_class for n in (1, 2)] == [
        "natural_person",
        "enterprise",
    ]
    assert desk.reporting.cell(2026, "new", "enterprise") == ["LH-2026-0002"]
    assert not [note for note in desk.upkeep.check() if note.fault]
    desk.close()


def test_names_of_channels_in_a_past_register_are_read_as_keys(tmp_path: Path) -> None:
    shutil.copyfile(DATA / "registers/0004.db", tmp_path / "register.db")
    desk = Desk.open(tmp_path, FixedClock(DAY))
    assert [desk.lookup.case_by_no(f"LH-2026-000{n}").received.channel for n in (1, 2)] == [
        "in_person",
        "registered_mail",
    ]
    assert [(row.kind, row.kind_name) for row in desk.mail.rows()] == [("registered_mail", "挂号信")]
    assert not [note for note in desk.upkeep.check() if note.fault]
    desk.close()


WORKING = (
    "import os, signal, sys; from datetime import date; from pathlib import Path\n"
    "from deskapp.clock import FixedClock; from deskapp.desk import Desk; from tests.conftest import register\n"
    "desk = Desk.open(Path(sys.argv[1]), FixedClock(date(2026, 11, 20)))\n"
    "register(desk); desk.upkeep.daily_backup(); desk.upkeep.check(); desk.upkeep.backup(Path(sys.argv[2]))\n"
    "print('ready', flush=True); sys.stdin.readline()\n"
    "print(register(desk).case_no, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
)


def test_what_was_kept_stays_kept_when_another_program_looked_in_and_the_desk_was_killed(tmp_path: Path) -> None:
    """Whatever else this process reads of its own file, another program that comes and goes must still see that it is in use."""
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WORKING, str(tmp_path / "home"), str(tmp_path / "copy.db")]
    with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, cwd=DATA.parent.parent) as desk:
        assert desk.stdout
        assert desk.stdin
        assert desk.stdout.readline() == "ready\n"
        open_store(tmp_path / "home/register.db").close()
        desk.stdin.write("go\n")
        desk.stdin.flush()
        assert desk.stdout.readline() == "LH-2026-0002\n"
        desk.wait(timeout=30)
    store = open_store(tmp_path / "home/register.db")
    assert store.value("SELECT count(*) FROM cases") == 2
    store.close()
