"""Life goes on after the answer: it is set aside, the case is open once more, the year still counts it once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from tests.conftest import GRANTED, NOT_HELD, issue, issue_granted, make_desk, register

ORDER = {"ordered_by": "review", "number": "青政复决〔2026〕8号", "why": "没有检索"}
ARRIVED = date(2026, 12, 14)


def answered(desk: Desk) -> str:
    """A case that was answered and delivered on 2026-11-20."""
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    return letter.case_id


def ordered(desk: Desk, clock: FixedClock, **values: str) -> str:
    """The same, annulled on review; the decision arrived on 2026-12-14."""
    case_id = answered(desk)
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **{**ORDER, **values}))
    return case_id


def test_the_case_is_open_once_more_with_a_day_of_its_own(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    case = desk.lookup.case(case_id)
    assert (case.category, case.closed_on, case.served, case.number) == ("", None, None, "")
    assert [(e.category, e.undone(())) for e in case.earlier] == [("granted", "已被青政复决〔2026〕8号撤销")]
    assert desk.lookup.deadline(case).due_on == date(2027, 1, 12)
    row = next(row for rows in desk.work.board().groups.values() for row in rows)
    assert (row.case_no, row.next_act, row.due_on) == (case.case_no, "重新作出答复", date(2027, 1, 12))
    assert desk.lookup.search(case.case_no)[0].status == "running"


def test_the_period_that_the_decision_names(desk: Desk, clock: FixedClock) -> None:
    case = desk.lookup.case(ordered(desk, clock, working_days="10"))
    assert desk.lookup.deadline(case).due_on == date(2026, 12, 28)


def test_a_period_in_days_of_the_calendar_goes_out_and_in(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    """Thirty days after 14 December 2026 is 13 January 2027, a Wednesday."""
    case = desk.lookup.case(ordered(desk, clock, days="30"))
    assert desk.lookup.deadline(case).due_on == date(2027, 1, 13)
    desk.ledgers.give(tmp_path / "l.csv")
    there = make_desk(tmp_path / "there", clock)
    there.ledgers.take(tmp_path / "l.csv")
    again = there.lookup.case_by_no(case.case_no)
    assert there.lookup.deadline(again).due_on == date(2027, 1, 13)


@pytest.mark.parametrize(
    ("period", "says"), [({"days": "91"}, "1到90"), ({"days": "15", "working_days": "10"}, "只填一个")]
)
def test_an_impossible_period_is_refused(desk: Desk, clock: FixedClock, period: dict[str, str], says: str) -> None:
    with pytest.raises(DeskError, match=says):
        ordered(desk, clock, **period)


def test_the_new_answer_is_judged_by_the_new_day_and_the_year_counts_the_first(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    clock.set(date(2027, 1, 12))
    letter = issue(desk, case_id, "granted", {**GRANTED, "attachments": "另一份台账（复印件）"})
    verdict = desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert verdict.in_time is True
    case = desk.lookup.case(case_id)
    assert [r.in_time for r in desk.lookup.deadline(case).rounds] == [True, True]
    assert desk.reporting.cell(2026, "granted", "total") == [case.case_no]
    assert desk.reporting.cell(2027, "carried_in", "total") == []
    assert desk.reporting.cell(2027, "total", "total") == []
    assert not [note for note in desk.upkeep.check() if note.fault and note.code != "calendar"]


def test_the_letter_opens_with_the_decision(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    letter = issue(desk, case_id, "granted", {**GRANTED, "attachments": "另一份台账（复印件）"})
    assert "青政复决〔2026〕8号行政复议决定书" in letter.text
    assert "2026年12月14日收到" in letter.text
    assert "柳政依复〔2026〕1号" in letter.text


def test_the_same_answer_with_the_same_reasons_is_refused(desk: Desk, clock: FixedClock) -> None:
    """行政复议法 64 para 2, 行政诉讼法 71."""
    case_id = ordered(desk, clock)
    with pytest.raises(DeskError, match="相同的事实和理由"):
        issue(desk, case_id, "granted", GRANTED)
    assert not desk.lookup.case(case_id).category


def test_of_ones_own_motion_it_needs_a_reason(desk: Desk, clock: FixedClock) -> None:
    case_id = answered(desk)
    with pytest.raises(DeskError, match="写明原因"):
        desk.acts.note(case_id, act_draft("redo_ordered", ordered_by="self"))
    after = desk.acts.note(case_id, act_draft("redo_ordered", ordered_by="self", why="答错了种类"))
    assert after.earlier[0].undone(after.disputes) == "已由本机关自行撤销"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"ordered_by": "review"}, "文号"),
        ({"ordered_by": "review", "number": "x", "working_days": "0"}, "期限"),
        ({"ordered_by": "review", "number": "x", "working_days": "999"}, "期限"),
        ({"ordered_by": "neighbour", "number": "x"}, "请选择谁定的"),
    ],
)
def test_an_order_that_makes_no_sense_changes_nothing(desk: Desk, values: dict[str, str], says: str) -> None:
    case_id = answered(desk)
    before = desk.lookup.case(case_id)
    with pytest.raises(DeskError, match=says):
        desk.acts.note(case_id, act_draft("redo_ordered", **values))
    assert desk.lookup.case(case_id) == before


def test_an_order_for_a_case_that_was_never_answered_needs_its_review(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    clock.set(date(2027, 1, 5))
    with pytest.raises(DeskError, match="先记下复议或者诉讼"):
        desk.acts.note(case.case_id, act_draft("redo_ordered", **ORDER))
    desk.acts.note(case.case_id, act_draft("disputed", route="review"))
    after = desk.acts.note(case.case_id, act_draft("redo_ordered", **ORDER))
    assert desk.lookup.deadline(after).counted_from == date(2027, 1, 5)
    assert after.row == ""
    assert after.earlier[0].undone(after.disputes) == "已被青政复决〔2026〕8号责令答复"


def test_a_second_order_waits_for_the_answer(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    with pytest.raises(DeskError, match="新的答复还没有作出"):
        desk.acts.note(case_id, act_draft("redo_ordered", **ORDER))


def test_an_answer_that_was_not_delivered_is_given_up_and_not_annulled(desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="请用【作废】"):
        desk.acts.note(letter.case_id, act_draft("redo_ordered", ordered_by="self", why="写错了"))


def test_an_order_may_be_struck_out_again(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    n = len(desk.lookup.case(case_id).history) - 1
    after = desk.acts.note(case_id, act_draft("struck", n=str(n), why="记错了件"))
    assert (after.category, after.earlier) == ("granted", ())
    assert desk.lookup.deadline(after).in_time is True


def test_an_archived_case_comes_back_and_is_put_away_again(desk: Desk, clock: FixedClock) -> None:
    case_id = answered(desk)
    desk.delivery.archive(case_id)
    clock.set(ARRIVED)
    after = desk.acts.note(case_id, act_draft("redo_ordered", **ORDER))
    assert after.archived is None
    assert after.case_no in [row.case_no for rows in desk.work.board().groups.values() for row in rows]


def test_while_a_review_runs_the_file_is_not_put_away(desk: Desk) -> None:
    case_id = answered(desk)
    desk.acts.note(case_id, act_draft("disputed", route="review"))
    with pytest.raises(DeskError, match="还没有结果"):
        desk.delivery.archive(case_id)


def test_the_ledger_has_both_answers_and_gives_them_back(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    case_id = ordered(desk, clock)
    issue(desk, case_id, "not_held", NOT_HELD)
    desk.ledgers.give(tmp_path / "l.csv")
    line = (tmp_path / "l.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert "予以公开,2026-11-20,柳政依复〔2026〕1号,当面,2026-11-20" in line
    assert "复议撤销,青政复决〔2026〕8号,2026-12-14,,信息不存在,2026-12-14,柳政依复〔2026〕2号" in line
    assert desk.ledgers.said_less() == []
    other = make_desk(tmp_path / "other", clock)
    assert other.ledgers.take(tmp_path / "l.csv").taken == 1
    other.ledgers.give(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "l.csv").read_bytes()
    taken = other.lookup.case_by_no("LH-2026-0001")
    assert (taken.counted_as, taken.category) == ("granted", "not_held")
    assert [item.in_time for item in other.lookup.deadline(taken).rounds] == [True, None]


def test_a_ledger_says_what_it_leaves_out_of_a_third_answer(desk: Desk, clock: FixedClock) -> None:
    case_id = ordered(desk, clock)
    letter = issue(desk, case_id, "not_held", NOT_HELD)
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    desk.acts.note(case_id, act_draft("redo_ordered", ordered_by="court", number="（2027）浙01行终1号"))
    assert desk.ledgers.said_less() == ["有1件不止两次答复，或者没有答复就被责令答复：台账写不全，请以登记簿为准。"]


def test_a_second_answer_that_came_back_by_our_fault_leaves_the_first_round_as_it_was(
    desk: Desk, clock: FixedClock
) -> None:
    case_id = ordered(desk, clock)
    letter = issue(desk, case_id, "granted", {**GRANTED, "attachments": "另一份台账（复印件）"})
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    clock.set(date(2026, 12, 21))
    after = desk.acts.note(case_id, act_draft("returned", letter_id=letter.number, our_fault="yes", why="查无此人"))
    assert [r.in_time for r in desk.lookup.deadline(after).rounds] == [True, None]
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert [r.in_time for r in desk.lookup.deadline(desk.lookup.case(case_id)).rounds] == [True, True]


def test_a_second_answer_to_a_case_of_a_ledger_is_delivered_like_any_other(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    heading = "收到日期,收到方式,申请人,申请人类别,申请内容,答复类型,答复日期,文号\n"
    line = "2026-10-12,当面,张三,自然人,预算,予以公开,2026-11-05,柳政依复〔2026〕1号\n"
    (tmp_path / "l.csv").write_text(heading + line, encoding="utf-8")
    desk.ledgers.take(tmp_path / "l.csv")
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert [row.next_act for row in desk.work.board().groups["to_serve"]] == ["补记送达"]
    clock.set(ARRIVED)
    desk.acts.note(case.case_id, act_draft("redo_ordered", **ORDER))
    issue(desk, case.case_id, "granted", GRANTED)
    assert [row.next_act for row in desk.work.board().groups["to_serve"]] == ["送达答复"]


def test_the_same_kind_with_other_words_is_said_and_does_not_stop(desk: Desk, clock: FixedClock) -> None:
    case_id = register(desk).case_id
    letter = issue(desk, case_id, "not_held", NOT_HELD)
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    other = {**NOT_HELD, "search_process": "又到档案馆查了一次"}
    again = [f for f in desk.reply.preview(case_id, "not_held", other).findings if f.where == "重新答复"]
    assert [(f.code, f.blocking) for f in again] == [("same_kind_again", False)]
    assert "2026-12-14" in again[0].what
    granted = desk.reply.preview(case_id, "granted", GRANTED).findings
    assert not [f for f in granted if f.where == "重新答复"]


def test_an_opinion_on_the_answer_that_was_set_aside_is_none_on_the_next(desk: Desk, clock: FixedClock) -> None:
    case_id = register(desk).case_id
    letter = issue(desk, case_id, "not_held", NOT_HELD)
    needed = [box for box in desk.reviews.boxes(desk.lookup.case(case_id), "not_held") if box.needed]
    assert needed
    assert not any(box.empty for box in needed)
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    then = [box for box in desk.reviews.boxes(desk.lookup.case(case_id), "not_held") if box.needed]
    assert [box.review for box in then] == [box.review for box in needed]
    assert all(box.empty for box in then)
    with pytest.raises(DeskError, match="这种答复发出前要有这项意见"):
        desk.reply.issue(case_id, "not_held", {**NOT_HELD, "search_process": "又到档案馆查了一次"})


def test_an_order_whose_review_nobody_noted_says_what_the_year_would_miss(desk: Desk, clock: FixedClock) -> None:
    case = desk.lookup.case(ordered(desk, clock))
    assert "表四" in desk.acts.aside(case)
    desk.acts.note(case.case_id, act_draft("struck", n=str(len(case.history) - 1), why="先记复议"))
    desk.acts.note(case.case_id, act_draft("disputed", on="2026-12-01", route="review"))
    desk.acts.note(
        case.case_id, act_draft("dispute_decided", on="2026-12-14", route="review", result="", outcome="corrected")
    )
    again = desk.acts.note(case.case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    assert "表四" not in desk.acts.aside(again)


@pytest.mark.parametrize(
    ("values", "field"), [({"number": ""}, "number"), ({"ordered_by": "self", "why": ""}, "why")]
)
def test_what_an_order_lacks_is_asked_at_its_field(
    desk: Desk, clock: FixedClock, values: dict[str, str], field: str
) -> None:
    case_id = answered(desk)
    clock.set(ARRIVED)
    with pytest.raises(DeskError) as refused:
        desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **{**ORDER, **values}))
    assert refused.value.field == field


@pytest.mark.parametrize(("result", "against"), [("annulled", False), ("dismissed", True), ("upheld", True)])
def test_a_result_that_does_not_fit_the_order_is_asked_about(
    desk: Desk, clock: FixedClock, result: str, against: bool
) -> None:
    case_id = answered(desk)
    clock.set(ARRIVED)
    desk.acts.note(case_id, act_draft("disputed", on="2026-12-01", route="review"))
    desk.acts.note(case_id, act_draft("redo_ordered", on=ARRIVED.isoformat(), **ORDER))
    case = desk.acts.note(
        case_id, act_draft("dispute_decided", on=ARRIVED.isoformat(), route="review", result=result)
    )
    assert ("请核对，选错了的" in desk.acts.aside(case)) is against
