"""Ledgers in: any order of columns, all rows or none, every bad cell named."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.heading import BEYOND
from deskapp.exchange.ledger import events_of
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.register.events import Received

GOOD = {
    "收到日期": "2026-10-12", "收到方式": "当面", "申请人": "张三", "申请人类别": "自然人", "申请内容": "预算",
    "答复类型": "予以公开", "答复日期": "2026-10-20", "送达方式": "挂号邮寄", "送达日期": "2026-10-21", "凭证号": "XA1",
}  # fmt: skip


def write_csv(
    path: Path, rows: list[dict[str, str]], encoding: str = "utf-8", columns: tuple[str, ...] = COLUMNS
) -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_every_usual_encoding(desk: Desk, tmp_path: Path, encoding: str) -> None:
    result = desk.ledgers.take(write_csv(tmp_path / "a.csv", [GOOD, GOOD], encoding))
    assert (result.rows, result.taken, result.bad) == (2, 2, ())
    found = desk.lookup.search("张三")
    assert [f.case_no for f in found] == ["LH-2026-0002", "LH-2026-0001"]
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.category, case.served is not None) == ("granted", True)


def test_xlsx_with_dates_numbers_and_columns_in_another_order(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    order = [*reversed(COLUMNS), "心情"]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, order)
        row: dict[str, Any] = {**GOOD, "申请人": "=李四", "联系电话": 13905550123, "心情": "好"}
        for column, name in enumerate(order):
            sheet.write(1, column, row.get(name, ""))
    result = desk.ledgers.take(path)
    assert result.taken == 1
    assert result.warnings == ("不认识的列没有导入：心情。",)
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.applicant, case.phone) == ("=李四", "13905550123")


def test_a_ledgers_own_numbers_are_kept_and_not_given_again(desk: Desk, tmp_path: Path) -> None:
    rows = [{**GOOD, "登记号": "LH-2026-0007"}, GOOD, {**GOOD, "登记号": "旧2020-5", "收到日期": "2020-05-06"}]
    assert desk.ledgers.take(write_csv(tmp_path / "a.csv", rows)).taken == 3
    assert {f.case_no for f in desk.lookup.search("预算")} == {"LH-2026-0007", "LH-2026-0008", "旧2020-5"}


BAD: list[tuple[dict[str, str], str, str]] = [
    ({"收到日期": ""}, "收到日期", "这一列必须填写"),
    ({"收到日期": "去年"}, "收到日期", "应当是日期"),
    ({"收到日期": "2026-13-01"}, "收到日期", "应当是日期"),
    ({"收到日期": "2030-01-01"}, "收到日期", "还没有到"),
    ({"收到日期": "2008-04-30"}, "收到日期", "2008-05-01"),
    ({"答复日期": "2026-10-01"}, "答复日期", "早于收到日期"),
    ({"收到方式": "飞鸽"}, "收到方式", "当面、挂号邮寄"),
    ({"申请人": ""}, "申请人", "必须填写"),
    ({"申请人类别": "公民"}, "申请人类别", "自然人、商业企业"),
    ({"答复类型": "随便"}, "答复类型", "年报表三的行名"),
    ({"答复日期": ""}, "答复日期", "填了答复类型就要填答复日期"),
    ({"送达方式": ""}, "送达方式", "填了送达日期就要填送达方式"),
    ({"复议结果": "赢了"}, "复议结果", "维持、纠正"),
    ({"诉讼结果": "维持"}, "诉讼类型", "填了诉讼结果就要填诉讼类型"),
]


@pytest.mark.parametrize(("change", "column", "right"), BAD)
def test_a_bad_cell_is_named_and_nothing_is_taken(
    desk: Desk, tmp_path: Path, change: dict[str, str], column: str, right: str
) -> None:
    result = desk.ledgers.take(write_csv(tmp_path / "a.csv", [GOOD, {**GOOD, **change}]))
    assert result.taken == 0
    assert next((b.line, b.column) for b in result.bad) == (3, column)
    assert right in next(b.right for b in result.bad if b.column == column)
    assert desk.lookup.search("张三") == []


def test_rejects_go_to_a_file_and_the_rest_is_taken(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [GOOD, {**GOOD, "申请人": ""}, GOOD])
    result = desk.ledgers.take(path, rejects=tmp_path / "bad.csv")
    assert (result.taken, len(result.bad)) == (2, 1)
    rows = list(csv.DictReader((tmp_path / "bad.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 1
    assert "必须填写" in rows[0]["原因"]


def test_a_dry_run_takes_nothing(desk: Desk, tmp_path: Path) -> None:
    assert desk.ledgers.take(write_csv(tmp_path / "a.csv", [GOOD]), dry_run=True).taken == 0
    assert desk.lookup.search("张三") == []


def test_the_same_number_twice_is_refused(desk: Desk, tmp_path: Path) -> None:
    row = {**GOOD, "登记号": "LH-2026-0001"}
    doubled = desk.ledgers.take(write_csv(tmp_path / "a.csv", [row, row]))
    assert [b.right for b in doubled.bad] == ["与第2行重复"]
    assert desk.ledgers.take(write_csv(tmp_path / "b.csv", [row])).taken == 1
    again = desk.ledgers.take(tmp_path / "b.csv")
    assert again.bad[0].right.startswith("这个登记号登记簿里已经有了")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"x", "没有找到列名"),
        ("a.xlsx", b"not a zip", "没有找到列名"),
        ("a.xlsx", b"PK\x03\x04 cut", "打不开"),
        ("a.pdf", b"%PDF-1.7", "是PDF 文件"),
        ("a.csv", b"\xff\xfe\x00\x81", "编码不认识|没有找到列名"),
        ("a.csv", "姓名,日期\n".encode(), "第1行是列名，缺少列：收到日期"),
        ("a.csv", b"", "没有找到列名"),
    ],
)
def test_files_that_are_no_ledger(desk: Desk, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DeskError, match=says):
        desk.ledgers.take(tmp_path / name)


def test_disputes_come_into_table_four(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {**GOOD, "复议结果": "纠正"},
        {**GOOD, "复议结果": "维持", "诉讼类型": "复议后", "诉讼结果": "未审结"},
        {**GOOD, "诉讼类型": "未经复议", "诉讼结果": "其他"},
    ]
    desk.ledgers.take(write_csv(tmp_path / "a.csv", rows))
    table = desk.reporting.report(2026).table4
    assert table["review"] == {"upheld": 1, "corrected": 1, "other": 0, "pending": 0, "total": 2}
    assert table["suit_after_review"]["pending"] == 1
    assert table["suit_direct"]["other"] == 1


@pytest.mark.parametrize(
    ("day", "taken"), [("2008-04-30", 0), ("2008-05-01", 1), ("2026-11-20", 1), ("2026-11-21", 0)]
)
def test_the_first_day_of_the_law_and_today_are_the_edges(desk: Desk, tmp_path: Path, day: str, taken: int) -> None:
    received = {"收到日期": day, "收到方式": "当面", "申请人": "张三", "申请人类别": "自然人", "申请内容": "预算"}
    result = desk.ledgers.take(write_csv(tmp_path / "a.csv", [received]))
    assert (result.taken, len(result.bad)) == (taken, 1 - taken)


@pytest.mark.parametrize("beyond", [1, 2])
def test_a_cell_beyond_the_heading_is_told(desk: Desk, tmp_path: Path, beyond: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2026-10-12,当面,张三,自然人,预算" + ",多" * beyond + "\n",
        encoding="utf-8",
    )
    result = desk.ledgers.take(path)
    assert result.taken == 1
    assert [said.startswith(f"{BEYOND}第2行【多】") for said in result.warnings] == [True]


def test_an_identity_is_taken_as_at_registration() -> None:
    received = {
        "收到日期": "2026-10-12",
        "收到方式": "当面",
        "申请人": "张三",
        "申请人类别": "自然人",
        "申请内容": "预算",
    }
    cells = {**dict.fromkeys(COLUMNS, ""), **received, "证件号码": "１１０１０５１９４９１２３１００２ｘ"}
    first = events_of(cells, "LH-2026-0001")[0]
    assert isinstance(first, Received)
    assert first.id_number == "11010519491231002X"


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("代理人", "李四｜1｜2｜3｜4｜5｜6", "姓名｜证件号码"),
        ("代理人", "李四｜｜｜｜代为申请｜明年", "到期日"),
        ("监护人", "｜父亲", "与申请人关系"),
        ("一起申请的人", "李四；李四", "不能重名"),
        ("收到确认", "还没有确认", "只有平信"),
        ("收到确认", "是", "应当是"),
        ("重作依据", "领导说的", "应当是"),
        ("重作收到日期", "2026-11-12", "填了重作收到日期就要填重作依据"),
        ("重作工作日数", "很快", "1到99"),
        ("重新答复日期", "2026-11-12", "填了重新答复日期就要填"),
    ],
)
def test_bad_cells_of_people_and_of_second_answers_are_named(
    desk: Desk, tmp_path: Path, column: str, value: str, says: str
) -> None:
    bad = desk.ledgers.take(write_csv(tmp_path / "l.csv", [{**GOOD, column: value}])).bad
    assert any(says in cell.right for cell in bad)
    assert desk.lookup.search("") == []


@pytest.mark.parametrize(
    "word",
    [
        "予以公开（部分）",
        "予以公开（待审批）",
        "予以公开（撤销）",
        "申请人撤回申请（未同意）",
        "信息不存在（属于其他机关）",
        "属于国家秘密（拟）",
    ],
)
def test_a_remark_of_somebodys_own_is_not_cut_off(desk: Desk, tmp_path: Path, word: str) -> None:
    """It may say the contrary; only what the form itself prints in brackets says no more than the words before it."""
    path = write_csv(tmp_path / "a.csv", [{**GOOD, "答复类型": word}])
    found = desk.ledgers.take(path, dry_run=True)
    assert [(bad.column, bad.value) for bad in found.bad] == [("答复类型", word)]
