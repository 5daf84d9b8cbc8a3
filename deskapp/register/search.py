"""Finding cases: by name, number, phone, pinyin (whole or initials), sound of a name, words of the content. Newest first, page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from deskapp.register.projection import SERIAL_BITS
from deskapp.register.queries import CaseRow, case_row
from deskapp.register.store import Store
from deskapp.register.tokens import alike_query, index_query

State = Literal["all", "open", "to_serve", "closed", "void"]
STATES: dict[State, str] = {
    "all": "1",
    "open": "answered_on = '' AND void = 0",
    "to_serve": "answered_on <> '' AND unserved > 0 AND void = 0",
    "closed": "answered_on <> '' AND unserved = 0 AND void = 0",
    "void": "void = 1",
}
LAST = 2**62  # above every rank


@dataclass(frozen=True)
class Scope:
    """Where to look: cases of a state, received in a year, by a channel, answered in a way, that somebody works on, ``among`` some by
    their rank, older than the last one of the page before."""

    state: State = "all"
    year: int | None = None
    before: int | None = None
    channel: str = ""
    category: str = ""
    handler: str = ""
    among: frozenset[int] | None = None

    @property
    def where(self) -> str:
        """The condition on a case besides its rank."""
        parts = [STATES[self.state]]
        parts += ["channel = ?"] if self.channel else []
        parts += ["category = ?"] if self.category else []
        parts += ["handler = ?"] if self.handler else []
        parts += ["cases.rank IN (SELECT value FROM json_each(?))"] if self.among is not None else []
        return " AND ".join(parts)

    @property
    def values(self) -> list[str]:
        """What stands for the signs of the condition."""
        given = [value for value in (self.channel, self.category, self.handler) if value]
        return given if self.among is None else [*given, json.dumps(sorted(self.among))]

    @property
    def ranks(self) -> tuple[int, int]:
        """The first rank and the one after the last."""
        if self.year is None:
            return 0, self.before or LAST
        first, end = (date(year, 1, 1).toordinal() << SERIAL_BITS for year in (self.year, self.year + 1))
        return first, min(end, self.before or LAST)


EVERYWHERE = Scope()


@dataclass(frozen=True)
class CaseCount:
    """How many cases there are of a state, a year, a channel, a way of answering and somebody who works on them."""

    state: State
    year: int
    channel: str
    category: str
    handler: str
    n: int


def kept(store: Store) -> list[CaseCount]:
    """The whole register counted once, by everything that a search may be narrowed to; a case stands in one line."""
    state = " ".join(f"WHEN {STATES[name]} THEN '{name}'" for name in STATES if name != "all")
    rows = store.query(
        f"SELECT CASE {state} END AS state, substr(received_on, 1, 4) AS year, channel, category, handler, count(*) AS n"
        " FROM cases GROUP BY 1, 2, 3, 4, 5"
    )
    return [
        CaseCount(row["state"], int(row["year"]), row["channel"], row["category"], row["handler"], row["n"])
        for row in rows
    ]


def numbers_ending(store: Store, ending: str) -> list[str]:
    """The registration numbers that end so (``-0004``, ``-0004-2``), the newest year first."""
    rows = store.query("SELECT case_no FROM cases WHERE case_no LIKE '%' || ? ORDER BY case_no DESC", [ending])
    return [str(row["case_no"]) for row in rows]


def state_of(case: CaseRow) -> State:
    """The state that a search finds a case in, besides all."""
    if case.void:
        return "void"
    if case.answered_on is None:
        return "open"
    return "to_serve" if case.unserved else "closed"


def search(store: Store, words: str, limit: int, scope: Scope = EVERYWHERE) -> list[CaseRow]:
    """Cases that hold every word, newest first; all cases for no word at all. Where no case holds one, cases whose names sound like it:
    王建君 finds 王建军."""
    if not words.split():
        rows = store.query(
            f"SELECT * FROM cases WHERE rank >= ? AND rank < ? AND {scope.where} ORDER BY rank DESC LIMIT ?",
            [*scope.ranks, *scope.values, limit],
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
        f" AND words.rowid >= ? AND words.rowid < ? AND {scope.where} ORDER BY words.rowid DESC LIMIT ?",
        [asked, *scope.ranks, *scope.values, limit],
    )
    return [case_row(row) for row in rows]
