"""Damage is found and named: a hundred flipped bits, a cut end, lost letters; repair touches the projection only."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.law.workdays import official_calendar
from deskapp.register import events as ev
from deskapp.register.integrity import INDEX, TABLES_NEEDED, Damage, verify
from deskapp.register.journal import Journal
from deskapp.register.opening import open_store
from deskapp.register.shape import columns_of
from deskapp.register.store import DAMAGED
from tests.conftest import DAY, issue_granted, make_desk, register

FLIPS = 100
GUARDS = [
    f"{table}_no_{act}"
    for table in ("events", "letters", "units", "calendars", "years")
    for act in ("update", "delete")
]
TABLES = (
    "events",
    "events",
    "letters",
    "letters",
    "cases",
    "matters",
    "units",
    "calendars",
    "years",
    "drafts",
    "words_content",
    "counters",
)
# Which gaps a ledger explains is only a word in a note, and the pairs in the index have no other home than the case.
HARMLESS = {("counters", "ledger")}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with something of everything, as one file."""
    home = tmp_path_factory.mktemp("full") / "home"
    desk = make_desk(home, FixedClock(DAY))
    for n in range(4):
        letter = issue_granted(desk, applicant=f"张{n}")
        register(desk, applicant=f"曾{n}")
        desk.acts.record(letter.case_id, ev.Disputed(on=DAY, route="review"))
    desk.drafts.keep("note:x", {"act": "corrected"})
    desk.close()
    store = open_store(home / "register.db")
    kept = Journal(store, FixedClock(DAY)).records
    kept.freeze_year(2025, "{}")
    kept.save_calendar(official_calendar().years[2026])
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return home / "register.db"


def unguarded(path: Path) -> sqlite3.Connection:
    """A connection as somebody with a database tool, or a worn disk, would have: nothing is refused."""
    tool = sqlite3.connect(path, isolation_level=None)
    for guard in GUARDS:
        tool.execute(f"DROP TRIGGER IF EXISTS {guard}")
    tool.execute("PRAGMA ignore_check_constraints = ON")
    return tool


def damage_of(path: Path) -> list[Damage]:
    store = open_store(path)
    try:
        return [found for found in verify(Journal(store, FixedClock(DAY))) if found.fault]
    finally:
        store.close()


def flip(value: Any, chance: random.Random) -> Any:
    """The value with one bit turned."""
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(12)
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    if not data:
        return None
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _case_no(tool: sqlite3.Connection, row: dict[str, Any]) -> str:
    found = tool.execute("SELECT case_no FROM cases WHERE case_id = ?", [row.get("case_id", "")]).fetchone()
    return str(found[0]) if found else ""


def flip_somewhere(path: Path, chance: random.Random) -> tuple[str, str, str]:
    """Turn one bit of one value; its table, its column, and the case number it belongs to if it has one."""
    tool = unguarded(path)
    try:
        while True:
            table = chance.choice(TABLES)
            tool.row_factory = sqlite3.Row
            row = chance.choice(tool.execute(f"SELECT rowid AS place, * FROM {table}").fetchall())
            column = chance.choice([name for name in row.keys() if name != "place"])  # noqa: SIM118  # a Row is no dict
            changed = flip(row[column], chance)
            if changed is None or (table, column) in HARMLESS:
                continue
            text = isinstance(row[column], str)
            number = _case_no(tool, dict(row))
            try:
                tool.execute(
                    f"UPDATE {table} SET {column} = {'CAST(? AS TEXT)' if text else '?'} WHERE rowid = ?",
                    [changed, row["place"]],
                )
            except sqlite3.IntegrityError:
                continue
            return table, column, number
    finally:
        tool.close()


