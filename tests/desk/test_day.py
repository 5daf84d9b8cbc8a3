"""A day at the counter through the desk's own methods, without a screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import ActDraft, act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.unit import load_unit_toml, read_profile
from letters.example import UNIT
from tests.conftest import DAY, GRANTED, NOT_HELD, application, issue, issue_granted, make_desk, register


def test_from_application_to_archive_in_time(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    assert case.case_no == "LH-2026-0001"
    assert desk.lookup.deadline(case).due_on == date(2026, 12, 18)
    receipt = desk.reply.issue(case.case_id, "receipt", desk.reply.draft(case.case_id, "receipt"))
    assert "2026年12月18日前（含当日）答复" in receipt.text
    clock.set(date(2026, 11, 25))
    letter = issue(desk, case.case_id, "granted", GRANTED)
    assert letter.number == "柳政依复〔2026〕1号"
    assert desk.paper.save_pdf(letter.id).read_bytes() == letter.pdf
    clock.set(date(2026, 11, 26))
    draft = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="ＸＡ123")
    verdict = desk.delivery.serve(case.case_id, draft)
    assert (verdict.in_time, "2026-11-26" in verdict.sentence) == (True, True)
    assert [row.case_no for row in desk.work.board().groups["to_archive"]] == ["LH-2026-0001"]
    done = desk.delivery.archive(case.case_id, "YSQ-1")
    assert done.served
    assert done.served.proof == "XA123"
    assert not any(desk.work.board().groups.values())


def test_served_too_late_is_said(desk: Desk, clock: FixedClock) -> None:
    letter = issue_granted(desk, received_on="2026-10-12")
    clock.set(date(2026, 11, 25))
    verdict = desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert verdict.in_time is False
    assert "晚于最后一日2026-11-09" in verdict.sentence


def test_a_correction_stops_the_clock_and_its_answer_starts_it_anew(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    typed = {
        **desk.reply.draft(case.case_id, "correction_notice"),
        "points": "请写明文件名称\n请写明年份",
        "guidance": "可以查目录",
        "ground": "没有写明年份",
    }
    letter = desk.reply.issue(case.case_id, "correction_notice", typed)
    assert "1. 请写明文件名称；" in letter.text
    assert "2. 请写明年份。" in letter.text
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).status == "running"
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    state = desk.lookup.deadline(desk.lookup.case(case.case_id))
    assert (state.status, state.wait_until) == ("awaiting_correction", date(2026, 12, 11))
    clock.set(date(2026, 12, 1))
    after = desk.acts.note(case.case_id, act_draft("corrected"))
    assert desk.lookup.deadline(after).counted_from == date(2026, 12, 1)
    again = desk.reply.preview(case.case_id, "correction_notice", typed)
    assert "correction_twice" in [f.code for f in again.findings if f.blocking]


def test_the_first_wording_of_what_was_asked_for_is_kept_in_view(desk: Desk, clock: FixedClock) -> None:
    case = register(desk, content="土帐")
    desk.acts.note(case.case_id, act_draft("amended", field="content", value="土地台账", why="录错了"))
    draft = desk.reply.draft(case.case_id, "correction_notice")
    typed = {**draft, "points": "请写明年份", "guidance": "可以查目录", "ground": "没有写明年份"}
    letter = desk.reply.issue(case.case_id, "correction_notice", typed)
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    clock.set(date(2026, 12, 1))
    before = desk.lookup.case(case.case_id)
    assert (before.content, before.first_content) == ("土地台账", "")
    after = desk.acts.note(case.case_id, act_draft("corrected", content="柳河镇2025年土地台账"))
    assert (after.content, after.first_content) == ("柳河镇2025年土地台账", "土地台账")


def test_refusals_before_issue(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="保密审查"):
        desk.reply.issue(case.case_id, "granted", GRANTED)
    with pytest.raises(DeskError, match="检索的经过"):
        issue(desk, case.case_id, "not_held", {**NOT_HELD, "search_process": ""})
    with pytest.raises(DeskError, match="没有“nonsense”这种文书"):
        desk.reply.fields("nonsense")
    assert [event.act for event in desk.lookup.case(case.case_id).history] == ["received", "reviewed"]


def test_an_answered_case_is_not_answered_again(desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="已经答复过了"):
        issue(desk, letter.case_id, "not_held", NOT_HELD)


def test_a_letter_keeps_what_it_said_when_the_unit_changes(desk: Desk) -> None:
    letter = issue_granted(desk)
    desk.upkeep.save_unit(desk.lookup.unit().model_copy(update={"phone": "0579-9", "name": "青山县新柳河镇人民政府"}))
    assert desk.paper.letter(letter.id).pdf == letter.pdf
    assert "新柳河镇" in issue(desk, register(desk).case_id, "granted", GRANTED).text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"way": "courier", "proof": "SF1"}, "邮政以外的快递"),
        ({"way": "registered_mail"}, "没有填邮件号"),
        ({"way": "in_person"}, "没有填签收人"),
        ({"way": "in_person", "signed_by": "张三", "on": "2026-11-19"}, "早于成文日期"),
        ({"way": "in_person", "signed_by": "张三", "on": "2026-11-21"}, "还没有到"),
        ({"letter_id": "none"}, "没有这份等着送达"),
    ],
)
def test_bad_deliveries_change_nothing(desk: Desk, changes: dict[str, str], says: str) -> None:
    letter = issue_granted(desk)
    draft = DeliveryDraft.model_validate({"letter_id": letter.id, **changes})
    with pytest.raises(DeskError, match=says):
        desk.delivery.serve(letter.case_id, draft)
    assert desk.lookup.case(letter.case_id).served is None


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"applicant": "  "}, "applicant", "请填写申请人"),
        ({"content": ""}, "content", "请填写申请内容"),
        ({"received_on": "2026-11-21"}, "received_on", "还没有到"),
        ({"received_on": "1999-01-01"}, "received_on", "早于政府信息公开条例"),
        ({"received_on": "2026-02-30"}, "received_on", "不是日期"),
        ({"channel": "飞鸽"}, "channel", "当面、挂号邮寄"),
        ({"applicant_class": "公民"}, "applicant_class", "自然人"),
    ],
)
def test_bad_registrations_are_refused_by_field(desk: Desk, changes: dict[str, str], field: str, says: str) -> None:
    draft = application(**changes)
    problems = [p for p in desk.intake.check(draft) if p.blocking]
    assert [p.field for p in problems] == [field]
    with pytest.raises(DeskError, match=says):
        desk.intake.register(draft)
    assert desk.lookup.search("") == []


def test_what_is_typed_is_made_sense_of(desk: Desk) -> None:
    case = register(
        desk,
        received_on="２０２６年１１月２日",
        phone=" 139 0555 ０１２３ ",
        content="第一行\n第二行\t末尾",
        applicant=" 钱[/bad] ",
    )
    assert case.received.on == date(2026, 11, 2)
    assert (case.phone, case.content, case.applicant) == ("13905550123", "第一行 第二行 末尾", "钱[/bad]")


def test_a_name_that_no_font_prints_is_told_at_registration_and_stops_issue(desk: Desk) -> None:
    draft = application(applicant="张\U0003134a")
    assert any("没有字体能印" in p.message for p in desk.intake.check(draft) if not p.blocking)
    case = desk.intake.register(draft)
    with pytest.raises(DeskError, match="没有这个字"):
        issue(desk, case.case_id, "granted", GRANTED)


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (act_draft("extended", working_days="21", approved_by="王建国"), "最长20个工作日"),
        (act_draft("extended", working_days="", approved_by="王建国"), "没有填延长工作日数"),
        (act_draft("extended", working_days="５", approved_by=""), "同意人"),
        (act_draft("party_consulted"), "对方名称"),
        (act_draft("party_answered", party="甲"), "还没有征求过【甲】的意见"),
        (act_draft("corrected"), "还没有发过补正告知"),
        (act_draft("withdrawn", on="2026-11-21"), "还没有到"),
        (act_draft("withdrawn", on="2026-10-01"), "早于收到申请"),
        (act_draft("archived"), "还没有答复"),
    ],
)
def test_acts_that_cannot_be_are_refused_and_leave_no_trace(desk: Desk, draft: ActDraft, says: str) -> None:
    from deskapp.law.errors import LawError

    case = register(desk)
    with pytest.raises((DeskError, LawError), match=says):
        desk.acts.note(case.case_id, draft)
    assert len(desk.lookup.case(case.case_id).history) == 1


def test_full_width_digits_in_days_are_taken(desk: Desk) -> None:
    case = register(desk)
    after = desk.acts.note(case.case_id, act_draft("extended", working_days="１０", approved_by="王建国"))
    assert desk.lookup.deadline(after).due_on == date(2027, 1, 4)
    assert desk.lookup.deadline(after).provisional


def test_the_board_puts_each_case_in_one_group(desk: Desk) -> None:
    overdue = register(desk, received_on="2026-10-12")
    due_today = register(desk, received_on="2026-10-23")
    soon = register(desk, received_on="2026-10-26")
    window = register(desk, received_on="2026-11-11")
    fresh = register(desk)
    waiting = register(desk, received_on="2026-11-02")
    desk.acts.record(waiting.case_id, ev.PartyConsulted(on=DAY, party="甲"))
    served = issue_granted(desk)
    groups = {key: [r.case_no for r in rows] for key, rows in desk.work.board().groups.items()}
    assert groups == {
        "overdue": [overdue.case_no],
        "due_today": [due_today.case_no],
        "due_soon": [soon.case_no],
        "correction_window": [window.case_no],
        "waiting": [waiting.case_no],
        "to_serve": [desk.lookup.case(served.case_id).case_no],
        "to_archive": [],
        "others": [fresh.case_no],
    }


def test_drafts_survive(desk: Desk, clock: FixedClock) -> None:
    desk.drafts.keep("intake", application(applicant="半个").model_dump())
    case = register(desk)
    desk.drafts.keep("intake", application(applicant="半个").model_dump())
    desk.drafts.keep(desk.reply.draft_key(case.case_id, "not_held"), {"search_process": "查了一半"})
    desk.close()
    again = Desk.open(desk.home, clock)
    assert again.drafts.get("intake")["applicant"] == "半个"
    assert again.reply.draft(case.case_id, "not_held")["search_process"] == "查了一半"
    again.close()


def test_practice_letters_say_so(tmp_path: Path, clock: FixedClock) -> None:
    desk = make_desk(tmp_path / "p", clock)
    desk.upkeep.mark_practice()
    letter = issue_granted(desk)
    assert '"practice": true' in letter.facts
    desk.close()


def test_choices_by_words_and_initials(desk: Desk) -> None:
    assert [c.kind for c in desk.reply.choices("xxbcz")] == ["not_held"]
    assert "not_held" in [c.kind for c in desk.reply.choices("检索")]
    assert [c.kind for c in desk.reply.choices("补正告知")] == ["correction_notice"]
    assert desk.reply.choices("没有这种") == []
    assert [c.kind for c in desk.reply.choices("yc")] == [
        "extension_notice",
        "deferral_notice",
        "inspection_appointment",
    ]
    for words in ("延期", "yanqi", "延长答复期限"):  # what people call it, and the act that it makes
        assert [c.kind for c in desk.reply.choices(words)] == ["extension_notice"], words
    for words in ("zqdsf", "征求第三方意见"):
        assert [c.kind for c in desk.reply.choices(words)] == ["third_party_consultation"], words
    for source in desk.reply.catalogue.templates.values():
        if source.act and source.stage == "on_the_way":
            assert source.kind in [c.kind for c in desk.reply.choices(ACTS[source.act].name)]
    assert [c.kind for c in desk.reply.choices("送达回证")] == ["service_receipt"]
    kinds = [c.kind for c in desk.reply.choices()]
    assert len(kinds) == len(set(kinds)) == 63
    assert kinds[:2] == ["correction_notice", "already_public"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense = 1", "没有填【name】|不认识的项【nonsense】"),
        ("name = ", "读不出来"),
        ('name = "x"', "没有填"),
    ],
)
def test_bad_unit_files_are_refused_by_key(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "UNIT.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeskError, match=says):
        load_unit_toml(path)


def test_an_unknown_key_of_a_unit_is_named() -> None:
    with pytest.raises(DeskError, match="不认识的项【fax】"):
        read_profile({**UNIT, "fax": "1"}, "文件")
    with pytest.raises(DeskError, match="【site_code】（登记点代码）不合要求"):
        read_profile({**UNIT, "site_code": "柳河"}, "文件")
