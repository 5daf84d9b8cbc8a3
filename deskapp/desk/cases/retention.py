"""How long the file of a case is kept: proposed by what became of it; the period runs from the first day of the year after the closing."""

from __future__ import annotations

from deskapp.law.case_file import Retention, proposed_retention
from deskapp.register.case import Case


def retention_of(case: Case) -> Retention:
    """The period that is proposed (保管期限). Raises LawError for a day without rules."""
    return proposed_retention(bool(case.disputes), case.closed_on or case.received.on)


def kept_until(case: Case) -> int | None:
    """The last year in which the file is kept; None for one that is kept for ever."""
    years = retention_of(case).years
    return (case.closed_on or case.received.on).year + years if years else None
