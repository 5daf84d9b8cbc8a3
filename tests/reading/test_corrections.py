"""Visits, slips, questions: put right and taken back on any day, with a reason; what was stands in the register."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.desk import Desk
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.errors import DeskError

MARCH = date(2026, 3, 1), date(2026, 3, 31)
CHECKED = QuestionDraft(
    question="几点下班", answer="五点半", basis="作息通知", checked_by="王建国", checked_on="2026-03-30"
)


def test_a_slip_in_the_middle_is_put_right(desk: Desk) -> None:
    for mark in ("no", "no", "yes"):
        desk.satisfaction.enter(SlipDraft(mark=mark, on="2026-03-05", remark=mark))
    entry = next(entry for entry in desk.satisfaction.entries(*MARCH) if entry.text.endswith("yes"))
    draft = desk.satisfaction.draft_of(entry.key)
    with pytest.raises(DeskError, match="没有写原因"):
        desk.satisfaction.enter(draft.model_copy(update={"mark": "no"}), entry.key)
    desk.satisfaction.enter(draft.model_copy(update={"mark": "no", "why": "按错了键"}), entry.key)
    assert desk.satisfaction.year(2026).marks == {"yes": 0, "fair": 0, "no": 3}
    (changed,) = [entry for entry in desk.satisfaction.entries(*MARCH) if entry.changes]
    assert changed.remark == "改过1次：按错了键"
    history = desk.satisfaction.history(entry.key)
    assert len(history) == 2
    assert "　满意　" in history[0]
    assert history[1].endswith("（按错了键）")


def test_what_was_taken_back_says_why_and_comes_back(desk: Desk) -> None:
    line = desk.daybook.enter(VisitDraft(kind="reading", people="4", on="2026-03-02"))
    with pytest.raises(DeskError, match="没有写原因") as refused:
        desk.daybook.take_back(line.key, " ")
    assert refused.value.field == "why"
    desk.daybook.take_back(line.key, "是邻镇的")
    assert desk.daybook.year(2026).total().people == 0
    (entry,) = desk.daybook.entries(*MARCH)
    assert (entry.gone, entry.remark) == (True, "已撤回：是邻镇的")
    desk.daybook.put_back(line.key, "问清楚了是我们镇的")
    assert desk.daybook.year(2026).total().people == 4
    assert len(desk.daybook.history(line.key)) == 3
    with pytest.raises(DeskError, match="没有撤回"):
        desk.daybook.put_back(line.key, "再放")


def test_a_corrected_visit_still_counts_for_its_question(desk: Desk) -> None:
    desk.questions.enter(CHECKED)
    (one,) = desk.questions.all()
    desk.questions.answered(one.key)
    (line,) = desk.daybook.day()
    desk.daybook.enter(desk.daybook.draft_of(line.key).model_copy(update={"people": "2", "why": "两个人"}), line.key)
    assert desk.questions.all()[0].times == 1


def test_entries_of_a_span_only_the_newest_day_first(desk: Desk) -> None:
    for on in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        desk.daybook.enter(VisitDraft(on=on))
    assert [str(entry.on) for entry in desk.daybook.entries(*MARCH)] == ["2026-03-31", "2026-03-01"]


# -- the check of an answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"answer": "五点"}, {"basis": "新作息通知"}])
def test_another_answer_or_basis_takes_the_check_away(desk: Desk, change: dict[str, str]) -> None:
    desk.questions.enter(CHECKED.model_copy(update={"checked_on": "2026-11-01"}))
    (one,) = desk.questions.all()
    draft = desk.questions.draft_of(one.key).model_copy(update=change)
    assert "王建国2026-11-01的核对不再算" in desk.questions.check_lost(draft, one.key)
    desk.questions.enter(draft, one.key)
    (now,) = desk.questions.all()
    assert (now.of.checked_by, now.of.checked_on, now.stale) == ("", "", True)
    with pytest.raises(DeskError, match="没有一年以内核对过的"):
        desk.questions.sheet()


def test_checked_anew_or_only_reworded_questions_keep_a_check(desk: Desk) -> None:
    desk.questions.enter(CHECKED)
    (one,) = desk.questions.all()
    desk.questions.enter(CHECKED.model_copy(update={"question": "下班几点"}), one.key)
    assert desk.questions.all()[0].of.checked_on == "2026-03-30"
    anew = CHECKED.model_copy(update={"answer": "六点", "checked_by": "李晓梅", "checked_on": "2026-11-19"})
    assert desk.questions.check_lost(anew, one.key) == ""
    desk.questions.enter(anew, one.key)
    assert desk.questions.all()[0].checked == "李晓梅2026-11-19核对"


# -- withdrawn -------------------------------------------------------------------------------------------------


def test_a_withdrawn_question_is_in_no_list_and_can_be_put_back(desk: Desk) -> None:
    desk.questions.enter(CHECKED.model_copy(update={"checked_on": "2026-11-01"}))
    (one,) = desk.questions.all()
    desk.questions.take_back(one.key, "改成县里统一答")
    assert desk.questions.all() == []
    ((key, of),) = desk.questions.withdrawn("jdxb")
    assert (key, of.why) == (one.key, "改成县里统一答")
    with pytest.raises(DeskError, match="没有一年以内核对过的"):
        desk.questions.sheet()
    desk.questions.put_back(one.key, "又归我们答")
    assert desk.questions.all()[0].of.checked_by == "王建国"
