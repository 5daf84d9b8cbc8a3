"""What is listed of the catalogue: what holds every word that was typed, or stands under a topic, an office, an issue of the bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from deskapp.catalogue.entries import LAST, Entries
from deskapp.catalogue.entry import Entry, entry_of
from deskapp.catalogue.numbers import BEGINS, bearing
from deskapp.catalogue.terms import folded, sound_query
from deskapp.parsing import one_line
from deskapp.register.store import Row
from deskapp.register.tokens import LONGEST_SEARCH, index_query

Facet = Literal["topic", "issuer", "bulletin"]
Ranked = list[tuple[int, Entry]]
"""Entries with their ranks, by which a list goes on below the last one."""


def holding(entries: Entries, words: str, limit: int, before: int = LAST) -> Ranked:
    """Entries that hold every word in name, numbers, issuer, topic or full text, or sound like it; the newest first, but what bears a number
    that was typed whole before them. What was taken down is not among them."""
    typed = [plain for word in one_line(words)[:LONGEST_SEARCH].split() if (plain := folded(word))]
    if words.split() and not typed:
        return []
    borne = {row["rank"]: row for grade, row in bearing(entries, words) if grade < BEGINS} if typed else {}
    rows = [row for row in _rows(entries, typed, limit + len(borne), before) if row["rank"] not in borne]
    return _ranked([*(borne.values() if before == LAST else ()), *rows][:limit])


def of_facet(entries: Entries, facet: Facet, value: str, limit: int, before: int = LAST) -> Ranked:
    """The entries of a topic, an office or an issue, the newest first."""
    return _ranked(entries.newest(limit, before, f"down_on = '' AND {facet} = ?", [value]))


def _ranked(rows: Sequence[Row]) -> Ranked:
    return [(row["rank"], entry_of(row)) for row in rows]


def _rows(entries: Entries, typed: Sequence[str], limit: int, before: int) -> list[Row]:
    """Rows that hold every folded word, or sound like it where one is typed in letters; all for none."""
    if any(_in_letters(word) for word in typed):
        pairs_of = [(index_query(word), sound_query(word)) for word in typed]
        return entries.holding_or_sounding(pairs_of, limit, before)
    if typed:
        return entries.matching(" AND ".join(map(index_query, typed)), limit, before)
    return entries.newest(limit, before)


def _in_letters(word: str) -> bool:
    """Whether a folded word is typed in letters: it may be a sound, or initials."""
    return word.isascii() and not word.isdigit()
