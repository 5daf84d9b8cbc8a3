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
from deskapp.register.act import YES
from tests.conftest import GRANTED, give_opinions, issue, make_desk, register
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
        groups = self.on(day).work.board().groups
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


def test_a_day_that_is_known_after_the_paper_was_split_is_asked_for_in_each_item(town: Town) -> None:
    case = register(town.on("2026-09-16"), received_on="2026-09-16")
    typed = typed_as("third_party_consultation", town.on("2026-09-17"), case.case_id)
    letter = town.desk.reply.issue(case.case_id, "third_party_consultation", typed)
    town.desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    first, second = town.on("2026-09-18").intake.split(case.case_id, ["预算", "决算"])
    arrived = act_draft("arrived", letter_id=letter.number)
    said = town.desk.acts.aside(town.on("2026-09-28").acts.note(first.case_id, arrived))
    assert f"{second.case_no}没有随着改" in said
    assert (town.due(first.case_id), town.due(second.case_id)) == (date(2026, 11, 19), date(2026, 11, 10))
    item = town.desk.lookup.case(second.case_id)
    choices = town.desk.acts.fields(item, "struck")[0].offered(item)
    place = next(key for key, label in choices if "征求" in label)
    town.note("2026-09-28", second.case_id, "struck", n=place, why="补记收到日期")
    asked = {"party": "甲公司", "arrived_on": "2026-09-28"}
    town.note("2026-09-28", second.case_id, "party_consulted", on="2026-09-17", **asked)
    assert town.due(second.case_id) == date(2026, 11, 19)
    assert not town.desk.acts.aside(town.desk.lookup.case(second.case_id))


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


# -- what a town recounted without any history left out showed ---------------------------------------------------


def letter_of(town: Town, case_id: str, day: str, kind: str) -> str:
    """A letter with its example's facts, issued on a day."""
    desk = town.on(day)
    give_opinions(desk, case_id, kind)
    return desk.reply.issue(case_id, kind, typed_as(kind, desk, case_id)).id


def send(town: Town, case_id: str, day: str, letter_id: str, way: str = "in_person") -> None:
    proof = {"proof": "XA1"} if way == "registered_mail" else {"signed_by": "张三"}
    town.on(day).delivery.serve(case_id, DeliveryDraft(letter_id=letter_id, way=way, relation="同住的配偶", **proof))


