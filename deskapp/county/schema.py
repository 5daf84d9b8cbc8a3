"""The tables of the county: made once, by the statements of ``schema.sql`` and the file of the dialect."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from deskapp.county.database import Database, foreign_server
from deskapp.errors import DeskError

VERSION = 4  # of the tables below; an older database is brought up to it (:mod:`deskapp.county.upgrading`)
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
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('version', %s)", [str(VERSION)])
        db.run("INSERT INTO county_notes (note_key, body) VALUES (%s, %s)", [SPREAD, str(len(servers))])


def is_made(db: Database) -> bool:
    """Whether the tables are there."""
    return version_of(db) is not None


def version_of(db: Database) -> int | None:
    """The version of the tables that are there; None where there are none. Raises DeskError."""
    try:
        noted = db.value("SELECT body FROM county_notes WHERE note_key = 'version'")
    except DeskError as error:
        if error.code != "not_made":
            raise
        return None
    if noted is None:
        return None
    if not str(noted).isdecimal():
        raise newer_tables(str(noted))
    return int(noted)


def check_version(db: Database) -> None:
    """Raise DeskError where the tables are of another version than this program's; none at all are no fault here."""
    found = version_of(db)
    if found is not None and found > VERSION:
        raise newer_tables(str(found))
    if found is not None and found < VERSION:
        raise DeskError(
            f"县里的数据库是旧版本的程序建的（第{found}版，现在要第{VERSION}版）。",
            "没有做：里面少了现在要用的东西。",
            "请管数据库的人运行 deskapp county upgrade；收下的都不会动。",
            code="older_tables",
        )


def newer_tables(version: str) -> DeskError:
    """What is said of a database that a later program made."""
    return DeskError(
        f"县里的数据库是更新的程序建的（第{version}版，这里只认得到第{VERSION}版）。",
        "没有做，数据库没有动。",
        "请先更新这台机器上的程序。",
        code="newer_tables",
    )


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


def part_index(part: str, place: int) -> str:
    """What an index of one part on its own server is called, by the place of the index among those of its table."""
    return f"{part}_{place}"


def _make_part(dsn: str, statement: str, name: str, indexes: Sequence[str]) -> None:
    """One part on its own server, with its key and its indexes."""
    table = statement.split()[2]
    with Database(dsn) as there, there.transaction():
        there.run(
            statement.replace(BY_POINT, "").replace(f"CREATE TABLE {table} ", f"CREATE TABLE {name} ", 1).strip()
        )
        for n, index in enumerate(indexes):
            there.run(
                index.replace(index.split()[2], part_index(name, n), 1).replace(f" ON {table} ", f" ON {name} ", 1)
            )


def _pieces() -> list[str]:
    """The statements of ``schema.sql``."""
    return statements_in(files("deskapp.county").joinpath("schema.sql").read_text("utf-8"))


def statements_in(text: str) -> list[str]:
    """The statements of a file without its comments."""
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
