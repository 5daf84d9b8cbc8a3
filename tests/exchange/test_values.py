"""What a table program writes in place of a value: in workbooks, and in files whose cells are of no kind (csv, pages saved as .xls)."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from tests.exchange.test_tables import book

ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#GETTING_DATA", "Err:502")
WRITTEN = [*((value, "错误值") for value in ERRORS), ("TRUE", "不是文字"), ("FALSE", "不是文字")]


@pytest.mark.parametrize("form", ["csv", "xls", "xlsx"])
@pytest.mark.parametrize(("value", "right"), WRITTEN)
def test_what_a_table_program_wrote_for_a_value_is_no_name(
    desk: Desk, tmp_path: Path, form: str, value: str, right: str
) -> None:
    rows = [
        ["收到日期", "收到方式", "申请人", "申请人类别", "申请内容"],
        ["2026-03-02", "当面", value, "自然人", "预算"],
        ["2026-03-03", "当面", "张三", "自然人", value],
        ["2026-03-04", "当面", "李四", "自然人", f"{value}的含义"],
    ]
    made = tmp_path / f"2026年.{form}"
    if form == "csv":
        made.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    elif form == "xlsx":
        book(
            made, {"台账": [[value == "TRUE" if cell in ("TRUE", "FALSE") else cell for cell in row] for row in rows]}
        )
    else:
        lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        made.write_text(f"<html><meta charset=utf-8><table>{lines}</table></html>", encoding="utf-8")
    done = desk.ledgers.take(made, dry_run=True)
    assert (len(done.good_lines), done.bad_lines) == (1, 2)
    assert all(right in cell.right for cell in done.bad)


@pytest.mark.parametrize(("cell", "bad"), [("=A1&x", 1), ("=SUM(A1:A3)", 1), ("'=A1", 0), ('"=""张三"""', 0)])
def test_a_formula_in_a_text_file_was_not_calculated(desk: Desk, tmp_path: Path, cell: str, bad: int) -> None:
    made = tmp_path / "2026年.csv"
    made.write_text(
        f"收到日期,收到方式,申请人,申请人类别,申请内容\n2026-03-02,当面,张三,自然人,{cell}\n", encoding="utf-8"
    )
    done = desk.ledgers.take(made, dry_run=True)
    assert done.bad_lines == bad
    assert all("公式" in one.right for one in done.bad)
