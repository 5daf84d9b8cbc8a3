"""Words by how they sound: those of the list of synonyms, the words around a question, the offices. What is typed in letters is
looked up here and in the index of sounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from deskapp.catalogue.offices import Offices, former_names, short_names
from deskapp.catalogue.terms import heard, syllables

Kind = Literal["word", "around", "small", "office", "former"]
_SHORTEST_PART = 2  # characters of an office's name that may stand for it
_PLACE = re.compile("[^省市县区旗镇乡]{1,6}[省市县区旗镇乡]")
_STARTS = "省市县区旗镇乡"  # a part of an office's name may begin behind one of these


@dataclass(frozen=True)
class Spoken:
    """A word, how it is read, and what it is in a question."""

    text: str
    said: tuple[str, ...]
    kind: Kind

    @property
    def key(self) -> str:
        """How it sounds to those who hear less."""
        return heard("".join(self.said))

    @property
    def initials(self) -> str:
        """The first letters of its syllables."""
        return "".join(syllable[0] for syllable in self.said)


class SpokenWords:
    """Words in the order of their sounds, so that those that begin so are found at once."""

    def __init__(self, words: Iterable[tuple[str, Kind]]) -> None:
        read = (
            Spoken(text, syllables(text), kind) for text, kind in words if not any(sign.isascii() for sign in text)
        )
        known = {word.text: word for word in read if all(s.isascii() and s.isalpha() for s in word.said)}
        self._words = sorted(known.values(), key=lambda word: word.key)
        self._keys = [word.key for word in self._words]
        self._by_initials: dict[str, list[Spoken]] = {}
        for word in self._words:
            self._by_initials.setdefault(word.initials, []).append(word)

    def begins(self, key: str) -> bool:
        """Whether a word begins with this sound."""
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at].startswith(key)

    def sounding(self, key: str, length: int) -> Iterator[Spoken]:
        """The words of so many characters that sound so."""
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at] == key:
            if len(self._words[at].said) == length:
                yield self._words[at]
            at += 1

    def of_initials(self, letters: str) -> list[Spoken]:
        """The words with these initials."""
        return self._by_initials.get(letters, [])


@lru_cache(maxsize=4)
def spoken_words(words: tuple[str, ...], around: tuple[str, ...], small: str) -> SpokenWords:
    """Words to look for and words around them; what is both is looked for."""
    kinds: dict[str, Kind] = {
        **dict.fromkeys(small, "small"),
        **dict.fromkeys(around, "around"),
        **dict.fromkeys(words, "word"),
    }
    return SpokenWords(kinds.items())


@lru_cache(maxsize=4)
def spoken_offices(offices: Offices) -> SpokenWords:
    """The offices by the beginnings and ends of their names, and by their short and former names."""
    kinds: dict[str, Kind] = {}
    for name in former_names():
        kinds |= dict.fromkeys(_called(name, offices), "former")
    for name in short_names():
        kinds |= dict.fromkeys(_called(name, offices), "office")
    for part in chain.from_iterable(map(_parts, offices.names)):
        if part in offices.names or (part not in kinds and offices.called(part)):
            kinds[part] = "office"
    return SpokenWords(kinds.items())


def _called(name: str, offices: Offices) -> Iterator[str]:
    """A short name of an office, alone and behind the place of the office."""
    named = offices.called(name)
    if named is None:
        return
    yield name
    for place in dict.fromkeys(found[0] for office in named.offices if (found := _PLACE.match(office))):
        yield from (f"{place}{name}", f"{place[-1]}{name}")


def _parts(name: str) -> Iterator[str]:
    starts = [0, *(at + 1 for at, sign in enumerate(name[:-1]) if sign in _STARTS)]
    yield from (name[:end] for end in range(_SHORTEST_PART, len(name) + 1))
    yield from (name[start:] for start in starts)
    yield from (name[start:] for start in range(1, len(name) - _SHORTEST_PART))
