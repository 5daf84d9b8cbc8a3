"""The annual table against published reports, cell by cell, and what its checks catch."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from deskapp.law.annual_report import (
    CLASSES,
    CountedCase,
    Dispute,
    FilledRow,
    cell_cases,
    format_of,
    row_for_label,
)
from deskapp.law.errors import LawError
from deskapp.law.report_checks import Report, build_report, check_tables
from deskapp.law.report_published import check_period, check_published, check_quoted, read_published
from tests.conftest import DATA

NOT_OUTCOMES = ("new", "carried_in", "total", "carried_out")


def synthetic(published: dict[str, Any]) -> tuple[list[CountedCase], list[Dispute]]:
    """A list of cases that must give the published table."""
    year = published["year"]
    rows = {row["key"]: row["values"] for row in published["table3"]}
    cases = []
    for column, applicant_class in enumerate(CLASSES):
        fates: list[tuple[str | None, date | None]] = []
        for key, values in rows.items():
            if key not in NOT_OUTCOMES:
                fates += [(key, date(year, 6, 1))] * values[column]
        fates += [(None, None)] * rows["carried_out"][column]
        for n, (row, closed) in enumerate(fates):
            received = date(year - 1, 12, 1) if n < rows["carried_in"][column] else date(year, 2, 1)
            cases.append(
                CountedCase(applicant_class=applicant_class, received_on=received, row=row, closed_on=closed)
            )
    disputes = [
        Dispute.model_validate({"on": date(year, 6, 1), "route": route, "outcome": outcome})
        for route, block in published["table4"].items()
        for outcome, count in block.items()
        if outcome != "total"
        for _ in range(count)
    ]
    return cases, disputes


def reproduced(name: str) -> tuple[Report, dict[str, Any]]:
    published = json.loads((DATA / name).read_text(encoding="utf-8"))
    cases, disputes = synthetic(published)
    return build_report(published["year"], cases, disputes), published


@pytest.mark.parametrize("name", ["annual_report_suqian_2023.json", "annual_report_shanghai_2019.json"])
def test_published_tables_come_back_cell_by_cell(name: str) -> None:
    report, published = reproduced(name)
    assert report.format == published["format"]
    assert [(r.key, list(r.values)) for r in report.table3] == [(r["key"], r["values"]) for r in published["table3"]]
    assert [r.label for r in report.table3] == [r["label"] for r in published["table3"]]
    assert report.table4 == published["table4"]
    assert all(check.ok for check in report.checks)


def test_the_narrative_of_the_published_report() -> None:
    report, _ = reproduced("annual_report_suqian_2023.json")
    assert report.narrative == {
        "intake": 3607, "natural_persons": 3493, "organisations": 114, "group_granted": 1191, "group_partial": 328,
        "group_refused": 142, "group_unable": 1078, "group_not_processed": 406, "group_other": 341, "total": 3486,
        "carried_out": 121, "new": 3511, "carried_in": 96, "review": 440, "suit": 113, "suit_direct": 24, "suit_after_review": 89,
    }  # fmt: skip


def test_formats_by_year() -> None:
    assert [format_of(year) for year in (2019, 2020, 2021, 2026)] == ["2019", "2019", "2021", "2021"]
    with pytest.raises(LawError, match="年度报告格式"):
        format_of(2018)


def test_a_case_counts_in_the_year_of_its_receipt_and_of_its_answer() -> None:
    case = CountedCase(
        applicant_class="natural_person", received_on=date(2025, 12, 20), row="granted", closed_on=date(2026, 1, 9)
    )
    first = {r.key: r.values[0] for r in build_report(2025, [case], []).table3}
    second = {r.key: r.values[0] for r in build_report(2026, [case], []).table3}
    third = {r.key: r.values[0] for r in build_report(2027, [case], []).table3}
    assert (first["new"], first["granted"], first["carried_out"]) == (1, 0, 1)
    assert (second["carried_in"], second["granted"], second["carried_out"]) == (1, 1, 0)
    assert not any(third.values())


def test_in_the_2019_format_lapsed_cases_are_other() -> None:
    case = CountedCase(
        applicant_class="natural_person", received_on=date(2020, 2, 3), row="fee_lapsed", closed_on=date(2020, 5, 6)
    )
    rows = {r.key: r.values[0] for r in build_report(2020, [case], []).table3}
    assert rows["other"] == 1
    assert "fee_lapsed" not in rows


def test_a_wrong_cell_is_named_with_its_difference() -> None:
    report, _ = reproduced("annual_report_suqian_2023.json")
    table = [r.model_copy(update={"values": (3374, *r.values[1:])}) if r.key == "total" else r for r in report.table3]
    failed = {check.name[0]: check.detail for check in check_tables(table, report.table4) if not check.ok}
    assert set(failed) == {"a", "b", "c"}
    assert failed["a"] == "自然人列：各种答复之和 3375，（七）总计 3374，差 1"
    assert failed["b"] == "自然人列：一＋二 3493，（七）总计＋四 3492，差 1"
    assert failed["c"] == "【三（七）总计】：六类之和 3485，总计列 3486，差 1"


def test_last_years_carry_over_must_come_in() -> None:
    report, _ = reproduced("annual_report_suqian_2023.json")
    checks = check_tables(report.table3, report.table4, last_year=report.table3)
    assert [c.name[0] for c in checks if not c.ok] == ["e"]


def test_row_labels_of_both_formats() -> None:
    assert row_for_label("三（六）其他处理") == "other"
    assert row_for_label("部分公开") == "partial"
    assert row_for_label("总计") is None


@pytest.mark.long
def test_every_cell_lists_its_cases_and_the_number_is_the_cells() -> None:
    published = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    cases, _ = synthetic(published)
    numbered = [case.model_copy(update={"case_no": f"SQ-{n}"}) for n, case in enumerate(cases)]
    for row in published["table3"]:
        for column, value in zip(published["columns"], row["values"], strict=True):
            found = cell_cases(2023, numbered, row["key"], column)
            assert len({case.case_no for case in found}) == value, (row["key"], column)


def test_a_cell_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(LawError, match="2019年的表三没有【fee_lapsed】这一行"):
        cell_cases(2019, [], "fee_lapsed")
    with pytest.raises(LawError, match="表三没有【外国人】这一列"):
        cell_cases(2026, [], "granted", "外国人")


def test_an_impossible_period_is_flagged() -> None:
    check = check_period(2020, date(2020, 1, 1), date(2019, 12, 31))
    assert not check.ok
    assert check.detail == "写的是2020-01-01至2019-12-31，截止日早于起始日"
    assert check_period(2020, date(2020, 1, 1), date(2020, 12, 31)).ok
    assert "应为2020-01-01至2020-12-31" in check_period(2020, date(2020, 1, 1), date(2020, 6, 30)).detail


def test_the_published_narrative_of_a_city_adds_up_though_its_period_does_not() -> None:
    said = json.loads((DATA / "annual_report_linhai_2020.json").read_text(encoding="utf-8"))
    groups = dict(
        zip(
            said["handled"].values(),
            ("granted", "partial", "state_secret", "not_held", "petition", "other"),
            strict=True,
        )
    )
    cases = [
        CountedCase(
            applicant_class="natural_person", received_on=date(2020, 2, 3), row=row, closed_on=date(2020, 5, 6)
        )
        for count, row in groups.items()
        for _ in range(count)
    ]
    cases += [CountedCase(applicant_class="natural_person", received_on=date(2020, 12, 3))] * said["carried_out"]
    report = build_report(2020, cases, [])
    assert report.narrative["intake"] == said["received"]["总计"] == 248
    assert all(check.ok for check in report.checks)


def test_a_figure_of_the_text_that_differs_from_the_table_is_named_with_both() -> None:
    report, _ = reproduced("annual_report_shanghai_2019.json")
    check = check_quoted({"group_unable": 265, "group_refused": 35, "nonsense": 1}, report.narrative)
    assert check.detail == "没有【nonsense】这个数；【无法提供】：文字265，表格337，差72"


def small(**cells: tuple[int, int]) -> list[FilledRow]:
    """A 2021 table with two used columns, all other cells 0."""
    report = build_report(2023, [], [])
    return [
        row.model_copy(update={"values": (*cells[row.key], 0, 0, 0, 0, sum(cells[row.key]))})
        if row.key in cells
        else row
        for row in report.table3
    ]


def test_a_real_error_one_case_too_few_carried_or_too_many_closed() -> None:
    table = small(new=(60, 2), granted=(59, 2), partial=(1, 0), other=(1, 0), total=(61, 2))
    failed = {c.name[0]: c.detail for c in check_tables(table, {}) if not c.ok}
    assert failed == {"b": "自然人列：一＋二 60，（七）总计＋四 61，差 1；总计列：一＋二 62，（七）总计＋四 63，差 1"}


def test_a_written_report_is_checked_without_a_register() -> None:
    raw = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    raw |= {"quoted": {"intake": 3607, "group_not_processed": 406}, "period": ["2023-01-01", "2022-12-31"]}
    checks = check_published(read_published(raw, 2023))
    assert [(c.name[0], c.ok) for c in checks] == [
        ("a", True),
        ("b", True),
        ("c", True),
        ("d", True),
        ("f", True),
        ("g", False),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"table3": "x"}, "table3"),
        ({"table3": [{"key": "new"}]}, "要有 key 和 values"),
        ({"table3": []}, "【一、本年新收政府信息公开申请数量】（new）应当有7个数"),
        ({"period": ["2023", "x"]}, "【period.0】不合要求"),
        ({"quoted": {"intake": "many"}}, "【quoted.intake】不合要求"),
    ],
)
def test_a_written_report_that_cannot_be_read_is_refused(change: dict[str, Any], reason: str) -> None:
    raw = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    with pytest.raises(LawError, match=reason):
        read_published({**raw, **change}, 2023)
