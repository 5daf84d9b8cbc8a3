"""An annual report as it was published is found in its file: what we write ourselves, and what others do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.report_in import read_from, read_report
from deskapp.exchange.report_pages import _is_of_the_page
from deskapp.law.annual_report import format_of, report_file
from deskapp.law.report_published import check_published, read_published
from tests.conftest import DATA
from tests.exchange.test_reports import suqian  # noqa: F401  # a register that gives a report

PUBLISHED = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
YEAR = 2023


def as_page(raw: dict[str, Any], blank: str = "") -> str:
    """A report as a web page has it: groups over several rows, numbers with commas, blanks."""
    labels = {row.key: row.label for row in report_file().row}
    rows = "".join(
        f"<tr><td>{labels[row['key']].replace('三（', '（')}</td>"
        + "".join(f"<td>{value:,}</td>" if value else f"<td>{blank}</td>" for value in row["values"]) + "</tr>"
        for row in raw["table3"]
    )  # fmt: skip
    four = "".join(f"<td>{raw['table4'][route][kind]}</td>" for route in ("review", "suit_direct", "suit_after_review")
                   for kind in ("upheld", "corrected", "other", "pending", "total"))  # fmt: skip
    head = "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>" * 3
    return (
        "<html><p>一、总体情况</p><table><tr><td>第二十条第（一）项</td></tr></table>"
        f"<table><tr><td rowspan=2>（本列数据的勾稽关系…）</td><td colspan=6>申请人情况</td><td>总计</td></tr>{rows}</table>"
        f"<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>{head}</tr><tr>{four}</tr></table></html>"
    )


@pytest.mark.parametrize("blank", ["", "—", "0", " / "])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_published_page_is_found_cell_for_cell(tmp_path: Path, blank: str, encoding: str) -> None:
    (tmp_path / "a.html").write_bytes(as_page(PUBLISHED, blank).encode(encoding))
    raw = read_report(tmp_path / "a.html")
    found, expected = read_published(raw, YEAR), read_published({**PUBLISHED, "quoted": {}, "period": None}, YEAR)
    assert (found.table3, found.table4) == (expected.table3, expected.table4)
    assert all(check.ok for check in check_published(found))
    assert any("格是空的" in note for note in found.notes) is (blank != "0")


def test_a_wrong_cell_is_found_in_the_page(tmp_path: Path) -> None:
    raw = json.loads(json.dumps(PUBLISHED))
    next(row for row in raw["table3"] if row["key"] == "granted")["values"][0] += 1
    (tmp_path / "a.html").write_text(as_page(raw), encoding="utf-8")
    wrong = [
        check.key for check in check_published(read_published(read_report(tmp_path / "a.html"), YEAR)) if not check.ok
    ]
    assert wrong == ["a", "c"]


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_what_we_write_is_read_back(suqian: Desk, tmp_path: Path, ending: str) -> None:  # noqa: F811  # the fixture of that name
    path = tmp_path / f"r.{ending}"
    suqian.reporting.save_report(YEAR, path)
    made = suqian.reporting.report(YEAR)
    found = read_published(read_report(path), YEAR)
    assert [row.values for row in found.table3] == [row.values for row in made.table3]
    assert found.table4 == made.table4
    assert format_of(YEAR) == made.format


def test_files_in_which_there_is_no_report(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    for name, content, says in (
        ("a.xlsx", None, "没有找到表三"), ("b.html", b"<html><table><tr><td>x</table>", "没有找到表三"), ("c.pdf", b"%PDF", "打不开"),
        ("d.json", b"{", "不是能读的 JSON"), ("e.docx", b"PK", "打不开"), ("f.html", b"<html>", "没有找到表三"),
    ):  # fmt: skip
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(DeskError, match=says):
            read_report(tmp_path / name)
    with pytest.raises(DeskError, match="没有找到文件"):
        read_report(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("matrix", "size", "colour", "kept"),
    [
        ((1, 0, 0, 1), 10, (0.0, 0.0, 0.0), True), ((1, 0, 0, 1), 212, (0.82, 0.82, 0.82), False), ((1, 0, 0, 1), 60, (0.9,), False),
        ((0.7, 0.7, -0.7, 0.7), 60, (0.0,), False), ((0, 1, -1, 0), 10, (0.0,), True), ((1, 0, 0, 1), 60, (0.0,), True),
        ((1, 0, 0, 1), 10, (0.9, 0.9, 0.9), True), ((1, 0, 0, 1), 60, (0.0, 0.0, 0.0, 0.1), False), ((1, 0, 0, 1), 60, None, True),
    ],
)  # fmt: skip
def test_a_watermark_is_none_of_the_page(
    matrix: tuple[float, ...], size: float, colour: tuple[float, ...] | None, kept: bool
) -> None:
    sign = {"object_type": "char", "matrix": (*matrix, 0, 0), "size": size, "non_stroking_color": colour}
    assert _is_of_the_page(sign) == kept
    assert _is_of_the_page({**sign, "object_type": "line"})


@pytest.mark.parametrize("askew", [False, True])
def test_the_tables_below_a_watermark(suqian: Desk, tmp_path: Path, askew: bool) -> None:  # noqa: F811
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    path, marked = tmp_path / "a.pdf", tmp_path / "b.pdf"
    suqian.reporting.save_report(YEAR, path)
    stamp = Canvas(str(tmp_path / "s.pdf"))
    stamp.setFillGray(0.0 if askew else 0.8)
    stamp.setFont("Helvetica", 60 if askew else 200)
    stamp.translate(200, 300)
    stamp.rotate(30 if askew else 0)
    stamp.drawString(0, 0, "DRAFT")
    stamp.save()
    pages = PdfWriter(clone_from=str(path))
    for page in pages.pages:
        page.merge_page(PdfReader(str(tmp_path / "s.pdf")).pages[0])
    pages.write(str(marked))
    assert read_report(marked) == read_report(path)


def test_a_row_that_stands_twice_is_called_that(tmp_path: Path) -> None:
    page = as_page(PUBLISHED)
    rows = page.split("<tr>")
    twice = next(row for row in rows if "危及" in row)
    (tmp_path / "a.html").write_text(page.replace(f"<tr>{twice}", f"<tr>{twice}<tr>{twice}"), encoding="utf-8")
    found = read_report(tmp_path / "a.html")
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    assert found["table3"] == read_report(tmp_path / "b.html")["table3"]
    assert "危及" in read_from(found)
    assert "有不止一行，核对的是第一行" in read_from(found)


def test_a_table_two_without_numbers_is_there(tmp_path: Path) -> None:
    two = "<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td></td></tr></table>"
    (tmp_path / "a.html").write_text(as_page(PUBLISHED) + two, encoding="utf-8")
    assert read_from(read_report(tmp_path / "a.html")).startswith("找到表二（没有填数）、表三")
