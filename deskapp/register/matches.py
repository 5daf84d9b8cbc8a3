"""Whether what somebody typed means a thing, and how surely: words of its name, its initials, or its sound written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from deskapp.register.tokens import initials_of, spelled_out

T = TypeVar("T")
BEGINS, WITHIN, TOLD = 0, 1, 2  # how surely a thing is meant, the surest first


def nearness(typed: str, name: str, *more: str) -> int | None:
    """How surely a thing of that ``name`` is meant: its name, initials or pinyin begin with what was typed, hold it, or only what is said
    of it (``more``) does; None when nothing does. Pinyin counts from the beginning of any character. Nothing typed fits everything."""
    wanted = typed.strip().lower()
    if not wanted:
        return BEGINS
    ways = (name.lower(), *_initials(name))
    if any(way.startswith(wanted) for way in ways):
        return BEGINS
    plain = wanted.replace(" ", "")
    spoken = [way.find(plain) for way in _spelled(name)]
    if any(at == 0 for at in spoken):
        return BEGINS
    if any(wanted in way for way in ways) or any(f" {plain}" in _apart(way, plain) for way in _spaced(name)):
        return WITHIN
    return TOLD if any(wanted in text for text in more) else None


def fits(typed: str, name: str, *more: str) -> bool:
    """Whether it may be meant at all."""
    return nearness(typed, name, *more) is not None


def best_first(typed: str, things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The things that may be meant, the surest first, else in their order."""
    found = [(near, thing) for thing in things if (near := nearness(typed, name(thing))) is not None]
    return [thing for _, thing in sorted(found, key=lambda one: one[0])]


@lru_cache(maxsize=1024)
def _initials(name: str) -> tuple[str, ...]:
    return tuple(initials_of(name).split())


@lru_cache(maxsize=1024)
def _spaced(name: str) -> tuple[tuple[str, ...], ...]:
    return spelled_out(name)


def _spelled(name: str) -> Iterable[str]:
    return ("".join(way) for way in _spaced(name))


def _apart(way: tuple[str, ...], plain: str) -> str:
    """Everything that begins at a character of a way to read a name, long enough for ``plain``, parted by blanks."""
    return "".join(f" {''.join(way[n:])[: len(plain)]}" for n in range(len(way)))
