"""A heading that comes again below: in the same places, in another order, with fewer columns, or so that nobody can be sure of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.calendar_in import CALENDAR, read_arrangement
from deskapp.exchange.ledger_columns import LEDGER
from deskapp.exchange.table import OpenTable
from tests.conftest import DAY
from tests.exchange.test_tables import whole

HEAD = "收到日期,收到方式,申请人,申请人类别,申请内容,联系电话,证件号码"
FIRST = "2026-3-5,当面,赵一,自然人,征地批文,13900000001,11010519491231002X"
OTHER_ORDER = "收到日期,收到方式,申请内容,申请人类别,申请人,证件号码,联系电话"
SECOND = "2026-3-6,当面,规划许可证,自然人,钱二,330102199001011232,13900000002"


def text(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_another_order_governs_from_there_on(tmp_path: Path) -> None:
    table = OpenTable(text(tmp_path, HEAD, FIRST, OTHER_ORDER, SECOND, HEAD, FIRST), LEDGER)
    got = [
        (x.cells["申请人"], x.cells["申请内容"], x.cells["联系电话"], x.cells["证件号码"]) for x in table.records()
    ]
    first = ("赵一", "征地批文", "13900000001", "11010519491231002X")
    assert got == [first, ("钱二", "规划许可证", "13900000002", "330102199001011232"), first]
    assert [x.line for x in table.left_out] == [3, 5]
    assert (
        "第3行、第5行又是一行列名，列的次序或者多少和上面的列名不一样，从这一行起照它读，请核对。" in table.warnings
    )


def test_two_days_that_change_places(tmp_path: Path) -> None:
    one = "收到日期,收到方式,申请人,申请人类别,申请内容,答复日期,答复类型"
    other = "答复日期,收到方式,申请人,申请人类别,申请内容,收到日期,答复类型"
    lines = ("2026-3-5,当面,赵一,自然人,甲,2026-3-20,予以公开", "2026-4-2,当面,钱二,自然人,乙,2026-4-1,予以公开")
    table = OpenTable(text(tmp_path, one, lines[0], other, lines[1]), LEDGER)
    assert [x.cells["收到日期"] for x in table.records()] == ["2026-3-5", "2026-4-1"]


def test_a_heading_that_lacks_a_column(tmp_path: Path) -> None:
    one, other = (
        "收到日期,收到方式,申请人,申请人类别,申请内容,备注,通信地址",
        "收到日期,收到方式,申请人,申请人类别,申请内容,通信地址,",
    )
    lines = ("2026-3-5,当面,赵一,自然人,甲,旧,柳河镇1号", "2026-3-6,当面,钱二,自然人,乙,柳河镇2号,")
    table = OpenTable(text(tmp_path, one, lines[0], other, lines[1]), LEDGER)
    assert [(x.cells["备注"], x.cells["通信地址"]) for x in table.records()] == [
        ("旧", "柳河镇1号"),
        ("", "柳河镇2号"),
    ]


@pytest.mark.parametrize(
    "again",
    [
        HEAD,
        HEAD.replace("申请人类别", " 申请人类别*"),
        HEAD.replace("联系电话", "电话号码"),
        "收到日期,收到方式,申请人,,,,",
    ],
)
def test_the_same_in_its_places_is_only_left_out(tmp_path: Path, again: str) -> None:
    table = OpenTable(text(tmp_path, HEAD, FIRST, again, FIRST), LEDGER)
    assert [x.cells["申请人"] for x in table.records()] == ["赵一", "赵一"]
    assert [(x.line, x.why) for x in table.left_out] == [(3, "重复的列名")]
    assert not any("又是一行列名" in said for said in table.warnings)


@pytest.mark.parametrize(
    "other",
    ["申请内容,申请人,收到日期,申请人类别,收到方式,登记号", "申请人,联系电话,证件号码,收到日期,备注"],
    ids=["a column more", "a column that must be there is missing"],
)
def test_lines_below_one_that_is_not_sure_are_bad(desk: Desk, tmp_path: Path, other: str) -> None:
    done = desk.ledgers.take(text(tmp_path, HEAD, FIRST, other, "a,b,c,d,e", "f,g,h,i,j"), dry_run=True)
    assert (len(done.good_lines), done.bad_lines, len(done.bad), whole(done)) == (1, 2, 2, True)
    assert len({(cell.column, cell.value, cell.right) for cell in done.bad}) == 1
    assert "在第3行的另一行列名下面" in done.bad[0].right


def test_a_calendar_whose_two_columns_change_places(tmp_path: Path) -> None:
    table = OpenTable(text(tmp_path, "日期,安排", "2027-1-1,放假", "安排,日期", "放假,2027-1-2"), CALENDAR)
    assert [x.cells["日期"] for x in table.records()] == ["2027-1-1", "2027-1-2"]
    path = text(tmp_path, "日期,安排", "2027-1-1,放假", "日期,安排,节日", "2027-1-2,放假,元旦")
    with pytest.raises(DeskError, match=r"第4行.*在第3行的另一行列名下面"):
        read_arrangement(path, DAY)


def test_a_second_heading_with_more_columns_does_not_take_the_first_table_for_titles(tmp_path: Path) -> None:
    wider = "登记号,收到日期,收到方式,申请人,申请人类别,申请内容,联系电话,证件号码"
    table = OpenTable(text(tmp_path, HEAD, FIRST, FIRST, wider, f"LH-2026-0001,{FIRST}"), LEDGER)
    assert [x.cells["申请人"] for x in table.records()] == ["赵一", "赵一", ""]
    assert [(x.line, x.why) for x in table.left_out] == [(4, "重复的列名")]
