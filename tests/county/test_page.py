"""The county's page in a real Chromium, by an accessibility checker, without a network; workbook and official tables read back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from deskapp.county.hall import County
from deskapp.errors import DeskError
from tests.conftest import DAY, issue_granted
from tests.county.conftest import PointDesk

CHROMIUM = shutil.which("chromium") or ""


@pytest.fixture
def three(hall: County, new_point: Callable[..., PointDesk]) -> County:
    """A county of three points: one that is late, one that never reported, one with a name that is markup."""
    one = new_point()
    one.goes_to(DAY - timedelta(days=60))
    one.cases(2)
    one.goes_to(DAY)
    issue_granted(one.desk)
    hall.take(one.bundle())
    new_point(name="青山县白杨镇人民政府", code="BY")
    odd = new_point(name="青山县<b>桥头</b>乡&人民政府", code="QT")
    odd.cases(1)
    hall.take(odd.bundle())
    return hall


def test_the_page_stands_alone_and_names_what_is_late(three: County, tmp_path: Path) -> None:
    three.write_report(2026, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "<script" not in text
    assert "<b>桥头" not in text
    assert "青山县&lt;b&gt;桥头&lt;/b&gt;乡&amp;人民政府" in text
    assert "逾期没有答复（2件）" in text
    assert text.count("LH-2026-000") == 2
    assert "没有报过" in text
    assert "？" in text


def test_the_page_of_one_point_says_nothing_of_the_others(three: County, tmp_path: Path) -> None:
    late = three.points.named("LH")
    three.write_report(2026, tmp_path / "one.html", three.points.named("QT").point)
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "乡&amp;人民政府2026年依申请公开情况" in text
    assert not any(other in text for other in (late.name, "白杨镇", "LH-2026", "合计</th>", "全县"))
    assert "逾期没有答复（0件）" in text
    assert "11月收到1件、办结0件" in text
    three.write_report(2026, tmp_path / "late.html", late.point)
    assert "逾期没有答复（2件）" in (tmp_path / "late.html").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_not_replaced(three: County, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("mine")
    with pytest.raises(DeskError, match="已经存在"):
        three.write_report(2026, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text() == "mine"
    with pytest.raises(DeskError, match="不能存成"):
        three.write_report(2026, tmp_path / "a.odt")


def test_the_workbook_has_every_point_and_the_official_tables(three: County, tmp_path: Path) -> None:
    three.write_report(2026, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:7] == ["各点一览", "表二", "表三", "表四", "各类表三", "各点表三", "各点表四"]
    rows = list(book["各点一览"].values)
    assert [row[3] for row in rows[1:]] == [0, 2, "？", "2？"]
    assert rows[-1][0] == "合计"
    new = [row for row in book["各点表三"].values if str(row[1]).startswith("一、")]
    assert sorted(str(row[-1]) for row in new) == ["1", "3"]


def test_the_official_tables_are_printed(three: County, tmp_path: Path) -> None:
    three.write_report(2026, tmp_path / "a.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert "青山县人民政府办公室2026年" in text
    three.write_report(2026, tmp_path / "a.docx")
    assert (tmp_path / "a.docx").stat().st_size > 10_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.mark.real
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: chromium)")
@pytest.mark.long
class TestInChromium:
    """As a leader opens it from a stick."""

    def test_it_is_accessible(self, three: County, tmp_path: Path, browser: Any) -> None:
        from axe_playwright_python.sync_playwright import Axe

        three.write_report(2026, tmp_path / "a.html")
        page = browser.new_page()
        page.goto(f"file://{tmp_path / 'a.html'}")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []

    def test_it_asks_for_nothing_and_works_without_scripts(self, three: County, tmp_path: Path, browser: Any) -> None:
        three.write_report(2026, tmp_path / "a.html")
        asked: list[str] = []
        page = browser.new_context(java_script_enabled=False).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"file://{tmp_path / 'a.html'}")
        assert asked == [f"file://{tmp_path / 'a.html'}"]
        page.get_by_role("link", name=re.compile("柳河镇")).first.click()
        assert page.url.endswith("#p2")

    def test_it_prints_on_a4(self, three: County, tmp_path: Path, browser: Any) -> None:
        three.write_report(2026, tmp_path / "a.html")
        page = browser.new_page()
        page.goto(f"file://{tmp_path / 'a.html'}")
        page.pdf(path=str(tmp_path / "p.pdf"), prefer_css_page_size=True)
        sheets = PdfReader(tmp_path / "p.pdf").pages
        sizes = {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets}
        assert sizes == {(842, 595)}
        assert page.evaluate("document.documentElement.scrollWidth <= 1280")
