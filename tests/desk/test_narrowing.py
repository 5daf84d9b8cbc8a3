"""What a search may be narrowed to: how long is left of a case, on both sides of each bound, and who works on it."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.narrowing import LEFTS, Left, Sought, choosable
from deskapp.desk.office.staff import ColleagueDraft
from deskapp.register import events as ev
from deskapp.register.journal import Journal
from tests.conftest import DAY, issue, issue_granted, register

WANTING = {"points": "请写明年份", "guidance": "可以查目录", "ground": "没有写明年份"}


def found(desk: Desk, left: Left = "", handler: str = "", words: str = "") -> list[str]:
    return [row.applicant for row in desk.lookup.search(words, 50, Sought(left=left, handler=handler))]


@pytest.mark.parametrize(
    ("received", "left"),
    [
        ("2026-10-22", "overdue"),
        ("2026-10-23", "today"),
        ("2026-10-26", "within_three"),
        ("2026-10-28", "within_three"),
        ("2026-10-29", "within_seven"),
        ("2026-11-03", "within_seven"),
        ("2026-11-04", "later"),
        ("2026-11-20", "later"),
    ],
)
def test_each_bound_of_what_remains(desk: Desk, received: str, left: Left) -> None:
    case = register(desk, received_on=received)
    days = desk.lookup.deadline(case).working_days_left
    assert found(desk, left) == ["张三"], f"{days} days are left"
    assert all(found(desk, other) == [] for other in LEFTS if other != left)


def test_what_waits_for_the_applicant_has_no_day_and_what_went_out_is_not_listed(desk: Desk) -> None:
    asked = register(desk, applicant="要补正的")
    letter = issue(
        desk, asked.case_id, "correction_notice", {**desk.reply.draft(asked.case_id, "correction_notice"), **WANTING}
    )
    desk.delivery.serve(
        asked.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", on=DAY.isoformat(), signed_by="要补正的")
    )
    answer = issue_granted(desk, applicant="答复了没送的", received_on="2026-10-22")
    assert found(desk, "stopped") == ["要补正的"]
    assert found(desk, "overdue") == ["答复了没送的"], "an answer that lies here has not gone out"
    case = desk.lookup.case_by_no(desk.lookup.search("没送的")[0].case_no)
    desk.delivery.serve(
        case.case_id,
        DeliveryDraft(letter_id=answer.id, way="in_person", on=DAY.isoformat(), signed_by="答复了没送的"),
    )
    assert found(desk, "overdue") == []


def test_what_remains_follows_the_register_and_the_day(desk: Desk, clock: FixedClock) -> None:
    register(desk, applicant="甲", received_on="2026-10-23")
    assert found(desk, "today") == ["甲"]
    register(desk, applicant="乙", received_on="2026-10-23")
    assert found(desk, "today") == ["乙", "甲"]
    assert found(desk, "today", words="乙") == ["乙"]
    desk.acts.note(desk.lookup.search("甲")[0].case_id, act_draft("withdrawn"))
    assert found(desk, "today") == ["乙"]
    clock.set(date(2026, 11, 23))
    assert (found(desk, "today"), found(desk, "overdue")) == ([], ["乙"])


def test_who_works_on_a_case_is_who_noted_the_last_act_of_it(desk: Desk) -> None:
    for name in ("周小雨", "李晓梅"):
        desk.staff.enter(ColleagueDraft(name=name))
    desk.seat.take(desk.staff.named("周小雨").key)
    case = register(desk, applicant="甲")
    register(desk, applicant="乙")
    assert found(desk, handler="周小雨") == ["乙", "甲"]
    desk.seat.take(desk.staff.named("李晓梅").key)
    letter = desk.reply.issue(case.case_id, "receipt", desk.reply.draft(case.case_id, "receipt"))
    assert (found(desk, handler="周小雨"), found(desk, handler="李晓梅")) == (["乙"], ["甲"])
    assert "经办 李晓梅" in desk.lookup.glance(case.case_id).came
    desk.seat.take(desk.staff.named("周小雨").key)
    Journal(desk._store, desk.clock).append(
        case.case_id,
        [ev.Printed(on=DAY, by="周小雨", letter_id=letter.id, printer="甲", job="1", outcome="printed")],
    )
    assert found(desk, handler="李晓梅") == ["甲"], "a print is nobody's work on it"
    listed = {name: [(one.name, one.n) for one in values] for name, values in choosable(desk.lookup.kept(), Sought())}
    assert sorted(listed["谁办"]) == [("周小雨", 1), ("李晓梅", 1)]
    assert not [note for note in desk.upkeep.check() if note.fault]


@pytest.mark.parametrize("typed", ["0001", "1", "LH-2026-0001", "lh20260001"])
def test_a_cases_own_number_comes_before_the_telephones_that_hold_it(desk: Desk, typed: str) -> None:
    meant = register(desk, applicant="张三")
    register(desk, applicant="李四", phone="13905550001")
    assert desk.lookup.search(typed)[0].case_no == meant.case_no
