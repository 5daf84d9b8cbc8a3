"""What is there after an act, a failure, a power cut: read as the next start of the program would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deskapp.catalogue.entries import Entries
from deskapp.clock import FixedClock
from deskapp.errors import DeskError
from deskapp.paths import CATALOGUE
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.keyring import Keyring
from deskapp.register.opening import open_store
from tests.conftest import DAY
from tests.faults.layer.acts import PASSWORD, Act

TABLES = ("events", "letters", "cases", "drafts", "records", "units")
WRITTEN = {
    "records": " WHERE kind <> 'restored'"
}  # that a restore was done is noted after it, as far as the disk allows


@dataclass(frozen=True)
class Seen:
    """Rows of what people wrote (none where there is no register, or an empty one), the length of the file that was made (-1: none),
    whether the register is encrypted, and what is wrong."""

    rows: tuple[int, ...]
    made: int
    locked: bool = False
    wrong: tuple[str, ...] = ()


def look(folder: Path, act: Act) -> Seen:
    """What an act left."""
    home = folder / act.home
    made = folder / act.made if act.made else None
    size = made.stat().st_size if made and made.exists() else -1
    if not (home / "register.db").exists():
        return Seen((), size)
    try:
        ring = Keyring(home)
        key = ring.open(PASSWORD) if ring.names() else IN_THE_CLEAR
        return _seen(home, key, size)
    except DeskError as error:
        return Seen((), size, wrong=(f"does not open: {error}",))


def _seen(home: Path, key: RegisterKey, size: int) -> Seen:
    store = open_store(home / "register.db", key=key)
    try:
        wrong = tuple(str(found) for found in verify(Journal(store, FixedClock(DAY))) if found.fault)
        rows = tuple(int(store.value(f"SELECT count(*) FROM {table}{WRITTEN.get(table, '')}")) for table in TABLES)
    finally:
        store.close()
    published = 0
    if (home / CATALOGUE).exists():
        entries = Entries.open(home / CATALOGUE, key)
        published = entries.count()
        wrong += tuple(entries.broken())
        entries.close()
    rows += (published,)
    return Seen(rows if any(rows) else (), size, bool(store.key), wrong)
