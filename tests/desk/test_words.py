"""Words and signs of the counter: what is hidden of a number, what a unit's telephone may look like, a company among persons."""

from __future__ import annotations

import pytest

from deskapp.desk import Desk
from deskapp.law.categories import outcome
from deskapp.parsing import masked
from tests.conftest import application, profile, register


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("330382199001010017", "3303**********0017"), ("E12345678", "E*******8"), ("H1234567801", "H1*******01"), ("军字第123", "军****3"),
        ("1234", "****"), ("", ""), ("330382900101001", "3303*******1001"),
    ],
)  # fmt: skip
def test_more_than_half_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown
    assert len(masked(number)) == len(number)


def test_a_telephone_typed_full_width_is_the_same() -> None:
    assert profile(phone="０５７９－5550100", postcode="３２１０００", site_code="ＬＨ").phone == "0579-5550100"


def test_a_company_among_persons_is_asked_about(desk: Desk) -> None:
    said = [p.message for p in desk.intake.check(application(applicant="河北恒信建设工程有限公司"))]
    assert any("像是单位" in line for line in said)
    assert not any("像是单位" in p.message for p in desk.intake.check(application(applicant="欧阳修远")))


def test_saving_names_no_printer(desk: Desk) -> None:
    case = register(desk)
    letter = desk.reply.issue_form(case.case_id, "receipt")
    desk.paper.save_pdf(letter.id)
    assert [line for _, name, line in desk.lookup.entries(case.case_id) if name == "打印"] == [
        f"{letter.title}　已存成PDF"
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("cf", "repeat"), ("chongfu", "repeat"), ("重复", "repeat"), ("bcz", "not_held"), ("bf", "partial")],
)
def test_the_kind_that_is_meant_most_surely_stands_first(desk: Desk, typed: str, first: str) -> None:
    answers = [choice.kind for choice in desk.reply.choices(typed) if outcome(choice.kind)]
    assert answers[0] == first


def test_a_chapter_whose_heading_says_it_stands_first(desk: Desk) -> None:
    assert desk.handbook.chapters("复议")[0].title == "十二、复议和诉讼来了"


def test_a_number_in_an_address_is_the_same_however_it_was_typed(desk: Desk) -> None:
    assert register(desk, address="人民路１２号Ｂ－３室").received.address == "人民路12号B-3室"
