"""The whole of what the clock says of a history, day by day, and its wall: nothing of it moves unseen.

That it is right is shown with published cases, an oracle and by rule elsewhere; whoever changes a rule reads here what else it moved.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.fees import fee_by_items, fee_by_pages
from deskapp.law.wall import Wall, wall
from deskapp.law.workdays import official_calendar
from tests.kept import kept
from tests.law.test_deadline import act

__all__ = ["kept"]
Events = list[dict[str, Any]]
SENT = {"sent_on": "2026-09-04", "arrived_on": "2026-09-07"}
HISTORIES: dict[str, Events] = {
    "plain over a holiday": [act("2026-09-15", "received")],
    "corrected": [
        act("2026-09-01", "received"), act("2026-09-04", "correction_requested", respond_by="2026-09-25", **SENT), act("2026-09-21", "corrected"),
    ],
    "correction not sent": [act("2026-09-01", "received"), act("2026-09-04", "correction_requested", respond_by="2026-09-25", sent_on=None)],
    "correction twice and late": [
        act("2026-09-01", "received"), act("2026-09-11", "correction_requested"), act("2026-09-21", "corrected"),
        act("2026-09-23", "correction_requested"),
    ],
    "correction lapsed": [act("2026-09-01", "received"), act("2026-09-04", "correction_requested", respond_by="2026-09-14", **SENT)],
    "party and agency asked": [
        act("2026-09-01", "received"), act("2026-09-03", "party_consulted", party="甲", arrived_on="2026-09-07"),
        act("2026-09-04", "agency_consulted", agency="乙局", arrived_on="2026-09-04"), act("2026-09-10", "party_answered", party="甲"),
        act("2026-09-14", "agency_answered", agency="乙局"),
    ],
    "party silent": [act("2026-09-01", "received"), act("2026-09-03", "party_consulted", party="甲", arrived_on="2026-09-07")],
    "extended and served": [
        act("2026-09-01", "received"), act("2026-09-28", "extended", working_days=20, **{**SENT, "sent_on": "2026-09-28", "arrived_on": "2026-09-29"}),
        act("2026-10-30", "served", by="registered_mail"),
    ],
    "fee paid": [
        act("2026-09-01", "received"), act("2026-09-07", "fee_noticed", arrived_on="2026-09-08"), act("2026-09-16", "fee_paid"),
    ],
    "fee not paid": [act("2026-09-01", "received"), act("2026-09-07", "fee_noticed", arrived_on="2026-09-08")],
    "reason and deferral": [
        act("2026-09-01", "received"), act("2026-09-07", "reason_requested", arrived_on="2026-09-07"),
        act("2026-09-22", "deferred", until="2026-10-20", arrived_on="2026-09-22"),
    ],
    "withdrawn": [act("2026-09-01", "received"), act("2026-09-09", "withdrawn")],
    "ordered anew": [
        act("2026-03-02", "received"), act("2026-03-20", "served", by="in_person"), act("2026-09-01", "redo_ordered", by="review", working_days=15),
        act("2026-09-10", "extended", working_days=20, arrived_on="2026-09-10"),
    ],
    "ordered anew without days": [act("2026-03-02", "received"), act("2026-04-20", "served", by="online"), act("2026-09-01", "redo_ordered", by="court")],
    "broken by a force of nature": [act("2026-09-01", "received"), act("2026-09-08", "interrupted", until="2026-09-11")],
    "over the end of the known years": [act("2026-12-15", "received")],
    "served late": [act("2026-09-01", "received"), act("2026-10-19", "served", by="courier")],
}  # fmt: skip
DAYS = (date(2026, 9, 9), date(2026, 9, 30), date(2026, 11, 20))


@pytest.mark.parametrize("name", HISTORIES)
def test_all_that_the_clock_says_stays(name: str, kept: Any) -> None:
    told: list[str] = []
    for today in DAYS:
        events = parse_events(
            [each for each in HISTORIES[name] if each["on"] <= today.isoformat()] or HISTORIES[name][:1]
        )
        for first_day in ("next", "same"):
            found = evaluate(events, max(today, events[0].on), None, first_day)
            told += [f"== {max(today, events[0].on)}, counted from the {first_day} day", *_deadline(found)]
        told += _wall(
            wall(evaluate(events, max(today, events[-1].on)), events, max(today, events[-1].on), official_calendar())
        )
    assert "\n".join(told) + "\n" == kept


def _deadline(found: Deadline) -> list[str]:
    said = found.model_dump(mode="json", exclude={"days", "findings"})
    days = [f"{day.date} {day.n} {day.kind}" for day in found.days]
    return [
        *(f"{key}: {value}" for key, value in said.items()),
        *(f"fault {each.model_dump(mode='json')}" for each in found.findings),
        *days,
    ]


def _wall(made: Wall) -> list[str]:
    head = [f"wall from {made.start}, due {made.due_on}, waiting {made.waiting}, guessed {sorted(made.guessed)}"]
    months = made.months()
    head += [f"months {[made.title(month) for month in months]}", f"legend {made.legend(months)}"]
    return head + [
        f"{day.line} | {day.word} {day.kind}{' walked' if day.walked else ''}{' today' if day.today else ''}"
        for day in made.days
    ]


@pytest.mark.parametrize("units", [0, 10, 11, 30, 31, 41, 75])
def test_every_line_of_a_fee_by_items(units: int, kept: Any) -> None:
    assert fee_by_items(units).model_dump_json(indent=1) + "\n" == kept


@pytest.mark.parametrize("units", [30, 31, 100, 101, 200, 201, 5000])
def test_every_line_of_a_fee_by_pages(units: int, kept: Any) -> None:
    assert fee_by_pages(units).model_dump_json(indent=1) + "\n" == kept
