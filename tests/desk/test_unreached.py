"""What nobody received began no period; what was asked for may come another way; several third parties are several (条例 15, 30, 32, 35)."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from letters.document import Finding
from tests.conftest import GRANTED, issue, register
from tests.desk.test_letters import typed_as
from tests.desk.test_premises import LATER, codes, noticed


def sent_back(desk: Desk, clock: FixedClock, case_id: str, kind: str) -> str:
    """The notice of a case is posted, and comes back through nobody's fault; its id."""
    letter = next(each for each in desk.lookup.case(case_id).letters if each.kind == kind)
    clock.set(date(2026, 10, 15))
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.letter_id, way="registered_mail", proof="XA1"))
    clock.set(date(2026, 10, 20))
    desk.acts.note(case_id, act_draft("returned", letter_id=letter.number, why="查无此人"))
    return letter.letter_id


@pytest.mark.parametrize(
    ("kind", "notice"),
    [("correction_lapsed", "correction_notice"), ("fee_lapsed", "fee_notice"), ("abusive", "reason_request")],
)
def test_a_notice_that_came_back_makes_nobody_late(desk: Desk, clock: FixedClock, kind: str, notice: str) -> None:
    case_id = noticed(desk, clock, kind, sent=False)
    letter_id = sent_back(desk, clock, case_id, notice)
    clock.set(LATER)
    assert codes(desk, case_id, kind) == {"premise_returned": True}
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter_id, signed_by="张三"))
    assert "premise_returned" not in codes(desk, case_id, kind)


def test_a_third_party_whose_letter_came_back_was_not_silent(desk: Desk, clock: FixedClock) -> None:
    case_id = register(desk, received_on="2026-10-12").case_id
    clock.set(date(2026, 10, 13))
    desk.reply.issue(
        case_id,
        "third_party_consultation",
        {**typed_as("third_party_consultation", desk, case_id), "party": "甲公司"},
    )
    sent_back(desk, clock, case_id, "third_party_consultation")
    clock.set(LATER)
    with pytest.raises(DeskError, match="退回来了") as refused:
        desk.acts.note(case_id, act_draft("party_answered", party="甲公司", position="silent"))
    assert refused.value.field == "position"
    assert (
        desk.acts.note(case_id, act_draft("party_answered", party="甲公司", position="unreachable")).history[-1].act
        == "party_answered"
    )


@pytest.mark.parametrize(
    "act",
    [
        {"act": "agent_named", "name": "刘律师", "authority": "代为申请", "paper": "授权委托书"},
        {"act": "amended", "field": "content", "value": "柳河镇2025年流转台账", "why": "申请人补正"},
    ],
)
def test_what_was_asked_for_may_come_in_another_act(desk: Desk, clock: FixedClock, act: dict[str, str]) -> None:
    case_id = noticed(desk, clock, "correction_lapsed")
    clock.set(date(2026, 10, 21))
    values = {
        key: value
        for key, value in act.items()
        if key in {"act", *(f.key for f in desk.acts.fields(desk.lookup.case(case_id), act["act"]))}
    }
    after = desk.acts.note(case_id, act_draft(**values))
    assert "记【收到补正】" in desk.acts.aside(after)
    clock.set(LATER)
    assert codes(desk, case_id, "correction_lapsed") == {"premise_perhaps": False}
    desk.acts.note(case_id, act_draft("corrected", on="2026-10-21"))
    assert codes(desk, case_id, "correction_lapsed") == {"premise_undone": True}


def parties(desk: Desk, clock: FixedClock, **positions: str) -> str:
    """A case of which several third parties were asked, with what each said; an empty word where nothing came yet."""
    case_id = register(desk, received_on="2026-10-12").case_id
    for name in positions:
        desk.acts.note(case_id, act_draft("party_consulted", party=name, on="2026-10-13"))
    clock.set(date(2026, 11, 10))
    for name, position in positions.items():
        if position:
            desk.acts.note(
                case_id, act_draft("party_answered", party=name, position=position, reason="价格", on="2026-11-09")
            )
    return case_id


def of_parties(desk: Desk, case_id: str, kind: str, **changes: str) -> dict[str, Finding]:
    typed = {**typed_as(kind, desk, case_id), **changes}
    return {
        each.code: each
        for each in desk.reply.preview(case_id, kind, typed).findings
        if each.code.startswith("party_")
    }


