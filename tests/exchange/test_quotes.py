"""A quote that was not closed takes lines of the table into a cell: the file is refused with the line, whichever way the quote ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from tests.conftest import DATA
from tests.exchange.test_tables import HEAD, row

BEFORE = ",".join(row(1))
SWALLOWING = {
    "closed by the next line": '2026-03-05,当面,张三,自然人,"甲\n2026-03-06,当面,"李四",自然人,乙\n',
    "closed where another opens": '2026-03-05,"当面,张三,自然人,甲\n"2026-03-06",当面,李四,自然人,乙\n',
    "as many cells as elsewhere": '2026-03-05,当面,"张三,自然人,甲\n2026-03-06,当面,李四",自然人,乙\n',
    "never closed": '2026-03-05,当面,张三,自然人,"甲\n2026-03-06,当面\n',
    "a short line": '2026-03-05,当面,张三,自然人,"甲\n2026-03-06,李四",自然人,乙\n',
}
HELD = {
    "a break in a cell": '2026-03-05,当面,张三,自然人,"第一项\n第二项"\n',
    "commas and breaks": '2026-03-05,当面,张三,自然人,"预算,决算\n三公,采购"\n',
    "quotes in quotes": '2026-03-05,当面,张三,自然人,"叫做""甲""的\n和""乙""的"\n',
    "days in a cell": '2026-03-05,当面,张三,自然人,"2026-03-01起\n2026-03-04止"\n',
}


def table(tmp_path: Path, lines: str, more: str = "") -> Path:
    path = tmp_path / "a.csv"
    path.write_text(
        f"{','.join(HEAD)}{more}\n{BEFORE}\n{lines}{BEFORE}\n".replace("张1", "王五", 1), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("name", sorted(SWALLOWING))
def test_a_line_inside_of_a_cell_is_told(desk: Desk, tmp_path: Path, name: str) -> None:
    done = desk.ledgers.take(table(tmp_path, SWALLOWING[name]))
    assert done.taken == 0
    assert any("引号可能没有关上" in cell.right for cell in done.bad)


@pytest.mark.parametrize("name", sorted(HELD))
def test_breaks_that_belong_to_a_cell_are_taken(desk: Desk, tmp_path: Path, name: str) -> None:
    assert desk.ledgers.take(table(tmp_path, HELD[name])).taken == 3


def test_also_in_a_column_that_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    line = '2026-03-05,当面,张三,自然人,甲,"急\n2026-03-06,当面,李四",自然人,乙,\n'
    done = desk.ledgers.take(table(tmp_path, line, ",内部编码"))
    assert done.taken == 0
    assert [cell.line for cell in done.bad] == [3], "where it begins"


def test_the_lines_that_are_part_of_a_cell_are_each_left_out_by_number(desk: Desk) -> None:
    done = desk.ledgers.take(DATA / "tables/quote_two.csv")
    assert [cell.line for cell in done.bad] == [3]
    assert [(left.line, left.why) for left in done.left_out] == [
        (number, "夹在第3行的一格里：引号没有关上") for number in range(4, 10)
    ]
    assert done.sheets[0].lines == 9 == len(done.good_lines) + len(done.left_out) + done.bad_lines


def test_numbered_lines(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        "序号," + ",".join(HEAD),
        '1,2026-03-05,当面,"张三,自然人,甲',
        '2,2026-03-06,当面",自然人,乙',
        f"3,{BEFORE}",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "引号可能没有关上" in desk.ledgers.take(path).bad[0].right
