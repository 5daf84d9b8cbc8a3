"""When Python looks for garbage: not while the desk starts, whose objects all stay, and seldom afterwards."""

from __future__ import annotations

import gc

NEW_OBJECTS = 50_000  # until it is looked for


def leave() -> None:
    """From now on nothing is looked through: what a start makes stays, and looking it through again and again took a twelfth of the time
    until the list stands."""
    gc.disable()


def look() -> None:
    """From now on new objects are looked through; those that are there stay, and no key has to wait while they are looked through."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()
