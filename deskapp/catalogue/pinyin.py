"""Letters as syllables of Chinese: which letters are one, and which syllables somebody may have meant who writes as people speak.

Three nearnesses: as it is written; alike, where many hear no difference (zh z, ang an, ü u); near, where whole provinces hear none
(l n, h f), which is tried only where nothing else is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from deskapp.catalogue.words import word_file

ALIKE, NEAR = 0.1, 0.5  # what it costs that a syllable was written as one that sounds like it
LONGEST_SYLLABLE = 6
_TONED = re.compile(r"\b(?:[a-z]{1,6}[1-5](?![0-9])){2,}")
Meant = tuple[tuple[str, float], ...]  # syllables that may be meant, with their costs, the likeliest first


def toneless(text: str) -> str:
    """A text in which letters have no tones, neither as marks nor as figures; ü is v."""
    parts = unicodedata.normalize("NFD", text.casefold())
    parts = re.sub("u([\u0300-\u036f]*)\u0308", r"v\1", parts)
    bare = unicodedata.normalize("NFC", re.sub("(?<=[a-z])[\u0300-\u036f]+", "", parts))
    return _TONED.sub(lambda found: re.sub("[1-5]", "", found[0]), bare)


@cache
def _syllables() -> frozenset[str]:
    return frozenset(word_file()["sounds"]["syllables"].split())


@cache
def begun_syllables() -> frozenset[str]:
    """Every beginning of a syllable that is none itself, or may be a longer one."""
    return frozenset(syllable[:n] for syllable in _syllables() for n in range(1, len(syllable)))


@cache
def spellings(near: bool) -> Mapping[str, Meant]:
    """The syllables that letters may mean; with ``near`` those too that only some speak alike."""
    found: dict[str, dict[str, float]] = {}
    for syllable in _syllables():
        for written, cost in _ways_to_write(syllable, near):
            costs = found.setdefault(written, {})
            costs[syllable] = min(cost, costs.get(syllable, cost))
    return {written: tuple(sorted(costs.items(), key=lambda one: one[1])) for written, costs in found.items()}


def _ways_to_write(syllable: str, near: bool) -> Iterator[tuple[str, float]]:
    spoken = {syllable: 0.0}
    if near:
        spoken |= dict.fromkeys(_spoken_near(syllable), NEAR)
    for sound, cost in spoken.items():
        for written in _alike(sound):
            yield written, cost + ALIKE * (written != sound)


def _spoken_near(syllable: str) -> Iterator[str]:
    """Syllables that are spoken like this one where l is n, or h is f."""
    if syllable[0] in "ln":
        yield {"l": "n", "n": "l"}[syllable[0]] + syllable[1:]
    for pair in word_file()["sounds"]["near"]:
        if syllable in pair:
            yield from (other for other in pair if other != syllable)


def _alike(syllable: str) -> Iterable[str]:
    """The ways to write a syllable that sound alike to many."""
    head = re.match("[zcs]h?|", syllable)
    assert head is not None
    start, rest = head[0], syllable[head.end() :]
    starts = (start, f"{start[0]}h" if len(start) == 1 else start[0]) if start else ("",)
    ends = [rest]
    if re.search("[aei]n$", rest):
        ends.append(f"{rest}g")
    elif re.search("[aei]ng$", rest):
        ends.append(rest[:-1])
    if "v" in rest:
        ends.append(rest.replace("v", "u"))
    elif re.match("[jqxy]u", rest):
        ends.append(rest.replace("u", "v", 1))
    return ("".join(way) for way in product(starts, ends))
