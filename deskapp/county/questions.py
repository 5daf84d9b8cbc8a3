"""What the county asks of its database: every question a method, every answer frozen and typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from deskapp.county.database import Database
from deskapp.county.points import told_apart
from deskapp.county.schema import NONE
from deskapp.law.annual_report import CountedCase, Dispute
from deskapp.law.clock_events import ClockEvent, parse_events
from deskapp.law.period_figures import Worked
from deskapp.law.spans import DaySpan
from deskapp.register import events as ev
from deskapp.register.case import counting
from deskapp.register.events import EVENT


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose answer is due: where, its number, its last day, how many days that is past (negative: still to come)."""

    point: str
    point_name: str
    case_no: str
    received_on: date
    due_on: date
    days: int
    provisional: bool

    def as_contract(self) -> dict[str, Any]:
        """The keys of a row of ``deskapp county overdue --json``."""
        return {
            "point": self.point, "name": self.point_name, "case_no": self.case_no, "received_on": self.received_on.isoformat(),
            "due_on": self.due_on.isoformat(), "days": self.days, "provisional": self.provisional,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A review or suit that is not decided: where, about which case, since when, how many days; the last day its notice names."""

    point: str
    case_no: str
    route: str
    opened_on: date
    days: int
    answer_by: date | None
    answered: bool


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case that was worked on in a span: what the figures need of it, and its clock's events."""

    point: str
    case_id: str
    known: Worked
    events: list[ClockEvent]


@dataclass(frozen=True, slots=True)
class StandingDoc:
    """A document that a point sent of itself, and when it was made."""

    point: str
    kind: str
    key: str
    body: dict[str, Any]
    made_at: str


class CountyQuestions:
    """The questions over one database, as of a day."""

    def __init__(self, db: Database, today: date) -> None:
        self._db, self._today = db, today

    # -- days --------------------------------------------------------------------------------------------------

    @cached_property
    def _same_named(self) -> dict[str, str]:
        """What points that have one name are called."""
        rows = self._db.rows(
            "SELECT point, point_name, site_code FROM points WHERE point_name IN"
            " (SELECT point_name FROM points GROUP BY point_name HAVING count(*) > 1)"
        )
        return {str(point): told_apart(point, name, code) for point, name, code in rows}

    def overdue(self, point: str = "") -> list[DueCase]:
        """The cases whose last day is past, the longest first."""
        return self._due("due_on < %s", [self._today], point)

    def due_by(self, last: date, point: str = "") -> list[DueCase]:
        """The cases whose last day is today or comes up to a day."""
        return self._due("due_on >= %s AND due_on <= %s", [self._today, last], point)

    def _due(self, where: str, values: Sequence[object], point: str) -> list[DueCase]:
        of_point = " AND cases.point = %s" if point else ""
        rows = self._db.rows(
            "SELECT cases.point, point_name, case_no, received_on, due_on, provisional FROM cases JOIN points ON points.point = cases.point"
            f" WHERE is_due = 1 AND {where}{of_point} ORDER BY due_on, point_name, case_no",
            [*values, *([point] if point else [])],
        )
        return [
            DueCase(at, self._same_named.get(at) or name, no, received, due, (self._today - due).days, provisional)
            for at, name, no, received, due, provisional in rows
        ]

    def overdue_counts(self) -> dict[str, int]:
        """How many cases are overdue, by point."""
        return dict(
            self._db.rows(
                "SELECT point, count(*) FROM cases WHERE is_due = 1 AND due_on < %s GROUP BY point", [self._today]
            )
        )

    def open_counts(self) -> dict[str, tuple[int, int]]:
        """How many cases there are by point, and how many of them have no answer yet."""
        rows = self._db.rows(
            "SELECT point, count(*), sum(CASE WHEN answered_on IS NULL THEN 1 ELSE 0 END) FROM cases WHERE NOT void GROUP BY point"
        )
        return {point: (int(every), int(still_open)) for point, every, still_open in rows}

    def open_disputes(self, point: str = "") -> list[OpenDispute]:
        """Reviews and suits that are not decided, the oldest first."""
        of_point = " AND matters.point = %s" if point else ""
        rows = self._db.rows(
            "SELECT matters.point, case_no, route, counted_from, answer_by, matters.answered_on FROM matters JOIN cases ON cases.point = matters.point"
            f" AND cases.case_id = matters.case_id WHERE decided_on IS NULL AND dated AND NOT void{of_point} ORDER BY counted_from",
            [point] if point else [],
        )
        return [
            OpenDispute(at, case_no, route, since, (self._today - since).days, by, answered is not None)
            for at, case_no, route, since, by, answered in rows
        ]

    def late_answers(self, point: str, year: int) -> list[str]:
        """The cases of a point that were closed in a year and whose first answer was late."""
        rows = self._db.rows(
            "SELECT case_no FROM cases WHERE point = %s AND closed_year = %s AND NOT void AND in_time = false ORDER BY case_no",
            [point, year],
        )
        return [row[0] for row in rows]

    def corrected(self, point: str, year: int) -> list[str]:
        """The cases of a point whose answer was corrected by a review or a court in a year."""
        rows = self._db.rows(
            "SELECT case_no FROM matters JOIN cases ON cases.point = matters.point AND cases.case_id = matters.case_id WHERE matters.point = %s"
            " AND outcome = 'corrected' AND NOT void AND coalesce(decided_on, opened_on) >= %s AND coalesce(decided_on, opened_on) <= %s"
            " ORDER BY case_no",
            [point, date(year, 1, 1), date(year, 12, 31)],
        )
        return [row[0] for row in rows]

    # -- numbers -----------------------------------------------------------------------------------------------

    def counted(self, point: str = "") -> dict[str, list[CountedCase]]:
        """The cases as the annual table counts them, by point; of their days only the year is right."""
        rows = self._db.rows(
            "SELECT point, received_year, closed_year, report_row, applicant_class, cases FROM tally WHERE cases > 0"
            + (" AND point = %s" if point else ""),
            [point] if point else [],
        )
        return _by_point(rows)

    def counted_together(self) -> list[CountedCase]:
        """The same of all points together."""
        rows = self._db.rows(
            "SELECT '', received_year, closed_year, report_row, applicant_class, sum(cases) FROM tally"
            " GROUP BY received_year, closed_year, report_row, applicant_class HAVING sum(cases) > 0"
        )
        return _by_point(rows).get("", [])

    def disputes(self, point: str = "") -> dict[str, list[Dispute]]:
        """Every review and suit as the annual table counts them, by point."""
        rows = self._db.rows(
            "SELECT matters.point, route, outcome, opened_on, decided_on FROM matters JOIN cases ON cases.point = matters.point"
            " AND cases.case_id = matters.case_id WHERE NOT void" + (" AND matters.point = %s" if point else ""),
            [point] if point else [],
        )
        found: dict[str, list[Dispute]] = {}
        for at, route, outcome, opened, decided in rows:
            found.setdefault(at, []).append(Dispute(on=opened, route=route, outcome=outcome, decided_on=decided))
        return found

    def worked_on(self, first: date, last: date, point: str = "") -> list[WorkedCase]:
        """The cases that were received by the last day of a span and not closed before its first."""
        rows = self._db.rows(
            "SELECT point, case_id, case_no, channel, applicant_class, received_on, report_row, closed_on, clock FROM cases WHERE NOT void"
            " AND received_on <= %s AND (closed_on IS NULL OR closed_on >= %s OR answered_on IS NULL OR answered_on >= %s)"
            + (" AND point = %s" if point else ""),
            [last, first, first, *([point] if point else [])],
        )
        return [
            WorkedCase(
                at, case_id, Worked(no, channel, of, received, row or "", closed), parse_events(json.loads(clock))
            )
            for at, case_id, no, channel, of, received, row, closed, clock in rows
        ]

    def fees(self, span: DaySpan, point: str, case_ids: Sequence[str]) -> tuple[int, int]:
        """What was asked for in fee notices of a span, in fen, and how many fees were paid, of these cases of a point."""
        if not case_ids:
            return 0, 0
        rows = self._db.rows(
            "SELECT case_id, body FROM events WHERE point = %s AND superseded = 0 AND case_id = ANY(%s) ORDER BY case_id, n",
            [point, list(case_ids)],
        )
        asked = paid = 0
        for _, group in groupby(rows, key=lambda row: row[0]):
            for _, event in counting([EVENT.validate_json(body) for _, body in group]):
                if span.first <= event.on <= span.last:
                    asked += event.fee_fen if isinstance(event, ev.FeeNoticed) else 0
                    paid += isinstance(event, ev.FeePaid)
        return asked, paid

    def standings(self, kind: str, key: str = "", point: str = "") -> list[StandingDoc]:
        """What the points sent of themselves, of one kind (and key)."""
        where, values = "kind = %s", [kind]
        for name, value in (("standing_key", key), ("point", point)):
            if value:
                where, values = f"{where} AND {name} = %s", [*values, value]
        rows = self._db.rows(
            f"SELECT point, kind, standing_key, body, made_at FROM standings WHERE {where} ORDER BY point, standing_key",
            values,
        )
        return [StandingDoc(at, of, key_, json.loads(body), made) for at, of, key_, body, made in rows]

    def cases(self, point: str, first: date, last: date, limit: int = 500) -> list[tuple[Any, ...]]:
        """Cases of a point received in a span: number, day of receipt, status, last day, day of closing, row, whether in time."""
        return self._db.rows(
            "SELECT case_no, received_on, status, due_on, closed_on, report_row, in_time FROM cases WHERE point = %s AND NOT void"
            " AND received_on >= %s AND received_on <= %s ORDER BY received_on DESC, case_no DESC LIMIT %s",
            [point, first, last, limit],
        )

    def months(self, year: int, point: str = "") -> list[tuple[int, int]]:
        """How many applications were received and how many closed in each month of a year, of all points or of one."""
        counts = [[0, 0] for _ in range(12)]
        first, last = date(year, 1, 1), date(year, 12, 31)
        of_point = " AND point = %s" if point else ""
        for place, day in enumerate(("received_on", "closed_on")):
            rows = self._db.rows(
                f"SELECT extract(month FROM {day}), count(*) FROM cases WHERE NOT void AND {day} >= %s AND {day} <= %s"
                f" AND NOT (closed_on IS NOT NULL AND report_row IS NULL AND closed_year = received_year){of_point} GROUP BY 1",
                [first, last, *([point] if point else [])],
            )
            for month, count in rows:
                counts[int(month) - 1][place] = count
        return [(received, closed) for received, closed in counts]

    def median_days(self, span: DaySpan) -> dict[str, int]:
        """Half of the cases of a point that were closed in the months of a span were answered within so many working days after receipt."""
        months = [day.year * 100 + day.month for day in (span.first, span.last)]
        rows = self._db.rows(
            "SELECT point, working_days, sum(cases) FROM spans WHERE cases > 0 AND closed_month >= %s AND closed_month <= %s"
            " GROUP BY point, working_days ORDER BY point, working_days",
            months,
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for point, days, count in rows:
            found.setdefault(point, []).append((days, int(count)))
        return {point: _median(counts) for point, counts in found.items()}


def _median(counts: Sequence[tuple[int, int]]) -> int:
    """The lower median of values with their counts, sorted."""
    half, seen = (sum(count for _, count in counts) + 1) // 2, 0
    for value, count in counts:
        seen += count
        if seen >= half:
            return value
    return 0


def _by_point(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[CountedCase]]:
    found: dict[str, list[CountedCase]] = {}
    for point, received, closed, row, applicant_class, count in rows:
        found.setdefault(point, []).append(
            CountedCase(
                applicant_class=applicant_class, received_on=date(received, 1, 1), row=None if row == NONE else row,
                closed_on=date(closed, 1, 1) if closed else None, count=int(count),
            )
        )  # fmt: skip
    return found
