"""What is known is filled in: the answer that is repeated, the day a notice arrived, who signs, the third party's address and telephone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from tests.conftest import NOT_HELD, issue, issue_granted, register
from tests.desk.test_letters import typed_as


def test_a_repeated_application_knows_its_answer(desk: Desk, clock: FixedClock) -> None:
    first = issue_granted(desk, received_on="2026-11-02")
    desk.delivery.serve(first.case_id, DeliveryDraft(letter_id=first.id, signed_by="张三"))
    clock.set(date(2026, 11, 24))
    again = register(desk)
    assert desk.reply.first(again.case_id, "repeat") == {
        "earlier_on": "2026-11-20", "earlier_number": first.number, "earlier_result": "released",
    }  # fmt: skip
    stranger = register(desk, applicant="李四", phone="", content="镇政府2025年公务接待费支出明细")
    assert desk.reply.first(stranger.case_id, "repeat")["earlier_number"] == ""


def test_the_newest_answer_of_several_is_meant(desk: Desk) -> None:
    issue_granted(desk, received_on="2026-11-02")
    second = register(desk, received_on="2026-11-03")
    letter = issue(desk, second.case_id, "not_held", NOT_HELD)
    third = register(desk)
    first = desk.reply.first(third.case_id, "repeat")
    assert (first["earlier_number"], first["earlier_result"]) == (letter.number, "not_held")


def test_a_notice_that_arrived_tells_its_day_to_the_letter_that_ends_the_case(desk: Desk, clock: FixedClock) -> None:
    case = register(desk, received_on="2026-11-18")
    typed = typed_as("correction_notice", desk, case.case_id)
    notice = desk.reply.issue(case.case_id, "correction_notice", typed)
    assert desk.reply.first(case.case_id, "correction_lapsed")["arrived_on"] == ""
    draft = DeliveryDraft(letter_id=notice.id, way="registered_mail", proof="XA1", arrived_on="2026-11-23")
    clock.set(date(2026, 11, 24))
    desk.delivery.serve(case.case_id, draft.model_copy(update={"on": "2026-11-20"}))
    known = desk.reply.first(case.case_id, "correction_lapsed")
    assert (known["arrived_on"], known["asked_number"]) == ("2026-11-23", notice.number)


def test_the_third_party_is_known_to_its_envelope_and_to_the_notice(desk: Desk) -> None:
    case = register(desk)
    party = {
        "party": "宏远公司",
        "party_address": "青山县工业路8号",
        "party_phone": "0579-5550199",
        "party_class": "body",
    }
    typed = typed_as("third_party_consultation", desk, case.case_id) | party
    desk.reply.issue(case.case_id, "third_party_consultation", typed)
    notice = desk.reply.first(case.case_id, "third_party_disclosure_notice")
    assert {key: notice[key] for key in party} == party
    envelope = desk.reply.issue_form(case.case_id, "envelope")
    assert "青山县工业路8号" in envelope.text
    assert "宏远公司（收）　电话0579-5550199" in envelope.text


@pytest.mark.parametrize(
    ("changes", "way", "signer"),
    [
        ({}, "in_person", "张三"),
        ({}, "registered_mail", ""),
        ({"applicant_class": "enterprise", "applicant": "宏远公司"}, "in_person", ""),
        (
            {"asked_by": "agent", "agent": "李律师", "authority_paper": "shown", "authority": "代为申请、签收"},
            "in_person",
            "李律师",
        ),
    ],
)
def test_who_signs_as_a_rule(desk: Desk, changes: dict[str, str], way: str, signer: str) -> None:
    letter = issue_granted(desk, **changes)
    assert desk.delivery.usual_signer(desk.lookup.case(letter.case_id), letter.id, way) == signer


def test_a_spoken_application_needs_no_name_of_a_recorder(desk: Desk) -> None:
    desk.upkeep.save_unit(desk.lookup.unit().model_copy(update={"contact": ""}))
    case = register(desk, channel="oral", difficulty="不识字", address="", delivery_form="来领")
    assert "■自行领取" in desk.reply.issue_form(case.case_id, "oral_record").text.replace(" ", "")


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("", []),  # nothing is ticked that nobody said: she puts her finger under it
        ("邮寄", ["邮寄"]),
        ("要纸质的，来领", ["纸面", "自行领取"]),
        ("发电子邮件", ["电子邮件", "电子邮件"]),
        ("刻光盘寄来", ["光盘"]),
        ("不要电子的", []),
    ],
)
def test_the_record_of_what_was_spoken_ticks_what_was_said(desk: Desk, said: str, ticked: list[str]) -> None:
    case = register(desk, channel="oral", difficulty="不识字", delivery_form=said)
    text = desk.reply.issue_form(case.case_id, "oral_record").text.replace(" ", "")
    assert re.findall("■([^\u3000\n■□]+)", text) == ticked


def test_a_company_that_is_written_to_as_a_person_is_asked_about(desk: Desk) -> None:
    case = register(desk)
    typed = typed_as("third_party_consultation", desk, case.case_id) | {
        "party": "宏远建筑公司",
        "party_class": "自然人",
    }
    said = [f.code for f in desk.reply.preview(case.case_id, "third_party_consultation", typed).findings]
    assert "party_class" in said
    right = desk.reply.preview(case.case_id, "third_party_consultation", {**typed, "party_class": "单位"})
    assert "party_class" not in [f.code for f in right.findings]


@pytest.mark.parametrize(("way", "state"), [("in_person", "已送达"), ("registered_mail", "已送出")])
def test_what_was_posted_has_left_and_not_arrived(desk: Desk, way: str, state: str) -> None:
    letter = issue_granted(desk)
    proof = {} if way == "in_person" else {"proof": "XA12345678933"}
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way=way, signed_by="张三", **proof))
    told = desk.lookup.glance(letter.case_id).papers[0].detail
    assert told.endswith(state)
