"""Which version of the program made which entries of the journal.

One record says from which entry on a version wrote; the next version that writes adds its own, in the transaction of its first entry. So
the entries themselves stay as they are, every entry is told, and two versions that take turns are told apart. Entries from before there
were such records have no version.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from deskapp import __version__
from deskapp.register.records import Records
from deskapp.register.store import Store

KIND, KEY = "program", "journal"  # of the records; see :meth:`Records.save_record`
NOT_KEPT = "没有记版本的旧版"


@dataclass(frozen=True, slots=True)
class ByVersion:
    """Entries that one version made: the first of them, up to where the next begins. The version is empty where none was kept."""

    first: int
    version: str

    @property
    def told(self) -> str:
        """The version in words."""
        return self.version or NOT_KEPT


def note_version(store: Store, records: Records, first: int, at: str) -> None:
    """Write down, inside a transaction, that the entries from ``first`` on, which is of the moment ``at``, are of this version, unless those
    before are as well."""
    last = store.value("SELECT body FROM records WHERE kind = ? AND key = ? ORDER BY seq DESC LIMIT 1", [KIND, KEY])
    if not last or json.loads(last)["version"] != __version__:
        records.save_record(KIND, KEY, json.dumps({"version": __version__, "first": first}), at)


def stretches(store: Store) -> list[ByVersion]:
    """The versions in the order of their entries; empty for a journal without entries."""
    rows = store.query("SELECT body FROM records WHERE kind = ? ORDER BY seq", [KIND])
    found = [ByVersion(body["first"], body["version"]) for body in (json.loads(row["body"]) for row in rows)]
    unkept = (found[0].first if found else 0) != 1 and store.value("SELECT EXISTS (SELECT 1 FROM events)")
    return [ByVersion(1, ""), *found] if unkept else found


def made(known: list[ByVersion], seq: int) -> ByVersion:
    """The stretch of :func:`stretches` that an entry lies in."""
    return known[bisect_right(known, seq, key=attrgetter("first")) - 1]
