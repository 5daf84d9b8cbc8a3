"""The tables of the county: made once, by the statements of ``schema.sql`` and the file of the dialect."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from deskapp.county.database import Database
from deskapp.errors import DeskError

VERSION = "1"
BY_POINT = "{by_point}"
TABLES = (
    "county_notes", "points", "bundles", "decisions", "events", "cases", "matters", "tally", "spans", "standings", "tasks",
)  # fmt: skip
DERIVED = ("events", "cases", "matters", "tally", "spans", "standings", "bundles", "decisions", "points")
"""What is made of cards, bundles and decisions, and can be made anew from them; tasks are kept."""
NONE = "-"  # in the tally: a case that has no row yet


def make_tables(db: Database) -> None:
    """Make the tables, all or none. Raises DeskError where they are there."""
    if is_made(db):
        raise DeskError("这个数据库里已经建好了。", "没有再建。", "请直接用它，或者换一个空的数据库。", code="made")
    dialect = dialect_of(db.dialect)
    with db.transaction():
        for statement in statements(dialect):
            db.run(statement)
        db.run("INSERT INTO county_notes (note_key, body) VALUES ('version', %s)", [VERSION])


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
    text = files("deskapp.county").joinpath("schema.sql").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    made: list[str] = []
    for statement in (piece.strip() for piece in lines.split(";\n")):
        if not statement:
            continue
        made.append(statement.rstrip(";").replace(BY_POINT, str(dialect["by_point"])).strip())
        if BY_POINT in statement and dialect["part"]:
            table, parts = statement.split()[2], int(dialect["parts"])
            made += [str(dialect["part"]).format(table=table, n=n, parts=parts) for n in range(parts)]
    return made


def dialect_of(name: str) -> dict[str, Any]:
    """How one database parts its tables; ``run`` says whether that was ever run."""
    return tomllib.loads(files("deskapp.county").joinpath("dialects", f"{name}.toml").read_text("utf-8"))


def empty(db: Database) -> None:
    """Take everything out that can be made anew."""
    for table in DERIVED:
        db.run(f"DELETE FROM {table}")
