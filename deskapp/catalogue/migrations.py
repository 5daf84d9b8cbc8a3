"""The shape of the catalogue's file, in numbered steps. Taken by :mod:`deskapp.register.versions` inside one write transaction."""

from __future__ import annotations

import unicodedata

from sqlite_utils import Database, Migrations

from deskapp.catalogue.entries import STEPS
from deskapp.catalogue.entry import Entry
from deskapp.catalogue.terms import body_terms, sound_terms, title_of, title_terms
from deskapp.register.hashing import seal

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


_OLD = ("index_no", "name", "doc_no", "issuer", "published_on", "topic", "validity", "url", "shelf", "file", "origin")
_MORE = ("made_on", "explains", "bulletin", "item", "unread", "down_on", "down_why")
_TABLE = f"""
CREATE TABLE entries (
    rank INTEGER PRIMARY KEY,
    serial INTEGER NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    {", ".join(f"{name} TEXT NOT NULL" for name in (*_OLD, *_MORE))},
    seal TEXT NOT NULL,
    title TEXT NOT NULL
) STRICT
"""


_ITEMS = """
CREATE TABLE items (
    key TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT
"""


@migrations(name=STEPS.names[1])
def offices_states_sounds(db: Database) -> None:
    """An index number belongs to its office; what was taken down, what an entry explains, its bulletin and the day it was made have their
    places; the index knows titles from texts, and how names sound from each character on."""
    texts = {row["key"]: row["body"] for row in db.query("SELECT key, body FROM texts")}
    old = list(db.query("SELECT * FROM entries ORDER BY serial"))
    for table in ("entries", "texts", "words"):
        db.execute(f"DROP TABLE {table}")
    db.execute(_TABLE)
    db.execute("CREATE TABLE texts (key TEXT PRIMARY KEY, body TEXT NOT NULL, seal TEXT NOT NULL) STRICT")
    db.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'ascii', prefix = '1 2 3')"
    )
    db.execute(
        "CREATE VIRTUAL TABLE sounds USING fts5"
        " (text, content = '', tokenize = 'ascii', detail = 'none', columnsize = 0)"
    )
    db.execute(_ITEMS)
    db.execute(
        "CREATE TABLE fits (item TEXT NOT NULL, entry TEXT NOT NULL, how TEXT NOT NULL, PRIMARY KEY (item, entry)) STRICT"
    )
    for row in old:
        values = [*(row[name] for name in _OLD), *([""] * len(_MORE))]
        key = _key_with_office(row)
        entry = Entry(**{name: row[name] for name in _OLD})
        places = ", ".join("?" * (len(values) + 5))
        db.execute(
            f"INSERT INTO entries VALUES ({places})",
            [row["rank"], row["serial"], key, *values, seal((key, *values)), title_of(entry)],
        )
        text = texts.get(row["key"], "")
        db.execute(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
            [row["rank"], title_terms(entry), body_terms(text)],
        )
        db.execute("INSERT INTO sounds (rowid, text) VALUES (?, ?)", [row["rank"], sound_terms(entry)])
        if text:
            db.execute("INSERT INTO texts VALUES (?, ?, ?)", [key, text, seal((key, text))])


@migrations(name=STEPS.names[2])
def entries_by_office(db: Database) -> None:
    """Whose an entry is can be asked without reading all of them: a question is compared with the offices while it is typed."""
    db.execute("CREATE INDEX entries_by_office ON entries (issuer)")


def _key_with_office(row: dict[str, str]) -> str:
    """The key of an entry from this step on; without an index number it stays."""

    def plain(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", text).casefold().split())

    return f"{plain(row['index_no'])}@{plain(row['issuer'])}" if plain(row["index_no"]) else row["key"]
