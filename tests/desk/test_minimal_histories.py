"""The shortest histories that whole simulated years found wrong, each with its right value. Dates are literals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.intake import SEVERAL
from deskapp.errors import DeskError
from tests.conftest import GRANTED, issue, make_desk, register
from tests.desk.test_letters import typed_as


class Town:
    """A desk whose day is set before each act."""

    def __init__(self, home: Path) -> None:
        self.clock = FixedClock(date(2026, 1, 5))
        self.desk = make_desk(home, self.clock)

    def on(self, day: str) -> Desk:
        self.clock.set(date.fromisoformat(day))
        return self.desk

    def note(self, day: str, case_id: str, act: str, **values: str) -> None:
        self.on(day).acts.note(case_id, act_draft(act, **values))

    def group(self, day: str, case_no: str) -> str:
        groups = self.on(day).lookup.board().groups
        return next((key for key, rows in groups.items() if case_no in [row.case_no for row in rows]), "")

    def due(self, case_id: str) -> date | None:
        return self.desk.lookup.deadline(self.desk.lookup.case(case_id)).due_on


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path / "town")


def test_two_amendments_of_the_day_of_receipt_cannot_leave_a_case_in_no_year(town: Town) -> None:
    case = register(town.on("2026-01-05"), received_on="2026-01-05")
    town.note("2026-01-05", case.case_id, "amended", field="received_on", value="2025-12-20", why="误")
    town.note("2026-01-05", case.case_id, "answered", category="granted", number="1号", on="2025-12-30")
    with pytest.raises(DeskError, match="会对不上"):
        town.note("2026-01-05", case.case_id, "amended", field="received_on", value="2026-01-05", why="误")
    assert town.desk.reporting.cell(2025, "granted", "total") == [case.case_no]


def test_an_outcome_without_a_row_that_was_carried_over_is_carried_in_and_counted(town: Town) -> None:
    case = register(town.on("2025-12-20"), received_on="2025-12-20")
    assert town.on("2026-01-05").reporting.cell(2025, "carried_out", "total") == [case.case_no]
    town.note("2026-01-12", case.case_id, "answered", category="record_correction", number="1号")
    cells = {
        key: len(town.desk.reporting.cell(2026, key, "total")) for key in ("carried_in", "new", "other", "total")
    }
    assert cells == {"carried_in": 1, "new": 0, "other": 1, "total": 1}
    assert all(check.ok for check in town.desk.reporting.report(2026).checks)


def test_the_months_count_what_the_table_counts(town: Town) -> None:
    case = register(town.on("2026-02-02"), received_on="2026-02-02")
    register(town.desk, received_on="2026-02-02")
    town.note("2026-02-10", case.case_id, "answered", category="record_correction", number="1号")
    assert town.desk.reporting.months(2026)[1] == (1, 0)


def test_items_of_a_split_keep_the_clock(town: Town) -> None:
    case = register(town.on("2026-03-03"), received_on="2026-03-03")
    notice = town.on("2026-03-05").reply.issue(
        case.case_id, "correction_notice", typed_as("correction_notice", town.desk, case.case_id)
    )
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=notice.id, signed_by="张三"))
    town.note("2026-03-18", case.case_id, "corrected")
    items = town.desk.intake.split(case.case_id, ["预算", "决算"])
    assert [town.due(item.case_id) for item in items] == [date(2026, 4, 16), date(2026, 4, 16)]


def test_a_consultation_letter_that_was_signed_for_runs_from_that_day(town: Town) -> None:
    case = register(town.on("2026-09-16"), received_on="2026-09-16")
    typed = typed_as("third_party_consultation", town.on("2026-09-17"), case.case_id)
    letter = town.desk.reply.issue(case.case_id, "third_party_consultation", typed)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    assert town.due(case.case_id) == date(2026, 11, 10)
    town.note("2026-09-28", case.case_id, "arrived", letter_id=letter.number)
    assert town.due(case.case_id) == date(2026, 11, 19)


@pytest.mark.parametrize(("whose", "in_time"), [("", True), ("yes", False)])
def test_what_came_back_by_the_offices_own_fault_counts_from_the_second_sending(
    town: Town, whose: str, in_time: bool
) -> None:
    case = register(town.on("2026-03-02"), received_on="2026-03-02")
    letter = issue(town.on("2026-03-30"), case.case_id, "granted", GRANTED)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    town.note("2026-04-10", case.case_id, "returned", our_fault=whose, why="查无此人")
    verdict = town.on("2026-04-13").delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert verdict.in_time is in_time
    assert ("第一次送出的2026-03-30" in verdict.sentence) is in_time


def test_the_true_day_of_receipt_is_taken_whatever_follows(town: Town) -> None:
    case = register(town.on("2026-07-08"), received_on="2026-07-08")
    notice = town.on("2026-08-04").reply.issue(
        case.case_id, "extension_notice", typed_as("extension_notice", town.desk, case.case_id)
    )
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=notice.id, signed_by="张三"))
    letter = issue(town.on("2026-08-20"), case.case_id, "granted", GRANTED)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    town.note("2026-08-25", case.case_id, "amended", field="received_on", value="2026-07-03", why="信封上的日戳")
    state = town.desk.lookup.deadline(town.desk.lookup.case(case.case_id))
    assert (state.due_on, state.in_time, [f.code for f in state.findings]) == (
        date(2026, 7, 31),
        False,
        ["extension_late"],
    )


def test_an_extension_on_the_last_day_is_lawful(town: Town) -> None:
    case = register(town.on("2026-03-03"), received_on="2026-03-03")
    typed = typed_as("extension_notice", town.on("2026-03-31"), case.case_id)
    letter = town.desk.reply.issue(case.case_id, "extension_notice", typed)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert town.due(case.case_id) == date(2026, 4, 29)


def test_what_came_back_after_archiving_is_on_the_board_again(town: Town) -> None:
    case = register(town.on("2026-03-02"), received_on="2026-03-02")
    letter = issue(town.on("2026-03-05"), case.case_id, "granted", GRANTED)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    town.on("2026-03-09").delivery.archive(case.case_id)
    assert town.group("2026-03-10", case.case_no) == ""
    town.note("2026-03-20", case.case_id, "returned", why="查无此人")
    assert town.group("2026-03-20", case.case_no) == "to_serve"


def test_an_outside_answer_that_came_back_waits_for_delivery(town: Town) -> None:
    case = register(town.on("2026-03-02"), received_on="2026-03-02")
    town.note("2026-03-05", case.case_id, "answered", category="granted", number="1号")
    draft = DeliveryDraft(way="registered_mail", proof="XA1")
    town.desk.delivery.serve(case.case_id, draft)
    assert town.group("2026-03-06", case.case_no) == "to_archive"
    town.note("2026-03-12", case.case_id, "returned", why="查无此人")
    assert town.group("2026-03-12", case.case_no) == "to_serve"


@pytest.mark.parametrize("category", ["granted", "withdrawn"])
def test_what_was_closed_without_a_letter_has_nothing_to_deliver(town: Town, category: str) -> None:
    case = register(town.on("2026-03-02"), received_on="2026-03-02")
    town.note("2026-03-05", case.case_id, "closed", category=category, why="当场给了")
    assert town.group("2026-03-06", case.case_no) == "to_archive"
    assert town.group("2026-05-06", case.case_no) == "to_archive"


def test_an_outside_answer_without_delivery_becomes_overdue(town: Town) -> None:
    case = register(town.on("2026-03-03"), received_on="2026-03-03")
    town.note("2026-03-05", case.case_id, "answered", category="granted", number="1号")
    days = ("2026-03-06", "2026-03-31", "2026-04-20")
    assert [town.group(day, case.case_no) for day in days] == ["to_serve", "due_today", "overdue"]


def test_an_answer_that_waits_for_delivery_does_not_wait_for_a_third_party(town: Town) -> None:
    case = register(town.on("2026-03-03"), received_on="2026-03-03")
    town.note("2026-03-05", case.case_id, "party_consulted", party="甲公司")
    issue(town.on("2026-03-16"), case.case_id, "granted", GRANTED)
    assert town.group("2026-03-16", case.case_no) == "to_serve"


@pytest.mark.parametrize(
    ("day", "group"), [("2026-03-13", "correction_window"), ("2026-03-14", "others"), ("2026-03-15", "others")]
)
def test_after_the_seventh_day_the_window_is_closed_also_on_days_of_rest(town: Town, day: str, group: str) -> None:
    case = register(town.on("2026-03-04"), received_on="2026-03-04")
    assert town.group(day, case.case_no) == group


def test_an_amended_day_before_an_act_of_the_clock_is_refused_in_words(town: Town) -> None:
    case = register(town.on("2026-03-02"), received_on="2026-03-02", several=SEVERAL, content="预算\n决算")
    town.note("2026-03-04", case.case_id, "party_consulted", party="甲公司")
    with pytest.raises(DeskError, match="没有记下"):
        town.note("2026-03-09", case.case_id, "amended", field="received_on", value="2026-03-06", why="误")
