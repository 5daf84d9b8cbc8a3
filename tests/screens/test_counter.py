"""The other rooms of the desk through the screens: every act ends in the register, in a file, or on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, DataTable, Input, OptionList, Select

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.mail_log import MailDraft
from deskapp.desk.service import ServiceDraft
from deskapp.printing import Printer, PrintResult
from deskapp.register import events as ev
from deskapp.screens.board import BoardScreen
from deskapp.screens.case import CaseScreen
from deskapp.screens.cell import CellScreen
from deskapp.screens.guide import GuideScreen
from deskapp.screens.handbook import HandbookScreen
from deskapp.screens.help import HelpScreen
from deskapp.screens.intake import IntakeScreen
from deskapp.screens.letter import LetterScreen
from deskapp.screens.lock import LockScreen
from deskapp.screens.mail import MailScreen
from deskapp.screens.note import NoteScreen
from deskapp.screens.opinions import OpinionsScreen
from deskapp.screens.palette import PaletteScreen
from deskapp.screens.paper import LetterPaperScreen, SheetScreen
from deskapp.screens.pick import PickModal
from deskapp.screens.search import SearchScreen
from tests.conftest import DAY, give_opinions, issue, issue_granted, make_desk, register
from tests.screens.conftest import dump, running, type_text
from tests.screens.test_flow import app_of, fill

Screen = Callable[[Pilot[bool]], Any]


async def press(pilot: Pilot[bool], *keys: str) -> None:
    """Press keys one after the other, and let what they start come to rest."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def front(pilot: Pilot[bool]) -> Any:
    return pilot.app.screen


