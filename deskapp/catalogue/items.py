"""The items of the standard catalogue as they are kept beside the entries, and which entries fit which item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Literal

from pydantic import ValidationError

from deskapp.catalogue.entries import SHOWN, Entries, State
from deskapp.catalogue.entry import GONE, Entry, entry_of
from deskapp.catalogue.standards import Item
from deskapp.catalogue.terms import folded, phrase
from deskapp.register.hashing import seal

Fit = Literal["found", "yes", "no"]  # believed by the program; said by a person
MOST = 60  # entries that are believed to fit one item


class Items:
    """The items in the file of the catalogue."""

    def __init__(self, entries: Entries) -> None:
        self._entries, self._store = entries, entries.store

    def write(self) -> AbstractContextManager[None]:
        """One transaction, all or nothing. Raises DeskError."""
        return self._store.write()

    def put(self, item: Item) -> State:
        """Take an item in, or bring it up to date; that it is not here stays. Inside :meth:`Store.write`."""
        old = self.get(item.key)
        if old and not item.not_here:
            item = item.model_copy(update={"not_here": old.not_here})
        if old == item:
            return "same"
        self._write(item)
        return "changed" if old else "new"

    def _write(self, item: Item) -> None:
        body, key = item.model_dump_json(), item.key
        place = self._store.value("SELECT place FROM items WHERE key = ?", [key])
        if place is None:
            place = 1 + int(self._store.value("SELECT coalesce(max(place), 0) FROM items"))
        self._store.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", [key, place, body, seal((key, body))])

    def not_here(self, key: str, why: str) -> None:
        """Say why an item does not exist here; an empty reason takes it back."""
        item = self.get(key)
        if item:
            with self._store.write():
                self._write(item.model_copy(update={"not_here": why}))

    def get(self, key: str) -> Item | None:
        """The item of a key."""
        body = self._store.value("SELECT body FROM items WHERE key = ?", [key])
        return Item.model_validate_json(body) if body else None

    def all(self) -> list[Item]:
        """Every item, in the order in which they came in; those that cannot be read are named by the doctor."""
        found = []
        for row in self._store.query("SELECT body FROM items ORDER BY place"):
            try:
                found.append(Item.model_validate_json(row["body"]))
            except ValidationError:
                continue
        return found

    def broken(self) -> Iterator[str]:
        """The items that are not what was written."""
        for row in self._store.each("SELECT * FROM items"):
            if row["seal"] != seal((row["key"], row["body"])):
                yield f"标准目录的{row['key']}"

    # -- entries that fit --------------------------------------------------------------------------------------

    def say(self, item: str, entry: str, fits: bool) -> None:
        """What a person says of an entry and an item."""
        with self._store.write():
            self._store.execute(
                "INSERT OR REPLACE INTO fits VALUES (?, ?, ?)", [item, entry, "yes" if fits else "no"]
            )

    def match(self, items: Iterable[Item]) -> None:
        """Believe anew which entries fit these items; what a person said stays."""
        with self._store.write():
            for item in items:
                self._store.execute("DELETE FROM fits WHERE item = ? AND how = 'found'", [item.key])
                for entry in self._believed(item):
                    self._store.execute("INSERT OR IGNORE INTO fits VALUES (?, ?, 'found')", [item.key, entry.key])

    def _believed(self, item: Item) -> list[Entry]:
        """Entries in force that name the item in their list, or whose names hold its name as it stands: what only means something like it
        would hide what is missing."""
        rows = self._entries.newest(
            MOST, where=f"{SHOWN} AND item <> '' AND (item = ? OR item = ?)", values=[item.name, item.first]
        )
        named = [entry_of(row) for row in rows]
        name = folded(item.name)
        called = map(entry_of, self._entries.matching(f"title : {phrase(name)}", MOST)) if name else ()
        whole = [entry for entry in called if not entry.item and name in folded(entry.name)]
        holding = [entry for entry in (*named, *whole) if entry.state not in GONE]
        return list({entry.key: entry for entry in holding}.values())[:MOST]

    def fitting(self, key: str) -> list[tuple[Entry, Fit]]:
        """The entries of an item, the newest first, and who says so; those that a person refused are left out."""
        rows = self._store.query(
            "SELECT entries.*, fits.how FROM fits JOIN entries ON entries.key = fits.entry"
            f" WHERE fits.item = ? AND fits.how <> 'no' AND {SHOWN} ORDER BY rank DESC",
            [key],
        )
        return [(entry_of(row), row["how"]) for row in rows]

    def days(self) -> dict[str, list[str]]:
        """Of each item the days on which its entries were published, the newest first."""
        found: dict[str, list[str]] = {}
        for row in self._store.query(
            "SELECT fits.item, entries.published_on FROM fits JOIN entries ON entries.key = fits.entry"
            f" WHERE fits.how <> 'no' AND {SHOWN} ORDER BY rank DESC"
        ):
            found.setdefault(row["item"], []).append(row["published_on"])
        return found

    def late(self) -> list[tuple[str, Entry]]:
        """Entries of items that say both when they were made and when they were published."""
        rows = self._store.query(
            "SELECT fits.item AS item_key, entries.* FROM fits JOIN entries ON entries.key = fits.entry"
            f" WHERE fits.how <> 'no' AND {SHOWN} AND made_on <> '' AND published_on <> ''"
        )
        return [(row["item_key"], entry_of(row)) for row in rows]
