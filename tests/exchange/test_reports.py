"""The annual report from ledgers: published tables cell for cell, its files, its freezing."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reporting.freezing import REASON_WANTED
from deskapp.errors import DeskError
from deskapp.exchange.ledger_columns import COLUMNS, OUTCOMES, SUITS
from deskapp.exchange.report_form import CORNER, HEAD_ROWS, Form, table_four, table_three
from deskapp.exchange.report_in import read_report
from deskapp.exchange.report_xlsx import write_xlsx
from deskapp.law.annual_report import ROUTES, CountedCase, Dispute, class_names, report_file
from deskapp.law.report_checks import Report
from deskapp.law.report_published import check_published, read_published
from deskapp.law.table_two import lines_of
from tests.conftest import DATA, register
from tests.law.test_annual_report import synthetic

LABELS = {row.key: row.label.removeprefix("三") for row in report_file().row}


SHARED = {
    "not_held": "信息不存在",
    "other": "申请人撤回申请",
    "granted": "予以公开",
}  # rows of which a ledger says which outcome it was


def ledger_of(path: Path, cases: list[CountedCase], disputes: list[Dispute]) -> Path:
    """A ledger that encodes cases and disputes, its kinds of answers named by the rows of the form."""
    words = {value: name for name, value in OUTCOMES.items()}
    kinds = {value: name for name, value in SUITS.items()}
    reviews = [d for d in disputes if d.route == "review"]
    suits = [d for d in disputes if d.route != "review"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for n, case in enumerate(cases):
            row = {"收到日期": case.received_on, "收到方式": "当面", "申请人": f"申请人{n}", "申请内容": f"内容{n}"}
            row |= {"申请人类别": class_names()[case.applicant_class]}
            if case.row:
                row |= {"答复类型": SHARED.get(case.row, LABELS[case.row]), "答复日期": case.closed_on}
                if reviews:
                    row["复议结果"] = words[reviews.pop().outcome]
                if suits:
                    suit = suits.pop()
                    row |= {"诉讼类型": kinds[suit.route], "诉讼结果": words[suit.outcome]}
            writer.writerow(row)
    assert not reviews
    assert not suits
    return path


@pytest.mark.parametrize("name", ["annual_report_suqian_2023.json", "annual_report_shanghai_2019.json"])
def test_a_ledger_that_encodes_a_published_report_gives_it_back_cell_for_cell(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    published = json.loads((DATA / name).read_text(encoding="utf-8"))
    cases, disputes = synthetic(published)
    assert desk.ledgers.take(ledger_of(tmp_path / "l.csv", cases, disputes)).taken == len(cases)
    report = desk.reporting.report(published["year"])
    assert report.format == published["format"]
    assert [(r.key, list(r.values)) for r in report.table3] == [(r["key"], r["values"]) for r in published["table3"]]
    assert report.table4 == published["table4"]
    assert all(check.ok for check in report.checks)
    if published["year"] > 2019:
        assert [check.name for check in report.checks][-1].startswith("e. 上年")
    assert len(desk.reporting.cell(published["year"], "granted", "自然人")) == published["table3"][2]["values"][0]


def linhai(said: dict[str, Any]) -> list[CountedCase]:
    """Cases that give the narrative of 临海 2020; which column an answer falls in is not published."""
    columns = [key for key, name in class_names().items() for _ in range(said["received"][name])]
    groups = {name: key for key, name in report_file().figures.items() if key.startswith("group_")}
    first = {row.group: row.key for row in reversed(report_file().row) if row.group}
    rows = [
        first[groups[name].removeprefix("group_")] for name, count in said["handled"].items() for _ in range(count)
    ]
    rows = ["other" if row in ("correction_lapsed", "fee_lapsed") else row for row in rows]
    fates: list[str | None] = [*rows, *[None] * said["carried_out"]]
    return [
        CountedCase.model_validate(
            {"applicant_class": name, "received_on": "2020-03-02", "row": row, "closed_on": "2020-04-01" if row else None}
        )
        for name, row in zip(columns, fates, strict=True)
    ]  # fmt: skip


def test_the_narrative_of_linhai_2020(desk: Desk, tmp_path: Path) -> None:
    said = json.loads((DATA / "annual_report_linhai_2020.json").read_text(encoding="utf-8"))
    desk.ledgers.take(ledger_of(tmp_path / "l.csv", linhai(said), []))
    report = desk.reporting.report(2020)
    assert report.format == "2019"
    names = {name: key for key, name in report_file().figures.items()}
    assert report.narrative["intake"] == 248
    assert {name: report.narrative[names[name]] for name in said["handled"]} == said["handled"]
    assert report.narrative["carried_out"] == 10
    assert report.narrative["natural_persons"] == said["received"]["自然人"]
    assert all(check.ok for check in report.checks)


@pytest.fixture
def suqian(tmp_path: Path) -> Desk:
    from tests.conftest import make_desk

    desk = make_desk(tmp_path / "suqian", FixedClock(date(2024, 2, 1)))
    published = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    cases, disputes = synthetic(published)
    thin = [case for n, case in enumerate(cases) if n % 20 == 0]
    desk.ledgers.take(ledger_of(tmp_path / "l.csv", thin, disputes[::20]))
    return desk


def covered(form: Form) -> dict[tuple[int, int], int]:
    """How often each place of the table is covered by a box."""
    places: dict[tuple[int, int], int] = {}
    for field in form.fields:
        for row in range(field.row, field.row + field.rows):
            for column in range(field.column, field.column + field.columns):
                places[row, column] = places.get((row, column), 0) + 1
    return places


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_the_form_has_a_box_at_every_place_and_merged_heads(desk: Desk, year: int) -> None:
    report = desk.reporting.report(year)
    three, four = table_three(report), table_four(report)
    assert set(covered(three).values()) == {1}
    assert len(covered(three)) == (HEAD_ROWS + len(report.table3)) * 10
    assert set(covered(four).values()) == {1}
    assert len(covered(four)) == 4 * 15
    spans = {str(f.value): (f.rows, f.columns) for f in three.fields}
    assert spans[CORNER] == (3, 3)
    assert spans["法人或其他组织"] == (1, 5)
    assert spans["三、本年度办理结果"] == (22 if year > 2020 else 20, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（五）不予处理"] == (5, 1)
    assert spans["（六）其他处理"] == ((3, 1) if year > 2020 else (1, 2))
    assert spans["（七）总计"] == (1, 2)
    assert {str(f.value): f.columns for f in four.fields if f.head}["行政诉讼"] == 10


def numbers_of(report: Report) -> list[int]:
    """The numbers of table three, row by row, then those of table four."""
    values = [value for row in report.table3 for value in row.values]
    return values + [value for route in ROUTES for value in report.table4[route].values()]


def test_the_report_as_xlsx(suqian: Desk, tmp_path: Path) -> None:
    report = suqian.reporting.report(2023)
    suqian.reporting.save_report(2023, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    found = [
        cell.value
        for name in ("表三", "表四")
        for row in book[name].iter_rows()
        for cell in row
        if isinstance(cell.value, int)
    ]
    assert found == numbers_of(report)
    assert {str(r) for r in book["表三"].merged_cells.ranges} >= {"A2:C4", "D2:J2", "E3:I3", "A7:A28", "B9:B16"}
    assert book["表三"]["A2"].value == CORNER
    lines = [row[0] for row in book["文字和核对"].iter_rows(values_only=True)]
    assert any(str(line).startswith("相符　b.") for line in lines)
    with pytest.raises(DeskError, match="已经存在"):
        suqian.reporting.save_report(2023, tmp_path / "r.xlsx")
    with pytest.raises(DeskError, match=r"不能存成 \.txt"):
        suqian.reporting.save_report(2023, tmp_path / "r.txt")


def test_a_unit_that_begins_with_an_equals_sign_stays_text(desk: Desk, tmp_path: Path) -> None:
    content = desk.reporting.content(2026)
    odd = replace(content, unit=content.unit.model_copy(update={"name": "=1+1"}))
    write_xlsx(odd, tmp_path / "r.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "r.xlsx")["表三"]["A1"]
    assert str(cell.value).startswith("=1+1")
    assert cell.data_type == "s"


def test_the_report_as_docx(suqian: Desk, tmp_path: Path) -> None:
    import docx

    report = suqian.reporting.report(2023)
    suqian.reporting.save_report(2023, tmp_path / "r.docx")
    book = docx.Document(str(tmp_path / "r.docx"))
    two, three, four = book.tables
    assert two.rows[0].cells[0].text == "第二十条第（一）项"
    rows = [[cell.text for cell in row.cells] for row in three.rows]
    assert rows[0][:4] == [CORNER, CORNER, CORNER, "申请人情况"]
    assert [row[3:] for row in rows[HEAD_ROWS:]] == [[str(v) for v in row.values] for row in report.table3]
    assert rows[8][:3] == ["三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开"]
    assert [cell.text for cell in four.rows[3].cells] == [
        str(v) for r in report.table4 for v in report.table4[r].values()
    ]
    assert any(p.text.startswith("相符　a.") for p in book.paragraphs)


def test_without_the_component_docx_is_refused(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(DeskError, match=r"deskapp\[word\]"):
        desk.reporting.save_report(2026, tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()


def test_the_report_as_pdf(suqian: Desk, tmp_path: Path) -> None:
    """Two pages, every number in its box, nothing outside the type area, every letter embedded."""
    report = suqian.reporting.report(2023)
    suqian.reporting.save_report(2023, tmp_path / "r.pdf")
    with pdfplumber.open(tmp_path / "r.pdf") as book:
        assert len(book.pages) == 3
        for page in book.pages:
            assert min(char["x0"] for char in page.chars) >= 28 / 25.4 * 72 - 0.5, page.page_number
            assert max(char["x1"] for char in page.chars) <= 184 / 25.4 * 72 + 4.5  # half of a squeezed mark
            assert max(char["bottom"] for char in page.chars) <= 262 / 25.4 * 72 + 14
        tables = [page.extract_table() for page in book.pages[1:]]
    three = [[(cell or "").replace("\n", "") for cell in row] for row in tables[0] or []]
    assert [row[3:] for row in three[HEAD_ROWS:]] == [[str(v) for v in row.values] for row in report.table3]
    assert three[0][0] == CORNER
    assert [row[2] for row in three if row[2].startswith("8.")] == ["8.属于行政查询事项"]
    four = tables[1] or []
    assert four[3] == [str(v) for route in report.table4 for v in report.table4[route].values()]


def test_a_year_is_frozen_and_later_changes_are_named(suqian: Desk, tmp_path: Path) -> None:
    frozen = suqian.reporting.freeze(2023)
    assert frozen.checks[-1].name.startswith("h.")
    assert frozen.checks[-1].ok
    with pytest.raises(DeskError, match="已经冻结"):
        suqian.reporting.freeze(2023)
    late = tmp_path / "late.csv"
    late.write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2023-12-30,当面,迟,自然人,预算\n", encoding="utf-8"
    )
    suqian.ledgers.take(late)
    check = suqian.reporting.report(2023).checks[-1]
    assert not check.ok
    assert "【一、本年新收政府信息公开申请数量】自然人：冻结时" in check.detail
    carried = next(c for c in suqian.reporting.report(2024).checks if c.name.startswith("e."))
    assert not carried.ok
    assert "差 1" in carried.detail
    suqian.reporting.save_report(2023, tmp_path / "r.xlsx")
    title = openpyxl.load_workbook(tmp_path / "r.xlsx")["表三"]["A1"].value
    assert f"2023年（数字和{suqian.reporting.freezings(2023)[0].on}冻结的不同）" in str(title)
    with pytest.raises(DeskError, match="已经冻结，现在不同的是：【一、本年新收") as refused:
        suqian.reporting.freeze(2023, " ")
    assert refused.value.code == REASON_WANTED
    suqian.reporting.freeze(2023, "漏了一件")
    again = suqian.reporting.report(2023).checks[-1]
    assert again.ok
    assert again.detail.startswith("相符；第2次冻结")
    assert "原因：漏了一件" in again.detail
    assert "自然人：那时170，这一次171" in again.detail
    first, second = suqian.reporting.freezings(2023)
    assert (first.reason, first.changed, second.reason) == ("", "", "漏了一件")
    assert first.report.table3 != second.report.table3
    assert suqian.reporting.content(2023).differs == ""
    assert next(c for c in suqian.reporting.report(2024).checks if c.name.startswith("e.")).ok


def test_a_year_that_is_not_over_is_not_frozen(desk: Desk) -> None:
    register(desk)
    with pytest.raises(DeskError, match="还没有过完"):
        desk.reporting.freeze(2026)
    assert desk.reporting.frozen(2026) is None


def test_a_matter_is_open_in_each_year_it_lasts_and_decided_in_one() -> None:
    matter = Dispute.model_validate(
        {"on": "2023-11-01", "route": "review", "outcome": "upheld", "decided_on": "2025-02-01"}
    )
    assert [matter.outcome_in(year) for year in range(2022, 2027)] == [None, "pending", "pending", "upheld", None]
    from_ledger = Dispute.model_validate({"on": "2023-11-01", "route": "review", "outcome": "corrected"})
    assert [from_ledger.outcome_in(year) for year in (2022, 2023, 2024)] == [None, "corrected", None]


def test_what_report_prints_as_json_can_be_verified_again(suqian: Desk) -> None:
    made = suqian.reporting.report(2023).model_dump(mode="json")
    assert all(check.ok for check in check_published(read_published(made, 2023)))


TYPED = {
    "rules:0": "2", "rules:1": "0", "rules:2": "11", "norms:0": "109", "norms:1": "489", "norms:2": "597", "licences:0": "1,808,595",
    "penalties:0": "2822652", "coercion:0": "20163", "charges:0": "59237.2449",
}  # fmt: skip


def test_table_two_is_kept_by_year_and_printed(suqian: Desk, tmp_path: Path) -> None:
    assert suqian.reporting.table_two(2023) == {}
    kept = suqian.reporting.save_table_two(2023, TYPED)
    assert kept["licences"] == ("1808595",)
    assert suqian.reporting.table_two(2023) == kept
    assert suqian.reporting.table_two(2022) == {}
    for ending in ("xlsx", "docx", "pdf"):
        suqian.reporting.save_report(2023, tmp_path / f"r.{ending}")
        found = read_report(tmp_path / f"r.{ending}")["table2"]
        assert {row["name"]: tuple(row["values"]) for row in found} == {
            line.name: kept[line.key] for line in lines_of(2023)
        }, ending


@pytest.mark.parametrize(
    ("key", "text"), [("rules:0", "两件"), ("rules:0", "1.5"), ("charges:0", "1.23456"), ("rules:1", "-1")]
)
def test_what_is_no_number_of_table_two_is_refused(desk: Desk, key: str, text: str) -> None:
    with pytest.raises(DeskError, match=r"表二【.*】的【.*】不对"):
        desk.reporting.save_table_two(2026, {**TYPED, key: text})
    assert desk.reporting.table_two(2026) == {}


def test_table_two_of_the_older_form_may_fall(desk: Desk) -> None:
    typed = {
        f"{line.key}:{n}": "-3" if "增/减" in line.columns[n] else "5"
        for line in lines_of(2019)
        for n in range(len(line.columns))
    }
    assert desk.reporting.save_table_two(2019, typed)["penalties_2019"] == ("5", "-3", "5")
    assert [line.block.partition("第二十条")[2] for line in lines_of(2019)] == [
        f"第（{n}）项" for n in "一一五五六六八九"
    ]
    assert [len(line.columns) for line in lines_of(2026)] == [3, 3, 1, 1, 1, 1]


def test_the_whole_report_is_drafted_in_six_parts(suqian: Desk, tmp_path: Path) -> None:
    import docx

    suqian.reporting.save_table_two(2023, TYPED)
    suqian.reporting.save_report(2023, tmp_path / "r.docx")
    book = docx.Document(str(tmp_path / "r.docx"))
    heads = [p.text for p in book.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [head[:2] for head in heads[1:]] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    text = "\n".join(p.text for p in book.paragraphs)
    figures = suqian.reporting.report(2023).narrative
    for said in (
        f"新收政府信息公开申请{figures['new']}件", f"上年结转{figures['carried_in']}件", f"全年办结{figures['total']}件",
        f"予以公开{figures['group_granted']}件", f"结转下年度{figures['carried_out']}件", f"行政复议{figures['review']}件", "没有收取信息处理费",
    ):  # fmt: skip
        assert said in text, said
    assert "满意度" not in text, "nothing is said of what nobody noted"
    assert text.count("〔待写：") == 8
    checked = check_published(read_published(read_report(tmp_path / "r.docx"), 2023))
    assert [check.key for check in checked if not check.ok] == [], (
        "the text that we write fits the tables that we write"
    )
    assert any("文字里找到" in check.detail for check in checked)
