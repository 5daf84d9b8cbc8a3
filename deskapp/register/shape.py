"""What a register of this version is made of, asked of an empty one: what the doctor compares a file with, and what mending makes again."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database

from deskapp.register.migrations import migrations

INSIDE = ("_sqlite", "words_")  # how the names of tables begin that belong to a library's own machinery


def shape() -> dict[str, str]:
    """What a register of this version is made of: the statement of each table, index and guard by its name."""
    return {name: sql for name, sql in _whole_shape().items() if not name.startswith(INSIDE)}


def inside_of_the_index() -> dict[str, str]:
    """The tables in which the index of the search keeps itself, by name."""
    return {name: sql for name, sql in _whole_shape().items() if name.startswith("words_")}


COLUMNS = "SELECT name FROM pragma_table_info(?)"


@cache
def columns_of(table: str) -> frozenset[str]:
    """The columns of a table of this version."""
    return frozenset(str(name) for (name,) in _empty_register().execute(COLUMNS, [table]))


@cache
def empty_index() -> dict[str, list[tuple[object, ...]]]:
    """What those of its tables hold that it cannot be opened without, while it holds no word."""
    db = _empty_register()
    return {name: list(db.execute(f"SELECT * FROM {name}")) for name in ("words_data", "words_config")}


@cache
def _whole_shape() -> dict[str, str]:
    rows = _empty_register().query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return {row["name"]: row["sql"] for row in rows}


def _empty_register() -> Database:
    """A register of this version without anything in it; not kept, since it belongs to the thread that made it."""
    db = Database(memory=True)
    migrations.apply(db)
    return db
