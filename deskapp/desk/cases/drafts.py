"""Drafts: half-filled forms, kept until they are done; each belongs to the desk that typed it.

Two windows never share a form. What a desk left that is open no more, closed or killed, goes to the next desk that opens that form, once,
and it is said when it was typed and where. What is no form (:meth:`Drafts.remembered`) is the same for all.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from deskapp.errors import DeskError
from deskapp.register.journal import Journal
from deskapp.register.presence import Presence, host_of, this_host
from deskapp.register.records import KeptForm

OF = "@"  # in the key of a kept form: between its name and the desk that it belongs to


@dataclass(frozen=True)
class Left:
    """When and on which machine a form was typed that another desk has left; no machine for one of an older version."""

    at: str
    host: str

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        try:
            moment = datetime.fromisoformat(self.at)
        except ValueError:
            return "别的窗口"
        day = f"{moment.month}月{moment.day}日{moment:%H:%M}"
        place = "在这台电脑上" if self.host == this_host() else f"在电脑 {self.host} 上" if self.host else ""
        return day + place


class Drafts:
    """Texts by the key of their form."""

    def __init__(self, journal: Journal, presence: Presence) -> None:
        self._journal, self._presence = journal, presence
        self._left: dict[str, Left] = {}

    def get(self, key: str) -> dict[str, str]:
        """What this desk has kept, or takes over from one that is open no more; empty when nothing was, or when it is no form."""
        own = _texts(self._journal.records.draft(self._own(key)))
        return own or self._taken_over(key)

    def _taken_over(self, key: str) -> dict[str, str]:
        for found in self._journal.records.drafts_under(key, OF):
            owner = _owner(found, key)
            if self._presence.is_open(owner):
                continue
            values = _texts(found.body)
            if values and self._moved(found, key, values):
                self._left[key] = Left(found.at, host_of(owner))
                return values
        return {}

    def _moved(self, found: KeptForm, key: str, values: dict[str, str]) -> bool:
        """Whether the form is this desk's now; of several that want it one gets it."""
        with suppress(DeskError), self._journal.write():
            if not self._journal.records.draft(found.key):
                return False
            self._presence.show()
            self._journal.records.drop_draft(found.key)
            self._journal.records.save_draft(self._own(key), values)
        return True  # also of a register that can only be read

    def left(self, key: str) -> Left | None:
        """Whose form this desk has taken over, told once; None for its own."""
        return self._left.pop(key, None)

    def filled_elsewhere(self, key: str) -> bool:
        """Whether another desk that is open is filling in the same form."""
        owners = (_owner(found, key) for found in self._journal.records.drafts_under(key, OF))
        return any(owner != self._presence.owner and self._presence.is_open(owner) for owner in owners)

    def keep(self, key: str, values: dict[str, str]) -> None:
        """Keep a half-filled form."""
        self._presence.show()
        self._journal.records.save_draft(self._own(key), dict(values))

    def drop(self, key: str) -> None:
        """Forget it."""
        self._journal.records.drop_draft(self._own(key))

    def remembered(self, key: str) -> dict[str, str]:
        """What every desk remembers under a key; empty when nothing is."""
        return _texts(self._journal.records.draft(key))

    def remember(self, key: str, values: dict[str, str]) -> None:
        """Remember something for every desk."""
        self._journal.records.save_draft(key, dict(values))

    def _own(self, key: str) -> str:
        return f"{key}{OF}{self._presence.owner}"


def _owner(found: KeptForm, key: str) -> str:
    return found.key.removeprefix(key).removeprefix(OF)


def _texts(kept: object) -> dict[str, str]:
    """The texts of a form; none where it is no form."""
    return {name: str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
