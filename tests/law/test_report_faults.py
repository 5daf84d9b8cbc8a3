"""What is wrong in a written report, place by place: where, what stands there, what it should be, by which rule."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskapp.law.report_checks import RULES, Report, build_report
from deskapp.law.report_published import check_published, check_register, read_published, year_of
from deskapp.law.report_text import year_said
from tests.conftest import DATA
from tests.law.test_annual_report import reproduced

SUQIAN = "annual_report_suqian_2023.json"


def published(**more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / SUQIAN).read_text(encoding="utf-8"))
    return {**found, **more}


def lines(raw: dict[str, Any], year: int = 2023) -> dict[str, list[str]]:
    """The faults of each check that does not hold, a line each."""
    return {c.key: [fault.line for fault in c.faults] for c in check_published(read_published(raw, year)) if not c.ok}


def with_cell(key: str, column: int, value: int) -> dict[str, Any]:
    raw = published()
    next(row for row in raw["table3"] if row["key"] == key)["values"][column] = value
    return raw


def test_a_wrong_sum_is_told_with_place_figure_and_the_one_it_should_be() -> None:
    right = next(row for row in published()["table3"] if row["key"] == "total")["values"]
    assert lines(with_cell("total", 0, right[0] + 2)) == {
        "a": [f"自然人列：（七）总计写{right[0] + 2}，应当是各种答复之和{right[0]}，差2"],
        "b": ["自然人列：（七）总计＋四写3495，应当是一＋二3493，差2"],
        "c": [f"【三（七）总计】：总计列写{right[-1]}，应当是六类之和{right[-1] + 2}，差2"],
    }


def test_a_wrong_sum_of_table_four_names_its_route() -> None:
    raw = published()
    raw["table4"]["review"]["total"] += 5
    found = lines(raw)
    assert found["d"] == ["行政复议：总计写445，应当是四种结果之和440，差5"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年新收政府信息公开申请3510件。", "【新收政府信息公开申请3510件】：文字写3510，应当是表格里的本年新收3511，差1"),
        ("行政诉讼57件。", "文字写57，应当是表格里的行政诉讼113或者行政诉讼（未经复议直接起诉）24或者行政诉讼（复议后起诉）89"),
        ("无法提供1078件，占31.2%。", "占比写31.2%，应当是办结总计的30.9%或者收办（新收加结转）的29.9%或者本年新收的30.7%"),
    ],
)  # fmt: skip
def test_a_wrong_figure_of_the_text_is_told_by_its_words(text: str, told: str) -> None:
    assert told in lines(published(quoted={}, text=text))["f"][0]


def test_a_wrong_growth_tells_the_year_before() -> None:
    last = [{**row, "values": [*row["values"][:-1], 3086]} for row in published()["table3"]]
    raw = published(quoted={}, text="新收申请3511件，同比下降12.5%。", last_year=last)
    assert lines(raw)["f"] == ["【新收申请3511件，同比下降12.5%】：下降写12.5%，应当是增长13.77%（上年3086）"]


def test_period_form_and_unknown_figures_have_their_lines() -> None:
    assert lines(published(period=["2023-01-01", "2022-12-31"]))["g"] == [
        "统计期限：写2023-01-01至2022-12-31，应当是2023-01-01至2023-12-31"
    ]
    old = json.loads((DATA / "annual_report_shanghai_2019.json").read_text(encoding="utf-8"))
    assert lines(old, 2023)["i"] == ["表三：写的是2019年格式的行，应当是2021年格式的行"]
    found = lines(published(quoted={"new": 1, "nonsense": 2}))["f"]
    assert found[0].startswith("【nonsense】：文件写2，应当是这些数里的一个：new、")
    assert found[1:] == ["【本年新收】：文字写1，应当是表格里的3511，差3510"]


def test_every_check_has_its_rule_and_its_detail_is_its_faults() -> None:
    report, _ = reproduced(SUQIAN)
    raw = published(period=["2023-01-01", "2022-12-31"], quoted={"new": 1})
    checks = [*check_published(read_published(with_cell("granted", 1, 99999), 2023)), *report.checks]
    checks += check_published(read_published(raw, 2023))
    for check in checks:
        assert check.rule == RULES[check.key]
        assert check.ok == (not check.faults)
        assert all(fault.said in check.detail for fault in check.faults)
    assert "faults" not in report.model_dump_json(), "a frozen year keeps what it always kept"


def test_the_published_tables_are_compared_with_a_register_cell_by_cell() -> None:
    made, raw = reproduced(SUQIAN)
    same = check_register(read_published(raw, 2023), made)
    assert same is not None
    assert (same.key, same.ok, same.faults) == ("j", True, ())
    row = next(row for row in made.table3 if row.key == "granted")
    four = {route: dict(block) for route, block in raw["table4"].items()}
    four["review"]["pending"] += 1
    differing = check_register(
        read_published({**with_cell("granted", 2, row.values[2] + 3), "table4": four}, 2023), made
    )
    assert differing is not None
    assert [fault.line for fault in differing.faults] == [
        f"表三【三（一）予以公开】的【科研机构】：公布的写{row.values[2] + 3}，登记簿里是{row.values[2]}，差3",
        f"表四【行政复议】的【尚未审结】：公布的写{four['review']['pending']}，登记簿里是{four['review']['pending'] - 1}，差1",
    ]


def test_a_register_without_that_year_and_tables_of_another_form_are_not_compared() -> None:
    empty: Report = build_report(2023, [], [])
    assert check_register(read_published(published(), 2023), empty) is None
    old = json.loads((DATA / "annual_report_shanghai_2019.json").read_text(encoding="utf-8"))
    made, _ = reproduced(SUQIAN)
    assert check_register(read_published(old, 2023), made) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("青山县2024年政府信息公开工作年度报告", 2024), ("2023年度某局政府信息公开年度报告", 2023), ("2022 年\n某镇 政府信息公开工作年度报告", 2022),
        ("根据国办公开办函〔2021〕30号编制2025年度政府信息公开工作年度报告", 2025),
        ("2024年政府信息公开工作年度报告。所列数据的统计期限为2023年1月1日至2023年12月31日", 2023),
        ("统计期限：自２０２３年1月1日起", 2023), ("青山县柳河镇人民政府2026年　三、收到和处理政府信息公开申请情况", 2026),
        ("2025年12月30日，星期二", None), ("", None), ("2024年我局公开信息12条，政府信息公开工作年度报告另发", None),
    ],
)  # fmt: skip
def test_the_year_that_a_text_says(text: str, year: int | None) -> None:
    assert year_said(text) == year


@pytest.mark.parametrize(
    ("raw", "year"),
    [({"year": 2023}, 2023), ({"year": True}, None), ({"text": 5}, None), ([], None), ({"year": "2023"}, None)],
)
def test_the_year_of_a_file_of_ours(raw: Any, year: int | None) -> None:
    assert year_of(raw) == year


def test_another_year_than_the_file_says_is_told() -> None:
    right, wrong = (read_published(published(), year) for year in (2023, 2025))
    assert not [note for note in right.notes if "2023" in note]
    assert [note for note in wrong.notes if "2023年" in note and "2025年" in note]
