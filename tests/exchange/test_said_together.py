"""What is wrong with many cells, said once; and words that are plain to a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.exchange.bad_cells import bad_said
from deskapp.exchange.heading import BadCell
from deskapp.exchange.years import year_in

HEAD = "收到日期,收到方式,申请人,申请人类别,申请内容,答复日期,答复类型"


def test_one_fault_of_many_cells_is_one_sentence() -> None:
    bad = [BadCell(n, "收到日期", f"3.{n}.x", "应当是日期") for n in range(2, 22)]
    assert bad_said(bad) == [
        "第2、3、4、5、6等20行【收到日期】是【3.2.x】、【3.3.x】、【3.4.x】等，20处：应当是日期。"
    ]


def test_a_few_are_said_one_by_one() -> None:
    bad = [BadCell(n, "收到日期", f"3.{n}.x", "应当是日期") for n in range(2, 5)]
    assert bad_said(bad)[0] == "第2行【收到日期】是【3.2.x】：应当是日期。"
    assert len(bad_said(bad)) == 3


@pytest.mark.parametrize("kind", ["予以公开。", "予以公开；", "3.属于国家秘密。"])
def test_a_full_stop_behind_an_answer(desk: Desk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n2026-03-05,当面,赵一,自然人,甲,2026-03-19,{kind}\n", encoding="utf-8")
    assert desk.ledgers.take(path).taken == 1


@pytest.mark.parametrize("day", ["3月5号", "３月５号", "3月5日", "３-５"])
def test_a_day_without_its_year_gets_the_same_hint_in_full_width(desk: Desk, tmp_path: Path, day: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{day},当面,赵一,自然人,甲,,\n", encoding="utf-8")
    assert "没有写年份，请写全" in desk.ledgers.take(path).bad[0].right


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2025年依申请公开（含2026年结转）", 2025), ("2025年台账（2024年结转1件）", 2025), ("2025-2026年台账", 0), ("台账（2025年）", 2025),
        ("（2025年）含2026", 0),
    ],
)  # fmt: skip
def test_the_year_of_a_file_whose_name_holds_another_in_brackets(name: str, year: int) -> None:
    assert year_in(name) == year
