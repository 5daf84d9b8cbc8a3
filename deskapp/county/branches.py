"""Where the journal of a point is not the one that is held: at which entry it parts, and whether it is a branch that was decided against."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.county.database import Database
from deskapp.county.points import Point
from deskapp.exchange.bundle.packing import Line


def first_other(db: Database, point: Point, after: int, before_link: str, events: Sequence[Line]) -> int | None:
    """The first place at which a journal, of which a bundle has these entries, is not the one that is held; None where they agree. Where
    it parted earlier than the bundle begins, that place as far as it is known."""
    ours: dict[int, str] = dict(
        db.rows(
            "SELECT seq, link FROM events WHERE point = %s AND superseded = 0 AND seq >= %s AND seq <= %s",
            [point.point, after, min(point.seq, events[-1][1] if events else after)],
        )
    )
    if after and ours.get(after, "") != before_link:
        base = left_behind(db, point, after, before_link)
        return after if base is None else base + 1
    return next((line[1] for line in events if line[1] in ours and ours[line[1]] != line[8]), None)


def left_behind(db: Database, point: Point, place: int, link: str) -> int | None:
    """The last place before a branch that was decided against, where an entry of it has this place and link: what follows that entry is of
    the same branch. None where no such branch is known; the latest where several are."""
    found = db.value(
        "SELECT min(seq) - 1 FROM events WHERE point = %s AND superseded = (SELECT max(superseded) FROM events WHERE point = %s"
        " AND superseded > 0 AND seq = %s AND link = %s)",
        [point.point, point.point, place, link],
    )
    return None if found is None else int(found)
