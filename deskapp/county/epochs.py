"""Epochs: a point went on from a backup, or its journal lives twice; somebody decides that what comes now holds, from a place on.

Both branches stay: the entries that hold no more are marked with the number of the epoch that took their place, and are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.decisions import PointDecisions, reason_of
from deskapp.county.home import CountyHome
from deskapp.county.points import ACTIVE, Point, Points, calendars_of
from deskapp.county.writing import CaseWriter, counts_with
from deskapp.errors import DeskError

EPOCH, KEEP = "epoch", "keep"  # what comes now holds; what is held holds


def sides(db: Database, point: Point) -> str:
    """What somebody who decides about a fork has to know of its two sides: how many entries from it on are held, of which days, and what waits."""
    count, first, last = db.rows(
        "SELECT count(*), min(noted_at), max(noted_at) FROM events WHERE point = %s AND superseded = 0 AND seq > %s",
        [point.point, point.fork_at or 0],
    )[0]
    held = f"收下的从那里起有{count}条（{first[:10]}至{last[:10]}记的）" if count else "收下的从那里起一条也没有"
    waits, entries, made = db.rows(
        "SELECT count(*), coalesce(sum(events), 0), max(made_at) FROM bundles WHERE point = %s AND verdict IN ('early', 'held', 'fork')",
        [point.point],
    )[0]
    return f"{held}；等着的有{waits}个包、{entries}条，最后一个是{str(made or '')[:10]}打的。"


class Epochs:
    """The decisions about forks."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._points, self._decisions = Points(db, home, clock), PointDecisions(db, home, clock)

    def begin(self, point: str, why: str) -> int:
        """What a held point sends from the fork on holds from now on; how many entries hold no more. Raises DeskError where nothing is
        held, or without a reason."""
        with self._db.transaction():
            document = self._document(EPOCH, *self._asked(point, why))
            self._decisions.keep(document)
            return self.redo(document)

    def keep(self, point: str, why: str, reject: Callable[[], list[str]]) -> int:
        """What is held of a point goes on holding, and what it sent from the fork on does not; ``reject`` says which bundles that are. How
        many those are. Raises DeskError as :meth:`begin`."""
        with self._db.transaction():
            document = self._document(KEEP, *self._asked(point, why))
            rejected = reject()
            document |= {"rejected": rejected}
            self._decisions.keep(document)
            self.redo(document)
        return len(rejected)

    def _asked(self, point: str, why: str) -> tuple[Point, str]:
        """The point that is held, and the reason. Raises DeskError."""
        reason = reason_of(why, "核对的结果，例如：县局电话核实，11月3日从备份恢复")
        found = self._points.find(point, lock=True)
        if found is None or not found.held or found.fork_at is None:
            raise DeskError("这个登记点没有等着决定的事。", "没有改。", "请看 county status。", code="not_held")
        return found, reason

    def redo(self, document: dict[str, Any]) -> int:
        """Do what was decided, as :meth:`begin` writes it down; how many entries hold no more. Inside a transaction."""
        found = self._points.find(str(document["point"]), lock=True)
        if found is None:
            return 0
        self._decisions.note(document, str(document["from"]))
        if document["what"] == KEEP:
            return 0
        return self._supersede(found, int(document["from"]))

    def _document(self, what: str, point: Point, why: str) -> dict[str, Any]:
        return self._decisions.document(what, point, point.fork_at, why)

    def _supersede(self, point: Point, last: int) -> int:
        where = "point = %s AND superseded = 0 AND seq > %s"
        touched = [
            row[0] for row in self._db.rows(f"SELECT DISTINCT case_id FROM events WHERE {where}", [point.point, last])
        ]
        undone = self._db.run(
            f"UPDATE events SET superseded = %s WHERE {where}", [point.epoch + 1, point.point, last]
        )
        link = self._db.value(
            "SELECT link FROM events WHERE point = %s AND superseded = 0 AND seq = %s", [point.point, last]
        )
        counts = counts_with(calendars_of(point), point.first_day)
        CaseWriter(self._db, point.point, counts, self._clock.today()).write(touched)
        self._points.keep(point.point, standing=ACTIVE, fork_at=None, seq=last, link=link, epoch=point.epoch + 1)
        return undone
