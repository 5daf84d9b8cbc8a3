"""The file: whose it is, in what state, and what each kind of trouble is called."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.errors import DeskError
from deskapp.paths import on_network_share
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.opening import APPLICATION_ID, create_store, open_store
from deskapp.register.store import DAMAGED
from tests.conftest import DATA, DAY, make_desk


def test_a_new_file_is_private_and_safe(tmp_path: Path) -> None:
    store = create_store(tmp_path / "home/register.db")
    settings = {name: store.query(f"PRAGMA {name}")[0] for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert settings == {
        "journal_mode": {"journal_mode": "wal"},
        "synchronous": {"synchronous": 2},
        "foreign_keys": {"foreign_keys": 1},
    }
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.close()


def test_an_existing_register_is_never_overwritten(tmp_path: Path) -> None:
    make_desk(tmp_path, FixedClock(DAY)).close()
    before = (tmp_path / "register.db").read_bytes()
    with pytest.raises(DeskError, match="已经有登记簿"):
        create_store(tmp_path / "register.db")
    assert (tmp_path / "register.db").read_bytes() == before


def test_a_register_that_was_made_and_never_used_is_taken_up(tmp_path: Path) -> None:
    """As after a power cut between the making and the unit's particulars."""
    create_store(tmp_path / "register.db").close()
    desk = make_desk(tmp_path, FixedClock(DAY))
    assert desk.startup.has_unit
    desk.close()


def test_no_register(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="没有登记簿"):
        open_store(tmp_path / "register.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 a zip file", b"SQLite format 2"])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    with pytest.raises(DeskError, match="不是登记簿文件"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE songs (name TEXT)")
    other.commit()
    other.close()
    with pytest.raises(DeskError, match="别的程序的数据库"):
        open_store(path)
    again = sqlite3.connect(path)
    assert again.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
    again.close()


def test_a_newer_register_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    store = create_store(path)
    with store.write():
        db = store.db
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('deskapp', '9999_future', '2030-01-01')"
        )
    store.close()
    with pytest.raises(DeskError, match="较新版本的程序"):
        open_store(path)


