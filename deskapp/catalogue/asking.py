"""What somebody types, cut into what is looked for: question words fall away, words of everyday get those of offices beside them.

Nothing is looked up here: :func:`asked` makes of ``我家房子要拆了能拿多少钱`` the units that :mod:`deskapp.catalogue.finding` looks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from deskapp.catalogue.offices import Named, Offices
from deskapp.catalogue.terms import folded, simplified, syllables
from deskapp.catalogue.words import word_file
from deskapp.parsing import in_digits

MOST_UNITS, MOST_OFFICES = 12, 4
SHORT, LITTLE = 3, 2  # letters that spell no word yet, characters that may be one word
_NUMBER = re.compile(r"(?:((?:19|20)[0-9]{2})[年\s]*)?第?([0-9]{1,4})号(?:文件|文)?")  # 2024年12号文
LATIN = re.compile(r"[a-z0-9]+")
_MONTH = re.compile("([一二三四五六七八九十]{1,2})月份?")
_SHORT_YEAR = re.compile(r"(?<![0-9])([12][0-9])年")  # 24年 is 2024
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RUN = re.compile(r"[0-9]{1,2}月|[a-z0-9]+|[^\sa-z0-9]+")
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class QueryUnit:
    """One thing that is looked for, folded: as it was typed, and what means the same; ``light`` that it says little; ``offices`` that it
    names these, ``place`` that it does so by a place."""

    typed: str
    others: tuple[str, ...] = ()
    light: bool = False
    offices: tuple[str, ...] = ()
    place: bool = False

    @property
    def ways(self) -> tuple[str, ...]:
        """Every way to say it, as it was typed first."""
        return (self.typed, *self.others)

    @property
    def is_year(self) -> bool:
        """Whether it is a year."""
        return bool(_YEAR.fullmatch(self.typed))

    @property
    def is_spelled(self) -> bool:
        """Whether it is typed in letters: a sound, or initials."""
        return self.typed.isascii() and not self.typed.isdigit()


@dataclass(frozen=True)
class Wanted:
    """A question: its units, the words around them that were left out, and of what kind an answer to it most likely is."""

    units: tuple[QueryUnit, ...]
    left_out: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@cache
def _around() -> dict[str, tuple[str, ...]]:
    """The words around what is looked for, with the kinds of entries that they ask for."""
    found = word_file()["asking"]
    asking = {word: tuple(after["kinds"]) for after in found["after"] for word in after["words"]}
    return {**dict.fromkeys(found["around"], ()), **asking}


@cache
def _small() -> tuple[str, str]:
    """The small words at the ends of what is left, and of what is very short."""
    found = word_file()["asking"]
    return found["edge"], found["alone"]


@cache
def _light() -> frozenset[str]:
    return frozenset(word_file()["light"]["words"])


@cache
def usual_synonyms() -> Synonyms:
    """The words that mean the same, by each of them."""
    return synonyms_of(word_file()["same"]["words"])


@cache
def around_words() -> tuple[str, ...]:
    """The words around what is looked for."""
    return tuple(_around())


@cache
def light_words() -> tuple[str, ...]:
    """The words that say little."""
    return tuple(_light())


@cache
def small_words() -> str:
    """The small words of one character."""
    return "".join(_small())


@cache
def _longest() -> int:
    """How long the longest known word is."""
    return max(map(len, (*usual_synonyms(), *_around())))


@cache
def _spelled() -> dict[str, str]:
    """The words of the list by how they are spelled in letters."""
    return {spelled: word for word in usual_synonyms() if len(spelled := "".join(syllables(word))) > SHORT}


def synonyms_of(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Groups of words that mean the same, by each word, folded."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        words = [word for text in group if (word := folded(text))]
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}


def synonyms_in(text: str) -> list[list[str]]:
    """The groups of a file that an office fills: one group a line, its words apart by blanks, commas or =; # begins a remark."""
    lines = (line.split("#")[0] for line in text.splitlines())
    groups = [[word for word in re.split(r"[\s,，、=＝;；]+", line) if word] for line in lines]
    return [group for group in groups if len(group) > 1]


