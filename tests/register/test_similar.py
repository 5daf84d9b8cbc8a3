"""The same person, the same content: found, scored, counted by natural month and year."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.similar import Alike
from deskapp.register import events as ev
from deskapp.register.similar import Person, of_content, of_person
from tests.conftest import application, register

ID = "330382199001010017"
OTHER_ID = "330382199202020025"
LEDGER = "柳河镇2025年农村土地承包经营权流转台账"


def person(desk: Desk, name: str, id_number: str = "", phone: str = "") -> list[tuple[str, float, str]]:
    found = of_person(desk._store, Person(name, id_number, phone))
    return [(like.case.case_no[-1], like.score, like.why) for like in found]


@pytest.fixture
def six(desk: Desk) -> Desk:
    for name, id_number, phone in (
        ("张三", ID, "13900000001"),
        ("章珊", "", "13900000002"),
        ("张三", OTHER_ID, "13900000003"),
        ("张三", "", "13900000001"),
        ("李四", "", "13900000001"),
        ("王五", ID, ""),
    ):
        register(desk, applicant=name, id_number=id_number, phone=phone)
    return desk


def test_one_person_by_number_by_name_by_phone_and_by_sound(six: Desk) -> None:
    assert person(six, "张三", ID, "13900000001") == [
        ("6", 1.0, "证件号码相同"),
        ("4", 1.0, "姓名和电话相同"),
        ("1", 1.0, "证件号码相同"),
        ("5", 0.5, "电话相同"),
        ("2", 0.25, "姓名同音"),
    ]


def test_another_number_is_another_person(six: Desk) -> None:
    found = {no: why for no, _, why in person(six, "张三", "330382199303030033")}
    assert found == {"4": "姓名相同", "2": "姓名同音"}


def test_a_name_in_its_other_reading(desk: Desk) -> None:
    register(desk, applicant="曾巩", phone="")
    assert person(desk, "岑巩") == [("1", 0.25, "姓名同音")]
    assert person(desk, "增巩") == [("1", 0.25, "姓名同音")]


@pytest.mark.parametrize("name", ["𬭚𠮷", "Tom", "甲"])
def test_odd_names(desk: Desk, name: str) -> None:
    register(desk, applicant=name, phone="")
    assert [why for _, _, why in person(desk, name)] == ["姓名相同"]


@pytest.mark.parametrize(
    ("content", "least", "most"),
    [
        (LEDGER, 1.0, 1.0),
        ("柳河镇 2025年，农村土地承包经营权流转台账。", 1.0, 1.0),
        ("柳河镇2024年农村土地承包经营权流转台账", 0.85, 0.99),
        ("农村土地承包经营权流转情况", 0.5, 0.85),
    ],
)
def test_contents_are_scored_by_what_they_share(desk: Desk, content: str, least: float, most: float) -> None:
    register(desk)
    register(desk, content="桥头村低保名单")
    found = of_content(desk._store, content)
    assert [like.case.case_no for like in found] == ["LH-2026-0001"]
    assert least <= found[0].score <= most


@pytest.mark.parametrize("content", ["", "，。", "桥头村征地补偿款分配方案", "预"])
def test_other_contents_are_not_alike(desk: Desk, content: str) -> None:
    register(desk)
    assert of_content(desk._store, content) == []


def form(desk: Desk, **changes: str) -> Alike:
    draft = application(**changes)
    return desk.similar.of_form(draft.applicant, draft.id_number, draft.phone, draft.content)


def test_an_answered_repeat_is_pointed_out_with_its_outcome(desk: Desk) -> None:
    case = register(desk)
    assert "还在办理" in form(desk).advice[0]
    desk.acts.record(case.case_id, ev.Answered(on=desk.clock.today(), category="not_held"))
    advice = form(desk).advice
    assert len(advice) == 1
    assert "第三十六条第六项" in advice[0]
    assert case.case_no in advice[0]
    assert "信息不存在" in advice[0] or "不掌握" in advice[0] or "本机关" in advice[0]
    assert form(desk, applicant="李四", phone="139").advice == ()


def test_the_eleventh_in_a_month_may_cost_and_the_count_starts_anew_each_month(desk: Desk, clock: FixedClock) -> None:
    for n in range(10):
        register(desk, content=f"第{n}号文件")
    found = form(desk, content="别的")
    assert (found.in_month, found.in_year) == (11, 11)
    assert "第11件" in found.advice[0]
    assert "100元" in found.advice[0]
    clock.set(date(2026, 12, 1))
    found = form(desk, content="别的")
    assert (found.in_month, found.in_year, found.advice) == (1, 11, ())
    clock.set(date(2027, 1, 4))
    assert form(desk, content="别的").in_year == 1


def test_several_applicants_for_the_same(desk: Desk) -> None:
    register(desk, applicant="张三", phone="1390001")
    register(desk, applicant="李四", phone="1390002")
    assert form(desk, applicant="李四", phone="1390002").advice != form(desk, applicant="王五").advice
    assert any(
        "3名申请人" in line and "第四十四条" in line for line in form(desk, applicant="王五", phone="1").advice
    )


def test_a_case_does_not_find_itself(desk: Desk) -> None:
    case = register(desk)
    found = desk.similar.of_case(case)
    assert (found.in_month, found.person, found.content, found.advice) == (1, (), (), ())


def test_a_case_registered_by_mistake_is_left_out(desk: Desk) -> None:
    case = register(desk)
    desk.acts.record(case.case_id, ev.Voided(on=desk.clock.today(), number=case.case_no, why="重复登记"))
    assert form(desk).person == ()
    assert form(desk).content == ()
