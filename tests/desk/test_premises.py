"""What an answer rests on: a notice that was sent, its period over, nothing that came of it (条例 30, 32, 35; 信息处理费管理办法 6)."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register.act import NO, YES
from letters.document import Finding
from tests.conftest import register
from tests.desk.test_letters import typed_as

FIRST, LATER = date(2026, 10, 13), date(2026, 11, 20)
NOTICES = {"correction_lapsed": "correction_notice", "fee_lapsed": "fee_notice", "abusive": "reason_request"}


def noticed(desk: Desk, clock: FixedClock, kind: str, respond_by: str = "2026-11-02", sent: bool = True) -> str:
    """A case whose notice was made on 10-13, and delivered on the 15th."""
    case_id = register(desk, received_on="2026-10-12").case_id
    clock.set(FIRST)
    typed = typed_as(NOTICES[kind], desk, case_id)
    if "respond_by" in typed:
        typed["respond_by"] = respond_by
    letter = desk.reply.issue(case_id, NOTICES[kind], typed)
    if sent:
        clock.set(date(2026, 10, 15))
        desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    return case_id


def found(desk: Desk, case_id: str, kind: str, **changes: str) -> list[Finding]:
    """What is said of the premise of an answer, and of days that are not those of the file."""
    typed = {**typed_as(kind, desk, case_id), **changes}
    made = desk.reply.preview(case_id, kind, typed).findings
    return [each for each in made if each.code.startswith("premise_") or each.code == "not_as_noted"]


def codes(desk: Desk, case_id: str, kind: str) -> dict[str, bool]:
    """Their codes, and whether each stops the letter."""
    return {each.code: each.blocking for each in found(desk, case_id, kind) if each.code != "not_as_noted"}


@pytest.mark.parametrize("kind", NOTICES)
def test_without_its_notice_it_is_doubted_for_it_may_have_gone_out_on_paper(desk: Desk, kind: str) -> None:
    assert codes(desk, register(desk).case_id, kind) == {"premise_missing": False}


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_that_lies_here_has_begun_no_period(desk: Desk, clock: FixedClock, kind: str) -> None:
    case_id = noticed(desk, clock, kind, sent=False)
    clock.set(LATER)
    assert codes(desk, case_id, kind) == {"premise_unsent": True}


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        ("correction_lapsed", date(2026, 11, 2)),
        ("abusive", date(2026, 11, 2)),
        ("fee_lapsed", date(2026, 11, 12)),
    ],
)
def test_it_waits_for_the_end_of_the_last_day(desk: Desk, clock: FixedClock, kind: str, last: date) -> None:
    case_id = noticed(desk, clock, kind)
    clock.set(last)
    assert codes(desk, case_id, kind) == {"premise_running": True}
    if kind != "abusive":  # which waits for opinions before anything else
        with pytest.raises(DeskError, match="还没有过"):
            desk.reply.issue(case_id, kind, typed_as(kind, desk, case_id))
    clock.set(date(last.year, last.month, last.day + 1))
    assert codes(desk, case_id, kind) == {}


@pytest.mark.parametrize(("kind", "came"), [("correction_lapsed", "corrected"), ("fee_lapsed", "fee_paid")])
def test_what_the_applicant_did_undoes_it_until_it_is_struck_out(
    desk: Desk, clock: FixedClock, kind: str, came: str
) -> None:
    case_id = noticed(desk, clock, kind)
    clock.set(date(2026, 10, 20))
    desk.acts.note(case_id, act_draft(came))
    clock.set(LATER)
    assert codes(desk, case_id, kind) == {"premise_undone": True}
    place = next(n for n, event in enumerate(desk.lookup.case(case_id).history) if event.act == came)
    desk.acts.note(case_id, act_draft("struck", n=str(place), why="记错了案件"))
    assert codes(desk, case_id, kind) == {}


@pytest.mark.parametrize(
    ("reasonable", "said"), [(YES, {"premise_undone": True}), (NO, {}), ("", {"premise_undecided": False})]
)
def test_reasons_that_are_good_want_an_answer(
    desk: Desk, clock: FixedClock, reasonable: str, said: dict[str, bool]
) -> None:
    case_id = noticed(desk, clock, "abusive")
    clock.set(date(2026, 10, 20))
    desk.acts.note(case_id, act_draft("reason_given", reason="写论文", reasonable=reasonable))
    assert codes(desk, case_id, "abusive") == said


def test_a_notice_is_dated_by_its_delivery(desk: Desk, clock: FixedClock) -> None:
    case_id = noticed(desk, clock, "correction_lapsed")
    clock.set(LATER)
    draft = desk.reply.draft(case_id, "correction_lapsed")
    assert (draft["asked_on"], draft["arrived_on"], draft["respond_by"]) == ("2026-10-15", "2026-10-15", "2026-11-02")
    fee = noticed(desk, clock, "fee_lapsed", sent=False)
    assert desk.reply.draft(fee, "fee_lapsed")["noticed_on"] == ""


def test_each_letter_speaks_of_its_own_notice(desk: Desk, clock: FixedClock) -> None:
    case_id = noticed(desk, clock, "correction_lapsed")
    clock.set(date(2026, 10, 20))
    later = desk.reply.issue(case_id, "reason_request", typed_as("reason_request", desk, case_id))
    clock.set(LATER)
    first = next(letter for letter in desk.lookup.case(case_id).letters if letter.kind == "correction_notice")
    assert desk.reply.draft(case_id, "correction_lapsed")["asked_number"] == first.number
    assert desk.reply.draft(case_id, "abusive")["asked_number"] == later.number


def test_a_day_or_number_that_is_not_the_one_of_the_file_is_said(desk: Desk, clock: FixedClock) -> None:
    case_id = noticed(desk, clock, "correction_lapsed")
    clock.set(LATER)
    draft = desk.reply.draft(case_id, "correction_lapsed")
    wrong = {"asked_number": "柳政依复〔2026〕99号", "arrived_on": "2026-10-16"}
    said = found(desk, case_id, "correction_lapsed", **{**draft, **wrong})
    assert [(each.code, each.field, each.blocking) for each in said] == [
        ("not_as_noted", "asked_number", False),
        ("not_as_noted", "arrived_on", False),
    ]
    assert "登记里是2026-10-15" in said[1].what
    assert found(desk, case_id, "correction_lapsed", **draft) == []


def consulted(desk: Desk, clock: FixedClock) -> str:
    """A case of which a third party was asked on 10-12."""
    case_id = register(desk, received_on="2026-10-09").case_id
    desk.acts.note(case_id, act_draft("party_consulted", party="甲公司", on="2026-10-12"))
    return case_id


def of_party(desk: Desk, case_id: str) -> list[str]:
    """The codes of what is said of third parties in a release."""
    found = desk.reply.preview(case_id, "granted", typed_as("granted", desk, case_id)).findings
    return [each.code for each in found if each.code.startswith("party_")]


def test_silence_is_noted_when_the_period_is_over_and_not_before(desk: Desk, clock: FixedClock) -> None:
    case_id = consulted(desk, clock)
    clock.set(date(2026, 11, 2))  # the fifteenth working day
    silent = act_draft("party_answered", party="甲公司", position="silent")
    with pytest.raises(DeskError, match="2026-11-02以前（含当日）") as caught:
        desk.acts.note(case_id, silent)
    assert caught.value.field == "position"
    clock.set(date(2026, 11, 3))
    assert desk.acts.note(case_id, silent).history[-1].act == "party_answered"


def test_a_release_while_a_third_party_may_still_answer_is_doubted(desk: Desk, clock: FixedClock) -> None:
    case_id = consulted(desk, clock)
    clock.set(date(2026, 11, 2))
    assert of_party(desk, case_id) == ["party_may_answer"]
    clock.set(date(2026, 11, 3))
    assert of_party(desk, case_id) == []


def test_a_release_against_its_will_wants_a_notice_to_it(desk: Desk, clock: FixedClock) -> None:
    case_id = consulted(desk, clock)
    refused = act_draft("party_answered", party="甲公司", position="refused", reason="价格", on="2026-10-20")
    desk.acts.note(case_id, refused)
    assert of_party(desk, case_id) == ["party_untold"]
    told = typed_as("third_party_disclosure_notice", desk, case_id)
    letter = desk.reply.issue(case_id, "third_party_disclosure_notice", told)
    assert of_party(desk, case_id) == ["party_not_reached"]
    desk.delivery.serve(
        case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="甲公司", relation="收发室")
    )
    assert of_party(desk, case_id) == ["party_release_early"]
    clock.set(date.fromisoformat(told["release_on"]))
    assert of_party(desk, case_id) == []


def test_the_list_of_evidence_has_what_a_third_party_wrote_and_no_form_of_the_file(
    desk: Desk, clock: FixedClock
) -> None:
    case_id = consulted(desk, clock)
    refused = act_draft("party_answered", party="甲公司", position="refused", reason="价格", on="2026-10-20")
    desk.acts.note(case_id, refused)
    desk.reply.issue_form(case_id, "registration_sheet")
    listed = desk.reply.draft(case_id, "evidence_list")["evidence"]
    assert "第三方的书面意见" in listed
    assert not [name for name in ("登记表", "甲公司") if name in listed]
