"""Finding cases: by name, number, phone, pinyin (whole or initials), sound of a name, words of the content. Newest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from deskapp.register.projection import SERIAL_BITS
from deskapp.register.queries import CaseRow, case_row
from deskapp.register.store import Store
from deskapp.register.tokens import alike_query, index_query

State = Literal["all", "open", "to_serve", "closed"]
STATES: dict[State, str] = {
    "all": "1",
    "open": "answered_on = '' AND void = 0",
    "to_serve": "answered_on <> '' AND unserved > 0 AND void = 0",
    "closed": "answered_on <> '' AND void = 0",
}
LAST = 2**62  # above every rank


@dataclass(frozen=True)
class Scope:
    """Where to look: cases of a state, received in a year, older than the last one of the page before."""

    state: State = "all"
    year: int | None = None
    before: int | None = None

    @property
    def ranks(self) -> tuple[int, int]:
        """The first rank and the one after the last."""
        if self.year is None:
            return 0, self.before or LAST
        first, end = (date(year, 1, 1).toordinal() << SERIAL_BITS for year in (self.year, self.year + 1))
        return first, min(end, self.before or LAST)


EVERYWHERE = Scope()


def search(store: Store, words: str, limit: int, scope: Scope = EVERYWHERE) -> list[CaseRow]:
    """Cases that hold every word, newest first; all cases for no word at all. Where no case holds one, cases whose names sound like it:
    王建君 finds 王建军."""
    if not words.split():
        rows = store.query(
            f"SELECT * FROM cases WHERE rank >= ? AND rank < ? AND {STATES[scope.state]} ORDER BY rank DESC LIMIT ?",
            [*scope.ranks, limit],
        )
        return [case_row(row) for row in rows]
    asked = [query for word in words.split() if (query := index_query(word))]
    if not asked:
        return []
    if found := matching(store, " AND ".join(asked), limit, scope):
        return found
    alike = [_or(index_query(word), alike_query(word)) for word in words.split() if index_query(word)]
    return matching(store, " AND ".join(alike), limit, scope)


def _or(*queries: str) -> str:
    """Any of these, those that are empty left out."""
    return f"({' OR '.join(filter(None, queries))})"


def matching(store: Store, asked: str, limit: int, scope: Scope = EVERYWHERE) -> list[CaseRow]:
    """Cases for a query in the language of the index, newest first."""
    rows = store.query(
        "SELECT cases.* FROM words JOIN cases ON cases.rank = words.rowid WHERE words MATCH ?"
        f" AND words.rowid >= ? AND words.rowid < ? AND {STATES[scope.state]} ORDER BY words.rowid DESC LIMIT ?",
        [asked, *scope.ranks, limit],
    )
    return [case_row(row) for row in rows]
