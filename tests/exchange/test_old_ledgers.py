"""An old ledger that does not say what became of its lines: what the lists will show of it is said before it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.telling import holds_number, is_no_phone
from tests.exchange.test_tables import HEAD, book, row

SERVED = {"答复类型": "予以公开", "答复日期": "2026-03-20", "送达方式": "当面", "送达日期": "2026-03-20"}


def ledger(folder: Path, *kinds: dict[str, str]) -> Path:
    """Lines of these kinds, one of each in turn, no two alike."""
    head = [*HEAD, *(name for name in (*SERVED, "联系电话") if name not in HEAD)]
    plain = dict(zip(HEAD, row(1), strict=True))
    lines = [
        [
            ({**dict.fromkeys(head, ""), **plain, "申请人": f"张{n}号", "登记号": f"LH-2026-{n:04}", **kind}).get(
                name, ""
            )
            for name in head
        ]
        for n, kind in enumerate(kinds, 1)
    ]
    return book(folder / "a.xlsx", {"台账": [head, *lines]})


OPEN = dict.fromkeys(SERVED, "")
NOT_SERVED = {**SERVED, "送达方式": "", "送达日期": ""}


def about_open(desk: Desk, path: Path) -> list[str]:
    return [said for said in desk.ledgers.take(path, dry_run=True).warnings if said.startswith("新收的里面")]


def test_open_and_unserved_cases_are_counted_before_they_flood_the_board(desk: Desk, tmp_path: Path) -> None:
    (said,) = about_open(desk, ledger(tmp_path, OPEN, OPEN, NOT_SERVED, NOT_SERVED, NOT_SERVED, SERVED))
    assert "2件没有答复，照没有办结的算期限；3件答复了、没有送达日期，列在【待送达】" in said
    assert "把答复日期、送达日期补进表里再导入" in said


@pytest.mark.parametrize("kinds", [(SERVED,) * 5, (OPEN, NOT_SERVED, OPEN)])
def test_of_none_or_a_few_nothing_is_said(desk: Desk, tmp_path: Path, kinds: tuple[dict[str, str], ...]) -> None:
    assert about_open(desk, ledger(tmp_path, *kinds)) == []


@pytest.mark.parametrize(
    "phone", ["js@qq.com", "微信zhang123", "村部", "见附件", "1390000111", "139000011112", "x1", "12345"]
)
def test_what_is_no_telephone_number_is_said(desk: Desk, tmp_path: Path, phone: str) -> None:
    assert is_no_phone(phone)
    warnings = desk.ledgers.take(ledger(tmp_path, {**SERVED, "联系电话": phone}), dry_run=True).warnings
    assert any("第2行的联系电话不像电话号码" in said for said in warnings)


@pytest.mark.parametrize(
    "phone",
    ["", "13905550123", "139-0555-0123", "139 0555 0123", "0579-5550100", "0579－5550100转3", "（0571）88881234", "13905550123、05795550100",
     "13905550123 13805550123", "139****0123", "5550100", "400-820-8820", "+86 13905550123"],
)  # fmt: skip
def test_telephone_numbers_as_people_write_them(phone: str) -> None:
    assert not is_no_phone(phone)


@pytest.mark.parametrize(
    "name", ["孙七(139-1234-5555)", "张三139 1234 5678", "李四0571-88881234", "王五13912345678", "赵六139—1234—5678"]
)
def test_a_name_holds_a_number_however_it_is_parted(name: str) -> None:
    assert holds_number(name)


@pytest.mark.parametrize("name", ["阿卜杜拉·1-2-3号", "2026-11-20", "三〇一所", "1-2-3-4-5-6-7", "张三（2组）"])
def test_other_signs_are_no_number(name: str) -> None:
    assert not holds_number(name)
