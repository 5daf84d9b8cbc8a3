"""How offices call their columns: what is known by its name, what the cells decide, what is only proposed; and choices that are ticked."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.boxes import has_boxes, ticked
from deskapp.exchange.columns import folded
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS, LEDGER, allowed_words
from deskapp.exchange.likely import likely_word
from deskapp.exchange.mapping import WORDS, WordMap, cell_shapes, open_names, spelled_out, usual
from deskapp.forms.ledger import Matching
from tests.exchange.test_tables import HEAD, book, row, whole

CALLED = {
    "收到日期": "来件时间 收件日期 受理时间 登记日期 提交申请时间 申请受理日期 接件日期 递交时间 收文日期 申请收到时间",
    "收到方式": "受理渠道 提出方式 来件形式 申请渠道 收件途径 提交申请的方式 申请来源 申请提交方式 登记方式",
    "申请人": "姓名或单位名称 姓名/名称 申请人姓名或名称 申请者姓名 申请人（单位） 申请人/申请单位 姓名、单位名称 申请方 申请人名称",
    "申请人类别": "申请人类型 申请人身份 申请主体类别 申请人分类 申请人属性",
    "证件号码": "身份证号码 有效证件号码 身份证号/统一社会信用代码 证件编号 居民身份证号",
    "联系电话": "手机号码 申请人电话 联系人手机 电话号码", "通信地址": "联系地址 邮寄地址 家庭住址 通讯地址",
    "申请内容": "申请信息名称 申请内容摘要 申请公开事项 申请公开的政府信息内容 所需信息 所需政府信息内容描述 申请事项 信息名称 申请公开信息名称",
    "获取方式": "信息获取方式 获取信息的方式 领取方式 提供信息形式",
    "答复类型": "答复结果 办理结果 回复情况 处理结果 答复结论",
    "答复日期": "回复时间 办结日期 实际答复日期 作出答复时间 答复书日期", "文号": "答复书编号 答复文号 告知书文号 发文字号",
    "送达方式": "寄送方式 文书送达方式", "送达日期": "寄出时间 邮寄日期 发出日期", "凭证号": "EMS单号 挂号号码 快递单号 邮件编号",
    "电子邮箱": "E-MAIL 邮箱", "邮政编码": "邮编",
}  # fmt: skip


@pytest.mark.parametrize(("column", "names"), CALLED.items())
def test_the_names_of_offices_are_known(column: str, names: str) -> None:
    found = {name: LEDGER.meaning(name, {})[0] for name in names.split()}
    assert found == dict.fromkeys(found, column)


def test_a_name_stands_for_one_column_or_is_left_to_the_cells() -> None:
    written = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    counted = Counter(
        name
        for names in written["columns"].values()
        for name in {folded(x).casefold() for one in names for x in spelled_out(one)}
    )
    assert [name for name, n in counted.items() if n > 1] == []
    assert {folded(name) for name in usual().columns}.isdisjoint({folded(name) for name in open_names()})
    assert {column for names in open_names().values() for column in names} <= set(COLUMNS)
    assert set(written["columns"]) | set(cell_shapes()) <= set(COLUMNS)


def test_a_word_means_one_thing_in_a_column_and_that_is_a_word_of_ours() -> None:
    written = tomllib.loads(WORDS.read_text(encoding="utf-8"))["words"]
    for column, of in written.items():
        words = Counter(word for others in of.values() for word in others)
        assert [word for word, n in words.items() if n > 1] == [], column
        assert set(of) <= {*allowed_words().get(column, ()), "（不填）"}, column


TELLING = [
    ("答复方式", ["予以公开", "不予公开（个人隐私）", "信息不存在"], "答复类型"), ("答复方式", ["邮寄", "当面送达", "网上"], "送达方式"),
    ("答复方式", ["纸质", "电子文档", "纸质"], "获取方式"),
    ("类别", ["公民", "公司", "自然人"], "申请人类别"), ("申请类型", ["网上申请", "EMS", "来访"], "收到方式"),
    ("联系方式", ["13905550123", "0571-8888000", "13905550124"], "联系电话"), ("联系方式", ["a@b.cn", "c@d.cn", ""], "电子邮箱"),
    ("登记编号", ["柳依申〔2025〕1号", "柳依申〔2025〕2号", ""], "登记号"), ("受理编号", ["LH-2025-0001", "LH-2025-0002", "LH-2025-0003"], "登记号"),
    ("办理进度", ["予以公开", "办理中", "办理中"], "答复类型"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "column"), TELLING)
def test_what_stands_below_decides(desk: Desk, tmp_path: Path, name: str, cells: list[str], column: str) -> None:
    lines = [[*(x for x in row(n) if x not in ("自然人", "当面")), cell] for n, cell in enumerate(cells)]
    path = book(tmp_path / "a.xlsx", {"台账": [["收到日期", "申请人", "申请内容", name], *lines]})
    whole_table = {"收到方式": "网络", "申请人类别": "自然人"}
    whole_table.pop(column, None)
    done = desk.ledgers.take(path, dry_run=True, options=LedgerOptions(mapping=WordMap(whole=whole_table)))
    assert f"【{name}】下面写的是【{cells[0]}】这样的内容，当作【{column}】收。" in done.warnings
    assert desk.ledgers.look(path).names[name] == column


@pytest.mark.parametrize("name", ["编号", "流水号", "受理编号"])
def test_what_counts_the_lines_is_no_registration_number(desk: Desk, tmp_path: Path, name: str) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEAD, name], *([*row(n), str(n)] for n in (1, 2, 3))]})
    assert desk.ledgers.look(path).names[name] == ""
    assert f"不认识的列没有导入：{name}。" in desk.ledgers.take(path, dry_run=True).warnings


@pytest.mark.parametrize(
    ("name", "cells", "columns"),
    [
        ("答复方式", ["书面", "已处理", "李科长"], "送达方式"), ("类别", ["甲", "乙", "其他"], "申请人类别"),
        ("处理日期", ["2026-03-09", "不详", "不详"], "答复日期"),
    ],
)  # fmt: skip
def test_what_the_cells_leave_open_is_said_and_proposed(
    desk: Desk, tmp_path: Path, name: str, cells: list[str], columns: str
) -> None:
    head = [x for x in HEAD if x != columns]
    lines = [[*(x for x in row(n) if x != "自然人" or columns != "申请人类别"), cell] for n, cell in enumerate(cells)]
    path = book(tmp_path / "a.xlsx", {"台账": [[*head, name], *lines]})
    assert desk.ledgers.look(path).names[name] == columns
    if columns in HEAD:
        with pytest.raises(DeskError, match=f"缺少列：{columns}.*【{name}】可能是"):
            desk.ledgers.take(path)
    else:
        done = desk.ledgers.take(path, dry_run=True)
        assert not done.bad
        assert any(said.startswith(f"【{name}】可能是") and "没有导入；请在核对" in said for said in done.warnings)


def test_a_columns_own_name_goes_before_another_and_that_is_said(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "受理日期", "申请事项"], [*row(1), "2026-03-09", "别的"]]})
    done = desk.ledgers.take(path)
    assert done.taken == 1
    assert "已经有更确定的【收到日期】，【受理日期】没有导入。" in done.warnings
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert (str(case.received.on), case.received.content) == ("2026-03-05", "预算1")
    both = [*HEAD, "办理进度", "答复方式", "答复日期"]
    lines = [[*row(3), "已办结", "予以公开", "2026-03-20"], [*row(4), "办理中", "", ""]]
    told = desk.ledgers.take(book(tmp_path / "c.xlsx", {"台账": [both, *lines]}), dry_run=True).warnings
    assert "【答复方式】下面写的是【予以公开】这样的内容，当作【答复类型】收。" in told
    assert "【办理进度】可能是【备注】，看下面的内容定不了，没有导入；请在核对列和词的时候定。" in told
    two = book(tmp_path / "b.xlsx", {"台账": [["申请日期", "受理日期", *HEAD[1:]], ["2026-03-05", *row(2)]]})
    with pytest.raises(DeskError, match="重复的列：收到日期（【申请日期】、【受理日期】）"):
        desk.ledgers.take(two)
    options = LedgerOptions(mapping=WordMap(columns={"受理日期": "收到日期"}))
    assert desk.ledgers.take(two, options=options).taken == 1, "what somebody said goes before everything"


def test_delivery_of_all_the_table_counts_only_where_there_was_one(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD, "答复类型", "答复日期", "送达日期"]
    lines = [
        [*row(1), "予以公开", "2026-03-20", "2026-03-21"],
        [*row(2), "予以公开", "2026-03-20", "/"],
        [*row(3), "", "", ""],
    ]
    path = book(tmp_path / "a.xlsx", {"台账": [head, *lines]})
    refused = desk.ledgers.take(path)
    assert [(cell.line, cell.column) for cell in refused.bad] == [(2, "送达方式")]
    matching = Matching(desk.ledgers.look(path))
    where = {field.label: field for field in matching.fields}
    assert "整张表的收到方式" not in where
    assert "整张表的重新送达方式" not in where
    assert "只用于有【送达日期】的行" in where["整张表的送达方式"].help
    values = {**matching.blank(WordMap()), where["整张表的送达方式"].key: "邮寄", "same": "refuse"}
    done = desk.ledgers.take(path, options=LedgerOptions(mapping=matching.mapping(values)))
    assert (done.taken, done.bad) == (3, ())
    served = [desk.lookup.case_by_no(f"LH-2026-000{n}").served for n in (1, 2, 3)]
    assert [x.way if x else None for x in served] == ["registered_mail", None, None]
    desk.ledgers.propose(path, tmp_path / "m.toml", LedgerOptions())
    assert '"送达方式" = ""  # 可以写：' in (tmp_path / "m.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "word", "ours"),
    [
        ("收到方式", "政务服务网", "网络"), ("收到方式", "窗 口 提 交", "当面"), ("收到方式", "ＥＭＳ", "挂号邮寄"),
    ("申请人类别", "律师事务所律师", "法律服务机构"),
        ("申请人类别", "法人", ""), ("答复类型", "征求意见中", "（不填）"), ("答复类型", "自愿撤回", "申请人撤回申请"), ("答复类型", "不予公开", ""),
        ("答复类型", "公开（部分）", "部分公开"), ("答复类型", "已于3月20日答复公开，当面领取", "予以公开"), ("答复类型", "公开、不存在", ""),
        ("答复类型", "不属于政府信息公开范围", "不属于政府信息"), ("答复类型", "不属于本行政机关公开", "不属于本机关负责公开"),
        ("答复类型", "我局未制作该信息", "信息不存在"), ("答复类型", "政府信息不存在告知书", "信息不存在"),
        ("答复类型", "经审查，属于重复申请", "重复申请"),         ("收到方式", "国家平台", "网络"), ("收到方式", "邮寄", ""),
        ("收到方式", "邮寄（EMS）", "挂号邮寄"), ("送达方式", "已用EMS寄出", "邮寄"),
        ("重新答复类型", "不掌握", ""), ("重新送达方式", "顺丰速运", "快递"),
    ],
)  # fmt: skip
def test_words_of_offices(column: str, word: str, ours: str) -> None:
    assert likely_word(column, word) == ours


# -- ticks -----------------------------------------------------------------------------------------------------


def merged(*spans: str) -> Any:
    def change(made: openpyxl.Workbook) -> None:
        for span in spans:
            made["台账"].merge_cells(span)

    return change


UPPER = ["收到日期", "收到方式", "", "", "申请人", "申请人类别", "", "申请内容", "答复情况", "", "", "答复", ""]
LOWER = ["", "当面", "网络", "信函", "", "自然人", "法人", "", "予以公开", "部分公开", "不予公开", "日期", "文号"]
SPANS = ("A1:A2", "B1:D1", "E1:E2", "F1:G1", "H1:H2", "I1:K1", "L1:M1")
TICKED = [
    ["2026-03-05", "√", "", "", "张三", "✓", "", "预算", "1", "", "", "2026-03-20", "柳政公开〔2026〕1号"],
    ["2026-03-06", "□", "☑", "□", "李四", "√", "", "决算", "", "■", "", "2026-03-21", ""],
    ["2026-03-07", "", "", "√", "王五", "√", "×", "名册", "", "", "", "", ""],
]


@pytest.mark.parametrize("merge", [True, False])
def test_columns_below_one_name_are_read_as_the_word_that_is_ticked(desk: Desk, tmp_path: Path, merge: bool) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [UPPER, LOWER, *TICKED]}, merged(*SPANS) if merge else None)
    found = desk.ledgers.look(path)
    assert (found.names["收到方式"], found.words["收到方式"]) == ("收到方式", {"信函": 1})
    options = LedgerOptions(mapping=WordMap(words={"收到方式": {"信函": "平信"}}))
    done = desk.ledgers.take(path, options=options)
    assert (done.bad, done.taken) == ((), 3)
    assert whole(done)
    assert "【收到方式】分成当面、网络、信函几列打勾，照打了勾的那一列收。" in done.warnings
    cases = [desk.lookup.case_by_no(f"LH-2026-000{n}") for n in (1, 2, 3)]
    assert [case.received.channel for case in cases] == ["in_person", "online", "ordinary_mail"]
    assert [case.category for case in cases] == ["granted", "partial", ""]


def test_ticks_that_cannot_be_taken_are_named(desk: Desk, tmp_path: Path) -> None:
    lines = [[*line] for line in TICKED]
    lines[0][2] = "√"  # two
    lines[1][2], lines[1][5] = "", ""  # none, twice
    lines[2][8], lines[2][11] = "见附件", "2026-03-22"
    path = book(tmp_path / "a.xlsx", {"台账": [UPPER, LOWER, *lines]}, merged(*SPANS))
    done = desk.ledgers.take(path)
    assert [(cell.line, cell.column, cell.right) for cell in done.bad] == [
        (3, "收到方式", "打了2个勾，只能有一个"), (4, "收到方式", "一个勾也没有打"), (4, "申请人类别", "一个勾也没有打"),
        (5, "答复类型", "【予以公开】下面只能打勾或者空着"), (5, "收到方式", done.bad[-1].right),
    ]  # fmt: skip
    assert done.bad[-1].value == "信函"


def test_choices_in_a_third_row(desk: Desk, tmp_path: Path) -> None:
    upper = ["收到日期", "收到方式", "申请人", "申请人类别", "", "", "申请内容"]
    middle = ["", "", "", "自然人", "法人或者其他组织", "", ""]
    lower = ["", "", "", "", "商业企业", "科研机构", ""]
    lines = [
        ["2026-03-05", "当面", "张三", "√", "", "", "预算"],
        ["2026-03-05", "当面", "某公司", "", "√", "", "预算"],
    ]
    path = book(
        tmp_path / "a.xlsx", {"台账": [["登记表"], upper, middle, lower, *lines]},
        merged("A2:A4", "B2:B4", "C2:C4", "D2:F2", "D3:D4", "E3:F3", "G2:G4"),
    )  # fmt: skip
    done = desk.ledgers.take(path)
    assert (done.bad, done.taken) == ((), 2)
    assert desk.lookup.case_by_no("LH-2026-0002").received.applicant_class == "enterprise"


BOXES = [
    ("☑自然人 □法人", "自然人", ""), ("□自然人 ☑商业企业", "商业企业", ""), ("√当面 □网络", "当面", ""), ("自然人☑　法人□", "自然人", ""),
    ("（√）自然人（ ）法人", "自然人", ""), ("[ ]当面 [√]网络", "网络", ""), ("√当面 网络 邮寄", "当面", ""), ("当面√", "当面", ""),
    ("■网络、□当面", "网络", ""), ("☑自然人 ☑法人", "自然人、法人", "打了2个勾，只能有一个"), ("□自然人 □法人", "", "一个勾也没有打"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "word", "why"), BOXES)
def test_the_box_that_is_ticked(cell: str, word: str, why: str) -> None:
    assert has_boxes(cell)
    assert ticked(cell, required=True) == (word, why)


@pytest.mark.parametrize("cell", ["自然人", "不予公开（个人隐私）", "二○二四年", "", "√", "EMS（挂号）"])
def test_cells_without_boxes(cell: str) -> None:
    assert not has_boxes(cell) or cell == "二○二四年"


def test_cells_with_boxes_are_read_and_said(desk: Desk, tmp_path: Path) -> None:
    lines = [
        row(1, 收到方式="√当面 □网络", 申请人类别="☑自然人 □法人"), row(2, 申请人类别="☑自然人 ☑法人"), row(3, 申请内容="■ 一、预算 □ 二、决算"),
    ]  # fmt: skip
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, *lines]})
    assert desk.ledgers.look(path).words == {"申请人类别": {"自然人、法人": 1}}
    done = desk.ledgers.take(path, rejects=tmp_path / "r.xlsx")
    assert [(cell.line, cell.value, cell.right) for cell in done.bad] == [
        (3, "自然人、法人", "打了2个勾，只能有一个")
    ]
    assert "有3格是打勾的方框，照打了勾的收。" in done.warnings
    assert desk.lookup.case_by_no("LH-2026-0002").received.content == "■ 一、预算 □ 二、决算"
