"""Everybody who may ask: agents, guardians, groups, papers of every kind, receipts still to be confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.applicants import described, flat
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.next_step import next_step
from deskapp.errors import DeskError
from deskapp.register.acts_amended import _stands
from deskapp.register.case import Case
from deskapp.register.fold import fold
from tests.conftest import GRANTED, application, issue, make_desk, register

AGENT = {
    "asked_by": "agent", "agent": "李四", "agent_phone": "13905550188", "agent_address": "桥头村15号", "authority_paper": "shown",
    "authority": "代为申请、补正、签收", "authority_until": "2027-11-20", "agent_id_number": "11010519491231002x",
}  # fmt: skip
TEN = "\n".join(f"王{n}｜｜1390555000{i}｜桥头村{i}号" for i, n in enumerate("一二三四五六七八九十"))


def text_of(desk: Desk, letter_id: str) -> str:
    return desk.paper.letter(letter_id).text


def group(case: Case, desk: Desk) -> str:
    groups = desk.work.board().groups
    return next((key for key, rows in groups.items() if case.case_no in [row.case_no for row in rows]), "")


# -- agents ----------------------------------------------------------------------------------------------------


def test_an_agent_is_on_the_case_on_letters_and_found(desk: Desk) -> None:
    case = register(desk, **AGENT)
    agent = case.received.agent
    assert agent is not None
    assert (agent.name, agent.id_number, agent.until) == ("李四", "11010519491231002X", date(2027, 11, 20))
    assert any("代理人　李四　13905550188" in line and "到2027-11-20" in line for line in described(case))
    for words in ("李四", "ls", "13905550188", "11010519491231002X"):
        assert [row.case_no for row in desk.lookup.search(words)] == [case.case_no]
    letter = issue(desk, case.case_id, "granted", GRANTED)
    assert "张三（委托代理人：李四）：" in text_of(desk, letter.id)
    verdict = desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="李四"))
    assert verdict.in_time is True
    served = desk.lookup.case(case.case_id).served
    assert served is not None
    assert (served.signed_by, served.relation) == ("李四", "代理人")


def test_an_agent_without_a_paper_is_registered_asked_for_it_and_cannot_sign(desk: Desk) -> None:
    case = register(desk, **{**AGENT, "authority_paper": "missing"})
    assert case.received.agent is not None
    assert case.received.agent.authority == ""
    assert "还缺代理人李四的授权委托书" in next_step(case, desk.lookup.deadline(case))
    notice = desk.reply.first(case.case_id, "correction_notice")
    assert notice["points"] == "请提交代理人李四的授权委托书"
    letter = issue(desk, case.case_id, "granted", GRANTED)
    assert "李四" not in text_of(desk, letter.id)
    for relation in ("", "代理人"):
        with pytest.raises(DeskError, match="李四没有交授权委托书，不能代签"):
            desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="李四", relation=relation))
    with pytest.raises(DeskError, match="邻居代签不算送达"):
        desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="钱六", relation="邻居"))
    assert desk.lookup.case(case.case_id).served is None
    after = desk.acts.note(case.case_id, act_draft("agent_named", name="李四", authority="代为签收"))
    assert "还缺" not in next_step(after, desk.lookup.deadline(after))
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="李四"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"authority_paper": ""}, "authority_paper"),
        ({"authority": ""}, "authority"),
        ({"agent": " "}, "agent"),
        ({"authority_until": "2026-11-01"}, "authority_until"),
        ({"authority_until": "下个月"}, "authority_until"),
        ({"asked_by": "guardian"}, "guardian"),
        ({"asked_by": "joint"}, "others"),
        ({"asked_by": "joint", "others": "李四｜1｜2｜3｜4"}, "others"),
        ({"asked_by": "joint", "others": "李四\n李四"}, "others"),
        ({"asked_by": "joint", "others": "张三\n李四"}, "others"),
        ({"asked_by": "joint", "others": TEN}, "representatives"),
        ({"asked_by": "joint", "others": TEN, "representatives": "王一"}, "representatives"),
        ({"asked_by": "joint", "others": TEN, "representatives": "王一、赵六"}, "representatives"),
        ({"asked_by": "somebody"}, "asked_by"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(DeskError) as refused:
        register(desk, **{**AGENT, **changes})
    assert refused.value.field == field
    assert desk.lookup.search("") == []


def test_what_stands_in_fields_that_are_not_asked_does_not_count(desk: Desk) -> None:
    case = register(desk, **{**AGENT, "asked_by": "", "others": "李四", "legal_representative": "王五"})
    assert (case.received.agent, case.received.others, case.received.legal_representative) == (None, (), "")


# -- guardians and groups --------------------------------------------------------------------------------------


def test_a_minor_is_addressed_with_the_guardian_who_may_sign(desk: Desk) -> None:
    case = register(
        desk, asked_by="guardian", guardian="张大山", guardian_relation="父亲", guardian_phone="13905550199"
    )
    letter = issue(desk, case.case_id, "granted", GRANTED)
    assert "张三（监护人：张大山）：" in text_of(desk, letter.id)
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张大山"))
    served = desk.lookup.case(case.case_id).served
    assert served is not None
    assert served.relation == "父亲"


def test_a_group_is_named_spoken_to_as_several_and_any_of_them_signs(desk: Desk) -> None:
    case = register(desk, asked_by="joint", others="李四｜11010519491231002X｜13905550188｜桥头村15号\n王五")
    assert case.who == "张三等3人"
    assert [row.applicant for rows in desk.work.board().groups.values() for row in rows] == ["张三等3人"]
    letter = issue(desk, case.case_id, "granted", GRANTED)
    text = text_of(desk, letter.id)
    assert "张三、李四、王五：" in text
    assert "你们申请公开的信息" in text
    assert "您" not in text
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="王五"))
    assert [row.case_no for row in desk.lookup.search("李四 王五")] == [case.case_no]


def test_eleven_applicants_with_their_representatives_or_still_without(desk: Desk) -> None:
    chosen = register(desk, asked_by="joint", others=TEN, representatives="张三、王一，王二")
    assert chosen.received.representatives == ("张三", "王一", "王二")
    waiting = register(desk, asked_by="joint", others=TEN, representatives="未推选")
    assert "还缺推选代表的书面材料" in next_step(waiting, desk.lookup.deadline(waiting))


def test_each_of_a_group_may_withdraw_alone_and_the_last_may_not(desk: Desk) -> None:
    case = register(
        desk, asked_by="joint", others="李四｜｜13905550188｜桥头村15号\n王五", representatives="张三、李四"
    )
    with pytest.raises(DeskError, match="申请人里没有【赵六】"):
        desk.acts.note(case.case_id, act_draft("one_withdrew", name="赵六"))
    desk.acts.note(case.case_id, act_draft("one_withdrew", name="王五"))
    after = desk.acts.note(case.case_id, act_draft("one_withdrew", name="张三"))
    assert (after.who, after.address, after.received.representatives) == ("李四", "桥头村15号", ("李四",))
    with pytest.raises(DeskError, match="只有一名申请人"):
        desk.acts.note(case.case_id, act_draft("one_withdrew", name="李四"))
    assert fold(after.case_id, after.history).received == after.received
    struck = desk.acts.note(case.case_id, act_draft("struck", n="2", why="没有撤回"))
    assert struck.who == "张三等2人"


def test_what_was_told_of_the_one_who_withdrew_is_not_taken_for_the_next(desk: Desk) -> None:
    """Address, mail and paper of identity were his: the one who stands there now has his own, or none yet."""
    case = register(
        desk, asked_by="joint", others="李四｜｜13905550188｜桥头村15号", email="zhang@example.com", postcode="321000",
        id_number="330722198001011234", representatives="张三",
    )  # fmt: skip
    assert case.received.email == "zhang@example.com"
    after = desk.acts.note(case.case_id, act_draft("one_withdrew", name="张三")).received
    assert (after.applicant, after.phone, after.address) == ("李四", "13905550188", "桥头村15号")
    assert (after.email, after.postcode, after.id_kind, after.id_number, after.legal_representative) == ("",) * 5


# -- papers, wishes, remarks -----------------------------------------------------------------------------------


def test_how_the_answer_is_wanted_and_what_was_remarked_is_shown_and_found(desk: Desk) -> None:
    wishes = {"delivery_form": "光盘", "remark": "听力不便", "email": "zhang@example.com", "postcode": "３２１０００"}
    case = register(desk, **wishes, id_kind="passport", id_number="c01x00t47")
    lines = described(case)
    for shown in ("获取方式　光盘", "备注　听力不便", "zhang@example.com", "321000", "证件　护照"):
        assert any(shown in line for line in lines)
    for words in ("光盘", "听力不便", "zhang@example.com", "C01X00T47"):
        assert [row.case_no for row in desk.lookup.search(words)] == [case.case_no]


def test_a_paper_of_another_kind_is_quiet_and_one_that_was_not_shown_has_no_number(desk: Desk) -> None:
    quiet = {p.field for p in desk.intake.check(application(id_kind="officer", id_number="南字第01234567号"))}
    assert "id_number" not in quiet
    loud = {p.field for p in desk.intake.check(application(id_kind="id_card", id_number="南字第01234567号"))}
    assert "id_number" in loud
    assert register(desk, id_kind="none", id_number="123").received.id_number == ""


def test_an_organisation_has_somebody_who_represents_it(desk: Desk) -> None:
    case = register(desk, applicant="柳河农机合作社", applicant_class="enterprise", legal_representative="王五")
    letter = issue(desk, case.case_id, "granted", GRANTED)
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="王五"))
    served = desk.lookup.case(case.case_id).served
    assert served is not None
    assert served.relation == "法定代表人"


def test_a_letter_of_ours_cannot_be_posted_to_nowhere(desk: Desk) -> None:
    case = register(desk, address="")
    letter = issue(desk, case.case_id, "granted", GRANTED)
    draft = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA123")
    with pytest.raises(DeskError, match="没有通信地址"):
        desk.delivery.serve(case.case_id, draft)
    desk.acts.note(case.case_id, act_draft("amended", field="address", value="桥头村12号", why="补问到的"))
    assert desk.delivery.serve(case.case_id, draft).in_time is True


def test_people_can_be_amended_and_identities_are_not_told(desk: Desk) -> None:
    case = register(desk)
    line = "李四｜11010519491231002X｜13905550188｜｜代为申请"
    after = desk.acts.note(case.case_id, act_draft("amended", field="agent", value=line, why="登记时漏了"))
    assert after.received.agent is not None
    assert after.received.agent.line == line
    told = desk.lookup.entries(case.case_id)[-1][2]
    assert "代理人改为【李四】" in told
    assert "110105" not in told
    with pytest.raises(DeskError, match="不能用在这一项"):
        desk.acts.note(case.case_id, act_draft("amended", field="others", value="甲；甲", why="误"))


def test_a_name_is_amended_as_it_is_registered_and_any_other_text_as_it_was_typed(desk: Desk) -> None:
    case_id = register(desk).case_id
    after = desk.acts.note(case_id, act_draft("amended", field="applicant", value="欧 阳 修 远", why="写错了"))
    assert after.applicant == "欧阳修远"
    after = desk.acts.note(case_id, act_draft("amended", field="remark", value="长" * 300, why="漏了"))
    assert after.received.remark == "长" * 300
    after = desk.acts.note(case_id, act_draft("amended", field="content", value="2026年 预算 表", why="写错了"))
    assert after.content == "2026年 预算 表"
    with pytest.raises(DeskError, match="最多200个字"):
        desk.acts.note(case_id, act_draft("amended", field="address", value="长" * 201, why="漏了"))


def test_a_form_of_amending_begins_with_what_stands_there_but_for_lists_of_people(desk: Desk) -> None:
    case = register(desk, asked_by="joint", others="李四", representatives="张三")
    begun = {key: _stands(case, {"field": key}) for key in ("content", "representatives", "others")}
    assert begun == {"content": (case.content,), "representatives": (), "others": ()}


# -- receipt that is still to be confirmed ---------------------------------------------------------------------


def test_what_came_by_post_unconfirmed_is_a_state_and_the_day_of_confirmation_counts(
    clock: FixedClock, desk: Desk
) -> None:
    case = register(desk, channel="ordinary_mail", confirmed="not_yet", received_on="2026-11-18")
    assert case.received.unconfirmed
    assert case.received.on == date(2026, 11, 18)
    assert "还没有与申请人确认" in desk.intake.receipt(case).why
    assert group(case, desk) == "waiting"
    assert "与申请人确认收到" in next_step(case, desk.lookup.deadline(case))
    made = desk.reply.issue_form(case.case_id, "receipt")
    assert made is not None
    assert "还没有与您确认" in made.text
    desk.acts.note(
        case.case_id, act_draft("talked", who="张三", how="电话13905550123", what="没有人接", on="2026-11-18")
    )
    with pytest.raises(DeskError, match="早于收到的"):
        desk.acts.note(case.case_id, act_draft("receipt_confirmed", who="张三", on="2026-11-17"))
    after = desk.acts.note(case.case_id, act_draft("receipt_confirmed", who="张三", how="电话", on="2026-11-20"))
    assert (after.received.on, after.received.unconfirmed) == (date(2026, 11, 20), False)
    assert desk.lookup.deadline(after).due_on == date(2026, 12, 18)
    assert "以与申请人确认之日2026-11-20为收到之日（2026-11-18已经收到" in desk.intake.receipt(after).why
    with pytest.raises(DeskError, match="不用再确认"):
        desk.acts.note(case.case_id, act_draft("receipt_confirmed", who="张三"))
    struck = desk.acts.note(case.case_id, act_draft("struck", n="3", why="确认的是另一件"))
    assert struck.received.unconfirmed
    assert not [note for note in desk.upkeep.check() if note.fault]


def test_a_channel_that_needs_no_confirmation_is_never_unconfirmed(desk: Desk) -> None:
    assert not register(desk, channel="in_person", confirmed="not_yet").received.unconfirmed


# -- from outside ----------------------------------------------------------------------------------------------


def test_people_come_as_records_or_names() -> None:
    facts = {
        "applicant": "张三", "agent": {"name": "李四", "authority": "代为申请", "until": "2027-01-01"}, "others": ["王五", {"name": "赵六", "phone": "1"}],
    }  # fmt: skip
    texts = flat(facts)
    assert texts["asked_by"] == "joint_agent"
    assert (texts["agent"], texts["authority_paper"], texts["authority_until"]) == ("李四", "shown", "2027-01-01")
    assert texts["others"] == "王五\n赵六｜｜1"
    assert flat({"agent": {"name": "李四", "authority": ""}})["authority_paper"] == "missing"
    assert flat({"guardian": "王五"})["asked_by"] == "guardian"
    assert flat({"applicant": "张三"})["asked_by"] == ""


def test_a_ledger_carries_everybody_out_and_in(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    register(desk, **AGENT, email="a@b.cn", postcode="321000", id_kind="hong_kong_macao", id_number="H12345678")
    register(desk, asked_by="joint", others=TEN, representatives="张三、王一")
    register(desk, asked_by="guardian", guardian="张大山", guardian_relation="父亲")
    register(desk, channel="fax", confirmed="not_yet")
    assert desk.ledgers.give(tmp_path / "a.csv") == 4
    other = make_desk(tmp_path / "other", clock)
    taken = other.ledgers.take(tmp_path / "a.csv")
    assert (taken.taken, taken.bad) == (4, ())
    other.ledgers.give(tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    for number in ("0001", "0002", "0003", "0004"):
        one, two = (d.lookup.case_by_no(f"LH-2026-{number}").received for d in (desk, other))
        same = {"agent", "guardian", "others", "representatives", "email", "postcode", "id_kind", "unconfirmed"}
        assert one.model_dump(include=same) == two.model_dump(include=same)
