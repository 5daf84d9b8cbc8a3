"""The small notes of the register, and the little of the unit that the first picture of the desk shows.

Read with nothing but the store: whoever needs no more waits for no model.
"""

from __future__ import annotations

import json
from datetime import date

from deskapp.register.store import Store

PRACTICE = "practice"  # the note of a practice desk


def note(store: Store, key: str) -> str:
    """A small note of the program's own; empty when there is none."""
    return str(store.value("SELECT value FROM meta WHERE key = ?", [key]) or "")


def set_note(store: Store, key: str, value: str) -> None:
    """Write a small note."""
    with store.write():
        store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])


def unit_text(store: Store, on: date) -> str:
    """The unit's particulars of that day as JSON text (the first ones for a day before them); empty without any."""
    rows = store.query(
        "SELECT body FROM units ORDER BY valid_from <= ? DESC,"
        " CASE WHEN valid_from <= ? THEN valid_from END DESC, valid_from, seq DESC LIMIT 1",
        [on.isoformat(), on.isoformat()],
    )
    return str(rows[0]["body"]) if rows else ""


def unit_name(store: Store, on: date) -> str:
    """What the unit is called on that day; empty without a unit, and where its text is damaged."""
    try:
        return str(json.loads(unit_text(store, on) or "{}").get("name", ""))
    except (ValueError, AttributeError):
        return ""
