"""The tables of the county: made once, by the statements of ``schema.sql`` and the file of the dialect."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from deskapp.county.database import Database, foreign_server
from deskapp.errors import DeskError

VERSION = "1"
SPREAD = "spread"  # the note of how many further servers there are
BY_POINT = "{by_point}"
TABLES = (
    "county_notes", "points", "bundles", "decisions", "events", "cases", "matters", "tally", "spans", "standings", "tasks",
)  # fmt: skip
DERIVED = ("events", "cases", "matters", "tally", "spans", "standings", "bundles", "decisions", "points")
"""What is made of cards, bundles and decisions, and can be made anew from them; tasks are kept."""
NONE = "-"  # in the tally: a case that has no row yet


def make_tables(db: Database, servers: Sequence[str] = ()) -> None:
    """Make the tables, all or none; with ``servers``, the addresses of further databases, what grows with the cases lies on those, parted by
    point. Raises DeskError where the tables are there."""
    if is_made(db):
        raise DeskError("这个数据库里已经建好了。", "没有再建。", "请直接用它，或者换一个空的数据库。", code="made")
    dialect = dialect_of(db.dialect)
    with db.transaction():
        for statement in spread_statements(db, servers) if servers else statements(dialect):
            db.run(statement)
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('version', %s)", [VERSION])
        db.run("INSERT INTO county_notes (note_key, body) VALUES (%s, %s)", [SPREAD, str(len(servers))])


def is_made(db: Database) -> bool:
    """Whether the tables are there."""
    try:
        return db.value("SELECT body FROM county_notes WHERE note_key = 'version'") is not None
    except DeskError as error:
        if error.code != "not_made":
            raise
        return False


def statements(dialect: dict[str, Any]) -> list[str]:
    """The statements that make the tables in a dialect, in their order."""
    made: list[str] = []
    for statement in _pieces():
        made.append(statement.replace(BY_POINT, str(dialect["by_point"])).strip())
        if BY_POINT in statement and dialect["part"]:
            table, parts = statement.split()[2], int(dialect["parts"])
            made += [str(dialect["part"]).format(table=table, n=n, parts=parts) for n in range(parts)]
    return made


def spread_statements(db: Database, servers: Sequence[str]) -> list[str]:
    """The same for PostgreSQL over several servers: the parts are made there at once, by connections of their own, and are foreign tables
    here (postgres_fdw). A key over parts that lie elsewhere cannot be: each part has its own. Raises DeskError."""
    dialect = dialect_of("postgresql")
    made = ["CREATE EXTENSION IF NOT EXISTS postgres_fdw"]
    for n, dsn in enumerate(servers):
        made += foreign_server(f"county_{n}", dsn)
    indexes = [each for each in _pieces() if each.startswith("CREATE INDEX")]
    for statement in _pieces():
        table = (
            statement.split()[2] if statement.startswith("CREATE TABLE") else statement.split(" ON ")[1].split()[0]
        )
        if table not in _spread_tables():
            made.append(statement)
        elif statement.startswith("CREATE TABLE"):
            head, key, _ = statement.rpartition(",\n    PRIMARY KEY")
            made.append(f"{head}\n) {dialect['by_point']}" if key else statement)
            for n in range(int(dialect["parts"])):
                server = n % len(servers)
                _make_part(servers[server], statement, f"{table}_{n}", [i for i in indexes if f" ON {table} " in i])
                values = f"FOR VALUES WITH (MODULUS {dialect['parts']}, REMAINDER {n})"
                made.append(f"CREATE FOREIGN TABLE {table}_{n} PARTITION OF {table} {values} SERVER county_{server}")
    return made


def _spread_tables() -> set[str]:
    return {statement.split()[2] for statement in _pieces() if BY_POINT in statement}


def _make_part(dsn: str, statement: str, name: str, indexes: Sequence[str]) -> None:
    """One part on its own server, with its key and its indexes."""
    table = statement.split()[2]
    with Database(dsn) as there, there.transaction():
        there.run(
            statement.replace(BY_POINT, "").replace(f"CREATE TABLE {table} ", f"CREATE TABLE {name} ", 1).strip()
        )
        for n, index in enumerate(indexes):
            there.run(index.replace(index.split()[2], f"{name}_{n}", 1).replace(f" ON {table} ", f" ON {name} ", 1))


def _pieces() -> list[str]:
    """The statements of ``schema.sql``."""
    text = files("deskapp.county").joinpath("schema.sql").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [piece.strip().rstrip(";") for piece in lines.split(";\n") if piece.strip()]


def is_spread(db: Database) -> bool:
    """Whether parts of the tables lie on other servers."""
    return db.value("SELECT body FROM county_notes WHERE note_key = %s", [SPREAD]) not in (None, "0")


def dialect_of(name: str) -> dict[str, Any]:
    """How one database parts its tables; ``run`` says whether that was ever run."""
    return tomllib.loads(files("deskapp.county").joinpath("dialects", f"{name}.toml").read_text("utf-8"))


def empty(db: Database) -> None:
    """Take everything out that can be made anew."""
    for table in DERIVED:
        db.run(f"DELETE FROM {table}")
