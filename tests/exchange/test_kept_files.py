"""The whole of what the files of a year hold: the report as docx and xlsx, a table of the reading point, lists, the empty ledger.

That it is right is shown elsewhere; whoever changes a form reads here what else it moved.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import Desk
from deskapp.exchange.ledger_template import write_template
from deskapp.exchange.reading_files import YearTable, write_year
from deskapp.exchange.report_docx import write_docx
from deskapp.exchange.report_draft import ReportContent
from deskapp.exchange.report_xlsx import write_xlsx
from deskapp.exchange.sheets import write_lines
from deskapp.law.period_figures import Late, PeriodFigures
from deskapp.law.spans import span_of
from tests.exchange.dumps import docx_dump, xlsx_dump
from tests.kept import kept
from tests.law.test_annual_report import reproduced

__all__ = ["kept"]
TWO = {"rules": ("1", "0", "3"), "licences": ("120",), "charges": ("5300.5",)}
FULL = PeriodFigures(
    span_of("2023"), received=8, carried_in=2, closed=9, carried_out=1,
    channels={"in_person": 3, "online": 0, "registered_mail": 5}, classes={"natural_person": 8, "enterprise": 0},
    groups={"granted": 4, "unable": 0}, judged=9, in_time=8, timed=8, working_days=11.256, acts={"fee_noticed": 2},
    late=[Late("LH-2023-0004", date(2023, 5, 4), date(2023, 5, 8), "等第三方")], fee_notices_fen=12_300, fees_paid=1,
)  # fmt: skip


@pytest.fixture(params=["full", "bare"])
def content(request: pytest.FixtureRequest, desk: Desk) -> ReportContent:
    """The published tables of a city, once with something in every sentence and once with nothing."""
    report, _ = reproduced("annual_report_suqian_2023.json")
    unit = desk.lookup.unit()
    if request.param == "bare":
        bare = unit.model_copy(update={"email": "", "website": ""})
        return ReportContent(report, bare, {}, PeriodFigures(span_of("2023")), PeriodFigures(span_of("2022")))
    unit = unit.model_copy(update={"email": "zw@example.gov.cn", "website": "www.example.gov.cn"})
    before = replace(FULL, span=span_of("2022"), received=5)
    return ReportContent(report, unit, TWO, FULL, before, ("查阅点来人12次。",), "（和冻结的不同）", ("培训2次。",))


def test_the_report_for_a_word_processor(content: ReportContent, tmp_path: Path, kept: Any) -> None:
    write_docx(content, tmp_path / "a.docx")
    assert docx_dump(tmp_path / "a.docx") == kept


def test_the_report_for_a_table_program(content: ReportContent, tmp_path: Path, kept: Any) -> None:
    write_xlsx(content, tmp_path / "a.xlsx")
    assert xlsx_dump(tmp_path / "a.xlsx") == kept


@pytest.mark.parametrize("charted", [2, 0])
def test_a_table_of_the_reading_point(charted: int, tmp_path: Path, kept: Any) -> None:
    lines = (("1月", 12, "老人"), ("2月", 7, "=1+1"), ("合计", 19, ""))
    table = YearTable("2026年查阅", "查阅", ("月份", "人次", "备注"), lines, ("2026年来人19次。",), charted, (1,))
    write_year(table, tmp_path / "a.xlsx")
    assert xlsx_dump(tmp_path / "a.xlsx") == kept


def test_the_empty_ledger(tmp_path: Path, kept: Any) -> None:
    write_template(tmp_path / "a.xlsx", {"收到方式": ("当面", "邮寄"), "申请内容": ("甲" * 200, "乙" * 200)})
    assert xlsx_dump(tmp_path / "a.xlsx") == kept


def test_a_list(tmp_path: Path, kept: Any) -> None:
    lines = (("编号", "姓名"), ("0001", "=甲"), ("2", ""))
    assert write_lines(tmp_path / "a.xlsx", "名单", lines, (12, 20)) == 3
    assert write_lines(tmp_path / "a.csv", "名单", lines) == 3
    assert xlsx_dump(tmp_path / "a.xlsx") == kept
    assert (tmp_path / "a.csv").read_bytes() == "\ufeff编号,姓名\r\n0001,'=甲\r\n2,\r\n".encode()
