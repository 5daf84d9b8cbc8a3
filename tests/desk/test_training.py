"""Training: who practised with how many points stands on a sheet; a case of the office's own becomes a lesson without anybody in it."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.training.own_lessons import OwnLessonDraft
from deskapp.errors import DeskError
from tests.conftest import issue_granted, register


def test_scores_are_kept_and_printed_for_the_supervisor(desk: Desk, clock: FixedClock) -> None:
    desk.training.enter_score("周小雨", 19, 22)
    clock.set(date(2026, 12, 1))
    desk.training.enter_score("王建国", 22, 22)
    assert [(s.on, s.who, s.points) for s in desk.training.scores(2026)] == [
        ("2026-11-20", "周小雨", 19), ("2026-12-01", "王建国", 22),
    ]  # fmt: skip
    assert desk.training.scores(2025) == []
    with pytest.raises(DeskError, match="没有填姓名"):
        desk.training.enter_score(" ", 1, 22)
    with pdfplumber.open(io.BytesIO(desk.training.sheet(2026).pdf)) as pdf:
        text = pdf.pages[0].extract_text().replace(" ", "")
    assert "2026年政府信息公开业务练习成绩单" in text
    assert "周小雨" in text
    assert "2026-12-01" in text


def answered(desk: Desk) -> str:
    case = register(desk, received_on="2026-11-03", content="张三家的宅基地审批表，电话13905550123")
    desk.acts.note(case.case_id, act_draft("party_consulted", on="2026-11-05", party="李四"))
    desk.acts.note(case.case_id, act_draft("party_answered", on="2026-11-12", party="李四", position="refused"))
    desk.acts.note(case.case_id, act_draft("answered", category="partial", number="1号"))
    return case.case_id


DRAFT = OwnLessonDraft(
    title="宅基地", story="申请人要审批表。", why="区分处理。", other="third_party", third="granted"
)


def test_a_case_becomes_a_lesson_without_anybody_in_it(desk: Desk) -> None:
    case_id = answered(desk)
    first = desk.training.draft_of(case_id)
    assert "张三" not in first.story + first.title
    assert "13905550123" not in first.story
    before = len(desk.lessons.all())
    lesson = desk.training.write(case_id, DRAFT)
    assert len(desk.lessons.all()) == before + 1
    assert desk.lessons.all()[-1] == lesson
    assert lesson.due_on == desk.lookup.deadline(desk.lookup.case(case_id)).due_on
    assert "李四" not in str(lesson.events)
    assert desk.lessons.mark_kind(lesson, "partial").right
    assert not desk.lessons.mark_kind(lesson, "granted").right
    assert desk.lessons.mark_day(lesson, str(lesson.due_on)).right


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"story": "张三要审批表。"}, "姓名"), ({"why": "打13905550123问他"}, "手机号码"), ({"title": ""}, "没有填题目"),
        ({"other": ""}, "没有选"), ({"other": "partial"}, "没有选"), ({"third": "third_party"}, "同一种"),
    ],
)  # fmt: skip
def test_what_makes_no_lesson_is_refused(desk: Desk, changes: dict[str, str], says: str) -> None:
    case_id = answered(desk)
    with pytest.raises(DeskError, match=says):
        desk.training.write(case_id, DRAFT.model_copy(update=changes))
    assert desk.training.own() == []


def test_only_answered_cases_are_offered(desk: Desk) -> None:
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    open_one = register(desk, content="预算")
    assert [case_id for case_id, _ in desk.training.suited()] == [letter.case_id]
    with pytest.raises(DeskError, match="没有本机关作出的答复"):
        desk.training.draft_of(open_one.case_id)
