"""Keeping: the catalogue's file and its full texts as things that are copied, counted and looked through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deskapp.catalogue.entries import BOOK, Entries
from deskapp.catalogue.items import Items
from deskapp.named import is_whole
from deskapp.paths import CATALOGUE, TEXTS
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey, connect, errors
from deskapp.register.store import Store, explain

KIND = "catalogue"  # of the records in the register: one for each list that was taken in
_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%'
AND name NOT LIKE '_sqlite%' AND name NOT LIKE 'words%' AND name NOT LIKE 'sounds%' ORDER BY name
"""  # none that is made from others


@dataclass(frozen=True)
class Kept:
    """A catalogue: how many entries it has, the hash of all that is in it, the names of the full texts it speaks of."""

    entries: int
    mark: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CatalogueState:
    """How the catalogue lies there: whether it does, how many entries; those that are not what was written; the full texts that are
    wanting, and those that are not what their name says, by their entries."""

    there: bool = False
    entries: int = 0
    broken: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def state_of(home: Path, entries: Entries) -> CatalogueState:
    """The catalogue of a data directory and its full texts, looked through. Raises DeskError, OSError."""
    with_files = [(entry.name, home / TEXTS / entry.file) for entry in entries.with_files()]
    missing = tuple(name for name, path in with_files if not path.is_file())
    changed = tuple(name for name, path in with_files if path.is_file() and not is_whole(path))
    return CatalogueState(True, entries.count(), (*entries.broken(), *Items(entries).broken()), missing, changed)


def snapshot(home: Path, target: Path, key: RegisterKey = IN_THE_CLEAR) -> Kept:
    """A clean copy of a data directory's catalogue in ``target``, an empty private file, through a connection of its own. Raises
    DeskError."""
    with closing(Entries.open(home / CATALOGUE, key)) as entries:
        entries.store.vacuum_into(target)
    return look_at(target, key)


def as_it_is(home: Path, key: RegisterKey = IN_THE_CLEAR) -> Kept:
    """A data directory's catalogue, which may be in use, through a connection of its own. Raises DeskError."""
    with closing(Entries.open(home / CATALOGUE, key)) as entries:
        return _kept(entries.store)


def look_at(path: Path, key: RegisterKey = IN_THE_CLEAR) -> Kept:
    """A catalogue's file that is only read. Raises DeskError when it is none, or damaged."""
    with _read_only(path, key) as store:
        return _kept(store)


def _kept(store: Store) -> Kept:
    files = store.query("SELECT DISTINCT file FROM entries WHERE file <> '' ORDER BY file")
    count = int(store.value("SELECT count(*) FROM entries"))
    return Kept(count, _mark(store), tuple(row["file"] for row in files))


@contextmanager
def _read_only(path: Path, key: RegisterKey) -> Iterator[Store]:
    try:
        connection = connect(path, key, read_only=True)
    except errors() as error:
        raise explain(error, path, BOOK) from error
    store = Store(path, connection, BOOK, key=key)
    try:
        yield store
    finally:
        store.close()


def _mark(store: Store) -> str:
    """The hash of every row of every table, but for the index, which is made from them: the same for the same content, however the
    file is written."""
    found = hashlib.sha256()
    for table in store.query(_TABLES):
        found.update(f"{table['name']}\n".encode())
        for row in store.each(f'SELECT * FROM "{table["name"]}" ORDER BY rowid'):
            found.update(repr(tuple(row.values())).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
