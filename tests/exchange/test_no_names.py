"""What stands in the column of the applicant and is nobody's name; numbers of years that are none; lines that were begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.ledger import Ledger, LedgerOptions
from deskapp.telling import names_several
from tests.conftest import DAY, application, odd_names, register
from tests.exchange.test_tables import HEAD, book, row

NOBODY = "这不是谁的名字，请照原件写明申请人"
NUMBER = "姓名里有号码，请分开填到【证件号码】或者【联系电话】"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("2026-03-05", NOBODY), ("2026年3月5日", NOBODY), ("3月15日", NOBODY), ("13905550123", NOBODY), ("12.5", NOBODY), ("（）", NOBODY),
        ("张三13905550123", NUMBER), ("张三 330722198001011234", NUMBER),
        ("公民", "这是【申请人类别】的内容，不是谁的名字，请核对是不是填错了列"), ("当面", "这是【收到方式】的内容，不是谁的名字，请核对是不是填错了列"),
        ("予以公开", "这是【答复类型】的内容，不是谁的名字，请核对是不是填错了列"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_a_bad_cell(tmp_path: Path, name: str, why: str) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1, 申请人=name)]})
    (line,) = Ledger(path, DAY)
    assert [(cell.column, cell.right) for cell in line.bad] == [("申请人", why)]


@pytest.mark.parametrize("name", ["2026-03-05", "13905550123", "张三13905550123", "……", "（12）"])
def test_at_the_counter_it_is_refused_as_well(desk: Desk, name: str) -> None:
    with pytest.raises(DeskError, match=r"不是谁的名字|姓名里有号码"):
        register(desk, applicant=name)


@pytest.mark.parametrize(
    "name",
    [
        "O",
        "阿不都热依木·买买提",
        "3M中国有限公司",
        "七",
        "№1中学",
        "\ue000",
        "32146部队",
        *(name for name in odd_names() if name[0] != "="),
    ],
)
def test_every_name_that_is_one_is_taken(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1, 申请人=name, 申请人类别="其他")]})
    (line,) = Ledger(path, DAY)
    assert line.bad == ()


def test_a_sentence_in_the_column_of_names_is_said(tmp_path: Path) -> None:
    lines = [
        row(1, 申请人="要求公开二〇二五年的预算"),
        row(2, 申请人="阿卜杜热合曼托合提尼亚孜"),
        row(3, 申请人="阿不都热依木·买买提依明"),
    ]
    ledger = Ledger(book(tmp_path / "a.xlsx", {"台账": [HEAD, *lines]}), DAY)
    assert [line.bad for line in ledger] == [(), (), ()]
    assert "第2、3行类别是自然人，申请人却有十几个字，不像姓名，请核对。" in ledger.tally.warnings


@pytest.mark.parametrize(
    "name", ["张三、李四", "张三，李四，王五", "欧阳修远/沈月", "张三等12人", "张三和李四等", "阿不都·买买提、张三"]
)
def test_several_names_in_one_cell_are_said(desk: Desk, tmp_path: Path, name: str) -> None:
    assert names_several(name)
    ledger = Ledger(book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1, 申请人=name)]}), DAY)
    assert [line.bad for line in ledger] == [()]
    assert any("像是几个人" in said for said in ledger.tally.warnings)
    problems = desk.intake.check(application(applicant=name))
    assert [(each.field, each.blocking) for each in problems if "像是几个人" in each.message] == [
        ("applicant", False)
    ]


@pytest.mark.parametrize(
    "name", ["张三", "张和平", "欧阳修远", "阿不都热依木·买买提", "和珅", "张三和", "张、", *odd_names()]
)
def test_one_name_is_one_person(name: str) -> None:
    assert not names_several(name)


@pytest.mark.parametrize(
    ("column", "number", "year"),
    [
        ("文号", "柳信公〔2062〕3号", "2062"), ("文号", "柳信公[2206]3号", "2206"), ("登记号", "LH-2027-0001", "2027"), ("文号", "柳信公〔0226〕3号", "0226"),
    ],
)  # fmt: skip
def test_a_number_of_a_year_that_is_none(tmp_path: Path, column: str, number: str, year: str) -> None:
    cells = {"登记号": "", "文号": "", "答复类型": "予以公开", "答复日期": "2026-03-10", column: number}
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEAD, *cells], [*row(1), *cells.values()]]})
    (line,) = Ledger(path, DAY)
    assert [(cell.column, cell.right) for cell in line.bad] == [(column, f"没有{year}年的号，请核对年份")]


def test_a_number_of_ours_that_leads_the_next_ones_astray_is_said(tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "答复日期", "文号"]
    numbers = ["柳信公〔2025〕3号", "柳信公〔2026〕20263号", "柳信公〔2026〕4号", "桥府公〔2025〕88888号"]
    lines = [[*row(n), "予以公开", "2026-03-10", number] for n, number in enumerate(numbers)]
    path = book(tmp_path / "a.xlsx", {"台账": [head, *lines]})
    ledger = Ledger(path, DAY, LedgerOptions(word="柳信公"))
    assert [line.bad for line in ledger] == [(), (), (), ()]
    assert ledger.tally.warnings[-2:] == (
        "第2行的文号和答复日期不是同一年，照写的收，以后的文号编在它后面，请核对。",
        "第3行的文号序号大于9999，照写的收，以后的文号编在它后面，请核对。",
    )


def test_a_line_that_is_numbered_and_was_begun_is_not_passed_over(tmp_path: Path) -> None:
    head = ["序号", *HEAD]
    lines: list[list[Any]] = [
        [1, *row(1)],
        [2, None, None, "李四"],
        [3],
        ["小计", None, None, "2件"],
        [None, None, None, "二月"],
    ]
    ledger = Ledger(book(tmp_path / "a.xlsx", {"台账": [head, *lines]}), DAY)
    found = list(ledger)
    assert [(line.line, [cell.column for cell in line.bad]) for line in found] == [
        (2, []),
        (3, ["收到日期", "收到方式", "申请人类别", "申请内容"]),
    ]
    assert [(left.line, left.why) for left in ledger.tally.left_out] == [
        (4, "只有没有导入的列里有内容"),
        (5, "合计、小计"),
        (6, "不像一行记录：【二月】"),
    ]
