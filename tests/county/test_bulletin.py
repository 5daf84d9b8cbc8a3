"""The printed 通报: every task with its answer and its days, point by point; the official tables of each kind of point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document as read_docx
from pypdf import PdfReader

from deskapp.county.bulletin import Bulletin, bulletin_document
from deskapp.county.hall import County
from deskapp.errors import DeskError
from tests.conftest import DAY
from tests.county.conftest import PointDesk

UNTIL = DAY + timedelta(days=10)


@pytest.fixture
def told(hall: County, new_point: Callable[..., PointDesk]) -> County:
    """Two points: one answered after six days, the other is two days late with one task and has time for another."""
    first, second = new_point(), new_point(name="青山县桥头乡人民政府", code="QT")
    where = [hall.points.named(each.card.id) for each in (first, second)]
    given = hall.tasking.give(where, "mend", "标识牌没有挂在入口", UNTIL)
    hall.tasking.give(where[1:], "mend", "补公开2025年决算", UNTIL + timedelta(days=30))
    first.desk.tasks.bring(given[:1])
    first.goes_to(DAY + timedelta(days=6))
    first.desk.tasks.answer(given[0].id, "已经挂好")
    hall.take(first.bundle())
    hall.clock.set(UNTIL + timedelta(days=2))  # type: ignore[attr-defined]  # the tests' own clock
    return hall


def rows_of(hall: County) -> list[tuple[str, ...]]:
    document = bulletin_document(Bulletin(hall.name, hall.clock.today(), "", tuple(hall.tasking.all())))
    return [
        tuple(cell.text for cell in row.cells)
        for block in document.body
        if hasattr(block, "rows")
        for row in block.rows
    ]


def test_it_tells_answers_and_days_point_by_point(told: County) -> None:
    days = f"{DAY + timedelta(days=6):%-m月%-d日}"
    until = f"{UNTIL:%-m月%-d日}"
    assert rows_of(told)[1:] == [
        ("青山县柳河镇人民政府", "标识牌没有挂在入口", until, f"{days}：已经挂好", "用了6天"),
        ("青山县桥头乡人民政府", "标识牌没有挂在入口", until, "没有答复", "超2天"),
        (
            "青山县桥头乡人民政府",
            "补公开2025年决算",
            f"{UNTIL + timedelta(days=30):%-m月%-d日}",
            "没有答复",
            "还有28天",
        ),
    ]


def test_it_is_printed_as_a_formal_paper(told: County, tmp_path: Path) -> None:
    assert told.write_bulletin(tmp_path / "a.pdf", "青政办通〔2026〕3号") == 3
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages).replace("\n", "")
    for words in (
        "关于政务公开整改和抽查办理情况的通报",
        "青政办通〔2026〕3号",
        "已经答复1件，没有到期的1件，过期没有答复的1件",
        "过期没有答复的青山县桥头乡人民政府",
    ):
        assert words in text
    with pytest.raises(DeskError, match="已经存在"):
        told.write_bulletin(tmp_path / "a.pdf")


def test_nothing_to_tell_is_said(hall: County, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="没有可以通报的"):
        hall.write_bulletin(tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_each_kind_of_point_has_its_official_tables(
    hall: County, new_point: Callable[..., PointDesk], tmp_path: Path
) -> None:
    first, second = new_point(), new_point(name="青山县财政局", code="CZ")
    for each, cases in ((first, 1), (second, 2)):
        each.cases(cases)
        hall.take(each.bundle())
    hall.db.run("UPDATE points SET kind = 'department' WHERE point = %s", [second.card.id])
    hall.write_report(2026, tmp_path / "a.docx")
    book = read_docx(str(tmp_path / "a.docx"))
    assert len([part for part in book.paragraphs if "　三、" in part.text]) == 2
    rows = [[cell.text for cell in row.cells] for table in book.tables for row in table.rows]
    assert sorted(row[-1] for row in rows if row[0].startswith("一、本年新收")) == ["1", "2", "3"]
    hall.write_report(2026, tmp_path / "a.pdf")
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 3 + 2 * 2
