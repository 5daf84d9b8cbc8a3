"""签发 and 复核: asked where the office has set so, given to one text of a letter, by one who may; and the sheet says what was noted."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.opinions import text_mark
from deskapp.desk.cases.reviews import AGAINST, AT_DESK, OpinionDraft
from deskapp.desk.office.staff import SET, YES, ColleagueDraft
from deskapp.errors import DeskError
from deskapp.forms.letters import form_of_letter
from deskapp.law.categories import categories
from deskapp.register.acts import describe
from letters.facts import read_facts
from tests.conftest import DAY, GRANTED, profile, register

KIND = "granted"
ZHOU, WANG = "周小雨", "王敏"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office of a clerk, who sits here, and a leader who may sign."""
    desk.staff.enter(ColleagueDraft(name=WANG, post="主任", may_sign=YES, use=SET, pin="2468"))
    desk.seat.take(desk.staff.enter(ColleagueDraft(name=ZHOU)).key)
    return desk


def drafted(desk: Desk, **settings: object) -> str:
    """A case whose answer is drafted and has the opinions of its kind, under these settings of the unit."""
    desk.upkeep.save_unit(profile(**settings))
    case_id = register(desk).case_id
    desk.drafts.keep(desk.reply.draft_key(case_id, KIND), GRANTED)
    desk.guidance.keep(case_id, KIND, desk.guidance.implied(KIND))
    for box in desk.reviews.boxes(desk.lookup.case(case_id), KIND):
        if box.needed and box.review in ("secrecy", "legal"):
            desk.reviews.note(case_id, OpinionDraft(review=box.review, who="张科长"))
    return case_id


def stops(desk: Desk, case_id: str, **changes: str) -> list[str]:
    found = desk.reply.preview(case_id, KIND, {**GRANTED, **changes}).findings
    return [finding.code for finding in found if finding.blocking]


def give(desk: Desk, case_id: str, review: str = "sign_off", **values: str) -> None:
    desk.reviews.note(case_id, OpinionDraft(review=review, **values), kind=KIND)


def test_nothing_is_asked_until_the_office_sets_so(office: Desk) -> None:
    case_id = drafted(office)
    assert stops(office, case_id) == []
    assert office.reply.issue(case_id, KIND, GRANTED).number


