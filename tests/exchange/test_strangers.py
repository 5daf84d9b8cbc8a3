"""Tables that somebody made who has not seen the program, as offices make theirs (tests/data/strangers): what is believed of them, what is
asked, and what comes of it once a person has answered; every line is accounted for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.desk.office.import_words import counted, left_said
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.errors import DeskError
from deskapp.exchange.bad_cells import bad_said
from deskapp.exchange.days import day_of, without_note
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.likely import likely_word, may_be
from deskapp.exchange.mapping import NO_MAPPING, WordMap
from deskapp.exchange.proposing import MappingProposal
from deskapp.exchange.whole import INTO_REMARK, SAME_AS_ANSWERED, SAME_AS_SERVED
from deskapp.forms.ledger import Matching
from tests.conftest import DATA
from tests.exchange.test_tables import HEAD, book, row

STRANGERS = DATA / "strangers"
ANSWERED = {  # what a person says where the program asks
    "整张表的收到方式": "网络", "整张表的申请人类别": "自然人", "信函": "平信", "来信": "平信", "信件": "平信", "邮寄": "挂号邮寄",
    "不予公开": "保护第三方合法权益", "不公开": "保护第三方合法权益", "无法提供": "信息不存在", "其他": "申请人撤回申请",
    "不予处理": "重复申请", "法人": "商业企业",
    "公开、不存在": "部分公开", "本机关不掌握": "信息不存在", "是": "未审结", "行政复议后重新答复": "予以公开",
}  # fmt: skip
CAME_OF: dict[str, tuple[str, str]] = {  # the sum, and something that is said
    "2026年台账.xlsx": ("共12行 = 收下7行 + 没有用上的5行", "【1月】第3、4、5行、【2月】第3、4行等7行的日期没有写年份，照文件名当作2026年收"),
    "一表两年.xlsx": ("共13行 = 收下7行 + 没有用上的6行", "第10、11行的日期没有写年份，照第8行当作2025年收"),
    "分号GBK.csv": ("共10行 = 可以收的5行 + 有错的5行", "第11行的日期后面还写着别的：【EMS】1格，日期照收，后面的没有收"),
    "制表符.csv": ("共11行 = 可以收的7行 + 没有用上的1行 + 有错的3行", "第6行【收到日期】是【2.30】：应当是日期，写成 2026-11-21；没有这一天，请核对。"),
    "办理情况.xlsx": ("共8行 = 可以收的1行 + 有错的7行", "填了答复类型就要填答复日期；整张表都没有的，在核对列和词的时候定"),
    "合并日期.xls": ("共10行 = 可以收的7行 + 没有用上的2行 + 有错的1行", "第9行【申请人类别】是【】：这一列必须填写。"),
    "姓名电话.xlsx": ("共8行 = 可以收的4行 + 有错的4行", "第6、7、8行类别是自然人，名称或者号码却像单位"),
    "年月日分列.xlsx": ("共8行 = 收下8行", "【收到日期】分成年、月、日几列，合起来收。"),
    "怪值.xlsx": ("共8行 = 可以收的4行 + 有错的4行", "第6行里有划掉的字（删除线）"),
    "打勾.xlsx": ("共9行 = 可以收的0行 + 没有用上的1行 + 有错的8行", "填了文号就要填答复日期；整张表都没有的，在核对列和词的时候定"),
    "杂.xlsx": ("共13行 = 可以收的5行 + 没有用上的1行 + 有错的7行", "日期后面的【（EMS12345678..】请移到备注"),
    "标题双表头.xlsx": ("共15行 = 可以收的6行 + 没有用上的6行 + 有错的3行",
                   "第13行【收到日期】是【2026-4-31】：应当是日期，写成 2026-11-21；没有这一天，请核对。"),
    "网页另存.xls": ("共11行 = 可以收的9行 + 没有用上的1行 + 有错的1行", "第10行【答复日期】是【补正后未回复，视为放弃】"),
    "重复行.ods": ("共9行 = 可以收的6行 + 有错的3行", "第2、3、4、5、10行等9行写了送达方式或者凭证号，没有送达日期，证明不了送达"),
}  # fmt: skip


def matched(desk: Desk, path: Path, **more: str) -> LedgerOptions:
    """What a person makes of the form: what is believed stays, what is asked is answered; ``more`` by what a field is called."""
    form = Matching(desk.ledgers.look(path))
    values = form.blank(desk.ledgers.remembered())
    for field in form.fields:
        if field.label in more or not values.get(field.key):
            values[field.key] = more.get(field.label) or (
                ANSWERED.get(field.label, "") if field.key[0] == "w" or field.required else ""
            )
    return LedgerOptions("", any(field.key == "sheet" for field in form.fields), form.mapping(values))


def told(done: Imported) -> str:
    return "\n".join((*done.warnings, *left_said(done), *bad_said(done.bad)))


def test_every_file_has_its_line() -> None:
    assert {path.name for path in STRANGERS.iterdir()} == {*CAME_OF, "README.md"}


@pytest.mark.parametrize("name", CAME_OF)
def test_what_comes_of_a_strangers_table(desk: Desk, tmp_path: Path, name: str) -> None:
    sum_, says = CAME_OF[name]
    path = STRANGERS / name
    options = matched(desk, path)
    tried = desk.ledgers.take(path, dry_run=True, options=options)
    assert counted(tried) == sum_
    assert says in told(tried)
    rejects = tmp_path / "退回.xlsx" if tried.bad else None
    done = desk.ledgers.take(path, rejects=rejects, options=options)
    assert (done.taken, done.bad_lines) == (len(tried.good_lines), tried.bad_lines)
    if rejects and rejects.exists():
        back = list(openpyxl.load_workbook(rejects).worksheets[0].iter_rows(values_only=True))
        assert back[0][-2:] == ("原来的行", "原因")
        assert len(back) == 1 + tried.bad_lines
        assert {str(cells[-2]) for cells in back[1:]} == {f"第{cell.line}行" for cell in tried.bad}


@pytest.mark.parametrize(
    ("name", "said", "taken"), [("打勾.xlsx", INTO_REMARK, 8), ("办理情况.xlsx", INTO_REMARK, 7)]
)
def test_answers_without_a_day_have_a_way(desk: Desk, name: str, said: str, taken: int) -> None:
    """The office never noted on which day it answered: what it noted goes into the remark, and the case stands as not answered."""
    options = matched(desk, STRANGERS / name, 整张表的答复日期=said)
    done = desk.ledgers.take(STRANGERS / name, dry_run=True, options=options)
    assert len(done.good_lines) == taken
    assert "没有答复日期，照您定的，答复类型、文号写进备注，当作还没有答复" in told(done)


def test_a_number_that_went_into_the_remark_is_not_given_again(desk: Desk) -> None:
    options = matched(desk, STRANGERS / "打勾.xlsx", 整张表的答复日期=INTO_REMARK)
    desk.ledgers.take(STRANGERS / "打勾.xlsx", options=options)
    assert "台账写的文号：柳政依复[2021]1号" in desk.lookup.case_by_no("LH-2021-0001").received.remark
    assert desk._journal.numbers.next_letter_no("柳政依复", 2021) == "柳政依复〔2021〕9号"


@pytest.mark.parametrize(
    ("chosen", "served_on", "says"), [("", None, "还没有送达"), (SAME_AS_ANSWERED, date(2026, 3, 20), "照您定的，当作答复日期当天")]
)  # fmt: skip
def test_a_way_of_delivery_without_a_day(
    desk: Desk, tmp_path: Path, chosen: str, served_on: date | None, says: str
) -> None:
    head = [*HEAD, "答复类型", "答复日期", "送达方式", "凭证号"]
    path = book(tmp_path / "a.xlsx", {"台账": [head, [*row(1), "予以公开", "2026-03-20", "邮寄", "XA123456789CN"]]})
    done = desk.ledgers.take(path, options=matched(desk, path, 整张表的送达日期=chosen))
    assert says in told(done)
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (case.served.on if case.served else None) == served_on
    assert (case.received.remark == "台账写的送达方式：邮寄；台账写的凭证号：XA123456789CN") is not bool(chosen)


def test_a_day_of_answering_that_is_the_day_of_delivery(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "送达方式", "送达日期"]
    path = book(tmp_path / "a.xlsx", {"台账": [head, [*row(1), "予以公开", "当面", "2026-03-20"]]})
    assert not desk.ledgers.take(path, dry_run=True, options=matched(desk, path)).good_lines
    desk.ledgers.take(path, options=matched(desk, path, 整张表的答复日期=SAME_AS_SERVED))
    assert desk.lookup.case_by_no("LH-2026-0001").closed_on == date(2026, 3, 20)


def test_what_every_application_needs_is_asked_where_it_is_said() -> None:
    names = {"时间": "收到日期", "姓名": "申请人", "内容": "申请内容", "渠道": "收到方式"}
    form = Matching(MappingProposal(names, {}, {"收到方式": Counter()}, (("台账", 2),)))
    values = form.blank(NO_MAPPING)
    with pytest.raises(DeskError, match="表里没有这一列") as refused:
        form.checked(values)
    field = next(field for field in form.fields if field.key == refused.value.field)
    assert (field.label, field.required) == ("整张表的申请人类别", True)
    form.checked({**values, field.key: "自然人"})


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("26/3/9", 2026, "2026-03-09"), ("26.3.5", 2026, "2026-03-05"), ("25年12月31日", 2026, "2025-12-31"), ("26-03-25", 2026, "2026-03-25"),
        ("26/3/9", 0, ""), ("19.3.5", 2026, ""), ("25/12/26", 2026, ""), ("26/3/26", 2026, "2026-03-26"), ("03/05/26", 2026, ""),
    ],
)  # fmt: skip
def test_years_of_two_digits(text: str, year: int, day: str) -> None:
    """25/12/26 in a sheet of 2026 may be the 25th of December 2026, or the 26th of the year before."""
    found = day_of(text, year)
    assert (found.isoformat() if found else "") == day


@pytest.mark.parametrize(
    ("text", "day", "note"),
    [
        ("2025.6.27 EMS", "2025.6.27", "EMS"), ("4月21日（补登）", "4月21日", "补登"), ("2026-03-05（挂号信）", "2026-03-05", "挂号信"),
        ("2026-03-05 退回", "2026-03-05 退回", ""), ("2026-03-05（改3月8日）", "2026-03-05（改3月8日）", ""), ("2026-03-05", "2026-03-05", ""),
        ("2026年3月5日前", "2026年3月5日前", ""),
    ],
)  # fmt: skip
def test_what_is_noted_behind_a_day(text: str, day: str, note: str) -> None:
    """A note that may say that the day is another one is left for a person."""
    assert without_note(text) == (day, note)


def test_a_csv_is_numbered_as_a_table_program_does(desk: Desk, tmp_path: Path) -> None:
    """A cell with breaks in it is one line there."""
    lines = [",".join(HEAD), *(",".join(row(n)) for n in (1, 2))]
    lines[1] = lines[1].replace("预算1", '"预算\n和\n决算"')
    lines[2] = lines[2].replace("2026-03-05", "2026-13-05")
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [cell.line for cell in desk.ledgers.take(path, dry_run=True).bad] == [3]


@pytest.mark.parametrize("heads", [("收到年", "收到月", "收到日"), ("年", "月", "日"), ("收到日期", "", "")])
def test_a_day_in_three_columns(desk: Desk, tmp_path: Path, heads: tuple[str, ...]) -> None:
    rest = ["收到方式", "申请人", "申请人类别", "申请内容"]
    above = [*heads, *rest]
    below = [["年", "月", "日", "", "", "", ""]] if heads[0] == "收到日期" else []
    cells: list[list[Any]] = [
        [2026, 3, 5, "当面", "张三", "自然人", "预算"],
        ["2026年", "13月", "1日", "当面", "李四", "自然人", "预算"],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": [above, *below, *cells]})
    done = desk.ledgers.take(path, dry_run=True)
    assert len(done.good_lines) == 1
    assert [(cell.column, cell.value) for cell in done.bad] == [("收到日期", "2026年13月1日")]


REFUSALS = (
    "不同意公开 不能公开 不宜公开 非公开 没有公开 免予公开 拒绝公开 暂缓公开 延期公开 拟公开 待公开 "
    "由其他机关公开 非主动公开 缴费 未撤回 非信访 公开、不存在"
)


@pytest.mark.parametrize("word", REFUSALS.split())
def test_what_denies_or_only_means_to_is_proposed_as_nothing(word: str) -> None:
    assert likely_word("答复类型", word) == ""


@pytest.mark.parametrize(
    ("column", "word", "possible"),
    [
        ("收到方式", "来信来访", ("挂号邮寄", "平信", "当面")), ("收到方式", "网络/邮寄", ("网络", "挂号邮寄", "平信")),
        ("申请人类别", "企业员工", ("自然人", "商业企业")),
        ("答复类型", "公开、不存在", ("予以公开", "信息不存在")), ("收到方式", "邮寄（EMS）", ()), ("送达方式", "邮寄退回", ()),
        ("收到方式", "信访局转来", ()), ("申请人类别", "村民小组", ()),
    ],
)  # fmt: skip
def test_words_that_may_mean_several_things(column: str, word: str, possible: tuple[str, ...]) -> None:
    assert may_be(column, word) == possible


def test_a_word_that_may_mean_several_things_is_asked_in_every_table(desk: Desk, tmp_path: Path) -> None:
    """What was right for one table is said, and not filled in; a column that is called as ours needs no memory."""
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "答复类型", "答复日期"], [*row(1), "不予公开", "2026-03-20"]]})
    desk.ledgers.remember(WordMap({"申请人": "联系电话", "老名": "备注"}, {"答复类型": {"不予公开": "属于国家秘密"}}))
    known = desk.ledgers.remembered()
    form = Matching(desk.ledgers.look(path), known)
    values = form.blank(known)
    fields = {field.label: field for field in form.fields}
    assert values[fields["不予公开"].key] == ""
    assert "上次定的是【属于国家秘密】" in fields["不予公开"].help
    assert values[fields["申请人"].key] == "申请人"


def test_a_name_below_a_group_is_not_called_as_the_group(desk: Desk, tmp_path: Path) -> None:
    """村组 below 申请人 is not the applicant, and takes no place from the name."""
    lines = [["收到日期", "申请人", "", "", "收到方式", "申请内容"], ["", "姓名", "申请人类别", "村组", "", ""]]
    lines += [["2026-03-05", "王福贵", "自然人", "桥头村", "当面", "预算"]]
    path = book(tmp_path / "a.xlsx", {"台账": lines}, lambda made: made["台账"].merge_cells("B1:D1"))
    done = desk.ledgers.take(path)
    assert desk.lookup.case_by_no("LH-2026-0001").applicant == "王福贵"
    assert "不认识的列没有导入：村组。" in done.warnings


def test_columns_that_are_not_wanted_and_move_a_last_day_are_said(desk: Desk, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", {"台账": [[*HEAD, "一次性告知补正时间", "档案盒"], [*row(1), "2026-03-09", "3"]]}
    )
    options = LedgerOptions(mapping=WordMap({"一次性告知补正时间": "", "档案盒": ""}))
    said = told(desk.ledgers.take(path, dry_run=True, options=options))
    assert "定了不导入的列，里面写着的没有收：一次性告知补正时间、档案盒。" in said
    assert "【一次性告知补正时间】没有收，里面的事会改变期限" in said


def test_words_of_one_column_beside_each_other_with_ticks_below(desk: Desk, tmp_path: Path) -> None:
    head = ["收到日期", "公民", "法人", "申请人", "收到方式", "申请内容"]
    ticks = [["2026-03-05", "√", "", "张三", "当面", "预算"], ["2026-03-06", "", "√", "某公司", "当面", "预算"]]
    counts = [["2026-03-05", "3", "1", "张三", "当面", "预算"]]
    path = book(tmp_path / "a.xlsx", {"台账": [head, *ticks]})
    words = WordMap(words={"申请人类别": {"公民": "自然人", "法人": "商业企业"}})
    assert len(desk.ledgers.take(path, dry_run=True, options=LedgerOptions(mapping=words)).good_lines) == 2
    with pytest.raises(DeskError, match="缺少列：申请人类别"):
        desk.ledgers.take(book(tmp_path / "b.xlsx", {"台账": [head, *counts]}), dry_run=True)


@pytest.mark.parametrize(
    ("heads", "cells", "day"),
    [
        (("年度", "月", "日"), ("2025", "11", "5"), "2025-11-05"), (("年度", "月.日"), ("2025", "3.15"), "2025-03-15"),
        (("年", "月", "日"), ("", "12", "25"), ""), (("年度", "月.日"), ("2025", "3.1"), ""),
    ],
)  # fmt: skip
def test_the_year_that_has_a_column_comes_from_nowhere_else(
    desk: Desk, tmp_path: Path, heads: tuple[str, ...], cells: tuple[str, ...], day: str
) -> None:
    """The name of the file has another; where the year's cell is empty, or the day may have lost its nought, it is asked."""
    rest, record = ["收到方式", "申请人", "申请人类别", "申请内容"], ["当面", "张三", "自然人", "预算"]
    path = book(tmp_path / "2026年台账.xlsx", {"台账": [[*heads, *rest], [*cells, *record]]})
    done = desk.ledgers.take(path)
    assert (done.taken == 1) is bool(day)
    if day:
        assert desk.lookup.case_by_no("LH-2025-0001").received.on.isoformat() == day