def asked(
    text: str, more: Synonyms | None = None, offices: Offices | None = None, also: Synonyms | None = None
) -> Wanted:
    """What a question looks for; ``more`` are the office's own synonyms, ``offices`` those that it may name, ``also`` what else a name of
    one may stand for."""
    plain = unicodedata.normalize("NFKC", simplified(text)).casefold()
    units: dict[str, QueryUnit] = {}
    plain = _SHORT_YEAR.sub(r"20\1年", re.sub(r"[^\w\s]|_", " ", plain))
    plain = _MONTH.sub(lambda found: f" {in_digits(found[1])}月 ", plain)
    for found in _NUMBER.finditer(plain):
        number = f"{found[1] or ''}{found[2]}号"
        units[number] = QueryUnit(number)
    cutter = _Cutter(more, offices, also or {})
    for run in _RUN.findall(_NUMBER.sub(" ", plain)):
        for unit in [cutter.in_letters(run)] if LATIN.fullmatch(run) else cutter.cut(run):
            units.setdefault(unit.typed, unit)
    whole = {name: unit for name, unit in units.items() if len(name) > 1}
    kinds = dict.fromkeys(kind for word in cutter.left_out for kind in _around().get(word, ()))
    return Wanted(tuple((whole or units).values())[:MOST_UNITS], tuple(cutter.left_out), tuple(kinds))


class _Cutter:
    """Cuts runs of a question into units; ``left_out`` are the words that fell away."""

    def __init__(self, more: Synonyms | None, offices: Offices | None, also: Synonyms) -> None:
        self._words = {**usual_synonyms(), **more} if more else usual_synonyms()
        self._longest = max(_longest(), max(map(len, more), default=0) if more else 0)
        self._offices, self._also = offices, also
        self.left_out: list[str] = []

    def in_letters(self, run: str) -> QueryUnit:
        """What is typed in letters or digits; the sound of a known word means that word too."""
        if run in self._words:
            return QueryUnit(run, self._words[run])
        word = "" if run.isdigit() else _spelled().get(run, "")
        return QueryUnit(run, (word, *usual_synonyms()[word])) if word else QueryUnit(run)

    def cut(self, run: str) -> Iterator[QueryUnit]:
        """A run of characters as units: the offices it names, and what stands between them."""
        at = 0
        for named in self._offices.named_in(run, self._is_known) if self._offices else ():
            start = run.index(named.piece, at)
            yield from self._between(run[at:start])
            yield self._office(named)
            at = start + len(named.piece)
        yield from self._between(run[at:])

    def _office(self, named: Named) -> QueryUnit:
        """The unit of an office that was named, and of those that may have been meant instead."""
        assert self._offices is not None
        also = self._also.get(named.piece, ())
        offices = dict.fromkeys(named.offices)
        for other in filter(None, map(self._offices.called, also)):
            offices |= dict.fromkeys(other.offices)
        others = [office for office in (*also, *offices) if office != named.piece]
        return QueryUnit(named.piece, tuple(others[:MOST_OFFICES]), offices=tuple(offices), place=named.place)

    def _is_known(self, piece: str) -> bool:
        """Whether a piece is a known word, which then means more than an office."""
        return piece in self._words or piece in _light() or piece in _around()

    def _between(self, run: str) -> Iterator[QueryUnit]:
        """A run of characters as units: known words by themselves, the words around them gone, what is left as it stands."""
        rest, at = "", 0
        while at < len(run):
            pieces = (run[at : at + n] for n in range(self._longest, 1, -1))
            piece = next(filter(self._is_known, pieces), "")
            if not piece:
                rest += run[at]
                at += 1
                continue
            yield from self._trimmed(rest)
            rest, at = "", at + len(piece)
            if piece in self._words or piece in _light():
                yield QueryUnit(piece, self._words.get(piece, ()), light=piece in _light())
            else:
                self.left_out.append(piece)
        yield from self._trimmed(rest)

    def _trimmed(self, rest: str) -> Iterator[QueryUnit]:
        """What stands between known words, without the small words at its ends."""
        edge, alone = _small()
        plain = rest.strip(edge if len(rest) > LITTLE else alone)
        if plain:
            yield QueryUnit(plain)
        elif rest:
            self.left_out.append(rest)
