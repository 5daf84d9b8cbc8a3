"""Questions exchanged by file: other names of columns, every bad cell, the whole or the good part, known ones by choice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.reading.question_lists import sentences, take_whole
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.errors import DeskError

HEADS = ("知识编号", "知识标题", "答复口径", "政策依据", "承办单位", "审核人", "更新时间")
GOOD = ("K1", "低保名单在哪里看", "村务公开栏", "条例第二十一条", "民政办", "周敏", "2026-10-01 09:30")
PLAIN = ("K2", "宅基地怎么批", "先向村里申请", "", "自然资源所", "", "")


def listed(folder: Path, *lines: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> Path:
    path = folder / "12345.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((heads, *lines))
    return path


def test_a_list_comes_in_checked_only_where_it_says_by_whom(desk: Desk, tmp_path: Path) -> None:
    taken = desk.question_lists.take(listed(tmp_path, GOOD, PLAIN))
    assert (taken.rows, taken.new, taken.bad) == (2, 2, ())
    first, second = desk.questions.all()
    assert (first.of.number, first.of.department, first.checked) == ("K1", "民政办", "周敏2026-10-01核对")
    assert (second.stale, second.checked) == (True, "还没有人核对过")


def test_every_bad_cell_is_named_and_nothing_or_the_good_part_comes_in(desk: Desk, tmp_path: Path) -> None:
    bad = (
        GOOD,
        ("", "", "没有问题的", "", "", "", ""),
        ("", "没有回答的", "", "", "", "", ""),
        ("", "日期不对的", "答", "", "", "周敏", "去年"),
        ("", "还没有到的", "答", "", "", "周敏", "2027-01-01"),
        ("", "太长的", "答", "", "长" * 201, "", ""),
        ("", "低保名单，在哪里看？", "重复的", "", "", "", ""),
    )
    path = listed(tmp_path, *bad)
    taken = desk.question_lists.take(path)
    assert [(cell.line, cell.column, cell.right) for cell in taken.bad] == [
        (3, "问题", "必须填写"), (4, "回答", "必须填写"), (5, "核对日期", "应当是日期，写成 2026-11-20"),
        (6, "核对日期", "还没有到（今天是2026-11-20）"), (7, "部门", "太长，最多200个字"), (8, "问题", "和第2行是同一个问题"),
    ]  # fmt: skip
    assert (taken.kept, taken.rows, desk.questions.all()) == (False, 7, [])
    assert list(sentences(taken))[-1].startswith("共7条，有6条不对，一条也没有导入")
    taken = desk.question_lists.take(path, good_only=True)
    assert (taken.new, taken.bad_rows, len(desk.questions.all())) == (1, 6, 1)
    assert taken.rows == taken.new + taken.changed + taken.left + taken.same + taken.withdrawn + taken.bad_rows


def test_known_ones_are_updated_only_by_choice_and_lose_their_check(desk: Desk, tmp_path: Path) -> None:
    desk.questions.enter(
        QuestionDraft(question="宅基地，怎么批？", answer="旧的", checked_by="王建国", checked_on="2026-11-01")
    )
    path = listed(tmp_path, PLAIN)
    taken = desk.question_lists.take(path)
    assert (taken.left, desk.questions.all()[0].of.answer) == (1, "旧的")
    assert desk.question_lists.take(path, update=True, dry_run=True).changed == 1
    assert desk.questions.all()[0].of.answer == "旧的"
    assert desk.question_lists.take(path, update=True).changed == 1
    (one,) = desk.questions.all()
    assert (one.of.question, one.of.answer, one.of.checked_on) == ("宅基地，怎么批？", "先向村里申请", "")
    assert desk.question_lists.take(path, update=True).same == 1


def test_a_withdrawn_one_stays_withdrawn(desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, PLAIN)
    desk.question_lists.take(path)
    desk.questions.take_back(desk.questions.all()[0].key, "归县里")
    taken = desk.question_lists.take(path, update=True)
    assert (taken.withdrawn, taken.new, desk.questions.all()) == (1, 0, [])


def test_who_without_a_day_counts_as_unchecked_and_is_said(desk: Desk, tmp_path: Path) -> None:
    taken = desk.question_lists.take(listed(tmp_path, (*PLAIN[:5], "周敏", "")))
    assert "有1条写了谁核对、没有写哪天" in "".join(taken.warnings)
    assert desk.questions.all()[0].stale


def test_what_goes_out_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.question_lists.take(listed(tmp_path, GOOD, PLAIN))
    path, count = desk.question_lists.give_here()
    assert count == 2
    assert desk.question_lists.take(path, update=True).same == 2


def test_a_table_without_the_columns_and_a_whole_list_with_a_fault(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="缺少列：回答"):
        desk.question_lists.take(listed(tmp_path, ("a", "b"), heads=("问题", "别的")))
    with pytest.raises(DeskError, match="第2行【回答】是【】：必须填写"):
        take_whole(desk.question_lists, listed(tmp_path, ("", "问", "", "", "", "", "")))
