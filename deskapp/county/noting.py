"""How the lines of a bundle lie in the database: entries as rows, and what a point says of itself, the newest of each kind and key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json

from deskapp.county.answers import stored
from deskapp.county.database import Database
from deskapp.exchange.bundle.packing import Line

EVENT_COLUMNS = ("point", "superseded", "seq", "id", "case_id", "n", "act", "noted_at", "body", "link")


def keep_standings(db: Database, point: str, standings: Sequence[Line], made_at: str) -> None:
    """The newest document of each kind and key counts."""
    known: dict[tuple[str, str], str] = {
        (kind, key): at
        for kind, key, at in db.rows("SELECT kind, standing_key, made_at FROM standings WHERE point = %s", [point])
    }
    newer = {(str(kind), str(key or "-")): body for _, kind, key, body in standings}
    newer = {of: body for of, body in newer.items() if known.get(of, "") <= made_at}
    for kind in {kind for kind, key in newer if (kind, key) in known}:
        keys = [key for of, key in newer if of == kind]
        db.run(
            "DELETE FROM standings WHERE point = %s AND kind = %s AND standing_key = ANY(%s)",
            [point, kind, keys],
        )
    rows = [(point, *of, stored(body), made_at) for of, body in newer.items()]
    db.fill("standings", ("point", "kind", "standing_key", "body", "made_at"), rows)


def event_row(point: str, line: Line) -> tuple[Any, ...]:
    """An entry as a row, in the order of :data:`EVENT_COLUMNS`."""
    _, seq, event_id, case_id, n, act, at, body, link = line
    return point, 0, seq, event_id, case_id, n, act, at, to_json(body).decode(), link
