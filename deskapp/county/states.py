"""Every point as it stands: when it was heard of, what is open and late there, what waits to be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from deskapp.county.database import Database
from deskapp.county.forgetting import erased_counts
from deskapp.county.points import Point, Points
from deskapp.county.questions import CountyQuestions
from deskapp.county.retiring import retired_points
from deskapp.parsing import moment_of
from deskapp.register.facts import SIGN

SILENT = 7  # days without a bundle after which a point is called silent
SOON = 7  # days ahead that count as due soon
DUE_SOON = f"{SOON}天内到期"


@dataclass(frozen=True)
class PointState:
    """A point as it stands: when it was heard of last and how many days ago, up to which entry, what waits; whether two of its cases have
    one number; of how many cases the persons were erased; what is wrong with the clock of its machine (``clock_ahead``, ``clock_back``); what
    another point is called that has the same cases; since when it is no more (None: it is there)."""

    point: Point
    days_silent: int | None
    cases: int
    open_cases: int
    overdue: int
    due_soon: int
    disputes: int
    waiting: int
    gap: tuple[int, int] | None
    same_number: bool = False
    erased: int = 0
    clock: str = ""
    twin: str = ""
    retired: date | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing came for a week, or ever, though it should."""
        return self.retired is None and self._unheard

    @property
    def in_part(self) -> bool:
        """Whether more may have happened there than is counted: nothing came for a week, entries are wanting, or two journals wait for a
        decision. Of one that is no more everything is known."""
        return self.retired is None and (self._unheard or self.gap is not None or self.point.held)

    @property
    def need(self) -> tuple[bool, bool, int, bool]:
        """By which points are put in order, the most urgent first, before their names: those that are no more come last."""
        return self.retired is not None, not self.point.held, -self.overdue, not self.silent

    @property
    def _unheard(self) -> bool:
        return self.days_silent is None or self.days_silent >= SILENT

    def as_contract(self) -> dict[str, Any]:
        """The keys of a point of ``deskapp county status --json``."""
        of = self.point
        return {
            "point": of.point, "name": of.name, "site_code": of.site_code, "kind": of.kind, "practice": of.practice, "seq": of.seq,
            "epoch": of.epoch, "standing": of.standing, "fork_at": of.fork_at, "heard_at": of.heard_at or None,
            "days_silent": self.days_silent, "silent": self.silent, "cases": self.cases, "open": self.open_cases, "overdue": self.overdue,
            "due_soon": self.due_soon, "disputes": self.disputes, "waiting_bundles": self.waiting, "gap": list(self.gap) if self.gap else None,
            "same_number": self.same_number, "erased": self.erased, "clock": self.clock or None, "twin": self.twin or None,
            "retired": self.retired.isoformat() if self.retired else None,
        }  # fmt: skip


class OfPoint(Protocol):
    """Anything that belongs to a point."""

    @property
    def point(self) -> str:
        """The identity of the point."""


def states_of(db: Database, points: Points, asked: CountyQuestions, today: date) -> list[PointState]:
    """Every point as it stands on a day, by name."""
    overdue, soon = asked.overdue_counts(), _counts(asked.due_by(today + timedelta(days=SOON)))
    disputes = _counts(asked.open_disputes())
    cases = asked.open_counts()
    rows = db.rows(
        "SELECT point, count(*), min(after_seq) FROM bundles WHERE verdict IN ('early', 'held', 'fork') GROUP BY point"
    )
    waiting = {row[0]: (int(row[1]), row[2]) for row in rows}
    twice = same_numbers(db)
    erased, found, clocks = erased_counts(db), [], clock_doubts(db)
    pairs, gone, names = twins(db), retired_points(db), {each.point: each.called for each in points.all()}
    for point in points.all():
        kept, after = waiting.get(point.point, (0, None))
        gap = (point.seq + 1, after) if after is not None and after > point.seq and not point.held else None
        every, open_cases = cases.get(point.point, (0, 0))
        late = overdue.get(point.point, 0), soon.get(point.point, 0), disputes.get(point.point, 0)
        found.append(
            PointState(
                point, _silent(point, today), every, open_cases, *late, kept, gap, point.point in twice, erased.get(point.point, 0),
                clocks.get(point.point, ""), names.get(pairs.get(point.point, ""), ""),
                gone[point.point].on if point.point in gone else None,
            )
        )  # fmt: skip
    return found


def same_numbers(db: Database, point: str = "") -> dict[str, list[str]]:
    """The numbers that two cases of a point have, by point; a case that was registered by mistake is none. Only points are looked at of which
    that was noticed when a bundle was taken in."""
    rows = db.rows(
        "SELECT point, case_no FROM cases WHERE point IN (SELECT point FROM bundles WHERE why = 'same_number') AND NOT void"
        f"{' AND point = %s' if point else ''} GROUP BY point, case_no HAVING count(*) > 1 ORDER BY point, case_no",
        [point] if point else [],
    )
    found: dict[str, list[str]] = {}
    for at, number in rows:
        if SIGN not in number:
            found.setdefault(at, []).append(number)
    return found


def clock_doubts(db: Database, point: str = "") -> dict[str, str]:
    """What the newest entries of a point say of the clock of its machine, by point; nothing where it is right again."""
    rows = db.rows(
        "SELECT point, why FROM bundles b WHERE verdict = 'taken' AND why IN ('clock_ahead', 'clock_back') AND offered_at ="
        " (SELECT max(offered_at) FROM bundles o WHERE o.point = b.point AND o.verdict = 'taken' AND o.events > 0)"
        f"{' AND point = %s' if point else ''} ORDER BY end_seq",
        [point] if point else [],
    )
    return dict(rows)


def twins(db: Database) -> dict[str, str]:
    """Points that have cases of the same number and day as another of the same code: a register that was begun anew or lives twice, whose
    cases count twice; each with the other."""
    codes = "SELECT site_code FROM points GROUP BY site_code HAVING count(*) > 1"
    same = [row[0] for row in db.rows(f"SELECT point FROM points WHERE site_code IN ({codes})")]
    if not same:
        return {}
    rows = db.rows(
        "SELECT DISTINCT a.point, b.point FROM cases a JOIN cases b ON b.case_no = a.case_no AND b.received_on = a.received_on"
        " AND b.channel = a.channel AND b.point <> a.point WHERE NOT a.void AND NOT b.void AND a.point = ANY(%s) AND b.point = ANY(%s)",
        [same, same],
    )
    return dict(rows)


CLOCKS = {"clock_ahead": "电脑的日期晚了，请它校正", "clock_back": "电脑的日期倒退过，请它核对"}
"""What is said of the clock of a point's machine."""


def _silent(point: Point, today: date) -> int | None:
    heard = moment_of(point.heard_at)
    return max(0, (today - heard.date()).days) if heard else None


def _counts(found: Sequence[OfPoint]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in found:
        counts[each.point] = counts.get(each.point, 0) + 1
    return counts
