"""Decisions of people about a point: each is kept as a file, in the order in which it counted, and noted in the database."""

from __future__ import annotations

from typing import Any

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import CountyHome
from deskapp.county.points import Point
from deskapp.errors import DeskError
from deskapp.parsing import one_line


def reason_of(why: str, example: str) -> str:
    """The reason in one line. Raises DeskError without one; ``example`` shows what it may be."""
    reason = one_line(why)
    if not reason:
        raise DeskError("没有写为什么。", "没有改。", f"请写明{example}。", code="why")
    return reason


class PointDecisions:
    """Those of one county."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock) -> None:
        self._db, self._home, self._clock = db, home, clock

    def document(self, what: str, point: Point, since: int | None, why: str) -> dict[str, Any]:
        """A decision as a file: with what had been taken before, so that all of it can be done again in the same order."""
        rows = self._db.rows(
            "SELECT digest FROM bundles WHERE point = %s AND verdict IN ('taken', 'again') ORDER BY offered_at, after_seq",
            [point.point],
        )
        return {
            "what": what, "point": point.point, "from": since, "why": why, "at": self._clock.now().isoformat(),
            "taken": [row[0] for row in rows],
        }  # fmt: skip

    def keep(self, document: dict[str, Any]) -> None:
        """Write the file, under the next number."""
        self._home.keep_decision(self._next(), document)

    def note(self, document: dict[str, Any], body: str) -> None:
        """Note in the database what was decided, and what a later look at it needs to know. Inside a transaction."""
        self._db.run(
            "INSERT INTO decisions (decision, decided_at, point, what, why, body) VALUES (%s, %s, %s, %s, %s, %s)",
            [self._next(), document["at"], document["point"], document["what"], document["why"], body],
        )

    def _next(self) -> int:
        return 1 + int(self._db.value("SELECT coalesce(max(decision), 0) FROM decisions"))
