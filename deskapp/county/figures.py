"""What a month, a quarter or a year comes to for the county and for each point: the same figures as the point's own monthly page.

Applications are counted from the entries; visits and slips are added up from what the points said of their months. A month that a point
has not sent is named, never taken as nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.county.points import Point, Points, calendars_of
from deskapp.county.questions import CountyQuestions, WorkedCase
from deskapp.county.writing import counts_with
from deskapp.errors import DeskError
from deskapp.law.annual_report import Dispute
from deskapp.law.errors import LawError
from deskapp.law.period_figures import PeriodFigures, figures_of
from deskapp.law.spans import DaySpan, span_of
from deskapp.law.worked import worked_of


@dataclass(frozen=True)
class CountyFigures:
    """The figures of a span together and by point; ``missing`` are the points of which a month of the day book is wanting."""

    whole: PeriodFigures
    points: dict[str, PeriodFigures]
    missing: tuple[str, ...]

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp county figures --json``."""
        points = {at: made.as_contract() for at, made in self.points.items()}
        return {**self.whole.as_contract(), "points": points, "missing": list(self.missing)}


class Figures:
    """The figures over one database, as of a day."""

    def __init__(self, questions: CountyQuestions, points: Points, today: date) -> None:
        self._questions, self._points, self._today = questions, points, today

    def of(self, asked: str, point: str = "") -> CountyFigures:
        """The figures of the span that a text names, of all or of one. Raises DeskError for no span, or one that has not begun."""
        try:
            span = span_of(asked)
        except LawError as error:
            raise DeskError.of(error) from error
        if span.first > self._today:
            raise DeskError(f"{span.name}还没有到。", "", "请换一段时间。")
        wanted = [each for each in self._points.all() if point in ("", each.point)]
        cases = self._questions.worked_on(span.first, span.last, point)
        disputes = self._questions.disputes(point)
        own: dict[str, list[WorkedCase]] = {}
        for case in cases:
            own.setdefault(case.point, []).append(case)
        said: dict[str, dict[str, Any]] = {}
        for doc in self._questions.standings("month", point=point):
            said.setdefault(doc.point, {})[doc.key] = doc.body
        made, missing = {}, []
        for each in wanted:
            made[each.point] = self._of_point(span, each, own.get(each.point, []), disputes.get(each.point, []))
            if not self._add_days(made[each.point], span, said.get(each.point, {})):
                missing.append(each.point)
        return CountyFigures(together(span, list(made.values())), made, tuple(missing))

    def _of_point(
        self, span: DaySpan, point: Point, cases: Sequence[WorkedCase], disputes: Sequence[Dispute]
    ) -> PeriodFigures:
        counts = counts_with(calendars_of(point), point.first_day)
        until = min(span.last, self._today)
        worked = (worked_of(case.known, case.events, until, counts.calendar, counts.first_day) for case in cases)
        made = figures_of(span, worked, disputes, until)
        with_fees = [case.case_id for case in cases if any(e.act.startswith("fee_") for e in case.events)]
        made.fee_notices_fen, made.fees_paid = self._questions.fees(span, point.point, with_fees)
        return made

    def _add_days(self, made: PeriodFigures, span: DaySpan, said: dict[str, Any]) -> bool:
        """Add what the point said of the months of a span, by month; whether it said it of all that have begun."""
        months = months_of(span, self._today)
        visits: Counter[str] = Counter()
        for month in months:
            body = said.get(month, {})
            visits.update(body.get("visits", {}))
            made.slips += body.get("slips", 0)
            made.satisfied += body.get("satisfied", 0)
        made.visits = dict(visits)
        return all(month in said for month in months)


def months_of(span: DaySpan, today: date) -> list[str]:
    """The months of a span that have begun."""
    last = min(span.last, today)
    first, end = span.first.year * 12 + span.first.month - 1, last.year * 12 + last.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, end + 1)]


def together(span: DaySpan, parts: Sequence[PeriodFigures]) -> PeriodFigures:
    """Several points' figures of one span added up; the mean of days by the answers they are of."""
    whole = PeriodFigures(span)
    for name in (
        "received",
        "carried_in",
        "closed",
        "carried_out",
        "judged",
        "in_time",
        "timed",
        "fee_notices_fen",
        "fees_paid",
        "slips",
        "satisfied",
    ):
        setattr(whole, name, sum(getattr(part, name) for part in parts))
    for name in ("channels", "classes", "groups", "acts", "began", "decided", "visits"):
        sums: Counter[str] = Counter()
        for part in parts:
            sums.update(getattr(part, name))
        setattr(whole, name, {**dict.fromkeys((key for part in parts for key in getattr(part, name)), 0), **sums})
    whole.late = [late for part in parts for late in part.late]
    whole.overdue = [late for part in parts for late in part.overdue]
    days = sum((part.working_days or 0) * part.timed for part in parts)
    whole.working_days = round(days / whole.timed, 2) if whole.timed else None
    return whole
