"""Annual reports as offices published them (tests/data/reports): tables two to four and the figures of the text are found, and exactly
what is wrong in them is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange import report_in
from deskapp.exchange.apart import Apart
from deskapp.exchange.report_in import YEAR, read_from, read_report, verify_report
from deskapp.exchange.report_pages import AGAIN, PagesRead
from deskapp.law.annual_report import report_file
from deskapp.law.report_published import Published, check_published, read_published
from deskapp.law.report_text import quotations
from tests.conftest import DATA, register

REPORTS = DATA / "reports"
SHANGHAI, SHUYANG = "上海市人民政府办公厅_2019.html", "沭阳县发展和改革局_2023.html"
# What is wrong in each, counted by hand from the file; its figures in the text; what is said of it besides.
FOUND: dict[str, tuple[dict[str, str], int, tuple[str, ...]]] = {
    SHANGHAI: (
        {
            "f": "文字里找到11个数："
            "【予以公开及部分公开258件，占33.9%】：文字258，表格予以公开＋部分公开275，差17；"
            "【予以公开及部分公开258件，占33.9%】：占比写33.9%，算出来是办结总计的32.0%、收办（新收加结转）的29.4%、本年新收的30.0%；"
            "【不予公开35件，占4.34%】：占比写4.34%，算出来是办结总计的4.35%、收办（新收加结转）的3.99%、本年新收的4.07%；"
            "【无法提供265件，占32.9%】：文字265，表格无法提供337，差72"
        },
        11,
        ("表三有107格是空的", "等11行，按六类之和核对", "表四有8格是空的"),
    ),
    SHUYANG: ({}, 1, ("表二没有【行政规范性文件】，有【规范性文件】，请对照当年的格式。", "表三有125格是空的")),
    "沭阳县_2025.json": ({}, 5, ()),
    "上海市科学技术委员会_2024.json": ({}, 11, ("表二没有【行政规范性文件】", "【总计】列没有填：四、结转下年度继续办理")),
    "上海市人民政府办公厅_2025.json": ({}, 8, ()),
    "金湖县_2023.json": ({"d": "行政诉讼（未经复议直接起诉）：四种结果之和 3，总计 0，差 3"}, 2, ()),
}  # fmt: skip


def year_of(name: str) -> int:
    return int(name.rpartition("_")[2][:4])


def wrong(report: Published) -> dict[str, str]:
    return {check.key: check.detail for check in check_published(report) if not check.ok}


def test_every_published_report_is_looked_at() -> None:
    assert {path.name for path in REPORTS.iterdir()} == {*FOUND, "README.md"}
    assert all(name in (REPORTS / "README.md").read_text(encoding="utf-8") for name in FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_what_is_wrong_in_a_published_report_is_named_and_nothing_else(name: str) -> None:
    raw = read_report(REPORTS / name)
    report = read_published(raw, year_of(name))
    faults, figures, notes = FOUND[name]
    assert wrong(report) == faults
    assert len(list(quotations(report.text, report.year))) == figures
    assert len(report.notes) == len(notes)
    assert all(said in note for said, note in zip(notes, report.notes, strict=True))


@pytest.mark.parametrize("name", FOUND)
def test_one_number_changed_anywhere_is_found(name: str) -> None:
    raw = read_report(REPORTS / name)
    sound = wrong(read_published(raw, year_of(name)))
    for row in raw["table3"]:
        changed = [
            {**each, "values": [(each["values"][0] or 0) + 1, *each["values"][1:]]} if each is row else each
            for each in raw["table3"]
        ]
        found = wrong(read_published({**raw, "table3": changed}, year_of(name)))
        assert found != sound, row["key"]
        assert {"a", "b", "c"} & found.keys(), row["key"]


def test_the_page_of_shanghai_is_read_cell_for_cell() -> None:
    typed: dict[str, Any] = json.loads((DATA / "annual_report_shanghai_2019.json").read_text(encoding="utf-8"))
    raw = read_report(REPORTS / SHANGHAI)
    found, expected = read_published(raw, 2019), read_published(typed, 2019)
    assert (found.table3, found.table4) == (expected.table3, expected.table4)
    assert read_from(raw) == "找到表二8行、表三23行、表四。"
    assert {row["name"]: row["values"] for row in raw["table2"]} == {
        "规章": ["13", "13", "524"], "规范性文件": ["60", "60", "368"], "行政许可": ["0", "0", "0"],
        "其他对外管理服务事项": ["0", "0", "0"], "行政处罚": ["0", "0", "0"], "行政强制": ["0", "0", "0"],
        "行政事业性收费": ["0", "0"], "政府集中采购": ["6", "251000元"],
    }  # fmt: skip


def test_the_page_of_shuyang_is_read_amid_the_site_around_it() -> None:
    raw = read_report(REPORTS / SHUYANG)
    assert read_from(raw) == "找到表二6行、表三25行、表四。"
    assert [(row["name"], row["values"]) for row in raw["table2"]] == [
        ("规章", ["0", "0", "0"]), ("规范性文件", ["8", "0", "18"]), ("行政许可", ["0"]), ("行政处罚", ["0"]), ("行政强制", ["0"]),
        ("行政事业性收费", ["0"]),
    ]  # fmt: skip
    told = {row["key"]: row["values"] for row in raw["table3"] if any(row["values"])}
    assert told == {key: [26, None, None, None, None, None, 26] for key in ("new", "granted", "total")}
    assert raw["table4"]["review"] == {"upheld": 0, "corrected": 0, "other": 0, "pending": 1, "total": 1}
    assert "全年受理网络问政182件。" in raw["text"].replace("\n", "")


@pytest.mark.parametrize(
    ("name", "right", "said", "told"),
    [
        (SHUYANG, '微软雅黑;">26</span>', '微软雅黑;">27</span>', "一＋二 27，（七）总计＋四 26，差 1"),
        (SHANGHAI, '<p align="center">767</p>', '<p align="center">768</p>', "自然人列：各种答复之和 767，（七）总计 768，差 1"),
        (SHANGHAI, "行政复议7件", "行政复议6件", "文字6，表格行政复议7，差1"),
        (SHANGHAI, "诉讼9件", "诉讼8件", "文字8，表格行政诉讼9、"),
        (SHANGHAI, "另有72件申请", "另有71件申请", "文字71，表格结转下年度72，差1"),
    ],
)  # fmt: skip
def test_one_number_changed_in_a_page_is_named(tmp_path: Path, name: str, right: str, said: str, told: str) -> None:
    page = (REPORTS / name).read_text(encoding="utf-8")
    assert right in page
    (tmp_path / name).write_text(page.replace(right, said, 1), encoding="utf-8")
    report = read_published(read_report(tmp_path / name), year_of(name))
    assert told in "".join(wrong(report).values())


def test_one_function_finds_year_tables_and_faults_of_a_file() -> None:
    done = verify_report(REPORTS / SHANGHAI)
    assert (done.year, done.found) == (2019, "找到表二8行、表三23行、表四。")
    assert done.two[0] == ("规章", ("13", "13", "524"))
    assert {check.key: check.detail for check in done.checks if not check.ok} == FOUND[SHANGHAI][0]
    faults = [fault.line for check in done.checks for fault in check.faults]
    assert faults[-1] == "【无法提供265件，占32.9%】：文字写265，应当是表格里的无法提供337，差72"
    assert {name: verify_report(REPORTS / name).year for name in FOUND} == {name: year_of(name) for name in FOUND}


def test_a_file_that_does_not_say_its_year_is_asked_for_it(tmp_path: Path) -> None:
    page = (REPORTS / SHANGHAI).read_text(encoding="utf-8").replace("2019", "某")
    (tmp_path / "年报.html").write_text(page, encoding="utf-8")
    with pytest.raises(DeskError) as refused:
        verify_report(tmp_path / "年报.html")
    assert refused.value.field == YEAR
    assert verify_report(tmp_path / "年报.html", 2019).year == 2019
    (tmp_path / "年报2019.html").write_text(page, encoding="utf-8")
    assert verify_report(tmp_path / "年报2019.html").year == 2019, "from the name of the file"
    (tmp_path / "2019和2020.html").write_text(page, encoding="utf-8")
    with pytest.raises(DeskError):
        verify_report(tmp_path / "2019和2020.html")


def test_a_text_with_tabs_between_its_cells_is_read_too(tmp_path: Path) -> None:
    raw = read_report(REPORTS / "金湖县_2023.json")
    labels = {row.key: row.label for row in report_file().row}
    lines = ["\t".join([labels[row["key"]], *map(str, row["values"])]) for row in raw["table3"]]
    (tmp_path / "年报.txt").write_text("\n".join(["金湖县2023年政府信息公开工作年度报告", *lines]), encoding="utf-8")
    done = verify_report(tmp_path / "年报.txt")
    assert (done.year, done.found) == (2023, "找到表三25行；没有找到表二、表四。")
    assert [row.values for row in done.published.table3] == [tuple(row["values"]) for row in raw["table3"]]
    assert done.published.notes == ()


@pytest.mark.parametrize(("ending", "unit", "parts"), [("xlsx", "张表", 4), ("docx", "个表", 3), ("pdf", "页", 3)])
def test_the_reading_tells_how_far_it_is_and_can_be_stopped(
    desk: Desk, tmp_path: Path, ending: str, unit: str, parts: int
) -> None:
    register(desk)
    path = tmp_path / f"2026.{ending}"
    desk.reporting.save_report(2026, path)
    told: list[PagesRead] = []
    read_report(path, told.append)
    assert told == [PagesRead(n, parts, unit) for n in range(1, parts + 1)]

    def stop(read: PagesRead) -> None:
        seen.append(read)
        raise DeskError("停", "", "")

    seen: list[PagesRead] = []
    with pytest.raises(DeskError, match="停"):
        read_report(path, stop)
    assert len(seen) == 1, "nothing was read after it was stopped"


def test_a_long_sheet_can_be_stopped_in_its_midst(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in range(AGAIN + 1):
        book.worksheets[0].append([str(row)])
    book.save(tmp_path / "长.xlsx")
    told: list[PagesRead] = []
    with pytest.raises(DeskError):
        read_report(tmp_path / "长.xlsx", told.append)
    assert told == [PagesRead(1, 1, "张表")] * 2


@pytest.mark.apart
def test_a_reading_that_is_stopped_leaves_no_process(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    desk.reporting.save_report(2026, tmp_path / "2026.pdf")
    readers: list[Apart] = []

    class Kept(Apart):
        def __init__(self, *words: Any, **named: Any) -> None:
            super().__init__(*words, **named)
            readers.append(self)

    def stop(read: PagesRead) -> None:
        raise DeskError("停", "", "")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_in, "Apart", Kept)
        with pytest.raises(DeskError, match="停"):
            verify_report(tmp_path / "2026.pdf", 2026, stop)
    assert [reader._reader.poll() is not None for reader in readers] == [True]


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2019年12月31日", ""),
        ("2019年11月30日", "写的是2019-01-01至2019-11-30，应为2019-01-01至2019-12-31"),
        ("2019年11月31日", "写的是2019年1月1日起至2019年11月31日，没有这样的日期"),
    ],
)
def test_a_period_that_a_page_names_is_compared(tmp_path: Path, until: str, told: str) -> None:
    page = (REPORTS / SHANGHAI).read_text(encoding="utf-8")
    said = f"<p>本报告所列数据的统计期限自2019年1月1日起至{until}止。</p>"
    (tmp_path / SHANGHAI).write_text(said + page, encoding="utf-8")
    report = read_published(read_report(tmp_path / SHANGHAI), 2019)
    found = {check.key: check for check in check_published(report)}
    assert found["g"].ok is not bool(told)
    assert told in found["g"].detail
