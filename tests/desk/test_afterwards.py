"""After an answer: what was released is judged for everybody, the applicant is asked; prompted, and counted."""

from __future__ import annotations

from datetime import date

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.afterwards import Afterwards
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.next_step import next_step
from deskapp.register.act import NO, YES
from tests.conftest import NOT_HELD, issue, issue_granted, register


def answered(desk: Desk, **changes: str) -> str:
    letter = issue_granted(desk, **changes)
    desk.delivery.serve(
        letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by=changes.get("applicant", "张三"))
    )
    return letter.case_id


def step(desk: Desk, case_id: str) -> str:
    case = desk.lookup.case(case_id)
    return next_step(case, desk.lookup.deadline(case))


def test_what_was_released_is_to_be_judged_before_the_file_is_put_away(desk: Desk) -> None:
    case_id = answered(desk)
    assert step(desk, case_id) == "判断宜不宜转主动公开，按 F6 记下；再归档。"
    assert desk.acts.likely(desk.lookup.case(case_id)) == "publication_judged"
    archived = desk.acts.note(case_id, act_draft("archived"))
    assert "判断转主动公开" in desk.acts.aside(archived)
    assert "随访" in desk.acts.aside(archived)
    desk.acts.note(case_id, act_draft("publication_judged", fit=YES, why="王建国审查，宜公开"))
    desk.acts.note(case_id, act_draft("followed_up", satisfied=YES))
    assert step(desk, case_id) == "已经归档，没有要做的事。"


def test_an_answer_that_releases_nothing_is_not_judged(desk: Desk) -> None:
    letter = issue(desk, register(desk).case_id, "not_held", NOT_HELD)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert step(desk, letter.case_id) == "已经办完，按 F6 归档。"
    assert not any("转主动公开" in line for line in desk.work.board().banners)


def test_the_board_counts_what_waits_and_asks_about_talks_only_where_there_are_any(desk: Desk) -> None:
    first, second = answered(desk), answered(desk, content="预算", applicant="李四", phone="")
    said = "\n".join(desk.work.board().banners)
    assert "LH-2026-0002等2件公开了信息，还没有判断宜不宜转主动公开" in said
    assert "随访" not in said
    desk.acts.note(first, act_draft("publication_judged", fit=NO, why="涉及个人"))
    desk.acts.note(second, act_draft("publication_judged", fit=NO, why="涉及个人"))
    desk.acts.note(first, act_draft("followed_up", satisfied=NO))
    said = "\n".join(desk.work.board().banners)
    assert "转主动公开" not in said
    assert "LH-2026-0002送达以后还没有随访" in said


def test_they_are_counted_by_the_month_and_not_when_struck_out(desk: Desk, clock: FixedClock) -> None:
    case_id = answered(desk)
    desk.acts.note(case_id, act_draft("publication_judged", fit=YES, why="宜公开"))
    desk.acts.note(case_id, act_draft("followed_up", satisfied=YES))
    assert desk.afterwards.between(date(2026, 11, 1), date(2026, 11, 30)) == Afterwards(1, 1, 1, 1, 0)
    assert desk.afterwards.between(date(2026, 10, 1), date(2026, 10, 31)) == Afterwards()
    lines = {line[0]: line[1] for line in desk.periods.report("2026-11").lines}
    assert (lines["判断转主动公开"], lines["　其中宜公开"], lines["随访"], lines["　其中满意"]) == ("1件",) * 4
    assert "　其中不满意" not in lines
    place = str(len(desk.lookup.case(case_id).history) - 1)
    desk.acts.note(case_id, act_draft("struck", n=place, why="误记"))
    assert desk.afterwards.between(date(2026, 11, 1), date(2026, 11, 30)).asked == 0


def test_another_day_of_receipt_is_told_to_who_has_the_receipt(desk: Desk) -> None:
    case_id = register(desk).case_id
    amended = act_draft("amended", field="received_on", value="2026-11-19", why="看错了")
    assert desk.acts.aside(desk.acts.note(case_id, amended)) == ""
    desk.reply.issue_form(case_id, "receipt")
    again = act_draft("amended", field="received_on", value="2026-11-18", why="看错了")
    assert "再出一份收件回执" in desk.acts.aside(desk.acts.note(case_id, again))
