"""The versions of a file, by the names of the steps that lead to each: how a file comes into the shape of this version.

Both files of the desk, the register and the catalogue, come into shape this one way, by the library's migrations. Reading that
library takes some 50 ms, about as much as everything else before the first picture; so what is pending is found with one query, and
the steps are read only when there is something to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from deskapp.errors import DeskError
from deskapp.register.store import Store

FIRST = "0001_journal_letters_units_projection"
CALENDARS = "0002_calendars"
REGISTER = "0003_index_matters_seals_years_backups"
RECORDS = "0004_records"
CHANNEL_KEYS = "0005_channel_keys"
CLASS_KEYS = "0006_class_keys"
ROUNDS = "0007_rounds"
PEOPLE = "0008_people"
SEAT = "0009_seat"
SPOKEN = "0010_spoken"
ERASED = "0011_erased"
HANDLER = "0012_handler"
NOTED = "_sqlite_migrations"  # the table is the library's


@dataclass(frozen=True)
class Steps:
    """The steps of one kind of file: their names in order, the ``name`` they are noted under, the module that has them as
    ``migrations``, and what is said of a file that has more of them (what, meaning, what to do)."""

    name: str
    names: tuple[str, ...]
    module: str
    newer: tuple[str, str, str]

    def applied(self, store: Store) -> set[str]:
        """The steps that a file has behind it."""
        if not store.value("SELECT 1 FROM sqlite_master WHERE name = ?", [NOTED]):
            return set()
        return {row["name"] for row in store.query(f"SELECT name FROM {NOTED} WHERE migration_set = ?", [self.name])}

    def pending(self, store: Store) -> bool:
        """Whether a file lacks a step. Raises DeskError for a file of a newer version."""
        applied = self.applied(store)
        if applied - set(self.names):
            raise DeskError(*self.newer)
        return applied != set(self.names)

    def take(self, store: Store, then: Callable[[Store], object] = lambda store: None) -> None:
        """Take the pending ones, and ``then`` what follows from them, in one write transaction; of several programs one does it."""
        with store.write():
            if self.pending(store):
                import_module(self.module).migrations.apply(store.db)
                then(store)


STEPS = Steps(
    "deskapp",
    (FIRST, CALENDARS, REGISTER, RECORDS, CHANNEL_KEYS, CLASS_KEYS, ROUNDS, PEOPLE, SEAT, SPOKEN, ERASED, HANDLER),
    "deskapp.register.migrations",
    ("登记簿是较新版本的程序建立的。", "旧程序可能看不懂，所以没有打开。", "请安装新版本的 deskapp。"),
)