def test_a_damaged_register_is_told(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    store = create_store(path)
    with store.write():
        db = store.db
        for n in range(500):
            db.execute("INSERT INTO meta VALUES (?, ?)", [f"key{n}", "x" * 200])
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    data = bytearray(path.read_bytes())
    data[4096 : len(data) - 4096] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(DeskError, match="损坏"):
        open_store(path).query("SELECT * FROM meta")


@pytest.mark.parametrize("place", ["the name of a table", "the text of a schema", "the name of a column"])
def test_a_schema_whose_words_are_no_text_is_damage(tmp_path: Path, place: str) -> None:
    """The library quotes such a file in what it says, and that is no UTF-8: Python's module then raises an error that is none of its own."""
    path = tmp_path / "register.db"
    create_store(path).close()
    data = path.read_bytes()
    old, new = {
        "the name of a table": (b"CREATE TABLE meta", b"CREATE TABL\xce meta"),
        "the text of a schema": (b"CREATE INDEX", b"CREAT\xce INDE\xff"),
        "the name of a column": (b"meta (key TEXT", b"meta (k\xcey\xfe TEX"),
    }[place]
    assert old in data
    path.write_bytes(data.replace(old, new))
    with pytest.raises(DeskError) as refused:
        open_store(path).query("SELECT key FROM meta")
    assert refused.value.code == DAMAGED
    assert "损坏" in str(refused.value)


class _Starved:
    """A connection whose library gets no memory for what it is asked, as a damaged index makes it."""

    def __init__(self, connection: sqlite3.Connection, asked: str) -> None:
        self._connection, self._asked = connection, asked

    def execute(self, sql: str, *params: Any) -> Any:
        if sql.startswith(self._asked):
            raise MemoryError
        return self._connection.execute(sql, *params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_where_the_library_gets_no_memory_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = create_store(tmp_path / "register.db")
    connection = store._connection
    monkeypatch.setattr(store, "_connection", _Starved(connection, "SELECT value"))
    with pytest.raises(DeskError, match="内存不够"):
        store.value("SELECT value FROM meta")
    monkeypatch.setattr(store, "_connection", _Starved(connection, "INSERT INTO words"))
    assert "index" in {damage.code for damage in verify(Journal(store, FixedClock(date(2026, 11, 20))))}


def test_a_full_disk_loses_only_the_last_step(tmp_path: Path) -> None:
    store = create_store(tmp_path / "register.db")
    with store.write():
        db = store.db
        db.execute("INSERT INTO meta VALUES ('kept', 'x')")
    pages = store.query("PRAGMA page_count")[0]["page_count"]
    store.query(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DeskError, match="磁盘满了") as refused, store.write():
        db = store.db
        for n in range(1000):
            db.execute("INSERT INTO meta VALUES (?, ?)", [f"key{n}", "x" * 400])
    assert "以前存的都在" in str(refused.value)
    assert [row["key"] for row in store.query("SELECT key FROM meta")] == ["kept"]
    store.close()


def test_a_read_only_register_is_told(tmp_path: Path) -> None:
    store = create_store(tmp_path / "register.db")
    store.query("PRAGMA query_only=1")
    with pytest.raises(DeskError, match="只读"), store.write():
        db = store.db
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
    store.close()


def test_a_register_in_use_is_told(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    one, two = create_store(path), open_store(path)
    two.query("PRAGMA busy_timeout=50")
    with one.write():
        db = one.db
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
        with pytest.raises(DeskError, match="另一个窗口占用"), two.write():
            pass
    one.close()
    two.close()


def test_a_failed_step_leaves_no_trace(tmp_path: Path) -> None:
    store = create_store(tmp_path / "register.db")

    class Stop(Exception):
        pass

    with pytest.raises(Stop), store.write():
        db = store.db
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise Stop
    assert store.query("SELECT * FROM meta") == []
    store.close()


@pytest.mark.parametrize(
    ("kind", "network"), [("ext4", False), ("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("tmpfs", False)]
)
def test_network_shares_are_known(tmp_path: Path, kind: str, network: bool) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n"
    assert on_network_share(tmp_path / "home", mounts) is network


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.register.opening.on_network_share", lambda path: True)
    for act in (create_store, open_store):
        with pytest.raises(DeskError, match="网络共享"):
            act(tmp_path / "register.db")
    assert list(tmp_path.iterdir()) == []


def test_two_processes_may_bring_the_shape_up_to_date_at_once(tmp_path: Path) -> None:
    """A file without its tables is opened by four processes at the same moment; each finds it whole."""
    path = tmp_path / "register.db"
    bare = sqlite3.connect(path)
    bare.execute(f"PRAGMA application_id={APPLICATION_ID}")
    bare.execute("PRAGMA journal_mode=WAL")
    bare.close()
    code = (
        "import sys; from pathlib import Path; from deskapp.register.opening import open_store\n"
        "sys.stdin.readline(); print(len(open_store(Path(sys.argv[1])).query('SELECT * FROM cases')))"
    )
    command = [sys.executable, "-c", code, str(path)]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(4)]
    answers = [worker.communicate("go\n", timeout=60) for worker in workers]
    assert [out.strip() for out, _ in answers] == ["0"] * 4, answers
    store = open_store(path)
    assert verify(Journal(store, FixedClock(DAY))) == []
    store.close()


@pytest.mark.parametrize("old", sorted((DATA / "registers").glob("*.db")), ids=lambda f: f.stem)
def test_a_register_of_every_past_version_opens_after_a_copy_was_kept(tmp_path: Path, old: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(old.read_bytes())
    store = open_store(path)
    journal = Journal(store, FixedClock(DAY))
    assert verify(journal) == []
    assert len(store.query("SELECT * FROM cases")) == 2
    assert journal.calendar().covers(DAY, DAY)
    copies = list(tmp_path.glob("register-升级前-*.db"))
    assert len(copies) == 1
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    store.close()
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (4,)
    open_store(path).close()
    assert list(tmp_path.glob("register-升级前-*.db")) == copies
