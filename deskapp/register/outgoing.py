"""What of the register goes to the county: entries of the journal after a place, as they leave the point, and what says who the point is.

The identity of a point, what was sent and from which backup it went on are records of the register, so that a backup carries them:
a point that was restored is the same point and says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.register.events import EVENT
from deskapp.register.facts import Ordinals, facts_of
from deskapp.register.heads import hash_of, last_entry
from deskapp.register.ids import new_id
from deskapp.register.journal import Journal
from deskapp.register.projection import read_event
from deskapp.register.records import Records
from deskapp.register.store import Row, Store

IDENTITY, SENT, RESTORED = "point", "bundle", "restored"  # the kinds of the records
TASK, ANSWER = "county_task", "county_answer"  # those of what the county asked, and of what goes up to it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One entry as it leaves: its place, identifiers, act, moment, body ready for JSON, and the hash of the whole entry, which does
    not leave as it is."""

    seq: int
    id: str
    case_id: str
    n: int
    act: str
    at: str
    body: dict[str, Any]
    hash: str


class OutgoingEntries:
    """The entries of one register on their way out."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store, self._journal = store, journal

    def end(self) -> tuple[int, str]:
        """Place and hash of the last entry; (0, "") in an empty journal."""
        return last_entry(self._store)

    def hash_at(self, seq: int) -> str:
        """The hash of an entry; empty where there is none."""
        return hash_of(self._store, seq)

    def after(self, seq: int, end: int, full: bool, hidden: Callable[[str], str]) -> Iterator[Outgoing]:
        """The entries after a place up to another, whole or as facts; ``hidden`` makes short names. Raises DeskError for a damaged
        one."""
        known: dict[str, Ordinals] = {}
        rows = self._store.each("SELECT * FROM events WHERE seq > ? AND seq <= ? ORDER BY seq", [seq, end])
        for row in rows:
            case_id = row["case_id"]
            if not full and case_id not in known:
                known[case_id] = Ordinals(self._journal.history(case_id), hidden)
            yield _outgoing(row, None if full else known[case_id])


def _outgoing(row: Row, names: Ordinals | None) -> Outgoing:
    event = read_event(row["body"], f"第{row['seq']}条")
    body = EVENT.dump_python(event, mode="json") if names is None else facts_of(event, names)
    return Outgoing(row["seq"], row["id"], row["case_id"], row["n"], row["act"], row["at"], body, row["hash"])


def note_restored(store: Store, records: Records, now: datetime) -> None:
    """Write down that this register goes on from a backup, so that the county is told."""
    seq = int(store.value("SELECT coalesce(max(seq), 0) FROM events"))
    key = new_id(now)
    records.save_record(RESTORED, key, json.dumps({"id": key, "seq": seq, "at": now.isoformat()}))
