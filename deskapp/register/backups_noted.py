"""Which backups the register knows were made of it: read by the board, which does not wait for what makes and checks one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from deskapp.errors import DeskError
from deskapp.register.store import Store

REMINDER_DAYS = 7  # after so many days without a backup elsewhere the desk says so


def last_outside(store: Store) -> date | None:
    """The day of the last backup that was opened again and lies outside the data directory."""
    at = store.value("SELECT at FROM backups WHERE outside = 1 ORDER BY seq DESC LIMIT 1")
    with suppress(TypeError, ValueError):
        return datetime.fromisoformat(at).date()
    with suppress(ValueError, DeskError):  # registers of the first versions kept the day alone
        return date.fromisoformat(store.value("SELECT value FROM meta WHERE key = 'last_backup'") or "")
    return None


def places_elsewhere(store: Store) -> tuple[str, ...]:
    """Every place elsewhere at which a backup was ever made, the newest first, under a password or not."""
    rows = store.query("SELECT path FROM backups WHERE outside = 1 ORDER BY seq DESC")
    return tuple(dict.fromkeys(row["path"] for row in rows))
