"""Integrity: what is wrong in a register, named. SQLite's own check, the hash chain, frozen letters, seals, numbers, and
the projection against the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from deskapp.errors import DeskError
from deskapp.register.driver import SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_NOMEM, code_of
from deskapp.register.erasing import EVENT_ROW, LETTER_ROW, NO_PAGES
from deskapp.register.erasing_notes import digest_of, erased_rows, vouched_notes
from deskapp.register.hashing import digest
from deskapp.register.journal import GENESIS, Journal, chain_hash, letter_seal
from deskapp.register.projection import TABLES, differences
from deskapp.register.register import CLOCK_SLACK, HEAD
from deskapp.register.shape import COLUMNS, INSIDE, columns_of, shape
from deskapp.register.store import Row, Store

TABLES_NEEDED = (
    *TABLES,
    "events",
    "letters",
    "units",
    "calendars",
    "years",
    "records",
    "drafts",
    "counters",
    "meta",
    "backups",
    "erased",
)
# What the journal can mend, or what is only told: a copy of such a register is as good as the register.
MENDABLE = ("projection", "index", "gap", "counter", "shape")


@dataclass(frozen=True)
class Damage:
    """Something wrong: stable code and where, in words. ``seq`` is the entry of the journal, ``letter_id`` the letter it concerns,
    ``lacks`` a table, index or guard that is not there; one that is no ``fault`` only informs."""

    code: str
    where: str
    seq: int = 0
    letter_id: str = ""
    fault: bool = True
    lacks: str = ""


@dataclass(frozen=True)
class _Sealed:
    """What the journal says of a letter."""

    case_no: str
    number: str
    title: str
    sha256: str
    seal: str


class _Erasures:
    """What was erased, and the acts that vouch for it: an entry or letter in it is whole when it is what the erasure left."""

    def __init__(self, store: Store) -> None:
        self._store = store
        rows = store.query("SELECT * FROM erased")
        self._rows = {(row["kind"], row["key"]): row for row in rows}
        self._unvouched = {(row["case_id"], row["n"]) for row in rows}

    def entry_whole(self, row: Row) -> bool:
        """Whether an entry is what was noted, or what an erasure left of it."""
        known = self._rows.get((EVENT_ROW, str(row["seq"])))
        if known is None:
            return bool(row["hash"] == chain_hash(row))
        return bool(row["hash"] == known["was"] and chain_hash(row) == known["seal"])

    def letter_whole(self, row: Row) -> bool | None:
        """Whether an erased letter is what was left of it; None for one that was not erased."""
        known = self._rows.get((LETTER_ROW, row["id"]))
        return None if known is None else bool(row["pdf"] == NO_PAGES and letter_seal(row) == known["seal"])

    def vouch(self, row: Row) -> bool:
        """Take an act of erasing that stands in the chain; whether its rows are those that it made."""
        place = row["case_id"], row["n"]
        if digest_of(erased_rows(self._store, *place)) != json.loads(row["body"])["digest"]:
            return False
        self._unvouched.discard(place)
        return True

    def vouch_notes(self) -> Iterator[str]:
        """Take the records that vouch for others; the keys of those whose rows are not those that they made."""
        for key, whole in vouched_notes(self._store):
            if whole:
                self._unvouched.discard((key, 0))
            else:
                yield key

    def unvouched(self) -> list[str]:
        """The cases in which something was emptied without such an act."""
        return sorted({case_id for case_id, _ in self._unvouched})


INDEX = "words"  # of the search
NAME = "CAST(name AS TEXT) AS name"  # in a damaged file a name may be no text


def verify(journal: Journal) -> list[Damage]:
    """Everything that is wrong in a register, journal first."""
    store = journal.store
    with store.any_bytes():
        shapes = list(_shape(store))
        if any(found.lacks in TABLES_NEEDED for found in shapes) or _columns_gone(store):
            return shapes
        damage = list(_sqlite(store))
        letters: dict[str, _Sealed] = {}
        chain = list(_chain(store, letters))
        damage += [*chain, *_letters(store, letters)]
        damage += [Damage("kept", where) for where in journal.records.broken_seals()]
        if not any(found.fault for found in chain):
            lists = list(_lists(store))
            damage += lists or _numbers(journal)  # numbers are counted on the lists
    return damage + shapes


def _sqlite(store: Store) -> Iterator[Damage]:
    try:
        for row in store.query("PRAGMA integrity_check"):
            if row["integrity_check"] != "ok":
                yield Damage("sqlite", row["integrity_check"])
        with store.write():
            store.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except DeskError as error:
        cause = error.__cause__
        if code_of(cause) in (SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_NOMEM):
            yield Damage("index", "查询索引")  # read-only or busy is no damage: checked as far as reading goes


def _chain(store: Store, letters: dict[str, _Sealed]) -> Iterator[Damage]:
    """Walk the journal once: broken links, a lost end, a clock that went backwards. Fills ``letters`` on the way."""
    prev, seq, last_at, erased = GENESIS, 0, None, _Erasures(store)
    for row in store.each("SELECT * FROM events ORDER BY seq"):
        when = row["at"] if isinstance(row["at"], str) else ""
        if not _is_entry(row) or row["prev"] != prev or not erased.entry_whole(row) or row["seq"] != seq + 1:
            yield Damage("journal", f"{_case_no(store, row)}第{row['seq']}条（{when[:10]}）", seq + 1)
        elif row["act"] == "issued":
            _note_letter(store, row, letters)
        elif row["act"] == "erased" and not erased.vouch(row):
            yield Damage("erased", f"{_case_no(store, row)}第{row['seq']}条（{when[:10]}）", seq + 1)
        prev, seq = row["hash"], row["seq"]
        at = _moment(when)
        if at and last_at and at < last_at - CLOCK_SLACK:
            yield Damage("clock", f"第{seq}条（{when[:16]}）早于前一条（{last_at:%Y-%m-%d %H:%M}）", seq, fault=False)
        last_at = at or last_at
    if _head(store) != ([seq, prev] if seq else []):
        yield Damage("tail", f"第{seq}条以后", seq + 1)
    for key in erased.vouch_notes():
        yield Damage("erased", f"来访、收件等登记（{key}）")
    for case_id in erased.unvouched():
        number = store.value("SELECT case_no FROM cases WHERE case_id = ?", [case_id])
        yield Damage("erased", f"{number or case_id}")


def _is_entry(row: Row) -> bool:
    """Whether the cells of an entry are of the kinds that they were written in: in a damaged file any cell may be of any."""
    return all(isinstance(value, int if name in ("seq", "n") else str) for name, value in row.items())


def _lists(store: Store) -> Iterator[Damage]:
    """Where the lists are not what the journal makes of each case; an index that cannot even be read is damage too."""
    try:
        yield from [Damage("projection", where) for where in differences(store)]
    except DeskError:
        yield Damage("index", "查询索引")


def _head(store: Store) -> list[object]:
    """Place and hash of the last entry as they were noted."""
    try:
        return list(json.loads(store.value("SELECT value FROM meta WHERE key = ?", [HEAD]) or "[]"))[:2]
    except (ValueError, TypeError):
        return ["damaged"]


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _case_no(store: Store, row: Row) -> str:
    """The number of the case an entry belongs to, as far as it can still be told."""
    number = store.value("SELECT case_no FROM cases WHERE case_id = ?", [row["case_id"]])
    return f"{number}，" if number else ""


def _note_letter(store: Store, row: Row, letters: dict[str, _Sealed]) -> None:
    body = json.loads(row["body"])
    letters[body["letter_id"]] = _Sealed(
        _case_no(store, row), body["number"], body["title"], body["sha256"], body.get("seal", "")
    )


def _letters(store: Store, issued: dict[str, _Sealed]) -> Iterator[Damage]:
    """Letters that are not what was issued, that are gone, or that nothing speaks of."""
    waiting, erased = dict(issued), _Erasures(store)
    for row in store.each("SELECT * FROM letters"):
        said = waiting.pop(row["id"], None)
        where = row["number"] or row["title"]
        if said is None:
            yield Damage("orphan", where, letter_id=row["id"])
        elif (left := erased.letter_whole(row)) is not None:
            if not left:
                yield Damage("letter", f"{said.case_no}{said.number or said.title}", letter_id=row["id"])
        elif (
            not isinstance(row["pdf"], bytes)
            or digest(row["pdf"]) != said.sha256
            or (said.seal and letter_seal(row) != said.seal)
            or row["sha256"] != said.sha256
        ):
            yield Damage("letter", f"{said.case_no}{said.number or said.title}", letter_id=row["id"])
    for letter_id, said in waiting.items():
        yield Damage("letter_missing", f"{said.case_no}{said.number or said.title}", letter_id=letter_id)


def _numbers(journal: Journal) -> Iterator[Damage]:
    for gap in journal.numbers.gaps():
        yield Damage("ledger_gap" if gap.ledger else "gap", str(gap), fault=not gap.ledger)
    for number in journal.numbers.too_low():
        yield Damage("counter", number)
    for number in journal.numbers.doubles():
        yield Damage("double", number, fault=False)


def _shape(store: Store) -> Iterator[Damage]:
    """Tables, indexes and guards that are missing or changed, and what does not belong here."""
    rows = store.query(f"SELECT {NAME}, sql FROM sqlite_master WHERE sql IS NOT NULL")
    have = {row["name"]: row["sql"] for row in rows if not row["name"].startswith(INSIDE)}
    for name in sorted(shape().keys() | have.keys()):
        if have.get(name) != shape().get(name):
            what = "缺少" if name not in have else "多出" if name not in shape() else "改动过"
            yield Damage("shape", f"{what}{name}", lacks="" if name in have else name)


def _columns_gone(store: Store) -> bool:
    """Whether a table lacks columns: nothing that it holds can be compared then. The index of the search, which is made anew where it is
    damaged, is not asked."""
    return any(
        columns_of(table) - {row["name"] for row in store.query(COLUMNS, [table])}
        for table in TABLES_NEEDED
        if table != INDEX
    )


def strangers(store: Store) -> list[str]:
    """Tables, views and guards that no version of the program makes; a guard among them would run with every step. For a file that is
    only read: of an older version, it may lack some of ours."""
    with store.any_bytes():
        rows = store.query(
            f"SELECT {NAME}, type FROM sqlite_master WHERE type IN ('table', 'view', 'trigger') ORDER BY name"
        )
    return [
        row["name"]
        for row in rows
        if row["name"] not in shape()
        and not (row["type"] == "table" and row["name"].startswith((*INSIDE, "sqlite_")))
    ]
