"""Every kind of letter from a real desk: it is issued, numbered, kept, and does to the clock what it must."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register.act import YES
from letters.catalogue import TEMPLATES
from tests.conftest import GRANTED, NOT_HELD, issue, issue_granted, register
from tests.letters.conftest import KINDS, template


def typed_as(kind: str, desk: Desk, case_id: str) -> dict[str, str]:
    """The example of a kind as a clerk types it."""
    typed = desk.reply.draft(case_id, kind)
    for key, field in template(kind).fields.items():
        if field.computed or key in (
            "earlier_on",
            "asked_on",
            "opinion_on",
            "consulted_on",
            "sent_on",
            "withdrawn_on",
        ):
            continue
        value = field.example
        if field.type == "rows":
            value = "\n".join("｜".join(row) for row in value)
        elif field.type == "lines":
            value = "\n".join(value)
        typed[key] = "2026-12-15" if field.ahead and field.type == "date" else str(value)
    for key in typed:
        if key.endswith("_on") and not typed[key]:
            typed[key] = "2026-11-20"
        elif key == "respond_by":
            typed[key] = "2026-12-15"
    return typed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(3)
def test_every_kind_is_issued_from_a_case(kind: str, desk: Desk) -> None:
    case = register(desk, address="青山县柳河镇桥头村12号")
    if template(kind).after_correction:
        notice = typed_as("correction_notice", desk, case.case_id)
        desk.reply.issue(case.case_id, "correction_notice", notice)
        desk.acts.note(case.case_id, act_draft("corrected"))
    if kind == "deferral_notice":
        desk.acts.note(case.case_id, act_draft("reason_given", reason="写论文", reasonable=YES))
    if kind == "revocation_decision":
        first = issue(desk, case.case_id, "granted", GRANTED)
        desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=first.id, signed_by="张三"))
    typed = typed_as(kind, desk, case.case_id)
    if kind == "joint_answer":  # which names applications that have to be there
        typed |= {
            "answers": "\n".join(
                f"{register(desk).case_no}｜台账{n}｜予以公开（条例第三十六条第二项）" for n in (1, 2)
            )
        }
    letter = issue(desk, case.case_id, kind, typed)
    assert desk.paper.letter(letter.id).pdf == letter.pdf
    assert bool(letter.number) is template(kind).numbered
    assert "待填" not in letter.text
    after = desk.lookup.case(case.case_id)
    answers = template(kind).stage == "reply"
    assert bool(after.category) is answers
    assert desk.upkeep.check()[0].code != "templates"


def test_an_extension_notice_moves_the_last_day_and_names_both_days(desk: Desk) -> None:
    case = register(desk, received_on="2026-11-02")
    assert desk.lookup.deadline(case).due_on == date(2026, 11, 30)
    typed = typed_as("extension_notice", desk, case.case_id) | {"working_days": "10"}
    letter = desk.reply.issue(case.case_id, "extension_notice", typed)
    assert "不能在2026年11月30日前（含当日）答复" in letter.text
    assert "延长10个工作日" in letter.text
    assert "在2026年12月14日前（含当日）作出答复" in letter.text
    waiting = desk.lookup.deadline(desk.lookup.case(case.case_id))
    assert (waiting.due_on, waiting.due_if_sent) == (date(2026, 11, 30), date(2026, 12, 14))
    assert "还没有送出，期限照算" in waiting.findings[0].message
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).due_on == date(2026, 12, 14)
    with pytest.raises(DeskError, match="只能延长一次"):
        desk.reply.issue(case.case_id, "extension_notice", typed)


@pytest.mark.parametrize("days", ["21", "0", "十"])
def test_an_extension_that_the_law_does_not_know_is_not_issued(desk: Desk, days: str) -> None:
    case = register(desk)
    typed = typed_as("extension_notice", desk, case.case_id) | {"working_days": days}
    with pytest.raises(DeskError):
        desk.reply.issue(case.case_id, "extension_notice", typed)
    assert len(desk.lookup.case(case.case_id).history) == 1


def test_consulting_a_third_party_stops_the_clock_and_fills_the_next_letters(desk: Desk, clock: FixedClock) -> None:
    case = register(desk, received_on="2026-11-02")
    typed = typed_as("third_party_consultation", desk, case.case_id)
    letter = desk.reply.issue(case.case_id, "third_party_consultation", typed)
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).status == "running"
    sent = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1")
    desk.delivery.serve(case.case_id, sent)
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).status == "paused"
    assert desk.reply.draft(case.case_id, "consultation_notice")["sent_on"] == "2026-11-20"
    assert desk.reply.draft(case.case_id, "third_party")["consulted_on"] == "2026-11-20"


def test_a_fee_notice_waits_for_payment(desk: Desk) -> None:
    case = register(desk)
    letter = desk.reply.issue(case.case_id, "fee_notice", typed_as("fee_notice", desk, case.case_id))
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).status == "running"
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).status == "awaiting_payment"


def test_the_days_to_pay_follow_the_day_the_applicant_signed_for_the_notice(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    letter = desk.reply.issue(case.case_id, "fee_notice", typed_as("fee_notice", desk, case.case_id))
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).wait_until is None
    clock.set(date(2026, 11, 25))
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, on="2026-11-25", signed_by="张三"))
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).wait_until == date(2026, 12, 23)


def test_a_withdrawal_is_confirmed_by_letter_before_or_after_it_is_noted(desk: Desk) -> None:
    first, second = register(desk), register(desk)
    desk.reply.issue(first.case_id, "withdrawn", {"withdrawn_on": "2026-11-20", "manner": "书面"})
    desk.acts.note(second.case_id, act_draft("withdrawn"))
    assert desk.reply.draft(second.case_id, "withdrawn")["withdrawn_on"] == "2026-11-20"
    desk.reply.issue(second.case_id, "withdrawn", desk.reply.draft(second.case_id, "withdrawn"))
    for case in (first, second):
        after = desk.lookup.case(case.case_id)
        assert (after.category, after.row) == ("withdrawn", "other")
        assert desk.lookup.deadline(after).status == "withdrawn"


def test_after_the_answer_only_forms_and_a_few_letters_may_follow(desk: Desk) -> None:
    letter = issue_granted(desk)
    correction = desk.reply.draft(letter.case_id, "letter_correction")
    assert correction["wrong_number"] == letter.number
    desk.reply.issue(letter.case_id, "letter_correction", correction | {"changes": "第二段“甲”，更正为“乙”"})
    desk.reply.issue(letter.case_id, "service_receipt", desk.reply.draft(letter.case_id, "service_receipt"))
    with pytest.raises(DeskError, match="已经答复过了"):
        desk.reply.issue(letter.case_id, "extension_notice", typed_as("extension_notice", desk, letter.case_id))


def test_papers_for_a_third_party_do_not_say_who_applied(desk: Desk) -> None:
    case = register(desk, address="青山县柳河镇桥头村12号")
    typed = typed_as("third_party_consultation", desk, case.case_id)
    letter = desk.reply.issue(case.case_id, "third_party_consultation", typed)
    receipt = desk.reply.draft(case.case_id, "service_receipt")
    assert receipt["recipient"] == "青山县宏远建筑工程有限公司"
    sheet = desk.reply.issue(case.case_id, "service_receipt", receipt)
    for paper in (letter, sheet):
        assert "张三" not in paper.text
    with pytest.raises(DeskError, match="里面有申请人的姓名"):
        desk.reply.issue(
            case.case_id, "third_party_consultation", typed | {"party": "乙公司", "disclosed": "张三要的报价"}
        )


def test_the_index_of_a_file_lists_its_letters(desk: Desk) -> None:
    letter = issue_granted(desk)
    entries = desk.reply.draft(letter.case_id, "case_index")["entries"]
    assert f"{letter.title}｜20261120｜1｜{letter.number}｜" in entries


def test_an_identity_number_is_not_printed_whole(desk: Desk) -> None:
    case = register(desk, id_number="330000199001010017")
    assert desk.reply.draft(case.case_id, "oral_record")["id_number"] == "3300**********0017"


def test_an_offices_own_template_is_used_and_a_bad_one_is_named(desk: Desk) -> None:
    folder = desk.home / "templates"
    folder.mkdir()
    text = (TEMPLATES / "granted.md").read_text(encoding="utf-8").replace("本机关决定予以公开", "我机关决定予以公开")
    (folder / "granted.md").write_text(text, encoding="utf-8")
    assert "我机关决定予以公开" in issue(desk, register(desk).case_id, "granted", GRANTED).text
    (folder / "granted.md").write_text("坏的", encoding="utf-8")
    again = Desk.open(desk.home, desk.clock)
    with pytest.raises(DeskError, match="改好以前，这一种文书不能用"):
        issue(again, register(again).case_id, "granted", GRANTED)
    assert issue(again, register(again).case_id, "not_held", NOT_HELD).number
    again.close()
    faults = [note for note in desk.upkeep.check() if note.code == "templates"]
    assert "granted.md" in faults[0].message
    assert faults[0].fault


def test_templates_are_not_read_from_anywhere_else(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "granted.md").write_text("坏的", encoding="utf-8")
    assert [note for note in desk.upkeep.check() if note.code == "templates"] == []


def test_a_free_passage_is_put_in_other_words_and_a_locked_one_has_no_field(desk: Desk) -> None:
    case = register(desk)
    fields = desk.reply.fields("correction_notice")
    reworded = [key for key in fields if key.startswith("passage_")]
    assert reworded == [f"passage_{name}" for name in template("correction_notice").free]
    typed = typed_as("correction_notice", desk, case.case_id) | dict.fromkeys(
        reworded, "请到镇政府一楼大厅找工作人员帮您填写"
    )
    assert "请到镇政府一楼大厅找工作人员帮您填写" in desk.reply.issue(case.case_id, "correction_notice", typed).text
    assert not any(key.startswith("passage_") for key in desk.reply.fields("not_held"))


@pytest.mark.parametrize(
    ("act", "says"),
    [("agency_asked", "不是文书能做的事"), ("followed_up", "不是文书能做的事"), ("extended", "working_days")],
)
def test_an_offices_template_whose_act_is_none_of_a_letter_is_refused_by_name(
    desk: Desk, act: str, says: str
) -> None:
    text = (TEMPLATES / "withdrawn.md").read_text(encoding="utf-8")
    text = text.replace('kind = "withdrawn"', 'kind = "own"').replace('stage = "reply"', 'stage = "on_the_way"')
    text = re.sub(r"(?m)^act = .*\n", "", text).replace(
        'stage = "on_the_way"', f'stage = "on_the_way"\nact = "{act}"', 1
    )
    (desk.home / "templates").mkdir()
    (desk.home / "templates/own.md").write_text(text, encoding="utf-8")
    case = register(desk)
    with pytest.raises(DeskError, match=rf"own\.md.*{says}"):
        desk.reply.draft(case.case_id, "own")
    assert desk.reply.choices("ygk")  # the others go on
    assert says in desk.reply.template_faults()[0]


@pytest.mark.parametrize(
    ("position", "says"),
    [
        ("silent", "逾期没有提出意见"),
        ("unreachable", "无法与第三方取得联系（11月10日、12日电话无人接听）"),
        ("refused", "第三方不同意公开"),
    ],
)
def test_the_letter_says_what_was_noted_of_the_third_party(
    desk: Desk, clock: FixedClock, position: str, says: str
) -> None:
    case = register(desk, received_on="2026-10-09")
    desk.acts.note(case.case_id, act_draft("party_consulted", party="甲公司", on="2026-10-12"))
    reason = "11月10日、12日电话无人接听" if position == "unreachable" else ""
    answer = act_draft("party_answered", party="甲公司", position=position, reason=reason)
    desk.acts.note(case.case_id, answer)
    draft = desk.reply.draft(case.case_id, "third_party")
    assert (draft["party_position"], draft["party_reason"]) == (position, reason)
    facts = {
        **typed_as("third_party", desk, case.case_id),
        **{k: draft[k] for k in ("party_position", "party_reason")},
    }
    assert says in issue(desk, case.case_id, "third_party", facts).text


def test_the_request_for_reasons_is_told_to_the_letters_that_follow_it(desk: Desk) -> None:
    case = register(desk)
    asked = desk.reply.issue(case.case_id, "reason_request", typed_as("reason_request", desk, case.case_id))
    desk.acts.note(case.case_id, act_draft("reason_given", reason="写论文"))
    draft = desk.reply.draft(case.case_id, "abusive")
    assert (draft["asked_on"], draft["asked_number"]) == ("2026-11-20", asked.number)
    assert desk.reply.draft(case.case_id, "deferral_notice")["given_on"] == "2026-11-20"
