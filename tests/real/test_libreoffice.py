"""LibreOffice opens what we write and saves it again: the same comes back. What it saves of others is read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.exchange.persons import PERSONS, Persons
from deskapp.exchange.tables.reading import TableFile
from tests.conftest import DAY, issue_granted, make_desk, odd_names, register

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not shutil.which("soffice"), reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)"
    ),
]
SAVED_AS = ("xlsx", "ods", "xls")
CSV_UTF8 = "Text - txt - csv (StarCalc):44,34,76"  # comma, quote, UTF-8


def saved_again(path: Path, ending: str, folder: Path) -> Path:
    """The file as LibreOffice saves it after opening it."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    kind = f"{ending}:{CSV_UTF8}" if ending == "csv" else ending
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{ending}"


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Names, texts and numbers that table programs like to change."""
    for name in odd_names()[:20]:
        register(
            desk, applicant=name, content=f"{name}的宅基地120㎡审批表", address="桥头村1-2号", phone="057955501234567"
        )
    for text in (
        "=1+1",
        "'甲",
        "1-2",
        "+8613905550123",
        "007",
        "1.20",
        "TRUE",
        "#N/A的含义",
        "2026-03-05",
        "３月5日",
    ):
        register(desk, applicant="张三", content=text, id_number="330722198001011234", phone="")
    issue_granted(desk)
    return desk


@pytest.mark.each(3)
@pytest.mark.parametrize("ending", SAVED_AS)
def test_a_ledger_comes_back_as_it_went(full: Desk, tmp_path: Path, ending: str) -> None:
    full.ledgers.give(tmp_path / "台账.xlsx")
    back = saved_again(tmp_path / "台账.xlsx", ending, tmp_path / "again")
    done = full.ledgers.take(back, known=KnownLines("update"))
    assert (done.updated, done.taken, done.bad) == (0, 0, ())
    assert {left.why for left in done.left_out} == {"登记簿里已经有，没有新内容"}
    second = make_desk(tmp_path / "second", FixedClock(DAY))
    assert second.ledgers.take(back).bad == ()
    second.ledgers.give(tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx") == cells(tmp_path / "台账.xlsx")
    second.close()


def cells(path: Path) -> list[tuple[str, ...]]:
    return [line.cells for line in TableFile(path).lines(0)]


def everything(path: Path) -> list[str]:
    """Each cell of each sheet that holds something."""
    book = openpyxl.load_workbook(path)
    return [
        f"{sheet.title}!{cell.coordinate}={cell.value}"
        for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
    ]  # fmt: skip


@pytest.mark.each(3)
@pytest.mark.parametrize("persons", PERSONS)
def test_the_platform_list_keeps_what_was_typed_into_it(full: Desk, tmp_path: Path, persons: Persons) -> None:
    full.ledgers.give_platform(tmp_path / "p.xlsx", persons)
    made = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = made.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, sheet.max_column, f"2026112400012340{row:04d}")
    made.save(tmp_path / "filled.xlsx")
    back = saved_again(tmp_path / "filled.xlsx", "xlsx", tmp_path / "again")
    assert full.ledgers.entered_all(back).done == sheet.max_row - 1
    first = full.lookup.case_by_no("LH-2026-0001").platform
    assert first is not None
    assert first.platform_no == "20261124000123400002"


@pytest.mark.long
def test_the_reports_can_be_opened_and_printed(full: Desk, tmp_path: Path) -> None:
    full.reporting.save_report(2026, tmp_path / "r.xlsx")
    full.periods.save("2026-11", tmp_path / "m.xlsx")
    for name, said in (("r", "三、收到和处理政府信息公开申请情况"), ("m", "2026年11月政府信息公开申请办理情况")):
        back = saved_again(tmp_path / f"{name}.xlsx", "xlsx", tmp_path / "again")
        before, after = (everything(path) for path in (tmp_path / f"{name}.xlsx", back))
        assert any(said in text for text in after)
        assert after == before
        assert saved_again(tmp_path / f"{name}.xlsx", "pdf", tmp_path / "again").read_bytes()[:5] == b"%PDF-"


@pytest.mark.long
def test_an_office_table_is_read_in_every_kind_it_is_saved_as(desk: Desk, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "2026年登记"
    for line in (
        ["青山县柳河镇政府信息公开申请登记表"], ["序号", "收到日期", "收到方式", "申请人", "申请人类别", "证件号码", "申请内容"],
        [1, DAY, "当面", "张三", "自然人", "330722198001011234", "预算"], [2, "2026年11月5日", "网络", "李四", "自然人", "", "决算"], ["合计", 2],
    ):  # fmt: skip
        sheet.append(line)
    sheet.merge_cells("A1:G1")
    made.save(tmp_path / "office.xlsx")
    for n, ending in enumerate((*SAVED_AS, "html", "csv"), 1):
        back = saved_again(tmp_path / "office.xlsx", ending, tmp_path / "again")
        if ending == "html":
            back = Path(shutil.copy(back, tmp_path / "导出.xls"))  # as systems call it
        done = desk.ledgers.take(back, known=KnownLines("again"))
        assert (done.taken, done.bad, len(done.left_out)) == (2, (), 2), (ending, done)
        assert len(desk.lookup.search("张三", 50)) == n


@pytest.mark.each(3)
@pytest.mark.parametrize("ending", SAVED_AS)
def test_merged_cells_stand_in_every_line_in_each_kind(desk: Desk, tmp_path: Path, ending: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for line in (
        ["收到日期", "收到方式", "申请人", "申请人类别", "申请内容"], [DAY, "当面", "张三", "自然人", "预算"], [None, None, None, None, "决算"],
        [None, None, None, None, "三公经费"], [DAY, "网络", "李四", "自然人", "规划"],
    ):  # fmt: skip
        sheet.append(line)
    for column in "ABCD":
        sheet.merge_cells(f"{column}2:{column}4")
    made.save(tmp_path / "merged.xlsx")
    back = saved_again(tmp_path / "merged.xlsx", ending, tmp_path / "again")
    done = desk.ledgers.take(back)
    assert (done.taken, done.bad) == (4, ())
    assert [found.applicant for found in desk.lookup.search("")].count("张三") == 3
