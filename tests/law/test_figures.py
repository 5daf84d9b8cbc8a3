"""What a span comes to, case by case: what is received, closed, late or overdue in it, and its page with the year before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deskapp.law.annual_report import Dispute
from deskapp.law.clock_events import parse_events
from deskapp.law.period_figures import PeriodFigures, Worked, figures_of, lines_of
from deskapp.law.spans import span_of
from deskapp.law.workdays import official_calendar
from deskapp.law.worked import worked_of
from tests.kept import kept
from tests.law.test_deadline import act

__all__ = ["kept"]
MARCH = span_of("2026-03")


def case(no: str, received: str, closed: str = "", **more: Any) -> Worked:
    known = {"channel": "in_person", "applicant_class": "natural_person", "row": "granted" if closed else ""} | more
    return Worked(
        no,
        received_on=date.fromisoformat(received),
        closed_on=date.fromisoformat(closed) if closed else None,
        **known,
    )


CASES = [
    case("1", "2026-03-02", "2026-03-20", in_time=True, working_days=14, due_on=date(2026, 3, 30), served_on=date(2026, 3, 20)),
    case("2", "2026-02-10", "2026-03-31", in_time=False, working_days=25, due_on=date(2026, 3, 16), served_on=date(2026, 3, 31), row="not_held",
         channel="post", applicant_class="enterprise", acts=(("extended", date(2026, 3, 3)), ("served", date(2026, 3, 31)))),
    case("3", "2026-02-02", due_on=date(2026, 3, 10)),  # overdue at the end
    case("4", "2026-03-03", due_on=date(2026, 3, 31)),  # its last day is the last of the span
    case("5", "2026-03-31", "2026-04-02", in_time=True, working_days=2, acts=(("correction_requested", date(2026, 4, 1)),)),
    case("6", "2026-03-05", "2026-03-06", row=""),  # closed without a row in its year: in no table
    case("7", "2026-04-01"),  # after the span
    case("8", "2026-01-05", "2026-02-28"),  # over before it
    case("9", "2026-03-09", "2026-03-12", in_time=True, working_days=3, row="state_secret", acts=(("fee_noticed", date(2026, 3, 10)),)),
    case("10", "2026-03-09", "2026-03-13", in_time=None, row="petition"),
]  # fmt: skip
DISPUTES = [
    Dispute(on=date(2026, 3, 5), route="review", outcome="pending"),
    Dispute(on=date(2026, 1, 5), route="review", outcome="upheld", decided_on=date(2026, 3, 6)),
    Dispute(on=date(2026, 3, 31), route="suit_direct", outcome="corrected", decided_on=date(2026, 4, 1)),
    Dispute(on=date(2026, 3, 1), route="review", outcome="upheld", decided_on=date(2026, 3, 31)),
]


def march(**more: Any) -> PeriodFigures:
    return figures_of(MARCH, CASES, DISPUTES, **more)


def test_each_case_counts_where_it_belongs() -> None:
    made = march()
    assert (made.received, made.carried_in, made.closed, made.carried_out) == (5, 2, 4, 3)
    assert (made.judged, made.in_time, made.timed, made.working_days) == (3, 2, 3, 14.0)
    assert {key: n for key, n in made.channels.items() if n} == {"in_person": 5}
    assert {key: n for key, n in made.groups.items() if n} == {
        "granted": 1,
        "refused": 1,
        "unable": 1,
        "not_processed": 1,
    }
    assert {key: n for key, n in made.acts.items() if n} == {"extended": 1, "fee_noticed": 1}
    assert [(each.case_no, each.due_on, each.served_on) for each in made.late] == [
        ("2", date(2026, 3, 16), date(2026, 3, 31))
    ]
    assert [(each.case_no, each.due_on, each.served_on) for each in made.overdue] == [("3", date(2026, 3, 10), None)]
    assert made.began == {"review": 2, "suit_direct": 1, "suit_after_review": 0}
    assert made.decided == {"review:upheld": 2}
    assert (made.closed_share, made.in_time_share) == (0.5714, 0.6667)


def test_what_is_due_after_the_day_it_is_looked_at_is_not_overdue() -> None:
    assert [each.case_no for each in march(until=date(2026, 3, 10)).overdue] == []
    assert [each.case_no for each in march(until=date(2026, 3, 11)).overdue] == ["3"]
    assert [each.case_no for each in figures_of(span_of("2026-04"), CASES, []).overdue] == ["3", "4"]


def test_a_mean_has_two_places() -> None:
    cases = [
        case(str(n), "2026-03-02", "2026-03-20", in_time=True, working_days=days) for n, days in enumerate((1, 1, 2))
    ]
    assert figures_of(MARCH, cases, []).working_days == 1.33


def test_a_span_without_cases_has_no_shares() -> None:
    empty = figures_of(MARCH, [], [])
    assert (empty.closed_share, empty.in_time_share, empty.working_days) == (None, None, None)


def test_the_page_with_the_year_before(kept: Any) -> None:
    now, before = march(), figures_of(MARCH, CASES[:3], DISPUTES[1:])
    now.fee_notices_fen, now.fees_paid, before.fee_notices_fen = 30000, 1, 10000
    told = [" | ".join(line) for was in (before, None) for line in lines_of(now, was)]
    assert "\n".join(told) + "\n" == kept


def test_the_document_of_a_span(kept: Any) -> None:
    assert "\n".join(f"{key}: {value}" for key, value in march().as_contract().items()) + "\n" == kept


@pytest.mark.parametrize(
    ("events", "until", "due", "in_time", "served", "days"),
    [
        ([act("2026-03-02", "received"), act("2026-03-20", "served", by="in_person")], "2026-03-31", "2026-03-30", True, "2026-03-20", 14),
        ([act("2026-03-02", "received"), act("2026-03-31", "served", by="in_person")], "2026-03-31", "2026-03-30", False, "2026-03-31", 21),
        ([act("2026-03-02", "received"), act("2026-04-02", "served", by="in_person")], "2026-03-31", "2026-03-30", None, None, None),
        (
            [act("2026-03-02", "received"), act("2026-03-20", "served", by="in_person"), act("2026-04-01", "redo_ordered", by="court"),
             act("2026-05-30", "served", by="in_person")], "2026-12-31", "2026-03-30", True, "2026-03-20", 14,
        ),
    ],
)  # fmt: skip
def test_a_case_as_it_stood_at_the_end_of_a_span(
    events: list[dict[str, Any]], until: str, due: str, in_time: bool | None, served: str | None, days: int | None
) -> None:
    """The first answer counts, whatever followed; what comes after the span is not known in it."""
    known = case("1", "2026-03-02")
    found = worked_of(known, parse_events(events), date.fromisoformat(until), official_calendar(), "next")
    assert found.due_on == date.fromisoformat(due)
    assert found.in_time is in_time
    assert found.served_on == (date.fromisoformat(served) if served else None)
    assert found.working_days == days
    assert [each for each, _ in found.acts] == [each["act"] for each in events]
