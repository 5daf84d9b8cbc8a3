"""Whether what somebody typed means a thing, and how surely: words of its name, or its pinyin, whole or in initials, from any character on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from deskapp.register.tokens import syllables_of

T = TypeVar("T")
Syllables = tuple[tuple[str, ...], ...]
"""How each character of a name may be read."""
BEGINS, WITHIN, TOLD = 0, 1, 2  # how surely a thing is meant, the surest first


def nearness(typed: str, name: str, *more: str) -> int | None:
    """How surely a thing of that ``name`` is meant: the name or its pinyin begins with what was typed, holds it from one of its characters on
    (检查 is found by ``jiancha``, ``jc``, ``jianc``, ``cha``), or only what is said of it (``more``) does; None when nothing does. Nothing
    typed fits everything."""
    wanted = typed.strip().lower()
    if not wanted:
        return BEGINS
    at = name.lower().find(wanted)
    if wanted.isascii() and at != 0:
        letters, syllables = "".join(wanted.split()), _syllables(name)
        spelled = next((n for n in range(len(syllables)) if _spells(letters, syllables, n)), -1)
        at = spelled if at < 0 or spelled == 0 else at
    if at >= 0:
        return WITHIN if at else BEGINS
    return TOLD if any(wanted in text.lower() for text in more) else None


def fits(typed: str, name: str, *more: str) -> bool:
    """Whether it may be meant at all."""
    return nearness(typed, name, *more) is not None


def best_first(typed: str, things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The things that may be meant, the surest first, else in their order."""
    found = [(near, thing) for thing in things if (near := nearness(typed, name(thing))) is not None]
    return [thing for _, thing in sorted(found, key=lambda one: one[0])]


def _spells(letters: str, syllables: Syllables, at: int) -> bool:
    """Whether letters are the beginnings of syllables that follow each other."""
    if not letters:
        return True
    if at == len(syllables):
        return False
    for reading in syllables[at]:
        for n in range(_common(letters, reading), 0, -1):
            if _spells(letters[n:], syllables, at + 1):
                return True
    return False


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=1024)
def _syllables(name: str) -> Syllables:
    return syllables_of(name)
