"""Typed words on paper: nested quotation marks, one stop, half-width digits, signs that are spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.orthography import worded
from letters.pdf.fonts import FontBook
from tests.letters.conftest import composed, findings, printed
from tests.letters.geometry import read


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("信息是：“2025年“三公”经费”", "信息是：“2025年‘三公’经费”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("‘甲‘乙’丙’", "‘甲“乙”丙’"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“甲“乙”", "“甲“乙”"),
        ("甲”乙“丙", "甲”乙“丙"),
        ("“the people’s “list””", "“the people’s ‘list’”"),
        ("您说：“请公开。”。", "您说：“请公开。”"),
        ("您说：“能公开吗？”。", "您说：“能公开吗？”"),
        ("您说：“请公开。”，本机关", "您说：“请公开”，本机关"),
        ("“甲“乙。”。”。", "“甲‘乙。’”"),
        ("桥头村１２号３－１０１室", "桥头村12号3-101室"),
        ("约≒3", "约≈3"),
    ],
)
def test_words_as_they_are_printed(typed: str, printed: str) -> None:
    assert worded(typed) == printed


@given(st.text("“”‘’。甲a", max_size=30))
def test_no_word_is_lost_and_setting_right_what_is_right_changes_nothing(text: str) -> None:
    done = worded(text)
    assert [c for c in done if c in "甲a"] == [c for c in text if c in "甲a"]
    assert worded(done) == done


def test_a_quotation_within_the_content_alternates_on_the_page(fonts: FontBook) -> None:
    text = read(printed("not_held", fonts, content="柳河镇2025年“三公”经费决算。").pdf).text
    assert "“柳河镇2025年‘三公’经费决算" in text
    assert "““" not in text
    assert "。”。" not in text


def test_an_address_in_full_width_digits_is_printed_in_half_width_ones() -> None:
    document = composed("registration_sheet", applicant__address="青山县柳河镇桥头村１２号")
    assert "桥头村12号" in document.plain_text()
    assert "１２" not in document.plain_text()


def test_who_applied_is_not_told_in_other_digits_either(fonts: FontBook) -> None:
    said = findings(
        "third_party_consultation", fonts, applicant__address="桥头村１２号院", disclosed="桥头村１２号院的材料"
    )
    assert "applicant_named" in [finding.code for finding in said]


def gbk() -> str:
    """Every character of GBK."""
    pairs = (bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    return "".join(char for pair in pairs for char in pair.decode("gbk", errors="ignore") if ord(char) > 0x7F)


def test_every_sign_of_gbk_is_printed(fonts: FontBook) -> None:
    every = worded(gbk())
    assert len(every) > 21_000
    assert fonts.missing(every) == []


@pytest.mark.parametrize("role", ["title", "hei", "kai"])
def test_signs_of_a_measure_are_printed_in_titles_and_headings_too(role: str, fonts: FontBook) -> None:
    assert fonts.missing("㎡㎏㎜㏄℡㈱ⅰ", role) == []  # type: ignore[arg-type]  # one of the names above


def test_an_area_is_printed(fonts: FontBook) -> None:
    assert "120㎡" in read(printed("not_held", fonts, content="120㎡的房屋").pdf).text
    assert "unprintable" not in [f.code for f in findings("not_held", fonts, content="120㎡的房屋")]
