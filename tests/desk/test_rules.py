"""What may not happen: acts after the answer, doubled numbers, answers that cannot be served as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import ActDraft, act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.register.backup import checked_counts
from deskapp.register.opening import create_store
from tests.conftest import DAY, GRANTED, issue, issue_granted, make_desk, register
from tests.desk.test_letters import typed_as


@pytest.mark.parametrize(
    "draft",
    [
        act_draft("withdrawn"),
        act_draft("party_consulted", party="甲"),
        act_draft("extended", working_days="5", approved_by="王建国"),
        act_draft("corrected"),
        act_draft("answered", category="granted"),
    ],
    ids=lambda draft: draft.act,
)
def test_nothing_moves_the_clock_after_the_answer(desk: Desk, draft: ActDraft) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="已经答复"):
        desk.acts.note(letter.case_id, draft)
    assert desk.lookup.case(letter.case_id).category == "granted"


def test_a_ledgers_letter_numbers_are_not_given_again(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容,答复类型,答复日期,文号\n"
        "2026-10-12,当面,张三,自然人,预算,予以公开,2026-10-20,柳政依复〔2026〕1号\n",
        encoding="utf-8",
    )
    assert desk.ledgers.take(tmp_path / "l.csv").taken == 1
    assert issue_granted(desk).number == "柳政依复〔2026〕2号"


def test_an_answer_written_outside_is_noted_served_and_archived(desk: Desk) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("answered", category="partial", number="柳政依复〔2026〕9号"))
    assert [r.next_act for r in desk.work.board().groups["to_serve"]] == ["送达答复"]
    waiting = desk.delivery.waiting(desk.lookup.case(case.case_id))
    assert [(w.letter_id, w.number) for w in waiting] == [("", "柳政依复〔2026〕9号")]
    verdict = desk.delivery.serve(case.case_id, DeliveryDraft(letter_id="", signed_by="张三"))
    assert verdict.in_time is True
    assert desk.delivery.archive(case.case_id).row == "partial"


def test_two_registrations_never_share_a_number(desk: Desk, tmp_path: Path) -> None:
    heading = "登记号,收到日期,收到方式,申请人,申请人类别,申请内容\n"
    (tmp_path / "l.csv").write_text(heading + "LH-2026-0001,2026-10-12,当面,张三,自然人,预算\n", encoding="utf-8")
    first = register(desk)
    result = desk.ledgers.take(tmp_path / "l.csv")
    assert result.taken == 0
    assert desk.lookup.case_by_no("LH-2026-0001").case_id == first.case_id


def test_disclosure_without_anything_disclosed_is_blocked(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="提供的信息"):
        issue(desk, case.case_id, "granted", {**GRANTED, "attachments": "", "where": ""})


def test_a_typed_stop_is_not_doubled(desk: Desk) -> None:
    case = register(desk)
    typed = {
        "search_process": "查了目录，没有找到。",
        "explanation": "该会没有开过。",
    }
    text = issue(desk, case.case_id, "not_held", typed).text
    assert "没有找到。该会没有开过。" in text
    assert "。。" not in text


def test_an_agency_without_its_address_is_blocked(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="该机关的联系方式"):
        desk.reply.issue(case.case_id, "not_our_agency", {"reason": "由县交通局制作", "agency": "青山县交通运输局"})


def test_a_reply_after_a_correction_says_when_it_came(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    typed = {
        **desk.reply.draft(case.case_id, "correction_notice"),
        "points": "请写明年份",
        "guidance": "可以查目录",
        "ground": "没有写明年份",
    }
    desk.reply.issue(case.case_id, "correction_notice", typed)
    clock.set(date(2026, 11, 27))
    desk.acts.note(case.case_id, act_draft("corrected", content="柳河镇2025年预算"))
    text = issue(desk, case.case_id, "granted", GRANTED).text
    assert "您补正的材料，本机关于2026年11月27日收到" in text
    assert "柳河镇2025年预算" in text


def test_online_service_needs_the_online_way_to_review(desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="网上复议渠道"):
        desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="online"))
    wanted = register(desk, delivery_form="电子邮件")
    desk.upkeep.save_unit(desk.lookup.unit().model_copy(update={"review_online": "全国行政复议服务平台"}))
    online = issue(desk, wanted.case_id, "granted", GRANTED)
    assert "也可以通过全国行政复议服务平台提交行政复议申请书" in online.text
    assert desk.delivery.serve(wanted.case_id, DeliveryDraft(letter_id=online.id, way="online")).in_time is True


def test_somebody_else_who_signs_must_be_explained(desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="不是申请人"):
        desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="门卫"))
    draft = DeliveryDraft(letter_id=letter.id, signed_by="李四", relation="配偶")
    assert desk.delivery.serve(letter.case_id, draft).in_time is True


def test_a_correction_notice_served_late_is_said(desk: Desk, clock: FixedClock) -> None:
    case = register(desk, received_on="2026-11-11")
    typed = {
        **desk.reply.draft(case.case_id, "correction_notice"),
        "points": "请写明年份",
        "guidance": "可以查目录",
        "ground": "没有写明年份",
    }
    letter = desk.reply.issue(case.case_id, "correction_notice", typed)
    clock.set(date(2026, 11, 24))
    verdict = desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert "补正告知应在收到申请后第7个工作日（2026-11-20，含当日）前发出，已经超过" in verdict.sentence


def test_an_unserved_correction_notice_closes_nothing(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    typed = {
        **desk.reply.draft(case.case_id, "correction_notice"),
        "points": "请写明年份",
        "guidance": "可以查目录",
        "ground": "没有写明年份",
    }
    desk.reply.issue(case.case_id, "correction_notice", typed)
    clock.set(date(2026, 12, 28))
    assert [row.next_act for row in desk.work.board().groups["overdue"]] == ["立即作出答复"]


def test_a_short_time_to_correct_is_advised_against(desk: Desk) -> None:
    case = register(desk)
    typed = {"points": "请写明年份", "guidance": "可以查目录", "ground": "没有写明年份", "respond_by": "11-23"}
    found = desk.reply.preview(case.case_id, "correction_notice", typed).findings
    assert "limit_short" in [f.code for f in found if not f.blocking]


def test_a_day_to_come_without_its_year_is_next_years(desk: Desk) -> None:
    case = register(desk)
    typed = {"points": "请写明年份", "guidance": "可以查目录", "ground": "没有写明年份", "respond_by": "1-11"}
    assert "2027年1月11日前" in desk.reply.issue(case.case_id, "correction_notice", typed).text


def test_two_windows_cannot_both_answer(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    other = Desk.open(desk.home, clock)
    issue(desk, case.case_id, "granted", GRANTED)
    with pytest.raises(DeskError, match="已经答复过了"):
        issue(other, case.case_id, "granted", GRANTED)
    other.close()


def test_a_set_up_that_was_cut_off_is_noticed(tmp_path: Path, clock: FixedClock) -> None:
    create_store(tmp_path / "home/register.db").close()
    desk = Desk.open(tmp_path / "home", clock)
    assert not desk.startup.has_unit
    desk.close()


def test_a_backup_on_a_network_share_can_be_looked_at(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.upkeep.backup(tmp_path / "a.db")
    monkeypatch.setattr("deskapp.register.opening.on_network_share", lambda path: True)
    assert checked_counts(tmp_path / "a.db", desk.clock).cases == 0
    with pytest.raises(DeskError, match="网络共享"):
        restore_backup(tmp_path / "a.db", tmp_path / "new", desk.clock)


def test_a_long_run_stays_on_its_day(tmp_path: Path) -> None:
    clock = FixedClock(DAY)
    for _ in range(60_000):
        clock.now()
    assert clock.today() == DAY
    desk = make_desk(tmp_path / "home", clock)
    assert register(desk).received.on == DAY
    desk.close()


# -- ways of delivery --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["refused", "public_notice"])
def test_a_refusal_and_a_public_notice_need_their_proof(desk: Desk, way: str) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="的凭证"):
        desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way=way))
    draft = DeliveryDraft(letter_id=letter.id, way=way, proof="见证人 村委会主任李强；录像20261120-01")
    assert desk.delivery.serve(letter.case_id, draft).in_time is True
    served = desk.lookup.case(letter.case_id).served
    assert served is not None
    assert served.way == way


def test_a_public_notice_before_any_other_way_is_said(desk: Desk) -> None:
    letter = issue_granted(desk)
    notice = DeliveryDraft(
        letter_id=letter.id, way="public_notice", proof="县政府网站公告，11月20日至12月20日，原件在卷"
    )
    assert "没有别的方式送不到的记录" in desk.delivery.serve(letter.case_id, notice).sentence
    other = issue_granted(desk)
    desk.delivery.serve(other.case_id, DeliveryDraft(letter_id=other.id, way="registered_mail", proof="XA1"))
    desk.acts.note(other.case_id, act_draft("returned", why="查无此人"))
    said = desk.delivery.serve(other.case_id, notice.model_copy(update={"letter_id": other.id})).sentence
    assert "没有别的方式送不到" not in said


def test_what_is_refused_has_reached_the_other_side(desk: Desk) -> None:
    case = register(desk)
    typed = typed_as("third_party_consultation", desk, case.case_id)
    letter = desk.reply.issue(case.case_id, "third_party_consultation", typed)
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="refused", proof="录像1"))
    asked = desk.lookup.case(case.case_id).clock_events[-1]
    assert getattr(asked, "arrived_on", None) == date(2026, 11, 20)


@pytest.mark.parametrize("received", ["2026-10-26", "2026-10-27"])  # the last day is Monday, or Tuesday
def test_a_notice_that_was_not_sent_comes_before_the_answer(desk: Desk, received: str) -> None:
    case = register(desk, received_on=received)
    assert next(row.next_act for row in desk.work.board().groups["due_soon"]) == "作出答复"
    letter = desk.reply.issue(case.case_id, "extension_notice", typed_as("extension_notice", desk, case.case_id))
    (row,) = [row for rows in desk.work.board().groups.values() for row in rows]
    assert row.next_act == "送达告知书"
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    (row,) = [row for rows in desk.work.board().groups.values() for row in rows]
    assert row.next_act == "作出答复"


def test_an_extension_while_somebody_is_asked_says_that_its_day_may_move(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    typed = typed_as("extension_notice", desk, case.case_id)
    codes = [finding.code for finding in desk.reply.preview(case.case_id, "extension_notice", typed).findings]
    assert "day_may_move" not in codes
    asked = typed_as("third_party_consultation", desk, case.case_id)
    letter = desk.reply.issue(case.case_id, "third_party_consultation", asked)
    draft = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1", arrived_on="2026-11-20")
    desk.delivery.serve(case.case_id, draft)
    found = {
        finding.code: finding for finding in desk.reply.preview(case.case_id, "extension_notice", typed).findings
    }
    assert not found["day_may_move"].blocking
    assert "照等满到2026-12-11算" in found["day_may_move"].what
    desk.acts.note(case.case_id, act_draft("party_answered", party=asked["party"], position="agreed"))
    codes = [finding.code for finding in desk.reply.preview(case.case_id, "extension_notice", typed).findings]
    assert "day_may_move" not in codes


def test_online_without_a_consent_is_said(desk: Desk) -> None:
    for wish, said in (("纸质", True), ("电子邮件", False)):
        case = register(desk, delivery_form=wish)
        letter = desk.reply.issue(case.case_id, "extension_notice", typed_as("extension_notice", desk, case.case_id))
        verdict = desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="online"))
        assert ("没有申请人同意网上送达的记录" in verdict.sentence) is said


def test_a_consultation_goes_to_the_one_who_is_asked_at_its_own_address(desk: Desk) -> None:
    case = register(desk, address="")
    typed = typed_as("third_party_consultation", desk, case.case_id) | {"party_address": "青山县工业路8号"}
    letter = desk.reply.issue(case.case_id, "third_party_consultation", typed)
    first = desk.reply.first(case.case_id, "envelope")
    assert (first["recipient"], first["recipient_address"]) == ("青山县宏远建筑工程有限公司", "青山县工业路8号")
    with pytest.raises(DeskError, match="【张三】不是青山县宏远建筑工程有限公司"):
        desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="青山县宏远建筑工程有限公司"))
