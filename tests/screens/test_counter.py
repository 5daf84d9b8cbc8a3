"""Guide, opinions, mail, registration through the screens: every act ends in the register, in a file, or on paper."""

from __future__ import annotations

from datetime import date

from textual.pilot import Pilot
from textual.widgets import Input, Select

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.guide import GuideScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.mail import MailScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.paper import LetterPaperScreen, SheetScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.rows import Rows
from tests.conftest import DAY, GRANTED, issue, register
from tests.screens.conftest import Paper, app_of, dump, fill, front, press, running, type_text

# -- the guide -------------------------------------------------------------------------------------------------


async def test_seven_questions_lead_to_a_letter_and_are_kept(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(GuideScreen(case.case_id))
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        assert "第6问" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert "第5问" in dump(app_of(pilot))
        await press(pilot, "enter", "enter")
        assert isinstance(front(pilot), LetterScreen)
        assert "已主动公开" in dump(app_of(pilot))
    plan = Desk.open(desk.home, FixedClock(DAY)).guidance.plan(case.case_id)
    assert plan.kind == "already_public"
    assert plan.why.count("；") == 5


async def test_a_question_may_ask_for_a_letter_first(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(GuideScreen(case.case_id))
        await press(pilot, "down", "enter")
        assert isinstance(front(pilot), LetterScreen)
        assert "补正告知" in dump(app_of(pilot))


async def test_typed_words_show_what_they_imply_and_esc_clears_them(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(GuideScreen(case.case_id))
        await type_text(pilot, "bcz")
        await pilot.pause()
        shown = dump(app_of(pilot))
        assert "相当于回答：要不要补正：清楚，材料也齐" in shown.replace("\n", "").replace(" ", "").replace("│", "")
        await press(pilot, "escape")
        assert "第1问" in dump(app_of(pilot))
        assert isinstance(front(pilot), GuideScreen)
        await press(pilot, "escape")
        assert isinstance(front(pilot), BoardScreen)


async def test_the_paper_that_the_next_step_names_is_offered_first(desk: Desk) -> None:
    letter = issue(desk, register(desk).case_id, "granted", GRANTED)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    desk.acts.note(letter.case_id, act_draft("disputed", route="review", reference="1号"))
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await press(pilot, "f4")
        assert front(pilot).query_one("#kinds", Rows).current.key == "kind:review_defence"
        await type_text(pilot, "zjml")  # what is typed takes the place of the words
        assert front(pilot).query_one("#kinds", Rows).current.key == "kind:evidence_list"
        await press(pilot, "escape")
        assert "第1问" in dump(app_of(pilot))


# -- opinions --------------------------------------------------------------------------------------------------


async def test_opinions_are_noted_one_after_the_other(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id, "state_secret"))
        await pilot.pause()
        assert "无      保密审查        必须有，还没有" in dump(app_of(pilot))
        await fill(pilot, who="王建国", opinion="依法定密，不同意公开的理由成立")
        await press(pilot, "f9")
        assert "没有选同意还是不同意" in dump(app_of(pilot))
        front(pilot).query_one("#field-verdict", Select).value = "yes"
        await press(pilot, "f9")
        assert "同意    保密审查" in dump(app_of(pilot))
        assert "还缺法律顾问意见" in dump(app_of(pilot))
        await fill(pilot, who="赵律师")
        front(pilot).query_one("#field-verdict", Select).value = "yes"
        await press(pilot, "f9")
        assert "必须有的都有了" in dump(app_of(pilot))
    after = Desk.open(desk.home, FixedClock(DAY)).lookup.case(case.case_id)
    assert [(e.review, e.who) for e in after.reviews] == [("secrecy", "王建国"), ("legal", "赵律师")]


async def test_the_sheet_of_opinions_is_printed(printing: Desk, paper: Paper) -> None:
    case = register(printing)
    printing.guidance.keep(case.case_id, "granted", printing.guidance.implied("granted"))
    async with running(printing.home, printing) as pilot:
        await pilot.app.push_screen(ReviewsScreen(case.case_id))
        await press(pilot, "f7")
        assert isinstance(front(pilot), LetterPaperScreen)
        assert "政府信息公开答复呈批表" in dump(app_of(pilot))


# -- mail ------------------------------------------------------------------------------------------------------


async def test_mail_is_written_down_and_becomes_a_case(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+n", "f2")
        await fill(pilot, number="XA12345678944", sender="王建军", signed_by="门卫老赵", signed_on="11-16")
        await press(pilot, "f9")
        assert isinstance(front(pilot), MailScreen)
        assert "还没有登记" in dump(app_of(pilot))
        await press(pilot, "enter", "enter")
        assert isinstance(front(pilot), IntakeScreen)
        await fill(pilot, content="部门预算")
        await press(pilot, "f9")
        assert isinstance(front(pilot), LetterPaperScreen)
        case = desk.lookup.case_by_no("LH-2026-0001")
        assert (case.received.on, case.received.mail_number) == (date(2026, 11, 16), "XA12345678944")
        assert desk.mail.rows()[0].case_no == "LH-2026-0001"


async def test_mail_that_is_no_application_is_set_aside(desk: Desk) -> None:
    desk.mail.enter(MailDraft(number="XA1", signed_by="门卫"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+n", "enter", "down", "down", "enter")
        await fill(pilot, why="信访件")
        await press(pilot, "f9")
        assert "不登记：信" in dump(app_of(pilot))
    assert Desk.open(desk.home, FixedClock(DAY)).mail.waiting() == []


async def test_the_slip_goes_to_the_usual_printer(printing: Desk, paper: Paper) -> None:
    async with running(printing.home, printing) as pilot:
        await press(pilot, "ctrl+n", "f7")
        assert isinstance(front(pilot), SheetScreen)
        await press(pilot, "down", "enter")
        assert [printer for printer, _ in paper.sent] == ["前台激光"]
        assert "已送到打印机" in dump(app_of(pilot))
        await press(pilot, "escape", "f7", "enter")
        assert [printer for printer, _ in paper.sent] == ["前台激光", "前台激光"]


async def test_a_waiting_letter_is_taken_over_into_the_form(desk: Desk) -> None:
    desk.mail.enter(MailDraft(number="XA1", sender="李秀兰", signed_by="门卫", signed_on="11-18"))
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2", "f5", "enter")
        screen = front(pilot)
        assert screen.query_one("#field-applicant", Input).value == "李秀兰"
        assert screen.query_one("#field-channel", Select).value == "registered_mail"
        assert "签收之日" in dump(app_of(pilot))


# -- registration ----------------------------------------------------------------------------------------------


async def test_a_channel_shows_its_own_fields(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        assert "邮件号" not in dump(app_of(pilot))
        front(pilot).query_one("#field-channel", Select).value = "registered_mail"
        await pilot.pause()
        assert "邮件号" in dump(app_of(pilot))


async def test_several_people_of_one_name_are_asked_for(desk: Desk) -> None:
    register(desk, id_number="330722198001011234", address="桥头村12号")
    register(desk, phone="13905559999", address="上街村3号")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="张三")
        await press(pilot, "f4")
        assert isinstance(front(pilot), PickModal)
        shown = dump(app_of(pilot))
        assert "330722198001011234" not in shown
        assert "139****9999" in shown
        await press(pilot, "enter")
        assert front(pilot).query_one("#field-address", Input).value == "上街村3号"


async def test_an_oral_application_gets_its_record(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        front(pilot).query_one("#field-channel", Select).value = "oral"
        await pilot.pause()
        await fill(pilot, difficulty="不识字", applicant="周玉梅", content="低保名单")
        await press(pilot, "f9")
        assert "口头申请记录" in dump(app_of(pilot))
    kinds = [x.kind for x in Desk.open(desk.home, FixedClock(DAY)).lookup.case_by_no("LH-2026-0001").letters]
    assert kinds == ["oral_record", "receipt"]


async def test_a_form_that_says_nothing_is_not_kept(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await press(pilot, "escape", "f2", "escape")
    assert Desk.open(desk.home, FixedClock(DAY)).drafts.get(f"NoteScreen:{case.case_id}") == {}


# -- keys counted ----------------------------------------------------------------------------------------------


class Counting:
    """Presses keys and counts them."""

    def __init__(self, pilot: Pilot[bool]) -> None:
        self._pilot, self.count = pilot, 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await press(self._pilot, *keys)


async def test_a_known_walk_in_is_registered_and_its_receipt_printed_in_few_keys(
    printing: Desk, paper: Paper
) -> None:
    """Sixty seconds of typing are some 150 keys; the name and the content take most of what is pressed here."""
    register(printing, applicant="张三", address="桥头村12号")
    printing.machine.choose_printer("前台激光")
    content = "柳河镇2026年部门预算"
    async with running(printing.home, printing) as pilot:
        keys = Counting(pilot)
        await keys.press("f2", "tab", "tab", *"张三", "f4", *content, "f9", "enter")
        assert len(paper.sent) == 1
        assert keys.count == 7 + len("张三") + len(content) - 1
        assert keys.count < 60
        case = printing.lookup.case_by_no("LH-2026-0002")
        assert (case.content, case.address) == (content, "桥头村12号")


async def test_a_routine_reply_takes_fewer_than_twelve_keys_from_the_board(desk: Desk) -> None:
    first = register(desk, content="柳河镇2025年农村道路硬化项目招标公告")
    letter = issue(desk, first.case_id, "already_public", {"public_title": "招标公告", "where": "县政府网站"})
    desk.delivery.serve(first.case_id, DeliveryDraft(letter_id=letter.id, signed_by="本人"))
    desk.delivery.archive(first.case_id)
    register(desk, applicant="李四", content="柳河镇2025年农村道路硬化项目招标公告")
    async with running(desk.home, desk) as pilot:
        keys = Counting(pilot)
        await keys.press("enter", "f4", *"yzd", "enter", "f9", "enter")
        assert keys.count < 12
        answered = desk.lookup.case_by_no("LH-2026-0002")
        assert answered.category == "already_public"
        assert "县政府网站" in desk.paper.letter(answered.answer_id).text
