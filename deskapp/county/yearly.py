"""A year of the county: the annual tables of the whole and of each point, and how years and tables are added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from deskapp.law.annual_report import CountedCase, FilledRow, fill_table3
from deskapp.law.errors import LawError
from deskapp.law.report_checks import Report
from deskapp.law.table_two import Cells


@dataclass(frozen=True)
class CountyReport:
    """The year of the whole county, and of each of its points by identity."""

    whole: Report
    points: dict[str, Report]
    differing: tuple[str, ...] = ()

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp county report --json``."""
        tables = {point: [row.model_dump(mode="json") for row in made.table3] for point, made in self.points.items()}
        checks = {point: [check.as_contract() for check in made.checks] for point, made in self.points.items()}
        return {
            **self.whole.as_contract(),
            "points": tables,
            "point_checks": checks,
            "differing": list(self.differing),
        }

    @property
    def failed(self) -> dict[str, str]:
        """The points of which a check of the tables does not hold, and which."""
        found = {
            at: next((check.name for check in made.checks if not check.ok), "") for at, made in self.points.items()
        }
        return {at: name for at, name in found.items() if name}


def added_up(tables: Iterable[Mapping[str, Sequence[object]]]) -> Cells:
    """Tables two added up, as far as numbers were typed in them."""
    sums: dict[str, list[Decimal]] = {}
    for table in tables:
        for key, values in table.items():
            row = sums.setdefault(key, [Decimal(0)] * len(values))
            for n, value in enumerate(values[: len(row)]):
                row[n] += _number(value)
    return {key: tuple(f"{value:f}" if value else "" for value in row) for key, row in sums.items()}


def _number(text: object) -> Decimal:
    """A number of a few digits as it was typed; nothing for anything else, however large it calls itself."""
    typed = str(text).strip()
    return Decimal(typed) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", typed) else Decimal(0)


def last_year(year: int, cases: list[CountedCase]) -> list[FilledRow] | None:
    """The lines of the year before, for what it carried over; None for one before there was a format."""
    try:
        return fill_table3(year - 1, cases)
    except LawError:
        return None
