"""What the entries of a point make: its cases with their clocks, disputes, and the sums that the annual tables are read from.

The fold and the clock are the desk's own, with the point's own calendar and its own first day, so that every day is equal to the point's.
No day of a row depends on the day it was written, but for what is waited for; the sums change by the difference of the rows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.county.content import AT_ONCE, ENTRIES
from deskapp.county.database import Database
from deskapp.county.schema import NONE
from deskapp.law.categories import category
from deskapp.law.clock_events import as_stored
from deskapp.law.counting import FirstDay
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.errors import LawError
from deskapp.law.workdays import Calendar
from deskapp.register.case import Case, letters_not_served, outside_answer_waits
from deskapp.register.events import AnyEvent
from deskapp.register.fold import fold
from deskapp.register.records import calendar_of

CASE_COLUMNS = (
    "point", "case_id", "case_no", "received_on", "received_year", "channel", "applicant_class", "category", "report_row", "closed_on",
    "closed_year", "answered_on", "served_on", "archived_on", "void", "status", "is_due", "due_on", "wait_until", "provisional",
    "first_due_on", "first_served_on", "in_time", "working_days", "rounds", "faults", "clock", "events",
)  # fmt: skip
MATTER_COLUMNS = (
    "point", "case_id", "n", "route", "outcome", "result", "opened_on", "counted_from", "answered_on", "decided_on", "answer_by", "dated",
)  # fmt: skip
Row = dict[str, Any]
CHUNK = 5_000  # cases asked for at once


@dataclass(frozen=True)
class CountsWith:
    """What a point counts with: its calendar, whether the day of receipt counts."""

    calendar: Calendar
    first_day: FirstDay


def counts_with(calendars: Sequence[Mapping[str, Any]], first_day: str) -> CountsWith:
    """What a point counts with, from what it says of itself. Raises ValidationError."""
    return CountsWith(calendar_of(calendars), "same" if first_day == "same" else "next")


def row_of(point: str, case: Case, counts: CountsWith, today: date) -> Row:
    """The row of a case."""
    clock, fault = _clock(case, counts, today)
    rounds = clock.rounds if clock else ()
    first = rounds[0] if rounds else None
    served = sorted(event.on for event in case.clock_events if event.act == "served")
    closed = case.counted_on
    return {
        "point": point, "case_id": case.case_id, "case_no": case.case_no, "received_on": case.received.on,
        "received_year": case.received.on.year, "channel": case.received.channel, "applicant_class": case.applicant_class,
        "category": case.category, "report_row": case.row, "closed_on": closed, "closed_year": closed.year if closed else 0,
        "answered_on": case.closed_on, "served_on": case.served.on if case.served else None,
        "archived_on": case.archived.on if case.archived else None, "void": case.void,
        "status": clock.status if clock else "unknown", "is_due": int(clock is not None and not case.void and _runs(case, clock)),
        "due_on": clock.due_on if clock else None, "wait_until": clock.wait_until if clock else None,
        "provisional": clock.provisional if clock else False, "first_due_on": first.due_on if first else None,
        "first_served_on": served[0] if served else None, "in_time": first.in_time if first else None,
        "working_days": counts.calendar.between(case.received.on, served[0]) if served else None,
        "rounds": json.dumps([each.model_dump(mode="json") for each in rounds]) if len(rounds) > 1 else "",
        "faults": ",".join(found.code for found in clock.findings) if clock else fault,
        "clock": f"[{','.join(as_stored(event) for event in case.clock_events)}]", "events": len(case.history),
    }  # fmt: skip


def _clock(case: Case, counts: CountsWith, today: date) -> tuple[Deadline | None, str]:
    """The clock of a case; None and a word for a history that it cannot take."""
    try:
        return evaluate(case.clock_events, today, counts.calendar, counts.first_day, working=False), ""
    except LawError:
        return None, "history"


def _runs(case: Case, clock: Deadline) -> bool:
    """Whether an answer is due on its last day, as the board of the desk sees it."""
    if clock.due_on is None or clock.status not in ("running", "paused"):
        return False
    if case.closed_on is None:
        return True
    unserved = any(True for _ in letters_not_served(case)) or outside_answer_waits(case)
    if not unserved or case.from_ledger:
        return False
    return category(case.category).answers and not case.served and not case.archived


def matters_of(point: str, case: Case) -> list[Row]:
    """The rows of the disputes of a case."""
    return [
        {
            "point": point, "case_id": case.case_id, "n": n, "route": each.route, "outcome": each.outcome, "result": each.result,
            "opened_on": each.on, "counted_from": each.counted_from, "answered_on": each.answered_on, "decided_on": each.decided_on,
            "answer_by": each.answer_by, "dated": each.dated,
        }
        for n, each in enumerate(case.disputes)
    ]  # fmt: skip


class CaseWriter:
    """Writes what became of the cases of one point that were touched; inside a transaction of the caller."""

    def __init__(self, db: Database, point: str, counts: CountsWith, today: date) -> None:
        self._db, self._point, self._counts, self._today = db, point, counts, today

    def write(self, case_ids: Iterable[str], begun: Mapping[str, Sequence[AnyEvent]] | None = None) -> int:
        """Fold these cases once more from the entries that hold, and put their rows, disputes and sums in the place of the old ones; how
        many there are. ``begun`` are the entries of cases of which nothing was there before. Raises ValueError for entries
        that are no case."""
        new, wanted = begun or {}, sorted(set(case_ids))
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            known = [case_id for case_id in part if case_id not in new]
            fresh = [fold(each, new[each]) for each in part if each in new]
            self._replace([*fresh, *self._folded(known)], known)
        return len(wanted)

    def write_anew(self) -> int:
        """Everything of the point from its entries; how many cases there are."""
        for table in ("cases", "matters", "tally", "spans"):
            self._db.run(f"DELETE FROM {table} WHERE point = %s", [self._point])
        rows = self._db.rows("SELECT DISTINCT case_id FROM events WHERE point = %s AND superseded = 0", [self._point])
        return self.write(row[0] for row in rows)

    def _folded(self, case_ids: Sequence[str]) -> Iterable[Case]:
        if not case_ids:
            return ()
        rows = self._db.rows(
            "SELECT case_id, body FROM events WHERE point = %s AND superseded = 0 AND case_id = ANY(%s) ORDER BY case_id, n",
            [self._point, list(case_ids)],
        )
        histories: dict[str, list[AnyEvent]] = {}
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            events = ENTRIES.validate_json(f"[{','.join(body for _, body in part)}]")
            for (case_id, _), event in zip(part, events, strict=True):
                histories.setdefault(case_id, []).append(event)
        return (fold(case_id, events) for case_id, events in histories.items())

    def _replace(self, cases: Sequence[Case], known: Sequence[str]) -> None:
        rows = [row_of(self._point, case, self._counts, self._today) for case in cases]
        matters = [row for case in cases for row in matters_of(self._point, case)]
        before = self._before(known)
        if known:
            for table in ("cases", "matters"):
                self._db.run(
                    f"DELETE FROM {table} WHERE point = %s AND case_id = ANY(%s)", [self._point, list(known)]
                )
        self._db.fill("cases", CASE_COLUMNS, ([row[name] for name in CASE_COLUMNS] for row in rows))
        if matters:
            self._db.fill("matters", MATTER_COLUMNS, ([row[name] for name in MATTER_COLUMNS] for row in matters))
        self._count(before, rows)

    def _before(self, case_ids: Sequence[str]) -> list[Row]:
        names = ("received_year", "closed_year", "report_row", "applicant_class", "void", "closed_on", "working_days")
        if not case_ids:
            return []
        rows = self._db.rows(
            f"SELECT {', '.join(names)} FROM cases WHERE point = %s AND case_id = ANY(%s)",
            [self._point, list(case_ids)],
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _count(self, before: Sequence[Row], now: Sequence[Row]) -> None:
        """Change the sums by what is other than before."""
        for table, keys, key_of in (
            ("tally", ("received_year", "closed_year", "report_row", "applicant_class"), _tally_key),
            ("spans", ("closed_month", "working_days"), _span_key),
        ):
            changes: Counter[tuple[Any, ...]] = Counter()
            for sign, rows in ((1, now), (-1, before)):
                for row in rows:
                    if (key := key_of(row)) is not None:
                        changes[key] += sign
            self._change(table, keys, {key: by for key, by in changes.items() if by})

    def _change(self, table: str, keys: Sequence[str], changes: dict[tuple[Any, ...], int]) -> None:
        if not changes:
            return
        where = " AND ".join(f"{name} = %s" for name in keys)
        known = {
            tuple(row)
            for row in self._db.rows(f"SELECT {', '.join(keys)} FROM {table} WHERE point = %s", [self._point])
        }
        self._db.run_each(
            f"UPDATE {table} SET cases = cases + %s WHERE point = %s AND {where}",
            [(by, self._point, *key) for key, by in changes.items() if key in known],
        )
        self._db.fill(
            table,
            ("point", *keys, "cases"),
            [(self._point, *key, by) for key, by in changes.items() if key not in known],
        )


def _tally_key(row: Row) -> tuple[Any, ...] | None:
    if row["void"]:
        return None
    return row["received_year"], row["closed_year"], row["report_row"] or NONE, row["applicant_class"]


def _span_key(row: Row) -> tuple[Any, ...] | None:
    if row["void"] or row["working_days"] is None or not row["closed_on"]:
        return None
    return row["closed_on"].year * 100 + row["closed_on"].month, row["working_days"]
