"""Tables two to four in the shapes that pages and files give them: reaching cells, tables in tables, several headings, other columns."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deskapp.errors import DeskError
from deskapp.exchange.report_in import read_from, read_report
from deskapp.exchange.report_tables import table_four, table_three, table_two
from deskapp.exchange.tables.kinds import kind_of
from deskapp.exchange.tables.web import tables_of, text_of_page
from deskapp.law.annual_report import ROUTES, columns, outcome_names, report_file
from deskapp.law.errors import LawError
from deskapp.law.report_published import read_published
from tests.conftest import DATA

PUBLISHED: dict[str, Any] = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
LABELS = {row.key: row.label for row in report_file().row if row.valid_to is None}
NAMES = [column.name for column in columns()]
KINDS = list(outcome_names())
FOUR = [[PUBLISHED["table4"][route][kind] for kind in KINDS] for route in ROUTES]
FIFTEEN = [str(number) for block in FOUR for number in block]
HEAD = list(outcome_names().values())


def three(*order: int) -> list[list[str]]:
    """Table three with its columns in an order."""
    places = order or tuple(range(len(NAMES)))
    rows = [[LABELS[row["key"]], *(str(row["values"][place]) for place in places)] for row in PUBLISHED["table3"]]
    return [["", *(NAMES[place] for place in places)], *rows]


def values(rows: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    return {row["key"]: row["values"] for row in rows}


WANTED = {row["key"]: row["values"] for row in PUBLISHED["table3"]}


@pytest.mark.parametrize("order", [(), (6, 0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0, 6)])
def test_columns_in_another_order_are_told_by_the_heading(order: tuple[int, ...]) -> None:
    rows, tables = table_three([three(*order)])
    assert (values(rows), tables) == (WANTED, 1)


def test_a_table_goes_on_on_the_next_page_in_the_order_of_its_heading() -> None:
    whole = three(6, 0, 1, 2, 3, 4, 5)
    assert values(table_three([whole[:9], whole[9:]])[0]) == WANTED


def test_of_two_tables_the_first_is_taken_and_it_is_said(tmp_path: Path) -> None:
    other = [[label, *(str(int(cell) + 1) for cell in cells)] for label, *cells in three()[1:]]
    rows, tables = table_three([three(), other])
    assert (values(rows), tables) == (WANTED, 2)
    page = "".join(
        "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in grid) + "</table>"
        for grid in (three(), other)
    )
    (tmp_path / "a.html").write_text(f"<div>{page}</div>", encoding="utf-8")
    assert "文件里有2个表三，核对的是第一个。" in read_from(read_report(tmp_path / "a.html"))


def test_a_summary_before_the_table_is_not_taken_for_it() -> None:
    summary = [
        [LABELS["new"], "9", "9", "9", "9", "9", "9", "54"],
        [LABELS["total"], "9", "9", "9", "9", "9", "9", "54"],
    ]
    assert values(table_three([summary, three()])[0]) == WANTED


def test_a_cell_that_is_no_number_is_named_and_not_left_out() -> None:
    grid = three()
    grid[3][1] = "1175（含上年）"
    rows, _ = table_three([grid])
    with pytest.raises(LawError, match=r"表三【三（一）予以公开】的【自然人】是【1175（含上年）】，不是数"):
        read_published({"table3": rows}, 2023)


@pytest.mark.parametrize(
    "grids",
    [
        [[["", *HEAD * 3], ["", *FIFTEEN]]],
        [[["行政复议", *HEAD], ["", *map(str, FOUR[0])]], [["直接", *HEAD, *HEAD], ["", *map(str, FOUR[1] + FOUR[2])]]],
        [[HEAD, list(map(str, block))] for block in FOUR],
        [[["途径", *HEAD], *([name, *map(str, block)] for name, block in zip(ROUTES, FOUR, strict=True))]],
        [[HEAD * 3, [*FIFTEEN, "", "注"]]],
    ],
    ids=["one", "two", "three", "lines", "a remark behind"],
)  # fmt: skip
def test_table_four_in_one_table_or_in_several(grids: list[list[list[str]]]) -> None:
    assert table_four(grids) == PUBLISHED["table4"]


def test_a_table_four_with_a_route_missing_is_none() -> None:
    assert table_four([[HEAD * 2, list(map(str, FOUR[0] + FOUR[1]))]]) == {}


@pytest.mark.parametrize(
    ("heading", "cells", "found"),
    [
        (["上一年", "增/减", "增/减", "数量"], ["7", "7", "-2", "5"], ["7", "-2", "5"]),
        (["上一年", "上一年", "增/减", "数量"], ["7", "-2", "-2", "5"], ["7", "-2", "5"]),
        (["上一年", "增/减", "增/减", "数量"], ["0", "0", "0", "5"], ["0", "0", "5"]),
        (["数量", "数量", "数量"], ["1,026", "1,026", "1,026"], ["1026"]),
        (["数量", "金额"], ["6", "25.1万元（含服务）"], ["6", "25.1万元"]),
        (["上一年", "增/减"], ["3", "+4"], ["3", "+4"]),
    ],
)
def test_the_numbers_of_table_two_below_reaching_headings(
    heading: list[str], cells: list[str], found: list[str]
) -> None:
    assert table_two([[["信息内容", *heading], ["行政许可", *cells]]]) == [{"name": "行政许可", "values": found}]


def test_what_table_two_lacks_of_its_form_is_said() -> None:
    two = [
        {"name": "规章", "values": ["1", "0", "3"]},
        {"name": "规范性文件", "values": ["1"]},
        {"name": "行政许可", "values": []},
    ]
    notes = read_published({**PUBLISHED, "table2": two}, 2023).notes
    assert notes == (
        "表二没有【行政规范性文件】【行政处罚】【行政强制】【行政事业性收费】，有【规范性文件】，请对照当年的格式。",
        "表二【行政许可】应当有1个数，找到0个，请对照当年的格式。",
    )
    for shape in ([5], [{"name": "规章"}], 5):
        with pytest.raises(LawError, match="table2 每一行要有 name 和 values"):
            read_published({**PUBLISHED, "table2": shape}, 2023)


@pytest.mark.parametrize(
    "begins",
    ["<p>年报</p>", "<div class=a>", "<!-- saved from url -->", "\ufeff  <style>p{}</style>", "<TABLE border=1>"],
)
def test_a_part_of_a_page_is_a_page(tmp_path: Path, begins: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"{begins}<table><tr><td>x</td></tr></table>", encoding="utf-8")
    assert kind_of(path) == "html"


@pytest.mark.parametrize("begins", ["<姓名>,编号", "<5件,编号", "< b>,编号"])
def test_a_text_with_a_sign_at_its_beginning_is_none(tmp_path: Path, begins: str) -> None:
    (tmp_path / "a.csv").write_text(begins, encoding="utf-8")
    assert kind_of(tmp_path / "a.csv") == "text"


def page(tmp_path: Path, content: str) -> Path:
    (tmp_path / "p.html").write_text(f"<html>{content}</html>", encoding="utf-8")
    return tmp_path / "p.html"


def test_a_cell_that_reaches_below_its_table_does_not_reach_into_the_next(tmp_path: Path) -> None:
    found = tables_of(
        page(
            tmp_path,
            "<table><tr><td rowspan=9>三</td><td>1</td></tr></table><table><tr><td>a<tr><td>b</td><td>c</td></tr></table>",
        )
    )
    assert found == [[["三", "1"]], [["a"], ["b", "c"]]]


def test_a_cell_that_reaches_down_at_the_end_of_a_line_is_filled(tmp_path: Path) -> None:
    found = tables_of(page(tmp_path, "<table><tr><td>a<td rowspan=2>总计</tr><tr><td>b</tr><tr><td>c</table>"))
    assert found == [[["a", "总计"], ["b", "总计"], ["c"]]]


def test_a_table_in_a_cell_leaves_the_table_around_it_whole(tmp_path: Path) -> None:
    found = tables_of(
        page(
            tmp_path,
            "<table><tr><td>左<table><tr><td rowspan=3>内</td></tr></table>边</td><td>右</td></tr><tr><td>下</table>",
        )
    )
    assert found == [[["左边", "右"], ["下"]], [["内"]]]


def test_text_of_a_page_laid_out_in_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    """Editors put each run of signs into an element of its own; the number of a sentence has no comma by itself."""
    text = text_of_page(
        page(
            tmp_path,
            "<table><tr><td><p><span>全年共收到申请</span><span>26</span><b>件，</b>均已答复。</p></td></tr>"
            "<tr><td>予以公开</td><td>26</td></tr></table><script>var a=1，2。</script>",
        )
    )
    assert text == "全年共收到申请26件，均已答复。"


def test_a_page_without_table_three_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=re.escape("没有找到表三")):
        read_report(page(tmp_path, "<p>一、总体情况</p>"))
