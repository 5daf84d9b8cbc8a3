"""Identity numbers warn with the reason and never block. The numbers are made up with right check digits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.law.identity import CODE_ALPHABET, credit_code_fault, id_number_fault, identity_warning

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002X",
        "11010519491231002x",
        "810000199408230021",
        "91350100M000100Y43",
        "E12345678",
        "113307020025870007",
        "123307020025870004",
        "133307020025870001",
        "513307020025870003",
        "523307020025870000",
        "533307020025870010",
        "543307020025870020",
        "313307020025870005",
        "913307020025870012",
        "EA1234567",
    ],
)
def test_nothing_wrong(number: str) -> None:
    assert identity_warning(number, TODAY) == ""


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("110105194912310021", "最后一位对不上"),
        ("110105194913310021", "出生日期【19491331】不是日期"),
        ("110105204912310021", "不合情理"),
        ("91350100M000100Y44", "信用代码的最后一位"),
        ("91350100I000100Y43", "不会有【I】"),
        ("110105491231002", "停止使用"),
        ("123", "位数不对"),
        ("张三", "位数不对"),
    ],
)
def test_what_looks_wrong_is_said(number: str, says: str) -> None:
    assert says in identity_warning(number, TODAY)


@given(st.integers(0, 16), st.integers(0, 9))
def test_one_wrong_digit_of_an_id_number_is_always_noticed(place: int, digit: int) -> None:
    right = "11010519491231002X"
    wrong = right[:place] + str(digit) + right[place + 1 :]
    assert (id_number_fault(wrong, TODAY) == "") is (wrong == right)


@given(st.integers(0, 16), st.sampled_from(CODE_ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_always_noticed(place: int, char: str) -> None:
    right = "91350100M000100Y43"
    wrong = right[:place] + char + right[place + 1 :]
    assert (credit_code_fault(wrong) == "") is (wrong == right)


@given(st.text(max_size=40))
def test_any_text_gets_words_or_nothing(number: str) -> None:
    assert isinstance(identity_warning(number, TODAY), str)
