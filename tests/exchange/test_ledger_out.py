"""Ledgers out: what goes out comes in again as the same register, and goes out again as the same file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.office.ledgers import PLATFORM_NO, PLATFORM_SHEET
from deskapp.desk.training.practice import make_practice_desk
from deskapp.errors import DeskError
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.sheets import write_lines
from deskapp.exchange.tables.reading import TableFile
from deskapp.parsing import one_line
from deskapp.register import events as ev
from tests.conftest import DAY, issue_granted, make_desk, register
from tests.exchange.test_ledger import GOOD, write_csv

HOSTILE = (
    "=1+1",
    "'=1+1",
    "''@x",
    "+86 139",
    "-5",
    "@SUM(A1)",
    "'quoted'",
    'a,b"c',
    "；",
    "𬭚𠮷",
    "=张三",
    "'",
    "007",
    "1e5",
    "2026-01-01",
)


def again(path: Path, home: Path) -> Desk:
    """A new register of what a ledger holds."""
    desk = make_desk(home, FixedClock(DAY))
    desk.ledgers.take(path)
    return desk


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.each(2)
def test_export_import_export_gives_the_same_file(tmp_path: Path, ending: str) -> None:
    """Sixty practice cases in every state."""
    make_practice_desk(tmp_path / "home", DAY)
    first = Desk.open(tmp_path / "home", FixedClock(DAY))
    count = first.ledgers.give(tmp_path / f"a.{ending}")
    assert count > 50
    second = again(tmp_path / f"a.{ending}", tmp_path / "second")
    assert second.ledgers.give(tmp_path / f"b.{ending}") == count
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    for year in (2025, 2026):
        one, two = first.reporting.report(year), second.reporting.report(year)
        assert (one.table3, one.table4) == (two.table3, two.table4)
    assert not [note for note in second.upkeep.check() if note.fault]
    first.close()
    second.close()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_hostile_texts_stay_text(desk: Desk, tmp_path: Path, ending: str) -> None:
    for text in HOSTILE:
        register(desk, applicant=f"{text}张", content=text, address=text, phone="")
    desk.ledgers.give(tmp_path / f"a.{ending}")
    second = again(tmp_path / f"a.{ending}", tmp_path / "second")
    for n, text in enumerate(HOSTILE, 1):
        case = second.lookup.case_by_no(f"LH-2026-{n:04d}")
        assert (case.applicant, case.content, case.address) == (f"{text}张", text, text)
    second.close()


def test_no_cell_of_a_csv_would_be_calculated(desk: Desk, tmp_path: Path) -> None:
    for text in HOSTILE:
        register(desk, applicant=f"{text}张", content=text, phone="")
    desk.ledgers.give(tmp_path / "a.csv")
    cells = [
        cell
        for line in (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        for cell in line.split(",")
    ]
    assert not [cell for cell in cells if cell.strip('"')[:1] in "=+-@" and cell.strip('"')]


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).map(one_line)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4),
    ending=st.sampled_from(["xlsx", "csv"]),
)
def test_any_text_comes_back_as_it_went(tmp_path: Path, rows: list[list[str]], ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    path.unlink(missing_ok=True)
    write_lines(path, "台账", [["甲", "乙", "丙"], *rows])
    found = [(*line.cells, "", "", "")[:3] for line in TableFile(path).lines(0)][1:]
    assert [list(line) for line in found if any(line)] == [row for row in rows if any(row)]


def test_columns_and_order(desk: Desk, tmp_path: Path) -> None:
    older = {**GOOD, "登记号": "LH-2025-0001", "收到日期": "2025-03-04"}
    newer = {**GOOD, "登记号": "LH-2026-0002", "收到日期": "2026-10-19"}
    rows = [newer, {**GOOD, "登记号": "LH-2026-0009"}, older]
    desk.ledgers.take(write_csv(tmp_path / "in.csv", rows))
    assert desk.ledgers.give(tmp_path / "a.xlsx") == 3
    lines = [
        [*line.cells, *[""] * (len(COLUMNS) - len(line.cells))] for line in TableFile(tmp_path / "a.xlsx").lines(0)
    ]
    assert lines[0] == list(COLUMNS)
    assert [line[0] for line in lines[1:]] == ["LH-2025-0001", "LH-2026-0009", "LH-2026-0002"]
    assert desk.ledgers.give(tmp_path / "b.xlsx", 2025) == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert sheet["B2"].value == "2025-03-04"


def test_a_withdrawal_keeps_the_number_of_its_letter(desk: Desk, tmp_path: Path) -> None:
    row = {**GOOD, "答复类型": "withdrawn", "文号": "柳政依复〔2026〕5号"}
    desk.ledgers.take(write_csv(tmp_path / "in.csv", [row]))
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.category, case.number) == ("withdrawn", "柳政依复〔2026〕5号")


@pytest.mark.parametrize(("name", "says"), [("a.txt", "xlsx 或者 .csv"), ("no/a.csv", "没有这个文件或者文件夹")])
def test_where_it_cannot_go(desk: Desk, tmp_path: Path, name: str, says: str) -> None:
    register(desk)
    with pytest.raises(DeskError, match=says):
        desk.ledgers.give(tmp_path / name)
    (tmp_path / "there.csv").write_text("older")
    with pytest.raises(DeskError, match="已经存在"):
        desk.ledgers.give(tmp_path / "there.csv")
    assert (tmp_path / "there.csv").read_text() == "older"


def test_the_platform_list_holds_what_is_not_there_yet_until_it_is_noted(desk: Desk, tmp_path: Path) -> None:
    issue_granted(desk)
    register(desk, applicant="李四")
    register(desk, applicant="王五")
    assert desk.ledgers.give_platform(tmp_path / "p.xlsx") == 3
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = book[PLATFORM_SHEET]
    at = [cell.value for cell in sheet[1]].index(PLATFORM_NO) + 1
    sheet.cell(2, at).value = "P-1"
    sheet.cell(4, at).value = 20260003
    book.save(tmp_path / "filled.xlsx")
    assert desk.ledgers.entered_all(tmp_path / "filled.xlsx").done == 2
    assert desk.ledgers.give_platform(tmp_path / "q.xlsx") == 1
    case = desk.lookup.case_by_no("LH-2026-0003")
    assert case.platform is not None
    assert case.platform.platform_no == "20260003"
    with pytest.raises(DeskError, match="已经记过"):
        desk.ledgers.entered_all(tmp_path / "filled.xlsx")
    with pytest.raises(DeskError, match="没有登记号"):
        desk.ledgers.entered_each(["LH-2026-0002", "LH-2026-0099"])
    assert desk.ledgers.give_platform(tmp_path / "r.xlsx") == 1
    assert desk.ledgers.entered_each(["LH-2026-0002"], "P-9") == 1
    assert desk.ledgers.give_platform(tmp_path / "s.xlsx") == 0


def test_a_platform_list_without_its_column_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("登记号,编号\nLH-2026-0001,1\n", encoding="utf-8")
    with pytest.raises(DeskError, match="缺少"):
        desk.ledgers.entered_all(tmp_path / "p.csv")


def test_the_desks_own_history_goes_out_as_columns(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk)
    desk.acts.record(letter.case_id, ev.Disputed(on=DAY, route="review"))
    desk.acts.record(letter.case_id, ev.DisputeDecided(on=DAY, route="review", outcome="corrected"))
    desk.acts.record(letter.case_id, ev.Disputed(on=DAY, route="suit_after_review"))
    desk.ledgers.give(tmp_path / "a.csv")
    line = dict(zip(COLUMNS, list(TableFile(tmp_path / "a.csv").lines(0))[1].cells, strict=True))
    assert {name: line[name] for name in ("答复类型", "答复日期", "文号", "复议结果", "诉讼类型", "诉讼结果")} == {
        "答复类型": "予以公开", "答复日期": "2026-11-20", "文号": letter.number, "复议结果": "纠正",
        "诉讼类型": "复议后", "诉讼结果": "未审结",
    }  # fmt: skip


def test_the_clock_of_the_machine_is_doubted_aloud(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    register(desk)
    desk.close()
    late = Desk.open(tmp_path / "home", FixedClock(date(2026, 10, 30)))
    row = {**GOOD, "收到日期": "2026-10-12"}
    result = late.ledgers.take(write_csv(tmp_path / "in.csv", [row]))
    assert any("时钟" in warning for warning in result.warnings)
    assert any("时钟" in banner for banner in late.work.board().banners)
    late.close()


@pytest.mark.parametrize("word", ["/", "未录入", "退回补正", "无", "—", "审核中"])
def test_words_in_the_place_of_a_platform_number_are_no_number(desk: Desk, tmp_path: Path, word: str) -> None:
    first, other = register(desk).case_no, register(desk, applicant="李四").case_no
    path = tmp_path / "p.csv"
    path.write_text(f"登记号,平台编号\n{first},{word}\n{other},33070020260000012345\n", encoding="utf-8-sig")
    taken = desk.ledgers.entered_all(path)
    assert taken.done == 1
    assert f"第2行【{word}】" in taken.sentence
    assert desk.lookup.case_by_no(first).platform is None
    with pytest.raises(DeskError, match="不是平台编号"):
        desk.ledgers.entered(first, word)


def test_what_no_column_tells_is_said_with_its_count(desk: Desk) -> None:
    """Read in again, such a case would be late."""
    register(desk)
    assert desk.ledgers.said_less() == []
    case_id = register(desk, applicant="李四").case_id
    desk.acts.note(case_id, act_draft("extended", working_days="20", approved_by="王建国"))
    assert "有1件记过补正、征求意见、延期或者收费" in "".join(desk.ledgers.said_less())
    desk.acts.note(case_id, act_draft("struck", n="1", why="误记"))
    assert desk.ledgers.said_less() == []
