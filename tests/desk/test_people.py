"""Who sits at the desk: everything that is noted, printed or put right carries that name, whatever moment writes it."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import deskapp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.desk.office.handover import HandoverDraft
from deskapp.desk.office.staff import NONE, SET, YES, ColleagueDraft
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.materials import TickDraft
from deskapp.desk.reading.point_log import PointDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.journal import signed
from tests.conftest import DAY, issue_granted, make_desk, register
from tests.register.test_order import EXAMPLES
from tests.screens.conftest import Paper

ZHOU, WANG = "周小雨", "王敏"


def joined(desk: Desk, name: str, **values: str) -> str:
    return desk.staff.enter(ColleagueDraft(name=name, **values)).key


@pytest.fixture
def two(desk: Desk) -> Desk:
    """An office of two, one of whom sits down."""
    joined(desk, WANG, post="主任", may_sign=YES)
    desk.seat.take(joined(desk, ZHOU))
    return desk


def test_without_people_everything_is_the_contacts_as_before(desk: Desk) -> None:
    assert desk.seat.name == "李晓梅"
    assert not desk.seat.asks
    assert register(desk).history[0].by == "李晓梅"
    told = desk.seat.tell_once()
    assert "现在每一步都记在李晓梅名下" in told
    assert desk.seat.tell_once() == ""


def test_the_only_one_sits_here_unasked(desk: Desk) -> None:
    joined(desk, ZHOU)
    assert desk.seat.name == ZHOU
    assert not desk.seat.asks
    assert desk.seat.tell_once() == ""


def test_of_several_one_is_chosen_for_the_day_and_for_this_machine(desk: Desk) -> None:
    keys = [joined(desk, name) for name in (ZHOU, WANG)]
    assert desk.seat.asks
    desk.seat.take(keys[1])
    assert (desk.seat.name, desk.seat.asks) == (WANG, False)
    window = Desk.open(desk.home, FixedClock(DAY))
    assert (window.seat.name, window.seat.asks) == (WANG, False)
    window.seat.take(keys[0])
    assert (window.seat.name, desk.seat.name) == (ZHOU, WANG), "another window has its own seat"
    tomorrow = Desk.open(desk.home, FixedClock(date(2026, 11, 23)))
    assert tomorrow.seat.asks


def test_a_pin_keeps_others_off_the_seat_and_guessers_wait(two: Desk) -> None:
    key = joined(two, "赵强", use=SET, pin="2468")
    assert not two.seat.take(key, "1111").opens
    assert two.seat.name == ZHOU
    assert two.seat.take(key, "2468").opens
    assert two.seat.name == "赵强"
    tries = [two.seat.take(key, "0000").wait_s for _ in range(3)]
    assert tries == [0, 0, 5]
    assert not two.seat.take(key, "2468").opens, "while somebody has to wait, none is looked at"


def test_a_pin_is_changed_by_whoever_knows_it(desk: Desk) -> None:
    key = joined(desk, ZHOU, use=SET, pin="xyz2468")
    known = desk.staff.draft_of(key)
    for old in ("", "1234"):
        with pytest.raises(DeskError, match="原来的密码"):
            desk.staff.enter(known.model_copy(update={"use": NONE, "old_pin": old}), key)
    assert "xyz2468" not in desk.staff.one(key).pin
    desk.staff.enter(known.model_copy(update={"use": NONE, "old_pin": "xyz2468"}), key)
    assert not desk.staff.one(key).pin


def test_a_guess_at_a_pin_that_is_to_be_changed_counts(desk: Desk) -> None:
    key = joined(desk, ZHOU, use=SET, pin="xyz2468")
    wrong = desk.staff.draft_of(key).model_copy(update={"use": NONE, "old_pin": "0000"})
    for _ in range(3):
        with pytest.raises(DeskError):
            desk.staff.enter(wrong, key)
    joined(desk, WANG)
    assert desk.seat.take(key, "xyz2468").wait_s > 0


def test_two_of_one_name_are_told_apart(desk: Desk) -> None:
    joined(desk, WANG, post="主任")
    with pytest.raises(DeskError, match="分不开"):
        joined(desk, WANG)
    second = joined(desk, WANG, post="窗口")
    assert desk.staff.one(second).called == "王敏（窗口）"
    with pytest.raises(DeskError, match="分不开"):
        joined(desk, WANG, post="窗口")
    desk.seat.take(second)
    assert register(desk).history[0].by == "王敏（窗口）"
    assert desk.staff.named(WANG).post == "主任"


def test_who_left_stays_in_the_file_and_sits_here_no_more(two: Desk, clock: FixedClock) -> None:
    key = next(one.key for one in two.staff.all() if one.name == ZHOU)
    two.staff.leave(key)
    assert two.seat.name == ZHOU, "the last day is still his"
    clock.set(date(2026, 11, 23))
    assert two.seat.name == WANG
    assert [one.name for one in two.staff.all()] == [WANG, ZHOU]
    assert [one.name for one in two.staff.signers(DAY)] == [WANG]
    with pytest.raises(DeskError, match="没有【周小雨】"):
        two.staff.named(ZHOU)
    with pytest.raises(DeskError, match="不能在2020-01-01离开"):
        two.staff.leave(key, date(2020, 1, 1))


# -- one place for the name ------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.act)
def test_an_act_of_every_kind_carries_the_name(event: ev.AnyEvent) -> None:
    assert signed([event.model_copy(update={"by": ""})], ZHOU)[0].by == ZHOU
    assert signed([event.model_copy(update={"by": ev.BY_LEDGER})], ZHOU)[0].by == ev.BY_LEDGER


def test_there_is_an_example_of_every_act() -> None:
    assert {type(event) for event in EXAMPLES} == set(ev.EVENTS)


def test_no_moment_of_the_desk_signs_for_itself() -> None:
    for path in (Path(deskapp.__file__).parent / "desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("ev."):
                assert not [word for word in node.keywords if word.arg == "by"], f"{path.name}:{node.lineno}"


def by_of_records(desk: Desk, kind: str) -> set[str]:
    return {json.loads(kept.body)["noted_by"] for kept in desk._journal.records.of_kind(kind)}


def write_everything(desk: Desk) -> str:
    """Every verb of the desk that writes about a case; the case."""
    letter = issue_granted(desk)
    case_id = letter.case_id
    desk.paper.save_pdf(letter.id)
    desk.paper.save_copy(letter.id)
    desk.paper.print(letter.id, "前台激光")
    desk.acts.note(case_id, act_draft("amended", field="phone", value="13905550199", why="写错"))
    desk.acts.note(case_id, act_draft("talked", who="张三", what="没有人接"))
    desk.acts.note(case_id, act_draft("struck", n=str(len(desk.lookup.case(case_id).history) - 1), why="记错"))
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    desk.acts.note(case_id, act_draft("publication_judged", fit=YES, why="涉及全镇农户"))
    desk.acts.note(case_id, act_draft("archived"))
    desk.ledgers.entered(desk.lookup.case(case_id).case_no)
    return case_id


def test_every_verb_about_a_case_writes_the_name(tmp_path: Path, clock: FixedClock) -> None:
    desk = make_desk(tmp_path / "home", clock, Paper())
    joined(desk, ZHOU)
    history = desk.lookup.case(write_everything(desk)).history
    assert {event.act for event in history} >= {
        "received", "reviewed", "issued", "printed", "copied", "amended", "talked", "struck", "served", "publication_judged",
        "archived", "platform_entered",
    }  # fmt: skip
    assert {event.by for event in history} == {ZHOU}
    item = desk.intake.split(register(desk).case_id, ["一", "二"])[1]
    assert {event.by for event in item.history} == {ZHOU}
    void = issue_granted(desk)
    desk.acts.note(void.case_id, act_draft("voided", number=void.number, why="印错"))
    assert desk.lookup.case(void.case_id).history[-1].by == ZHOU
    assert json.loads(desk.reply.issue_form(void.case_id, "registration_sheet").facts).get("handler", ZHOU) == ZHOU


RECORDS: dict[str, Callable[[Desk], Any]] = {
    "mail": lambda desk: desk.mail.enter(MailDraft(number="XA1", signed_on="2026-11-19")),
    "visit": lambda desk: desk.daybook.enter(VisitDraft(topic="问医保")),
    "question": lambda desk: desk.questions.enter(QuestionDraft(question="怎样申请", answer="填申请表")),
    "slip": lambda desk: desk.satisfaction.enter(SlipDraft()),
    "point_log": lambda desk: desk.point_log.enter(PointDraft(kind="training", title="讲条例", on="2026-11-02")),
    "material": lambda desk: desk.materials.tick("gazette", TickDraft(by="老李", on="2026-11-19")),
    "staff": lambda desk: joined(desk, "赵强", post="二股"),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_beside_the_journal_has_the_name(two: Desk, kind: str) -> None:
    RECORDS[kind](two)
    assert ZHOU in by_of_records(two, kind)
    assert any(one.by == ZHOU and one.what for name, acts in two.day_acts.of(DAY).people for one in acts)


def test_a_mail_row_that_somebody_else_changes_is_his(two: Desk) -> None:
    key = two.mail.enter(MailDraft(number="XA1", signed_on="2026-11-19")).key
    two.seat.take(two.staff.named(WANG).key)
    two.mail.set_aside(key, "会议通知")
    versions = [json.loads(kept.body)["noted_by"] for kept in two._journal.records.versions_of("mail", key)]
    assert versions == [ZHOU, WANG]


# -- a day by person -------------------------------------------------------------------------------------------


def test_the_acts_of_a_day_by_person(two: Desk, clock: FixedClock) -> None:
    first = register(two)
    two.seat.take(two.staff.named(WANG).key)
    two.acts.note(first.case_id, act_draft("talked", who="张三", what="没有人接"))
    found = dict(two.day_acts.of(DAY).people)
    assert [(one.what, one.case_no) for one in found[ZHOU]] == [("收到申请", first.case_no)]
    assert "没有人接" in found[WANG][-1].detail
    assert found[WANG][0].time.count(":") == 1
    assert two.day_acts.sheet(DAY).pdf.startswith(b"%PDF")
    clock.set(date(2026, 11, 23))
    assert two.day_acts.of(date(2026, 11, 23)).people == ()
    with pytest.raises(DeskError, match="没有办过什么"):
        two.day_acts.sheet(date(2026, 11, 23))
    with pytest.raises(DeskError, match="还没有到"):
        two.day_acts.of(date(2026, 11, 24))


def test_the_day_counts_every_act_of_a_busy_day(tmp_path: Path, clock: FixedClock) -> None:
    desk = make_desk(tmp_path / "home", clock, Paper())
    joined(desk, ZHOU)
    case = desk.lookup.case(write_everything(desk))
    noted = [one for _, acts in desk.day_acts.of(DAY).people for one in acts if one.case_no == case.case_no]
    assert len(noted) == len(case.history)


# -- hand-over -------------------------------------------------------------------------------------------------


def test_after_a_hand_over_what_is_noted_is_the_others(desk: Desk) -> None:
    draft = HandoverDraft(from_whom="李晓梅", to_whom=ZHOU)
    assert desk.handover.sheet(draft).pdf
    taken = desk.handover.take_over(draft)
    assert (taken.entered, taken.asks, desk.seat.name) == (True, False, ZHOU)
    assert "已经把周小雨添进人员" in taken.sentence
    contact = desk.lookup.unit().contact
    assert f"文书上的联系人还是{contact}，要换的在【单位】里改。" in taken.sentence
    assert register(desk).history[0].by == ZHOU
    assert desk.handover.draft().from_whom == ZHOU
    assert not desk.handover.take_over(draft).entered, "a sheet that is printed twice enters nobody twice"


def test_who_is_known_is_not_entered_and_who_has_a_pin_proves_himself(two: Desk) -> None:
    taken = two.handover.take_over(HandoverDraft(from_whom=ZHOU, to_whom=WANG))
    assert (taken.entered, two.seat.name) == (False, WANG)
    joined(two, "赵强", use=SET, pin="2468")
    taken = two.handover.take_over(HandoverDraft(from_whom=WANG, to_whom="赵强"))
    assert (taken.asks, two.seat.name) == (True, WANG)
    joined(two, WANG, post="窗口")
    assert not two.handover.take_over(HandoverDraft(from_whom="赵强", to_whom=WANG)).entered, (
        "the one of that very name"
    )


def test_what_a_review_waits_for_is_handed_over_as_well(desk: Desk) -> None:
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    desk.acts.note(letter.case_id, act_draft("archived"))
    desk.acts.note(letter.case_id, act_draft("disputed", route="review", reference="复〔2026〕3号"))
    found = desk.handover.open()
    assert "要答复的复议、诉讼1件" in found.sentence
    assert found.rows == [(desk.lookup.case(letter.case_id).case_no, "张三", "11月27日", "复议：提交答复")]


def test_of_several_of_whom_nobody_was_chosen_none_is_named(desk: Desk) -> None:
    """A command in which nobody says who gives it carries no name: another's would be wrong on each paper."""
    assert desk.seat.name == "李晓梅", "the unit's contact, where nobody was entered"
    desk.staff.enter(ColleagueDraft(name="周小雨"))
    assert desk.seat.name == "周小雨"
    one = desk.staff.enter(ColleagueDraft(name="王敏"))
    assert desk.seat.name == ""
    case = register(desk)
    assert case.received.by == ""
    desk.seat.take(one.key)
    assert desk.seat.name == "王敏"
