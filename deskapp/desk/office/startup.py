"""Startup: what the first picture shows, read with nothing but the store: whose desk this is, real or for practice, its colours."""

from __future__ import annotations

from deskapp.clock import Clock
from deskapp.register.meta import PRACTICE, note, unit_name, unit_text
from deskapp.register.store import Store

THEME, WRONG = "theme", "pin_wrong"  # the notes of light or dark, of wrong PINs
COVERED = "covered"  # the note of the last time somebody covered every window


class Startup:
    """The moment the desk is switched on."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    @property
    def has_unit(self) -> bool:
        """Whether the unit's particulars have been given."""
        return bool(unit_text(self._store, self._clock.today()))

    @property
    def unit_name(self) -> str:
        """What the unit is called today; empty before there is one."""
        return unit_name(self._store, self._clock.today())

    @property
    def practice(self) -> bool:
        """Whether this is the practice desk: a register for practice stays one."""
        return bool(note(self._store, PRACTICE))

    @property
    def covered(self) -> str:
        """What tells one covering of every window from another; empty before the first."""
        return note(self._store, COVERED)

    @property
    def guessed(self) -> bool:
        """Whether somebody has tried a wrong PIN since the clerk was told last."""
        return bool(note(self._store, WRONG))

    @property
    def upgraded(self) -> str:
        """That an older register has just been brought up to this version, and where it lies as it was; empty for any other."""
        copy = self._store.upgraded
        if copy is None:
            return ""
        return f"登记簿是以前版本的，已经升级，内容没有变；升级以前的那一份留在旁边：{copy.name}。"

    @property
    def only_read(self) -> str:
        """That nothing can be written here now, and what can be done all the same; empty where it can."""
        return self._store.read_alone

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or empty."""
        return note(self._store, THEME)
