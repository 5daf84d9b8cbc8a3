"""Words for those in which one character was mistaken for another that looks like it: ``社呆`` is ``社保``, ``末成年人`` is ``未成年人``.

Which characters look alike stands in ``shapes.txt`` (made by ``scripts/shapes.py``). A word is only meant where the lists or names know it; of longer
words any one character may be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from math import log2
from pathlib import Path

FILE = Path(__file__).with_name("shapes.txt")
SHORTEST, LONGEST = 2, 12  # characters of a word that is mended
ANY_FROM = 3  # characters from where any one of them may be wrong, not only for one that looks like it
FREQUENT = 2.0  # places in the order of likeness that a word gains which twice as many names have
LISTED = 16.0  # places that a word of the lists gains
Number = Callable[[str], int]
NamesWith = Callable[[Iterable[str]], Iterable[str]]


@cache
def shapes() -> dict[str, str]:
    """Characters by the one that was typed, the likest first."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1:] for line in lines if not line.startswith("#")}


class LookAlikes:
    """Mends words. ``number`` tells how many names have a word, ``listed`` are the words of the lists, ``names_with`` gives names that have some
    characters."""

    def __init__(self, number: Number, listed: Container[str] = (), names_with: NamesWith = lambda _: ()) -> None:
        self._number, self._listed, self._names_with = number, listed, names_with

    def meant_by(self, typed: str, any_sign: bool = False) -> str:
        """The word that was most likely meant by one that nobody wrote; empty for none. With ``any_sign`` a longer one may have any other
        character in one place, which may change what it means: for those of which nothing is written anywhere."""
        if not SHORTEST <= len(typed) <= LONGEST or any(sign.isascii() for sign in typed):
            return ""
        places = list(self._wrong(typed))
        found = {word: worth for at in places for word, worth in self._alike(typed, at)}
        if not found and any_sign and len(typed) >= ANY_FROM:
            found = dict(self._one_off(typed, places))
        return max(found, key=found.__getitem__, default="")

    def _known(self, word: str) -> bool:
        return word in self._listed or self._number(word) > 0

    def _wrong(self, typed: str) -> Iterator[int]:
        """The places of characters that stand beside none of their neighbours anywhere."""
        beside = [self._known(typed[at : at + 2]) for at in range(len(typed) - 1)]
        for at in range(len(typed)):
            if not any(beside[max(at - 1, 0) : at + 1]):
                yield at

    def _alike(self, typed: str, at: int) -> Iterator[tuple[str, float]]:
        """Known words with another character of that shape in one place, and how likely each is."""
        for place, sign in enumerate(shapes().get(typed[at], "")):
            word = typed[:at] + sign + typed[at + 1 :]
            if self._known(word):
                yield word, FREQUENT * log2(1 + self._number(word)) + LISTED * (word in self._listed) - place

    def _one_off(self, typed: str, places: Iterable[int]) -> Iterator[tuple[str, float]]:
        """Parts of names that differ from a word in one of these places, the most frequent likeliest."""
        for at in places:
            before, after = typed[:at], typed[at + 1 :]
            found = Counter[str]()
            for name in self._names_with(before + after):
                parts = (name[start : start + len(typed)] for start in range(len(name) - len(typed) + 1))
                found.update(part for part in parts if part.startswith(before) and part.endswith(after))
            yield from found.items()
