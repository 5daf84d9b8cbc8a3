"""How much of a question an entry holds: its units weighed by how rare their pieces are, its candidates put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deskapp.catalogue.asking import QueryUnit
from deskapp.catalogue.entry import GONE, meaning_of
from deskapp.register.store import Row
from deskapp.register.tokens import GAP, pieces

NOWHERE = 0.8  # the weight of a piece that no title has: it tells no entry from another
LIGHT = 0.35  # of the weight of a unit that says little
MEANT, PARTLY = (
    0.95,
    0.9,
)  # what a way counts that only means the same, and the pieces of one that is not there as a whole
SHORT_NAME, OF_KIND, AGAIN, NO_MORE = (
    0.08,
    0.12,
    0.12,
    0.3,
)  # in the order: a name that says little else; of the kind that is asked for;
# one more of a series; what holds no more
OF_OFFICE, OF_PLACE = 0.15, 0.08  # in the order: of the office that was named, by its name or by its place
WHOLE, LEAST = 0.9, 0.34  # from here on an entry holds all of a question; below this it is no answer
AS_TYPED = 0.05  # in the order of those that do: all units as they were typed
OTHER_YEAR = 0.5  # of the score, where the name has another year than was asked for
_YEARS = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTED = re.compile(r"[0-9一二三四五六七八九十]+|[年月季度第批期号上下半]")
Scored = tuple[int, float]  # the rank of an entry, and how much of the question it holds, from 0 to 1


@dataclass
class Weighed:
    """A unit with its pieces: their weights, by way; ``ranks`` where it is spelled in letters: the entries that sound like it."""

    unit: QueryUnit
    ways: list[dict[str, float]]
    ranks: frozenset[int] | None = None
    weight: float = field(init=False)
    longest_first: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """A unit tells as much as its most usual way that is written anywhere."""
        self.longest_first = tuple(sorted(self.unit.ways, key=len, reverse=True))
        known = [max(way.values()) for way in self.ways if min(way.values()) > NOWHERE]
        self.weight = min(known) if known else max(self.ways[0].values())
        if self.unit.light or all(max(way.values()) <= NOWHERE for way in self.ways):
            self.weight *= LIGHT

    def share(self, text: str, rank: int = 0) -> float:
        """How much of it a text holds."""
        best = 1.0 if self.ranks is not None and rank in self.ranks else 0.0
        for way, words in zip(self.ways, self.unit.ways, strict=True):
            if words in text:
                return 1.0 if words == self.unit.typed else max(best, MEANT)
            if len(way) > 1 and words == self.unit.typed:
                held = sum(weight for piece, weight in way.items() if piece in text)
                best = max(best, held / sum(way.values()) * PARTLY)
        return best


def pieces_of(text: str) -> list[str]:
    """The pieces of a unit that tell something: two characters, or all of it where there are none."""
    found = [piece for piece in pieces(text) if len(piece) > 1 and not piece.isascii()]
    return list(dict.fromkeys(found)) or [text]


def name_of(row: Row) -> str:
    """The folded name of a candidate."""
    return str(row["title"]).partition(GAP)[0]


def office_of(row: Row) -> str:
    """The folded office of a candidate."""
    return str(row["title"]).split(GAP)[3]


def put_in_order(
    scores: Iterable[tuple[float, Row]], weighed: Sequence[Weighed], kinds: Sequence[str]
) -> list[Scored]:
    """Candidates, the best first; of those that hold as much, what is of the kind that is asked for and in force; of what comes out again
    and again (月, 季, 批) the newest, the others behind what is as good."""
    years = {one.unit.typed for one in weighed if one.unit.is_year}
    found: list[tuple[float, float, Row]] = []
    for score, row in scores:
        name = name_of(row)
        if years and (said := set(_YEARS.findall(name))) and not said & years:
            score *= OTHER_YEAR
        if score >= LEAST:
            found.append((score, _order(score, name, row, weighed, kinds), row))
    found.sort(key=lambda item: (-item[1], -item[2]["rank"]))
    seen: set[str] = set()
    placed: list[tuple[float, float, int]] = []
    for score, order, row in found:
        series = f"{_COUNTED.sub('', name_of(row))}@{row['issuer']}"
        placed.append((score, order - AGAIN * (series in seen), row["rank"]))
        seen.add(series)
    placed.sort(key=lambda item: (-item[1], -item[2]))
    return [(rank, score) for score, _, rank in placed]


def _order(score: float, name: str, row: Row, weighed: Sequence[Weighed], kinds: Sequence[str]) -> float:
    """Where a candidate stands among those that hold about as much."""
    order = round(score, 1) + SHORT_NAME * _said(name, weighed)
    if any(one.unit.offices for one in weighed):
        order += _named(office_of(row), weighed)
    if score > WHOLE:
        order += AS_TYPED * _typed(row, weighed)
    if any(kind in name for kind in kinds):
        order += OF_KIND
    return order - (NO_MORE if meaning_of(row["validity"]) in GONE else 0)


def _named(office: str, weighed: Sequence[Weighed]) -> float:
    """What it counts that an entry is of an office that was named."""
    units = [one.unit for one in weighed if office in one.unit.offices]
    return max((OF_PLACE if unit.place else OF_OFFICE for unit in units), default=0)


def _typed(row: Row, weighed: Sequence[Weighed]) -> float:
    """Which part of the units stands in a title as it was typed, and not only what means the same."""
    return sum(one.unit.typed in row["title"] for one in weighed) / max(len(weighed), 1)


def _said(name: str, weighed: Sequence[Weighed]) -> float:
    """How much of a name was asked for."""
    said = sum(len(next((way for way in one.longest_first if way in name), "")) for one in weighed)
    return min(said / max(len(name), 1), 1)