def test_a_registration_is_amended_after_an_arrival_was_noted(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    send(town, case_id, "2026-03-04", letter_of(town, case_id, "2026-03-04", "granted"), "registered_mail")
    town.note("2026-03-09", case_id, "arrived")
    town.note("2026-03-10", case_id, "amended", field="phone", value="13905550199", why="写错")
    assert town.desk.lookup.case(case_id).phone == "13905550199"


def test_whoever_replies_was_asked_though_nobody_noted_the_sending(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    notice = letter_of(town, case_id, "2026-03-04", "correction_notice")
    town.note("2026-03-10", case_id, "corrected")
    assert town.due(case_id) == date(2026, 4, 8)
    send(town, case_id, "2026-03-12", notice)
    assert town.due(case_id) == date(2026, 4, 8)
    other = register(town.on("2026-03-02")).case_id
    letter_of(town, other, "2026-03-03", "third_party_consultation")
    town.note("2026-03-06", other, "party_answered", party="青山县宏远建筑工程有限公司", position="agreed")
    town.note("2026-03-09", other, "extended", working_days="5", approved_by="王")
    assert town.due(other) == date(2026, 4, 7)


def test_what_comes_back_by_our_fault_after_the_reply_stays_asked(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    notice = letter_of(town, case_id, "2026-03-04", "correction_notice")
    send(town, case_id, "2026-03-04", notice, "registered_mail")
    number = town.desk.lookup.case(case_id).letters[-1].number
    town.note("2026-03-10", case_id, "corrected")
    town.note("2026-03-11", case_id, "returned", letter_id=number, our_fault="yes")
    assert town.due(case_id) == date(2026, 4, 8)


def test_an_answer_of_the_day_of_its_order_belongs_to_the_new_round(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    send(town, case_id, "2026-03-04", letter_of(town, case_id, "2026-03-04", "granted"))
    town.note("2026-03-09", case_id, "redo_ordered", ordered_by="self", why="答错了种类")
    send(town, case_id, "2026-03-09", letter_of(town, case_id, "2026-03-09", "not_held"))
    deadline = town.desk.lookup.deadline(town.desk.lookup.case(case_id))
    assert [(item.due_on, item.in_time) for item in deadline.rounds] == [
        (date(2026, 3, 30), True), (date(2026, 4, 7), True),
    ]  # fmt: skip


def test_a_withdrawal_and_an_extension_of_the_day_of_an_order_count(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    send(town, case_id, "2026-03-04", letter_of(town, case_id, "2026-03-04", "granted"))
    town.note("2026-04-20", case_id, "redo_ordered", ordered_by="review", number="复1号")
    town.note("2026-04-20", case_id, "extended", working_days="5", approved_by="王")
    assert town.due(case_id) == date(2026, 5, 27)
    town.note("2026-04-20", case_id, "withdrawn")
    assert town.due(case_id) is None


def test_a_paper_is_not_divided_while_a_notice_waits_nor_after_an_order(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    notice = letter_of(town, case_id, "2026-03-24", "extension_notice")
    with pytest.raises(DeskError, match="还有告知书没有送出"):
        town.note("2026-03-24", case_id, "split", items="甲\n乙")
    send(town, case_id, "2026-03-25", notice)
    cases = town.desk.intake.split(case_id, ["甲", "乙"])
    assert len({town.due(case.case_id) for case in cases}) == 1
    send(town, case_id, "2026-03-26", letter_of(town, case_id, "2026-03-26", "granted"))
    town.note("2026-04-20", case_id, "redo_ordered", ordered_by="review", number="复1号")
    with pytest.raises(DeskError):
        town.note("2026-04-21", case_id, "split", items="丙\n丁")


def test_a_notice_that_goes_out_again_works_from_its_first_sending(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    notice = letter_of(town, case_id, "2026-03-24", "extension_notice")
    send(town, case_id, "2026-03-24", notice, "registered_mail")
    due = town.due(case_id)
    number = town.desk.lookup.case(case_id).letters[-1].number
    town.note("2026-04-03", case_id, "returned", letter_id=number)
    send(town, case_id, "2026-04-07", notice)
    assert town.due(case_id) == due == date(2026, 4, 28)


def test_a_question_after_the_answer_moves_no_round_that_is_over(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    asked = letter_of(town, case_id, "2026-03-03", "third_party_consultation")
    send(town, case_id, "2026-03-10", letter_of(town, case_id, "2026-03-10", "granted"))
    send(town, case_id, "2026-03-12", asked)
    assert town.due(case_id) == date(2026, 3, 30)


def test_a_deferral_works_from_the_day_it_was_sent(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    desk = town.on("2026-03-24")
    desk.acts.note(case_id, act_draft("reason_given", on="2026-03-20", reason="写论文", reasonable=YES))
    desk.reply.issue(case_id, "deferral_notice", {
        **typed_as("deferral_notice", desk, case_id), "given_on": "2026-03-20", "asked_on": "2026-03-10", "until": "2026-05-20",
    })  # fmt: skip
    assert town.due(case_id) == date(2026, 3, 30)
    send(town, case_id, "2026-03-25", town.desk.lookup.case(case_id).letters[-1].letter_id)
    assert town.due(case_id) == date(2026, 5, 20)


@pytest.mark.parametrize("act", ["closed", "answered"])
def test_a_case_closed_as_withdrawn_has_no_last_day(town: Town, act: str) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    why = {"why": "口头撤回"} if act == "closed" else {}
    town.note("2026-03-05", case_id, act, category="withdrawn", **why)
    deadline = town.desk.lookup.deadline(town.desk.lookup.case(case_id))
    assert (deadline.status, deadline.due_on) == ("withdrawn", None)


def test_a_question_dated_before_an_order_is_refused(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    send(town, case_id, "2026-03-04", letter_of(town, case_id, "2026-03-04", "granted"))
    town.note("2026-04-20", case_id, "redo_ordered", ordered_by="review", number="复1号")
    with pytest.raises(DeskError, match="原来的一轮已经结束"):
        town.note("2026-04-21", case_id, "extended", working_days="5", approved_by="王", on="2026-04-17")


def test_a_day_of_receipt_that_is_still_to_come_is_refused(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    with pytest.raises(DeskError, match="还没有到"):
        town.note("2026-03-02", case_id, "amended", field="received_on", value="2026-03-05", why="误")


def test_what_was_struck_out_says_so_in_the_list(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    town.note("2026-03-03", case_id, "talked", who="张三", what="没有人接")
    town.note("2026-03-03", case_id, "struck", n="1", why="打给了别人")
    assert [name for _, name, _ in town.desk.lookup.entries(case_id)] == [
        "收到申请",
        "与申请人联系（已划去）",
        "划去误记",
    ]


def test_an_order_is_not_older_than_the_answer_that_it_sets_aside(town: Town) -> None:
    case_id = register(town.on("2026-03-02")).case_id
    town.note("2026-03-10", case_id, "answered", category="granted", number="1号")
    town.note("2026-03-12", case_id, "disputed", route="review")
    with pytest.raises(DeskError, match="早于答复的2026-03-10"):
        town.note("2026-03-12", case_id, "redo_ordered", ordered_by="review", number="复1号", on="2026-03-09")
