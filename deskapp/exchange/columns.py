"""What a kind of table has: its columns, how others call them, what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from deskapp.exchange.days import day_of

_ASIDE = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]$")
LONGEST_SERIAL = 4  # digits of what counts the lines of a table
A_YEAR = 2000  # for days without one: whether a cell is a day is asked, not which
CHOSEN, EXACT, CALLED, DECIDED = range(4)  # how sure it is that a name stands for a column, the surest first


@dataclass(frozen=True)
class Together:
    """How a table may have several people of one record in lines of their own: the column of the first, that of the others, those of each
    beside the name, those that only the first has (``alone``), and those that are the ``same`` for all."""

    first: str
    others: str
    each: tuple[str, ...]
    alone: tuple[str, ...]
    same: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """What a kind of table has: the name of its sheet, its columns, those it must have, other usual names of them; the names that may mean
    several (``either``); the words and patterns that tell what stands in a column, the words that tell nothing (``idle``), its columns of
    days, its ``number``, and how people stand ``together`` in it."""

    sheet: str
    names: Sequence[str]
    required: Sequence[str]
    called: Mapping[str, str] = field(default_factory=dict)
    either: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    idle: Collection[str] = ()
    days: Collection[str] = ()
    number: str = ""
    together: Together | None = None

    def meaning(self, name: str, mapping: Mapping[str, str]) -> tuple[str, int]:
        """The column that a name in a file stands for, and how sure that is: as somebody said, as it is called here, or usually called; the
        name itself for none. What a mapping leaves empty is not wanted."""
        plain = folded(name)
        for other, column in mapping.items():
            if folded(other) == plain:
                return column, CHOSEN
        if plain in self._exact:
            return self._exact[plain], EXACT
        return self._called.get(plain.casefold(), plain), CALLED

    def may_mean(self, name: str) -> tuple[str, ...]:
        """The columns of which a name may mean any."""
        return self._either.get(folded(name), ())

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {folded(column): column for column in self.names}

    @cached_property
    def _called(self) -> dict[str, str]:
        return {folded(other).casefold(): column for other, column in self.called.items()}

    @cached_property
    def _either(self) -> dict[str, tuple[str, ...]]:
        return {folded(other): columns for other, columns in self.either.items()}

    # -- what stands in a column -------------------------------------------------------------------------------

    def fits(self, column: str, cell: str) -> bool:
        """Whether a cell is what stands in a column; never for one in which anything may stand."""
        if column in self.days:
            return day_of(cell, A_YEAR) is not None
        plain = "".join(unicodedata.normalize("NFKC", cell).split())
        known = plain in self._words.get(column, ())
        return known or bool(column in self.shapes and re.fullmatch(self.shapes[column], cell.strip()))

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {
            column: frozenset("".join(unicodedata.normalize("NFKC", word).split()) for word in words)
            for column, words in self.words.items()
        }

    def left_open(self, columns: Sequence[str], cells: Iterable[str]) -> tuple[str, ...]:
        """What is left of several columns that the cells do not decide between: where no cell fits one that has words or a form of its own,
        those in which anything may stand."""
        held = [cell for cell in cells if cell and cell not in self.idle]
        free = tuple(x for x in columns if not (x in self.words or x in self.shapes or x in self.days))
        fitting = any(self.fits(column, cell) for column in columns for cell in held)
        if self.number in columns and held and all(cell.isdigit() and len(cell) <= LONGEST_SERIAL for cell in held):
            return ()  # 1, 2, 3 count the lines
        return free if free and held and not fitting else tuple(columns)

    def decided(self, columns: Sequence[str], cells: Iterable[str]) -> str:
        """Of several columns the one that the cells fit, at least half of them and better than any other; empty where they leave it open."""
        held = [cell for cell in cells if cell and cell not in self.idle]
        counts = sorted(((sum(self.fits(column, cell) for cell in held), column) for column in columns), reverse=True)
        if not held or not counts or 2 * counts[0][0] < len(held):
            return ""
        return "" if len(counts) > 1 and counts[1][0] == counts[0][0] else counts[0][1]


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """A name of a column without blanks, breaks, stars, and what stands in brackets behind it."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).strip("*:：").lstrip("\ufeff")
    while short := _ASIDE.sub("", plain).strip("*:：") if _ASIDE.search(plain) else "":
        plain = short
    return plain