class Paper:
    """A printer port that notes what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def printers(self) -> list[Printer]:
        return [Printer("前台激光", "ready", default=True), Printer("楼上", "stopped", "：缺纸")]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        self.sent.append((printer, pdf))
        return PrintResult("printed", "1", f"已送到打印机“{printer}”。")

    def may_still_print(self, printer: str, job: str) -> bool:
        return False


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def printing(tmp_path: Path, paper: Paper) -> Desk:
    return make_desk(tmp_path / "printing", FixedClock(DAY), paper)


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
        assert "相当于回答：补不补：清楚，材料也齐" in shown.replace("\n", "").replace(" ", "").replace("│", "")
        await press(pilot, "escape")
        assert "第1问" in dump(app_of(pilot))
        assert isinstance(front(pilot), GuideScreen)
        await press(pilot, "escape")
        assert isinstance(front(pilot), BoardScreen)


# -- opinions --------------------------------------------------------------------------------------------------


async def test_opinions_are_noted_one_after_the_other(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(OpinionsScreen(case.case_id, "state_secret"))
        await pilot.pause()
        assert "□ 保密审查        必须有，还没有" in dump(app_of(pilot))
        await fill(pilot, who="王建国", opinion="依法定密，不同意公开的理由成立")
        await press(pilot, "f9")
        assert "√ 保密审查" in dump(app_of(pilot))
        assert "还缺法律顾问意见" in dump(app_of(pilot))
        await fill(pilot, who="赵律师")
        await press(pilot, "f9")
        assert "必须有的都有了" in dump(app_of(pilot))
    after = Desk.open(desk.home, FixedClock(DAY)).lookup.case(case.case_id)
    assert [(e.review, e.who) for e in after.reviews] == [("secrecy", "王建国"), ("legal", "赵律师")]


async def test_the_sheet_of_opinions_is_printed(printing: Desk, paper: Paper) -> None:
    case = register(printing)
    printing.guidance.keep(case.case_id, "granted", printing.guidance.implied("granted"))
    async with running(printing.home, printing) as pilot:
        await pilot.app.push_screen(OpinionsScreen(case.case_id))
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
        assert "※ 还没有登记" in dump(app_of(pilot))
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
        assert screen.query_one("#field-channel", Select).value == "挂号邮寄"
        assert "签收之日" in dump(app_of(pilot))


# -- registration ----------------------------------------------------------------------------------------------


async def test_a_channel_shows_its_own_fields(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        assert "邮件号" not in dump(app_of(pilot))
        front(pilot).query_one("#field-channel", Select).value = "挂号邮寄"
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
        front(pilot).query_one("#field-channel", Select).value = "口头"
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
    desk.service.serve(first.case_id, ServiceDraft(letter_id=letter.id, signed_by="本人"))
    desk.service.archive(first.case_id)
    register(desk, applicant="李四", content="柳河镇2025年农村道路硬化项目招标公告")
    async with running(desk.home, desk) as pilot:
        keys = Counting(pilot)
        await keys.press("enter", "f4", *"yzd", "enter", "f9", "enter")
        assert keys.count < 12
        answered = desk.lookup.case_by_no("LH-2026-0002")
        assert answered.category == "already_public"
        assert "县政府网站" in desk.paper.letter(answered.answer_id).text


# -- the year --------------------------------------------------------------------------------------------------


async def test_enter_on_a_number_lists_its_cases(desk: Desk) -> None:
    issue_granted(desk)
    register(desk, applicant="李四")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t", "enter")
        assert isinstance(front(pilot), CellScreen)
        shown = dump(app_of(pilot))
        assert "LH-2026-0001" in shown
        assert "LH-2026-0002" in shown
        await press(pilot, "enter")
        assert isinstance(front(pilot), CaseScreen)


async def test_pages_years_and_files_of_the_report(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t", "f4", "f4")
        assert front(pilot).query_one(ContentSwitcher).current == "months"
        assert "全年收到1件" in dump(app_of(pilot))
        await press(pilot, "f5")
        assert "2025年　全年走势" in dump(app_of(pilot))
        await press(pilot, "f6", "f6")
        assert "2026年（到今天为止）" in dump(app_of(pilot))
        await press(pilot, "f7", "enter")
        assert (desk.home / "年报/2026年年报表三表四.xlsx").is_file()
        await press(pilot, "f9", "enter")
        assert "还没有过完" in dump(app_of(pilot))


async def test_the_report_follows_another_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.base.WATCH_S", 0.05)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+t")
        other = Desk.open(desk.home, FixedClock(DAY))
        register(other)
        other.close()
        await pilot.pause(0.3)
        table: DataTable[Any] = front(pilot).query_one("#three", DataTable)
        assert str(table.get_cell_at((0, 7))) == "1"  # type: ignore[arg-type]  # a coordinate is a pair


# -- hand-over, handbook, help ---------------------------------------------------------------------------------


async def test_the_hand_over_sheet_is_made(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+o")
        assert "没有办结的1件" in dump(app_of(pilot))
        await press(pilot, "f9")
        assert "没有填接收人" in dump(app_of(pilot))
        await fill(pilot, to_whom="陈志强")
        await press(pilot, "f9")
        assert isinstance(front(pilot), SheetScreen)
        await press(pilot, "enter")
    assert len(list((desk.home / "文书").glob("*交接单.pdf"))) == 1


async def test_help_tells_of_the_field_and_leads_to_the_handbook(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f2")
        front(pilot).query_one("#field-phone").focus()
        await press(pilot, "f1")
        assert isinstance(front(pilot), HelpScreen)
        assert "联系电话：答复和确认都要用。" in dump(app_of(pilot))
        await press(pilot, "f1")
        assert isinstance(front(pilot), HandbookScreen)
        await type_text(pilot, "冻结")
        await pilot.pause()
        assert "十四、年报" in dump(app_of(pilot))


# -- everywhere ------------------------------------------------------------------------------------------------


async def test_everything_is_found_by_initials(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(front(pilot), PaletteScreen)
        await type_text(pilot, "sjdj")
        await press(pilot, "enter")
        assert isinstance(front(pilot), MailScreen)
        await press(pilot, "ctrl+p", *"cx", "enter")
        assert isinstance(front(pilot), SearchScreen)


async def test_the_curtain_hides_everything_and_gives_it_back(desk: Desk) -> None:
    register(desk, applicant="欧阳修远")
    desk.machine.set_pin("2468")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="半个名")
        await press(pilot, "ctrl+l")
        assert isinstance(front(pilot), LockScreen)
        hidden = dump(app_of(pilot))
        assert "半个名" not in hidden
        assert "欧阳修远" not in hidden
        await press(pilot, "escape", "ctrl+p", "f2", *"1111", "enter")
        assert isinstance(front(pilot), LockScreen)
        assert "密码不对" in dump(app_of(pilot))
        await press(pilot, *"2468", "enter")
        assert isinstance(front(pilot), IntakeScreen)
        assert front(pilot).query_one("#field-applicant", Input).value == "半个名"


async def test_the_machine_is_set_up(printing: Desk) -> None:
    async with running(printing.home, printing) as pilot:
        await press(pilot, "ctrl+p", *"bjsz", "enter")
        screen = front(pilot)
        screen.query_one("#field-printer", Select).value = "前台激光"
        screen.query_one("#field-theme", Select).value = "dark"
        screen.query_one("#field-use", Select).value = "set"
        await pilot.pause()
        await press(pilot, "f9")
        assert "没有填新密码" in dump(app_of(pilot))
        await fill(pilot, pin="2468")
        await press(pilot, "f9")
        assert pilot.app.theme == "counter-dark"
        assert (printing.machine.printer, printing.machine.theme) == ("前台激光", "dark")
        assert printing.machine.opens("2468")


async def test_the_doctor_and_a_backup(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    (tmp_path / "usb").mkdir()
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p", *"jc", "enter")
        assert "登记簿是好的" in dump(app_of(pilot))
        await press(pilot, "f5", "enter")
        assert "列表已经重建，共1件" in dump(app_of(pilot))
        await press(pilot, "f7", "f9")
        assert "请填写备份到哪里" in dump(app_of(pilot))
        await fill(pilot, folder=str(tmp_path / "usb"))
        await press(pilot, "f9")
        assert "打开核对过：申请1件" in dump(app_of(pilot)).replace("\n", "").replace(" ", "")
    assert len(list((tmp_path / "usb").glob("*.db"))) == 1
    assert Desk.open(desk.home, FixedClock(DAY)).drafts.get("backup") == {"folder": str(tmp_path / "usb")}


async def test_a_calendar_is_looked_at_before_it_is_taken(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    (tmp_path / "三月三.csv").write_text("日期,安排,节日\n2026-12-01,放假,三月三\n", encoding="utf-8")
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"fjap", "enter")
        await fill(pilot, file=str(tmp_path / "三月三.csv"), title="测试", number="无", place="三月三")
        await press(pilot, "f9")
        assert "2026-12-18 → 2026-12-21" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert desk.calendars.known()[1] == ()
        await press(pilot, "f9", "enter")
        assert [item.place for item in desk.calendars.known()[1]] == ["三月三"]


async def test_ten_lessons_are_walked_through(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+r")
        for lesson in desk.lessons.all():
            listed = front(pilot).query_one("#answers", OptionList)
            listed.highlighted = listed.get_option_index(lesson.answer)
            await press(pilot, "enter")
            front(pilot).query_one("#day", Input).value = str(lesson.clock.due_on)
            await press(pilot, "enter", "enter")
        assert "练完了：20分，满分20分" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "第1题" in dump(app_of(pilot))


# -- search ----------------------------------------------------------------------------------------------------


async def test_search_in_a_state_and_a_year_and_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.search.PAGE", 5)
    for n in range(12):
        register(desk, applicant=f"申请人{n:02d}", received_on="2025-12-01" if n < 4 else "")
    issue_granted(desk, applicant="答复了的")
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f3")
        assert "找到5件，往下翻还有" in dump(app_of(pilot))
        await press(pilot, *["down"] * 12)
        assert "找到13件。" in dump(app_of(pilot))
        await press(pilot, "f4")
        assert "范围：没有办结，各年" in dump(app_of(pilot))
        assert "答复了的" not in dump(app_of(pilot))
        await press(pilot, "f5", "f5")
        assert "找到4件。　范围：没有办结，2025年收到" in dump(app_of(pilot))


# -- envelope --------------------------------------------------------------------------------------------------


async def test_the_envelope_is_made_where_the_delivery_is_noted(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await press(pilot, "f5", "f7", "enter")
        assert isinstance(front(pilot), LetterPaperScreen)
    kinds = [x.kind for x in Desk.open(desk.home, FixedClock(DAY)).lookup.case(letter.case_id).letters]
    assert kinds[-1] == "envelope"


async def test_a_case_changed_elsewhere_is_shown_as_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.base.WATCH_S", 0.05)
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(case.case_id))
        await pilot.pause()
        other = Desk.open(desk.home, FixedClock(DAY))
        other.progress.record(case.case_id, ev.Extended(on=DAY, working_days=20, approved_by="王建国"))
        other.close()
        await pilot.pause(0.3)
        assert "延长20个工作日" in dump(app_of(pilot))


async def test_a_letter_begun_before_another_desk_wrote_is_not_issued_over_it(desk: Desk) -> None:
    case = register(desk)
    give_opinions(desk, case.case_id, "granted")
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "granted", "予以公开"))
        await pilot.pause()
        await fill(pilot, attachments="台账")
        other = Desk.open(desk.home, FixedClock(DAY))
        other.progress.record(case.case_id, ev.Extended(on=DAY, working_days=20, approved_by="王建国"))
        other.close()
        await press(pilot, "f9", "enter")
        assert "另一个窗口里有了变化" in dump(app_of(pilot)).replace("\n", "")
    assert not Desk.open(desk.home, FixedClock(DAY)).lookup.case(case.case_id).letters
