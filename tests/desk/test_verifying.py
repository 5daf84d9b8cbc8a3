"""核对年报: what a written report comes to, in lines with place, figure, the one it should be; beside the register; as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reporting.verifying import HEADS, SORTS, TODO
from deskapp.errors import DeskError
from deskapp.exchange.report_in import FILE, YEAR, verify_report
from deskapp.law.errors import LawError
from deskapp.law.report_checks import RULES
from tests.conftest import DATA, DAY, issue_granted, make_desk, register

REPORTS = DATA / "reports"
NAMES = sorted(path.name for path in REPORTS.iterdir() if path.suffix != ".md")
WRONG = {"上海市人民政府办公厅_2019.html": 4, "金湖县_2023.json": 1}


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two applications of a year, one of them answered."""
    desk = make_desk(tmp_path / "counted", FixedClock(DAY))
    register(desk)
    issue_granted(desk)
    yield desk
    desk.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_desk_finds_what_the_command_line_finds(desk: Desk, name: str) -> None:
    found, same = desk.report_checking.look(REPORTS / name), verify_report(REPORTS / name)
    assert found.verified == same
    assert found.count("wrong") == WRONG.get(name, 0) == sum(len(check.faults) for check in same.checks)
    assert found.count("right") == sum(check.ok for check in same.checks)
    assert [one.line for one in found.findings if one.sort == "note"] == list(same.notes)
    assert found.register is None, "the register has nothing of that year"
    assert f"登记簿里没有{same.year}年的申请" in found.sentence


def test_a_fault_has_its_place_both_figures_its_rule_and_what_to_do(desk: Desk) -> None:
    found = desk.report_checking.look(REPORTS / "金湖县_2023.json").findings[0]
    assert found.cells == ("行政诉讼（未经复议直接起诉）", "总计0", "四种结果之和3", TODO["d"])
    for part in (*found.cells, RULES["d"]):
        assert part in found.whole
    assert TODO.keys() == RULES.keys() - {"h"}, "a written report is frozen nowhere"


def test_what_was_read_can_be_looked_through(desk: Desk) -> None:
    shanghai = desk.report_checking.look(REPORTS / "上海市人民政府办公厅_2019.html")
    found = {one.of: one for one in shanghai.findings if one.sort == "found"}
    assert {of: one.line for of, one in found.items()} == {
        "表二": "表二　8行", "表三": "表三　23行", "表四": "表四　3个途径", "文字里的数": "文字里的数　11个",
    }  # fmt: skip
    assert "政府集中采购　6　251000元" in found["表二"].whole
    assert "一、本年新收政府信息公开申请数量\n 821" in found["表三"].whole
    assert "72件申请按照" in found["文字里的数"].whole
    none = next(
        one
        for one in desk.report_checking.look(REPORTS / "上海市人民政府办公厅_2025.json").findings
        if one.of == "表二"
    )
    assert none.line == "表二　没有找到"


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_our_own_report_is_that_of_the_register_until_the_register_moves(
    counted: Desk, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"年报.{ending}"
    counted.reporting.save_report(2026, path)
    same = counted.report_checking.look(path)
    assert same.verified.year == 2026, "as the file says"
    assert (same.count("wrong"), same.count("register")) == (0, 0)
    assert same.register is not None
    assert same.register.ok
    register(counted)
    moved = counted.report_checking.look(path)
    assert (moved.count("wrong"), moved.count("register")) == (0, 4)
    first = next(one for one in moved.findings if one.sort == "register")
    assert first.cells[:3] == ("表三【一、本年新收政府信息公开申请数量】的【自然人】", "公布的2", "3")


def test_a_report_of_the_contract_is_read_as_it_was_written(counted: Desk, tmp_path: Path) -> None:
    made = counted.reporting.report(2026).as_contract()
    (tmp_path / "r.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    found = counted.report_checking.look(tmp_path / "r.json")
    assert (found.verified.year, found.count("wrong"), found.count("register")) == (2026, 0, 0)


@pytest.mark.parametrize(("typed", "field"), [("去年", YEAR), ("2018", YEAR), ("2999", YEAR), ("202５5", YEAR)])
def test_a_year_that_is_none_is_refused_at_its_field(desk: Desk, typed: str, field: str) -> None:
    with pytest.raises(DeskError) as refused:
        desk.report_checking.look(REPORTS / NAMES[0], typed)
    assert refused.value.field == field


def test_a_year_is_taken_as_it_is_typed_and_another_one_told(desk: Desk) -> None:
    right, wrong = (desk.report_checking.look(REPORTS / "沭阳县_2025.json", year) for year in (" ２０２５", "2024"))
    assert (right.verified.year, right.count("note")) == (2025, 0)
    assert (wrong.verified.year, wrong.count("note")) == (2024, 1)


def test_files_that_are_none_say_what_to_do(desk: Desk, tmp_path: Path) -> None:
    for name in ("没有.pdf", "没有.docx", "没有.json", "."):
        with pytest.raises(DeskError) as refused:
            desk.report_checking.look(tmp_path / name)
        assert (refused.value.field, bool(refused.value.todo)) == (FILE, True)
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(LawError):
        desk.report_checking.look(tmp_path / "a.json", "2025")
    (tmp_path / "b.html").write_text("<html><table><tr><td>1</table></html>", encoding="utf-8")
    with pytest.raises(DeskError):
        desk.report_checking.look(tmp_path / "b.html", "2025")


def test_the_list_is_kept_as_a_table(counted: Desk) -> None:
    found = counted.report_checking.look(REPORTS / "上海市人民政府办公厅_2019.html")
    path = counted.report_checking.save_here(found)
    assert path == counted.home / "年报" / "核对　上海市人民政府办公厅_2019.xlsx"
    lines = [
        tuple(cell or "" for cell in row)
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    ]
    assert lines[0] == HEADS
    assert len(lines) == len(found.findings) + 2
    assert lines[1] == (SORTS["wrong"], found.findings[0].of, *found.findings[0].cells)
    assert lines[-1][:3] == ("年报", found.name, found.sentence)
    assert counted.report_checking.save_here(found).name.endswith("（2）.xlsx"), "nothing is written over"
