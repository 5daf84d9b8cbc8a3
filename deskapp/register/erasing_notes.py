"""Erasing what the records beside the cases know of people: visits, mail, slips, each in all of its versions.

A record is emptied as an entry of the journal is (:mod:`deskapp.register.erasing`): its own seal stays where it is, so that the hash over
all records that lies outside of the register (:mod:`deskapp.register.heads`) still fits, and the row ``erased`` beside it holds the seal of
what stands there now. What goes with a case is vouched for by the act ``erased`` of that case; what goes because its own period is over,
by a record of the kind ``notes_erased`` with a hash over its rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.register.hashing import seal
from deskapp.register.ids import new_id
from deskapp.register.journal import Journal
from deskapp.register.lifting import guards_lifted
from deskapp.register.records import SEALED
from deskapp.register.store import Row, Store

NOTE_ROW, VOUCHER = "record", "notes_erased"
COLUMNS = ("kind", "key", "case_id", "n", "was", "seal")
_GUARDS = ("records_no_update",)


@dataclass(frozen=True)
class NoteVersion:
    """One version of a record that still says what was written: its place, kind, key and moment, what it says."""

    seq: int
    kind: str
    key: str
    at: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Emptied:
    """A version of a record, and what is to be left of it."""

    note: NoteVersion
    left: dict[str, Any]


def note_versions(store: Store, kinds: Sequence[str] = ()) -> list[NoteVersion]:
    """All versions of the records of some kinds, or of all, in the order they were written, without those that were erased."""
    places = ", ".join("?" * len(kinds))
    rows = store.query(
        f"SELECT seq, kind, key, at, body FROM records WHERE {f'kind IN ({places}) AND' if kinds else ''}"
        " NOT EXISTS (SELECT 1 FROM erased WHERE erased.kind = 'record' AND erased.key = CAST(seq AS TEXT)) ORDER BY seq",
        list(kinds),
    )
    return [NoteVersion(**{**row, "body": json.loads(row["body"])}) for row in rows]


def empty_notes(store: Store, emptied: Sequence[Emptied], case_id: str, n: int) -> Iterator[Row]:
    """Empty records, and write down what each was and is; ``case_id`` and ``n`` are the place of what vouches for it."""
    with guards_lifted(store, _GUARDS):
        for one in emptied:
            row = store.query("SELECT * FROM records WHERE seq = ?", [one.note.seq])[0]
            row["body"] = json.dumps(one.left, ensure_ascii=False)
            store.execute("UPDATE records SET body = ? WHERE seq = ?", [row["body"], row["seq"]])
            now = seal(row[name] for name in SEALED["records"])
            yield write_down(store, NOTE_ROW, str(row["seq"]), case_id, n, row["seal"], now)


def erase_notes(journal: Journal, emptied: Sequence[Emptied], on: date, by: str, second: str, why: str) -> None:
    """Empty records whose own period is over; ``by`` and ``second`` are the two who answer for it."""
    key = new_id(journal.records.now())
    with journal.write():
        rows = list(empty_notes(journal.store, emptied, key, 0))
        said = {"on": on.isoformat(), "noted_by": by, "second": second, "why": why, "notes": len(rows)}
        journal.records.save_record(VOUCHER, key, json.dumps({**said, "digest": digest_of(rows)}, ensure_ascii=False))


def digest_of(rows: Sequence[Row]) -> str:
    """The hash by which an act, or a record, vouches for the rows of its erasure."""
    return seal(value for row in rows for value in (row["kind"], row["key"], row["was"], row["seal"]))


def erased_rows(store: Store, case_id: str, n: int) -> list[Row]:
    """The rows of one erasure in the order in which they were written."""
    return store.query("SELECT * FROM erased WHERE case_id = ? AND n = ? ORDER BY rowid", [case_id, n])


def write_down(store: Store, *values: str | int) -> Row:
    """Write down what an erased row was and is."""
    store.execute(f"INSERT INTO erased ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)", values)
    return dict(zip(COLUMNS, values, strict=True))


def vouched_notes(store: Store) -> Iterator[tuple[str, bool]]:
    """The records that vouch for emptied ones: the key of each, and whether its rows are those that it made."""
    for row in store.query("SELECT key, body FROM records WHERE kind = ? ORDER BY seq", [VOUCHER]):
        yield row["key"], digest_of(erased_rows(store, row["key"], 0)) == _digest_in(row["body"])


def _digest_in(body: str) -> object:
    """The hash that a record vouches with; None where it is damaged."""
    try:
        return json.loads(body).get("digest")
    except (ValueError, TypeError, AttributeError):
        return None
