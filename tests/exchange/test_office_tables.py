"""What a newcomer met who made ten tables as offices make them, and brought each in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.errors import DeskError
from deskapp.exchange.days import day_of
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS, LEDGER
from deskapp.exchange.mapping import read_mapping
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import proposed
from deskapp.forms.ledger import Matching
from tests.conftest import register
from tests.exchange.test_tables import HEAD, book, row, whole


def test_every_table_of_a_page_is_counted(desk: Desk, tmp_path: Path) -> None:
    head = "".join(f"<th>{name}</th>" for name in HEAD)
    pages = "".join(
        f"<table><tr>{head}</tr><tr>{''.join(f'<td>{x}</td>' for x in row(n))}</tr></table>" for n in range(3)
    )
    (tmp_path / "a.xls").write_text(f"<html>{pages}</html>", encoding="utf-8")
    with pytest.raises(DeskError, match="有3张表都像"):
        desk.ledgers.take(tmp_path / "a.xls")
    assert desk.ledgers.take(tmp_path / "a.xls", options=LedgerOptions(every=True)).taken == 3


@pytest.mark.parametrize(
    ("titles", "sheet", "year"),
    [
        (["台账（依据《政府信息公开条例》2019年修订）", "2024年度　　制表日期：2025年1月10日"], "台账", 2024), (["台账"], "2023年", 2023),
        (["依申请公开台账（条例2019年修订）"], "台账", 0), (["台账", "填报日期：2025年1月10日"], "台账", 0), (["2023—2024年度"], "台账", 0),
        (["2023年台账"], "2024年", 0), (["2023年台账"], "2023年", 2023), (["2025年度台账", "单位：柳河镇人民政府　2026.1.10"], "台账", 2025),
        (["根据2019年修订的《政府信息公开条例》填写"], "台账", 0), (["2025年度台账", "2026年1月"], "台账", 0), (["2025年台账", "截至2026年1月"], "台账", 2025),
    ],
)  # fmt: skip
def test_the_year_of_days_without_one(desk: Desk, tmp_path: Path, titles: list[str], sheet: str, year: int) -> None:
    path = book(tmp_path / "a.xlsx", {sheet: [*([title] for title in titles), HEAD, row(1, 收到日期="3月5日")]})
    done = desk.ledgers.take(path)
    assert done.taken == bool(year)
    if year:
        assert desk.lookup.case_by_no(f"LH-{year}-0001").received.on == date(year, 3, 5)
        said = [text for text in done.warnings if f"当作{year}年收" in text]
        assert len(said) == 1
        assert said[0].startswith(f"第{len(titles) + 2}行的日期没有写年份")
    else:
        assert "没有写年份" in done.bad[0].right


def test_two_years_above_are_said_with_their_places(desk: Desk, tmp_path: Path) -> None:
    lines = [["2025年度台账"], ["2026年1月"], HEAD, row(1, 收到日期="3月5日"), row(2)]
    done = desk.ledgers.take(book(tmp_path / "2026年.xlsx", {"台账": lines}))
    assert [cell.line for cell in done.bad] == [4]
    assert "第2行的2026年、第1行的2025年" in done.bad[0].right


def test_where_a_year_stands(desk: Desk, tmp_path: Path) -> None:
    of_file = book(tmp_path / "2024年台账.xlsx", {"台账": [HEAD, row(1, 收到日期="3月5日")]})
    assert any("照文件名当作2024年收" in said for said in desk.ledgers.take(of_file).warnings)
    of_sheet = book(
        tmp_path / "b.xlsx", {"2025年": [["台账"], HEAD, row(2, 收到日期="3月5日"), row(3, 收到日期="2025-03-05")]}
    )
    assert [said for said in desk.ledgers.take(of_sheet).warnings if "年收" in said] == [
        "第3行的日期没有写年份，照表名当作2025年收，请核对。"
    ]


@pytest.mark.parametrize(
    "note", ["上年（2025年）结转3件", "2025年结转 3 件", "2025年小计", "根据2025年修订的办法填写", "2025年3月5日"]
)
def test_a_note_in_the_middle_is_no_title(desk: Desk, tmp_path: Path, note: str) -> None:
    lines = [HEAD, row(1, 收到日期="3月5日"), [note], row(2, 收到日期="3月6日")]
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"2026": lines})).taken == 2
    assert desk.lookup.case_by_no("LH-2026-0002").received.on == date(2026, 3, 6)


def test_a_year_in_the_middle_of_a_sheet_governs_the_lines_below(desk: Desk, tmp_path: Path) -> None:
    lines = [
        ["2023年台账"],
        HEAD,
        row(1, 收到日期="3月5日"),
        ["2024年依申请公开台账"],
        HEAD,
        row(2, 收到日期="3月6日"),
    ]
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines})).taken == 2
    assert desk.lookup.case_by_no("LH-2024-0001").received.on == date(2024, 3, 6)


def test_a_sheet_that_is_nearly_one_is_not_passed_over(desk: Desk, tmp_path: Path) -> None:
    other = ["收件日", "来件方式", "申请者", "申请人类别", "内容"]
    path = book(tmp_path / "a.xlsx", {"封面": [["说明"]], "上半年": [HEAD, row(1)], "下半年": [other, row(2)]})
    with pytest.raises(DeskError, match="【下半年】 第1行是列名，缺少列：收到日期"):
        desk.ledgers.take(path, options=LedgerOptions(every=True))


def test_what_offices_write_into_lines_that_are_no_applications(desk: Desk, tmp_path: Path) -> None:
    def merge(made: openpyxl.Workbook) -> None:
        for at in (2, 4, 5, 6, 8):
            made["台账"].merge_cells(start_row=at, start_column=1, end_row=at, end_column=5)

    lines: list[list[Any]] = [
        HEAD, ["一月份"], row(1), ["本月小计：1件"], ["二月份"], ["注：1.本表一式两份"], row(2), ["（盖章）"], ["柳河镇党政办", "2026年3月1日"],
        ["以上共2件"], ["一季度小计", 2],
    ]  # fmt: skip
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines}, merge))
    assert (done.bad, done.taken) == ((), 2)
    assert [left.line for left in done.left_out] == [2, 4, 5, 6, 8, 9, 10, 11]
    assert "不像一行记录：【一月份】" in [left.why for left in done.left_out]
    assert whole(done)


def test_signs_for_nothing_and_for_the_same_as_above(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复日期", "文号", "联系电话"]
    lines = [
        [*row(1), "/", "—", '="13905550123"'], [*row(2, 收到日期="同上", 收到方式="〃"), "—", "无", "13905550123.0"], [*row(3), "", "", "="],
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells] for cells in [head, *lines]]
    path.write_text("\n".join(",".join(cells) for cells in quoted), encoding="utf-8")
    done = desk.ledgers.take(path)
    assert (done.bad, done.taken) == ((), 3)
    assert "有2格写着【同上】，照上一行收。" in done.warnings
    first, second = (desk.lookup.case_by_no(f"LH-2026-000{n}") for n in (1, 2))
    assert (first.closed_on, first.number, first.received.phone) == (None, "", "13905550123")
    assert (second.received.on, second.received.phone) == (date(2026, 3, 5), "13905550123")


def test_a_break_inside_of_quotes_is_no_fault_where_they_close(desk: Desk, tmp_path: Path) -> None:
    cells = row(1, 申请内容='"第一行\r\n第二行"')
    (tmp_path / "a.csv").write_text(
        "\r\n".join([",".join(HEAD), ",".join(cells), ",".join(row(2))]), encoding="utf-8"
    )
    done = desk.ledgers.take(tmp_path / "a.csv")
    assert (done.bad, done.taken) == ((), 2)


def test_what_a_table_program_cut_is_not_taken_for_a_day(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"2024年": [HEAD, [3.1, *row(1)[1:]], ["3.15", *row(2)[1:]]]})
    done = desk.ledgers.take(path)
    assert [(cell.line, cell.value) for cell in done.bad] == [(2, "3.1")]


def test_a_heading_that_lacks_a_column_is_proposed_all_the_same(desk: Desk, tmp_path: Path) -> None:
    head = ["来的那天", "申请人姓名/名称", "申请人身份", "申请公开的政府信息", "受理方式", "答复期限", "实际答复日期"]
    path = book(tmp_path / "a.xlsx", {"台账": [head, ["3月5日", "张三", "公民", "预算", "EMS", "4月2日", "4月1日"]]})
    found = desk.ledgers.look(path)
    assert (found.names["来的那天"], found.names["受理方式"], found.names["答复期限"]) == ("", "收到方式", "")
    assert found.words["申请人类别"] == {"公民": 1}


def test_a_table_that_says_once_for_all_how_it_came(desk: Desk, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"台账": [["收到日期", "申请人", "申请人类别", "申请内容"], ["2026-03-05", "张三", "自然人", "预算"]]},
    )
    with pytest.raises(DeskError, match="缺少列：收到方式"):
        desk.ledgers.take(path)
    desk.ledgers.propose(path, tmp_path / "m.toml", LedgerOptions())
    text = (tmp_path / "m.toml").read_text(encoding="utf-8")
    assert '"收到方式" = ""' in text
    (tmp_path / "m.toml").write_text(text.replace('"收到方式" = ""', '"收到方式" = "网络"'), encoding="utf-8")
    assert (
        desk.ledgers.take(path, options=LedgerOptions(mapping=read_mapping(tmp_path / "m.toml", COLUMNS))).taken == 1
    )
    assert desk.lookup.case_by_no("LH-2026-0001").received.channel == "online"
    matching = Matching(desk.ledgers.look(path))
    assert [field.label for field in matching.fields if field.key.startswith("all")] == ["整张表的收到方式"]
    values = {**matching.blank(desk.ledgers.remembered()), "all0": "网络", "same": "take"}
    options = LedgerOptions(mapping=matching.mapping(values))
    assert desk.ledgers.take(path, options=options, known=KnownLines("again")).taken == 1
    desk.ledgers.remember(options.mapping)
    assert desk.ledgers.remembered().whole == {}, "another table is another matter"


def test_one_application_over_two_merged_rows_is_spoken_of(desk: Desk, tmp_path: Path) -> None:
    def merge(made: openpyxl.Workbook) -> None:
        for column in "ABCDE":
            made["台账"].merge_cells(f"{column}2:{column}3")

    head = [*HEAD, "答复类型", "答复日期"]
    lines: list[list[Any]] = [
        head,
        [*row(1), "部分公开", "2026-03-20"],
        [*[None] * 5, "信息不存在", "2026-03-20"],
        [*row(2), "", ""],
    ]
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines}, merge))
    assert done.taken == 3
    assert "第3行和前面的行收到日期、申请人、申请内容都一样，当作不同的申请收，请核对。" in done.warnings


def test_a_day_without_a_year_that_lies_before_the_one_it_follows_is_the_next_years(
    desk: Desk, tmp_path: Path
) -> None:
    head = [*HEAD, "答复类型", "答复日期", "送达方式", "送达日期"]
    lines = [
        [*row(1, 收到日期="12月18日"), "予以公开", "1月12日", "当面", "1月13日"],
        [*row(2, 收到日期="11月3日"), "予以公开", "11月20日", "当面", "11月21日"],
        [*row(3, 收到日期="2024-12-18"), "予以公开", "2024-01-12", "", ""],
    ]
    done = desk.ledgers.take(
        book(tmp_path / "2024年台账.xlsx", {"台账": [head, *lines]}), rejects=tmp_path / "r.xlsx"
    )
    assert [(cell.line, cell.column) for cell in done.bad] == [(4, "答复日期")], (
        "a year that is written is not changed"
    )
    assert any(said.startswith("第2行没有写年份的日期早于前面的日期，当作下一年的收") for said in done.warnings)
    case = desk.lookup.case_by_no(
        "LH-2024-0001" if desk.lookup.case_by_no("LH-2024-0001").applicant == "张1" else "LH-2024-0002"
    )
    assert case.served is not None
    assert (str(case.received.on), str(case.closed_on), str(case.served.on)) == (
        "2024-12-18",
        "2025-01-12",
        "2025-01-13",
    )


@pytest.mark.parametrize("how", ["style='height:0;display: none'", "hidden", "style='mso-ignore;visibility:hidden'"])
def test_rows_that_a_page_does_not_show_are_counted(desk: Desk, tmp_path: Path, how: str) -> None:
    rows = "".join(
        f"<tr {how if n == 2 else ''}>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>"
        for n, line in enumerate([HEAD, row(1), row(2)])
    )
    (tmp_path / "a.xls").write_text(f"<html><meta charset=utf-8><table>{rows}</table></html>", encoding="utf-8")
    done = desk.ledgers.take(tmp_path / "a.xls")
    assert done.taken == 2
    assert "有1行在表格里是隐藏的（筛选或者折叠），也读了。" in done.warnings


def test_what_looks_like_a_body_or_has_a_doubtful_number_is_spoken_of(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "证件类型", "证件号码"]
    lines = [
        [*row(1, 申请人="济南万成置业有限公司"), "", ""], [*row(2), "统一社会信用代码", "91330000712345678K"],
        [*row(3), "居民身份证", "33072219800101123"], [*row(4), "", "330722198001011234"],
        [*row(5, 申请人="山东正义律师事务所", 申请人类别="法律服务机构"), "", ""],
    ]  # fmt: skip
    said = " ".join(desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [head, *lines]})).warnings)
    assert "第2" in said.split("类别是自然人")[0]
    assert "第3、4、5行证件号码有疑问" in said, "a code and two numbers of which a sign is wrong or lost"
    assert "第6行类别" not in said


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("二〇二四年八月二十日", 0, date(2024, 8, 20)), ("二○二四年十二月三十一日", 0, date(2024, 12, 31)), ("二零二四年十月十日", 0, date(2024, 10, 10)),
        ("八月二十号", 2024, date(2024, 8, 20)), ("八月二十号", 0, None), ("７月１日", 2024, date(2024, 7, 1)), ("二〇二四年", 0, None),
        ("十三月一日", 2024, None), ("二月三十日", 2024, None),
    ],
)  # fmt: skip
def test_days_in_chinese_numerals(text: str, year: int, day: date | None) -> None:
    assert day_of(text, year) == day


def test_a_footer_over_all_columns_is_no_application(desk: Desk, tmp_path: Path) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in row(1))
    heads = "".join(f"<td>{cell}</td>" for cell in HEAD)
    page = f"<html><meta charset=utf-8><table><tr>{heads}</tr><tr>{cells}</tr><tr><td colspan=5>第 1 页 / 共 1 页</td></tr></table></html>"
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    done = desk.ledgers.take(tmp_path / "a.xls")
    assert (done.taken, len(done.left_out), done.bad) == (1, 1, ())


def test_a_platform_number_stands_on_one_case_only(desk: Desk, tmp_path: Path) -> None:
    for n in (1, 2):
        register(desk, applicant=f"张{n}")
    lines = [["登记号", "平台编号"], ["LH-2026-0001", "SD1"], ["LH-2026-0002", "SD1"]]
    with pytest.raises(DeskError, match="第3行的平台编号【SD1】和第2行一样"):
        desk.ledgers.entered_all(book(tmp_path / "p.xlsx", {"未录入平台": lines}))
    assert desk.lookup.case_by_no("LH-2026-0001").platform is None


def test_a_sheet_that_sums_up_the_others_makes_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    """月份的表和全年汇总在一个文件里，全部工作表都读。"""
    heading = ["收到日期", "收到方式", "申请人", "申请人类别", "申请内容"]
    lines = [
        ["2026-03-05", "当面", "张三", "自然人", "部门预算"],
        ["2026-03-06", "当面", "李四", "自然人", "征地批文"],
    ]
    path = book(tmp_path / "a.xlsx", {"3月": [heading, *lines], "全年汇总": [heading, *lines]})
    options = LedgerOptions(every=True)
    found = desk.ledgers.take(path, options=options)
    assert found.taken == 0
    assert {bad.sheet for bad in found.bad} == {"全年汇总"}
    assert "和【3月】第2行" in found.bad[0].right
    assert desk.ledgers.take(path, options=options, known=KnownLines("again")).taken == 4


def test_what_is_believed_of_a_file_with_a_cell_and_the_words_of_each_column(tmp_path: Path) -> None:
    head = [*HEAD, "自己的列"]
    lines = [[*row(n), word] for n, word in ((1, "甲"), (2, ""), (3, "甲"), (4, "乙" * 41))]
    path = book(tmp_path / "a.xlsx", {"台账": [["全年台账"], head, *lines], "空": [], "另一张": [head, lines[0]]})
    made = next(proposed(path, LEDGER, TableChoice({"自己的列": "答复类型"}), ("申请人", "收到方式")))
    assert {name: made.names[name] for name in ("申请人", "自己的列")} == {"申请人": "申请人", "自己的列": "答复类型"}
    assert (made.samples["申请人"], made.samples["自己的列"]) == (lines[0][HEAD.index("申请人")], "甲")
    assert made.sheets == (("台账", 4), ("另一张", 1))
    assert {column: sum(found.values()) for column, found in made.words.items()} == {"申请人": 5, "收到方式": 5}
    one = next(proposed(path, LEDGER, TableChoice({}, "另一张"), ("申请人",)))
    assert (one.sheets, sum(one.words["申请人"].values())) == ((("另一张", 1),), 1)


def test_a_file_of_which_no_name_is_known_shows_its_first_line_of_several_cells(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"一": [["标题"], ["Ａ列", "B列", ""], ["1", "2", "3"], ["4", "5", "6"]]})
    made = next(proposed(path, LEDGER, TableChoice({}), ("申请人",)))
    assert (made.names, made.samples, made.sheets, made.words) == (
        {"Ａ列": "", "B列": ""},
        {"Ａ列": "1", "B列": "2"},
        (),
        {},
    )
    with pytest.raises(DeskError, match="没有找到列名"):
        next(proposed(book(tmp_path / "b.xlsx", {"一": [["标题"]]}), LEDGER, TableChoice({}), ()))