def test_what_is_read_of_a_day_is_said(desk: Desk, tmp_path: Path) -> None:
    head = ["登记号", *HEAD]
    lines = [
        ["", *row(1, 收到日期="45720")],
        ["LH-2022-0001", *row(2, 收到日期="22.1.10")],
        ["", *row(3, 收到日期="8日")],
    ]
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [head, *lines]}), dry_run=True)
    said = told(done)
    assert "第2行的日期是数字，照表格软件数日子的办法当作日期（45720当作2025-03-04），请核对。" in said
    assert "第3行的年份只写了两位，照同一行的登记号（2022年）补成四位，请核对。" in said
    assert "【收到日期】是【8日】：应当是日期，写成 2026-11-21；没有写年和月，请写全。" in said


def test_a_note_behind_the_day_that_has_the_year_hides_it_from_nobody(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "答复日期"]
    line = [*row(1, 收到日期="2025.6.4 挂号"), "予以公开", "6月30日"]
    desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [head, line]}))
    assert desk.lookup.case_by_no("LH-2025-0001").closed_on == date(2025, 6, 30)


def test_a_long_run_of_blanks_holds_up_nothing() -> None:
    assert without_note("2026-3-5" + " " * 30_000 + "x")[1] == ""


def test_an_update_puts_nothing_into_remarks_and_brings_nothing_new_twice(desk: Desk, tmp_path: Path) -> None:
    head = ["登记号", *HEAD, "答复类型", "答复日期", "送达方式"]
    line = ["LH-2026-0001", *row(1), "予以公开", "2026-03-20", "邮寄"]
    path = book(tmp_path / "a.xlsx", {"台账": [head, line]})
    assert desk.ledgers.take(path).taken == 1
    again = desk.ledgers.take(path, known=KnownLines("update"))
    assert (again.bad, again.updated) == ((), 0)
    served = book(tmp_path / "b.xlsx", {"台账": [[*head, "送达日期"], [*line, "2026-03-22"]]})
    desk.ledgers.take(served, known=KnownLines("update"))
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert case.served
    assert case.served.on == date(2026, 3, 22)
    without = book(tmp_path / "c.xlsx", {"台账": [["登记号", *HEAD, "答复类型"], line[:7]]})
    options = LedgerOptions(mapping=WordMap(whole={"答复日期": INTO_REMARK}))
    third = desk.ledgers.take(without, known=KnownLines("update"), options=options)
    assert (third.bad, third.updated) == ((), 0)


