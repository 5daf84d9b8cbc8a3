"""What a clerk sees of a case from what was done in it: whether an answer is due, which letters wait, what is open."""

from __future__ import annotations

from tests.recount.count import Deed, matters, outcome


def is_open(deeds: list[Deed]) -> bool:
    """Whether an answer is due."""
    ends = [deed.what for deed in deeds if deed.what == "ordered" or outcome(deed)]
    return not ends or ends[-1] == "ordered"


def last_kinds(deeds: list[Deed], *whats: str) -> list[Deed]:
    """The acts of some sorts, the newest first."""
    return [deed for deed in reversed(deeds) if deed.what in whats]


def written_as(deeds: list[Deed], *kinds: str) -> list[Deed]:
    """The letters of some kinds, the newest first."""
    return [deed for deed in last_kinds(deeds, "letter") if deed.says["kind"] in kinds]


def ways_of(deeds: list[Deed], since: int, letter: str) -> list[Deed]:
    """What became of a letter on its way, the newest first."""
    return [d for d in last_kinds(deeds, "sent", "arrived", "returned") if d.letter == letter and d.place > since]


def letters_out(deeds: list[Deed]) -> list[tuple[Deed, Deed | None]]:
    """Every letter, and the answer of this round if it was written outside, with the newest that became of it."""
    out = [deed for deed in deeds if deed.what == "letter"]
    ends = [deed for deed in deeds if deed.what == "ordered" or outcome(deed)]
    out += [deed for deed in ends[-1:] if deed.what == "answered"]
    return [(deed, next(iter(ways_of(deeds, deed.place, deed.letter)), None)) for deed in out]


def open_routes(deeds: list[Deed]) -> list[str]:
    """The reviews and suits that are not decided."""
    return [route for route, _, _, decided in matters(deeds) if decided is None]
