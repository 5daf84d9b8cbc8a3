"""The one seat: who sits at the desk now. Whatever is noted, printed or put right from here carries this name."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.register.colleagues import Colleague, here_on
from deskapp.register.meta import note, set_note, unit_text
from deskapp.register.store import Store

if TYPE_CHECKING:  # the first picture waits for no PIN
    from deskapp.desk.pins import Guard, Tried

SEAT = "seat:"  # the note of who sits at a machine today, by the machine's name
WRONG = "seat_wrong:"  # the note of the wrong PINs of one person
TOLD = "people_told"  # the note that somebody was told that names can be entered


class Seat:
    """Where somebody sits. In one window it stays his until another one takes it; a new window of the same day and machine begins
    with the one who sat down last."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._taken: tuple[str, date] | None = None
        self._guards: dict[str, Guard] = {}

    def people(self) -> list[Colleague]:
        """Those who may sit here today."""
        return here_on(self._store, self._clock.today())

    @property
    def who(self) -> Colleague | None:
        """Who sits here: the one who was chosen, or the only one there is; None where nobody was entered or chosen."""
        listed = self.people()
        if len(listed) <= 1:
            return listed[0] if listed else None
        key = self._taken[0] if self._taken else self._kept()
        return next((one for one in listed if one.key == key), None)

    @property
    def name(self) -> str:
        """The name that everything carries: of the one who sits here; of the unit's contact where nobody was entered; none where several were
        and a command does not say which of them gives it: no name is better than another's."""
        who = self.who
        if who or self.people():
            return who.called if who else ""
        return self._contact()

    @property
    def asks(self) -> bool:
        """Whether somebody has to say who he is: there are several, and nobody was chosen here today."""
        today = self._clock.today()
        if self._taken and self._taken[1] == today and self.who:
            return False
        listed = self.people()
        return len(listed) > 1 and self._kept() not in {one.key for one in listed}

    def take(self, key: str, pin: str = "") -> Tried:
        """Sit down for today; where the person has a PIN it is tried first. Raises DeskError for somebody who is not there."""
        one = self.person(key)
        tried = self.proves(one, pin)
        if tried.opens:
            today = self._clock.today()
            self._taken = key, today
            set_note(self._store, self._note, json.dumps([key, today.isoformat()]))
        return tried

    def person(self, key: str) -> Colleague:
        """One of those who are here today. Raises DeskError for anybody else."""
        found = next((one for one in self.people() if one.key == key), None)
        if found is None:
            raise DeskError("人员里没有这个人，或者已经离开。", "没有换人。", "请在【人员】里看一看。")
        return found

    def proves(self, one: Colleague, pin: str) -> Tried:
        """Whether it is he: his PIN, where he has one."""
        from deskapp.desk.pins import Guard, Tried

        if not one.pin:
            return Tried(True)
        guard = self._guards.setdefault(one.key, Guard(self._store, self._clock, WRONG + one.key))
        tried = guard.open(pin, one.pin)
        if tried.opens and guard.wrong():
            guard.forget()
        return tried

    def tell_once(self) -> str:
        """That names can be entered, said once in the life of a register in which there are none; empty afterwards."""
        if self.people() or note(self._store, TOLD):
            return ""
        set_note(self._store, TOLD, "1")
        name = self._contact()
        now = f"现在每一步都记在{name}名下" if name else "现在记录里没有写是谁办的"
        return f"{now}。几个人用这台电脑的，在【人员】里填上姓名（Ctrl+P 打【人员】），谁办的就记谁。"

    @cached_property
    def _note(self) -> str:
        """Where it is written who sits at this machine: several may use one register."""
        import platform

        return SEAT + platform.node()

    def _kept(self) -> str:
        """Who sat down at this machine today, whichever window it was; empty for nobody."""
        try:
            key, day = json.loads(note(self._store, self._note) or '["", ""]')
        except (ValueError, TypeError):
            return ""
        return str(key) if day == self._clock.today().isoformat() else ""

    def _contact(self) -> str:
        try:
            known = json.loads(unit_text(self._store, self._clock.today()) or "{}")
            return str(known.get("contact", ""))
        except (ValueError, AttributeError):  # damaged, which the doctor names
            return ""
