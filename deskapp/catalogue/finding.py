"""What fits a question, the best first: by what entries are called, then by their texts, then by how they sound.

Every unit of a question (:mod:`deskapp.catalogue.asking`) counts by how rare its pieces are; an entry counts by how much of that it holds.
Nothing is learned and nothing is kept: the same question gives the same answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from deskapp.catalogue.asking import QueryUnit, Synonyms, Wanted, asked, usual_synonyms
from deskapp.catalogue.entries import Entries
from deskapp.catalogue.entry import Entry
from deskapp.catalogue.lettered import Lettered, LetterReader
from deskapp.catalogue.lookalikes import LookAlikes
from deskapp.catalogue.numbers import bearing
from deskapp.catalogue.offices import offices_of
from deskapp.catalogue.terms import TERMS_READ, heard, phrase, sound_query, syllables, title_of
from deskapp.catalogue.weighing import LEAST, NOWHERE, WHOLE, Scored, Weighed, name_of, pieces_of, put_in_order
from deskapp.register.store import Row
from deskapp.register.tokens import SOUND

COUNTED, CANDIDATES = 2000, 1200  # pieces are counted up to, and so many entries are looked at
MOST = 100  # entries that are given for a question
MOST_LETTERED = 3  # units in letters that are looked for by their sound
TEXTS_READ = 60  # entries whose texts are looked into
NAMES_READ = 200  # names in which a word with one wrong character is looked for
ENOUGH = 0.75  # from where titles alone answer a question
FAR = 0.6  # of the best: what fits less is not listed
IN_TEXT, BY_SOUND = 0.55, 0.8  # what a word counts that stands in the text, or that only sounds so
CANDIDATE = "entries.rank, entries.key, entries.title, entries.validity, entries.issuer"  # what one is judged by
NUMBERED = f"{CANDIDATE}, entries.index_no, entries.doc_no"
How = Literal["all", "some", "sound", "none"]


@dataclass(frozen=True)
class Hit:
    """An entry, and how much of the question it holds, from 0 to 1."""

    rank: int
    entry: Entry
    score: float


@dataclass(frozen=True)
class FoundEntries:
    """What fits a question: the best hits first; whether they hold all of it, some, or only what sounds like it; what was looked for;
    ``instead`` are the words that were taken for those that nobody wrote."""

    hits: tuple[Hit, ...]
    how: How
    asked: Wanted
    instead: tuple[tuple[str, str], ...] = ()


class Finder:
    """Looks in the catalogue. ``own`` are the office's own synonyms."""

    def __init__(self, entries: Entries, own: Synonyms | None = None) -> None:
        self._entries, self._own = entries, own or {}
        self._total = max(entries.size, 1)
        self._numbers: dict[str, int] = {}
        self._sounding: dict[str, list[Row]] = {}
        self._words = {**usual_synonyms(), **self._own}
        self._look_alikes = LookAlikes(self._number, self._words, self._names_with)

    def find(self, text: str, limit: int = MOST) -> FoundEntries:
        """What fits a question."""
        borne = [row["rank"] for _, row in bearing(self._entries, text, NUMBERED)]
        offices = offices_of(tuple(self._entries.offices()))
        read = Lettered(text) if borne else LetterReader(self._entries, self._own, offices).read(text)
        what = asked(read.text, {**self._own, **read.more}, offices, read.offices)
        if not what.units:
            return FoundEntries((), "none", what)
        instead: dict[str, str] = {}
        spelled = [
            unit.typed for unit in what.units if unit.is_spelled and (len(unit.typed) > 1 or len(what.units) == 1)
        ]
        lettered = sorted(spelled, key=len)[-MOST_LETTERED:]
        weighed = [self._weighed(unit, instead, unit.typed in lettered) for unit in what.units]
        scored = self._by_words(weighed, what.kinds)
        if _best(scored) < ENOUGH and not text.isascii():
            sounding = self._by_sound(what, instead)
            scored = sounding if _best(sounding) > _best(scored) else scored
        enough = max(_best(scored) * FAR, LEAST)
        near = _first(borne, [(rank, score) for rank, score in scored if score >= enough])[:limit]
        hits = tuple(self._hits(near))
        if hits:
            instead |= read.told(title_of(hits[0].entry))
        how: How = "none" if not hits else "sound" if instead else "all" if _best(near) > WHOLE else "some"
        return FoundEntries(hits, how, what, tuple(instead.items()) if hits else ())

    def _by_words(self, weighed: Sequence[Weighed], kinds: Sequence[str]) -> list[Scored]:
        """Candidates by their titles, and where these hold too little and there are texts, by both."""
        rows = {row["rank"]: row for row in self._by_title(weighed)}
        scored = put_in_order(_by_titles(rows.values(), weighed), weighed, kinds)
        if _best(scored) >= ENOUGH or not self._entries.has_texts():
            return scored
        rows |= {row["rank"]: row for row in self._by_text(weighed)}
        return put_in_order(self._by_texts(rows.values(), weighed), weighed, kinds)

    def _hits(self, scored: Sequence[Scored]) -> Iterator[Hit]:
        entries = self._entries.at([rank for rank, _ in scored])
        yield from (Hit(rank, entries[rank], score) for rank, score in scored)

    # -- units -------------------------------------------------------------------------------------------------

    def _weighed(self, unit: QueryUnit, instead: dict[str, str], lettered: bool) -> Weighed:
        """A unit with its weights. One that nobody wrote counts as the word that sounds or looks like it; ``instead`` is told. A ``lettered`` one is
        looked for among sounds and initials."""
        ways = self._ways(unit)
        if not unit.typed.isascii() and (words := self._meant_by(unit, ways)):
            instead[unit.typed] = words[0]
            unit = replace(unit, others=(*words, *unit.others))
            ways = self._ways(unit)
        ranks = frozenset(row["rank"] for row in self._spelled(unit)) if lettered else None
        return Weighed(unit, ways, ranks)

    def _meant_by(self, unit: QueryUnit, ways: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
        """The word that was meant by a unit: one that sounds like what nobody wrote, else one that looks like what stands nowhere whole, with
        what means the same."""
        if len(unit.typed) < 2 or unit.typed in self._words or self._entries.how_many(phrase(unit.typed), 1):
            return ()
        unwritten = all(max(way.values()) <= NOWHERE for way in ways)
        if unwritten and (heard_as := self._heard_as(unit)):
            return (heard_as,)
        seen_as = self._look_alikes.meant_by(unit.typed, any_sign=unwritten)
        return (seen_as, *self._words.get(seen_as, ())) if seen_as else ()

    def _names_with(self, signs: Iterable[str]) -> list[str]:
        """Folded names that hold all of some characters."""
        every = " AND ".join(f'title : "{sign}" *' for sign in signs)
        return [name_of(row) for row in self._entries.matching(every, NAMES_READ, columns=CANDIDATE)]

    def _ways(self, unit: QueryUnit) -> list[dict[str, float]]:
        return [{piece: self._weight(piece) for piece in pieces_of(way)} for way in unit.ways]

    def _weight(self, piece: str) -> float:
        """How much a piece tells: much where few titles have it."""
        number = self._number(piece)
        return math.log(1 + self._total / number) if number else NOWHERE

    def _number(self, piece: str) -> int:
        """How many titles have a piece, counted once."""
        if piece not in self._numbers:
            self._numbers[piece] = self._entries.how_many(f"title : {phrase(piece)}", COUNTED)
        return self._numbers[piece]

    def _heard_as(self, unit: QueryUnit) -> str:
        """The word of the catalogue that sounds like a unit, the one that most entries have; empty for none."""
        rows = self._entries.sounding(sound_query(unit.typed), TEXTS_READ, CANDIDATE)
        words = Counter(word for row in rows if (word := written_as(unit.typed, name_of(row))))
        return words.most_common(1)[0][0] if words else ""

    def _spelled(self, unit: QueryUnit) -> list[Row]:
        """Candidates that sound like what was typed in letters, or have these initials; looked up once."""
        if unit.typed not in self._sounding:
            found = self._entries.sounding(sound_query(unit.typed), CANDIDATES, CANDIDATE)
            self._sounding[unit.typed] = found
        return self._sounding[unit.typed]

    # -- candidates --------------------------------------------------------------------------------------------

    def _by_title(self, weighed: Sequence[Weighed]) -> list[Row]:
        """Entries whose titles hold the rarest pieces; where all are common, those that hold every unit."""
        rows = [row for one in weighed if one.ranks is not None for row in self._spelled(one.unit)]
        weights = {piece: weight for one in weighed for way in one.ways for piece, weight in way.items()}
        chosen, room = list[str](), CANDIDATES
        for piece in sorted(weights, key=lambda piece: -weights[piece]):
            number = self._number(piece)
            if 0 < number <= room:
                chosen.append(phrase(piece))
                room -= number
        if chosen:
            rows += self._entries.matching(f"title : ({' OR '.join(chosen)})", CANDIDATES, columns=CANDIDATE)
        if whole := [either_way(one.unit) for one in weighed if one.ranks is None]:
            every = " AND ".join(f"title : ({way})" for way in whole)
            rows += self._entries.matching(every, CANDIDATES // 4, columns=CANDIDATE)
        return rows

    def _by_text(self, weighed: Sequence[Weighed]) -> list[Row]:
        """Entries that hold the units somewhere, all of them or the rarest."""
        written = [one for one in weighed if one.ranks is None]
        if not written:
            return []
        every = " AND ".join(f"({either_way(one.unit)})" for one in written)
        rarest = max(written, key=lambda one: one.weight)
        rows = self._entries.matching(every, TEXTS_READ, columns=CANDIDATE)
        return rows + self._entries.matching(
            f"body : ({either_way(rarest.unit)})", TEXTS_READ // 2, columns=CANDIDATE
        )

    def _by_texts(self, rows: Iterable[Row], weighed: Sequence[Weighed]) -> list[tuple[float, Row]]:
        """Scores by titles, and where they hold too little by texts: those of the candidates that have one."""
        found = []
        for score, row in _by_titles(rows, weighed):
            body = self._entries.text(row["key"])[:TERMS_READ] if score < ENOUGH else ""
            if body:
                shares = [max(one.share(row["title"], row["rank"]), IN_TEXT * one.share(body)) for one in weighed]
                score = _weighted(shares, weighed)
            found.append((score, row))
        return found

    # -- sounds ------------------------------------------------------------------------------------------------

    def _by_sound(self, what: Wanted, instead: dict[str, str]) -> list[Scored]:
        """Entries whose names sound like the question; ``instead`` gets the words of the best that were taken for those typed."""
        said = {unit: _sounds(unit.typed) for unit in what.units if not unit.typed.isascii() and len(unit.typed) > 1}
        sounds = [sound for runs in said.values() for sound in runs]
        if not sounds:
            return []
        query = " OR ".join(f'"{SOUND}{sound}" *' for sound in sounds)
        scores: list[tuple[float, Row]] = []
        for row in self._entries.sounding(query, CANDIDATES // 4, CANDIDATE):
            spoken = set(_sounds(name_of(row)))
            shares = [len(u.typed) * sum(sound in spoken for sound in runs) / len(runs) for u, runs in said.items()]
            scores.append((BY_SOUND * sum(shares) / sum(len(unit.typed) for unit in said), row))
        scored = put_in_order(scores, [], what.kinds)
        if _best(scored) >= LEAST:
            name = next(name_of(row) for _, row in scores if row["rank"] == scored[0][0])
            for unit in said:
                if unit.typed not in name and (word := written_as(unit.typed, name)):
                    instead[unit.typed] = word
        return scored if instead else []


def _first(borne: Sequence[int], scored: Sequence[Scored]) -> list[Scored]:
    """What bears a number that was typed before what holds all of it otherwise; all that fits where nothing bears it."""
    if not borne:
        return list(scored)
    numbered = set(borne)
    return [(rank, 1.0) for rank in borne] + [
        (rank, score) for rank, score in scored if score > WHOLE and rank not in numbered
    ]


def _best(scored: Sequence[Scored]) -> float:
    return scored[0][1] if scored else 0.0


def _weighted(shares: Sequence[float], weighed: Sequence[Weighed]) -> float:
    total = sum(one.weight for one in weighed)
    return sum(share * one.weight for share, one in zip(shares, weighed, strict=True)) / total


def _by_titles(rows: Iterable[Row], weighed: Sequence[Weighed]) -> list[tuple[float, Row]]:
    """How much of the question each title holds."""
    return [(_weighted([one.share(row["title"], row["rank"]) for one in weighed], weighed), row) for row in rows]


def either_way(unit: QueryUnit) -> str:
    """A unit in the language of the index: one of its ways."""
    return " OR ".join(phrase(way) for way in unit.ways)


def _sounds(text: str) -> list[str]:
    """How each pair of characters of a text sounds."""
    said = syllables(text)
    return [heard("".join(said[at : at + 2])) for at in range(len(said) - 1)]


def written_as(typed: str, name: str) -> str:
    """The part of a folded name that sounds like what was typed; empty where none does."""
    wanted, said = heard("".join(syllables(typed))), syllables(name)
    for at in range(min(len(name), len(said)) - len(typed) + 1):
        if heard("".join(said[at : at + len(typed)])) == wanted:
            return name[at : at + len(typed)]
    return ""
