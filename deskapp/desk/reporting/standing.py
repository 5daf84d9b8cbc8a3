"""How a point stands, as figures without persons: what travels to the county beside the entries of the journal.

Months and years as the point itself counts them, so that the county can compare its own sums with them; visits and slips are in
the months. What is published and owed, the questions, what was done at the point. Newer ones take the place of older ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.desk.reading.duties import Duties
from deskapp.desk.reading.point_log import PointLog
from deskapp.desk.reading.questions import Questions
from deskapp.desk.reading.satisfaction import Satisfaction
from deskapp.desk.reporting.annual import Reporting
from deskapp.desk.reporting.periods import Periods
from deskapp.desk.reporting.tasks import OpenTask

MONTHS_AT_FIRST = 13  # of the first bundle: this month and the year before it
MOST_OWED = 2_000
_WITH_CASES = ("late", "overdue")  # of a month: lists of cases, which the county has itself


@dataclass(frozen=True)
class Standing:
    """One document: its kind, its key (a month, a year), its content ready for JSON."""

    kind: str
    key: str
    body: dict[str, Any]


class Standings:
    """How the point stands, asked of the moments that know it."""

    def __init__(
        self,
        reporting: Reporting,
        periods: Periods,
        satisfaction: Satisfaction,
        questions: Questions,
        duties: Duties,
        log: PointLog,
        entries: Callable[[], int],
        tasks: Callable[[], list[OpenTask]],
    ) -> None:
        self._tasks = tasks
        self._reporting, self._periods, self._satisfaction = reporting, periods, satisfaction
        self._questions, self._duties, self._log, self._entries = questions, duties, log, entries

    def all(self, today: date, since: date | None) -> Iterator[Standing]:
        """Everything that may have changed since a day; ``None``: since long ago."""
        for month in months_from(since, today):
            found = self._periods.report(month).now.as_contract()
            yield Standing("month", month, {k: len(v) if k in _WITH_CASES else v for k, v in found.items()})
        for year in (today.year - 1, today.year):
            yield self._year(year)
            opinion = self._satisfaction.year(year).as_contract()
            yield Standing("satisfaction", str(year), {k: v for k, v in opinion.items() if k != "sentence"})
            done = Counter(note.kind for note in self._log.year(year))
            yield Standing("point_log", str(year), dict(done))
        asked = self._questions.all()
        checked = sum(1 for each in asked if each.of.checked_on and not each.stale)
        yield Standing("questions", "", {"all": len(asked), "checked": checked})
        yield self._owed()
        yield from (
            Standing("answer", each.task.id, each.answer.model_dump(mode="json"))
            for each in self._tasks()
            if each.answer
        )

    def _year(self, year: int) -> Standing:
        report = self._reporting.report(year)
        tables = {
            "table3": [list(row.values) for row in report.table3],
            "table4": report.table4,
            "table_two": self._reporting.table_two(year),
            "frozen": self._reporting.frozen(year) is not None,
            "checks": {check.key: check.ok for check in report.checks},
        }
        return Standing("year", str(year), tables)

    def _owed(self) -> Standing:
        """What should be published and is not, by who owes it."""
        owed = [
            {"item": duty.item.name, "duty": duty.item.duty, "state": duty.state, "due_on": str(duty.due_on or "")}
            for duties in self._duties.owed().values()
            for duty in duties
        ]
        figures = {"entries": self._entries(), "items": self._duties.count, "owed_all": len(owed)}
        return Standing("published", "", {**figures, "owed": owed[:MOST_OWED]})


def months_from(since: date | None, today: date) -> list[str]:
    """The months from the one before ``since`` (or a year ago) to this one, the first first."""
    this = today.year * 12 + today.month - 1
    first = this - MONTHS_AT_FIRST + 1 if since is None else max(since.year * 12 + since.month - 2, this - 120)
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(min(first, this), this + 1)]
