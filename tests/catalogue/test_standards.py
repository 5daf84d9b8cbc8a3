"""The standard catalogue as offices have it: two lines of headings, merged cells, boxes, ticks, a sheet for each field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from deskapp.catalogue.standards import Due, area_of, due_in, ticked
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.table_apart import TableChoice
from tests.catalogue.test_catalogue import table

LOW = "社会救助领域基层政务公开标准目录"
ROWS = [
    ("1", "综合业务", "政策法规文件", "1.法律、法规、规章\n2.政策文件", "《政府信息公开条例》", "制定或获取文件之日起10个工作日内", "柳河镇人民政府",
     "■政府网站 □政府公报\n■公开查阅点", "√", "", "√", "", "", "√"),
    ("2", "", "监督检查", "监督电话、举报方式", "《条例》", "每季度", "柳河镇人民政府", "■政府网站", "√", "", "√", "", "√", "√"),
    ("3", "最低生活保障", "低保对象名单", "低保对象名单及相关信息", "《社会救助暂行办法》", "长期公开", "民政办", "■村公示栏", "", "√", "√", "", "", "√"),
]  # fmt: skip


def standard(folder: Path, *sheets: str) -> Path:
    """A workbook as counties hand them out: a title over everything, headings in two lines, 一级事项 merged over two rows."""
    book = Workbook()
    del book["Sheet"]
    for name in sheets or (LOW,):
        page = book.create_sheet(name[:31])
        page.append([name])
        page.merge_cells("A1:N1")
        page.append(
            [
                "序号",
                "公开事项",
                None,
                "公开内容（要素）",
                "公开依据",
                "公开时限",
                "公开主体",
                "公开渠道和载体",
                "公开对象",
                None,
                "公开方式",
                None,
                "公开层级",
                None,
            ]
        )
        page.append(
            [
                None,
                "一级事项",
                "二级事项",
                None,
                None,
                None,
                None,
                None,
                "全社会",
                "特定群体",
                "主动",
                "依申请公开",
                "县级",
                "乡级",
            ]
        )
        for cells in ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2"):
            page.merge_cells(cells)
        for row in ROWS:
            page.append([cell or None for cell in row])
        page.merge_cells("B4:B5")
    path = folder / "标准目录.xlsx"
    book.save(path)
    return path


def test_a_standard_catalogue_as_counties_hand_it_out(desk: Desk, tmp_path: Path) -> None:
    done = desk.duties.take(standard(tmp_path))
    assert (done.new, done.bad, done.kept) == (3, (), True), done.said
    assert done.rows == done.new + done.changed + done.same + done.left_out
    first, second, third = (duty.item for duty in desk.duties.all())
    assert (first.area, first.first, first.second) == ("社会救助", "综合业务", "政策法规文件")
    assert (second.first, second.second) == ("综合业务", "监督检查"), "a merged cell is filled"
    assert first.channels == "政府网站、公开查阅点"
    assert (first.audience, first.way, first.tiers) == ("全社会", "主动公开", "乡级")
    assert (third.audience, second.tiers) == ("特定群体", "县级、乡级")
    again = desk.duties.take(standard(tmp_path))
    assert (again.new, again.changed, again.same) == (0, 0, 3)


def test_a_sheet_for_each_field_is_taken_by_choice(desk: Desk, tmp_path: Path) -> None:
    path = standard(tmp_path, LOW, "2.养老服务", "（三）公共法律服务领域")
    with pytest.raises(DeskError, match="有3张表都像"):
        desk.duties.take(path)
    done = desk.duties.take(path, TableChoice(every=True))
    assert done.new == 9
    assert {duty.item.area for duty in desk.duties.all()} == {"社会救助", "养老服务", "公共法律服务"}


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("信息形成或变更之日起20个工作日内", Due(20)), ("自收到申请之日起7日内", Due(7, working=False)), ("十个工作日内公开", Due(10)),
        ("每年3月底前公开", Due(every="year")), ("每季度首月10个工作日内", Due(10, every="quarter")), ("按月公开", Due(every="month")),
        ("实时公开", Due()), ("长期公开", Due()), ("", Due()),
    ],
)  # fmt: skip
def test_when_an_item_is_due_by_its_words(words: str, due: Due) -> None:
    assert due_in(words) == due


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("■政府网站 □政府公报\n■两微一端", "政府网站、两微一端"),
        ("☑网站☐公告栏", "网站"),
        ("政府网站、公告栏", "政府网站、公告栏"),
        ("□网站", ""),
    ],
)
def test_boxes_are_read_as_what_is_ticked(cell: str, words: str) -> None:
    assert ticked(cell) == words


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("社会救助领域基层政务公开标准目录", "社会救助"), ("2.养老服务", "养老服务"), ("（三）公共法律服务领域", "公共法律服务"),
        ("青山县就业领域基层政务公开标准目录", "就业"), ("Sheet1", ""), ("基层政务公开标准目录", ""),
    ],
)  # fmt: skip
def test_the_field_is_told_by_the_name_of_its_sheet(name: str, area: str) -> None:
    assert area_of(name) == area


def test_what_is_missing_what_is_due_again_and_who_owes_it(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(
        table(
            tmp_path,
            {"名称": "社会救助监督检查情况", "公开日期": "2026-03-01"},
            {"名称": "2026年10月低保对象名单公示", "公开日期": "2026-11-02"},
        )
    )
    desk.duties.take(standard(tmp_path))
    states = {duty.item.name: duty.state for duty in desk.duties.all()}
    assert states == {"政策法规文件": "missing", "监督检查": "due", "低保对象名单": "published"}
    owed = desk.duties.owed()
    assert {who: [duty.item.name for duty in duties] for who, duties in owed.items()} == {
        "柳河镇人民政府": ["政策法规文件", "监督检查"]
    }
    due = next(duty for duty in desk.duties.all() if duty.state == "due")
    assert (due.due_on, due.said) == (date(2026, 7, 1), "每季要公开，最近一次是2026-03-01")
    sheet = desk.duties.sheet()
    assert sheet.title == "2026年11月应公开未公开事项"
    assert sheet.pdf.startswith(b"%PDF")


def test_a_person_says_what_fits_and_what_is_not_here(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(
        table(
            tmp_path, {"名称": "2026年10月低保对象名单公示", "公开日期": "2026-11-02"}, {"名称": "政务公开工作要点"}
        )
    )
    desk.duties.take(standard(tmp_path))
    names = {duty.item.name: duty.item.key for duty in desk.duties.all()}
    ((entry, how),) = desk.duties.entries(names["低保对象名单"])
    assert how == "found"
    desk.duties.fits(names["低保对象名单"], entry.key, False)
    points = next(e for e in desk.catalogue.everything() if e.name == "政务公开工作要点")
    desk.duties.fits(names["政策法规文件"], points.key, True)
    desk.duties.not_here(names["监督检查"], "由县民政局公开")
    desk.duties.match_again()
    states = {duty.item.name: duty.state for duty in desk.duties.all()}
    assert states == {"政策法规文件": "published", "监督检查": "not_here", "低保对象名单": "missing"}
    desk.duties.take(standard(tmp_path))
    assert desk.duties.all("not_here")[0].item.not_here == "由县民政局公开", (
        "the list of the county takes it not back"
    )
    desk.duties.not_here(names["监督检查"], "")
    assert desk.duties.all("not_here") == []


def test_what_was_published_too_late_is_named_with_its_last_day(desk: Desk, tmp_path: Path) -> None:
    desk.duties.take(standard(tmp_path))
    for made_on, published_on in (("2026-09-01", "2026-09-15"), ("2026-09-01", "2026-09-16")):
        desk.catalogue.take(
            table(
                tmp_path,
                {
                    "索引号": published_on,
                    "名称": "救助政策法规文件",
                    "成文日期": made_on,
                    "公开日期": published_on,
                    "公开事项": "政策法规文件",
                },
            )
        )
    desk.duties.match_again()
    (late,) = desk.duties.all("late")
    assert [(entry.published_on, last) for entry, last in late.late] == [("2026-09-16", date(2026, 9, 15))]


def test_a_bad_line_is_named_and_the_good_part_taken_by_choice(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "目录.csv"
    path.write_text(
        "一级事项,二级事项,公开主体,公开时限\n,孤行,镇政府,每年\n救助,名单,镇政府,每年\n", encoding="utf-8"
    )
    done = desk.duties.take(path)
    assert ([cell.column for cell in done.bad], done.kept, desk.duties.count) == (["一级事项"], False, 0)
    assert desk.duties.take(path, good_part=True).new == 1


def test_nothing_owed_prints_nothing(desk: Desk) -> None:
    with pytest.raises(DeskError, match="没有缺的"):
        desk.duties.sheet()
