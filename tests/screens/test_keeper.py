"""The keeper's screens: any day's notes, the log, the list of what must lie out, lists of questions, talks found at registration."""

from __future__ import annotations

import csv
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from deskapp.desk import Desk
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.point_log import PointDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.forms.view import FormView
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.paper import SheetScreen
from deskapp.screens.reading.books import SlipBookScreen, VisitBookScreen
from deskapp.screens.reading.materials import MaterialsScreen
from deskapp.screens.reading.point_log import PointLogScreen
from deskapp.screens.reading.questions import QuestionsScreen
from tests.conftest import register
from tests.screens.conftest import app_of, dump, fill, front, press, running, type_text, until, until_said

CHECKED = QuestionDraft(
    question="几点下班", answer="五点半", basis="通知", checked_by="王建国", checked_on="2026-11-01"
)


def shown(pilot: Pilot[bool]) -> str:
    return dump(app_of(pilot)).replace("\n", "")


async def test_a_slip_of_march_is_found_by_its_day_and_put_right(desk: Desk) -> None:
    for mark, on in (("no", "2026-03-04"), ("no", "2026-03-05"), ("yes", "2026-11-19")):
        desk.satisfaction.enter(SlipDraft(mark=mark, on=on, remark=on))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f6", "f8")
        assert isinstance(front(pilot), SlipBookScreen)
        assert "2026年11月：1份" in shown(pilot)
        await press(pilot, *["f5"] * 8)
        assert "2026年3月：2份" in shown(pilot)
        await type_text(pilot, "2026-03-05")
        await press(pilot)
        assert "2026-03-05：1份" in shown(pilot)
        await press(pilot, "enter", "enter")
        assert "改正一份问卷" in shown(pilot), "it is no new slip"
        front(pilot).query_one(FormView).put({"mark": "yes"})
        await fill(pilot, why="按错了键")
        await press(pilot, "f9")
        await until_said(pilot, "改过1次：按错了键")
        assert desk.satisfaction.year(2026).marks == {"yes": 2, "fair": 0, "no": 1}