def test_one_opinion_is_not_that_of_all(desk: Desk, clock: FixedClock) -> None:
    case_id = parties(desk, clock, 甲公司="agreed", 乙公司="silent", 丙公司="unreachable")
    found = of_parties(desk, case_id, "third_party", party_position="silent")
    assert "甲公司同意公开" in found["party_position"].what
    assert "丙公司无法联系" in found["party_position"].what
    assert "【甲公司】同意公开" in found["party_agreed"].what


def test_one_of_whom_nothing_came_is_named(desk: Desk, clock: FixedClock) -> None:
    case_id = parties(desk, clock, 甲公司="refused", 乙公司="")
    assert (
        "乙公司还没有答复的记录"
        in of_parties(desk, case_id, "third_party", party_position="refused")["party_position"].what
    )


def test_where_all_said_the_same_nothing_is_said(desk: Desk, clock: FixedClock) -> None:
    case_id = parties(desk, clock, 甲公司="refused", 乙公司="refused")
    assert of_parties(desk, case_id, "third_party", party_position="refused") == {}


def test_each_that_refused_is_told_before_it_is_given_out(desk: Desk, clock: FixedClock) -> None:
    case_id = parties(desk, clock, 甲公司="refused", 乙公司="refused")
    told = {**typed_as("third_party_disclosure_notice", desk, case_id), "party": "甲公司", "release_on": "2026-12-20"}
    letter = desk.reply.issue(case_id, "third_party_disclosure_notice", told)
    found = of_parties(desk, case_id, "granted")
    assert "【乙公司】" in found["party_untold"].what
    assert "party_not_reached" in found
    desk.delivery.serve(
        case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="王五", relation="收发室")
    )
    assert "2026-12-20" in of_parties(desk, case_id, "granted")["party_release_early"].what


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("annulled", "repeat_undone"), ("annulled_only", "repeat_undone"), ("declared_void", "repeat_undone"), ("changed", "repeat_undone"),
        ("declared_illegal", "repeat_disputed"), ("", "repeat_disputed"), ("upheld", ""),
    ],
)  # fmt: skip
def test_what_was_set_aside_repeats_nothing(desk: Desk, clock: FixedClock, result: str, code: str) -> None:
    letter = issue(desk, register(desk).case_id, "granted", GRANTED)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="张三"))
    desk.acts.note(letter.case_id, act_draft("disputed", route="review"))
    if result:
        desk.acts.note(letter.case_id, act_draft("dispute_decided", route="review", result=result))
    again = register(desk).case_id
    draft = desk.reply.draft(again, "repeat")
    assert bool(draft.get("earlier_number")) is (code != "repeat_undone")
    typed = {
        **typed_as("repeat", desk, again),
        "earlier_number": letter.number,
        "earlier_on": "2026-11-20",
        "earlier_result": "released",
    }
    found = {
        each.code: each.blocking
        for each in desk.reply.preview(again, "repeat", typed).findings
        if each.code.startswith("repeat_")
    }
    assert found == ({code: code == "repeat_undone"} if code else {})


@pytest.mark.parametrize(
    ("first", "first_class", "other", "said"),
    [
        ("青山县旧厂有限公司", "enterprise", "王五", "像是个人"),
        ("张三", "natural_person", "青山县旧厂有限公司", "像是单位"),
    ],
)
def test_the_class_of_the_next_applicant_is_asked_about(
    desk: Desk, first: str, first_class: str, other: str, said: str
) -> None:
    case = register(
        desk,
        applicant=first,
        applicant_class=first_class,
        asked_by="joint",
        others=f"{other}｜｜13905550188｜桥头村15号",
        representatives=first,
    )
    after = desk.acts.note(case.case_id, act_draft("one_withdrew", name=first))
    assert said in desk.acts.aside(after)
    found = desk.reply.preview(case.case_id, "granted", typed_as("granted", desk, case.case_id)).findings
    assert [said in each.what for each in found if each.code == "applicant_class"] == [True]


def test_reasons_that_were_given_are_not_passed_over(desk: Desk, clock: FixedClock) -> None:
    case_id = noticed(desk, clock, "abusive")
    clock.set(date(2026, 10, 20))
    desk.acts.note(case_id, act_draft("reason_given", reason="维权", reasonable="no"))
    clock.set(LATER)
    assert desk.reply.draft(case_id, "abusive")["given_reason"] == "维权"
    typed = {**typed_as("abusive", desk, case_id), "given_reason": "", "covered": "LH-2026-0099"}
    found = {
        each.field: each.blocking
        for each in desk.reply.preview(case_id, "abusive", typed).findings
        if each.code == "not_as_noted"
    }
    assert found["given_reason"] is True
    assert found["covered"] is False
