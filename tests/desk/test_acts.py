"""The small form of what happens besides letters: each act by its fields, what it does, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.letter_facts import typed_facts
from deskapp.errors import DeskError
from deskapp.law.annual_report import Route
from deskapp.law.disputes import answer_due
from deskapp.law.errors import LawError
from deskapp.law.workdays import official_calendar
from deskapp.printing.file import NoPrinterPort
from deskapp.printing.port import Printer
from deskapp.register import events as ev
from deskapp.register.act import NO, YES, Choices
from deskapp.register.case import Case
from deskapp.register.events import AnyEvent
from letters.catalogue import shipped
from tests.conftest import issue_granted, register


def noted(desk: Desk, case_id: str, act: str, **values: str) -> AnyEvent:
    return desk.acts.note(case_id, act_draft(act, **values)).history[-1]


def entries_of(desk: Desk, case: Case) -> Choices:
    """What may be struck out, as the form offers it."""
    field = desk.acts.fields(case, "struck")[0]
    return field.offered(case)


def served(desk: Desk) -> str:
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    return letter.case_id


def test_what_is_noted_before_the_answer(desk: Desk) -> None:
    case_id = register(desk).case_id
    assert isinstance(noted(desk, case_id, "reason_requested"), ev.ReasonRequested)
    given = noted(desk, case_id, "reason_given", reason="写论文", reasonable=YES)
    assert isinstance(given, ev.ReasonGiven)
    assert (given.reason, given.reasonable, given.by) == ("写论文", True, "李晓梅")
    deferred = noted(desk, case_id, "deferred", until="1-15")
    assert isinstance(deferred, ev.Deferred)
    assert deferred.until == date(2027, 1, 15)
    assert desk.lookup.deadline(desk.lookup.case(case_id)).due_on == date(2027, 1, 15)
    closed = noted(desk, case_id, "closed", category="correction_lapsed", why="逾期不补正")
    assert isinstance(closed, ev.Closed)
    assert desk.lookup.case(case_id).row == "correction_lapsed"


def test_a_day_to_come_is_seen_from_the_day_of_the_act(desk: Desk) -> None:
    case_id = register(desk, received_on="2026-11-02").case_id
    noted(desk, case_id, "reason_requested", on="11-3")
    noted(desk, case_id, "reason_given", on="11-4", reason="写论文", reasonable=YES)
    deferred = noted(desk, case_id, "deferred", on="11-5", until="11-18")
    assert isinstance(deferred, ev.Deferred)
    assert (deferred.on, deferred.until) == (date(2026, 11, 5), date(2026, 11, 18))


def test_the_end_of_a_period_lies_behind_an_answer_and_before_a_notice() -> None:
    for kind, day in (("correction_lapsed", date(2026, 10, 9)), ("correction_notice", date(2027, 10, 9))):
        facts = typed_facts(shipped().template(kind), date(2026, 11, 20), {"respond_by": "10-9"})
        assert facts["respond_by"] == day


def test_what_is_noted_after_the_answer(desk: Desk, clock: FixedClock) -> None:
    case_id = served(desk)
    assert isinstance(noted(desk, case_id, "returned", why="无人签收"), ev.Returned)
    assert [item.is_answer for item in desk.delivery.waiting(desk.lookup.case(case_id))] == [True]
    assert [row.next_act for row in desk.work.board().groups["to_serve"]] == ["送达文书"]
    letter_id = desk.lookup.case(case_id).answer_id
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter_id, way="in_person", signed_by="张三"))
    judged = noted(desk, case_id, "publication_judged", fit=NO, why="涉及个人")
    assert isinstance(judged, ev.PublicationJudged)
    assert not judged.fit
    desk.delivery.archive(case_id)
    assert desk.acts.likely(desk.lookup.case(case_id)) == "followed_up"
    told = noted(desk, case_id, "followed_up", satisfied=YES)
    assert isinstance(told, ev.FollowedUp)
    assert isinstance(noted(desk, case_id, "platform_entered", platform_no="P-1"), ev.PlatformEntered)


def test_a_review_has_its_own_last_day_until_it_is_answered(desk: Desk, clock: FixedClock) -> None:
    case_id = served(desk)
    clock.set(date(2026, 12, 1))
    noted(desk, case_id, "disputed", route="review", reference="青府复〔2026〕8号")
    assert [(m.due_on, m.left) for m in desk.work.matters()] == [(date(2026, 12, 15), 14)]
    assert any(
        "书面答复和证据最迟2026-12-08提交（还有7天），通知写普通程序的12-15" in banner
        for banner in desk.work.board().banners
    )
    clock.set(date(2026, 12, 16))
    assert any("已经过了8天" in banner for banner in desk.work.board().banners)
    assert desk.acts.likely(desk.lookup.case(case_id)) == "dispute_answered"
    noted(desk, case_id, "dispute_answered", route="review")
    assert desk.work.matters() == []
    noted(desk, case_id, "dispute_decided", route="review", outcome="upheld", reference="决〔2026〕9号")
    assert desk.reporting.report(2026).table4["review"] == {
        "upheld": 1, "corrected": 0, "other": 0, "pending": 0, "total": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("route", "received_on", "due_on"),
    [
        ("review", date(2026, 12, 1), date(2026, 12, 15)),  # ten working days, 行政复议法 48, 88
        ("review", date(2026, 9, 28), date(2026, 10, 16)),  # over the holidays of October
        ("review", date(2023, 12, 20), date(2024, 1, 2)),  # ten calendar days before 2024; New Year ends it later
        ("suit_direct", date(2026, 12, 1), date(2026, 12, 16)),  # fifteen calendar days, 行政诉讼法 67
        ("suit_after_review", date(2026, 12, 4), date(2026, 12, 21)),  # the fifteenth is a Saturday
        ("suit_direct", date(2014, 6, 3), date(2014, 6, 13)),  # ten days under the law of 1989
    ],
)
def test_the_last_day_of_an_answer_in_a_dispute(route: Route, received_on: date, due_on: date) -> None:
    assert answer_due(route, received_on, official_calendar()).due_on == due_on


def test_a_delivery_noted_by_mistake_is_struck_out(desk: Desk) -> None:
    case_id = served(desk)
    case = desk.lookup.case(case_id)
    assert case.served
    entries = entries_of(desk, case)
    assert entries[0][1].startswith("11-20 送达")
    after = desk.acts.note(case_id, act_draft("struck", n=entries[0][0], why="记到别人名下"))
    assert after.served is None
    assert all(key != entries[0][0] for key, _ in entries_of(desk, after))


def test_a_registration_is_put_right_with_its_reason(desk: Desk) -> None:
    case_id = register(desk).case_id
    desk.acts.note(case_id, act_draft("amended", field="applicant", value="张珊", why="听错"))
    case = desk.acts.note(case_id, act_draft("amended", field="received_on", value="11-18", why="误记"))
    assert (case.applicant, case.received.on) == ("张珊", date(2026, 11, 18))
    assert [f.case_no for f in desk.lookup.search("张珊")] == [case.case_no]


def test_an_application_is_split_from_the_form(desk: Desk) -> None:
    case_id = register(desk).case_id
    desk.acts.note(case_id, act_draft("split", items="预算\n\n决算\n"))
    assert [f.content for f in desk.lookup.search("算")] == ["决算", "预算"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"act": "deferred"}, "没有填延至哪一天"),
        ({"act": "deferred", "until": "2026-11-20"}, "不晚于"),
        ({"act": "reason_given"}, "没有填理由"),
        ({"act": "closed", "category": "other", "why": "x"}, "请选择答复类型"),
        ({"act": "voided", "number": "LH-2026-0001"}, "没有填说明"),
        ({"act": "voided", "why": "x"}, "没有选作废哪一个"),
        ({"act": "returned", "letter_id": "无此号"}, "没有文号"),
        ({"act": "returned"}, "谈不上退回"),
        ({"act": "disputed", "route": "x"}, "请选择复议还是诉讼"),
        ({"act": "dispute_decided", "route": "review", "outcome": "pending"}, "请选择计入哪一列"),
        ({"act": "amended", "field": "x", "value": "y", "why": "z"}, "请选择更正哪一项"),
        ({"act": "amended", "field": "applicant", "why": "z"}, "没有填改成什么"),
        ({"act": "amended", "field": "channel", "value": "飞鸽", "why": "z"}, "不能用在这一项"),
        ({"act": "amended", "field": "phone", "value": ""}, "没有填说明"),
        (
            {"act": "amended", "field": "applicant_class", "value": "自然人", "why": "z"},
            "就是【自然人】，等于没有更正",
        ),
        ({"act": "amended", "field": "applicant", "value": "张三", "why": "z"}, "就是【张三】，等于没有更正"),
        ({"act": "amended", "field": "mail_number", "why": "z"}, "邮件号现在就空着"),
        ({"act": "struck", "why": "x"}, "没有可以划去的记录"),
        ({"act": "struck", "n": "77", "why": "x"}, "请选择哪一条"),
        ({"act": "split", "items": "只有一项"}, "至少两项"),
        ({"act": "nothing"}, "请选择发生了什么事"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(desk: Desk, values: dict[str, str], says: str) -> None:
    case = register(desk)
    with pytest.raises((DeskError, LawError), match=says):
        desk.acts.note(case.case_id, act_draft(**values))
    assert desk.lookup.case(case.case_id) == case


def test_an_empty_follow_up_is_refused(desk: Desk) -> None:
    case_id = served(desk)
    with pytest.raises(DeskError, match="等于没有记") as refused:
        noted(desk, case_id, "followed_up", satisfied="", remark=" ")
    assert refused.value.field == "remark"
    assert noted(desk, case_id, "followed_up", remark="收到了")


def test_an_archived_case_says_what_can_be_done_instead(desk: Desk) -> None:
    case_id = served(desk)
    desk.delivery.archive(case_id, "YSQ-1")
    with pytest.raises(DeskError, match="用【更正登记】改；确实要再记的，先用【划去误记】划去归档"):
        noted(desk, case_id, "voided", number=desk.lookup.case(case_id).case_no, why="重复")


def test_a_list_of_printers_never_says_that_nothing_was_printed(desk: Desk) -> None:
    class Silent(NoPrinterPort):
        def printers(self) -> list[Printer]:
            raise DeskError("打印服务没有运行。", "文书没有送去打印。", "请管理员启动。")

    desk.paper._printer = Silent()
    with pytest.raises(DeskError) as refused:
        desk.paper.printers()
    assert str(refused.value) == "打印服务没有运行。请管理员启动。"
