"""Finding cases: by name, number, phone, pinyin initials and words of the content. Newest first, first page first."""

from __future__ import annotations

from deskapp.register.store import Row, Store
from deskapp.register.words import index_query


def search(store: Store, words: str, limit: int) -> list[Row]:
    """Rows of the projection that hold every word, newest first; all rows for no word at all."""
    if not words.split():
        return store.query("SELECT * FROM cases ORDER BY rank DESC LIMIT ?", [limit])
    asked = [query for word in words.split() if (query := index_query(word))]
    return matching(store, " AND ".join(asked), limit) if asked else []


def matching(store: Store, asked: str, limit: int) -> list[Row]:
    """Rows of the projection for a query in the language of the index, newest first."""
    return store.query(
        "SELECT cases.* FROM words JOIN cases ON cases.rank = words.rowid WHERE words MATCH ?"
        " ORDER BY words.rowid DESC LIMIT ?",
        [asked, limit],
    )