async def test_a_visit_taken_back_is_put_back(desk: Desk) -> None:
    desk.daybook.enter(VisitDraft(topic="低保", people="3"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f8")
        assert isinstance(front(pilot), VisitBookScreen)
        await press(pilot, "enter", "down", "enter")
        await fill(pilot, why="记错了")
        await press(pilot, "enter")
        await until_said(pilot, "0批，另有撤回的1批")
        await press(pilot, "enter", "enter")
        await until_said(pilot, "放回来以后，这一条又算数")
        await fill(pilot, why="没有错")
        await press(pilot, "enter")
        await until_said(pilot, "1批。")
        assert desk.daybook.year(2026).total().people == 3


async def test_an_inspection_is_noted_and_what_it_found_is_mended(desk: Desk) -> None:
    desk.point_log.enter(
        PointDraft(kind="inspection", title="看材料", on="2026-10-10", mend="补公报", mend_by="党政办", mend_until="2026-10-31")
    )  # fmt: skip
    async with running(desk.home, desk) as pilot:
        await until_said(pilot, "要改的：补公报")
        await press(pilot, "f12", "f9")
        assert isinstance(front(pilot), PointLogScreen)
        assert "已过限期" in shown(pilot)
        await press(pilot, "f4")
        await until_said(pilot, "今天改好了")
        assert desk.point_log.open_mends() == []
        await press(pilot, "f2")
        form = front(pilot).query_one(FormView)
        form.put({"kind": "survey"})
        front(pilot).keep_in_step()
        await pilot.pause()
        await fill(pilot, title="好不好找", copies_out="20", copies_back="10", satisfied="9")
        await press(pilot, "f9")
        await until_said(pilot, "满意率90.00%")
        await press(pilot, "f3")
        assert isinstance(front(pilot), MaterialsScreen)


async def test_what_lies_out_is_ticked_with_enter(printing: Desk) -> None:
    async with running(printing.home, printing) as pilot:
        await press(pilot, "f12", "f9", "f3", "enter")
        await type_text(pilot, "李晓梅")
        await press(pilot, "enter")
        await until_said(pilot, "已记下：政府信息公开指南，有")
        assert "没有核对过的14样" in shown(pilot)
        await press(pilot, "f7")
        assert isinstance(front(pilot), SheetScreen)


async def test_the_form_says_that_the_check_goes_before_it_is_kept(desk: Desk) -> None:
    desk.questions.enter(CHECKED)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f5", "f8")
        assert "核对不再算" not in shown(pilot)
        front(pilot).query_one("#field-answer", TextArea).text = "六点"
        await until_said(pilot, "王建国2026-11-01的核对不再算")
        await press(pilot, "f9")
        await until_said(pilot, "还没有人核对，带【未核】")
        assert desk.questions.all()[0].stale


async def test_a_question_is_withdrawn_and_put_back(desk: Desk) -> None:
    desk.questions.enter(CHECKED)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f5", "f6")
        await type_text(pilot, "归县里答")
        await press(pilot, "enter")
        await until_said(pilot, "停用的（1条）")
        assert isinstance(front(pilot), QuestionsScreen)
        assert "归县里答" in shown(pilot)
        await press(pilot, "f8")
        await until_said(pilot, "停用的先按 F6")
        await press(pilot, "f6")
        await type_text(pilot, "又归我们")
        await press(pilot, "enter")
        await until(pilot, lambda: len(desk.questions.all()) == 1)


async def test_a_list_of_questions_is_looked_at_and_its_good_part_taken(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((("咨询问题", "答复口径"), ("甲怎么办", "这样办"), ("乙怎么办", "")))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f5", "f9", "up", "enter")
        front(pilot).query_one("#field-file", Input).value = str(path)
        await press(pilot, "f4")
        await until_said(pilot, "第3行【回答】是【】：必须填写")
        assert desk.questions.all() == []
        front(pilot).query_one(FormView).put({"bad": "good"})
        await press(pilot, "f9")
        await until_said(pilot, "新添1条")
        assert [one.of.question for one in desk.questions.all()] == ["甲怎么办"]
        await press(pilot, "escape", "f9", "down", "enter")
        await until_said(pilot, "1条，已存成")


async def test_a_year_is_saved_and_printed(printing: Desk) -> None:
    printing.daybook.enter(VisitDraft())
    async with running(printing.home, printing) as pilot:
        await press(pilot, "f12", "f4", "f7", "enter")
        await until_said(pilot, "2026年查阅点月表.xlsx")
        await press(pilot, "f7", "up", "enter")
        assert isinstance(front(pilot), SheetScreen)


async def test_a_talk_is_shown_when_the_same_person_applies(desk: Desk) -> None:
    desk.daybook.enter(VisitDraft(kind="advice", topic="征地补偿", name="张三", on="2026-11-02"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三")
        await until_said(pilot, "2026-11-02本人来咨询过：征地补偿")


async def test_visitors_help_speaks_of_their_keys_only(desk: Desk) -> None:
    desk.machine.set_pin("246810")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3", "f9", "f1")
        text = shown(pilot)
        assert "回到开头的画面" in text
        assert not any(words in text for words in ("关闭登记台", "工作手册", "回到上一屏"))


async def test_the_handbooks_help_says_what_is_printed(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f1", "f1", "f1")
        assert "把整本手册印出来" in shown(pilot)


async def test_talks_of_the_applicant_stand_on_his_case_and_lead_to_the_day_book(desk: Desk) -> None:
    case = register(desk, applicant="张三", phone="13900000123")
    desk.daybook.enter(VisitDraft(kind="advice", topic="征地补偿标准", name="张 三", on="2026-10-02"))
    async with running(desk.home, desk, (140, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await until_said(pilot, "本人在查阅点问过1次：2026-10-02。按 Enter 看。")
        await press(pilot, "enter")
        assert isinstance(front(pilot), VisitBookScreen)
        await until_said(pilot, "2026-10-02：1批")
        assert "征地补偿标准" in dump(app_of(pilot))
        desk.daybook.enter(VisitDraft(kind="explanation", topic="办法", phone="13900000123", on="2026-11-03"))
        desk.daybook.enter(VisitDraft(kind="reading", topic="看报", name="张三", on="2026-11-04"))
        await press(pilot, "escape")
        await until_said(pilot, "问过2次：2026-11-03、2026-10-02")
        await press(pilot, "enter", "down", "enter")
        await until_said(pilot, "2026-10-02：1批")


async def test_a_case_of_somebody_who_never_asked_has_nothing_behind_its_history(desk: Desk) -> None:
    case = register(desk, applicant="李四")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await press(pilot, "enter")
        await until_said(pilot, "这一行后面没有别的")


async def test_every_key_of_the_catalogue_stands_in_sight(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "f3")
        await until(
            pilot, lambda: all(key in dump(app_of(pilot)) for key in ("F3 标准", "F4 撤下", "F9 查阅", "F1 帮助"))
        )