def test_a_line_goes_back_as_it_was_written(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "答复日期", "送达方式", "凭证号"]
    path = book(tmp_path / "a.xlsx", {"台账": [head, [*row(1), "予以公开", "2026-13-20", "邮寄", "XA123456789CN"]]})
    desk.ledgers.take(path, rejects=tmp_path / "back.xlsx")
    named, back = openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(named, back, strict=True))
    assert (cells["送达方式"], cells["凭证号"], cells["备注"]) == ("邮寄", "XA123456789CN", None)


def test_what_stands_in_columns_that_are_not_taken_goes_back_too(desk: Desk, tmp_path: Path) -> None:
    """Also of a line below a heading that nobody could read."""
    again = ["收到日期", "收到方式", "申请人", "类别", "事项", ""]
    lines = [
        [*HEAD, "不予公开理由"],
        [*row(1, 收到日期="昨天"), "商业秘密"],
        again,
        ["2026-03-05", "当面", "李四", "甲", "决算", ""],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": lines})
    desk.ledgers.take(path, rejects=tmp_path / "back.xlsx")
    named, *back = openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(named, back[0], strict=True))
    assert (cells["不予公开理由"], cells["原来的行"]) == ("商业秘密", "第2行")
    assert "李四" in back[1]


def test_an_unreadable_number_of_our_own_is_told_though_it_goes_into_the_remark(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "文号"]
    path = book(
        tmp_path / "a.xlsx",
        {"台账": [head, [*row(1), "予以公开", "柳政依复〔2026〕号"], [*row(2), "予以公开", "3号"]]},
    )
    options = LedgerOptions(mapping=WordMap(whole={"答复日期": INTO_REMARK}))
    assert "读不出年份和序号" in told(desk.ledgers.take(path, dry_run=True, options=options))
    desk.ledgers.take(path, rejects=tmp_path / "b.xlsx", options=options)
    assert desk._journal.numbers.next_letter_no("柳政依复", 2026) == "柳政依复〔2026〕4号"
