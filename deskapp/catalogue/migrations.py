"""The shape of the catalogue's file, in numbered steps. Taken by :mod:`deskapp.register.versions` inside one write transaction."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from deskapp.catalogue.entries import STEPS

migrations = Migrations(STEPS.name)
_FIRST = """
CREATE TABLE entries (
    rank INTEGER PRIMARY KEY,
    serial INTEGER NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    index_no TEXT NOT NULL,
    name TEXT NOT NULL,
    doc_no TEXT NOT NULL,
    issuer TEXT NOT NULL,
    published_on TEXT NOT NULL,
    topic TEXT NOT NULL,
    validity TEXT NOT NULL,
    url TEXT NOT NULL,
    shelf TEXT NOT NULL,
    file TEXT NOT NULL,
    origin TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE TABLE texts (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'ascii', prefix = '1 2 3');
"""


@migrations(name=STEPS.names[0])
def first(db: Database) -> None:
    """Entries, full texts, the index. Files of 0.1 have them, and no note that they do."""
    if "entries" in db.table_names():
        return
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            db.execute(statement)
