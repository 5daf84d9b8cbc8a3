"""What the counter does besides letters: mail, opinions, the guide's reasons, hand-over, lessons, the machine's settings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from pypdf import PdfReader

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.desk.office.handover import HandoverDraft
from deskapp.desk.training.lessons import Lesson, lessons
from deskapp.errors import DeskError
from deskapp.law.categories import categories
from deskapp.register import events as ev
from tests.conftest import DAY, GRANTED, application, give_opinions, issue, issue_granted, make_desk, register

# -- mail ------------------------------------------------------------------------------------------------------


def signed(desk: Desk, **changes: str) -> str:
    values = {"number": "xa12345678944", "sender": "王建军", "signed_by": "门卫老赵", "signed_on": "11-16"}
    return desk.mail.enter(MailDraft.model_validate({**values, **changes})).key


def test_a_letter_that_was_signed_for_is_on_the_board_until_it_is_a_case(desk: Desk) -> None:
    key = signed(desk)
    said = [line for line in desk.work.board().banners if "XA12345678944" in line]
    assert said == ["挂号信XA12345678944　11-16门卫老赵签收，已过4个工作日，还没有登记（Ctrl+N）。"]
    draft = application(**desk.mail.form_of(key), content="柳河镇2026年部门预算")
    case = desk.intake.register(draft)
    assert case.received.on == date(2026, 11, 16)
    assert case.received.signed_by == "门卫老赵"
    assert desk.mail.row(key).case_no == case.case_no
    assert desk.mail.waiting() == []
    assert not any("XA12345678944" in line for line in desk.work.board().banners)


def test_a_letter_of_today_is_not_asked_for_yet(desk: Desk) -> None:
    signed(desk, signed_on="")
    assert desk.mail.sentences() == []
    assert len(desk.mail.waiting()) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "没有填邮件号"),
        ({"signed_on": "2026-11-21"}, "还没有到"),
        ({"reached_on": "2026-11-13"}, "早于签收日期"),
        ({"kind": "包裹"}, "请选择是哪一类信件"),
        ({"sender": "长" * 300}, "太长"),
    ],
)
def test_bad_mail_is_refused(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(DeskError, match=sentence):
        signed(desk, **changes)
    assert desk.mail.rows() == []


def test_a_mail_number_is_written_down_once_and_can_be_put_right(desk: Desk) -> None:
    key = signed(desk)
    with pytest.raises(DeskError, match="已经记过"):
        signed(desk)
    desk.mail.enter(desk.mail.draft_of(key).model_copy(update={"signed_on": "11-13"}), key)
    assert [row.signed_on for row in desk.mail.rows()] == [date(2026, 11, 13)]


def test_mail_that_is_no_application_needs_a_reason(desk: Desk) -> None:
    key = signed(desk)
    with pytest.raises(DeskError, match="没有写为什么"):
        desk.mail.set_aside(key, " ")
    desk.mail.set_aside(key, "信访件，已转信访窗口")
    assert desk.mail.waiting() == []


def test_the_slip_of_the_guardroom_lists_what_waits(desk: Desk, tmp_path: Path) -> None:
    signed(desk)
    path = desk.sheets.save(desk.guardroom.sheet())
    text = PdfReader(path).pages[0].extract_text()
    assert "信件交接单" in text
    assert "XA12345678944" in text
    assert "门卫老赵" in text


# -- registration ----------------------------------------------------------------------------------------------


def test_several_lines_become_several_cases_with_one_day_of_receipt(desk: Desk) -> None:
    case = desk.intake.register(application(content="部门预算\n\n征地补偿方案\n低保名单", several="lines"))
    numbers = [case.case_no, "LH-2026-0001-2", "LH-2026-0001-3"]
    assert [desk.lookup.case_by_no(number).content for number in numbers] == ["部门预算", "征地补偿方案", "低保名单"]
    assert {desk.lookup.case_by_no(number).received.on for number in numbers} == {DAY}


def test_one_line_is_not_several(desk: Desk) -> None:
    problems = [problem.message for problem in desk.intake.check(application(content="部门预算", several="lines"))]
    assert problems == ["选了【有几项，一行一项分开登记】，请至少写两行，一行一项。"]


def test_a_letter_without_signature_counts_from_the_day_of_confirmation(desk: Desk) -> None:
    case = register(desk, channel="平信", received_on="11-19", handed_over_on="11-17")
    assert (case.received.on, case.received.confirmed_on) == (date(2026, 11, 19), date(2026, 11, 19))
    assert case.received.handed_over_on == date(2026, 11, 17)


def test_confirmed_before_it_came_is_refused(desk: Desk) -> None:
    draft = application(channel="网络", received_on="11-17", handed_over_on="11-19")
    assert [problem.field for problem in desk.intake.check(draft)] == ["handed_over_on"]


@pytest.mark.parametrize("field", ["applicant", "content", "address", "remark"])
def test_signs_that_were_lost_on_the_way_are_not_registered(desk: Desk, field: str) -> None:
    draft = application(**{field: "王\ufffd\ufffd"})
    assert [p.field for p in desk.intake.check(draft) if p.blocking] == [field]
    with pytest.raises(DeskError, match="认不出的字"):
        desk.intake.register(draft)


@pytest.mark.parametrize(
    ("phone", "doubted"),
    [
        ("139 0579 12", True),
        ("1390579123", True),
        ("13905791234", False),
        ("0579-5550100", False),
        ("5550100", False),
    ],
)
def test_a_mobile_number_that_is_too_short_is_doubted(desk: Desk, phone: str, doubted: bool) -> None:
    found = [(p.field, p.blocking) for p in desk.intake.check(application(phone=phone))]
    assert (("phone", False) in found) is doubted


def test_fields_of_another_channel_are_not_kept(desk: Desk) -> None:
    case = register(desk, channel="当面", mail_number="XA1", signed_by="门卫")
    assert (case.received.mail_number, case.received.signed_by) == ("", "")


def test_who_came_before_is_known_by_name_and_told_apart(desk: Desk) -> None:
    register(desk, id_number="330722198001011234", address="桥头村12号")
    register(desk, phone="13905559999", address="上街村3号")
    found = desk.similar.known("张三", "", "")
    assert [known.values["address"] for known in found] == ["上街村3号", "桥头村12号"]
    assert "330722198001011234" not in found[1].line
    assert "13905550123" not in found[1].line
    assert [known.values["address"] for known in desk.similar.known("", "", "13905559999")] == ["上街村3号"]


# -- opinions and reasons --------------------------------------------------------------------------------------


def test_an_opinion_against_stops_the_letter_until_there_is_another(desk: Desk) -> None:
    case = register(desk)
    against = OpinionDraft(review="secrecy", who="王建国", verdict="no", opinion="含有他人的身份证号")
    desk.reviews.note(case.case_id, against)
    with pytest.raises(DeskError, match="王建国不同意"):
        desk.reply.issue(case.case_id, "granted", GRANTED)
    desk.reviews.note(case.case_id, OpinionDraft(review="secrecy", who="王建国", opinion="已经删去，同意"))
    assert desk.reply.issue(case.case_id, "granted", GRANTED).number


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": " "}, "没有填是谁的意见"),
        ({"verdict": ""}, "没有选同意还是不同意"),
        ({"review": "chief"}, "请选择哪一项意见"),
        ({"verdict": "no"}, "没有写不同意的理由"),
        ({"on": "2026-11-21"}, "还没有到"),
        ({"on": "2026-11-01"}, "早于收到申请之日"),
        ({"opinion": "长" * 300}, "太长"),
    ],
)
def test_bad_opinions_are_refused(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match=sentence):
        desk.reviews.note(case.case_id, OpinionDraft.model_validate({"who": "王建国", **changes}))
    assert desk.lookup.case(case.case_id).reviews == ()


def test_an_office_may_want_an_opinion_for_every_answer(desk: Desk) -> None:
    profile = desk.lookup.unit().model_copy(update={"reviews": ("head",)})
    desk.upkeep.save_unit(profile)
    case = register(desk)
    typed = {"public_title": "招标公告", "where": "县政府网站"}
    with pytest.raises(DeskError, match="审核"):
        desk.reply.issue(case.case_id, "already_public", typed)
    assert issue(desk, case.case_id, "already_public", typed).number


def test_the_third_partys_own_answer_fills_its_box(desk: Desk) -> None:
    case = register(desk)
    desk.acts.record(case.case_id, ev.PartyConsulted(on=DAY, party="宏远公司"))
    after = desk.acts.record(case.case_id, ev.PartyAnswered(on=DAY, party="宏远公司", agrees=False))
    box = next(b for b in desk.reviews.boxes(after, "third_party") if b.review == "third_party")
    assert (box.who, box.opinion, box.needed) == ("宏远公司", "不同意公开", True)


def test_who_gave_such_an_opinion_last_stands_in_the_form(desk: Desk) -> None:
    first = register(desk)
    desk.reviews.note(first.case_id, OpinionDraft(review="secrecy", who="王建国"))
    second = register(desk)
    assert desk.reviews.next_draft(second, "granted") == OpinionDraft(review="secrecy", who="王建国", verdict="")


def test_the_answers_of_the_guide_are_the_reasons(desk: Desk) -> None:
    case = register(desk)
    desk.guidance.keep(case.case_id, "granted", desk.guidance.implied("granted"))
    sheet = desk.reply.draft(case.case_id, "review_sheet")
    assert sheet["proposal"] == "予以公开"
    assert "要不要补正：清楚，材料也齐" in sheet["reasons"]
    give_opinions(desk, case.case_id, "granted")
    desk.reply.issue(case.case_id, "granted", GRANTED)
    drafted = next(e for e in desk.lookup.case(case.case_id).history if isinstance(e, ev.Drafted))
    assert drafted.why.startswith("要不要补正：清楚，材料也齐；是不是信息公开申请：")


def test_a_kind_that_was_picked_by_name_has_no_answers_that_nobody_gave(desk: Desk) -> None:
    case = register(desk)
    desk.guidance.pick(case.case_id, "repeat")
    plan = desk.guidance.plan(case.case_id)
    assert plan.why.startswith("经办人直接选定这一种，没有逐问回答，相当于：要不要补正：")
    assert plan.facts == {}
    desk.guidance.pick(case.case_id, "extension_notice")
    assert desk.guidance.plan(case.case_id).why == ""


def test_like_cases_are_answered_alike(desk: Desk) -> None:
    first = register(desk, content="柳河镇2025年农村道路硬化项目招标公告")
    issue(desk, first.case_id, "already_public", {"public_title": "招标公告", "where": "县政府网站2025年6月3日"})
    second = register(desk, applicant="李四", content="柳河镇2025年农村道路硬化项目的招标公告")
    assert desk.reply.draft(second.case_id, "already_public")["where"] == "县政府网站2025年6月3日"
    found = desk.reply.preview(second.case_id, "already_public", desk.reply.draft(second.case_id, "already_public"))
    assert "like_case" in [finding.code for finding in found.findings]
    other = register(desk, applicant="王五", content="桥头村低保名单")
    assert desk.reply.draft(other.case_id, "already_public")["where"] == ""


# -- hand-over, lessons, machine -------------------------------------------------------------------------------


def test_the_hand_over_sheet_has_every_open_case(desk: Desk) -> None:
    issue_granted(desk)
    register(desk, applicant="李秀兰")
    signed(desk)
    with pytest.raises(DeskError, match="没有填接收人"):
        desk.handover.sheet(desk.handover.draft())
    sheet = desk.handover.sheet(desk.handover.draft().model_copy(update={"to_whom": "陈志强"}))
    path = desk.sheets.save(sheet)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert all(word in text for word in ("LH-2026-0001", "LH-2026-0002", "李秀兰", "陈志强", "XA12345678944"))
    assert desk.sheets.save(sheet) != path


def test_a_backup_is_handed_over_where_there_is_one(desk: Desk, tmp_path: Path) -> None:
    assert "登记簿备份" not in desk.handover.draft().things
    desk.upkeep.backup(tmp_path / "u.db")
    assert desk.handover.draft().things.splitlines()[0] == "登记簿备份1份（2026-11-20）"


def test_an_empty_desk_can_be_handed_over(desk: Desk) -> None:
    sheet = desk.handover.sheet(HandoverDraft(from_whom="李晓梅", to_whom="陈志强"))
    assert sheet.pdf.startswith(b"%PDF")


# The last days were counted by hand on the calendar of 2026.
DUE = {
    "早就登在网上": date(2026, 11, 9),
    "信封上写着9月30日": date(2026, 11, 3),
    "要所有的材料": date(2026, 11, 11),
    "补正来了": date(2026, 12, 14),
    "没有找到就说没有？": date(2026, 11, 17),
    "这是县里的文件": date(2026, 11, 23),
    "里面有别人的报价": date(2026, 10, 28),
    "为什么不给我低保": date(2026, 12, 7),
    "做一张表给我": date(2026, 11, 16),
    "来不及了": date(2026, 11, 23),
    "目录里的是另一年": date(2026, 12, 14),
}


def test_the_lessons_with_their_last_days() -> None:
    assert {lesson.title: lesson.due_on for lesson in lessons()} == DUE
    assert not any(lesson.deadline.provisional or lesson.deadline.findings for lesson in lessons())


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.title)
def test_a_lesson_is_marked_and_explained(desk: Desk, lesson: Lesson) -> None:
    kinds = [kind for kind, _ in desk.lessons.answers(lesson)]
    assert len(kinds) == len(set(kinds)) == 4
    assert [desk.lessons.mark_kind(lesson, kind).right for kind in kinds] == [kind == lesson.answer for kind in kinds]
    assert all("对" in desk.lessons.mark_kind(lesson, kind).text for kind in kinds)
    due = lesson.due_on
    assert desk.lessons.mark_day(lesson, f"{due:%m-%d}").right
    wrong = desk.lessons.mark_day(lesson, str(due.replace(day=1)))
    assert not wrong.right
    assert str(due) in wrong.text
    with pytest.raises(DeskError, match="不是日期"):
        desk.lessons.mark_day(lesson, "下周")


def test_lessons_use_kinds_that_there_are(desk: Desk) -> None:
    known = {item.key for item in categories()} | set(desk.reply.catalogue.templates)
    assert all(set(lesson.kinds()) <= known for lesson in lessons())


def test_the_pin_of_the_curtain(desk: Desk) -> None:
    assert not desk.machine.has_pin
    with pytest.raises(DeskError, match="6到32位"):
        desk.machine.set_pin("12345")
    desk.machine.set_pin("１２３４５６")
    assert desk.machine.has_pin
    assert desk.machine.open("123456").opens
    assert not desk.machine.open("123457").opens
    kept = (desk.home / "register.db").read_bytes() + (desk.home / "register.db-wal").read_bytes()
    assert b'"123456"' not in kept
    again = Desk.open(desk.home, FixedClock(DAY))
    assert again.machine.open("123456").opens
    again.machine.set_pin("")
    assert not again.machine.has_pin
    again.close()


class Ticking(FixedClock):
    """A clock that a test moves by seconds."""

    passed = 0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.passed)


def test_guessing_a_pin_takes_longer_each_time_also_after_a_new_start_and_is_told(tmp_path: Path) -> None:
    clock = Ticking(DAY)
    desk = make_desk(tmp_path / "home", clock)
    desk.machine.set_pin("246810")
    waits = []
    for _ in range(10):
        tried = desk.machine.open("000000")
        waits.append(tried.wait_s)
        clock.passed += tried.wait_s
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 600]
    clock.passed -= 1
    assert desk.machine.open("246810").wait_s == 1  # the right one is not looked at either
    desk.close()
    again = Desk.open(tmp_path / "home", clock)
    assert not again.machine.open("246810").opens
    clock.passed += 1
    assert again.machine.open("246810").opens
    assert "输错过10次" in again.machine.guesses()
    assert again.machine.guesses() == ""
    again.close()


def test_the_wait_ends_also_where_the_clock_stands_on_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.machine.set_pin("246810")
    assert [desk.machine.open("000000").wait_s for _ in range(3)] == [0, 0, 5]
    moment = monotonic()
    monkeypatch.setattr("deskapp.desk.pins.monotonic", lambda: moment + 3)
    assert desk.machine.open("246810").wait_s in (2, 3)
    monkeypatch.setattr("deskapp.desk.pins.monotonic", lambda: moment + 6)
    assert desk.machine.open("246810").opens


def test_the_handbook_is_printed_whole(desk: Desk) -> None:
    sheet = desk.handbook.sheet()
    path = desk.sheets.save(sheet)
    text = "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "")
    for chapter in desk.handbook.chapters():
        assert chapter.title.replace("、", "") in text.replace("、", "")
    assert [chapter.title for chapter in desk.handbook.chapters("冻结")] == ["十四、年报"]