@pytest.mark.parametrize("seed", range(FLIPS))
@pytest.mark.each(4)
def test_a_flipped_bit_is_found_and_named(full: Path, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "register.db"
    shutil.copyfile(full, path)
    table, column, number = flip_somewhere(path, random.Random(seed))
    found = damage_of(path)
    assert found, (table, column)
    codes = {damage.code for damage in found}
    expected = {
        "events": {"journal", "tail", "orphan", "letter_missing"},
        "letters": {"letter", "letter_missing", "orphan"},
        "cases": {"projection"},
        "matters": {"projection"},
        "words_content": {"projection", "index", "sqlite"},
        "counters": {"gap", "counter"},
    }.get(table, {"kept"})
    assert codes & expected, (table, column, found)
    if number and column not in ("case_id", "id") and table != "letters":
        assert any(number in damage.where for damage in found), (table, column, number, found)


def test_a_flipped_bit_in_the_bytes_of_the_file(full: Path, tmp_path: Path) -> None:
    """The same without any database tool: in the text of an event, and in a PDF, as they lie on the disk."""
    for wanted in (b'"applicant":"', b"%PDF-1.7"):
        data = bytearray(full.read_bytes())
        data[data.find(wanted) + len(wanted) - 3] ^= 4
        path = tmp_path / f"{wanted[:4].hex()}.db"
        path.write_bytes(data)
        assert {"journal", "letter"} & {damage.code for damage in damage_of(path)}


def test_repair_makes_the_lists_anew_and_never_touches_the_journal(full: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(full, home / "register.db")
    tool = unguarded(home / "register.db")
    journal = tool.execute("SELECT * FROM events").fetchall()
    before = [tool.execute(f"SELECT * FROM {t}").fetchall() for t in ("cases", "matters", "words")]
    tool.execute("UPDATE cases SET applicant = '王五'")
    tool.execute("DELETE FROM matters")
    tool.execute("DELETE FROM words_content")
    desk = Desk.open(home, FixedClock(DAY))
    assert [note.code for note in desk.upkeep.check() if note.fault]
    desk.upkeep.repair()
    assert not [note for note in desk.upkeep.check() if note.fault]
    assert [tool.execute(f"SELECT * FROM {t}").fetchall() for t in ("cases", "matters", "words")] == before
    tool.close()
    tool = unguarded(home / "register.db")
    tool.execute("UPDATE events SET body = replace(body, '台账', '台帐') WHERE seq = 1")
    broken = tool.execute("SELECT * FROM events").fetchall()
    desk.upkeep.repair()
    assert tool.execute("SELECT * FROM events").fetchall() == broken != journal
    assert next(note.code for note in desk.upkeep.check() if note.fault) == "journal"
    desk.close()
    tool.close()


def test_damage_says_which_backup_holds_what_is_lost(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk)
    desk.upkeep.backup(tmp_path / "first.db")
    other = register(desk, applicant="李四")
    desk.upkeep.backup(tmp_path / "second.db")
    tool = unguarded(desk.home / "register.db")
    tool.execute("UPDATE events SET body = replace(body, '李四', '李西')")
    tool.execute("UPDATE letters SET pdf = x'00'")
    notes = {note.code: note for note in desk.upkeep.check() if note.fault}
    assert other.case_no in notes["journal"].message
    assert "second.db" in notes["journal"].what_to_do
    assert letter.number in notes["letter"].message
    assert "second.db" in notes["letter"].what_to_do
    (tmp_path / "second.db").unlink()
    notes = {note.code: note for note in desk.upkeep.check() if note.fault}
    assert "first.db" in notes["letter"].what_to_do
    assert ".db" not in notes["journal"].what_to_do
    tool.close()


def test_a_journal_whose_end_was_cut_off_is_noticed(desk: Desk) -> None:
    register(desk)
    register(desk)
    tool = unguarded(desk.home / "register.db")
    tool.execute("DELETE FROM events WHERE seq = 2")
    tool.execute("DELETE FROM cases WHERE case_no = 'LH-2026-0002'")
    assert "tail" in [note.code for note in desk.upkeep.check() if note.fault]
    tool.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM letters", "letter_missing"),
        ("DELETE FROM events WHERE act = 'issued'", "journal"),
        ("UPDATE letters SET facts = '{}'", "letter"),
        ("UPDATE letters SET text = text || '。'", "letter"),
    ],
)
def test_letters_and_journal_must_agree(desk: Desk, statement: str, code: str) -> None:
    issue_granted(desk)
    register(desk)
    tool = unguarded(desk.home / "register.db")
    tool.execute(statement)
    assert code in [note.code for note in desk.upkeep.check() if note.fault]
    tool.close()


