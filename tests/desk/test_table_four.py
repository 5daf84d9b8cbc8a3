"""The cases behind each number of table four."""

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from deskapp.law.annual_report import ROUTES, outcome_names
from tests.desk.test_disputes import disputed


def test_each_number_of_table_four_is_as_many_cases(desk: Desk, clock: FixedClock) -> None:
    first = disputed(desk, clock)
    desk.acts.note(first, act_draft("dispute_decided", route="review", result="annulled", reference="1号"))
    clock.set(date(2026, 11, 20))
    second = disputed(desk, clock)
    table = desk.reporting.report(2026).table4
    cells = {(route, key): desk.reporting.cell(2026, route, key) for route in ROUTES for key in outcome_names()}
    assert {place: len(numbers) for place, numbers in cells.items()} == {
        (route, key): table[route][key] for route in ROUTES for key in outcome_names()
    }
    by_id = {case_id: desk.lookup.case(case_id).case_no for case_id in (first, second)}
    assert cells["review", "corrected"] == [by_id[first]]
    assert cells["review", "pending"] == [by_id[second]]
    assert cells["review", "total"] == sorted(by_id.values())
    assert desk.reporting.cell(2026, "review", outcome_names()["corrected"]) == [by_id[first]]


def test_a_column_that_table_four_lacks_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="表四没有【自然人】这一列"):
        desk.reporting.cell(2026, "review", "自然人")
