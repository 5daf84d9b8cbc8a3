"""The annual table against published reports, cell by cell, and what its checks catch."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from deskapp.law.annual_report import (
    CountedCase,
    Dispute,
    Report,
    build_report,
    check_tables,
    format_of,
    row_for_label,
)
from deskapp.law.dated import LawError
from tests.conftest import DATA

NOT_OUTCOMES = ("new", "carried_in", "total", "carried_out")


def synthetic(published: dict[str, Any]) -> tuple[list[CountedCase], list[Dispute]]:
    """A list of cases that must give the published table."""
    year = published["year"]
    rows = {row["key"]: row["values"] for row in published["table3"]}
    cases = []
    for column, name in enumerate(published["columns"][:-1]):
        fates: list[tuple[str | None, date | None]] = []
        for key, values in rows.items():
            if key not in NOT_OUTCOMES:
                fates += [(key, date(year, 6, 1))] * values[column]
        fates += [(None, None)] * rows["carried_out"][column]
        for n, (row, closed) in enumerate(fates):
            received = date(year - 1, 12, 1) if n < rows["carried_in"][column] else date(year, 2, 1)
            cases.append(CountedCase(applicant_class=name, received_on=received, row=row, closed_on=closed))
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
        "carried_out": 121,
    }  # fmt: skip


def test_formats_by_year() -> None:
    assert [format_of(year) for year in (2019, 2020, 2021, 2026)] == ["2019", "2019", "2021", "2021"]
    with pytest.raises(LawError, match="年度报告格式"):
        format_of(2018)


def test_a_case_counts_in_the_year_of_its_receipt_and_of_its_answer() -> None:
    case = CountedCase(
        applicant_class="自然人", received_on=date(2025, 12, 20), row="granted", closed_on=date(2026, 1, 9)
    )
    first = {r.key: r.values[0] for r in build_report(2025, [case], []).table3}
    second = {r.key: r.values[0] for r in build_report(2026, [case], []).table3}
    third = {r.key: r.values[0] for r in build_report(2027, [case], []).table3}
    assert (first["new"], first["granted"], first["carried_out"]) == (1, 0, 1)
    assert (second["carried_in"], second["granted"], second["carried_out"]) == (1, 1, 0)
    assert not any(third.values())


def test_in_the_2019_format_lapsed_cases_are_other() -> None:
    case = CountedCase(
        applicant_class="自然人", received_on=date(2020, 2, 3), row="fee_lapsed", closed_on=date(2020, 5, 6)
    )
    rows = {r.key: r.values[0] for r in build_report(2020, [case], []).table3}
    assert rows["other"] == 1
    assert "fee_lapsed" not in rows


def test_a_wrong_cell_is_named_with_its_difference() -> None:
    report, _ = reproduced("annual_report_suqian_2023.json")
    table = [r.model_copy(update={"values": (3374, *r.values[1:])}) if r.key == "total" else r for r in report.table3]
    failed = {check.name[0]: check.detail for check in check_tables(table, report.table4) if not check.ok}
    assert set(failed) == {"a", "b", "c"}
    assert failed["a"] == "自然人：3375 与 3374，差 1"


def test_last_years_carry_over_must_come_in() -> None:
    report, _ = reproduced("annual_report_suqian_2023.json")
    checks = check_tables(report.table3, report.table4, last_year=report.table3)
    assert [c.name[0] for c in checks if not c.ok] == ["e"]


def test_row_labels_of_both_formats() -> None:
    assert row_for_label("三（六）其他处理") == "other"
    assert row_for_label("部分公开") == "partial"
    assert row_for_label("总计") is None
