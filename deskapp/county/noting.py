"""How the lines of a bundle lie in the database: entries as rows, and what a point says of itself, the newest of each kind and key."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from pydantic_core import to_json

from deskapp.county.answers import stored
from deskapp.county.database import Database
from deskapp.exchange.bundle.packing import Line
from deskapp.parsing import moment_of

AHEAD = timedelta(days=1)  # a clock of a point that is set wrong by more
BACK = timedelta(hours=1)
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


def clock_doubt(last_at: str, moments: Sequence[datetime], now: datetime) -> str:
    """A word about the clock of a point's machine, where its entries give a reason; ``last_at`` is the latest moment known before."""
    before = moment_of(last_at)
    if moments and max(moments) > now + AHEAD:
        return "clock_ahead"
    back = any(later < earlier - BACK for earlier, later in pairwise(moments))
    return "clock_back" if back or (moments and before and moments[0] < before - BACK) else ""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: a bundle makes a great many entries and no cycle, and the search would go through all of them again
    and again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