def test_without_a_signature_no_number_is_taken(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    assert stops(office, case_id) == ["sign_off_missing"]
    with pytest.raises(DeskError, match="签发"):
        office.reply.issue(case_id, KIND, GRANTED)
    give(office, case_id, who=WANG, on="2026-11-20")
    assert stops(office, case_id) == []
    assert office.reply.issue(case_id, KIND, GRANTED).number == "柳政依复〔2026〕1号"


def test_who_may_not_sign_does_not(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    for who in (ZHOU, "王建国"):
        with pytest.raises(DeskError, match="可以签发的人里没有") as told:
            give(office, case_id, who=who)
        assert told.value.field == "who"
    with pytest.raises(DeskError, match="可以签发的人里没有"):
        give(office, case_id, who=WANG, on="2026-11-19")  # he was not there yet
    assert stops(office, case_id) == ["sign_off_missing"]


def test_the_leader_signs_at_the_desk_with_his_own_pin(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    with pytest.raises(DeskError, match="密码不对"):
        give(office, case_id, who=WANG, how=AT_DESK, pin="1111")
    give(office, case_id, who=WANG, how=AT_DESK, pin="2468")
    signed = office.lookup.case(case_id).history[-1]
    assert (signed.who, signed.how, signed.by) == (WANG, AT_DESK, ZHOU)  # type: ignore[union-attr]  # a Reviewed
    assert stops(office, case_id) == []


def test_a_pin_beside_an_opinion_from_paper_is_not_passed_over(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    for pin in ("1111", "2468"):
        with pytest.raises(DeskError, match="填了密码") as told:
            give(office, case_id, who=WANG, pin=pin)
        assert told.value.field == "how"
    assert stops(office, case_id) == ["sign_off_missing"]


@pytest.mark.parametrize(("how", "pin", "says"), [("paper", "", "照纸上签的记"), (AT_DESK, "2468", "本人输密码签的")])
def test_it_is_told_how_it_was_signed(office: Desk, how: str, pin: str, says: str) -> None:
    case_id = drafted(office, sign_off="answers")
    give(office, case_id, who=WANG, how=how, pin=pin)
    assert says in describe(office.lookup.case(case_id).history[-1])
    box = next(b for b in office.reviews.boxes(office.lookup.case(case_id), KIND) if b.review == "sign_off")
    assert box.how == how


@pytest.mark.parametrize("review", ["second", "sign_off"])
def test_nobody_signs_a_draft_with_gaps(office: Desk, review: str) -> None:
    case_id = drafted(office, sign_off="answers", second_look="answers")
    office.drafts.keep(office.reply.draft_key(case_id, KIND), {"manner": "", "attachments": ""})
    with pytest.raises(DeskError, match="还有1处没有填：提供的信息") as told:
        give(office, case_id, review, who=WANG)
    assert "不算数" in told.value.todo
    office.drafts.keep(office.reply.draft_key(case_id, KIND), GRANTED)
    give(office, case_id, review, who=WANG)


def test_who_looks_and_sits_here_is_told_that_he_cannot_issue(office: Desk) -> None:
    case_id = drafted(office, second_look="answers")
    for who, told in ((ZHOU, True), (WANG, False)):
        draft = OpinionDraft(review="second", who=who)
        case = office.reviews.note(case_id, draft, kind=KIND)
        assert ("发出要换另一个人" in office.reviews.after(case, KIND, draft)) is told


def test_a_new_pin_is_not_passed_over_where_none_is_to_be_set(office: Desk) -> None:
    with pytest.raises(DeskError, match="填了新密码，选的却是【不变】"):
        office.staff.enter(ColleagueDraft(name="赵明", pin="1357"))


def test_another_text_is_signed_anew(office: Desk, clock: FixedClock) -> None:
    case_id = drafted(office, sign_off="answers")
    give(office, case_id, who=WANG)
    assert stops(office, case_id, attachments="流转台账（13页）") == ["sign_off_stale"]
    with pytest.raises(DeskError, match="文字改过"):
        office.reply.issue(case_id, KIND, {**GRANTED, "attachments": "流转台账（13页）"})
    clock.set(date(2026, 11, 24))
    assert stops(office, case_id) == [], "another day is no other text"
    office.drafts.keep(office.reply.draft_key(case_id, KIND), {**GRANTED, "attachments": "流转台账（13页）"})
    box = next(b for b in office.reviews.boxes(office.lookup.case(case_id), KIND) if b.review == "sign_off")
    assert box.stale
    give(office, case_id, who=WANG)
    assert stops(office, case_id) == ["sign_off_stale"], "the first text is the other one now"
    assert stops(office, case_id, attachments="流转台账（13页）") == []


def test_a_signature_for_one_kind_is_none_for_another(office: Desk) -> None:
    case_id = drafted(office, sign_off="all")
    give(office, case_id, who=WANG)
    typed = {**office.reply.draft(case_id, "extension_notice"), "working_days": "10", "reason": "需要检索"}
    codes = {f.code for f in office.reply.preview(case_id, "extension_notice", typed).findings if f.blocking}
    assert "sign_off_stale" in codes


def test_no_leader_signs_what_is_not_written_yet(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    with pytest.raises(DeskError, match="还没有选文书的种类"):
        office.reviews.note(case_id, OpinionDraft(review="sign_off", who=WANG))


def test_what_is_refused_is_not_signed(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    give(office, case_id, who=WANG, verdict=AGAINST, opinion="先问县里")
    assert stops(office, case_id) == ["review_against"]


@pytest.mark.parametrize(("settings", "asked"), [
    ({"sign_off": "answers"}, False), ({"sign_off": "all"}, True), ({"sign_off_kinds": ["extension_notice"]}, True),
])  # fmt: skip
def test_of_which_letters_it_is_asked(office: Desk, settings: dict[str, object], asked: bool) -> None:
    case_id = drafted(office, **settings)
    typed = {**office.reply.draft(case_id, "extension_notice"), "working_days": "10", "reason": "需要检索"}
    codes = [f.code for f in office.reply.preview(case_id, "extension_notice", typed).findings]
    assert ("sign_off_missing" in codes) == asked
    assert office.reply.issue_form(case_id, "review_sheet"), "a form without a number needs no signature"


def test_the_doctor_names_a_kind_that_is_none(office: Desk) -> None:
    office.upkeep.save_unit(profile(sign_off_kinds=["granted", "granite"]))
    named = [found.message for found in office.upkeep.check() if found.code == "unit_sign_off"]
    assert named == ["单位资料里要签发的【granite】不是文书的种类。"]


def test_a_second_pair_of_eyes_is_another_persons(office: Desk) -> None:
    case_id = drafted(office, second_look="answers")
    assert stops(office, case_id) == ["second_missing"]
    give(office, case_id, "second", who=ZHOU)
    assert stops(office, case_id) == ["second_same"]
    give(office, case_id, "second", who=WANG)
    assert stops(office, case_id) == []
    assert stops(office, case_id, attachments="流转台账（13页）") == ["second_stale"]


# -- the sheet -------------------------------------------------------------------------------------------------


def test_the_sheet_prints_what_is_noted_and_leaves_the_rest_for_a_pen(office: Desk) -> None:
    case_id = drafted(office, sign_off="answers")
    give(office, case_id, who=WANG)
    lines = office.reply.issue_form(case_id, "review_sheet").text.splitlines()
    rows = {line.split("　")[0]: line for line in lines}
    assert rows["保密审查"] == "保密审查　同意。　张科长　2026年11月20日"
    assert rows["签发"] == "签发　同意。　王敏签　2026年11月20日"
    assert rows["审核"].startswith("审核　□同意　□不同意")
    assert "经办人　周小雨" in rows["收到之日"]


@pytest.mark.parametrize("kind", [item.key for item in categories()])
def test_no_citation_says_twice_where_it_stands(desk: Desk, kind: str) -> None:
    case_id = register(desk).case_id
    desk.guidance.keep(case_id, kind, desk.guidance.implied(kind))
    text = desk.reply.issue_form(case_id, "review_sheet").text
    assert "条例条例" not in text
    assert "。。" not in text


# -- the mark of a text ----------------------------------------------------------------------------------------


def test_a_draft_and_its_form_have_one_mark(desk: Desk) -> None:
    """What stands in the form at first is what the draft says, so that a signature noted before the form was opened holds in it."""
    case = register(desk)
    compared = 0
    for choice in desk.reply.choices():
        try:
            before = desk.reply.proposed(case, choice.kind).text
        except DeskError:
            continue
        draft = desk.reply.draft(case.case_id, choice.kind)
        fields = form_of_letter(desk.reply.fields(choice.kind))
        shown = {field.key: field.settled(draft[field.key]) for field in fields}
        desk.drafts.keep(desk.reply.draft_key(case.case_id, choice.kind), shown)
        assert desk.reply.proposed(case, choice.kind).text == before, choice.kind
        compared += bool(before)
    assert compared > 20


def test_the_number_and_the_day_are_no_part_of_the_text(desk: Desk) -> None:
    source, _ = desk.reply.press(KIND)
    facts = {
        "unit": {"name": "青山县柳河镇人民政府"}, "case_no": "LH-2026-0001", "issued_on": DAY, "received_on": DAY, "channel": "当面",
        "applicant": {"name": "张三", "class": "自然人"}, "content": "台账", **GRANTED,
    }  # fmt: skip
    marks = {
        text_mark(source, read_facts(source, {**facts, **changes}))
        for changes in ({}, {"number": "柳政依复〔2026〕1号"}, {"issued_on": date(2026, 11, 24)})
    }
    assert len(marks) == 1
    assert marks != {text_mark(source, read_facts(source, {**facts, "content": "别的"}))}
