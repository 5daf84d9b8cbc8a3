"""The people of the office: dated records of the register, read with nothing but the store, so that the first picture need not wait.

A record that yields to a newer one stays in the file, as the versions of the unit do: who might sign on a day can always be said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from deskapp.register.store import Store

KIND = "staff"  # of the records


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the office: ``called`` is the name as records say it, which tells two of one name apart; ``since`` and ``until`` are
    the first and the last day (the last empty while there is none); ``pin`` is salted and stretched, empty for none."""

    key: str
    name: str
    called: str
    post: str = ""
    may_sign: bool = False
    since: str = ""
    until: str = ""
    pin: str = ""
    noted_by: str = ""

    def here(self, day: date) -> bool:
        """Whether he belongs to the office on that day."""
        return self.since <= day.isoformat() and not (self.until and self.until < day.isoformat())

    @property
    def told(self) -> str:
        """Name and post, as a list shows them."""
        return f"{self.called}　{self.post}" if self.post and f"（{self.post}）" not in self.called else self.called


NAMES = tuple(field.name for field in fields(Colleague))


def colleagues(store: Store) -> list[Colleague]:
    """All that were ever entered, the newest record of each, in the order in which they were entered first."""
    rows = store.query(
        "SELECT body FROM records JOIN (SELECT max(seq) AS newest, min(seq) AS first FROM records WHERE kind = ?"
        " GROUP BY key) ON seq = newest ORDER BY first",
        [KIND],
    )
    return [found for row in rows if (found := colleague_of(row["body"]))]


def colleague_of(body: str) -> Colleague | None:
    """One of them from his record; None for a damaged one, which the doctor names."""
    try:
        known: dict[str, Any] = json.loads(body)
        return Colleague(**{name: known[name] for name in NAMES if name in known})
    except (ValueError, TypeError):
        return None


def here_on(store: Store, day: date) -> list[Colleague]:
    """Those who belong to the office on that day."""
    return [one for one in colleagues(store) if one.here(day)]
