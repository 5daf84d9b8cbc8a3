"""A review and a suit about an answer: the office's own paper, what came of it, the second instance, the answer given anew."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.next_step import next_step
from deskapp.errors import DeskError
from deskapp.law.annual_report import Route
from deskapp.law.disputes import results
from tests.conftest import GRANTED, issue, issue_granted, register
from tests.desk.test_letters import typed_as

COPY = date(2026, 12, 1)


def answered(desk: Desk) -> str:
    """A case that was answered and delivered on 2026-11-20."""
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    return letter.case_id


def disputed(desk: Desk, clock: FixedClock, route: str = "review", **values: str) -> str:
    """The same, and the copy of an application for review or of a complaint came in on 2026-12-01."""
    case_id = answered(desk)
    clock.set(COPY)
    desk.acts.note(case_id, act_draft("disputed", route=route, reference="1号", **values))
    return case_id


def says(desk: Desk, case_id: str) -> str:
    case = desk.lookup.case(case_id)
    return next_step(case, desk.lookup.deadline(case), desk.lookup.matters_of(case))


def table_four(desk: Desk, year: int, route: Route) -> dict[str, int]:
    report = desk.reporting.report(year)
    return {key: count for key, count in report.table4[route].items() if count and key != "total"}


def test_while_a_review_runs_the_case_names_the_day_of_the_offices_paper(desk: Desk, clock: FixedClock) -> None:
    case_id = disputed(desk, clock)
    assert "书面答复和证据最迟2026-12-08提交（还有7天），通知写普通程序的12-15" in says(desk, case_id)
    assert "复议答复书和证据目录" in says(desk, case_id)
    groups = desk.work.board().groups
    assert [(row.next_act) for row in groups["waiting"]] == ["等复议结果"]
    desk.acts.note(case_id, act_draft("dispute_answered", route="review"))
    assert says(desk, case_id) == "等行政复议的结果，有了按 F6 记下。"


def test_the_day_that_the_notice_names_comes_before_the_laws(desk: Desk, clock: FixedClock) -> None:
    case_id = disputed(desk, clock, answer_by="2026-12-04")
    assert [matter.due_on for matter in desk.work.matters()] == [date(2026, 12, 4)]
    assert "最迟2026-12-04提交" in says(desk, case_id)


@pytest.mark.parametrize(
    ("result", "column"),
    [
        ("upheld", "upheld"), ("claim_rejected", "upheld"), ("annulled", "corrected"), ("changed", "corrected"),
        ("declared_illegal", "corrected"), ("ordered_to_act", "corrected"), ("dismissed", "other"), ("terminated", "other"),
        ("mediated", "other"),
    ],
)  # fmt: skip
def test_each_result_has_its_column(desk: Desk, clock: FixedClock, result: str, column: str) -> None:
    case_id = disputed(desk, clock)
    after = desk.acts.note(case_id, act_draft("dispute_decided", route="review", result=result))
    assert table_four(desk, 2026, "review") == {column: 1}
    assert results()[result].name in desk.lookup.disputes_of(after)[0]
    assert ("责令重新答复" in says(desk, case_id)) is results()[result].redo
    board = desk.work.board().groups
    acts = [row.next_act for rows in board.values() for row in rows]
    assert acts == (["记下责令重新答复"] if results()[result].redo else ["归档"])


@pytest.mark.parametrize(
    ("route", "values", "match"),
    [
        ("review", {"result": "changed", "outcome": "upheld"}, "【变更】计入结果纠正"),
        ("suit_direct", {"result": "upheld"}, "没有【维持】这种结果"),
        ("review", {}, "没有选结果"),
    ],
)
def test_a_result_that_does_not_fit_is_refused(
    desk: Desk, clock: FixedClock, route: str, values: dict[str, str], match: str
) -> None:
    case_id = disputed(desk, clock, route)
    before = desk.lookup.case(case_id)
    with pytest.raises(DeskError, match=match):
        desk.acts.note(case_id, act_draft("dispute_decided", route=route, **{"result": "", "outcome": "", **values}))
    assert desk.lookup.case(case_id) == before


def test_a_judgment_that_is_appealed_is_pending_and_answered_once_more(desk: Desk, clock: FixedClock) -> None:
    case_id = disputed(desk, clock, "suit_direct")
    with pytest.raises(DeskError, match="谈不上上诉"):
        desk.acts.note(case_id, act_draft("appealed", route="suit_direct"))
    desk.acts.note(case_id, act_draft("dispute_answered", route="suit_direct"))
    clock.set(date(2026, 12, 28))
    desk.acts.note(case_id, act_draft("dispute_decided", route="suit_direct", result="annulled"))
    assert table_four(desk, 2026, "suit_direct") == {"corrected": 1}
    clock.set(date(2027, 1, 11))
    desk.acts.note(case_id, act_draft("appealed", route="suit_direct", who="本机关"))
    assert table_four(desk, 2026, "suit_direct") == {"pending": 1}
    assert [matter.due_on for matter in desk.work.matters()] == [date(2027, 1, 26)]
    with pytest.raises(DeskError, match="还没有结果"):
        desk.delivery.archive(case_id)
    clock.set(date(2027, 3, 15))
    desk.acts.note(case_id, act_draft("dispute_decided", route="suit_direct", result="claim_rejected"))
    assert table_four(desk, 2027, "suit_direct") == {"upheld": 1}
    with pytest.raises(DeskError, match="二审是终审"):
        desk.acts.note(case_id, act_draft("appealed", route="suit_direct"))


@pytest.mark.parametrize(
    ("kind", "route", "names"),
    [
        ("review_defence", "review", ("行政复议答复书", "青山县人民政府：", "1号", "2026年12月1日收到申请书副本", "张三不服")),
        ("court_defence", "suit_direct", ("行政诉讼答辩状", "青山县人民法院", "驳回原告的诉讼请求", "（原告）：张三")),
        ("evidence_list", "review", ("证据目录", "柳政依复〔2026〕1号", "送达凭证", "政府信息公开条例")),
    ],
)  # fmt: skip
def test_the_offices_paper_is_made_of_the_file(
    desk: Desk, clock: FixedClock, kind: str, route: str, names: tuple[str, ...]
) -> None:
    case_id = disputed(desk, clock, route)
    first = desk.reply.first(case_id, kind)
    typed = {**typed_as(kind, desk, case_id), **{key: value for key, value in first.items() if value}}
    letter = desk.reply.issue(case_id, kind, typed)
    for name in names:
        assert name in letter.text
    if kind != "evidence_list":
        assert "2026年11月20日当面收到申请" in letter.text
        assert "2026年11月20日作出政府信息公开申请答复书（柳政依复〔2026〕1号），予以公开" in letter.text


def test_a_revocation_of_ones_own_motion_is_a_letter_and_opens_the_case(desk: Desk, clock: FixedClock) -> None:
    case_id = answered(desk)
    clock.set(date(2026, 11, 27))
    first = desk.reply.first(case_id, "revocation_decision")
    assert (first["answer_number"], first["answer_on"]) == ("柳政依复〔2026〕1号", "2026-11-20")
    letter = desk.reply.issue(case_id, "revocation_decision", {**first, "why": "遗漏了第二项"})
    assert "决定撤销柳政依复〔2026〕1号答复。本机关自作出本决定的次日起20个工作日内重新答复您" in letter.text
    assert "如对本决定不服" in letter.text
    case = desk.lookup.case(case_id)
    assert (case.category, case.earlier[0].order.number) == ("", "柳政依复〔2026〕2号")
    assert desk.lookup.deadline(case).due_on == date(2026, 12, 25)
    answer = issue(desk, case_id, "granted", {"attachments": "两份台账（5页）", "manner": "纸质复制件"})
    assert "本机关决定撤销该答复（柳政依复〔2026〕2号）。现重新答复如下" in answer.text


def test_a_revocation_before_delivery_is_refused_with_the_way_out(desk: Desk) -> None:
    letter = issue_granted(desk)
    first = desk.reply.first(letter.case_id, "revocation_decision")
    with pytest.raises(DeskError, match="请用【作废】"):
        desk.reply.issue(letter.case_id, "revocation_decision", {**first, "why": "写错"})


def test_the_year_of_two_annulled_answers_counts_each_application_once(desk: Desk, clock: FixedClock) -> None:
    for number in ("青政复决〔2026〕8号", "青政复决〔2026〕9号"):
        clock.set(date(2026, 11, 20))
        case_id = disputed(desk, clock)
        desk.acts.note(case_id, act_draft("dispute_decided", route="review", result="annulled", reference=number))
        desk.acts.note(case_id, act_draft("redo_ordered", ordered_by="review", number=number))
        issue(desk, case_id, "not_held", {"search_process": "逐卷翻阅，没有找到", "explanation": ""})
    report = desk.reporting.report(2026)
    rows = {row.key: row.values[-1] for row in report.table3 if row.values[-1]}
    assert rows == {"new": 2, "granted": 2, "total": 2}
    assert table_four(desk, 2026, "review") == {"corrected": 2}
    assert all(check.ok for check in report.checks)


@pytest.mark.parametrize(("procedural", "blocked"), [("", True), ("yes", False)])
def test_the_same_answer_may_be_given_again_only_after_a_fault_of_procedure(
    desk: Desk, clock: FixedClock, procedural: str, blocked: bool
) -> None:
    case_id = disputed(desk, clock)
    order = {"ordered_by": "review", "number": "青政复决〔2026〕8号", "procedural": procedural}
    desk.acts.note(case_id, act_draft("redo_ordered", **order))
    found = {f.code for f in desk.reply.preview(case_id, "granted", GRANTED).findings if f.blocking}
    assert ("same_again" in found) is blocked


def test_answers_with_other_remedies_are_not_joined(desk: Desk) -> None:
    case = register(desk)
    rows = "LH-2026-0001｜台账｜予以公开（条例第三十六条第二项）\nLH-2026-0002｜汇总表｜不予提供（条例第三十八条）"
    found = desk.reply.preview(case.case_id, "joint_answer", {"answers": rows}).findings
    assert [f.what[:12] for f in found if f.code == "not_joined"] == ["LH-2026-0002"]


@pytest.mark.parametrize(
    ("kind", "route", "asked"),
    [
        ("granted", "suit_direct", "请求依法判决驳回原告的诉讼请求"), ("state_secret", "suit_direct", "请求依法裁定驳回原告的起诉"),
        ("state_secret", "suit_after_review", "请求依法判决驳回原告的诉讼请求"), ("partial", "suit_direct", "请求依法判决驳回原告的诉讼请求"),
        ("petition", "suit_after_review", "请求依法裁定驳回原告的起诉"), ("", "suit_direct", "请求依法裁定驳回原告的起诉"), ("", "suit_after_review", ""),
        ("", "review", ""), ("state_secret", "review", "请依法维持本机关作出的答复"),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_court_that_has_to_wait_for_a_review(
    desk: Desk, kind: str, route: str, asked: str
) -> None:
    case = register(desk)
    if kind:
        desk.acts.note(case.case_id, act_draft("answered", category=kind))
    desk.acts.note(case.case_id, act_draft("disputed", route=route))
    paper = "review_defence" if route == "review" else "court_defence"
    assert desk.reply.first(case.case_id, paper)["request"] == asked


def test_applications_of_others_and_unknown_ones_are_not_joined(desk: Desk) -> None:
    mine, other, again = register(desk), register(desk, applicant="李四"), register(desk, content="另一件")
    rows = [mine.case_no, other.case_no, again.case_no, "LH-2026-0099", mine.case_no]
    typed = {"answers": "\n".join(f"{number}｜台账｜予以公开（条例第三十六条第二项）" for number in rows)}
    found = desk.reply.preview(mine.case_id, "joint_answer", typed).findings
    assert [(f.code, f.blocking, f.what) for f in found if f.code.startswith("joined")] == [
        ("joined_other", True, f"{other.case_no}是李四的申请，不是{mine.who}的。"),
        ("joined_unknown", True, "登记簿里没有LH-2026-0099。"), ("joined_twice", False, f"{mine.case_no}写了不止一行。"),
    ]  # fmt: skip


def test_an_answer_without_number_is_no_silence(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("answered", category="granted"))
    clock.set(COPY)
    desk.acts.note(case.case_id, act_draft("disputed", route="review"))
    first = desk.reply.first(case.case_id, "review_defence")
    assert (first["challenged"], first["request"]) == ("2026年11月20日作出的答复", "请依法维持本机关作出的答复")
    silent = register(desk)
    desk.acts.note(silent.case_id, act_draft("disputed", route="review"))
    first = desk.reply.first(silent.case_id, "review_defence")
    assert (first["challenged"], first["request"]) == ("没有在法定期限内答复", "")


def test_a_part_withheld_and_the_rest_have_their_remedies(desk: Desk) -> None:
    case = register(desk)
    letter = issue(desk, case.case_id, "partial", typed_as("partial", desk, case.case_id))
    assert "如对本答复中不予公开的部分不服，应当自收到本答复书之日起60日内先向" in letter.text
    assert "如对本答复的其他内容不服，可以自收到本答复书之日起60日内" in letter.text


def test_what_was_struck_out_is_no_evidence_and_no_part_of_the_course(desk: Desk, clock: FixedClock) -> None:
    case_id = disputed(desk, clock)
    n = next(n for n, event in enumerate(desk.lookup.case(case_id).history) if event.act == "served")
    desk.acts.note(case_id, act_draft("talked", who="张三", what="没有收到"))
    desk.acts.note(case_id, act_draft("struck", n=str(n), why="记错了"))
    first = desk.reply.first(case_id, "evidence_list")
    assert "送达凭证" not in first["evidence"]
    assert "送达" not in desk.reply.first(case_id, "review_defence")["history"]
