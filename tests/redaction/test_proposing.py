"""What is proposed: numbers by what they are, never a part of a longer one; what is doubtful is marked and not left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.redaction.proposing import KnownBefore, hits, places_of, proposals
from deskapp.redaction.reading import read_pages
from tests.redaction.papers import LI, ROWS, TODAY, WANG, ZHANG, card, identity, text_pdf, turned


def found(text: str, known: KnownBefore | None = None) -> list[tuple[str, str, bool]]:
    return [(hit.kind, text[hit.start : hit.end], hit.sure) for hit in hits(text, known or KnownBefore(), TODAY)]


def of(text: str, known: KnownBefore | None = None) -> list[tuple[str, str, bool]]:
    return [item for item in found(text, known) if item[0] != "name"]


@pytest.mark.parametrize(
    ("text", "kind", "value", "sure"),
    [
        (f"身份证号{ZHANG}。", "identity", ZHANG, True),
        (
            f"{LI[:17]}{(int(LI[17], 11) + 1) % 10}",
            "identity",
            f"{LI[:17]}{(int(LI[17], 11) + 1) % 10}",
            False,
        ),  # a slip of the pen
        (f"{WANG[:6]} {WANG[6:14]} {WANG[14:]}", "identity", f"{WANG[:6]} {WANG[6:14]} {WANG[14:]}", True),
        (" ".join(ZHANG), "identity", " ".join(ZHANG), True),  # one digit a box
        ("身份证 330722551231001", "identity", "330722551231001", True),
        ("330722551231001", "identity", "330722551231001", False),
        ("手机13905550123", "phone", "13905550123", True),
        ("+86 139 0555 0123", "phone", "86 139 0555 0123", True),
        ("139-0555-0123", "phone", "139-0555-0123", True),
        ("0579-82345678", "phone", "0579-82345678", True),
        ("010-62345678", "phone", "010-62345678", True),
        ("电话：82345678", "phone", "82345678", True),
        (card("622202120201234567"), "card", card("622202120201234567"), True),
        ("6217001234567890", "card", "6217001234567890", False),
        ("卡号6217001234567890", "card", "6217001234567890", True),
        ("账号：3300 1617 7350 5300 8888", "account", "3300 1617 7350 5300 8888", True),
        ("护照E12345678", "identity", "E12345678", True),
        ("车牌浙G·12345", "plate", "浙G·12345", True),
        ("车牌浙GD12345", "plate", "浙GD12345", True),
        ("信箱zhang.san@example.cn", "email", "zhang.san@example.cn", True),
        ("现住青山县柳河镇桥头村3组12号", "address", "青山县柳河镇桥头村3组12号", True),
        ("在幸福路88号3幢2单元201室", "address", "在幸福路88号3幢2单元201室", True),
        ("幸福路88号（镇政府）", "address", "幸福路88号", False),
        ("12345678901234567890123", "number", "12345678901234567890123", False),
    ],
)
def test_each_kind_is_found_whole(text: str, kind: str, value: str, sure: bool) -> None:
    assert (kind, value, sure) in of(text)


@pytest.mark.parametrize(
    "text",
    [
        "柳政〔2026〕12号", "登记号 LH-2026-0012 邮编321000", "2026-11-20 1234567.89元", "合计12000元，第3页", "青山县人民政府令第12号",
        "柳河镇2026年3号文件", "统一社会信用代码91330722MA28E0000X", "200 300 400 500 600 700", "表1 2025 2026 2027",
    ],
)  # fmt: skip
def test_what_names_nobody_is_left(text: str) -> None:
    assert of(text) == []


def test_a_card_directly_before_a_sum_and_a_number_of_a_file_are_both_shown() -> None:
    """The digits of a card and of the sum behind it are not one number; eighteen digits of a file are asked about, not taken for a person."""
    sum_after = of(f"{card('621700123456789')} 9500元")
    assert sum_after == [("card", card("621700123456789"), True)]
    assert of("编号 202611200001234567") == [("number", "202611200001234567", False)]


def test_groups_are_read_so_that_most_digits_are_explained() -> None:
    assert of("139 0555 0456 6228 4800 1234 5678 901 8000元") == [
        ("phone", "139 0555 0456", True), ("card", "6228 4800 1234 5678 901", False),
    ]  # fmt: skip


def test_a_number_over_two_lines_is_one() -> None:
    assert of(f"{ZHANG[:10]}\n{ZHANG[10:]}") == [("identity", f"{ZHANG[:10]}\n{ZHANG[10:]}", True)]


def test_our_own_telephone_is_nobodys_secret() -> None:
    assert of("电话0579-82345678", KnownBefore(ours=frozenset({"057982345678"}))) == []


def test_names_of_the_register_are_found_with_blanks_and_others_only_asked_about() -> None:
    known = KnownBefore(names=("张三", "欧阳修"))
    assert ("name", "张 三", True) in found("户主：张 三", known)
    assert ("name", "欧\n阳修", True) in found("欧\n阳修", known)
    assert ("name", "赵六", False) in found("联系人 赵六，电话13905550123", known)
    assert ("name", "李四", False) in found(f"2 李四 {LI} 8000元", known)
    assert [item for item in found("姓名 身份证号 电话", known) if item[0] == "name"] == []


def test_a_page_is_read_as_it_stands_and_every_number_of_it_is_shown(tmp_path: Path) -> None:
    page = read_pages(text_pdf(tmp_path / "list.pdf", [ROWS]))[0]
    assert [line.text for line in page.lines] == list(ROWS)
    listed = proposals(page, KnownBefore(names=("张三",)), TODAY)
    assert [item.value for item in listed if item.kind == "identity"] == [
        ZHANG,
        LI,
        WANG,
        f"{WANG[:6]} {WANG[6:14]} {WANG[14:]}",
    ]
    kinds = [(item.kind, item.sure) for item in listed]
    assert [kinds.count(x) for x in (("phone", True), ("card", True), ("card", False), ("number", False))] == [
        3,
        1,
        2,
        1,
    ]
    assert [(item.value, item.sure) for item in listed if item.kind == "name"] == [
        ("张三", True), ("李四", False), ("王五", False), ("赵六", False),
    ]  # fmt: skip
    spots = [spot for item in listed for spot in item.spots]
    assert len(spots) == len(set(spots)), "no character is proposed twice"


def test_a_page_on_its_side_is_read_too(tmp_path: Path) -> None:
    page = read_pages(turned(text_pdf(tmp_path / "list.pdf", [["张三的电话13905550123"]]), 90))[0]
    assert (page.width, page.height) == (842.0, 595.0)
    assert all(
        0 < box.left < box.right < 842 and 0 < box.top < box.bottom < 595 for box in (line.box for line in page.lines)
    )
    assert [item.value for item in proposals(page, KnownBefore(), TODAY)] == ["张三", "13905550123"]


def test_words_given_by_hand_stand_where_they_stand(tmp_path: Path) -> None:
    page = read_pages(text_pdf(tmp_path / "list.pdf", [["补偿标准每亩三万元", "补 偿", "标准另定"]]))[0]
    assert [page.text_of(spots) for spots in places_of(page, "补偿标准")] == ["补偿标准", "补偿标准"]
    assert places_of(page, "没有") == []
    assert places_of(page, " ") == []


def test_a_number_with_any_province_day_and_check_digit_is_a_persons() -> None:
    for first in ("11010519491231002", "65010019990228001", "81000019900101001"):
        assert of(identity(first))[0][0] == "identity"
