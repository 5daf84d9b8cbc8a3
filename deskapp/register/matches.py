"""Whether what somebody typed means a thing: words of its name, or the pinyin initials of it."""

from __future__ import annotations

from functools import lru_cache

from deskapp.register.tokens import initials_of


def fits(typed: str, name: str, *more: str) -> bool:
    """Whether ``typed`` stands in the name or in ``more``, or begins or lies within the initials of the name.

    Nothing typed fits everything.
    """
    wanted = typed.strip().lower()
    if not wanted or wanted in name.lower() or any(wanted in text for text in more):
        return True
    return any(wanted in way for way in _initials(name))


@lru_cache(maxsize=512)
def _initials(name: str) -> tuple[str, ...]:
    return tuple(initials_of(name).split())