def test_a_damaged_entry_is_a_sentence_wherever_it_is_met(desk: Desk) -> None:
    case = register(desk)
    tool = unguarded(desk.home / "register.db")
    tool.execute("UPDATE events SET body = replace(body, 'in_person', 'in_persom')")
    tool.close()
    for act in (
        lambda: desk.lookup.case(case.case_id),
        lambda: desk.upkeep.repair(),
        lambda: desk.delivery.archive(case.case_id),
    ):
        with pytest.raises(DeskError, match="已经损坏"):
            act()


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [("letters", "pdf", "letter"), ("events", "body", "journal")],
    ids=["letter", "entry"],
)
def test_the_backup_that_is_named_is_one_in_which_the_damaged_thing_is_whole(
    tmp_path: Path, table: str, column: str, code: str
) -> None:
    """A newer one in which the same is damaged is passed over; where every one is, none is named."""
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    issue_granted(desk)
    older, newer = (desk.upkeep.backup(tmp_path / name, "").path for name in ("a.db", "b.db"))
    desk.close()
    _spoil(tmp_path / "home" / "register.db", table, column)
    assert _named(tmp_path / "home", code) == str(newer)
    _spoil(newer, table, column)
    assert _named(tmp_path / "home", code) == str(older)
    _spoil(older, table, column)
    assert _named(tmp_path / "home", code) == ""


def _spoil(path: Path, table: str, column: str) -> None:
    """Change what the last row says."""
    tool = unguarded(path)
    tool.execute(f"UPDATE {table} SET {column} = CAST({column} || ' ' AS {'BLOB' if column == 'pdf' else 'TEXT'})"
                 f" WHERE rowid = (SELECT max(rowid) FROM {table})")  # fmt: skip
    tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tool.close()


def _named(home: Path, code: str) -> str:
    """The backup that the check names for a damage; empty without."""
    with Desk.open(home, FixedClock(DAY)) as desk:
        said = [note.what_to_do for note in desk.upkeep.check() if note.code == code]
        return next((word for line in said for word in line.split() if word.endswith(".db")), "")


def codes_of(path: Path) -> set[str]:
    """What is found in a register, or why it was not even opened."""
    try:
        return {damage.code for damage in damage_of(path)}
    except DeskError as refused:
        return {refused.code}


@pytest.mark.parametrize("name", ["events_no_update", "cases", "words"])
@pytest.mark.parametrize(
    ("to", "codes"),
    [
        ("CAST(name AS BLOB)", {"nothing"}),
        ("x'ce'", {"shape", DAMAGED}),
        ("7", {"shape", DAMAGED}),
        ("NULL", {"shape", DAMAGED}),
    ],
)
def test_a_name_in_the_schema_that_is_no_text(desk: Desk, name: str, to: str, codes: set[str]) -> None:
    """Another one is damage; the same one in bytes serves as before, and ends nothing."""
    path = desk.lookup._journal.store.path
    desk.close()
    with sqlite3.connect(path) as tool:
        tool.execute("PRAGMA writable_schema = 1")
        tool.execute(f"UPDATE sqlite_master SET name = {to} WHERE name = ?", [name])
    tool.close()
    assert (codes_of(path) or {"nothing"}) & codes


@pytest.mark.parametrize("table", [name for name in TABLES_NEEDED if name != INDEX])
def test_a_table_that_lacks_a_column_is_damage(desk: Desk, table: str) -> None:
    path = desk.lookup._journal.store.path
    desk.close()
    column = max(columns_of(table), key=len)
    with sqlite3.connect(path) as tool:
        tool.execute("PRAGMA writable_schema = 1")
        tool.execute(
            f"UPDATE sqlite_master SET sql = replace(sql, '{column}', 'x') WHERE name = ? AND type = 'table'", [table]
        )
    tool.close()
    assert codes_of(path) & {"shape", DAMAGED}
