"""Reports as offices published them: blanks are blanks, cells are named as people do, the figures of the text are compared."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.law.errors import LawError
from deskapp.law.report_checks import Check
from deskapp.law.report_published import cell_number, check_published, read_published
from deskapp.law.report_text import quotations
from tests.conftest import DATA


def published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"annual_report_{name}.json").read_text(encoding="utf-8"))
    return found


def wrong(raw: dict[str, Any], year: int) -> dict[str, str]:
    return {check.key: check.detail for check in checks(raw, year) if not check.ok}


def checks(raw: dict[str, Any], year: int) -> list[Check]:
    return check_published(read_published(raw, year))


def shanghai(**more: Any) -> dict[str, Any]:
    """As it was published: of the lines of outcomes 总计 is blank, and so is every zero."""
    raw = published("shanghai_2019")
    for row in raw["table3"]:
        row["values"] = [value or None for value in row["values"]]
        if row["key"] not in ("new", "carried_in", "total", "carried_out"):
            row["values"][-1] = None
    return {**raw, **more}


def test_blank_sums_are_said_once_and_the_rest_is_checked_with_the_six_columns() -> None:
    found = read_published(shanghai(), 2019)
    assert wrong(shanghai(), 2019) == {}
    assert [note.split("：")[0] for note in found.notes] == ["表三有107格是空的，按0核对。", "表三的【总计】列没有填"]
    assert "等11行，按六类之和核对" in found.notes[1]
    text = "不予公开35件，无法提供265件，不予处理158件，予以公开及部分公开258件，占33.9%。受理859件申请；答复805件。"
    told = wrong(shanghai(text=text), 2019)["f"]
    assert told == (
        "文字里找到6个数："
        "【予以公开及部分公开258件，占33.9%】：文字258，表格予以公开＋部分公开275，差17；"
        "【予以公开及部分公开258件，占33.9%】：占比写33.9%，算出来是办结总计的32.0%、收办（新收加结转）的29.4%、本年新收的30.0%；"
        "【无法提供265件】：文字265，表格无法提供337，差72"
    )


SUQIAN = (
    "2023年，全市共收到政府信息公开申请3511件，上年结转96件，收办3607件，其中自然人3493件，法人或其他组织114件。予以公开1191件、"
    "部分公开328件、不予公开142件，无法提供1078件，不予处理406件，其他处理（含申请人主动撤回申请）341件，结转下年度继续办理121件。"
    "发生行政复议440件，行政诉讼113件。"
)


def test_the_figures_of_a_published_text_fit_its_tables() -> None:
    told = next(
        check
        for check in checks({**published("suqian_2023"), "text": SUQIAN}, 2023)
        if check.key == "f" and "文字里" in check.detail
    )
    assert (told.ok, told.detail) == (True, "文字里找到13个数，没有找到办结总计：相符")


@pytest.mark.parametrize(
    ("right", "said", "told"),
    [
        ("申请3511件", "申请3512件", "文字3512，表格本年新收3511、收办（新收加结转）3607，差1"),
        ("结转96件", "结转97件", "文字97，表格上年结转96，差1"),
        ("行政复议440件", "行政复议134件", "文字134，表格行政复议440，差306"),
        ("行政诉讼113件", "行政诉讼57件", "文字57，表格行政诉讼113、行政诉讼（未经复议直接起诉）24、行政诉讼（复议后起诉）89，差32"),
        (("341件", "３４１件", "")),
        ("不予公开142件", "不予公开１４３件", "文字143，表格不予公开142，差1"),
        ("继续办理121件", "继续办理120件", "文字120，表格结转下年度121，差1"),
        ("无法提供1078件", "无法提供1078件，占30.9%", ""),
        ("无法提供1078件", "无法提供1078件，占31.2%", "占比写31.2%，算出来是办结总计的30.9%、收办（新收加结转）的29.9%、本年新收的30.7%"),
    ],
)  # fmt: skip
def test_a_figure_of_the_text_that_does_not_fit_is_named(right: str, said: str, told: str) -> None:
    assert right in SUQIAN
    raw = {**published("suqian_2023"), "quoted": {}, "text": SUQIAN.replace(right, said)}
    found = wrong(raw, 2023)
    assert (told in found.get("f", "")) if told else "f" not in found


def test_growth_is_compared_with_the_year_before_where_that_is_there() -> None:
    raw = published("suqian_2023")
    last = [{**row, "values": list(row["values"])} for row in raw["table3"]]
    next(row for row in last if row["key"] == "new")["values"][-1] = 3086
    text = "本年新收申请3511件，同比增长{}%。"
    assert "f" not in wrong({**raw, "last_year": last, "text": text.format("13.77")}, 2023)
    told = wrong({**raw, "last_year": last, "text": text.format("12.5")}, 2023)["f"]
    assert "上年3086，算出来是增长13.77%" in told
    assert "f" not in wrong({**raw, "text": text.format("12.5")}, 2023), "nothing to compare it with"


@pytest.mark.parametrize(
    "text",
    [
        "被申请行政复议的案件中维持309件",
        "不予以公开5件",
        "其中完整公开115件",
        "2023年全年",
        "行政复议机关共5家",
        "自然人占比97%",
    ],
)
def test_what_is_no_figure_of_the_tables_is_not_taken_for_one(text: str) -> None:
    assert not list(quotations(text))


@pytest.mark.parametrize(
    ("cell", "number"),
    [(None, None), ("", None), ("—", None), (" / ", None), ("无", None), ("3,119", 3119), ("３１１９", 3119), ("12.0", 12), (0, 0), ("1 234", 1234)],
)  # fmt: skip
def test_numbers_as_reports_write_them(cell: Any, number: int | None) -> None:
    assert cell_number(cell) == number


@pytest.mark.parametrize("cell", ["约5", "1.5", -1, True, "12345678901", [], "1,23", "1,2345"])
def test_what_is_no_number_is_named_by_row_and_column(cell: Any) -> None:
    raw = published("suqian_2023")
    raw["table3"][2]["values"][1] = cell
    with pytest.raises(LawError, match=r"表三【三（一）予以公开】的【商业企业】是【.*】，不是数"):
        read_published(raw, 2023)
    raw = published("suqian_2023")
    raw["table4"]["review"]["corrected"] = cell
    with pytest.raises(LawError, match=r"表四【行政复议】的【结果纠正】是【.*】，不是数"):
        read_published(raw, 2023)


def test_blank_cells_of_table_four_count_as_nothing_and_are_said() -> None:
    raw = published("suqian_2023")
    del raw["table4"]["suit_direct"]["corrected"]
    raw["table4"]["suit_after_review"] = {"upheld": 13, "other": "67", "pending": 9}
    found = read_published(raw, 2023)
    assert found.table4["suit_after_review"] == {"upheld": 13, "corrected": 0, "other": 67, "pending": 9, "total": 89}
    assert "表四有2格是空的，按0核对。" in found.notes
    assert wrong(raw, 2023)["d"] == "行政诉讼（未经复议直接起诉）：四种结果之和 23，总计 24，差 1"


@pytest.mark.parametrize("table4", [[], "x", {"review": 5}, {"court": {}}, {"review": {"won": 1}}])
def test_a_table_four_of_another_shape_is_refused_in_words(table4: Any) -> None:
    raw = {**published("suqian_2023"), "table4": table4}
    if not table4:
        assert read_published(raw, 2023).table4 == {}
        return
    with pytest.raises(LawError, match=r"table4|表四"):
        read_published(raw, 2023)


def test_the_form_of_2019_in_a_later_year_is_said() -> None:
    raw = published("shanghai_2019")
    told = wrong(raw, 2023)
    assert told["i"].endswith("是2019年格式，2021年度起要用新格式")
    assert set(told) == {"i"}
