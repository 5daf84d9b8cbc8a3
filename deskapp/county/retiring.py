"""Points that are no more: an office that was merged or closed, or a register that was lost and begun anew under another identity.

What such a point reported happened, and goes on counting. It is called silent no more, gets no further tasks and is assessed up to its
last day. Where another register took its place (``by``), the cases that this one has again, by number, day and way, count there alone: their
entries here are marked as those of an epoch that is over, as after a fork. Each is a decision that is kept, and can be taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.decisions import PointDecisions, reason_of
from deskapp.county.home import CountyHome
from deskapp.county.points import Point, Points, calendars_of
from deskapp.county.writing import CaseWriter, counts_with
from deskapp.errors import DeskError
from deskapp.parsing import one_line

RETIRED, RETURNED = "retired", "returned"
SAME_CASES = (
    "SELECT a.case_id FROM cases a JOIN cases b ON b.case_no = a.case_no AND b.received_on = a.received_on AND b.channel = a.channel"
    " WHERE a.point = %s AND b.point = %s AND NOT a.void AND NOT b.void ORDER BY a.case_id"
)


@dataclass(frozen=True)
class Retired:
    """Since when a point is no more, and which took its place (empty: none); ``epoch`` marks the entries that count there alone (0: none)."""

    on: date
    by: str = ""
    epoch: int = 0


class Retiring:
    """The decisions about points that are no more."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._points, self._decisions = Points(db, home, clock), PointDecisions(db, home, clock)

    def retire(self, point: Point, on: date, why: str, by: Point | None = None) -> int:
        """A point is no more from a day on; how many of its cases count at ``by`` alone. May be said again when that one has more of them.
        Raises DeskError without a reason, for a day to come, for itself, and while it waits for a decision."""
        if on > self._clock.today():
            raise DeskError(f"{on}还没有到。", "没有记下。", "请写撤并、重建的那一天。", code="ahead")
        if by is not None and by.point == point.point:
            raise DeskError("不能由它自己接替。", "没有记下。", "请写接替它的另一个登记点。", code="itself")
        with self._db.transaction():
            found = self._free(point, why)
            cases = [row[0] for row in self._db.rows(SAME_CASES, [point.point, by.point])] if by else []
            told = {"on": on.isoformat(), "by": by.point if by else "", "cases": cases}
            self.redo(self._kept(found, RETIRED, why, told))
        return len(cases)

    def take_back(self, point: Point, why: str) -> int:
        """A point is there after all; how many of its cases count at it again. Raises DeskError."""
        with self._db.transaction():
            found = self._free(point, why)
            if point.point not in retired_points(self._db, point.point):
                raise DeskError(f"{point.called}没有撤。", "没有改。", "请看 county status。", code="not_retired")
            return self.redo(self._kept(found, RETURNED, why, {}))

    def _free(self, point: Point, why: str) -> Point:
        """The point, from whom nobody else takes in meanwhile. Raises DeskError."""
        reason_of(why, "依据，例如：县政办〔2026〕8号，并入城关镇")
        found = self._points.find(point.point, lock=True)
        if found is None or found.held:
            raise DeskError("这个登记点等着决定，还不能撤。", "没有改。", "请先用 county epoch 决定。", code="held")
        return found

    def _kept(self, point: Point, what: str, why: str, told: dict[str, Any]) -> dict[str, Any]:
        document = {**self._decisions.document(what, point, 0, one_line(why)), "told": told}
        self._decisions.keep(document)
        return document

    def redo(self, document: dict[str, Any]) -> int:
        """Do what was decided; of how many cases that changed where they count. Inside a transaction."""
        point = self._points.find(str(document["point"]), lock=True)
        if point is None:
            return 0
        told = dict(document.get("told") or {})
        touched = self._mark(point, told) if document["what"] == RETIRED else self._unmark(point)
        self._decisions.note(document, json.dumps(told))
        CaseWriter(
            self._db, point.point, counts_with(calendars_of(point), point.first_day), self._clock.today()
        ).write(touched)
        return len(touched)

    def _mark(self, point: Point, told: dict[str, Any]) -> list[str]:
        """Mark the entries of the cases that count elsewhere; which cases. ``told`` gets the mark."""
        cases: list[str] = told.pop("cases", [])
        told["epoch"] = point.epoch + 1 if cases else point.epoch
        if cases:
            self._db.run(
                "UPDATE events SET superseded = %s WHERE point = %s AND superseded = 0 AND case_id = ANY(%s)",
                [told["epoch"], point.point, cases],
            )
            self._points.keep(point.point, epoch=told["epoch"])
        return cases

    def _unmark(self, point: Point) -> list[str]:
        """Let the marked entries hold again; of which cases."""
        marks = self._marks(point)
        rows = self._db.rows(
            "SELECT DISTINCT case_id FROM events WHERE point = %s AND superseded = ANY(%s)", [point.point, marks]
        )
        if rows:
            self._db.run(
                "UPDATE events SET superseded = 0 WHERE point = %s AND superseded = ANY(%s)", [point.point, marks]
            )
        return [row[0] for row in rows]

    def _marks(self, point: Point) -> list[int]:
        """The marks that were made since the point was last there."""
        found: list[int] = []
        for what, body in self._db.rows(
            "SELECT what, body FROM decisions WHERE point = %s AND what IN ('retired', 'returned') ORDER BY decision",
            [point.point],
        ):
            found = [*found, int(json.loads(body).get("epoch", 0))] if what == RETIRED else []
        return [mark for mark in found if mark]


def retired_points(db: Database, point: str = "") -> dict[str, Retired]:
    """The points that are no more, or the one, by the last word on each."""
    rows = db.rows(
        "SELECT point, what, body FROM decisions WHERE what IN ('retired', 'returned')"
        f"{' AND point = %s' if point else ''} ORDER BY decision",
        [point] if point else [],
    )
    found: dict[str, Retired] = {}
    for point, what, body in rows:
        if what == RETURNED:
            found.pop(point, None)
        else:
            told = json.loads(body)
            found[point] = Retired(date.fromisoformat(told["on"]), told["by"], int(told["epoch"]))
    return found
